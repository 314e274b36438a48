package uk.waymark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code sandbox/story.yaml}, with its distances in time turned into times. */
final class Story {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Pattern DISTANCE = Pattern.compile("([+-])(P[0-9DTHM]+)(?:@(\\d{2}:\\d{2}))?");
    private final JsonNode root;

    /**
     * @param pin      chosen for them after they signed up, or null
     * @param draft    of a statement that they have begun, or null
     * @param callBack that they have asked for, or null
     * @param writes   what they write to staff, or null
     * @param reply    what staff reply to it
     */
    record SignUp(String mobile, String crimeReference, String device, String pin, JsonNode draft, JsonNode callBack, String writes,
                  String reply) { }

    private Story(JsonNode root) {
        this.root = root;
    }

    /** @param loaded the moment from which the distances count */
    static Story at(Instant loaded) {
        try (InputStream in = Story.class.getResourceAsStream("/sandbox/story.yaml")) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return new Story(timed(new ObjectMapper().valueToTree(yaml), loaded.truncatedTo(ChronoUnit.SECONDS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a force reports first, as {@code POST /v1/bridge/events} takes it. */
    ObjectNode firstBatch(String force) {
        return batch(force, "forces", "first");
    }

    /** What a force reports once people have signed up. */
    ObjectNode laterBatch(String force) {
        return batch(force, "later", "later");
    }

    List<SignUp> signUps() {
        var list = new ArrayList<SignUp>();
        root.path("sign_ups").forEach(s -> list.add(new SignUp(s.path("mobile").asText(), s.path("crime_reference").asText(),
            s.path("device").asText(), s.path("pin").asText(null), s.get("draft"), s.get("call_back"),
            s.path("writes").asText(null), s.path("reply").asText(null))));
        return list;
    }

    /** One line on the person behind a phone. */
    Optional<String> about(String mobile) {
        return Optional.ofNullable(root.path("about").path(mobile).asText(null));
    }

    private ObjectNode batch(String force, String part, String prefix) {
        ObjectNode batch = new ObjectMapper().createObjectNode();
        batch.put("source", SandboxForces.source(force));
        ArrayNode events = batch.putArray("events");
        int number = 0;
        for (JsonNode event : root.path(part).path(force)) {
            number++;
            events.add(((ObjectNode) event.deepCopy()).put("source_event_id", prefix + "-" + number));
        }
        return batch;
    }

    private static JsonNode timed(JsonNode node, Instant loaded) {
        if (node instanceof ObjectNode object) {
            for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
                String name = names.next();
                object.set(name, timed(object.get(name), loaded));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, timed(array.get(i), loaded));
            }
        } else if (node.isTextual()) {
            Matcher distance = DISTANCE.matcher(node.asText());
            if (distance.matches()) {
                return TextNode.valueOf(moment(distance, loaded).toString());
            }
        }
        return node;
    }

    private static Instant moment(Matcher distance, Instant loaded) {
        Duration by = Duration.parse(distance.group(2));
        Instant moment = "-".equals(distance.group(1)) ? loaded.minus(by) : loaded.plus(by);
        return distance.group(3) == null ? moment
            : moment.atZone(LONDON).with(LocalTime.parse(distance.group(3))).toInstant();
    }
}
