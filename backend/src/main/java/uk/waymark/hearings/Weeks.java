package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.NamesOfPeople;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.cases.PeopleInCase.ActedFor;
import uk.waymark.cases.PeopleInCase.Acting;
import uk.waymark.hearings.StandingReader.Row;
import uk.waymark.hearings.WeekList.Place;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;

/** The list of a week and of one court date, with names; who saw whom is written down. */
@Singleton
final class Weeks {
    private static final int AT_ONCE = 500;
    private final ActingAs acting;
    private final WeekList list;
    private final StandingReader reader;
    private final HearingStore hearings;
    private final NamesOfPeople names;
    private final PeopleInCase inCases;
    private final Audit audit;
    private final CaseClock clock;

    Weeks(ActingAs acting, WeekList list, StandingReader reader, HearingStore hearings, NamesOfPeople names, PeopleInCase inCases,
          Audit audit, CaseClock clock) {
        this.acting = acting;
        this.list = list;
        this.reader = reader;
        this.hearings = hearings;
        this.names = names;
        this.inCases = inCases;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param name null where none is known; @param reference of the case; @param actsFor names of those whom they look after in it */
    record Line(Row row, String name, String reference, List<String> actsFor) {
        /** Without the name. */
        @Override
        public String toString() {
            return "Line[" + row.seat() + "]";
        }
    }

    /** @param next the last place of this page; null on the last page */
    record Page(List<Line> lines, Place next) { }

    private interface Places {
        List<Place> from(Connection c, Place after, int limit);
    }

    Page week(Caller.Staff staff, LocalDate monday, String unit, Place after, int limit) {
        return acting.as(staff, c -> page(c, staff, (k, from, most) -> list.week(k, staff.force(), monday, unit, from, most), after, limit));
    }

    /** All of it, for a table or a print. */
    List<Line> week(Caller.Staff staff, LocalDate monday, String unit) {
        return acting.as(staff, c -> all(c, staff, (k, from, most) -> list.week(k, staff.force(), monday, unit, from, most)));
    }

    /** @throws ProblemException 404 */
    Page of(Caller.Staff staff, UUID hearing, Place after, int limit) {
        return acting.as(staff, c -> page(known(c, hearing), staff, (k, from, most) -> list.of(k, staff.force(), hearing, from, most), after,
            limit));
    }

    /** @throws ProblemException 404 */
    List<Line> of(Caller.Staff staff, UUID hearing) {
        return acting.as(staff, c -> all(known(c, hearing), staff, (k, from, most) -> list.of(k, staff.force(), hearing, from, most)));
    }

    private Connection known(Connection c, UUID hearing) {
        hearings.one(c, hearing).filter(h -> h.state() != CourtHearing.State.GONE).orElseThrow(ProblemException::notFound);
        return c;
    }

    private List<Line> all(Connection c, Caller.Staff staff, Places places) {
        var lines = new ArrayList<Line>();
        Page page = page(c, staff, places, null, AT_ONCE);
        lines.addAll(page.lines());
        while (page.next() != null) {
            page = page(c, staff, places, page.next(), AT_ONCE);
            lines.addAll(page.lines());
        }
        return lines;
    }

    private Page page(Connection c, Caller.Staff staff, Places places, Place after, int limit) {
        List<Place> found = places.from(c, after, limit + 1);
        boolean more = found.size() > limit;
        List<Place> shown = more ? found.subList(0, limit) : found;
        return new Page(lines(c, staff, reader.of(c, staff.force(), shown.stream().map(Place::seat).toList(), clock.instant())),
            more ? shown.getLast() : null);
    }

    /** With names and references; writes down who was read about. */
    List<Line> lines(Connection c, Caller.Staff staff, List<Row> rows) {
        Map<UUID, String> people = names.of(c, ids(rows, r -> r.seat().person()));
        Map<UUID, String> cases = names.references(c, ids(rows, r -> r.hearing().caseId()));
        Map<Acting, List<ActedFor>> acting = inCases.actingFor(c, ids(rows, r -> r.hearing().caseId()), ids(rows, r -> r.seat().person()));
        rows.stream().map(Weeks::who).flatMap(who -> Stream.concat(Stream.of(who), acting.getOrDefault(who, List.of()).stream()
                .map(ward -> new Acting(who.caseId(), ward.person())))).distinct()
            .forEach(who -> audit.record(c, staff, "queue_hearing_read", who.caseId(), who.person()));
        return rows.stream().map(r -> new Line(r, people.get(r.seat().person()), cases.get(r.hearing().caseId()),
            acting.getOrDefault(who(r), List.of()).stream().map(ward -> ward.self().name()).filter(name -> !name.isEmpty()).toList()))
            .toList();
    }

    private static Acting who(Row r) {
        return new Acting(r.hearing().caseId(), r.seat().person());
    }

    private static List<UUID> ids(List<Row> rows, Function<Row, UUID> of) {
        return rows.stream().map(of).distinct().collect(Collectors.toList());
    }
}
