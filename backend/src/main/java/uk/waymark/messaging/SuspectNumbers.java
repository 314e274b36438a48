package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Whose number is held for a suspect: of their own case, or of the case of anybody on the same account in whatever force. By
 * every key in use, since after a change of key two hashes of one number differ.
 */
@Singleton
public final class SuspectNumbers {
    private final Sealing sealing;

    SuspectNumbers(Sealing sealing) {
        this.sealing = sealing;
    }

    /**
     * The people of a case who would be written to, or sign in, on a number that is held for a suspect of theirs.
     *
     * @param c of a transaction of a worker or a system of the force
     */
    public List<UUID> inCase(Connection c, UUID caseId) {
        UUID[] persons = Sql.list(c, """
            select p.id from waymark.participant pa join waymark.person p on p.id = pa.person_id
             where pa.case_id = ? and not pa.removed and not p.deceased and p.merged_into is null order by p.id""",
            r -> Sql.uuid(r, "id"), caseId).toArray(UUID[]::new);
        var found = new HashSet<>(heldByForce(c, caseId, persons));
        found.addAll(ofAccounts(c, Sql.list(c, "select person_id, account_id, number from waymark.gate_delivery(?)",
            r -> Map.entry(Sql.uuid(r, "person_id"),
                sealing.openText("account.number", Sql.uuid(r, "account_id"), r.getBytes("number"))), (Object) persons)));
        return found.stream().sorted().toList();
    }

    private List<UUID> heldByForce(Connection c, UUID caseId, UUID[] persons) {
        record Held(UUID person, String number) { }
        List<Held> held = Sql.list(c, "select id, mobile from waymark.person where id = any(?) and mobile is not null",
            r -> new Held(Sql.uuid(r, "id"), sealing.openText("person.mobile", Sql.uuid(r, "id"), r.getBytes("mobile"))),
            (Object) persons);
        return held.stream().filter(h -> Sql.one(c, """
            select 1 as one from waymark.suspect_number where case_id = ? and not taken_back and number_key = any(?) limit 1""",
            r -> r.getInt("one"), caseId, sealing.keys(Contacts.NUMBER_KEY, h.number())).isPresent())
            .map(Held::person).toList();
    }

    /**
     * Whose of these numbers are held for a suspect of a case of theirs, or of anybody on the same account.
     *
     * @param c       of a transaction of a worker of the force
     * @param numbers by person, E.164
     */
    Set<UUID> whose(Connection c, Map<UUID, String> numbers) {
        var found = new HashSet<>(ofAccounts(c, List.copyOf(numbers.entrySet())));
        numbers.forEach((person, number) -> Sql.one(c, """
            select 1 as one from waymark.suspect_number s join waymark.participant pa on pa.case_id = s.case_id and not pa.removed
             where pa.person_id = ? and not s.taken_back and s.number_key = any(?) limit 1""", r -> r.getInt("one"), person,
            sealing.keys(Contacts.NUMBER_KEY, number)).ifPresent(one -> found.add(person)));
        return found;
    }

    /** @param numbers of accounts, by person; a person may stand there once */
    Set<UUID> ofAccounts(Connection c, List<Map.Entry<UUID, String>> numbers) {
        var persons = new ArrayList<UUID>();
        var keys = new ArrayList<byte[]>();
        for (var one : numbers) {
            for (byte[] key : sealing.keys(Contacts.NUMBER_KEY, one.getValue())) {
                persons.add(one.getKey());
                keys.add(key);
            }
        }
        return persons.isEmpty() ? Set.of() : new HashSet<>(Sql.list(c,
            "select person_id from waymark.gate_held_for_suspects(?, ?) as person_id", r -> Sql.uuid(r, "person_id"),
            persons.toArray(UUID[]::new), keys.toArray(byte[][]::new)));
    }
}
