package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An accepted event of one case.
 *
 * @param receivedAt case time at acceptance
 * @param notifies decided at acceptance: young enough for its type, and neither backfill nor a replay
 * @param data as the contract's schema for the type, unknown fields taken out
 * @param informed an array of who was told in person, or a missing node
 */
record Event(UUID id, String source, String sourceEventId, EventType type, Instant occurredAt, Instant receivedAt,
             boolean notifies, JsonNode data, JsonNode informed) implements Comparable<Event> {

    private static final DateTimeFormatter MICROS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Staff decided that people are told of it, though the source asked for quiet. */
    Event toldAfterAll() {
        var loud = data.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
        loud.remove("notify");
        return new Event(id, source, sourceEventId, type, occurredAt, receivedAt, notifies, loud, informed);
    }

    /** The order of the fold: time, then source, then source event id, whatever the order of arrival. */
    String sortKey() {
        return sortKey(occurredAt, source, sourceEventId);
    }

    static String sortKey(Instant occurredAt, String source, String sourceEventId) {
        return MICROS.format(occurredAt) + '|' + source + '|' + sourceEventId;
    }

    /** Sorts after every event of that moment: '}' is the first ASCII character beyond the separator. */
    static String afterAllOf(Instant occurredAt) {
        return MICROS.format(occurredAt) + '}';
    }

    @Override
    public int compareTo(Event other) {
        return sortKey().compareTo(other.sortKey());
    }

    Optional<String> text(String field) {
        JsonNode node = data.path(field);
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    /** What this event is about, within its case: the same subject later overtakes it. Empty where nothing can. */
    Optional<String> subject() {
        return switch (type.line()) {
            case NONE -> Optional.empty();
            case OFFICER -> Optional.of("officer");
            case INVESTIGATION -> Optional.of("investigation|" + source + '|' + text("suspect_ref").orElse(""));
            case SUSPECT -> Optional.of("suspect|" + source + '|' + text("suspect_ref").orElse(""));
            // whose measures they are is not said: one decision does not overtake another
            case MEASURES -> Optional.empty();
            case HEARING -> Optional.of("hearing|" + source + '|' + text("hearing_id").orElse(""));
        };
    }
}
