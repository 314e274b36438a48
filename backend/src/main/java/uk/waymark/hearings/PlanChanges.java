package uk.waymark.hearings;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import uk.waymark.cases.HearingKind;
import uk.waymark.cases.HeldCases;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.ProblemException;

/** Plans read and changed by a unit; a change holds at once for all that lies ahead. */
@Singleton
class PlanChanges {
    private static final int NAME_LENGTH = 100;
    private final ActingAs acting;
    private final ReminderPlans plans;
    private final ReminderPlanner planner;
    private final ReminderStore store;
    private final HearingStore hearings;
    private final HeldCases held;
    private final ReminderRules rules;
    private final Audit audit;
    private final CaseClock clock;

    PlanChanges(ActingAs acting, ReminderPlans plans, ReminderPlanner planner, ReminderStore store, HearingStore hearings, HeldCases held,
                ReminderRules rules, Audit audit, CaseClock clock) {
        this.acting = acting;
        this.plans = plans;
        this.planner = planner;
        this.store = store;
        this.hearings = hearings;
        this.held = held;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    ReminderPlan read(Caller.Staff staff, HearingKind kind) {
        return acting.as(staff, c -> plans.of(c, kind));
    }

    /**
     * Saves a version and plans what lies ahead anew, in restricted cases too, in one transaction.
     *
     * @throws ProblemException 412, 428; 422 for steps that cannot be
     */
    ReminderPlan change(Caller.Staff staff, HearingKind kind, List<Step> steps, String ifMatch) {
        refuse(steps);
        return acting.as(staff, c -> {
            ReminderPlan known = plans.of(c, kind);
            if (ifMatch == null) {
                throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                    "Read the plan first, and send its ETag as If-Match.");
            }
            if (!ETags.matches(ifMatch, tag(known))) {
                throw lostRace();
            }
            if (known.own() && known.steps().equals(steps)) {
                return known;
            }
            Instant now = clock.instant();
            String by = staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
            var plan = new ReminderPlan(kind, known.version() + 1, steps, now, by);
            if (!plans.save(c, staff.force(), plan)) {
                throw lostRace();
            }
            audit.record(c, staff, "reminder_plan_saved", null, null);
            acting.goOn(c, new Caller.Worker(staff.force()));
            for (CourtHearing seen : store.ahead(c, kind.wireName(), now)) {
                // one that is being moved is planned for where it goes to
                held.hold(c, seen.caseId());
                hearings.held(c, seen.id()).filter(h -> h.kind() == kind).ifPresent(h -> planner.plan(c, staff.force(), h, plan, now));
            }
            return plan;
        });
    }

    static String tag(ReminderPlan plan) {
        return ETags.of("reminder plan " + plan.kind() + ' ' + plan.version());
    }

    private static ProblemException lostRace() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has changed",
            "Somebody has changed this since you read it. Read it again and repeat your change.");
    }

    private record Moment(int days, boolean workingDays, LocalTime at) { }

    private void refuse(List<Step> steps) {
        var problems = new ArrayList<Map.Entry<String, String>>();
        var moments = new HashSet<Moment>();
        for (int i = 0; i < steps.size(); i++) {
            Step s = steps.get(i);
            if (s.at().isBefore(rules.from()) || !s.at().isBefore(rules.to())) {
                problems.add(Map.entry("/steps/" + i + "/at", "Reminders leave from " + rules.from() + " and before " + rules.to() + "."));
            }
            if (!moments.add(new Moment(s.daysBefore(), s.workingDays(), s.at()))) {
                problems.add(Map.entry("/steps/" + i, "There is another reminder at the same time."));
            }
        }
        if (!problems.isEmpty()) {
            throw ProblemException.unprocessable("Put right what errors names, and send it again.", problems);
        }
    }
}
