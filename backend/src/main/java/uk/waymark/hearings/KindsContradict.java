package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CourtDates;
import uk.waymark.cases.HearingKind;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Two sources make two things of one court date, a trial and something else, or it may be one with another date of that day, or nothing tells
 * which of that day is off: whether anybody has to be there, and when, is a person's question, and not answered by whoever spoke last. People
 * are told of it as it stands meanwhile.
 * Once for each time that a source came to say what it says, or the date to have moved; again when they still say it after somebody was to
 * have put it right; gone by itself when they agree.
 */
@Singleton
final class KindsContradict {
    static final String KIND = "hearing_kinds_differ";
    private static final String BOTH_RIGHT = "both_right";
    private final WorkItems workItems;
    private final QuietChanges working;
    private final CallTimes times;

    KindsContradict(WorkItems workItems, QuietChanges working, CallTimes times) {
        this.workItems = workItems;
        this.working = working;
        this.times = times;
    }

    /**
     * Brings the work queue in line with what the sources of a court date say of it.
     *
     * @param differing null where they agree
     */
    void look(Connection c, CourtHearing h, CourtDates.Differing differing, Instant now) {
        if (differing == null || !h.listed() || HearingViews.past(h, LocalDate.ofInstant(now, WorkingDays.LONDON))) {
            workItems.settleOf(c, KIND, h.id());
            return;
        }
        String key = KIND + ':' + h.id() + ':' + differing.by() + ':' + (h.on() != null ? h.on() : h.weekOf());
        Optional<Instant> asked = askedUntil(c, h.id(), key, now);
        if (asked.isPresent() && !differing.heardAt().isAfter(asked.get())) {
            return;
        }
        workItems.settleOf(c, KIND, h.id()); // what was asked before is part of this
        workItems.open(c, new NewWorkItem(KIND, asked.isEmpty() ? key : key + ':' + differing.heardAt(), h.caseId(), null, h.id(),
            differing.question().name().toLowerCase(Locale.ROOT), detail(h, differing), working.dueAt(h, times.kindsDiffer(), now)));
    }

    /**
     * Until when what the sources say counts as asked; empty where nobody was asked. Of what is open, and of what is right on both sides, it is
     * for good; who was to put it right did not, where they say it afterwards.
     */
    private static Optional<Instant> askedUntil(Connection c, UUID hearing, String key, Instant now) {
        return Sql.list(c, """
            select completed_at, outcome from waymark.work_item
             where force_id = waymark.ctx_force() and subject_id = ? and kind = ? and (dedupe_key = ? or starts_with(dedupe_key, ?))
             order by created_at desc limit 1""",
            r -> r.getString("outcome") == null || BOTH_RIGHT.equals(r.getString("outcome")) ? now : Sql.instant(r, "completed_at"),
            hearing, KIND, key, key + ':').stream().findFirst();
    }

    private static String detail(CourtHearing h, CourtDates.Differing differing) {
        String said = differing.kinds().stream().map(KindsContradict::words).sorted().collect(Collectors.joining(", "));
        return switch (differing.question()) {
            case ONE_OR_TWO -> "Sources tell of more than one date on this day, and nothing says whether this is another one or the same: "
                + said + ". People are told of each. Ask the court, and have the source that tells of one too many put right.";
            case WHICH_IS_OFF -> "A source says under a new name that a court date of this day is off, and nothing tells which: " + said
                + ". Nothing was called off here, and nobody was told. Ask the court which it is, and have the source call it off by its "
                + "own name.";
            case TRIAL_OR_NOT -> "Sources of one court date do not agree what it is: " + said + ". People are told of it as it stands here: "
                + words(h.kind()) + ". Ask the court which is right, and have the source that is wrong put right.";
        };
    }

    private static String words(HearingKind kind) {
        return kind.wireName().replace('_', ' ');
    }
}
