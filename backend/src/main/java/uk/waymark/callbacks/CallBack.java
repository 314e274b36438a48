package uk.waymark.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.callbacks.OpeningHours.Slot;

/**
 * A call that somebody asked for, as it stands. Times are case time.
 *
 * @param unit           code of the case's unit, or null
 * @param askedBy        which member of staff put it down, or null
 * @param toConfirm      asked for from the phone of a person in a flagged case
 * @param language       {@code en} or {@code cy}
 * @param dueAt          by when the person was told that somebody rings
 * @param nextAt         by when somebody should ring now
 * @param slot           or null
 * @param lapsedBy       who had it when their claim lapsed, while nobody else has taken it on; or null
 * @param failed         calls in vain since a supervisor last decided
 * @param tried          calls in all
 * @param lastOutcome    or null
 * @param decisionNeeded nobody rings again before a supervisor has decided
 * @param ending         null while it waits
 * @param itemId         its item in the work queue
 */
record CallBack(UUID id, UUID force, UUID caseId, UUID person, String unit, Reason reason, Via via, String askedBy, Instant askedAt,
                boolean toConfirm, String language, Details details, Instant dueAt, Instant nextAt, Slot slot, String claimedBy,
                Instant claimedAt, String lapsedBy, int failed, int tried, Outcome lastOutcome, Instant missedAt, Instant reachedAt,
                boolean decisionNeeded, Instant endedAt, Ending ending, UUID itemId, int version, Instant passedOnAt) {

    enum Reason { NOT_SAFE, QUESTION, DATE, CHANGE, OTHER }

    enum Via { APP, SMS, STAFF }

    enum Outcome {
        REACHED, NO_ANSWER, VOICEMAIL_LEFT, WRONG_PERSON, UNSAFE_NOW;

        /** Whoever is near the phone may be the wrong one: nothing more goes there before somebody has looked into it. */
        boolean unsafe() {
            return this == WRONG_PERSON || this == UNSAFE_NOW;
        }
    }

    enum Ending { SPOKEN, NOT_NEEDED, NOT_REACHED, CANCELLED }

    enum State { ASKED, BOOKED, CLAIMED, MISSED, DONE, CANCELLED }

    /**
     * What is sealed.
     *
     * @param about     in their words, or null
     * @param number    another one that they gave, E.164, or null
     * @param preferred as they said; empty for as soon as somebody can
     * @param voicemail null where they did not say
     * @param word      or null
     * @param interpreter BCP 47, or null
     */
    record Details(String about, String number, List<Slot> preferred, Boolean voicemail, String word, boolean withheld,
                   String interpreter) {
        static final Details NONE = new Details(null, null, null, null, null, false, null);

        Details {
            preferred = preferred == null ? List.of() : List.copyOf(preferred);
        }

        /** Without a word of it. */
        @Override
        public String toString() {
            return "Details";
        }
    }

    boolean urgent() {
        return reason == Reason.NOT_SAFE;
    }

    boolean over() {
        return endedAt != null;
    }

    /** From when on a claim comes to nothing: a booked call may be claimed before its time and goes on in it. */
    Instant heldFrom() {
        return slot == null || claimedAt.isAfter(slot.to()) ? claimedAt : slot.to();
    }

    /** Of the times that they asked for, those that are not over. */
    List<Slot> toCome(Instant now) {
        return details.preferred().stream().filter(s -> s.to().isAfter(now)).toList();
    }

    /** Whether it is a time that they asked for, or none of those is to come any more. */
    boolean suits(Instant now) {
        List<Slot> toCome = toCome(now);
        return toCome.isEmpty() || toCome.stream().anyMatch(s -> !now.isBefore(s.from()));
    }

    /** By when somebody rings as things stand; null where nobody can say: it is over, a supervisor decides first, or that has passed. */
    Instant ringsBy(Instant now) {
        return over() || decisionNeeded ? null : Stream.of(nextAt, dueAt).filter(at -> at.isAfter(now)).findFirst().orElse(null);
    }

    /** From when on whoever speaks their language could take it on: before its place, or the times that they asked for, nobody may. */
    Instant openFrom(Duration before) {
        Instant from = slot != null ? slot.from().minus(before)
            : details.preferred().stream().map(Slot::from).min(Instant::compareTo).orElse(askedAt);
        Instant first = urgent() || from.isBefore(askedAt) ? askedAt : from;
        return tried > 0 && missedAt != null && missedAt.isAfter(first) ? missedAt : first;
    }

    State state() {
        if (ending != null) {
            return switch (ending) {
                case CANCELLED -> State.CANCELLED;
                case NOT_REACHED -> State.MISSED;
                case SPOKEN, NOT_NEEDED -> State.DONE;
            };
        }
        return claimedBy != null ? State.CLAIMED : slot != null ? State.BOOKED : missedAt != null ? State.MISSED : State.ASKED;
    }

    static String wire(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    /** Without what the person said. */
    @Override
    public String toString() {
        return "CallBack[" + id + ", " + state() + "]";
    }
}
