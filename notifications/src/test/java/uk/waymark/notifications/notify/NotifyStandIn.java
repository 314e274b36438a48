package uk.waymark.notifications.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import uk.waymark.notifications.twilio.TwilioStandIn;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;
import uk.waymark.notifications.twilio.TwilioStandIn.Received;

/**
 * Speaks GOV.UK Notify's HTTP, as its documentation and OpenAPI have it, for sending and for looking a message up by its
 * reference or its id; keeps every request. The sockets, and the ways in which they fail, are those of the stand-in for Twilio.
 */
public final class NotifyStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TwilioStandIn wire = new TwilioStandIn();
    private final Map<String, JsonNode> taken = new ConcurrentHashMap<>();
    private volatile Function<Received, Reaction> reaction = this::answer;

    public NotifyStandIn() {
        wire.react(request -> reaction.apply(request));
    }

    /** Where it listens. */
    public URI url() {
        return wire.url();
    }

    /** What it has read so far. */
    public List<Received> received() {
        return wire.received();
    }

    /** What it has been asked to send so far, as JSON. */
    public List<JsonNode> sent() {
        return received().stream().filter(r -> r.method().equals("POST")).map(r -> read(r.body())).toList();
    }

    /** How it reacts to what is to be sent from now on; looking up always works. */
    public void react(Function<Received, Reaction> how) {
        reaction = request -> request.method().equals("GET") ? answer(request) : how.apply(request);
    }

    /** Takes a message over, or says what became of one. */
    public Reaction answer(Received request) {
        if (request.method().equals("GET")) {
            return request.path().contains("?") ? new Reaction.Answer(200, list(request.path())) : one(request.path());
        }
        String kind = request.path().substring(request.path().lastIndexOf('/') + 1);
        ObjectNode asked = (ObjectNode) read(request.body());
        String id = UUID.randomUUID().toString();
        String reference = asked.path("reference").asText(id);
        ObjectNode answer = JSON.createObjectNode().put("id", id).put("reference", reference).put("uri", "x");
        ObjectNode content = answer.putObject("content").put("body", "x").put("subject", "x");
        content.put("from_number", "x").put("from_email", "x@example.com");
        answer.putObject("template").put("id", asked.path("template_id").asText()).put("version", 1).put("uri", "x");
        ObjectNode record = JSON.createObjectNode().put("id", id).put("reference", reference).put("type", kind)
            .put("status", "sending").put("body", "x").put("created_at", "2026-09-01T09:00:00.000000Z");
        record.set("template", answer.path("template"));
        taken.put(reference, record);
        return new Reaction.Answer(201, answer.toString());
    }

    /** Refuses with one of Notify's errors. */
    public static Reaction refuse(int status, String type, String message) {
        return new Reaction.Answer(status, JSON.createObjectNode().put("status_code", status)
            .set("errors", JSON.createArrayNode().add(JSON.createObjectNode().put("error", type).put("message", message)))
            .toString());
    }

    /** From now on, what it says of the message with this reference. */
    public void status(UUID reference, String status) {
        ((ObjectNode) taken.get(reference.toString())).put("status", status);
    }

    private Reaction one(String path) {
        return taken.values().stream().filter(message -> path.endsWith("/" + message.path("id").asText())).findFirst()
            .<Reaction>map(message -> new Reaction.Answer(200, message.toString()))
            .orElseGet(() -> refuse(404, "NoResultFound", "No result found"));
    }

    private String list(String path) {
        ObjectNode answer = JSON.createObjectNode();
        var found = answer.putArray("notifications");
        taken.forEach((reference, message) -> {
            if (path.contains("reference=" + reference)) {
                found.add(message);
            }
        });
        answer.putObject("links").put("current", "x");
        return answer.toString();
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON");
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
