package uk.waymark.preferences;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import uk.waymark.api.StaffPeopleApi;
import uk.waymark.api.model.AddressSafety;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.PersonContactChannel;
import uk.waymark.api.model.PersonContactChoice;
import uk.waymark.api.model.PersonContactPreferences;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.CurrentCaller;

/** How a person is contacted, for staff. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class PersonPreferencesController implements StaffPeopleApi {
    private final CurrentCaller caller;
    private final PersonPreferences preferences;

    PersonPreferencesController(CurrentCaller caller, PersonPreferences preferences) {
        this.caller = caller;
        this.preferences = preferences;
    }

    @Override
    public HttpResponse<PersonContactPreferences> getPersonContactPreferences(UUID id) {
        return answer(preferences.read(caller.staff(), id));
    }

    @Override
    public HttpResponse<PersonContactPreferences> putPersonContactPreferences(UUID id, PersonContactChoice wanted,
                                                                              String ifMatch) {
        return answer(preferences.change(caller.staff(), id, ifMatch, wanted.getLanguage().getValue(), wanted.getDiscreetMode(),
            wanted.getChannels().stream().map(PersonPreferencesController::chosen).toList(), wanted.getReason()));
    }

    private static HttpResponse<PersonContactPreferences> answer(PersonPreferences.Current current) {
        return HttpResponse.ok(new PersonContactPreferences(Language.fromValue(current.language()), current.discreet(),
            current.channels().stream().map(PersonPreferencesController::view).toList()))
            .header(HttpHeaders.ETAG, current.tag());
    }

    private static Chosen chosen(PersonContactChannel wanted) {
        return new Chosen(Channel.valueOf(wanted.getChannel().name()), wanted.getAddress(),
            wanted.getSafety() == null ? Safety.UNKNOWN : Safety.valueOf(wanted.getSafety().name()));
    }

    private static PersonContactChannel view(Chosen chosen) {
        var shown = new PersonContactChannel(ChannelName.valueOf(chosen.channel().name()));
        if (chosen.address() != null) {
            shown.setAddress(chosen.address());
            shown.setSafety(AddressSafety.fromValue(chosen.safety().stored()));
        }
        return shown;
    }
}
