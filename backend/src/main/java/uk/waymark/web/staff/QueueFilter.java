package uk.waymark.web.staff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import uk.waymark.api.model.QueueGroup;
import uk.waymark.web.Visit;

/**
 * What of the queue is looked at, as it stands in the page's address.
 *
 * @param group  what it is about, or null for everything
 * @param held   {@code me}, {@code nobody}, a name, or null for everybody's
 * @param raised only what was raised to supervisors
 */
public record QueueFilter(String group, String held, boolean raised) {

    /** An address that was cut off still shows a list. */
    static QueueFilter of(String group, String held, String raised) {
        boolean known = java.util.Arrays.stream(QueueGroup.values()).anyMatch(g -> g.getValue().equals(group));
        return new QueueFilter(known ? group : null, held == null || held.isBlank() || held.length() > 100 ? null : held,
            "true".equals(raised));
    }

    public String about(String other) {
        return new QueueFilter(other, held, raised).address();
    }

    public String heldBy(String other) {
        return new QueueFilter(group, other, raised).address();
    }

    public String onlyRaised(boolean other) {
        return new QueueFilter(group, held, other).address();
    }

    public String address() {
        String query = query();
        return "/staff" + (query.isEmpty() ? "" : "?" + query.substring(0, query.length() - 1));
    }

    /** Ready to go on with: empty, or ending in {@code &}. */
    public String query() {
        return query("group", "held");
    }

    /** The same for the API. */
    String asked() {
        return query("group", "claimed_by");
    }

    private String query(String groupName, String heldName) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (group != null) {
            parts.put(groupName, group);
        }
        if (held != null) {
            parts.put(heldName, held);
        }
        if (raised) {
            parts.put("escalated", "true");
        }
        return parts.entrySet().stream().map(e -> e.getKey() + '=' + Visit.encode(e.getValue()) + '&').collect(Collectors.joining());
    }
}
