package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sources;

/** Reads a batch as JSON nodes and holds each event to the contract. One bad event never stops the others. */
@Singleton
final class EventReader {
    private static final int MOST_EVENTS = 1000;
    private static final Instant EARLIEST = Instant.parse("1950-01-01T00:00:00Z");
    /** Clocks of other systems run ahead a little; a day covers a wrong time zone too. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(60).build()).build())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
    private final EventSchemas schemas;
    private final PhoneNumbers numbers;
    private final CaseClock clock;

    EventReader(EventSchemas schemas, PhoneNumbers numbers, CaseClock clock) {
        this.schemas = schemas;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** @param events as they came, not yet checked */
    record Batch(String source, List<JsonNode> events) { }

    /** What one event turned out to be. */
    sealed interface Reading {

        /** @param ignored JSON pointers of fields of data that the contract does not know */
        record Good(NewEvent event, List<String> ignored) implements Reading { }

        /** @param reason a short code; @param detail names fields and rules, never values */
        record Bad(String reason, String detail) implements Reading { }
    }

    /** @throws ProblemException 400 or 422 where the batch itself cannot be read */
    Batch batch(byte[] body) {
        JsonNode root;
        try {
            root = json.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (IOException e) {
            throw ProblemException.badRequest("", "The body is not JSON that can be read: broken, cut off, not in UTF-8, nested "
                + "more than 60 deep, or with a field twice. Nothing was taken in; send it again whole.");
        }
        if (root == null || !root.isObject()) {
            throw ProblemException.badRequest("", "The body is an object {source, events}. See /docs.");
        }
        root.fieldNames().forEachRemaining(name -> {
            if (!"source".equals(name) && !"events".equals(name)) {
                throw ProblemException.unprocessable("/" + pointer(name), "is not a field of the contract; leave it out");
            }
        });
        if (!root.path("source").isTextual() || !root.path("source").textValue().matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")) {
            throw ProblemException.unprocessable("/source", "names the reporting system: letters, digits, '_', '.', '-', at most 60");
        }
        if (Sources.ours(root.path("source").textValue())) {
            throw ProblemException.unprocessable("/source", "is a name kept for what courts publish; give the reporting system another");
        }
        JsonNode events = root.path("events");
        if (!events.isArray() || events.isEmpty() || events.size() > MOST_EVENTS) {
            throw ProblemException.unprocessable("/events", "holds 1 to " + MOST_EVENTS + " events; send more in further batches");
        }
        var list = new java.util.ArrayList<JsonNode>();
        events.forEach(list::add);
        return new Batch(root.path("source").textValue(), list);
    }

    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("a quarantined event cannot be read");
        }
    }

    /** @param replay brought back by staff */
    Reading read(String source, JsonNode node, boolean replay) {
        if (hasBadText(node)) {
            return new Reading.Bad("invalid_event", "A text holds a NUL or half a character. Take it out.");
        }
        if (node.path("type").isTextual() && !schemas.knows(node.path("type").textValue())) {
            return new Reading.Bad("unknown_type", "/type: is not a type of event that the contract knows");
        }
        List<String> complaints = schemas.checkEvent(node);
        if (!complaints.isEmpty()) {
            return new Reading.Bad("invalid_event", String.join("; ", complaints));
        }
        for (String field : new String[] {"source_event_id", "crime_reference"}) {
            if (node.path(field).textValue().codePoints().anyMatch(EventReader::invisible) || node.path(field).textValue().isBlank()) {
                return new Reading.Bad("invalid_event", "/" + field + ": holds invisible characters, or nothing else");
            }
        }
        if (node.path("crime_reference").textValue().chars().noneMatch(Character::isLetterOrDigit)) {
            return new Reading.Bad("invalid_event", "/crime_reference: holds no letter and no digit");
        }
        return readData(source, (ObjectNode) node.deepCopy(), replay);
    }

    private Reading readData(String source, ObjectNode node, boolean replay) {
        String type = node.path("type").textValue();
        ObjectNode data = (ObjectNode) node.path("data");
        List<String> ignored = schemas.takeOutUnknown(type, data);
        List<String> complaints = schemas.checkData(type, data);
        if (!complaints.isEmpty()) {
            return new Reading.Bad("invalid_data", String.join("; ", complaints.stream().map(c -> "/data" + c).toList()));
        }
        String number = badNumber(data);
        if (number != null) {
            return new Reading.Bad("invalid_data", "/data" + number + ": is not a phone number");
        }
        for (String field : new String[] {"starts_at", "received_at"}) {
            if (data.hasNonNull(field) && time(data.path(field).asText()) == null) {
                // a leap second passes the schema, and stands for no instant
                return new Reading.Bad("invalid_data", "/data/" + field + ": is a time that no clock here can show; give the second before");
            }
        }
        Instant occurredAt = time(node.path("occurred_at").textValue());
        if (occurredAt == null || occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(clock.instant().plus(AHEAD))) {
            return new Reading.Bad("implausible_time",
                "/occurred_at: lies before 1950, or more than a day ahead; send when it happened, with its offset");
        }
        JsonNode informed = node.path("informed_in_person");
        return new Reading.Good(new NewEvent(source, node.path("source_event_id").textValue(), occurredAt,
            node.path("crime_reference").textValue(), EventType.of(type).orElseThrow(), node.path("schema_version").asInt(1),
            node.path("backfill").asBoolean(false), replay, data, informed.isObject() ? informed : MissingNode.getInstance()),
            ignored);
    }

    private String badNumber(JsonNode data) {
        if (data.path("mobile").isTextual() && numbers.parse(data.path("mobile").textValue()).isEmpty()) {
            return "/mobile";
        }
        for (int i = 0; i < data.path("people").size(); i++) {
            JsonNode mobile = data.path("people").get(i).path("mobile");
            if (mobile.isTextual() && numbers.parse(mobile.textValue()).isEmpty()) {
                return "/people/" + i + "/mobile";
            }
        }
        return null;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static boolean hasBadText(JsonNode node) {
        if (node.isTextual()) {
            return bad(node.textValue());
        }
        var names = node.fieldNames();
        while (names.hasNext()) {
            if (bad(names.next())) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (hasBadText(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean bad(String text) {
        return text.indexOf('\0') >= 0 || text.codePoints().anyMatch(p -> Character.getType(p) == Character.SURROGATE);
    }

    private static boolean invisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.FORMAT;
    }
}
