package uk.waymark.hearings.trial;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.PeopleMerged;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingChanged;
import uk.waymark.hearings.HearingStore;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.WorkItemCompleted;
import uk.waymark.staff.WorkItems;

/** What came of a court date for each person who had to be there, as the unit puts it down afterwards. */
@Singleton
class HearingOutcomes implements ApplicationEventListener<PeopleMerged> {
    private static final int NAME_LENGTH = 100;
    private final ActingAs acting;
    private final HearingStore hearings;
    private final WorkItems workItems;
    private final Audit audit;
    private final CaseClock clock;

    HearingOutcomes(ActingAs acting, HearingStore hearings, WorkItems workItems, Audit audit, CaseClock clock) {
        this.acting = acting;
        this.hearings = hearings;
        this.workItems = workItems;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the contract's words. */
    enum Outcome {
        ATTENDED_HEARD, ATTENDED_NOT_NEEDED, DID_NOT_ATTEND, DID_NOT_GO_AHEAD, NOT_KNOWN;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param line of the file, or the how manieth of the list from 1 @param outcome null where it is none */
    record Given(long line, UUID person, Outcome outcome, String error) { }

    /** @param outcome null where none is put down @param at case time */
    record Line(UUID person, boolean required, Outcome outcome, Instant at, String by) { }

    record NotTaken(long line, String why) { }

    /** @param lines everybody who has to be there, or had, and those with an outcome */
    record Seen(UUID hearing, List<Line> lines, List<NotTaken> notTaken) { }

    static String key(CourtHearing h) {
        return "outcome:" + h.id() + ':' + h.version();
    }

    /** @throws ProblemException 404 */
    Seen read(Caller.Staff staff, UUID hearing) {
        return acting.as(staff, c -> {
            CourtHearing h = known(c, hearing);
            List<Line> lines = lines(c, hearing);
            lines.forEach(line -> audit.record(c, staff, "hearing_outcomes_read", h.caseId(), line.person()));
            return new Seen(hearing, lines, List.of());
        });
    }

    /**
     * Takes what is right; what is not is named. What was put down before for somebody about the same day gives way; about another day, on
     * which it did not go ahead, it stays.
     *
     * @throws ProblemException 404; 409 before the day of the court date
     */
    Seen record(Caller.Staff staff, UUID hearing, List<Given> given) {
        return acting.as(staff, c -> {
            CourtHearing h = known(c, hearing);
            Instant now = clock.instant();
            LocalDate day = h.on() == null ? h.weekOf() : h.on();
            if (h.listed() && (day == null || day.isAfter(LocalDate.ofInstant(now, WorkingDays.LONDON)))) {
                throw ProblemException.conflict("not-yet", "It has not taken place", "Put down what came of it on the day, or afterwards.");
            }
            Set<UUID> known = lines(c, hearing).stream().map(Line::person).collect(Collectors.toSet());
            var notTaken = new ArrayList<NotTaken>();
            var seen = new HashSet<UUID>();
            for (Given one : given) {
                String why = one.error() != null ? one.error()
                    : !known.contains(one.person()) ? "Nobody with this id had to be there."
                    : !seen.add(one.person()) ? "This person is named before." : null;
                if (why != null) {
                    notTaken.add(new NotTaken(one.line(), why));
                    continue;
                }
                Sql.run(c, """
                    insert into waymark.hearing_outcome (hearing_id, person_id, day, force_id, case_id, outcome, recorded_at, recorded_by)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (hearing_id, person_id, day) do update
                       set outcome = excluded.outcome, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by""",
                    hearing, one.person(), day == null ? LocalDate.ofInstant(now, WorkingDays.LONDON) : day, staff.force(), h.caseId(),
                    one.outcome().wireName(), now, name(staff));
                audit.record(c, staff, "hearing_outcome_recorded", h.caseId(), one.person());
            }
            List<Line> lines = lines(c, hearing);
            if (lines.stream().noneMatch(line -> line.required() && line.outcome() == null)) {
                workItems.settleOf(c, OutcomesToRecord.KIND, hearing);
            }
            return new Seen(hearing, lines, notTaken);
        });
    }

    /** Of a date that is another one now it is asked anew, where that is over: {@link OutcomesToRecord}. */
    @EventListener
    void changed(HearingChanged event) {
        if (event.before() != null && event.before().version() != event.now().version()) {
            workItems.settleOf(event.connection(), OutcomesToRecord.KIND, event.hearing());
        }
    }

    /** Whoever has the item puts down what came of it: ticked off, nobody would be asked again. */
    @EventListener
    void completed(WorkItemCompleted item) {
        if (OutcomesToRecord.KIND.equals(item.kind()) && item.subjectId() != null
                && lines(item.connection(), item.subjectId()).stream().anyMatch(line -> line.required() && line.outcome() == null)) {
            throw ProblemException.conflict("outcomes-missing", "It is not put down for everybody",
                "Put down what came of it with PUT /v1/staff/hearings/{id}/outcomes, not_known where nobody can say; the item goes by itself.");
        }
    }

    private CourtHearing known(Connection c, UUID hearing) {
        return hearings.one(c, hearing).filter(h -> h.state() != CourtHearing.State.GONE).orElseThrow(ProblemException::notFound);
    }

    /** Whoever had to be there once, also if they were told that they need not come. */
    private static List<Line> lines(Connection c, UUID hearing) {
        return Sql.list(c, """
            select p.person_id, p.required, o.outcome, o.recorded_at, o.recorded_by
              from waymark.hearing_person p
              join waymark.hearing h on h.id = p.hearing_id
              left join waymark.hearing_outcome o on o.hearing_id = p.hearing_id and o.person_id = p.person_id
                   and o.day = coalesce(h.on_date, h.week_of, o.day)
             where p.hearing_id = ? and (p.required or p.required_at is not null or o.outcome is not null)
             order by p.required desc, p.person_id""",
            r -> new Line(Sql.uuid(r, "person_id"), r.getBoolean("required"),
                r.getString("outcome") == null ? null : Outcome.valueOf(r.getString("outcome").toUpperCase(Locale.ROOT)),
                Sql.instant(r, "recorded_at"), r.getString("recorded_by")), hearing);
    }

    private static String name(Caller.Staff staff) {
        return staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
    }

    /** What came of it stays with whoever is one person from now on. */
    @Override
    public void onApplicationEvent(PeopleMerged event) {
        Sql.run(event.connection(), """
            update waymark.hearing_outcome o set person_id = ?
             where o.person_id = ? and not exists (select 1 from waymark.hearing_outcome s
                                                    where s.hearing_id = o.hearing_id and s.day = o.day and s.person_id = ?)""",
            event.survivor(), event.merged(), event.survivor());
    }

    static Map<String, Outcome> byWireName() {
        return java.util.Arrays.stream(Outcome.values()).collect(Collectors.toMap(Outcome::wireName, o -> o));
    }
}
