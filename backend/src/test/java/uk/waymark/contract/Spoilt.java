package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A good JSON value spoilt in one place, in every way that its schema rules out.
 *
 * @param pointer the place
 * @param how what was done
 */
record Spoilt(String pointer, String how, JsonNode json) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** @param good a value that fits the schema */
    static List<Spoilt> of(JsonNode schema, JsonNode good) {
        var spoilt = new ArrayList<Spoilt>();
        spoil(Contract.resolve(schema), good, "", good, spoilt);
        return spoilt;
    }

    private static void spoil(JsonNode schema, JsonNode root, String at, JsonNode value, List<Spoilt> into) {
        if (!at.isEmpty()) {
            wrongValues(schema).forEach((how, wrong) -> into.add(new Spoilt(at, how, replaced(root, at, wrong))));
        }
        if (schema.path("type").asText().equals("object") && value.isObject()) {
            insideObject(schema, root, at, value, into);
        }
        if (schema.path("type").asText().equals("array") && value.isArray() && !value.isEmpty()) {
            spoil(Contract.resolve(schema.path("items")), root, at + "/0", value.get(0), into);
        }
    }

    private static void insideObject(JsonNode schema, JsonNode root, String at, JsonNode value, List<Spoilt> into) {
        if (schema.path("additionalProperties").isBoolean() && !schema.path("additionalProperties").asBoolean()) {
            into.add(new Spoilt(at + "/surprise", "not a field", replaced(root, at + "/surprise",
                JSON.booleanNode(true))));
        }
        schema.path("required").forEach(name -> {
            ObjectNode without = root.deepCopy();
            ((ObjectNode) without.at(at)).remove(name.asText());
            into.add(new Spoilt(at + '/' + name.asText(), "missing", without));
        });
        schema.path("properties").properties().forEach(property -> {
            JsonNode inner = Contract.resolve(property.getValue());
            String here = at + '/' + property.getKey();
            JsonNode there = value.path(property.getKey());
            if (there.isMissingNode() && inner.path("type").asText().equals("object")) {
                return;
            }
            spoil(inner, root, here, there, into);
        });
    }

    private static Map<String, JsonNode> wrongValues(JsonNode schema) {
        var wrong = new LinkedHashMap<String, JsonNode>();
        String type = schema.path("type").asText();
        if (type.isEmpty()) {
            return wrong;
        }
        ArrayNode array = JSON.arrayNode().add("x");
        ObjectNode object = JSON.objectNode().put("x", 1);
        if (!schema.path("nullable").asBoolean()) {
            wrong.put("null", JSON.nullNode());
        }
        if (!type.equals("array")) {
            wrong.put("an array", array);
            wrong.put("an empty array", JSON.arrayNode());
        }
        if (!type.equals("object")) {
            wrong.put("an object", object);
        }
        if (!type.equals("boolean")) {
            wrong.put("true", JSON.booleanNode(true));
        }
        if (!type.equals("integer") && !type.equals("number")) {
            wrong.put("a number", JSON.numberNode(1234));
        }
        wrong.put("half a number", JSON.numberNode(new BigDecimal("12.5")));
        wrong.put("a huge number", JSON.numberNode(new BigDecimal("1e999")));
        if (!type.equals("string")) {
            wrong.put("a text", JSON.textNode("true"));
        } else {
            texts(schema, wrong);
        }
        return wrong;
    }

    private static void texts(JsonNode schema, Map<String, JsonNode> wrong) {
        wrong.put("a text with a NUL", JSON.textNode("07700\u0000900123"));
        wrong.put("a text with half a character", JSON.textNode("07700\uD800900123"));
        wrong.put("a text with the other half", JSON.textNode("07700900123\uDC00"));
        if (schema.path("minLength").asInt() > 0) {
            wrong.put("an empty text", JSON.textNode(""));
        }
        if (schema.has("maxLength")) {
            wrong.put("a text too long", JSON.textNode("7".repeat(schema.path("maxLength").asInt() + 1)));
        }
        if (schema.has("enum") || schema.has("pattern") || schema.has("format")) {
            wrong.put("a text of another form", JSON.textNode("?? \u202E ??"));
        }
        if (schema.path("format").asText().startsWith("date")) {
            wrong.put("a time without a date", JSON.textNode("10:00"));
            wrong.put("a day that is none", JSON.textNode("2027-02-30T10:00:00Z"));
            wrong.put("a number as text", JSON.textNode("1234"));
        }
    }

    private static JsonNode replaced(JsonNode root, String at, JsonNode wrong) {
        JsonNode copy = root.deepCopy();
        int slash = at.lastIndexOf('/');
        JsonNode parent = copy.at(at.substring(0, slash));
        String name = at.substring(slash + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), wrong);
        } else {
            ((ObjectNode) parent).set(name, wrong);
        }
        return copy;
    }
}
