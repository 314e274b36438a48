package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Documents that fit a JSON Schema, as far as HMCTS's schemas use its words; and the same, broken in places. */
final class RandomDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final JsonNode root;
    private final Random random;
    private final List<String> urns;

    RandomDocument(JsonNode schema, long seed, List<String> urns) {
        root = schema;
        random = new Random(seed);
        this.urns = urns;
    }

    JsonNode valid() {
        return value(root, "");
    }

    /** A valid document with some of its values replaced, dropped or turned inside out. */
    JsonNode broken() {
        JsonNode document = valid();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            breakOne(document);
        }
        return document;
    }

    private JsonNode value(JsonNode schema, String name) {
        if (schema.has("$ref")) {
            ObjectNode both = root.at(schema.path("$ref").asText().substring(1)).deepCopy();
            schema.properties().stream().filter(f -> !f.getKey().equals("$ref")).forEach(f -> both.set(f.getKey(), f.getValue()));
            return value(both, name);
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, name);
            case "array" -> array(schema, name);
            case "integer" -> JSON.numberNode(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(20));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> schema.has("oneOf") ? value(schema.path("oneOf").get(random.nextInt(schema.path("oneOf").size())), name)
                : JSON.textNode(text(schema, name));
        };
    }

    private JsonNode object(JsonNode schema, String name) {
        JsonNode shape = schema;
        if (schema.has("oneOf")) {
            shape = schema.path("oneOf").get(random.nextInt(schema.path("oneOf").size()));
        }
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        shape.path("required").forEach(r -> required.add(r.asText()));
        JsonNode properties = shape.path("properties");
        properties.properties().forEach(p -> {
            if (required.contains(p.getKey()) || random.nextInt(5) > 0) {
                object.set(p.getKey(), value(p.getValue(), p.getKey()));
            }
        });
        // one schema of theirs says what is required beside `properties`, not in it
        required.stream().filter(r -> !properties.has(r)).forEach(r -> object.set(r, JSON.objectNode()));
        if (random.nextInt(20) == 0 && !shape.has("additionalProperties")) {
            object.put("somethingNew", "x");
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name) {
        ArrayNode array = JSON.arrayNode();
        int most = Math.min(3, schema.path("maxItems").asInt(3));
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            array.add(value(schema.path("items"), name));
        }
        return array;
    }

    /** The first of these, in a random order, that the schema allows. */
    private String text(JsonNode schema, String name) {
        if (name.equalsIgnoreCase("urn") || name.equals("caseUrn") || name.equals("caseno")) {
            String urn = urns.get(random.nextInt(urns.size()));
            if (fits(schema, urn)) {
                return urn;
            }
        }
        var candidates = new ArrayList<>(List.of("", " ", "Trial", "Sentence", "Llys y Goron", "LEEDS", "O'Brien & S\u00f4n", "\u202Ex\u200B", "\uD83D\uDC68",
            "ABC", "T20270001", "text ".repeat(50).strip(), "x".repeat(10), day() + "T" + time() + "Z", day() + "T" + time() + ".123Z", day() + "T" + time(), day(),
            time(), time().substring(0, 5), "%02d/%02d/20%02d".formatted(1 + random.nextInt(28), 1 + random.nextInt(12), 20 + random.nextInt(8)), "1981-02-03",
            "99:99:99", "99:99", "99/99/9999", "9999-99-99T99:99:99Z", "0000-01-01T00:00:00Z"));
        if (schema.path("format").asText().startsWith("date")) {
            candidates.removeIf(c -> !c.startsWith("20"));
        }
        java.util.Collections.shuffle(candidates, random);
        return candidates.stream().filter(c -> fits(schema, c)).findFirst().orElse("x");
    }

    private static boolean fits(JsonNode schema, String text) {
        int length = text.codePointCount(0, text.length());
        return length >= schema.path("minLength").asInt(0) && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
            && (!schema.has("pattern") || Pattern.compile(schema.path("pattern").asText()).matcher(text).find());
    }

    private String day() {
        return "20%02d-%02d-%02d".formatted(20 + random.nextInt(8), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String time() {
        return "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    private void breakOne(JsonNode document) {
        JsonNode at = document;
        for (int depth = 1 + random.nextInt(18); depth > 0; depth--) {
            JsonNode next = child(at);
            if (next == null || !next.isContainerNode() || next.isEmpty()) {
                break;
            }
            at = next;
        }
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.set(name, wrong());
            }
        } else if (at instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), wrong());
        }
    }

    private JsonNode child(JsonNode node) {
        if (node.isEmpty()) {
            return null;
        }
        int skip = random.nextInt(node.size());
        for (JsonNode child : node) {
            if (skip-- == 0) {
                return child;
            }
        }
        return null;
    }

    private JsonNode wrong() {
        List<JsonNode> wrong = List.of(JSON.nullNode(), JSON.numberNode(7), JSON.numberNode(1e300), JSON.booleanNode(true), JSON.textNode(""),
            JSON.textNode("\u0000"), JSON.textNode("\uD800"), JSON.textNode("y".repeat(100_000)), JSON.textNode("<b>x</b>"), JSON.arrayNode(),
            JSON.objectNode(), JSON.arrayNode().add(JSON.arrayNode().add(JSON.nullNode())), JSON.objectNode().put("URN", 1).put("caseURN", urns.getFirst()),
            JSON.textNode("2027-02-30"), JSON.textNode("2027-06-01T25:61:00Z"), JSON.textNode("-999999999-01-01"), JSON.numberNode(20270101));
        return wrong.get(random.nextInt(wrong.size())).deepCopy();
    }
}
