package uk.waymark.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import okhttp3.Response;
import okhttp3.ResponseBody;

import java.io.IOException;

/**
 * What a server said.
 *
 * @param status the HTTP status
 * @param body its text; empty where there is none
 * @param etag the version of what was read or written; null where none was said
 * @param retryAfter how many seconds to wait; 0 where it did not say
 * @param fresh whether a sign-in of the last minutes is asked for (RFC 9470)
 */
public record Answer(int status, String body, String etag, int retryAfter, boolean fresh) {
    private static final String FRESH = "insufficient_user_authentication";

    static Answer of(Response response) throws IOException {
        try (ResponseBody body = response.body()) {
            String wait = response.header("Retry-After", "0");
            String asked = response.header("WWW-Authenticate", "");
            return new Answer(response.code(), body == null ? "" : body.string(), response.header("ETag"),
                    wait.matches("[0-9]{1,6}") ? Integer.parseInt(wait) : 0, asked.contains(FRESH));
        }
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether the same may be taken later: the server is busy or cannot be reached behind what answered. */
    public boolean later() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** What the server says to the person, of a problem (RFC 9457); empty where it says nothing. */
    public String detail() {
        return text("detail");
    }

    /** A text of the body's object by name; empty where there is none. */
    public String text(String field) {
        JsonObject object = object();
        return object.has(field) && object.get(field).isJsonPrimitive() ? object.get(field).getAsString() : "";
    }

    /** The body as an object; an empty one where it is none. */
    public JsonObject object() {
        try {
            JsonElement parsed = JsonParser.parseString(body);
            return parsed.isJsonObject() ? parsed.getAsJsonObject() : new JsonObject();
        } catch (JsonParseException e) {
            return new JsonObject();
        }
    }
}
