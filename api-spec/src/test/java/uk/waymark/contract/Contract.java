package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static java.util.stream.Collectors.toSet;

/** The bundled contract as the tests read it. */
final class Contract {

    static final JsonNode DOCUMENT = read();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private Contract() {
    }

    /** One operation; {@code where} names it in a failure, {@code parameters} holds the path's own as well. */
    record Operation(String where, JsonNode node, List<JsonNode> parameters) {

        boolean anonymous() {
            return stream(node.path("x-roles")).anyMatch(role -> role.textValue().equals("isAnonymous()"));
        }

        /** The names of its parameters, wherever they go. */
        Set<String> parameterNames() {
            return parameters.stream().map(parameter -> parameter.path("name").textValue()).collect(toSet());
        }

        JsonNode responses() {
            return node.path("responses");
        }

        @Override
        public String toString() {
            return where;
        }
    }

    /** A body of a request or an answer; {@code pointer} is where its media type stands in the document. */
    record Body(String pointer, JsonNode mediaType) {

        @Override
        public String toString() {
            return pointer;
        }
    }

    static Stream<Operation> operations() {
        return DOCUMENT.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
            .filter(field -> METHODS.contains(field.getKey()))
            .map(field -> new Operation(field.getKey().toUpperCase() + " " + path.getKey(), field.getValue(),
                parameters(path.getValue(), field.getValue()))));
    }

    private static List<JsonNode> parameters(JsonNode path, JsonNode operation) {
        return Stream.concat(stream(path.path("parameters")), stream(operation.path("parameters")))
            .map(Contract::follow).toList();
    }

    /** Every body in the document, of requests and of answers. */
    static List<Body> bodies() {
        var found = new ArrayList<Body>();
        collectBodies("/paths", DOCUMENT.path("paths"), found);
        collectBodies("/components/responses", DOCUMENT.at("/components/responses"), found);
        return found;
    }

    private static void collectBodies(String pointer, JsonNode node, List<Body> found) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectBodies(pointer + "/" + i, node.get(i), found);
            }
        }
        for (var field : node.properties()) {
            var below = pointer + "/" + escape(field.getKey());
            if (field.getKey().equals("content")) {
                field.getValue().properties().forEach(type ->
                    found.add(new Body(below + "/" + escape(type.getKey()), type.getValue())));
            } else {
                collectBodies(below, field.getValue(), found);
            }
        }
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static List<JsonNode> requestBodies() {
        return operations().map(operation -> operation.node().path("requestBody")).toList();
    }

    /** The schemas of what events carry. */
    static List<JsonNode> eventData() {
        return stream(DOCUMENT.path("x-event-types")).map(type -> at(type.textValue())).toList();
    }

    /** What a reference within the document, {@code #/…}, leads to. */
    static JsonNode at(String reference) {
        return DOCUMENT.at(reference.substring(1));
    }

    /** The node itself, or what it refers to. */
    static JsonNode follow(JsonNode node) {
        return node.has("$ref") ? at(node.get("$ref").textValue()) : node;
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode read() {
        try (var in = Contract.class.getResourceAsStream("/openapi/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
