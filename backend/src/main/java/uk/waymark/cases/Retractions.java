package uk.waymark.cases;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which events were taken back. A retraction may itself be taken back: then what it took back stands again. */
final class Retractions {
    private final Map<String, List<Event>> byTarget = new HashMap<>();
    private final Set<UUID> asked = new HashSet<>();

    private Retractions(List<Event> events) {
        for (Event e : events) {
            if (e.type() == EventType.EVENT_RETRACTED) {
                byTarget.computeIfAbsent(key(e.source(), e.text("source_event_id").orElse("")), k -> new java.util.ArrayList<>())
                    .add(e);
            }
        }
    }

    /** Ids of the events that do not stand. */
    static Set<UUID> of(List<Event> events) {
        var retractions = new Retractions(events);
        var retracted = new HashSet<UUID>();
        for (Event e : events) {
            if (retractions.retracted(e)) {
                retracted.add(e.id());
            }
        }
        return retracted;
    }

    /** What a retraction takes back, if it has come yet. */
    static Optional<Event> target(List<Event> events, Event retraction) {
        String id = retraction.text("source_event_id").orElse("");
        return events.stream().filter(e -> e.source().equals(retraction.source()) && e.sourceEventId().equals(id)).findFirst();
    }

    /** Two that take each other back would go round for ever: asked again, an event counts as standing. */
    private boolean retracted(Event e) {
        if (!asked.add(e.id())) {
            return false;
        }
        try {
            return byTarget.getOrDefault(key(e.source(), e.sourceEventId()), List.of()).stream().anyMatch(r -> !retracted(r));
        } finally {
            asked.remove(e.id());
        }
    }

    private static String key(String source, String sourceEventId) {
        return source + '|' + sourceEventId;
    }
}
