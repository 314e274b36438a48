package uk.waymark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What came back.
 *
 * @param body the body as JSON; missing node when there is none or it is no JSON
 * @param text the body as it came
 */
public record Answer(int status, HttpHeaders headers, JsonNode body, String text) {

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The value at a JSON pointer, as text. */
    public String at(String pointer) {
        return body.at(pointer).asText();
    }

    /** Fails with the body in view. */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + " but got " + status + ": " + text);
        }
        return this;
    }
}
