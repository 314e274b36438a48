package uk.waymark.keys;

import java.sql.Connection;
import java.time.Instant;
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

    /** The key of the last row that was looked at by a pass that did not come to its end; null to begin at the first. */
    String[] begin(Doors.Scope scope) {
        return doors.asOwner(c -> Sql.one(c, """
            insert into waymark.reseal_progress as p (scope, sealing_key, lookup_key, started_at) values (?, ?, ?, ?)
            on conflict (scope, sealing_key, lookup_key) do update
               set after_key = case when p.done_at is null then p.after_key end, done_at = null
            returning after_key""", Progress::after, scope.toString(), sealingKey, lookupKey, clock.instant()))
            .orElse(null);
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
