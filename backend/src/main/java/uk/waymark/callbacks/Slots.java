package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.callbacks.Offices.Office;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.platform.Sql;

/**
 * Who has which place. A place is a row, and its key keeps a second one out however many ask at the same moment: whoever comes second
 * waits for the first to commit, and then takes the next place. Nobody waits for a place while holding another that somebody waits for,
 * since what one gives back goes only once the new one is there.
 */
@Singleton
final class Slots {

    /** Those of these with a place left. */
    List<Slot> free(Connection c, UUID force, Office office, List<Slot> slots) {
        return free(c, force, office, null, slots);
    }

    private static List<Slot> free(Connection c, UUID force, Office office, UUID but, List<Slot> slots) {
        Map<Instant, Integer> taken = taken(c, force, office, but, slots);
        return slots.stream().filter(s -> taken.getOrDefault(s.from(), 0) < office.places()).toList();
    }

    /**
     * Takes the first place that is left in these, and gives back the one that the call back had.
     *
     * @param wanted the best first
     * @return empty where all are taken; then it keeps the one it had, and where nothing is wanted it keeps none
     */
    Optional<Slot> book(Connection c, UUID force, Office office, UUID callBack, List<Slot> wanted) {
        Optional<Slot> booked = wanted.isEmpty() ? Optional.empty()
            : free(c, force, office, callBack, wanted).stream().filter(slot -> take(c, force, office, callBack, slot)).findFirst();
        if (booked.isPresent() || wanted.isEmpty()) {
            Sql.run(c, "delete from waymark.call_back_slot where call_back_id = ? and starts_at is distinct from ?::timestamptz", callBack,
                booked.map(Slot::from).orElse(null));
        }
        return booked;
    }

    void giveBack(Connection c, UUID callBack) {
        Sql.run(c, "delete from waymark.call_back_slot where call_back_id = ?", callBack);
    }

    private static boolean take(Connection c, UUID force, Office office, UUID callBack, Slot slot) {
        boolean has = Sql.one(c, """
            select 1 as one from waymark.call_back_slot where call_back_id = ? and force_id = ? and unit = ? and starts_at = ?""",
            r -> true, callBack, force, office.unit(), slot.from()).orElse(false);
        boolean left = true;
        while (!has && left) {
            has = Sql.run(c, """
                insert into waymark.call_back_slot (force_id, unit, starts_at, place, call_back_id)
                select ?::uuid, ?, ?::timestamptz, p.place, ?::uuid from generate_series(1, ?) as p(place)
                 where not exists (select 1 from waymark.call_back_slot s
                                    where s.force_id = ? and s.unit = ? and s.starts_at = ? and s.place = p.place)
                 order by p.place limit 1 on conflict do nothing""", force, office.unit(), slot.from(), callBack, office.places(),
                force, office.unit(), slot.from()) == 1;
            // somebody else was quicker with this very place: another may be left
            left = has || Sql.one(c, """
                select count(*) as taken from waymark.call_back_slot where force_id = ? and unit = ? and starts_at = ?""",
                r -> r.getInt("taken"), force, office.unit(), slot.from()).orElse(0) < office.places();
        }
        return has;
    }

    private static Map<Instant, Integer> taken(Connection c, UUID force, Office office, UUID but, List<Slot> slots) {
        var taken = new HashMap<Instant, Integer>();
        if (!slots.isEmpty()) {
            Sql.list(c, """
                select starts_at, count(*) as taken from waymark.call_back_slot
                 where force_id = ? and unit = ? and starts_at between ? and ? and call_back_id is distinct from ?::uuid
                 group by starts_at""",
                r -> taken.put(Sql.instant(r, "starts_at"), r.getInt("taken")), force, office.unit(),
                slots.stream().map(Slot::from).min(Instant::compareTo).orElseThrow(),
                slots.stream().map(Slot::from).max(Instant::compareTo).orElseThrow(), but);
        }
        return taken;
    }
}
