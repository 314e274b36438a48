package uk.waymark.messaging;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * While a look-up key is replaced, hashes of one number by two keys stand beside each other, and the database cannot match
 * rows by them. Whoever opened the numbers asks by every key; with one key there is nothing to ask.
 */
final class NumbersByAllKeys {
    static final Held NOTHING = new Held(false, false);

    private NumbersByAllKeys() { }

    /** @param stopped somebody texted STOP from it; @param suspect it is held for a suspect of anybody who shares the account */
    record Held(boolean stopped, boolean suspect) { }

    /** @param numbers puts the number that each person would be written to on; null for none */
    static Map<UUID, Held> of(Connection c, Sealing sealing, Consumer<Map<UUID, String>> numbers) {
        if (!sealing.looksUpByMore()) {
            return Map.of();
        }
        var all = new HashMap<UUID, String>();
        numbers.accept(all);
        var persons = new ArrayList<UUID>();
        var keys = new ArrayList<byte[]>();
        all.forEach((person, number) -> {
            if (number != null) {
                for (byte[] key : sealing.keys(Contacts.NUMBER_KEY, number)) {
                    persons.add(person);
                    keys.add(key);
                }
            }
        });
        return Sql.list(c, "select person_id, stopped, suspect from waymark.gate_by_all_keys(?, ?)",
            r -> Map.entry(Sql.uuid(r, "person_id"), new Held(r.getBoolean("stopped"), r.getBoolean("suspect"))),
            persons.toArray(UUID[]::new), keys.toArray(byte[][]::new)).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
