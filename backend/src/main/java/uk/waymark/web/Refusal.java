package uk.waymark.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the API said instead of doing it (RFC 9457).
 *
 * @param code       last part of the problem's type, such as {@code not-found}
 * @param pointers   JSON pointers of the fields that it names, in its order
 * @param said       what is wrong with each of those fields, in the same order
 * @param retryAfter seconds, or null
 */
public record Refusal(int status, String code, String detail, List<String> pointers, List<String> said, Long retryAfter) {
    /** The code where the same form is still being worked on. */
    static final String STILL_RUNNING = "still-running";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "urn:waymark:problem:";

    public static Refusal of(int status, byte[] body) {
        JsonNode problem = read(body);
        var pointers = new ArrayList<String>();
        var said = new ArrayList<String>();
        problem.path("errors").forEach(e -> {
            pointers.add(e.path("pointer").asText());
            said.add(e.path("detail").asText(""));
        });
        return new Refusal(status, problem.path("type").asText("").replace(TYPE, ""), problem.path("detail").asText(""),
            List.copyOf(pointers), List.copyOf(said), problem.hasNonNull("retry_after") ? problem.path("retry_after").asLong() : null);
    }

    /** As the pages themselves refuse something. @param code of this refusal */
    public static Refusal own(int status, String code) {
        return new Refusal(status, code, "", List.of(), List.of(), null);
    }

    /** Whether signing in once more is what helps: the session has ended, or a fresh one is asked for. */
    public boolean signInHelps() {
        return status == 401;
    }

    /** Whether the person can mend what they typed. */
    public boolean mendable() {
        return status == 400 || status == 422 || status == 409 || status == 412;
    }

    private static JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
