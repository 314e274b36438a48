package uk.waymark.preferences;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import uk.waymark.account.AccountNumbers;
import uk.waymark.account.Pins;
import uk.waymark.api.MeApi;
import uk.waymark.api.model.ContactPreferences;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Me;
import uk.waymark.api.model.NewPin;
import uk.waymark.messaging.Recalls;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;

/** Who I am, how I am told, and my PIN. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MeController implements MeApi {
    /** Operations that any signed-in person may call: those of the contract with the role {@code person}. */
    private static final List<String> MAY = List.of("signOut", "getMe", "getContactPreferences",
        "putContactPreferences", "pauseContact", "resumeContact", "getContactHistory", "startContactChange", "listContactChanges",
        "cancelContactChange", "confirmContactChange",
        "setPin", "removePin", "getActivity", "putActivity", "listDevices", "removeDevice", "removeAllDevices",
        "putPushRegistration", "removePushRegistration", "listMyNotifications", "readMyNotification", "listAccessLog",
        "listCases", "getCase", "getTimeline", "getTimelineEntry", "exportMine", "askForErasure",
        "listMyHearings", "getAttendance", "putAttendance", "getAvailability", "putAvailability", "getNeeds", "putNeeds",
        "listMyStatements", "getStatementGuidance", "createStatement", "getStatement", "putStatement", "deleteStatement",
        "submitStatement", "putReadAloud", "getMyStatementDocument",
        "askForCallBack", "listCallBacks", "getCallBack", "changeCallBack", "cancelCallBack", "listCallBackSlots",
        "sendMessage", "listMessages", "readMessage",
        "addAttachment", "getAttachment");
    private final ActingAs acting;
    private final CurrentCaller caller;
    private final Preferences preferences;
    private final MyCases cases;
    private final Pins pins;
    private final MyView view;
    private final Recalls recalls;
    private final AccountNumbers accounts;

    MeController(ActingAs acting, CurrentCaller caller, Preferences preferences, MyCases cases, Pins pins,
                 MyView view, Recalls recalls, AccountNumbers accounts) {
        this.accounts = accounts;
        this.view = view;
        this.recalls = recalls;
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
            OwnPreferences current = preferences.read(c);
            Pins.State pin = pins.state(c);
            var me = new Me(person.account(), cases.list(c, current.language()), MAY, pin.has(),
                Language.fromValue(current.language()), current.discreet());
            me.setPinNeeded(pin.needed() ? true : null);
            me.setPaused(current.paused());
            return HttpResponse.ok(me);
        });
    }

    @Override
    public HttpResponse<ContactPreferences> getContactPreferences() {
        Caller.Person person = caller.person();
        return acting.as(person, c -> answer(person, preferences.read(c)));
    }

    @Override
    public HttpResponse<ContactPreferences> putContactPreferences(ContactPreferences wanted, String ifMatch,
                                                                  String acceptLanguage) {
        Caller.Person person = caller.person();
        Preferences.Wish wish = MyView.wish(wanted);
        OwnPreferences now = acting.as(person, c -> {
            OwnPreferences known = preferences.read(c);
            Preferences.checkRead(ifMatch, known.tag());
            return preferences.choose(c, person, known, wish);
        });
        recalls.of(now.told());
        return answer(person, now);
    }

    private HttpResponse<ContactPreferences> answer(Caller.Person person, OwnPreferences current) {
        return HttpResponse.ok(view.of(current, accounts.isFresh(person))).header(HttpHeaders.ETAG, current.tag());
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
