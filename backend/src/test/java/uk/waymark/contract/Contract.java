package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The bundled contract as tests read it: what it does not say, they do not know. */
final class Contract {
    static final String JSON = "application/json";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options",
        "trace");
    private static final JsonNode ROOT = read();

    private Contract() { }

    private static JsonNode read() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode root() {
        return ROOT;
    }

    /** Follows a reference, if it is one. */
    static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? ROOT.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** @param path as written: with names in braces */
    record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }

        /** Those who may call it; empty for everyone. */
        Set<String> roles() {
            var roles = texts(node.path("x-roles"));
            roles.remove("isAnonymous()");
            return roles;
        }

        boolean anonymous() {
            return roles().isEmpty();
        }

        boolean ofPersons() {
            return roles().contains("person");
        }

        boolean takes(String mediaType) {
            return node.at("/requestBody/content").has(mediaType);
        }

        /** The name of the schema of the JSON body. */
        Optional<String> bodySchema() {
            return Optional.ofNullable(node.at("/requestBody/content").path(JSON).path("schema").path("$ref")
                .textValue())
                .map(ref -> ref.substring(ref.lastIndexOf('/') + 1));
        }

        /** The first example of the body of this media type. */
        JsonNode example(String mediaType) {
            JsonNode content = node.at("/requestBody/content").path(mediaType);
            if (content.has("example")) {
                return content.path("example").deepCopy();
            }
            for (JsonNode example : content.path("examples")) {
                return resolve(example).path("value").deepCopy();
            }
            throw new AssertionError(id() + " has no example of " + mediaType);
        }

        List<JsonNode> parameters() {
            var parameters = new ArrayList<JsonNode>();
            node.path("parameters").forEach(p -> parameters.add(resolve(p)));
            return parameters;
        }

        List<JsonNode> parameters(String in) {
            return parameters().stream().filter(p -> p.path("in").asText().equals(in)).toList();
        }

        /** The path with these values in place of its names. */
        String at(Map<String, String> values) {
            String filled = path;
            for (var value : values.entrySet()) {
                filled = filled.replace('{' + value.getKey() + '}', value.getValue());
            }
            return filled;
        }

        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        ROOT.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            if (METHODS.contains(method.getKey())) {
                operations.add(new Operation(method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(),
                    method.getValue()));
            }
        }));
        return operations;
    }

    static Operation operation(String id) {
        return operations().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
    }

    /** Every role that any operation names. */
    static Set<String> roles() {
        var roles = new TreeSet<String>();
        operations().forEach(o -> roles.addAll(o.roles()));
        return roles;
    }

    static JsonNode schema(String name) {
        return ROOT.at("/components/schemas/" + name);
    }

    static Set<String> texts(JsonNode array) {
        var texts = new TreeSet<String>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
