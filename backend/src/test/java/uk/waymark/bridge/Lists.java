package uk.waymark.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.Map;

/** Court lists of our own making, in HMCTS's formats, about one URN. Immutable: each {@code with} makes another. */
record Lists(String format, Map<String, String> values) {
    static final ZoneId UK = ZoneId.of("Europe/London");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    /** For this URN at 10:00 on this day, published a little while ago. */
    static Lists of(String format, String urn, LocalDate day, Instant published) {
        return new Lists(format, Map.of()).with("URN", urn).with("RESERVE", "NOBODYS3").with("ID", format + "-1").with("MASKED", "no").with("COURT", "NORTHMOOR")
            .week(day).on(day, LocalTime.of(10, 0)).published(published);
    }

    Lists with(String token, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(token, value);
        return new Lists(format, more);
    }

    /** The period of a list that has one. */
    Lists week(LocalDate day) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return with("MONDAY", monday.toString()).with("FRIDAY", monday.plusDays(4).toString());
    }

    /** @param time as the clock on the court's wall shows it */
    Lists on(LocalDate day, LocalTime time) {
        Instant start = day.atTime(time).atZone(UK).toInstant();
        return with("DAY", day.toString()).with("DMY", DateTimeFormatter.ofPattern("dd/MM/uuuu").format(day)).with("HHMM", time.toString())
            .with("UTC", utc(start)).with("LATER_UTC", utc(start.plus(4, ChronoUnit.HOURS)));
    }

    Lists published(Instant at) {
        LocalDateTime local = at.truncatedTo(ChronoUnit.SECONDS).atZone(UK).toLocalDateTime();
        return with("PUBLISHED", DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(local)).with("PUBLISHED_UTC", utc(at))
            .with("TIME_OF_PRINT", DateTimeFormatter.ofPattern("HH:mm:ss").format(local));
    }

    private static String utc(Instant at) {
        return MILLIS.format(at.atZone(ZoneId.of("UTC")));
    }

    /** As it is sent. */
    String text() {
        try (var in = Lists.class.getResourceAsStream("/court-lists/" + format + ".json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (var value : values.entrySet()) {
                text = text.replace('@' + value.getKey() + '@', value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
