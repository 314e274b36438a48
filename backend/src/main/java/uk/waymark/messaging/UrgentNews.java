package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * News that a person in a case with a safety flag is told within the hour, at any hour, whoever tells it: somebody may be free.
 * What it is stands in {@code messages/contact-times.yaml}.
 */
@Singleton
public final class UrgentNews {
    private final NewsKinds kinds;
    private final ContactTimes times;

    UrgentNews(NewsKinds kinds, ContactTimes times) {
        this.kinds = kinds;
        this.times = times;
    }

    /** Those of these events that are. @param c of a transaction that acts for the force */
    public Set<UUID> of(Connection c, Collection<UUID> events) {
        return events.isEmpty() ? Set.of() : kinds.of(c, events).entrySet().stream().filter(e -> times.urgent(e.getValue()))
            .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** By when it should have been told. */
    public Instant due(Instant now) {
        return now.plus(times.callFirst().due());
    }
}
