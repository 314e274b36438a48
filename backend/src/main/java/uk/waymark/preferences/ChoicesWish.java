package uk.waymark.preferences;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoices.Need;
import uk.waymark.messaging.ContactChoices.Span;
import uk.waymark.messaging.ContactChoices.Telling;
import uk.waymark.messaging.ContactChoices.Urgent;
import uk.waymark.platform.ProblemException;

/**
 * What somebody wants to be changed of how and when a person is told: null leaves it as it is.
 *
 * @param cleared names of fields that are to be taken back
 */
record ChoicesWish(Set<String> cleared, Telling telling, LocalDate askAgainOn, Map<DayOfWeek, List<Span>> safeTimes,
                   Span quietHours, Urgent urgent, Boolean voicemail, String word, List<String> mayAlsoBeTold, Set<Need> needs,
                   String interpreter, String ifSomebodyElseAnswers) {
    static final ChoicesWish NOTHING =
        new ChoicesWish(Set.of(), null, null, null, null, null, null, null, null, null, null, null);

    /**
     * @param today the day in the UK; @param latest to which being told anything may be put off
     * @throws ProblemException 422 for nothing to be told without a day on which to ask again, or with one that cannot be
     */
    ContactChoices applied(ContactChoices known, LocalDate today, LocalDate latest) {
        Telling wanted = telling == null ? known.telling() : telling;
        LocalDate again = wanted == Telling.NOTHING ? value("ask_again_on", askAgainOn, known.askAgainOn()) : null;
        boolean changed = wanted != known.telling() || askAgainOn != null && !askAgainOn.equals(known.askAgainOn())
            || cleared.contains("ask_again_on");
        if (wanted == Telling.NOTHING && changed && (again == null || !again.isAfter(today) || again.isAfter(latest))) {
            throw ProblemException.unprocessable("/ask_again_on", again == null
                ? "To be told nothing for now, say on which day to ask again."
                : "Name a day after today, and not after " + latest + ".");
        }
        return new ContactChoices(wanted, again, safeTimes == null ? known.safeTimes() : safeTimes,
            value("quiet_hours", quietHours, known.quietHours()), value("urgent_news", urgent, known.urgent()),
            value("voicemail", voicemail, known.voicemail()), value("word", word, known.word()),
            mayAlsoBeTold == null ? known.mayAlsoBeTold() : mayAlsoBeTold, needs == null ? known.needs() : needs,
            value("interpreter_language", interpreter, known.interpreter()),
            value("if_somebody_else_answers", ifSomebodyElseAnswers, known.ifSomebodyElseAnswers()),
            ofWord() ? null : known.wordToConfirm(),
            Objects.equals(value("urgent_news", urgent, known.urgent()), known.urgent()) ? known.urgentByStaff() : null,
            Objects.equals(value("word", word, known.word()), known.word()) ? known.wordByStaff() : null);
    }

    /**
     * Of what whoever holds the phone could turn against the person: a word of their own, who answers, what is said to whom; in discreet
     * mode the hours as well.
     */
    boolean takesFreshSignIn(ContactChoices known, boolean discreet) {
        // what is not read back takes one even where it is the same: the answer must not tell a right guess
        return word != null || cleared.contains("word") && (known.word() != null || known.wordToConfirm() != null)
            || !Objects.equals(value("voicemail", voicemail, known.voicemail()), known.voicemail())
            || !Objects.equals(atNight(value("urgent_news", urgent, known.urgent())), known.urgent().atNight())
            || mayAlsoBeTold != null && (discreet && !mayAlsoBeTold.isEmpty() || !mayAlsoBeTold.equals(known.mayAlsoBeTold()))
            || discreet && ifSomebodyElseAnswers != null
            // when her phone lights up and rings: he would choose an hour at which he has it
            || discreet && !(safeTimes == null || safeTimes.equals(known.safeTimes()))
            || discreet && !Objects.equals(value("quiet_hours", quietHours, known.quietHours()), known.quietHours())
            || !Objects.equals(value("if_somebody_else_answers", ifSomebodyElseAnswers, known.ifSomebodyElseAnswers()),
                known.ifSomebodyElseAnswers());
    }

    private static Boolean atNight(Urgent of) {
        return of == null ? null : of.atNight();
    }

    /** Whether it says something of the word. */
    boolean ofWord() {
        return word != null || cleared.contains("word");
    }

    /** The same as staff put it down: what they have asked about urgent news they have asked themselves. */
    ContactChoices appliedByStaff(ContactChoices known, LocalDate today, LocalDate latest) {
        ContactChoices after = applied(known, today, latest);
        // a word sent back as it was read says nothing of the one that waits
        boolean waits = known.wordToConfirm() != null && !cleared.contains("word") && Objects.equals(after.word(), known.word());
        return new ContactChoices(after.telling(), after.askAgainOn(), after.safeTimes(), after.quietHours(), after.urgent(),
            after.voicemail(), after.word(), after.mayAlsoBeTold(), after.needs(), after.interpreter(),
            after.ifSomebodyElseAnswers(), waits ? known.wordToConfirm() : null, urgent == null ? after.urgentByStaff() : Boolean.TRUE,
            word != null ? Boolean.TRUE : after.wordByStaff());
    }

    private <T> T value(String field, T wanted, T known) {
        return wanted != null ? wanted : cleared.contains(field) ? null : known;
    }
}
