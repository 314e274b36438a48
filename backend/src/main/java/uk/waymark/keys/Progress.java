package uk.waymark.keys;

import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** How far the renewal under the newest keys has come, kept so that it goes on where it stopped. */
final class Progress {
    private final Doors doors;
    private final MachineClock clock;
    private final int sealingKey;
    private final int lookupKey;

    Progress(Doors doors, Sealing sealing, MachineClock clock) {
        this.doors = doors;
        this.clock = clock;
        this.sealingKey = sealing.sealingKey();
        this.lookupKey = sealing.lookupKeyId();
    }

    /**
     * Begins, or goes on with what was stopped: tables that are done stay so until all are. @return what is left to do
     *
     * @param scopes all that there are
     */
    List<Doors.Scope> begin(List<Doors.Scope> scopes) {
        String[] names = scopes.stream().map(Doors.Scope::toString).toArray(String[]::new);
        return doors.asOwner(c -> {
            boolean stopped = Sql.one(c, """
                select 1 from waymark.reseal_progress where sealing_key = ? and lookup_key = ? and done_at is null limit 1""",
                r -> true, sealingKey, lookupKey).isPresent();
            if (!stopped) {
                Sql.run(c, "update waymark.reseal_progress set done_at = null, after_key = null where sealing_key = ? and lookup_key = ?",
                    sealingKey, lookupKey);
            }
            Sql.run(c, """
                insert into waymark.reseal_progress (scope, sealing_key, lookup_key, started_at) select unnest(?), ?, ?, ?
                on conflict do nothing""", names, sealingKey, lookupKey, clock.instant());
            var open = new HashSet<>(Sql.list(c,
                "select scope from waymark.reseal_progress where sealing_key = ? and lookup_key = ? and done_at is null",
                r -> r.getString("scope"), sealingKey, lookupKey));
            return scopes.stream().filter(scope -> open.contains(scope.toString())).toList();
        });
    }

    /** The key of the last row that was looked at; null at the beginning. */
    String[] after(Doors.Scope scope) {
        return doors.asOwner(c -> Sql.one(c,
            "select after_key from waymark.reseal_progress where scope = ? and sealing_key = ? and lookup_key = ?",
            Progress::after, scope.toString(), sealingKey, lookupKey)).orElse(null);
    }

    /** Rows were held or changed by somebody meanwhile: they are looked at once more. */
    void fromTheBeginning(Doors.Scope scope) {
        update(scope, "after_key = null");
    }

    void reached(Doors.Scope scope, String[] after, int lookedAt, int renewed) {
        update(scope, "after_key = ?, looked_at = looked_at + ?, renewed = renewed + ?", after, lookedAt, renewed);
    }

    void done(Doors.Scope scope) {
        update(scope, "done_at = ?", clock.instant());
    }

    /** When the renewal under this look-up key began: what was hashed before may be under an older one. */
    Optional<Instant> began() {
        return doors.asOwner(c -> Sql.one(c,
            "select min(started_at) as began from waymark.reseal_progress where lookup_key = ?",
            r -> Sql.instant(r, "began"), lookupKey));
    }

    private void update(Doors.Scope scope, String set, Object... values) {
        Object[] parameters = java.util.Arrays.copyOf(values, values.length + 3);
        parameters[values.length] = scope.toString();
        parameters[values.length + 1] = sealingKey;
        parameters[values.length + 2] = lookupKey;
        doors.asOwner((Connection c) -> Sql.run(c,
            "update waymark.reseal_progress set " + set + " where scope = ? and sealing_key = ? and lookup_key = ?", parameters));
    }

    private static String[] after(java.sql.ResultSet r) throws java.sql.SQLException {
        var array = r.getArray("after_key");
        return array == null ? null : (String[]) array.getArray();
    }
}
