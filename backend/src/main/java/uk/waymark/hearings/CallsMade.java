package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import uk.waymark.hearings.HearingTold.Entry;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.State;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.hearings.StandingReader.Seat;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.WorkItemCompleted;

/** A call that entered the queue from the list stands on the list once it is made, whether anybody was reached or not. */
@Singleton
final class CallsMade implements ApplicationEventListener<WorkItemCompleted> {
    private static final Set<String> OURS = Set.of(HearingCalls.NO_ANSWER, HearingCalls.TO_TELL);
    private final StandingReader reader;
    private final HearingTold told;
    private final CaseClock clock;

    CallsMade(StandingReader reader, HearingTold told, CaseClock clock) {
        this.reader = reader;
        this.told = told;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted item) {
        if (!OURS.contains(item.kind())) {
            return;
        }
        var seat = new Seat(item.subjectId(), item.personId());
        reader.of(item.connection(), item.by().force(), List.of(seat), clock.instant()).forEach(row ->
            told.add(item.connection(), item.by().force(), new Entry(seat.hearing(), seat.person(), row.hearing().caseId(),
                row.hearing().version(), what(row), row.required() && !row.shown() ? How.IN_PERSON : How.CALL, "told".equals(item.outcome()) ? State.REACHED : State.NOT_REACHED,
                clock.instant(), null, item.by().subject())));
    }

    /** What there is to say to them now. */
    static What what(StandingReader.Row row) {
        if (!row.hearing().listed()) {
            return What.OFF;
        }
        Entry last = row.standing().told();
        boolean knows = last != null && last.version() == row.hearing().version() && last.state() == State.REACHED;
        return !row.required() ? What.NOT_NEEDED : knows ? What.REMINDER : What.NOTICE;
    }
}
