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
import uk.waymark.staff.ItemsAbout;
import uk.waymark.staff.ItemsAbout.About;
import uk.waymark.staff.WorkItemCompleted;

/** A call that entered the queue from the list stands on the list once it is made, whether anybody was reached or not. */
@Singleton
final class CallsMade implements ApplicationEventListener<WorkItemCompleted> {
    private static final Set<String> OURS = Set.of(HearingCalls.NO_ANSWER, HearingCalls.TO_TELL);
    private final StandingReader reader;
    private final HearingTold told;
    private final ItemsAbout items;
    private final CaseClock clock;

    CallsMade(StandingReader reader, HearingTold told, ItemsAbout items, CaseClock clock) {
        this.items = items;
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
        About rung = items.of(item.connection(), List.of(seat.person()), List.of(seat.hearing())).stream()
            .filter(i -> i.id().equals(item.id())).findFirst().orElseThrow();
        reader.of(item.connection(), item.by().force(), List.of(seat), clock.instant()).forEach(row -> made(item, seat, row, rung));
    }

    /** Who rang about Tuesday said nothing of Friday, though it is Friday by the time that they put it down. */
    private void made(WorkItemCompleted item, Seat seat, StandingReader.Row row, About rung) {
        int version = HearingCalls.version(rung.key());
        boolean asItIs = version == row.hearing().version();
        What what = asItIs ? what(row) : what(rung);
        var entry = new Entry(seat.hearing(), seat.person(), row.hearing().caseId(), version, what,
            row.required() && !row.shown() ? How.IN_PERSON : How.CALL,
            "told".equals(item.outcome()) ? State.REACHED : State.NOT_REACHED, clock.instant(), null, item.by().subject());
        told.add(item.connection(), item.by().force(), asItIs ? entry.asItIs(row.hearing()) : entry);
    }

    /** What a call says that is of another version than the one that stands. */
    static What what(About rung) {
        return "not_needed".equals(rung.reason()) ? What.NOT_NEEDED : What.NOTICE;
    }

    /** The call of theirs, where it is of another version of the date than the one that stands; null otherwise. */
    static About rungAbout(StandingReader.Row row, String claimant) {
        return row.items().stream().filter(i -> i.open() && OURS.contains(i.kind()) && claimant.equals(i.claimedBy()))
            .filter(i -> row.seat().person().equals(i.personId()))
            .filter(i -> HearingCalls.version(i.key()) != row.hearing().version()).findFirst().orElse(null);
    }

    /** Whether this item is of the version that they rang about: what waits to be said of the date as it stands waits on. */
    static boolean sameDate(StandingReader.Row row, About item, About rung) {
        int version = HearingCalls.version(rung.key());
        Integer said = OURS.contains(item.kind()) ? Integer.valueOf(HearingCalls.version(item.key())) : row.versions().get(item.id());
        return said != null && said == version;
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
