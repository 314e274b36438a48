package uk.waymark.hearings;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.hearings.PersonStanding.State;
import uk.waymark.hearings.PersonStanding.Step;
import uk.waymark.hearings.StandingReader.Row;
import uk.waymark.hearings.StandingReader.Seat;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.ItemsAbout;
import uk.waymark.staff.ItemsAbout.About;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Who has not answered, whom no message has reached, and who was not told that they are not needed: each reaches the queue as a call,
 * in time for the person to come or to stay at home, and again for as long as nobody has spoken to them.
 */
@Singleton
class HearingCalls implements DueWork {
    static final String NO_ANSWER = "no_answer_call";
    static final String TO_TELL = "hearing_to_tell";
    /** They may not hear of it from anybody before an officer has told them. */
    private static final String OFFICER_FIRST = "officer_first";
    private static final Logger LOG = LoggerFactory.getLogger(HearingCalls.class);
    private static final int AT_ONCE = 200;
    /** Who has answered of the date as it stands, was reached, or has a call waiting, is no candidate. */
    private static final String CANDIDATES = """
        select h.id as hearing, p.person_id as person from waymark.hearing h join waymark.hearing_person p on p.hearing_id = h.id
         where h.force_id = waymark.ctx_force() and (h.id, p.person_id) > (?::uuid, ?::uuid)
           and coalesce(h.on_date, h.week_of, date '9999-12-31') >= ? and case
             when p.required and h.state = 'listed' and h.kind <> 'trial_without_witnesses' then
               greatest(h.taken_in_at, p.required_at) <= ? and (
               not exists (select 1 from waymark.hearing_told t where t.hearing_id = h.id and t.person_id = p.person_id
                              and t.version = h.version and t.state = 'reached')
               or (coalesce(h.on_date, h.week_of) <= ? and 'yes' is distinct from (
                     select a.answer from waymark.hearing_answer a where a.hearing_id = h.id and a.person_id = p.person_id
                        and a.version = h.version and a.confirmed order by a.id desc limit 1)))
             else (p.required or p.dewarned_at is not null) and coalesce(p.dewarned_at, h.taken_in_at) <= ?
               and (h.state <> 'gone' or exists (select 1 from waymark.hearing_subject s where s.hearing_id = h.id))
               and exists (select 1 from waymark.hearing_told t where t.hearing_id = h.id and t.person_id = p.person_id
                              and t.what not in ('off', 'not_needed') and t.state <> 'not_reached')
               and not exists (select 1 from waymark.hearing_told t where t.hearing_id = h.id and t.person_id = p.person_id
                              and t.what in ('off', 'not_needed') and t.state = 'reached'
                              and t.told_at >= coalesce(p.dewarned_at, h.taken_in_at)) end
         order by h.id, p.person_id limit ?""";
    private static final UUID FIRST = new UUID(0, 0);

    private final ActingAs acting;
    private final EachForce forces;
    private final StandingReader reader;
    private final CallTimes times;
    private final WorkItems workItems;
    private final ItemsAbout items;
    private final CaseClock clock;
    private final DataFile words = DataFile.of("/hearings/week.properties");

    HearingCalls(ActingAs acting, EachForce forces, StandingReader reader, CallTimes times, WorkItems workItems, ItemsAbout items,
                 CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.reader = reader;
        this.times = times;
        this.workItems = workItems;
        this.items = items;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "20s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("who is to be rung about court dates could not be looked into; in a minute it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        forces.run("who is to be rung about court dates", force -> drain(force, now));
    }

    private void drain(UUID force, Instant now) {
        Seat last = new Seat(FIRST, FIRST);
        while (last != null) {
            Seat from = last;
            last = acting.as(new Caller.Worker(force), c -> some(c, force, from, now));
        }
        acting.as(new Caller.Worker(force), c -> settle(c, force, now));
    }

    /** @return the last one looked at; null when there are no more */
    private Seat some(Connection c, UUID force, Seat after, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, WorkingDays.LONDON);
        Instant settled = now.minus(times.grace());
        List<Seat> seats = Sql.list(c, CANDIDATES, r -> new Seat(Sql.uuid(r, "hearing"), Sql.uuid(r, "person")), after.hearing(),
            after.person(), today.minusDays(6), settled, asked(today, now), settled, AT_ONCE);
        reader.of(c, force, seats, now).forEach(row -> open(c, row, now));
        return seats.size() < AT_ONCE ? null : seats.getLast();
    }

    /** The furthest day about which whoever is silent by now is rung. */
    private LocalDate asked(LocalDate today, Instant now) {
        LocalDate day = today;
        while (!times.askBy(day.plusDays(1)).isAfter(now)) {
            day = day.plusDays(1);
        }
        return day;
    }

    private void open(Connection c, Row row, Instant now) {
        PersonStanding.Next next = row.standing().next();
        if (next.step() != Step.TO_QUEUE || next.at().isAfter(now)) {
            return;
        }
        State state = row.standing().state();
        String kind = state == State.NO_ANSWER ? NO_ANSWER : TO_TELL;
        String reason = reason(row);
        CourtHearing h = row.hearing();
        String stem = kind + ':' + h.id() + ':' + h.version() + ':' + row.seat().person() + ':';
        List<About> before = row.items().stream().filter(i -> i.key().startsWith(stem)).toList();
        String detail = words.text("detail." + (kind.equals(NO_ANSWER) ? kind : kind + '.' + reason))
            .replace("{when}", HearingDay.of(h).known() ? HearingDay.of(h).english(now) : "on a day that is not known yet");
        workItems.open(c, new NewWorkItem(kind, stem + before.size(), h.caseId(), row.seat().person(), h.id(), reason,
            before.isEmpty() ? detail : detail + "\n\n" + words.text("detail.again").replace("{outcome}",
                String.valueOf(before.getLast().outcome()).replace('_', ' ')), times.due(h, !before.isEmpty(), now)));
    }

    /** Whoever has answered, was told or is another day's by now is not rung any more; whoever is ringing rings. */
    private int settle(Connection c, UUID force, Instant now) {
        List<About> open = Stream.of(NO_ANSWER, TO_TELL).flatMap(kind -> items.openOf(c, kind).stream()).toList();
        var rows = new HashMap<Seat, Row>();
        reader.of(c, force, open.stream().map(i -> new Seat(i.subjectId(), i.personId())).distinct().toList(), now)
            .forEach(row -> rows.put(row.seat(), row));
        for (About item : open) {
            Row row = rows.get(new Seat(item.subjectId(), item.personId()));
            if (row == null || row.standing().next().step() == Step.NOTHING) {
                workItems.settle(c, item.id());
            } else if (!still(row, item)) {
                workItems.settleUnclaimed(c, item.id());
            }
        }
        return open.size();
    }

    private static boolean still(Row row, About item) {
        State state = row.standing().state();
        return item.key().startsWith(item.kind() + ':' + row.hearing().id() + ':' + row.hearing().version() + ':')
            && switch (item.reason()) {
                case "no_answer" -> state == State.NO_ANSWER;
                case "still_required" -> state == State.CANNOT;
                case "not_needed" -> state == State.DE_WARNED;
                case OtherCourt.REASON -> state != State.DE_WARNED && !spokenTo(row);
                case OFFICER_FIRST -> state == State.NOT_TOLD && !row.shown();
                default -> state == State.NOT_TOLD || state == State.NO_SAFE_CHANNEL;
            };
    }

    /** Of the court date as it was when this item, of one of the two kinds, came up: whoever rings speaks of that. */
    static int version(String key) {
        return Integer.parseInt(key.split(":")[2]);
    }

    private static boolean spokenTo(Row row) {
        HearingTold.Entry last = row.standing().told();
        return last != null && last.version() == row.hearing().version() && last.state() == HearingTold.State.REACHED
            && (last.how() == HearingTold.How.CALL || last.how() == HearingTold.How.IN_PERSON);
    }

    private static String reason(Row row) {
        return switch (row.standing().state()) {
            case NO_ANSWER -> "no_answer";
            case CANNOT -> "still_required";
            case DE_WARNED -> "not_needed";
            case NO_SAFE_CHANNEL -> "no_safe_channel";
            default -> !row.shown() ? OFFICER_FIRST : row.standing().told() != null && row.standing().told().state() == HearingTold.State.NOT_REACHED ? "not_reached"
                : "not_told";
        };
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, WorkingDays.LONDON);
        return forces.all().stream().flatMap(force -> acting.as(new Caller.Worker(force), c -> moments(c, today, now)).stream())
            .filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    private List<Instant> moments(Connection c, LocalDate today, Instant now) {
        Stream<Instant> asked = Sql.list(c, """
            select distinct coalesce(on_date, week_of) as day from waymark.hearing
             where force_id = waymark.ctx_force() and state = 'listed' and coalesce(on_date, week_of) between ? and ?""",
            r -> r.getObject("day", LocalDate.class), today, today.plusYears(1)).stream().map(times::askBy);
        Stream<Instant> settled = Stream.of(times.grace(), times.answer()).flatMap(after -> Sql.one(c, """
            select min(greatest(h.taken_in_at, p.required_at, p.dewarned_at)) as since
              from waymark.hearing h join waymark.hearing_person p on p.hearing_id = h.id
             where h.force_id = waymark.ctx_force() and coalesce(h.on_date, h.week_of, date '9999-12-31') >= ?
               and (p.required or p.dewarned_at is not null) and greatest(h.taken_in_at, p.required_at, p.dewarned_at) > ?""",
            r -> Optional.ofNullable(Sql.instant(r, "since")), today, now.minus(after)).flatMap(at -> at).map(at -> at.plus(after)).stream());
        return Stream.concat(asked, settled).toList();
    }
}
