package uk.waymark.hearings.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of a file of reminders, as it came. Each is empty where the line has nothing there.
 *
 * @param reference a crime reference
 * @param urn       stands for it, where the file has that column and no other
 * @param mobile    as somebody wrote it
 * @param court     an OU code or a name
 */
record RunLine(String reference, String urn, String mobile, String date, String time, String court, String language) {
    /** What a file must have, beside the one or the other reference. */
    static final List<String> NEEDED = List.of("mobile", "hearing_date");
    static final String REFERENCE = "crime_reference";
    static final String URN = "urn";
    static final List<String> COLUMNS = List.of(REFERENCE, URN, "mobile", "hearing_date", "hearing_time", "court", "language");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Strict: 31/02 is no day. */
    private static final List<DateTimeFormatter> DAYS = List.of(DateTimeFormatter.ISO_LOCAL_DATE,
        DateTimeFormatter.ofPattern("d/M/uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT));
    /** Spreadsheets add seconds. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("H[:][.]mm[:ss]")
        .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Map<String, String> LANGUAGES = Map.of("en", "en", "english", "en", "cy", "cy", "welsh", "cy", "cymraeg", "cy");

    /** @param cell what stands under a name; null where the file has no such column */
    static RunLine of(Function<String, String> cell) {
        Function<String, String> clean = name -> {
            String value = cell.apply(name);
            return value == null ? "" : value.strip();
        };
        return new RunLine(clean.apply(REFERENCE), clean.apply(URN), clean.apply("mobile"), clean.apply("hearing_date"),
            clean.apply("hearing_time"), clean.apply("court"), clean.apply("language"));
    }

    boolean blank() {
        return values().stream().allMatch(String::isEmpty);
    }

    /** What staff know the line by; never a number. */
    String shownReference() {
        return reference.isEmpty() ? urn : reference;
    }

    Optional<LocalDate> day() {
        for (DateTimeFormatter format : DAYS) {
            try {
                return Optional.of(LocalDate.parse(date, format));
            } catch (DateTimeParseException e) {
                // perhaps in the next form
            }
        }
        return Optional.empty();
    }

    /** Empty for nonsense; ask only where {@link #time} is not empty. */
    Optional<LocalTime> startsAt() {
        try {
            return Optional.of(LocalTime.parse(time, TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    boolean languageUnknown() {
        return !language.isEmpty() && asked() == null;
    }

    /** The language that is asked for, or null for the person's own. */
    String asked() {
        return LANGUAGES.get(language.toLowerCase(Locale.ROOT));
    }

    String toText() {
        try {
            return JSON.writeValueAsString(values());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line cannot be written");
        }
    }

    static RunLine ofText(String text) {
        try {
            String[] v = JSON.readValue(text, String[].class);
            return new RunLine(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line cannot be read");
        }
    }

    private List<String> values() {
        return List.of(reference, urn, mobile, date, time, court, language);
    }

    /** Without what stands in it. */
    @Override
    public String toString() {
        return "RunLine";
    }
}
