package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/**
 * How many calls were asked for in whole months, and how it went, by unit. A figure of a month that is small is hidden, and so is every
 * sum that it is part of, of units and of months: what is shown is the same whatever a hidden figure is, and two answers, however
 * their periods overlap, differ by no small one. What is a part of a figure is shown only beside a rest that is not small either.
 */
@Singleton
final class CallBackReports {
    static final int LEAST = 10;
    private static final int MOST_MONTHS = 24;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private static final String NO_UNIT = "-";
    private static final String ALL = "all";
    private final ActingAs acting;

    CallBackReports(ActingAs acting) {
        this.acting = acting;
    }

    /** Figures of one unit in one month as they are. */
    record Counted(String unit, int asked, int metInTime, int attempts, int notReached) { }

    /** Figures as they are shown; null is hidden. */
    record Line(String unit, Integer asked, Integer metInTime, Integer attempts, Integer notReached) { }

    record Report(LocalDate from, LocalDate to, List<Line> lines) { }

    /** @throws ProblemException 400 for a year that cannot be meant, and a period that ends before it begins or is too long */
    Report report(Caller.Staff staff, LocalDate from, LocalDate to) {
        check("/from", from);
        check("/to", to);
        if (to.isBefore(from) || ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to)) >= MOST_MONTHS) {
            throw ProblemException.badRequest("/to", "must be from the first day on, and at most 24 months in all");
        }
        LocalDate first = from.withDayOfMonth(1);
        LocalDate last = YearMonth.from(to).atEndOfMonth();
        return new Report(first, last, shown(acting.as(new Caller.Worker(staff.force()),
            (Connection c) -> counted(c, staff.force(), first, last))));
    }

    private static void check(String pointer, LocalDate day) {
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw ProblemException.badRequest(pointer, "must be a day of the years 2000 to 2100");
        }
    }

    private static List<Counted> counted(Connection c, UUID force, LocalDate first, LocalDate last) {
        return Sql.list(c, """
            select coalesce(unit, ?) as unit, count(*) as asked,
                   count(*) filter (where reached_at <= due_at) as met, sum(tried) as attempts,
                   count(*) filter (where ending = 'not_reached') as not_reached
              from waymark.call_back where force_id = ? and asked_at >= ? and asked_at < ?
             group by 1, date_trunc('month', asked_at at time zone 'Europe/London') order by 1""",
            r -> new Counted(r.getString("unit"), r.getInt("asked"), r.getInt("met"), r.getInt("attempts"), r.getInt("not_reached")),
            NO_UNIT, force, first.atStartOfDay(WorkingDays.LONDON).toInstant(),
            last.plusDays(1).atStartOfDay(WorkingDays.LONDON).toInstant());
    }

    /** Unit by unit, and all of them last. @param counted unit by unit, and of each month by month; none where nobody asked */
    static List<Line> shown(List<Counted> counted) {
        var units = new LinkedHashMap<String, List<Line>>();
        for (Counted n : counted) {
            Integer met = part(n.metInTime(), n.asked());
            // beside those who were met in time, whoever is left must not be few either
            Integer not = part(n.notReached(), met == null ? n.asked() : n.asked() - met);
            units.computeIfAbsent(n.unit(), u -> new ArrayList<>()).add(new Line(n.unit(), shown(n.asked()), met, shown(n.attempts()), not));
        }
        var lines = new ArrayList<Line>();
        units.forEach((unit, months) -> lines.add(sum(unit, months)));
        lines.add(sum(ALL, List.copyOf(lines)));
        return lines;
    }

    private static Integer shown(int figure) {
        return figure < LEAST ? null : figure;
    }

    /** Of a whole that is shown, the rest would be told with it. */
    private static Integer part(int figure, int whole) {
        return figure < LEAST || whole - figure < LEAST ? null : Integer.valueOf(figure);
    }

    private static Line sum(String name, List<Line> lines) {
        return new Line(name, sum(lines, Line::asked), sum(lines, Line::metInTime), sum(lines, Line::attempts), sum(lines, Line::notReached));
    }

    private static Integer sum(List<Line> lines, Function<Line, Integer> figure) {
        return lines.isEmpty() || lines.stream().map(figure).anyMatch(Objects::isNull) ? null
            : Integer.valueOf(lines.stream().map(figure).mapToInt(Integer::intValue).sum());
    }
}
