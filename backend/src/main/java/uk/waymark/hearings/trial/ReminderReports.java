package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * Whether extra reminders changed who came. Each person counts once, by the first court date after their lot was drawn of which it
 * is known whether they came, and on the side that was drawn, whatever was sent to them in the end.
 */
@Singleton
class ReminderReports {
    private static final int MOST_MONTHS = 24;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private final ActingAs acting;
    private final TrialSettings settings;

    ReminderReports(ActingAs acting, TrialSettings settings) {
        this.acting = acting;
        this.settings = settings;
    }

    /** On the wire in small letters. */
    enum Finding { NONE, TOO_FEW, SHOWS_NOTHING, REMINDERS_HELP, REMINDERS_HARM }

    /** How many more stayed away without reminders than with them, in percentage points, with its 95 % interval. */
    record Difference(double points, double lower, double upper, double probability) { }

    /**
     * @param figures    reminded, held out, both; of each who came, who did not, all; null is hidden
     * @param difference null unless all are shown
     * @param countedFrom with {@code countedTo} the months that the figures are of, which may be fewer; null where none is shown
     */
    record Report(LocalDate from, LocalDate to, int least, Integer[][] figures, Difference difference, Finding finding, String english,
                  String welsh, LocalDate countedFrom, LocalDate countedTo) { }

    /**
     * Of whole blocks of months: of periods that differ by a day, one person could be told, and of two that differ by a month few.
     *
     * @throws ProblemException 400 for a year that cannot be meant, and a period that ends before it begins or is too long
     */
    Report report(Caller.Staff staff, LocalDate from, LocalDate to) {
        check("/from", from);
        check("/to", to);
        if (to.isBefore(from) || ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to)) >= MOST_MONTHS) {
            throw ProblemException.badRequest("/to", "must be from the first day on, and at most 24 months in all");
        }
        LocalDate first = from.withDayOfMonth(1);
        LocalDate last = YearMonth.from(to).atEndOfMonth();
        return of(acting.as(new Caller.Worker(staff.force()), ReminderReports::months), first, last);
    }

    private static void check(String pointer, LocalDate day) {
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw ProblemException.badRequest(pointer, "must be a day of the years 2000 to 2100");
        }
    }

    /** Whoever counts, by the month of their date: of each month reminded and held out, and of both who came and who did not. */
    private static SortedMap<YearMonth, int[][]> months(Connection c) {
        var months = new TreeMap<YearMonth, int[][]>();
        Sql.list(c, """
            select date_trunc('month', a.day)::date as month, a.held_out, a.outcome = 'did_not_attend' as away, count(*) as people from (
              select distinct on (a.trial_id, a.person_id) a.held_out, o.outcome, o.day
                from waymark.reminder_trial t join waymark.reminder_trial_arm a on a.trial_id = t.id
                join waymark.hearing_outcome o on o.person_id = a.person_id
               where t.force_id = waymark.ctx_force() and o.day between t.from_day and t.to_day
                 and o.day >= (a.drawn_at at time zone 'Europe/London')::date
                 and o.outcome in ('attended_heard', 'attended_not_needed', 'did_not_attend')
               order by a.trial_id, a.person_id, o.day, o.hearing_id) a group by 1, 2, 3""",
            r -> months.computeIfAbsent(YearMonth.from(r.getObject("month", LocalDate.class)), m -> new int[2][2])
                [r.getBoolean("held_out") ? 1 : 0][r.getBoolean("away") ? 1 : 0] = r.getInt("people"));
        return months;
    }

    /** @param from the first day of a month @param to the last day of a month */
    Report of(SortedMap<YearMonth, int[][]> months, LocalDate from, LocalDate to) {
        int least = settings.number("report.least");
        YearMonth first = YearMonth.from(from);
        YearMonth last = YearMonth.from(to);
        return MonthBlocks.within(months, least, first, last).map(b -> shown(b, from, to, least)).orElseGet(() -> {
            // whether there is nobody at all is not said of a time in which there are some
            boolean some = months.keySet().stream().anyMatch(m -> !m.isBefore(first) && !m.isAfter(last));
            Finding finding = some ? Finding.TOO_FEW : Finding.NONE;
            return new Report(from, to, least, new Integer[3][3], null, finding, words(finding, "en", "", "", "", ""),
                words(finding, "cy", "", "", "", ""), null, null);
        });
    }

    private Report shown(MonthBlocks.Block block, LocalDate from, LocalDate to, int least) {
        int[][] cells = block.cells();
        int reminded = cells[0][0] + cells[0][1];
        int held = cells[1][0] + cells[1][1];
        var interval = TrialStatistics.newcombe(cells[1][1], held, cells[0][1], reminded);
        double points = (double) cells[1][1] / held - (double) cells[0][1] / reminded;
        Finding finding = interval.lower() > 0 ? Finding.REMINDERS_HELP : interval.upper() < 0 ? Finding.REMINDERS_HARM : Finding.SHOWS_NOTHING;
        boolean harm = finding == Finding.REMINDERS_HARM;
        String lower = tenths(100 * (harm ? -interval.upper() : interval.lower()));
        String upper = tenths(100 * (harm ? -interval.lower() : interval.upper()));
        String away = tenths(100.0 * cells[1][1] / held);
        String withThem = tenths(100.0 * cells[0][1] / reminded);
        Integer[][] figures = {{cells[0][0], cells[0][1], reminded}, {cells[1][0], cells[1][1], held},
            {cells[0][0] + cells[1][0], cells[0][1] + cells[1][1], reminded + held}};
        return new Report(from, to, least, figures, new Difference(100 * points, 100 * interval.lower(), 100 * interval.upper(),
            TrialStatistics.probability(cells[1][1], held, cells[0][1], reminded)), finding,
            words(finding, "en", away, withThem, lower, upper), words(finding, "cy", away, withThem, lower, upper),
            block.first().atDay(1), block.last().atEndOfMonth());
    }

    private static String tenths(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private String words(Finding finding, String language, String held, String reminded, String lower, String upper) {
        return settings.text(finding.name().toLowerCase(Locale.ROOT) + '.' + language).replace("{held}", held)
            .replace("{reminded}", reminded).replace("{lower}", lower).replace("{upper}", upper);
    }
}
