package uk.waymark.preferences;

import jakarta.inject.Singleton;
import java.time.Instant;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.PersonContactChannel;
import uk.waymark.api.model.PersonContactPreferences;
import uk.waymark.api.model.Telling;
import uk.waymark.messaging.Confirmations;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.Standing;

/** Preferences as staff read them, and the force's own system. */
@Singleton
final class StaffView {
    private final Confirmations confirmations;

    StaffView(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    PersonContactPreferences of(PersonPreferences.Current current) {
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
        return shown;
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
