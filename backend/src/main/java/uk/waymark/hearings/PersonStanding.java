package uk.waymark.hearings;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.staff.ItemsAbout.About;

/**
 * How one person stands to one court date and what happens next, worked out in this one place from what is known of both. Nobody
 * who has to be there, or had to, is without a state or without a next step until it is over.
 *
 * @param told   the newest word that counts for the state, or else the newest at all; null where there is none
 * @param answer the one that counts for the date as it stands, or null
 */
record PersonStanding(State state, HearingTold.Entry told, HearingAnswers.Entry answer, Next next) {
    private static final Set<What> CALLING = EnumSet.of(What.NOTICE, What.CHANGE, What.REMINDER, What.CORRECTION);
    private static final Set<What> CALLING_OFF = EnumSet.of(What.OFF, What.NOT_NEEDED);
    /** Of messages that were not sent since there was no safe way. */
    private static final Set<String> HELD_BACK = Set.of("message_withheld", "self_service_off");

    enum State { NOT_TOLD, TOLD, CONFIRMED, CANNOT, NO_ANSWER, NO_SAFE_CHANNEL, DE_WARNED }

    /**
     * ITEM: staff have it in their queue; TO_QUEUE: it gets there at this moment; MESSAGE: a text is on its way; REMINDER: one goes
     * at this moment; ANSWER_DUE: who has not answered by then is rung; OFFICER: an officer tells them first; DECISION: others
     * decide whether it takes place without them; HEARING: nothing more is to be done until then; NOTHING: it is over for them.
     */
    enum Step { ITEM, TO_QUEUE, MESSAGE, REMINDER, ANSWER_DUE, OFFICER, DECISION, HEARING, NOTHING }

    /** @param at case time; null where it is not known @param item only of ITEM */
    record Next(Step step, Instant at, About item) { }

    /**
     * What it is worked out from.
     *
     * @param shown      whether they may know of it as it stands
     * @param told       all that was tried, the oldest first
     * @param answer     their newest confirmed one about the date as it stands, else their newest, or null
     * @param reminder   when the next planned one goes, or null
     * @param underWay   whether a message about the date as it stands is on its way
     * @param items      about this person and this date, the first due first, completed ones too
     * @param times      of the date
     */
    record Facts(CourtHearing hearing, boolean required, boolean shown, Instant calledAt, Instant dewarnedAt,
                 List<HearingTold.Entry> told, HearingAnswers.Entry answer, Instant reminder, boolean underWay, List<About> items,
                 Times times) {

        boolean needed() {
            return required && hearing.listed() && hearing.kind() != HearingKind.TRIAL_WITHOUT_WITNESSES;
        }

        /** What was said before whoever is needed again was told that they are not has called them to nothing. */
        List<HearingTold.Entry> said() {
            return IntStream.range(0, needed() ? told.size() : 0).filter(i -> CALLING_OFF.contains(told.get(i).what())
                && told.get(i).state() != HearingTold.State.NOT_REACHED).max().stream()
                .mapToObj(last -> told.subList(last + 1, told.size())).findFirst().orElse(told);
        }

        /** From then on silence is no answer; null where no day is known. */
        Instant askBy() {
            Instant atLeast = since().plus(times.answer());
            return times.askBy() == null || times.askBy().isAfter(atLeast) ? times.askBy() : atLeast;
        }

        boolean askedBy(Instant now) {
            return askBy() != null && !now.isBefore(askBy());
        }

        /** Since when they stand to it as they do. */
        Instant since() {
            Instant taken = hearing.takenInAt();
            Instant own = needed() ? calledAt : dewarnedAt;
            return own == null || own.isBefore(taken) ? taken : own;
        }
    }

    /**
     * @param grace   until so long after it came up nobody is rung for want of a message
     * @param answer  so long everybody has to answer, however late it came up
     * @param askBy   who has not answered by then is rung; null where no day is known
     * @param spoken  who was spoken to since then counts as asked; null as {@code askBy}
     * @param over    from then on nobody is called to it; null where no day is known
     */
    record Times(Duration grace, Duration answer, Instant askBy, Instant spoken, Instant over) { }

    static PersonStanding of(Facts f, Instant now) {
        boolean over = f.times().over() != null && !now.isBefore(f.times().over());
        HearingAnswers.Entry answer = answer(f);
        HearingTold.Entry told = told(f);
        State state = state(f, told, answer, now, over);
        Next next = over ? new Next(Step.NOTHING, null, null) : next(f, state, told, answer, now);
        HearingTold.Entry shown = told != null || f.told().isEmpty() ? told : f.told().getLast();
        return new PersonStanding(state, shown, answer, next);
    }

    private static State state(Facts f, HearingTold.Entry told, HearingAnswers.Entry answer, Instant now, boolean over) {
        if (!f.needed()) {
            return State.DE_WARNED;
        }
        if (answer != null && answer.confirmed() && answer.answer() != Answer.NEED_TO_TALK) {
            return answer.answer() == Answer.YES ? State.CONFIRMED : State.CANNOT;
        }
        if (told != null) {
            boolean silent = unsaid(f, answer) && !over && f.askedBy(now)
                && HearingNotices.needed(f.hearing(), true) && !spokenTo(f);
            return silent ? State.NO_ANSWER : State.TOLD;
        }
        boolean held = f.shown() && (!f.hearing().onPhones() || f.items().stream().anyMatch(i -> HELD_BACK.contains(i.kind())));
        return held ? State.NO_SAFE_CHANNEL : State.NOT_TOLD;
    }

    /** Whether they come: who asked to talk of it, and whom nobody has spoken to since, has not said so. */
    private static boolean unsaid(Facts f, HearingAnswers.Entry answer) {
        return answer == null || answer.confirmed() && answer.answer() == Answer.NEED_TO_TALK && f.said().stream().noneMatch(t ->
            t.state() == HearingTold.State.REACHED && (t.how() == How.CALL || t.how() == How.IN_PERSON) && t.at().isAfter(answer.at()));
    }

    /** An answer about another day is none; nor is one that nobody has confirmed and nobody is asked to confirm. */
    private static HearingAnswers.Entry answer(Facts f) {
        HearingAnswers.Entry a = f.answer();
        boolean counts = a != null && a.version() == f.hearing().version()
            && (a.confirmed() || open(f).anyMatch(i -> Attendance.TO_CONFIRM.equals(i.kind())));
        return counts ? a : null;
    }

    /** The newest word that reached them and says what is so now. */
    private static HearingTold.Entry told(Facts f) {
        return f.said().stream().filter(t -> t.state() == HearingTold.State.REACHED)
            .filter(t -> f.needed() ? CALLING.contains(t.what()) && t.version() == f.hearing().version()
                : CALLING_OFF.contains(t.what()) && !t.at().isBefore(f.since()))
            .reduce((a, b) -> b).orElse(null);
    }

    private static boolean spokenTo(Facts f) {
        return f.times().spoken() != null && f.said().stream().anyMatch(t -> t.state() == HearingTold.State.REACHED
            && t.version() == f.hearing().version() && (t.how() == How.CALL || t.how() == How.IN_PERSON) && !t.at().isBefore(f.times().spoken()));
    }

    private static Next next(Facts f, State state, HearingTold.Entry told, HearingAnswers.Entry answer, Instant now) {
        Optional<About> item = item(f, state, told);
        if (item.isPresent()) {
            return new Next(Step.ITEM, item.get().dueAt(), item.get());
        }
        if (keptQuiet(f, state)) {
            return f.needed() ? onTheWay(f).orElseGet(() -> hearing(f)) : new Next(Step.NOTHING, null, null);
        }
        return switch (state) {
            case DE_WARNED -> dewarned(f, told, now);
            case CANNOT -> unspoken(f, now) ? new Next(Step.TO_QUEUE, now, null) : new Next(Step.DECISION, f.askBy(), null);
            case CONFIRMED -> onTheWay(f).orElseGet(() -> hearing(f));
            case NO_ANSWER -> new Next(Step.TO_QUEUE, now, null);
            case TOLD -> told(f, answer, now);
            case NOT_TOLD, NO_SAFE_CHANNEL -> untold(f, state, now);
        };
    }

    /** The unit decided that nobody is told of it as it stands, and nobody has begun to tell them: no call tells them either. */
    private static boolean keptQuiet(Facts f, State state) {
        return EnumSet.of(State.NOT_TOLD, State.NO_SAFE_CHANNEL, State.DE_WARNED).contains(state) && f.hearing().quiet()
            && f.items().stream().anyMatch(i -> QuietChanges.KIND.equals(i.kind()) && QuietChanges.KEEP.equals(i.outcome()))
            && f.said().stream().noneMatch(t -> f.needed() ? CALLING.contains(t.what()) && t.version() == f.hearing().version()
                : CALLING_OFF.contains(t.what()) && !t.at().isBefore(f.since()));
    }

    /** The reminder or the question why they are silent, whichever is first. */
    private static Next told(Facts f, HearingAnswers.Entry answer, Instant now) {
        boolean asked = !unsaid(f, answer) || spokenTo(f) || f.askBy() == null || f.askedBy(now);
        boolean reminded = f.underWay() || f.reminder() != null && (asked || f.reminder().isBefore(f.askBy()));
        return reminded || asked ? onTheWay(f).orElseGet(() -> hearing(f)) : new Next(Step.ANSWER_DUE, f.askBy(), null);
    }

    /** It draws near, and nobody has spoken to them of it since they said that they cannot come. */
    private static boolean unspoken(Facts f, Instant now) {
        return f.askedBy(now) && !spokenTo(f) && f.answer().at().isBefore(f.times().spoken());
    }

    private static Next dewarned(Facts f, HearingTold.Entry told, Instant now) {
        boolean expects = f.told().stream().anyMatch(t -> CALLING.contains(t.what()) && t.state() != HearingTold.State.NOT_REACHED);
        if (told != null || !expects) {
            return new Next(Step.NOTHING, null, null);
        }
        // a text of which nothing is heard is not waited for when it draws near
        return f.underWay() && !f.askedBy(now) ? new Next(Step.MESSAGE, null, null) : toQueue(f, failed(f), now);
    }

    /** A text that has not come when it draws near is not waited for any longer. */
    private static Next untold(Facts f, State state, Instant now) {
        if (f.underWay() && !f.askedBy(now)) {
            return new Next(Step.MESSAGE, null, null);
        }
        if (!f.shown()) {
            return f.askedBy(now) ? new Next(Step.TO_QUEUE, now, null) : new Next(Step.OFFICER, f.askBy(), null);
        }
        boolean atOnce = state == State.NO_SAFE_CHANNEL || failed(f);
        return f.reminder() != null && !atOnce ? new Next(Step.REMINDER, f.reminder(), null) : toQueue(f, atOnce, now);
    }

    /** Nothing is on its way and nobody has it: somebody gets it. */
    private static Next toQueue(Facts f, boolean atOnce, Instant now) {
        Instant at = f.since().plus(f.times().grace());
        return new Next(Step.TO_QUEUE, atOnce || at.isBefore(now) ? now : at, null);
    }

    private static boolean failed(Facts f) {
        return f.told().stream().anyMatch(t -> t.state() == HearingTold.State.NOT_REACHED && !t.at().isBefore(f.since()));
    }

    private static Optional<Next> onTheWay(Facts f) {
        return f.underWay() ? Optional.of(new Next(Step.MESSAGE, null, null))
            : Optional.ofNullable(f.reminder()).map(at -> new Next(Step.REMINDER, at, null));
    }

    private static Next hearing(Facts f) {
        return new Next(Step.HEARING, f.times().over(), null);
    }

    /** What is about this person comes before what is about the whole court date. */
    private static Optional<About> item(Facts f, State state, HearingTold.Entry told) {
        boolean settled = told != null && state == State.DE_WARNED && told.how() != How.LETTER;
        return settled ? Optional.empty() : open(f).min(Comparator.comparing((About i) -> i.personId() == null).thenComparing(About::dueAt)
            .thenComparing(About::id)).filter(i -> i.personId() != null || state == State.NOT_TOLD || state == State.NO_SAFE_CHANNEL
                || state == State.DE_WARNED || QuietChanges.KIND.equals(i.kind()) && state != State.TOLD && state != State.CONFIRMED);
    }

    private static Stream<About> open(Facts f) {
        return f.items().stream().filter(About::open);
    }
}
