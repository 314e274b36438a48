package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.bridge.ListingEvent.NotTaken;

/** What a list mentions and cannot be placed: counted, and the first of it named by where it stands. */
final class Missed {
    static final String NO_URN = "names no URN that can be read";
    static final String NO_DAY = "has no day that can be read";
    private static final int MOST_NAMED = 100;
    private static final int LONGEST_POINTER = 500;
    private final Map<JsonNode, String> nodes = new IdentityHashMap<>();
    private int count;

    /** @param node of the document itself */
    void add(JsonNode node, String reason) {
        count++;
        if (nodes.size() < MOST_NAMED) {
            nodes.putIfAbsent(node, reason);
        }
    }

    int count() {
        return count;
    }

    /** In the order of the document. */
    List<NotTaken> in(JsonNode document) {
        var named = new ArrayList<NotTaken>();
        if (!nodes.isEmpty()) {
            look(document, null, named);
        }
        return List.copyOf(named);
    }

    private void look(JsonNode node, Place place, List<NotTaken> named) {
        String reason = nodes.get(node);
        if (reason != null) {
            named.add(new NotTaken(Lenient.clipped(Place.pointer(place), LONGEST_POINTER), reason));
        } else {
            Place.each(node, place, (one, at) -> look(one, at, named));
        }
    }
}
