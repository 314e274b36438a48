package uk.waymark.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** Template fields as they lie in {@code notifications.message.fields}: JSON, sealed for that row. */
final class Fields {

    static final String COLUMN = "notifications.message.fields";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fields() {
    }

    static byte[] seal(Sealer sealer, UUID message, Map<String, String> fields) {
        try {
            return sealer.seal(COLUMN, message, JSON.writeValueAsBytes(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("fields cannot be written as JSON");
        }
    }

    static Map<String, String> open(Sealer sealer, UUID message, byte[] sealed) {
        try {
            return JSON.readValue(sealer.open(COLUMN, message, sealed), new TypeReference<Map<String, String>>() { });
        } catch (IOException e) {
            // without the cause: its text quotes what it could not read
            throw new IllegalStateException("fields of message " + message + " cannot be read");
        }
    }
}
