package uk.waymark.bridge;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uk.waymark.platform.CsvRows;

/** Days and times as people write them in spreadsheets. */
final class RowTimes {
    private static final Pattern TIME = Pattern.compile("(\\d{1,2})(?:[:.](\\d{2})(?:[:.]\\d{2})?)?\\s*(?:([ap])\\.?\\s?m\\.?)?");
    private static final DateTimeFormatter UK_DAY = DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private RowTimes() { }

    /** Empty where neither a day nor a week can be read. @param missed gets what was left out, in words */
    static Optional<When> when(CsvRows.Row row, List<String> missed) {
        Optional<LocalDate> day = day(row.text("date"));
        if (day.isPresent()) {
            Optional<LocalTime> time = time(row.text("time"));
            if (unreadable(row)) {
                missed.add("time is none that can be read: write 10:00. The day was taken without it.");
            }
            return Optional.of(When.on(day.get(), time.orElse(null)));
        }
        if (row.text("date") != null) {
            return Optional.empty();
        }
        return day(row.text("week_commencing")).map(When::inWeekOf);
    }

    /** Whether it says a time that is none. */
    static boolean unreadable(CsvRows.Row row) {
        return row.text("time") != null && time(row.text("time")).isEmpty();
    }

    /** {@code 10:30}, {@code 9.30}, {@code 10:30:00}, {@code 2 pm}, {@code 2.15 p.m.} */
    static Optional<LocalTime> time(String text) {
        var read = TIME.matcher(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
        if (!read.matches() || read.group(2) == null && read.group(3) == null) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(read.group(1));
        int minute = read.group(2) == null ? 0 : Integer.parseInt(read.group(2));
        boolean half = read.group(3) != null;
        if (minute > 59 || hour > (half ? 12 : 23) || half && hour == 0) {
            return Optional.empty();
        }
        return Optional.of(LocalTime.of(half ? hour % 12 + ("p".equals(read.group(3)) ? 12 : 0) : hour, minute));
    }

    private static Optional<LocalDate> day(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            LocalDate day = text.contains("/") ? LocalDate.parse(text, UK_DAY) : LocalDate.parse(text);
            return Optional.of(day).filter(d -> !d.isBefore(EARLIEST) && !d.isAfter(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
