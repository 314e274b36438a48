package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import uk.waymark.bridge.When;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Urns;

/** Reads documents as they come: fields left out, null, empty, or numbers where texts are expected, do no harm. */
final class Lenient {
    private static final Set<String> URN_NAMES = Set.of("urn", "caseurn", "case_urn");
    /** Dates beyond these are slips of the pen. */
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);
    /** What is longer is no date and no time, and is looked at no further: a text may be as long as a document. */
    private static final int LONGEST_MOMENT = 60;
    static final int LONGEST_URN = 100;

    private Lenient() { }

    /** The elements of an array; one object counts as an array of one. */
    static List<JsonNode> each(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return found.isArray() ? StreamSupport.stream(found.spliterator(), false).toList()
            : found.isObject() ? List.of(found) : List.of();
    }

    /** The elements of an array that are of this sort. */
    static List<JsonNode> each(JsonNode node, String field, Predicate<JsonNode> sort) {
        return each(node, field).stream().filter(sort).toList();
    }

    /** The first of these fields that holds anything, without what no screen shows; null where none does. */
    static String text(JsonNode node, String... fields) {
        for (String field : fields) {
            String text = shown(node.path(field));
            if (!text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    static String shown(JsonNode node) {
        return !node.isTextual() && !node.isNumber() ? "" : node.asText().codePoints()
            .map(p -> switch (Character.getType(p)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> ' ';
                default -> p;
            })
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()
            .replaceAll("\\s+", " ").strip();
    }

    static String clipped(String text, int longest) {
        return text == null || text.codePointCount(0, text.length()) <= longest ? text
            : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    /** The key of the URN of a case or a defendant, however the field is spelt; null where there is none. */
    static String urn(JsonNode node) {
        for (var field : node.properties()) {
            if (URN_NAMES.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                String key = Urns.key(shown(field.getValue()));
                if (!key.isEmpty() && key.length() <= LONGEST_URN) {
                    return key;
                }
            }
        }
        return null;
    }

    static boolean yes(JsonNode node) {
        return Set.of("yes", "y", "true", "1").contains(node.asText("").strip().toLowerCase(Locale.ROOT));
    }

    private static String moment(JsonNode node) {
        return node.isTextual() && node.textValue().length() > LONGEST_MOMENT ? "" : shown(node);
    }

    /** A date, alone or with a time behind it; null where it is none. */
    static LocalDate date(JsonNode node) {
        try {
            String text = moment(node);
            LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
            return plausible(date) ? date : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static boolean plausible(LocalDate date) {
        return !date.isBefore(EARLIEST) && !date.isAfter(LATEST);
    }

    /** A day and a time of day. The time is local; where it names an offset, that counts. */
    static When when(LocalDate date, JsonNode time) {
        String text = moment(time);
        try {
            return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                ? When.on(date, OffsetTime.parse(text).atDate(date).atZoneSameInstant(When.UK).toLocalTime())
                : When.on(date, LocalTime.parse(text.matches("\\d:.*") ? '0' + text : text));
        } catch (DateTimeException e) {
            return When.on(date, null);
        }
    }

    /** An instant; a time without an offset is the UK's. Null where it is none. */
    static Instant instant(JsonNode node) {
        String text = moment(node);
        try {
            Instant instant = text.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)") ? OffsetDateTime.parse(text).toInstant()
                : text.length() == 10 ? LocalDate.parse(text).atStartOfDay(When.UK).toInstant()
                : LocalDateTime.parse(text.replace(' ', 'T')).atZone(When.UK).toInstant();
            return plausible(instant.atZone(When.UK).toLocalDate()) ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What every list must say. @throws ProblemException 422, naming the field and never its value */
    static <T> T needed(T value, String pointer, String rule) {
        if (value == null) {
            throw ProblemException.unprocessable(pointer, rule);
        }
        return value;
    }

    static JsonNode firstOf(List<JsonNode> nodes) {
        return nodes.isEmpty() ? MissingNode.getInstance() : nodes.getFirst();
    }
}
