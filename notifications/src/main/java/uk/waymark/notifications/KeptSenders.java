package uk.waymark.notifications;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** By whom each person is written to, where there is a choice: one query a batch to ask, and one batch to remember. */
final class KeptSenders {

    /** So that two instances lock the same rows one after the other. */
    private static final Comparator<Key> IN_ORDER =
        Comparator.comparing(Key::recipientRef).thenComparing(Key::channel).thenComparing(Key::discreet);

    private final DataSource source;
    private final InstantSource caseTime;

    KeptSenders(DataSource dispatcherLogin, InstantSource caseTime) {
        this.source = dispatcherLogin;
        this.caseTime = caseTime;
    }

    /** @param discreet whether of discreet messages */
    record Key(UUID recipientRef, Channel channel, boolean discreet) {
    }

    /** The senders of those that have one, as "provider/account". */
    Map<Key, String> of(UUID tenant, Collection<Key> keys) {
        Set<UUID> people = keys.stream().map(Key::recipientRef).collect(Collectors.toSet());
        Map<Key, String> found = new HashMap<>();
        Sql.inTransaction(source, c -> Sql.of(c, """
            select recipient_ref, channel, discreet, provider || '/' || account as sender
            from notifications.kept_sender where tenant = ? and recipient_ref = any(?)""", tenant, people)
            .list(row -> found.put(new Key(Sql.uuid(row, "recipient_ref"), Channel.fromStored(row.getString("channel")),
                row.getBoolean("discreet")), row.getString("sender"))));
        found.keySet().retainAll(new HashSet<>(keys));
        return found;
    }

    /** Remembers who was chosen: whoever is first stays, but for one that cannot send what has to be sent. */
    void keep(UUID tenant, Map<Key, Route> fresh, Map<Key, Route> changed) {
        List<Object[]> rows = new ArrayList<>();
        Stream.concat(fresh.keySet().stream(), changed.keySet().stream()).distinct().sorted(IN_ORDER).forEach(key -> {
            Route route = changed.getOrDefault(key, fresh.get(key));
            rows.add(new Object[] {tenant, key.recipientRef, key.channel.stored(), key.discreet, route.provider(),
                route.account(), caseTime.instant(), changed.containsKey(key)});
        });
        Sql.inTransaction(source, c -> Sql.batch(c, """
            insert into notifications.kept_sender (tenant, recipient_ref, channel, discreet, provider, account, chosen_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant, recipient_ref, channel, discreet) do update
                set provider = excluded.provider, account = excluded.account, chosen_at = excluded.chosen_at
                where ?""", rows));
    }
}
