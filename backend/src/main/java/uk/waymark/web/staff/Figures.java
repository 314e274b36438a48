package uk.waymark.web.staff;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import uk.waymark.api.model.CallBackReport;
import uk.waymark.api.model.CallBackReportLine;
import uk.waymark.api.model.MessageReport;
import uk.waymark.api.model.MessageReportBy;
import uk.waymark.api.model.MessageReportLine;
import uk.waymark.api.model.ReminderReport;
import uk.waymark.api.model.ReminderReportLine;
import uk.waymark.web.Lang;
import uk.waymark.web.Page;

/**
 * Figures of a time, as a plot and as a table beside it. What the API leaves out is left out here.
 *
 * @param notes    sentences before them
 * @param legend   what the parts of a bar are
 * @param interval null where there is none
 */
public record Figures(LocalDate from, LocalDate to, List<String> notes, List<String> legend, List<Bar> bars, Interval interval,
                      List<String> head, List<List<String>> rows) {

    /** A difference in percentage points with its 95 % interval. */
    public record Interval(double lower, double middle, double upper, String words) {
        /** Where a value lies on a line that is as wide as it has to be, with zero in the middle, of 100. */
        public double at(double points) {
            double widest = Math.max(1, Math.max(Math.abs(lower), Math.abs(upper)));
            return 50 + 45 * points / widest;
        }
    }

    static Figures of(Page page, MessageReport report) {
        List<MessageReportLine> lines = report.getItems();
        long most = lines.stream().mapToLong(l -> total(l)).max().orElse(0);
        var bars = new ArrayList<Bar>();
        var rows = new ArrayList<List<String>>();
        for (MessageReportLine l : lines) {
            String key = key(page, report.getBy(), l.getKey());
            long open = Math.max(0, l.getSent() - l.getDelivered() - l.getFailed()) + l.getUnknown();
            long notSent = l.getExpired() + l.getWithheld();
            bars.add(new Bar(key, words(page, l.getDelivered(), open, l.getFailed(), notSent),
                shares(most, l.getDelivered(), open, l.getFailed(), notSent)));
            rows.add(List.of(key, text(l.getSent()), text(l.getDelivered()), text(l.getFailed()), text(l.getUnknown()),
                text(l.getExpired()), text(l.getWithheld()), text(l.getSegments()), money(l.getCostPence()),
                seconds(page, l.getDeliveryP50Seconds()), seconds(page, l.getDeliveryP95Seconds())));
        }
        return new Figures(report.getFrom(), report.getTo(), List.of(), List.of(page.t(FiguresText.DELIVERED), page.t(FiguresText.OPEN),
            page.t(FiguresText.FAILED), page.t(FiguresText.NOT_SENT)), bars, null, List.of(page.t(FiguresText.KEY),
            page.t(FiguresText.SENT), page.t(FiguresText.DELIVERED), page.t(FiguresText.FAILED), page.t(FiguresText.UNKNOWN),
            page.t(FiguresText.EXPIRED), page.t(FiguresText.WITHHELD), page.t(FiguresText.SEGMENTS), page.t(FiguresText.COST),
            page.t(FiguresText.HALF),
            page.t(FiguresText.MOST)), rows);
    }

    static Figures of(Page page, CallBackReport report) {
        List<CallBackReportLine> lines = report.getItems();
        long most = lines.stream().filter(l -> l.getAsked() != null).mapToLong(l -> l.getAsked()).max().orElse(0);
        var bars = new ArrayList<Bar>();
        var rows = new ArrayList<List<String>>();
        for (CallBackReportLine l : lines) {
            String unit = switch (l.getUnit()) {
                case "all" -> page.t(FiguresText.ALL_UNITS);
                case "-" -> page.t(FiguresText.NO_UNIT);
                default -> l.getUnit();
            };
            // a bar only where both of its parts may be known
            if (l.getAsked() != null && l.getMetInTime() != null) {
                long late = Math.max(0, l.getAsked() - l.getMetInTime());
                bars.add(new Bar(unit, page.t(FiguresText.MET) + " " + l.getMetInTime() + ", " + page.t(FiguresText.NOT_MET) + " " + late,
                    shares(most, l.getMetInTime(), late)));
            }
            rows.add(List.of(unit, shown(page, l.getAsked()), shown(page, l.getMetInTime()), shown(page, l.getAttempts()),
                shown(page, l.getNotReached())));
        }
        return new Figures(report.getFrom(), report.getTo(), List.of(page.t(FiguresText.SMALL, report.getLeast())),
            List.of(page.t(FiguresText.MET), page.t(FiguresText.NOT_MET)), bars, null, List.of(page.t(FiguresText.UNIT),
            page.t(FiguresText.ASKED), page.t(FiguresText.MET), page.t(FiguresText.ATTEMPTS), page.t(FiguresText.NOT_REACHED)), rows);
    }

    static Figures of(Page page, ReminderReport report) {
        var notes = new ArrayList<String>();
        notes.add(page.lang() == Lang.CY ? report.getWords().getCy() : report.getWords().getEn());
        if (report.getCountedFrom() != null) {
            notes.add(page.t(FiguresText.COUNTED, page.day(report.getCountedFrom()), page.day(report.getCountedTo())));
        }
        notes.add(page.t(FiguresText.SMALL, report.getLeast()));
        var bars = new ArrayList<Bar>();
        var rows = new ArrayList<List<String>>();
        for (ReminderReportLine l : report.getItems()) {
            String side = page.t(switch (l.getArm()) {
                case REMINDED -> FiguresText.REMINDED;
                case HELD_OUT -> FiguresText.HELD_OUT;
                case BOTH -> FiguresText.BOTH;
            });
            BigDecimal away = l.getDidNotAttendPercent();
            if (away != null) {
                bars.add(new Bar(side, away.toPlainString() + " %", List.of(100 - away.doubleValue(), away.doubleValue())));
            }
            rows.add(List.of(side, shown(page, l.getPeople()), shown(page, l.getAttended()), shown(page, l.getDidNotAttend()),
                away == null ? page.t(FiguresText.HIDDEN) : away.toPlainString()));
        }
        var d = report.getDifference();
        Interval interval = d == null ? null : new Interval(d.getLower().doubleValue(), d.getPercentagePoints().doubleValue(),
            d.getUpper().doubleValue(), page.t(FiguresText.INTERVAL, d.getPercentagePoints().toPlainString(), d.getLower().toPlainString(),
                d.getUpper().toPlainString()));
        return new Figures(report.getFrom(), report.getTo(), notes, List.of(page.t(FiguresText.CAME), page.t(FiguresText.STAYED_AWAY)),
            bars, interval, List.of(page.t(FiguresText.SIDE), page.t(FiguresText.PEOPLE), page.t(FiguresText.CAME),
            page.t(FiguresText.STAYED_AWAY), page.t(FiguresText.OF_100)), rows);
    }

    private static long total(MessageReportLine l) {
        return Math.max(l.getSent(), l.getDelivered() + l.getFailed()) + l.getUnknown() + l.getExpired() + l.getWithheld();
    }

    private static String key(Page page, MessageReportBy by, String key) {
        return switch (by) {
            case DAY -> key.equals("none") ? FiguresText.ofKey(page, key) : page.day(LocalDate.parse(key));
            case TEMPLATE -> key.equals("none") ? FiguresText.ofKey(page, key) : PlansText.ofMessage(page, key);
            default -> FiguresText.ofKey(page, key);
        };
    }

    private static String words(Page page, long... parts) {
        FiguresText[] names = {FiguresText.DELIVERED, FiguresText.OPEN, FiguresText.FAILED, FiguresText.NOT_SENT};
        return String.join(", ", IntStream.range(0, parts.length).filter(i -> parts[i] > 0)
            .mapToObj(i -> page.t(names[i]) + " " + parts[i]).toList());
    }

    private static List<Double> shares(long most, long... parts) {
        return java.util.Arrays.stream(parts).mapToObj(p -> most == 0 ? 0 : 100.0 * p / most).toList();
    }

    private static String shown(Page page, Integer figure) {
        return figure == null ? page.t(FiguresText.HIDDEN) : String.valueOf(figure);
    }

    private static String text(Long figure) {
        return String.valueOf(figure);
    }

    private static String money(BigDecimal pence) {
        return pence == null ? "" : "£" + pence.movePointLeft(2).setScale(2, java.math.RoundingMode.HALF_UP);
    }

    private static String seconds(Page page, BigDecimal seconds) {
        return seconds == null ? "" : page.t(FiguresText.SECONDS, seconds.toPlainString());
    }
}
