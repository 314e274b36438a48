package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/**
 * How many calls were asked for in whole months, and how it went, by unit. A figure that is small is hidden, and so is every sum that
 * it is part of: what is shown is the same whatever a hidden figure is. What is a part of a figure is shown only beside a rest that is
 * not small either.
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

    /** Figures as they are. */
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
              from waymark.call_back where force_id = ? and asked_at >= ? and asked_at < ? group by 1 order by 1""",
            r -> new Counted(r.getString("unit"), r.getInt("asked"), r.getInt("met"), r.getInt("attempts"), r.getInt("not_reached")),
            NO_UNIT, force, first.atStartOfDay(WorkingDays.LONDON).toInstant(),
            last.plusDays(1).atStartOfDay(WorkingDays.LONDON).toInstant());
    }

    /** Unit by unit, and all of them last. */
    static List<Line> shown(List<Counted> counted) {
        var lines = new ArrayList<Line>();
        for (Counted n : counted) {
            lines.add(new Line(n.unit(), shown(n.asked()), part(n.metInTime(), n.asked()), shown(n.attempts()),
                part(n.notReached(), n.asked())));
        }
        lines.add(new Line(ALL, sum(lines, counted, Line::asked, Counted::asked), sum(lines, counted, Line::metInTime, Counted::metInTime),
            sum(lines, counted, Line::attempts, Counted::attempts), sum(lines, counted, Line::notReached, Counted::notReached)));
        return lines;
    }

    private static Integer shown(int figure) {
        return figure < LEAST ? null : figure;
    }

    /** Of a whole that is shown, the rest would be told with it. */
    private static Integer part(int figure, int whole) {
        return figure < LEAST || whole - figure < LEAST ? null : Integer.valueOf(figure);
    }

    private static Integer sum(List<Line> lines, List<Counted> counted, Function<Line, Integer> figure,
                               ToIntFunction<Counted> of) {
        return lines.isEmpty() || lines.stream().map(figure).anyMatch(Objects::isNull) ? null
            : Integer.valueOf(counted.stream().mapToInt(of).sum());
    }
}
