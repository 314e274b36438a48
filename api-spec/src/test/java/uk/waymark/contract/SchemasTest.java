package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every schema of the contract must have. {@code x-foreign} marks those whose shape somebody else decides. */
class SchemasTest {

    private static final String PREFIX = "#/components/schemas/";

    static Stream<Map.Entry<String, JsonNode>> schemas() {
        return Contract.DOCUMENT.at("/components/schemas").properties().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void isDescribed(Map.Entry<String, JsonNode> schema) {
        assertTrue(schema.getKey().matches("[A-Z][A-Za-z0-9]*"), "name");
        assertFalse(schema.getValue().path("description").asText().isBlank(), "description");
        for (var property : schema.getValue().path("properties").properties()) {
            var described = Contract.follow(property.getValue()).path("description").asText();
            assertFalse(described.isBlank(), "description of " + property.getKey());
            assertTrue(property.getKey().matches("[a-z][a-z0-9_]*") || schema.getValue().has("x-foreign"),
                property.getKey() + " is not in snake_case");
            assertFalse(property.getValue().has("properties"), property.getKey() + ": give the object a name");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void requiredFieldsExist(Map.Entry<String, JsonNode> schema) {
        for (var name : schema.getValue().path("required")) {
            assertTrue(schema.getValue().path("properties").has(name.textValue()), name + " is required and absent");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void everyValueOfAnEnumIsDescribed(Map.Entry<String, JsonNode> schema) {
        var description = schema.getValue().path("description").asText();
        for (var value : schema.getValue().path("enum")) {
            assertTrue(description.contains("`" + value.textValue() + "`"), value + " is not described");
        }
        for (var property : schema.getValue().path("properties").properties()) {
            assertFalse(property.getValue().has("enum"), property.getKey() + ": give the enum a name");
        }
    }

    @Test
    void requestsTakeNoUnknownFields() {
        var failures = new ArrayList<String>();
        for (var name : reachableFrom(Contract.requestBodies())) {
            var schema = Contract.DOCUMENT.at("/components/schemas/" + name);
            if (schema.path("type").asText().equals("object") && !schema.has("x-foreign")
                && !schema.path("additionalProperties").isBoolean()) {
                failures.add(name);
            }
        }
        assertEquals(List.of(), failures, "additionalProperties: false is missing");
    }

    @Test
    void textsAndListsInRequestsHaveALimit() {
        var failures = new ArrayList<String>();
        var roots = new ArrayList<>(Contract.requestBodies());
        roots.addAll(Contract.eventData());
        for (var name : reachableFrom(roots)) {
            collectUnlimited(name, Contract.DOCUMENT.at("/components/schemas/" + name), failures);
        }
        Contract.DOCUMENT.path("x-event-types").properties().forEach(type ->
            collectUnlimited(type.getKey(), Contract.at(type.getValue().textValue()), failures));
        assertEquals(List.of(), failures);
    }

    private static void collectUnlimited(String where, JsonNode schema, List<String> failures) {
        var type = schema.path("type").asText();
        var limited = schema.has("maxLength") || schema.has("pattern") || schema.has("enum") || schema.has("format");
        if (type.equals("string") && !limited || type.equals("array") && !schema.has("maxItems")) {
            failures.add(where + " has no limit");
        }
        schema.path("properties").properties().forEach(property ->
            collectUnlimited(where + "." + property.getKey(), property.getValue(), failures));
        if (schema.has("items")) {
            collectUnlimited(where + "[]", schema.get("items"), failures);
        }
    }

    @Test
    void everySchemaIsUsed() {
        var roots = new ArrayList<>(Contract.eventData());
        roots.add(Contract.DOCUMENT.path("paths"));
        roots.add(Contract.DOCUMENT.at("/components/responses"));
        roots.add(Contract.DOCUMENT.at("/components/parameters"));
        var used = new LinkedHashSet<String>();
        for (var type : Contract.DOCUMENT.path("x-event-types")) {
            used.add(type.textValue().substring(PREFIX.length()));
        }
        used.addAll(reachableFrom(roots));
        assertEquals(Set.of(), schemas().map(Map.Entry::getKey).filter(name -> !used.contains(name)).collect(toSet()));
    }

    @Test
    void everyEventTypeHasItsSchemaAndIsAKindOfEntry() {
        var types = values("/components/schemas/EventType/enum");
        var mapped = new LinkedHashSet<String>();
        Contract.DOCUMENT.path("x-event-types").fieldNames().forEachRemaining(mapped::add);
        assertEquals(types, mapped);
        var kinds = new LinkedHashSet<>(types);
        kinds.add("correction");
        assertEquals(kinds, values("/components/schemas/TimelineEntryKind/enum"));
        assertAll(Contract.stream(Contract.DOCUMENT.path("x-event-types")).map(type -> () ->
            assertTrue(Contract.at(type.textValue()).path("additionalProperties").booleanValue(),
                type + ": unknown fields inside data are named, not refused")));
    }

    @Test
    void whatARoleSeesIsSaidForEveryKindAndField() {
        var table = Contract.DOCUMENT.path("x-what-a-role-sees");
        var roles = values("/components/schemas/ParticipantRole/enum");
        assertEquals(roles, values("/x-what-a-role-sees/roles"));
        assertEquals(values("/components/schemas/TimelineEntryKind/enum"), names(table.path("entries")));
        var fields = names(Contract.DOCUMENT.at("/components/schemas/Case/properties"));
        fields.removeAll(Set.of("id", "role", "updated_at"));
        assertEquals(fields, names(table.path("fields")));
        Stream.concat(Contract.stream(table.path("entries")), Contract.stream(table.path("fields")))
            .forEach(row -> assertEquals(roles, names(row)));
    }

    private static Set<String> values(String pointer) {
        return Contract.stream(Contract.DOCUMENT.at(pointer)).map(JsonNode::textValue)
            .collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    private static Set<String> names(JsonNode object) {
        var names = new LinkedHashSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> reachableFrom(List<JsonNode> roots) {
        var found = new LinkedHashSet<String>();
        roots.forEach(root -> collectReferences(root, found));
        return found;
    }

    private static void collectReferences(JsonNode node, Set<String> found) {
        var reference = node.path("$ref").asText();
        if (reference.startsWith(PREFIX) && found.add(reference.substring(PREFIX.length()))) {
            collectReferences(Contract.follow(node), found);
        }
        node.forEach(child -> collectReferences(child, found));
    }
}
