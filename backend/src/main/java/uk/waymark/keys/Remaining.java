package uk.waymark.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * What stands under older keys: whether one can be withdrawn.
 *
 * @param sealed by table and column: values that only an older key opens; empty when none needs one
 * @param hashes by table and column: hashes that only an older key finds
 * @param began  whether the renewal under the newest look-up key has begun; before that {@code hashes} says nothing
 */
public record Remaining(Map<String, Long> sealed, List<Left> hashes, boolean began) {

    /** @param ends for people: when these end by themselves */
    public record Left(String column, long rows, String ends) { }

    public boolean sealingKeyNeeded() {
        return !sealed.isEmpty();
    }

    public boolean lookupKeyNeeded() {
        return !began || !hashes.isEmpty();
    }

    static Remaining count(Doors doors, Sealing sealing, Progress progress) {
        Optional<Instant> began = progress.began();
        var sealed = new LinkedHashMap<String, Long>();
        var hashes = new LinkedHashMap<String, Left>();
        for (Doors.Scope scope : doors.scopes()) {
            SealedTable table = scope.table();
            Statements sql = doors.in(scope, c -> Statements.of(c, table, sealing));
            for (SealedTable.Sealed column : table.sealed()) {
                add(sealed, table.name() + '.' + column.column(), count(doors, scope, sql.countSealed(column)));
            }
            for (SealedTable.Hash hash : table.hashes()) {
                if (hash.older() != null && began.isPresent() && sealing.looksUpByMore()) {
                    long rows = count(doors, scope, sql.countHashes(hash, began.get().toString(), floor(began.get()).toString()));
                    if (rows > 0) {
                        String column = table.name() + '.' + hash.column();
                        hashes.merge(column, new Left(column, rows, hash.ends()),
                            (a, b) -> new Left(column, a.rows() + b.rows(), a.ends()));
                    }
                }
            }
        }
        return new Remaining(sealed, new ArrayList<>(hashes.values()), began.isPresent());
    }

    private static void add(Map<String, Long> counts, String column, long rows) {
        if (rows > 0) {
            counts.merge(column, rows, Long::sum);
        }
    }

    private static long count(Doors doors, Doors.Scope scope, String sql) {
        return doors.in(scope, c -> Sql.one(c, sql, r -> r.getLong(1)).orElseThrow());
    }

    /** The smallest version 7 UUID of a moment. */
    private static UUID floor(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L);
    }
}
