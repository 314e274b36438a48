package uk.waymark.courts;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** The courts that a force has described. What is not certain is not found: a person asks, and nothing is guessed. */
@Singleton
public final class Courts {
    private static final String SELECT = """
        select ou_code, name_en, name_cy, also, address, entrance_en, entrance_cy, map, travel_en, travel_cy, phone
          from waymark.court where force_id = ?""";

    /** Whether the force has described any: until then there is nothing that one could be unknown to. */
    public boolean any(Connection c, UUID force) {
        return Sql.one(c, "select exists (select 1 from waymark.court where force_id = ?) as found", r -> r.getBoolean("found"), force)
            .orElse(false);
    }

    /**
     * The court with this code; where no code is given, the one that has this very name. A code beside the name of another of the
     * force's courts is neither's.
     *
     * @param ouCode or null
     * @param name   or null
     */
    public Optional<Court> find(Connection c, UUID force, String ouCode, String name) {
        Optional<Court> named = name == null ? Optional.empty() : only(Sql.list(c, SELECT + " and ? = any (name_keys)", Courts::court,
            force, Court.key(name)));
        if (ouCode == null || ouCode.isBlank()) {
            return named;
        }
        String code = ouCode.strip().toUpperCase(Locale.ROOT);
        return Sql.one(c, SELECT + " and ou_code = ?", Courts::court, force, code)
            .filter(found -> named.isEmpty() || named.get().ouCode().equals(code));
    }

    private static Optional<Court> only(List<Court> found) {
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Court court(ResultSet r) throws SQLException {
        Array also = r.getArray("also");
        return new Court(r.getString("ou_code"), r.getString("name_en"), r.getString("name_cy"), List.of((String[]) also.getArray()),
            r.getString("address"), r.getString("entrance_en"), r.getString("entrance_cy"), r.getString("map"),
            r.getString("travel_en"), r.getString("travel_cy"), r.getString("phone"));
    }
}
