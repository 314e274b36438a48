package uk.waymark.keys;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with sealed columns or keyed hashes, and by which login its rows can be renewed.
 *
 * @param name   with its schema
 * @param sealed columns that hold sealed bytes
 * @param hashes columns that hold keyed hashes
 */
record SealedTable(String name, Door door, List<Sealed> sealed, List<Hash> hashes) {

    private static final String AGAIN = "run the command again";

    /** The login that has the right to the rows already: none gets a new one for this. */
    enum Door {
        /** The application's, as a worker of each force in turn. */
        FORCE,
        /** The owner's, with the rights of the gate: rows that belong to an account and no force. */
        GATE,
        /** The dispatcher's, which has every message. */
        DISPATCHER
    }

    /** @param place SQL: the associated data's column; @param row SQL: the associated data's row, a uuid */
    record Sealed(String column, String place, String row) { }

    /** What the hashed text is made of, from what is sealed in the same row. */
    interface Text {
        /** @param beside what the SQL of {@link Hash#beside} gave, or null */
        String of(String plain, String[] beside);
    }

    /**
     * @param purpose what it is hashed for
     * @param from    the sealed column of the row that it can be made from again; null where nothing is kept but the hash
     * @param beside  SQL: what else the text is made of, a text[]; null for nothing
     * @param version the column with the id of the key that made it; null where there is none
     * @param older   SQL: rows that are under an older key and are not renewed ({@code :began}, {@code :floor}, {@code :key});
     *                null where none is ever left
     * @param ends    for people: when they end by themselves
     */
    record Hash(String column, String purpose, String from, String beside, Text text, String version, String older, String ends) {
        /** Whether every one can be made again: otherwise some only end. */
        boolean renewable() {
            return from != null && (older == null || AGAIN.equals(ends));
        }
    }

    static SealedTable of(String name, Door door) {
        return new SealedTable(name, door, List.of(), List.of());
    }

    /** A column sealed under its own name and the row's id. */
    SealedTable seals(String column) {
        return seals(column, "'" + name.replaceFirst("^waymark\\.", "") + "." + column + "'", "id");
    }

    SealedTable seals(String column, String place, String row) {
        return new SealedTable(name, door, with(sealed, new Sealed(column, place, row)), hashes);
    }

    /** A hash that is made again from what is sealed beside it. */
    SealedTable hashes(String column, String purpose, String from, String version) {
        return hashes(new Hash(column, purpose, from, null, (plain, beside) -> plain, version,
            version == null ? null : column + " is not null and " + version + " <> :key", AGAIN));
    }

    SealedTable hashes(Hash hash) {
        return new SealedTable(name, door, sealed, with(hashes, hash));
    }

    /** A hash of which nothing else is kept. */
    SealedTable onlyHash(String column, String purpose, String older, String ends) {
        return hashes(new Hash(column, purpose, null, null, null, null, older, ends));
    }

    /** Whether any row can be renewed. */
    boolean renewable() {
        return !sealed.isEmpty();
    }

    private static <T> List<T> with(List<T> all, T one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return List.copyOf(more);
    }
}
