package uk.waymark.preferences;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import uk.waymark.api.model.ChannelName;
import uk.waymark.api.model.ChannelSafety;
import uk.waymark.api.model.ContactChannel;
import uk.waymark.api.model.ContactPreferences;
import uk.waymark.api.model.Language;
import uk.waymark.api.model.Telling;
import uk.waymark.messaging.Confirmations;
import uk.waymark.messaging.ContactChannels.By;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.Standing;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.Cleared;

/**
 * Preferences as the signed-in person reads and writes them. Whoever holds the phone may be somebody else: what they could turn
 * against the person is not read back.
 */
@Singleton
final class MyView {
    private final Confirmations confirmations;

    MyView(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    static Preferences.Wish wish(ContactPreferences wanted) {
        return new Preferences.Wish(wanted.getLanguage().getValue(),
            Boolean.FALSE.equals(wanted.getLanguageKnown()), wanted.getDiscreetMode(),
            wanted.getChannels() == null ? null : wanted.getChannels().stream().map(MyView::chosen).toList(),
            new ChoicesWish(Cleared.fields(),
                wanted.getTelling() == null ? null : ContactChoices.Telling.valueOf(wanted.getTelling().name()),
                wanted.getAskAgainOn(), Choices.safeTimes(wanted.getSafeTimes()), Choices.quietHours(wanted.getQuietHours()),
                Choices.urgent(wanted.getUrgentNews()), wanted.getVoicemail(), wanted.getWord(), wanted.getMayAlsoBeTold(),
                Choices.needs(wanted.getAccessibilityNeeds()), wanted.getInterpreterLanguage(),
                wanted.getIfSomebodyElseAnswers()));
    }

    private static Chosen chosen(ContactChannel wanted) {
        return new Chosen(Channel.valueOf(wanted.getChannel().name()), wanted.getAddress(),
            wanted.getSafety() == null ? Safety.NOT_SAID : Safety.valueOf(wanted.getSafety().name()));
    }

    ContactPreferences of(OwnPreferences current) {
        var shown = new ContactPreferences(Language.fromValue(current.language()), current.discreet());
        shown.setChannels(current.channels().stream()
            .map(w -> channel(current.standing(), w, current.discreet())).toList());
        shown.setLanguageKnown(current.languageKnown());
        ContactChoices choices = current.choices();
        shown.setTelling(Telling.valueOf(choices.telling().name()));
        shown.setAskAgainOn(choices.askAgainOn());
        shown.setSafeTimes(Choices.safeTimes(choices.safeTimes()));
        shown.setQuietHours(Choices.quietHours(choices.quietHours()));
        shown.setUrgentNews(Choices.urgent(choices.urgent()));
        shown.setVoicemail(choices.voicemail());
        shown.setWordSet(choices.word() != null || choices.wordToConfirm() != null);
        shown.setAccessibilityNeeds(Choices.needs(choices.needs()));
        shown.setInterpreterLanguage(choices.interpreter());
        if (!current.discreet()) {
            shown.setMayAlsoBeTold(Choices.some(choices.mayAlsoBeTold()));
            shown.setIfSomebodyElseAnswers(choices.ifSomebodyElseAnswers());
        } else {
            shown.setKeptBack(keptBack(current));
        }
        shown.setPaused(current.paused());
        shown.setPassedOnAt(current.passedOnAt() == null ? null : current.passedOnAt().atOffset(ZoneOffset.UTC));
        return shown;
    }

    private static List<String> keptBack(OwnPreferences current) {
        ContactChoices choices = current.choices();
        var kept = new ArrayList<String>();
        if (current.channels().stream().anyMatch(w -> w.address() != null)) {
            kept.add("address");
        }
        if (!choices.mayAlsoBeTold().isEmpty()) {
            kept.add("may_also_be_told");
        }
        if (choices.ifSomebodyElseAnswers() != null) {
            kept.add("if_somebody_else_answers");
        }
        return Choices.some(kept);
    }

    /** That staff hold it for unsafe is never said, and in discreet mode not that the person does: only that it is not confirmed. */
    private ContactChannel channel(Standing standing, Chosen way, boolean discreet) {
        var shown = new ContactChannel(ChannelName.valueOf(way.channel().name()));
        Safety safety = standing == null ? Safety.UNKNOWN : standing.effective(way);
        if (way.address() != null) {
            shown.setAddress(discreet ? null : way.address()); // it may be where the person has fled to
            shown.setConfirmed(safety == Safety.SAFE);
        }
        boolean ownWord = safety == Safety.UNSAFE && way.said().by() == By.PERSON && !discreet;
        shown.setSafety(safety == Safety.SAFE ? ChannelSafety.SAFE : ownWord ? ChannelSafety.UNSAFE : ChannelSafety.UNKNOWN);
        Instant confirmed = standing == null || safety == Safety.UNSAFE ? null : standing.confirmedAt(way);
        if (confirmed != null) {
            shown.setConfirmedOn(confirmations.day(confirmed));
            shown.setLapsesOn(confirmations.lapsesOn(confirmed, standing.flagged()));
        }
        return shown;
    }
}
