package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The contract's schemas at run time: each event's {@code data} is checked against the schema that {@code x-event-types}
 * names for its type. Texts name fields and rules, never values.
 */
@Singleton
final class EventSchemas {
    private static final String CONTRACT = "classpath:openapi/openapi.json";
    private final JsonNode contract;
    private final JsonSchema event;
    private final Map<String, JsonSchema> data = new HashMap<>();
    private final Map<String, JsonNode> dataNodes = new HashMap<>();

    EventSchemas() {
        contract = read();
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4, b -> b
            .metaSchema(OpenApi30.getInstance()).defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
        var config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).formatAssertionsEnabled(true).build();
        event = factory.getSchema(SchemaLocation.of(CONTRACT + "#/components/schemas/CaseEvent"), config);
        contract.path("x-event-types").fields().forEachRemaining(f -> {
            data.put(f.getKey(), factory.getSchema(SchemaLocation.of(CONTRACT + f.getValue().asText()), config));
            dataNodes.put(f.getKey(), resolve(f.getValue().asText()));
        });
    }

    private static JsonNode read() {
        try (var in = EventSchemas.class.getResourceAsStream("/openapi/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean knows(String type) {
        return data.containsKey(type);
    }

    /** What is wrong with the event around its data; empty when nothing is. */
    List<String> checkEvent(JsonNode candidate) {
        return complaints(event, candidate);
    }

    /** What is wrong with an event's data; empty when nothing is. */
    List<String> checkData(String type, JsonNode candidate) {
        return complaints(data.get(type), candidate);
    }

    private static List<String> complaints(JsonSchema schema, JsonNode candidate) {
        var complaints = new TreeSet<String>();
        for (ValidationMessage m : schema.validate(candidate)) {
            String at = m.getInstanceLocation().toString();
            complaints.add(switch (m.getType()) {
                case "required" -> at + '/' + m.getProperty() + ": is missing";
                case "additionalProperties" -> at + '/' + Optional.ofNullable(m.getProperty()).orElse("") + ": is not a field of the contract";
                case "type" -> at + ": is of another type than the contract gives";
                case "enum" -> at + ": is not one of the values of the contract";
                case "format", "pattern" -> at + ": is not of the form that the contract gives";
                default -> at + ": breaks the contract's rule " + m.getType();
            });
        }
        return complaints.stream().limit(20).toList();
    }

    /** Takes out of data what its schema does not know. @return JSON pointers of what was taken out */
    List<String> takeOutUnknown(String type, JsonNode candidate) {
        var ignored = new ArrayList<String>();
        takeOut(candidate, dataNodes.get(type), "", ignored);
        return ignored;
    }

    private void takeOut(JsonNode node, JsonNode schema, String at, List<String> ignored) {
        JsonNode known = schemaFor(node, schema);
        if (node instanceof ObjectNode object && known.path("properties").isObject()) {
            var unknown = new ArrayList<String>();
            object.fields().forEachRemaining(f -> {
                if (known.path("properties").has(f.getKey())) {
                    takeOut(f.getValue(), known.path("properties").path(f.getKey()), at + '/' + f.getKey(), ignored);
                } else {
                    unknown.add(f.getKey());
                }
            });
            object.remove(unknown);
            unknown.forEach(name -> ignored.add(at + '/' + name.replace("~", "~0").replace("/", "~1")));
        } else if (node.isArray() && known.has("items")) {
            for (int i = 0; i < node.size(); i++) {
                takeOut(node.get(i), known.path("items"), at + '/' + i, ignored);
            }
        }
    }

    private JsonNode schemaFor(JsonNode node, JsonNode schema) {
        JsonNode known = schema.has("$ref") ? resolve(schema.path("$ref").asText()) : schema;
        for (JsonNode alternative : known.path("oneOf")) {
            JsonNode candidate = schemaFor(node, alternative);
            if (node.isObject() && candidate.has("properties")) {
                return candidate;
            }
        }
        for (JsonNode part : known.path("allOf")) {
            return schemaFor(node, part);
        }
        return known;
    }

    private JsonNode resolve(String ref) {
        return contract.at(ref.substring(1));
    }
}
