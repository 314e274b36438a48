package uk.waymark.notifications.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the messages and the provider's own journal say when all is over.
 *
 * @param lost       messages that the provider did not take, and that are neither said to have expired nor with a person; those
 *                   with a person of whom nobody was told; and those that were taken though they are said to have expired
 * @param duplicated requests that the provider took beyond one a message
 * @param figures    by name, for whoever wants to know more
 */
record KillResult(int lost, int duplicated, Map<String, Object> figures) {

    private static final String OPEN = "state in ('queued', 'held', 'started') or state = 'unknown' and ask_at is not null";

    /** How many messages have not come to an end. */
    static long open(KillDatabase database) throws SQLException {
        return database.number("select count(*) from notifications.message where " + OPEN);
    }

    static List<String> states(KillDatabase database) throws SQLException {
        return database.texts("select state || ' ' || count(*) from notifications.message group by state order by state");
    }

    static KillResult of(KillDatabase database, KillProvider provider, int kills, int restarts, Duration took) throws SQLException {
        Map<UUID, String> messageOf = pairs(database, "select id || ' ' || message_id from notifications.attempt");
        Map<UUID, String> stateOf = pairs(database, "select id || ' ' || state from notifications.message");
        Set<String> told = Set.copyOf(database.texts("select message_id || ' ' || state from notifications.ended"));
        Map<UUID, Integer> taken = new HashMap<>();
        for (UUID attempt : provider.attemptsTaken()) {
            taken.merge(UUID.fromString(messageOf.get(attempt)), 1, Integer::sum);
        }
        int lost = 0;
        for (Map.Entry<UUID, String> message : stateOf.entrySet()) {
            boolean wasTaken = taken.containsKey(message.getKey());
            boolean ended = told.contains(message.getKey() + " " + message.getValue());
            boolean silent = switch (message.getValue()) {
                case "expired" -> !ended || wasTaken;
                case "unknown", "failed" -> !ended;
                case "delivered" -> !ended || !wasTaken;
                default -> !wasTaken;
            };
            lost += silent ? 1 : 0;
        }
        int duplicated = taken.values().stream().mapToInt(n -> n - 1).sum();
        return new KillResult(lost, duplicated, figures(database, provider, kills, restarts, took, stateOf.size(), taken));
    }

    private static Map<String, Object> figures(KillDatabase database, KillProvider provider, int kills, int restarts,
                                               Duration took, int messages, Map<UUID, Integer> taken) throws SQLException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("messages", messages);
        figures.put("kills", kills);
        figures.put("database_restarts", restarts);
        figures.put("taken", taken.size());
        for (String state : List.of("accepted", "delivered", "expired", "failed")) {
            figures.put(state, database.number("select count(*) from notifications.message where state = '" + state + "'"));
        }
        figures.put("unknown_to_a_person", database.number("select count(*) from notifications.ended where state = 'unknown'"));
        figures.put("attempts_lost_sight_of",
            database.number("select count(*) from notifications.message where asked_about is not null"));
        figures.put("resent", database.number("select count(*) from notifications.attempt where code = 'not_taken'"));
        figures.put("retried",
            database.number("select count(*) from notifications.attempt where state = 'unavailable' and code <> 'not_taken'"));
        provider.did().forEach((name, count) -> figures.put("provider_" + name, count.get()));
        figures.put("seconds", took.toSeconds());
        return figures;
    }

    private static Map<UUID, String> pairs(KillDatabase database, String query) throws SQLException {
        return database.texts(query).stream().map(line -> line.split(" "))
            .collect(Collectors.toMap(parts -> UUID.fromString(parts[0]), parts -> parts[1]));
    }

    /** One line. */
    String json(long seed) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of());
        all.put("messages", figures.get("messages"));
        all.put("kills", figures.get("kills"));
        all.put("lost", lost);
        all.put("duplicated", duplicated);
        all.putAll(figures);
        all.put("seed", seed);
        return all.entrySet().stream().map(e -> "\"" + e.getKey() + "\": " + e.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    }
}
