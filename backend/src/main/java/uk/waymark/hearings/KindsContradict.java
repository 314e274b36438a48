package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.HearingKind;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Two sources make two things of one court date, a trial and something else: whether anybody has to be there is a person's question, and
 * not answered by whoever spoke last. People are told of it as it stands meanwhile. Once for each time that a source came to say
 * what it says, or the date to have moved; gone by itself when they agree.
 */
@Singleton
final class KindsContradict {
    static final String KIND = "hearing_kinds_differ";
    private static final String REASON = "trial_or_not";
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
     * @param said what they make of it, where they do not agree; else empty
     * @param by   the last event by which one of them came to say so
     */
    void look(Connection c, CourtHearing h, Set<HearingKind> said, UUID by, Instant now) {
        if (said.isEmpty() || !h.listed() || HearingViews.past(h, LocalDate.ofInstant(now, WorkingDays.LONDON))) {
            workItems.settleOf(c, KIND, h.id());
            return;
        }
        String key = KIND + ':' + h.id() + ':' + by + ':' + (h.on() != null ? h.on() : h.weekOf());
        if (workItems.idOf(c, key).isPresent()) {
            return;
        }
        workItems.settleOf(c, KIND, h.id()); // what was asked before is part of this
        workItems.open(c, new NewWorkItem(KIND, key, h.caseId(), null, h.id(), REASON, "Sources of one court date do not agree what it is: "
            + said.stream().map(KindsContradict::words).sorted().collect(Collectors.joining(", ")) + ". People are told of it as it stands here: "
            + words(h.kind()) + ". Ask the court which is right, and have the source that is wrong put right.",
            working.dueAt(h, times.kindsDiffer(), now)));
    }

    private static String words(HearingKind kind) {
        return kind.wireName().replace('_', ' ');
    }
}
