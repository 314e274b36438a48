package uk.waymark.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import uk.waymark.platform.Sealing;

/** One row as it was read, and as it is to be: the same words under the newest keys. */
final class Row {
    private final String[] key;
    private final Map<String, Object> before = new HashMap<>();
    private final Map<String, Object> after = new HashMap<>();
    private final Set<String> unfit = new TreeSet<>();

    private Row(String[] key) {
        this.key = key;
    }

    String[] key() {
        return key;
    }

    Object before(String column) {
        return before.get(column);
    }

    Object after(String column) {
        return after.get(column);
    }

    boolean changed() {
        return before.keySet().stream().anyMatch(column -> !same(before.get(column), after.get(column)));
    }

    /** Columns, with their table, that could not be opened, or whose hash fits nothing: left as they were. */
    Set<String> unfit() {
        return unfit;
    }

    /** Takes the hashes back: another row has them already. */
    void leaveHashes(SealedTable table) {
        for (SealedTable.Hash hash : table.hashes()) {
            if (hash.from() != null && !same(before.get(hash.column()), after.get(hash.column()))) {
                after.put(hash.column(), before.get(hash.column()));
                if (hash.version() != null) {
                    after.put(hash.version(), before.get(hash.version()));
                }
                unfit.add(table.name() + '.' + hash.column());
            }
        }
    }

    static Row read(SealedTable table, Sealing sealing, ResultSet r) throws SQLException {
        var row = new Row((String[]) r.getArray("row_key").getArray());
        var plain = new HashMap<String, byte[]>();
        for (int i = 0; i < table.sealed().size(); i++) {
            row.reseal(table, table.sealed().get(i), r.getString("place_" + i), r.getObject("row_" + i, UUID.class), sealing,
                r.getBytes(table.sealed().get(i).column()), plain);
        }
        for (int i = 0; i < table.hashes().size(); i++) {
            SealedTable.Hash hash = table.hashes().get(i);
            if (hash.from() != null) {
                Array beside = hash.beside() == null ? null : r.getArray("beside_" + i);
                row.rehash(table, hash, beside == null ? null : (String[]) beside.getArray(), sealing,
                    r.getBytes(hash.column()), hash.version() == null ? null : r.getObject(hash.version()), plain.get(hash.from()));
            }
        }
        return row;
    }

    private void reseal(SealedTable table, SealedTable.Sealed column, String place, UUID id, Sealing sealing, byte[] sealed,
                        Map<String, byte[]> plain) {
        before.put(column.column(), sealed);
        after.put(column.column(), sealed);
        if (sealed == null) {
            return;
        }
        try {
            byte[] open = sealing.open(place, id, sealed);
            plain.put(column.column(), open);
            if (!marked(sealed, sealing.mark())) {
                after.put(column.column(), sealing.seal(place, id, open));
            }
        } catch (IllegalStateException e) {
            unfit.add(table.name() + '.' + column.column());
        }
    }

    /** Only a hash that fits the text under one of the keys is replaced: what was made otherwise stays what it was. */
    private void rehash(SealedTable table, SealedTable.Hash hash, String[] beside, Sealing sealing, byte[] stored, Object version,
                        byte[] plain) {
        before.put(hash.column(), stored);
        after.put(hash.column(), stored);
        if (hash.version() != null) {
            before.put(hash.version(), version);
            after.put(hash.version(), version);
        }
        if (stored == null || plain == null) {
            return;
        }
        String text = text(hash, plain, beside);
        boolean fits = text != null && Arrays.stream(sealing.keys(hash.purpose(), text)).anyMatch(k -> MessageDigest.isEqual(k, stored));
        if (fits) {
            Sealing.LookupKey newest = sealing.lookupKey(hash.purpose(), text);
            after.put(hash.column(), newest.value());
            if (hash.version() != null) {
                after.put(hash.version(), newest.version());
            }
        } else if (hash.renewable() && (hash.version() == null || !version.equals(sealing.lookupKeyId()))) {
            unfit.add(table.name() + '.' + hash.column());
        }
    }

    private static String text(SealedTable.Hash hash, byte[] plain, String[] beside) {
        try {
            return hash.text().of(new String(plain, StandardCharsets.UTF_8), beside);
        } catch (RuntimeException e) {
            return null; // not what it is taken for; its message may hold words
        }
    }

    private static boolean marked(byte[] sealed, byte[] mark) {
        return sealed.length >= mark.length && Arrays.equals(sealed, 0, mark.length, mark, 0, mark.length);
    }

    private static boolean same(Object one, Object other) {
        return one instanceof byte[] a && other instanceof byte[] b ? Arrays.equals(a, b) : java.util.Objects.equals(one, other);
    }
}
