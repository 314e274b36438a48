package uk.waymark.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a person has chosen about how and when to be told, beyond language, discreet words and the order of channels. Times
 * of day are those of Europe/London.
 *
 * @param telling        how much, and when
 * @param askAgainOn     with {@link Telling#NOTHING}: the day on which staff ask again; null otherwise
 * @param safeTimes      when it is safe on each weekday; a weekday that is absent is never safe; empty altogether: any time
 * @param quietHours     when nothing that makes a phone ring or light up may come; may pass midnight; null for the usual ones
 * @param urgent         how news of release, bail or an outcome that frees somebody is to be told
 * @param voicemail      whether a message may be left; null where nobody has asked, which counts as no
 * @param word           said on calls so that each knows the other; null for none
 * @param mayAlsoBeTold  who else may be told, in the person's own words
 * @param needs          for being reached at all
 * @param interpreter    BCP 47 language of an interpreter; null for none
 * @param ifSomebodyElseAnswers what to say then; null where nobody has asked
 * @param wordToConfirm  entered in a flagged case by whoever was signed in; counts for nothing until staff have put it down
 * @param urgentByStaff  staff have asked about urgent news themselves; null where they have not
 * @param wordByStaff    staff have put the word down themselves; null where it came from a phone, or there is none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContactChoices(Telling telling, LocalDate askAgainOn, Map<DayOfWeek, List<Span>> safeTimes, Span quietHours,
                             Urgent urgent, Boolean voicemail, String word, List<String> mayAlsoBeTold, Set<Need> needs,
                             String interpreter, String ifSomebodyElseAnswers, String wordToConfirm, Boolean urgentByStaff,
                             Boolean wordByStaff) {
    /** Of whoever has chosen nothing. */
    public static final ContactChoices NONE =
        new ContactChoices(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public ContactChoices {
        telling = telling == null ? Telling.EVERYTHING : telling;
        safeTimes = safeTimes == null ? Map.of() : Map.copyOf(safeTimes);
        urgent = urgent == null ? new Urgent(Urgent.By.NOT_ASKED, null) : urgent;
        mayAlsoBeTold = mayAlsoBeTold == null ? List.of() : List.copyOf(mayAlsoBeTold);
        needs = needs == null ? Set.of() : Set.copyOf(needs);
    }

    /**
     * The same with a word that stays what it was before until staff have confirmed this one: whoever holds a phone that is
     * signed in could otherwise agree a word with themselves, and have the account opened on a call. One taken back is gone.
     */
    public ContactChoices withWordToConfirm(ContactChoices before) {
        boolean held = word != null && !word.equals(before.word);
        return new ContactChoices(telling, askAgainOn, safeTimes, quietHours, urgent, voicemail, held ? before.word : word,
            mayAlsoBeTold, needs, interpreter, ifSomebodyElseAnswers, held ? word : wordToConfirm, urgentByStaff,
            held ? before.wordByStaff : wordByStaff);
    }

    /**
     * As they count once there is a safety flag: a word that only came from a phone, while there was none, may be that of whoever
     * held the phone. It waits like one that is entered now.
     */
    public ContactChoices inFlaggedCase() {
        boolean counts = word == null || Boolean.TRUE.equals(wordByStaff);
        return counts ? this : new ContactChoices(telling, askAgainOn, safeTimes, quietHours, urgent, voicemail, null, mayAlsoBeTold,
            needs, interpreter, ifSomebodyElseAnswers, wordToConfirm == null ? word : wordToConfirm, urgentByStaff, null);
    }

    /** How much a person wants to be told. */
    public enum Telling { EVERYTHING, WEEKLY_SUMMARY, ONLY_REQUIRED, NOTHING }

    /** What a person needs to be reached at all. */
    public enum Need { RELAY_UK, BSL, EASY_READ, LARGE_PRINT, INTERPRETER }

    /**
     * A part of a day; where {@code to} is not after {@code from} it ends on the day after.
     *
     * @param from first minute of it; @param to first minute that is not of it
     */
    public record Span(LocalTime from, LocalTime to) { }

    /**
     * How urgent news is to be told, asked beforehand.
     *
     * @param atNight whether a call at night is wanted as well; null where nobody has asked, which counts as yes in a flagged case
     */
    public record Urgent(By by, Boolean atNight) {
        /** {@code CALL}: a person rings; {@code USUAL}: as everything else. */
        public enum By { NOT_ASKED, CALL, USUAL }
    }

    /** Without a word of it. */
    @Override
    public String toString() {
        return "ContactChoices[telling=" + telling + "]";
    }
}
