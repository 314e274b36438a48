package uk.waymark.preferences;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffPeopleApi;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.PersonContactChannel;
import uk.waymark.api.model.PersonContactChoice;
import uk.waymark.api.model.PersonContactPreferences;
import uk.waymark.api.model.PersonContactVersion;
import uk.waymark.api.model.PersonContactVersionList;
import uk.waymark.api.model.Telling;
import uk.waymark.messaging.Confirmations;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.messaging.Standing;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.Cleared;
import uk.waymark.platform.CurrentCaller;

/** How a person is contacted, for staff. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class PersonPreferencesController implements StaffPeopleApi {
    private final CurrentCaller caller;
    private final PersonPreferences preferences;
    private final Confirmations confirmations;

    PersonPreferencesController(CurrentCaller caller, PersonPreferences preferences, Confirmations confirmations) {
        this.caller = caller;
        this.preferences = preferences;
        this.confirmations = confirmations;
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
        var shown = new PersonContactPreferences(Language.fromValue(current.language()), current.discreet(),
            current.standing().order().stream().map(w -> channel(current.standing(), w)).toList());
        shown.setLanguageKnown(current.languageKnown());
        ContactChoices choices = current.choices();
        shown.setTelling(Telling.valueOf(choices.telling().name()));
        shown.setAskAgainOn(choices.askAgainOn());
        shown.setSafeTimes(Choices.safeTimes(choices.safeTimes()));
        shown.setQuietHours(Choices.quietHours(choices.quietHours()));
        shown.setUrgentNews(Choices.urgent(choices.urgent()));
        shown.setVoicemail(choices.voicemail());
        shown.setWord(choices.word());
        shown.setWordToConfirm(choices.wordToConfirm());
        shown.setMayAlsoBeTold(Choices.some(choices.mayAlsoBeTold()));
        shown.setAccessibilityNeeds(Choices.needs(choices.needs()));
        shown.setInterpreterLanguage(choices.interpreter());
        shown.setIfSomebodyElseAnswers(choices.ifSomebodyElseAnswers());
        shown.setPaused(current.paused());
        return HttpResponse.ok(shown).header(HttpHeaders.ETAG, current.tag());
    }

    private PersonContactChannel channel(Standing standing, Chosen way) {
        var shown = new PersonContactChannel(ChannelName.valueOf(way.channel().name()));
        shown.setAddress(way.address());
        shown.setSafety(ChannelSafety.fromValue(standing.effective(way).stored()));
        Instant confirmed = standing.effective(way) == Safety.UNSAFE ? null : standing.confirmedAt(way);
        if (confirmed != null) {
            shown.setConfirmedOn(confirmations.day(confirmed));
            shown.setLapsesOn(confirmations.lapsesOn(confirmed, standing.flagged()));
        }
        return shown;
    }
}
