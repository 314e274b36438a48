package uk.waymark.hearings.runs;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.UUID;
import uk.waymark.hearings.HearingTold;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItemCompleted;

/** Staff have rung somebody whom a correction did not reach: now they know. */
@Singleton
final class RunCalls implements ApplicationEventListener<WorkItemCompleted> {
    private final HearingTold told;
    private final RunStore store;
    private final CaseClock clock;

    RunCalls(HearingTold told, RunStore store, CaseClock clock) {
        this.told = told;
        this.store = store;
        this.clock = clock;
    }

    private record About(UUID hearing, UUID person, UUID caseId, int version, RunSaid said) { }

    @Override
    public void onApplicationEvent(WorkItemCompleted item) {
        if (!RunEndings.CALL.equals(item.kind()) || WorkItemCompleted.NO_LONGER_SAFE.equals(item.outcome())) {
            return;
        }
        Sql.one(item.connection(), "select id, said, hearing_id, person_id, case_id, version from waymark.reminder_run_row where message_id = ?",
                r -> new About(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getInt("version"),
                    store.said(r)),
                item.subjectId())
            .ifPresent(a -> told.add(item.connection(), item.by().force(), RunSaid.told(new HearingTold.Entry(a.hearing(), a.person(), a.caseId(),
                a.version(), HearingTold.What.CORRECTION, HearingTold.How.CALL, HearingTold.State.REACHED, clock.instant(), null,
                item.by().subject()), a.said())));
    }
}
