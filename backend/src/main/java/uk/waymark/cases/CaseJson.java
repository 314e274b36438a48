package uk.waymark.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.TreeMap;

/** The JSON that is sealed into the database, and the canonical form that an event's content is compared by. */
final class CaseJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .build();

    private CaseJson() { }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON");
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed JSON cannot be read");
        }
    }

    static JsonNode tree(String json) {
        return read(json, JsonNode.class);
    }

    /** Keys in order, no spaces: equal content gives equal text, however it was written. */
    static String canonical(JsonNode node) {
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.fields().forEachRemaining(f -> fields.put(f.getKey(), canonical(f.getValue())));
            var text = new StringBuilder("{");
            fields.forEach((k, v) -> text.append(text.length() > 1 ? "," : "").append(write(k)).append(':').append(v));
            return text.append('}').toString();
        }
        if (node.isArray()) {
            var text = new StringBuilder("[");
            node.forEach(n -> text.append(text.length() > 1 ? "," : "").append(canonical(n)));
            return text.append(']').toString();
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : write(node);
    }
}
