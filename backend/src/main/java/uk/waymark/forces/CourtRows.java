package uk.waymark.forces;

import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import uk.waymark.courts.Court;
import uk.waymark.platform.Sql;

/** Brings a force's courts in line with its file. */
final class CourtRows {
    private final Connection c;
    private final List<String> changes;

    CourtRows(Connection c, List<String> changes) {
        this.c = c;
        this.changes = changes;
    }

    void write(UUID force, List<Court> wanted) {
        var known = new LinkedHashMap<String, Court>();
        Sql.list(c, """
            select ou_code, name_en, name_cy, also, address, entrance_en, entrance_cy, map, travel_en, travel_cy, phone
              from waymark.court where force_id = ? order by ou_code""",
            r -> new Court(r.getString("ou_code"), r.getString("name_en"), r.getString("name_cy"),
                List.of((String[]) r.getArray("also").getArray()), r.getString("address"), r.getString("entrance_en"),
                r.getString("entrance_cy"), r.getString("map"), r.getString("travel_en"), r.getString("travel_cy"), r.getString("phone")),
            force).forEach(court -> known.put(court.ouCode(), court));
        for (Court court : wanted) {
            Court before = known.remove(court.ouCode());
            if (!court.equals(before)) {
                put(force, court);
                changes.add("court " + court.ouCode() + ": " + (before == null ? "new" : "changed"));
            }
        }
        known.keySet().forEach(code -> {
            Sql.run(c, "delete from waymark.court where force_id = ? and ou_code = ?", force, code);
            changes.add("court " + code + ": removed");
        });
    }

    private void put(UUID force, Court court) {
        Sql.run(c, """
            insert into waymark.court (force_id, ou_code, name_en, name_cy, also, name_keys, address, entrance_en, entrance_cy, map,
                                       travel_en, travel_cy, phone)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (force_id, ou_code) do update set name_en = excluded.name_en, name_cy = excluded.name_cy,
                also = excluded.also, name_keys = excluded.name_keys, address = excluded.address,
                entrance_en = excluded.entrance_en, entrance_cy = excluded.entrance_cy, map = excluded.map,
                travel_en = excluded.travel_en, travel_cy = excluded.travel_cy, phone = excluded.phone""",
            force, court.ouCode(), court.nameEn(), court.nameCy(), court.also().toArray(String[]::new),
            court.nameKeys().toArray(String[]::new), court.address(), court.entranceEn(), court.entranceCy(), court.map(),
            court.travelEn(), court.travelCy(), court.phone());
    }
}
