package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;

/**
 * Where something stands in a document, written out only where it is named: names may be long, and there are many of them.
 *
 * @param in   null at the top
 * @param name of the field, or the number of the element
 */
record Place(Place in, String name) {

    /** As a JSON pointer. @param place null for the document */
    static String pointer(Place place) {
        var names = new ArrayDeque<String>();
        for (Place p = place; p != null; p = p.in()) {
            names.addFirst(p.name().replace("~", "~0").replace("/", "~1"));
        }
        return names.isEmpty() ? "" : '/' + String.join("/", names);
    }

    /** Each field or element of a node, with where it stands. @param place of the node */
    static void each(JsonNode node, Place place, BiConsumer<JsonNode, Place> take) {
        if (node.isObject()) {
            node.properties().forEach(f -> take.accept(f.getValue(), new Place(place, f.getKey())));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                take.accept(node.get(i), new Place(place, Integer.toString(i)));
            }
        }
    }
}
