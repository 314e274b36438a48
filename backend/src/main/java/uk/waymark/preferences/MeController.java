package uk.waymark.preferences;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import uk.waymark.account.Pins;
import uk.waymark.api.MeApi;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.ContactChannel;
import uk.waymark.api.model.ContactPreferences;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Me;
import uk.waymark.api.model.NewPin;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;

/** Who I am, how I am told, and my PIN. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MeController implements MeApi {
    /** Operations that any signed-in person may call: those of the contract with the role {@code person}. */
    private static final List<String> MAY = List.of("signOut", "getMe", "getContactPreferences",
        "putContactPreferences", "startContactChange", "listContactChanges", "cancelContactChange", "confirmContactChange",
        "setPin", "removePin", "getActivity", "putActivity", "listDevices", "removeDevice", "removeAllDevices",
        "putPushRegistration", "removePushRegistration", "listMyNotifications", "readMyNotification", "listAccessLog",
        "listCases", "getCase", "getTimeline", "getTimelineEntry", "exportMine", "askForErasure");
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final Preferences preferences;
    private final MyCases cases;
    private final Pins pins;

    MeController(ActingAs acting, CurrentCaller caller, Preferences preferences, MyCases cases, Pins pins) {
        this.acting = acting;
        this.caller = caller;
        this.preferences = preferences;
        this.cases = cases;
        this.pins = pins;
    }

    @Override
    public HttpResponse<Me> getMe() {
        Caller.Person person = caller.person();
        return acting.as(person, c -> {
            Preferences.Current current = preferences.read(c);
            Pins.State pin = pins.state(c);
            var me = new Me(person.account(), cases.list(c, current.language()), MAY, pin.has(),
                Language.fromValue(current.language()), current.discreet());
            me.setPinNeeded(pin.needed() ? true : null);
            return HttpResponse.ok(me);
        });
    }

    @Override
    public HttpResponse<ContactPreferences> getContactPreferences() {
        return acting.as(caller.person(), c -> answer(preferences.read(c)));
    }

    @Override
    public HttpResponse<ContactPreferences> putContactPreferences(ContactPreferences wanted, String ifMatch,
                                                                  String acceptLanguage) {
        Caller.Person person = caller.person();
        return acting.as(person, c -> {
            Preferences.Current known = preferences.read(c);
            Preferences.checkRead(ifMatch, known.tag());
            return answer(preferences.choose(c, person, known, wanted.getLanguage().getValue(), wanted.getDiscreetMode(),
                wanted.getChannels() == null ? null : wanted.getChannels().stream().map(MeController::chosen).toList()));
        });
    }

    private static HttpResponse<ContactPreferences> answer(Preferences.Current current) {
        var shown = new ContactPreferences(Language.fromValue(current.language()), current.discreet());
        shown.setChannels(current.channels().stream().map(MeController::view).toList());
        return HttpResponse.ok(shown).header(HttpHeaders.ETAG, current.tag());
    }

    private static ContactChannels.Chosen chosen(ContactChannel wanted) {
        return new ContactChannels.Chosen(Channel.valueOf(wanted.getChannel().name()), wanted.getAddress(), Safety.UNKNOWN);
    }

    /** Whether staff hold it for unsafe is not said: only that it is not confirmed. */
    private static ContactChannel view(ContactChannels.Chosen chosen) {
        var shown = new ContactChannel(ChannelName.valueOf(chosen.channel().name()));
        if (chosen.address() != null) {
            shown.setAddress(chosen.address());
            shown.setConfirmed(chosen.safety() == Safety.SAFE);
        }
        return shown;
    }

    @Override
    public HttpResponse<Void> setPin(NewPin pin, String acceptLanguage) {
        pins.set(caller.person(), pin.getPin(), pin.getPresentPin());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> removePin() {
        pins.remove(caller.person());
        return HttpResponse.noContent();
    }
}
