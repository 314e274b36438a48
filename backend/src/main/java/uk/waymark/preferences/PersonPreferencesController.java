package uk.waymark.preferences;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffPeopleApi;
import uk.waymark.api.model.PersonContactChannel;
import uk.waymark.api.model.PersonContactChoice;
import uk.waymark.api.model.PersonContactPreferences;
import uk.waymark.api.model.PersonContactVersion;
import uk.waymark.api.model.PersonContactVersionList;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.Cleared;
import uk.waymark.platform.CurrentCaller;

/** How a person is contacted, for staff. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class PersonPreferencesController implements StaffPeopleApi {
    private final CurrentCaller caller;
    private final PersonPreferences preferences;
    private final StaffView view;

    PersonPreferencesController(CurrentCaller caller, PersonPreferences preferences, StaffView view) {
        this.caller = caller;
        this.preferences = preferences;
        this.view = view;
    }

    @Override
    public HttpResponse<PersonContactPreferences> getPersonContactPreferences(UUID id) {
        return answer(preferences.read(caller.staff(), id));
    }

    @Override
    public HttpResponse<PersonContactPreferences> putPersonContactPreferences(UUID id, PersonContactChoice wanted,
                                                                              String ifMatch) {
        return answer(preferences.change(caller.staff(), id, ifMatch, wish(wanted)));
    }

    @Override
    public HttpResponse<PersonContactVersionList> getPersonContactHistory(UUID id, String cursor, Integer limit) {
        List<ContactHistory.Version> found = preferences.history(caller.staff(), id, Versions.before(cursor), limit);
        return HttpResponse.ok(new PersonContactVersionList(
            found.stream().limit(limit).map(PersonPreferencesController::version).toList(), Versions.next(found, limit)));
    }

    private static PersonContactVersion version(ContactHistory.Version version) {
        var shown = new PersonContactVersion(version.id(), Versions.at(version), Versions.by(version), Versions.changes(version));
        shown.setRole(version.role());
        shown.setStaff(version.staff());
        shown.setReason(version.reason());
        return shown;
    }

    private static PersonPreferences.Wish wish(PersonContactChoice wanted) {
        return new PersonPreferences.Wish(wanted.getLanguage().getValue(),
            Boolean.FALSE.equals(wanted.getLanguageKnown()), wanted.getDiscreetMode(),
            wanted.getChannels().stream().map(PersonPreferencesController::way).toList(),
            new ChoicesWish(Cleared.fields(),
                wanted.getTelling() == null ? null : ContactChoices.Telling.valueOf(wanted.getTelling().name()),
                wanted.getAskAgainOn(), Choices.safeTimes(wanted.getSafeTimes()), Choices.quietHours(wanted.getQuietHours()),
                Choices.urgent(wanted.getUrgentNews()), wanted.getVoicemail(), wanted.getWord(), wanted.getMayAlsoBeTold(),
                Choices.needs(wanted.getAccessibilityNeeds()), wanted.getInterpreterLanguage(),
                wanted.getIfSomebodyElseAnswers()), wanted.getReason());
    }

    private static PersonPreferences.Way way(PersonContactChannel wanted) {
        return new PersonPreferences.Way(Channel.valueOf(wanted.getChannel().name()), wanted.getAddress(),
            wanted.getSafety() == null ? null : Safety.valueOf(wanted.getSafety().name()), wanted.getConfirmedOn());
    }

    private HttpResponse<PersonContactPreferences> answer(PersonPreferences.Current current) {
        return HttpResponse.ok(view.of(current)).header(HttpHeaders.ETAG, current.tag());
    }
}
