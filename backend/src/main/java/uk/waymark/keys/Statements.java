package uk.waymark.keys;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The SQL of one table, from the registry and the table's own primary key. Key ids are no secret. */
final class Statements {
    private final SealedTable table;
    private final List<Part> key;
    private final String mark;
    private final int lookupKey;

    /** A column of the primary key and its type. */
    private record Part(String name, String type) { }

    private Statements(SealedTable table, List<Part> key, Sealing sealing) {
        this.table = table;
        this.key = key;
        this.mark = "'\\x" + HexFormat.of().formatHex(sealing.mark()) + "'::bytea";
        this.lookupKey = sealing.lookupKeyId();
    }

    static Statements of(Connection c, SealedTable table, Sealing sealing) {
        return new Statements(table, Sql.list(c, """
            select a.attname, format_type(a.atttypid, a.atttypmod) as type
              from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(attnum, place)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
             where i.indrelid = ?::regclass and i.indisprimary order by k.place""",
            r -> new Part(r.getString("attname"), r.getString("type")), table.name()), sealing);
    }

    /** Rows after a key of which anything may be under an older one, in order. Takes the key, unless at the beginning, and how many. */
    String page(boolean fromTheBeginning) {
        return "select array[" + key.stream().map(k -> k.name() + "::text").collect(Collectors.joining(", ")) + "] as row_key"
            + named().stream().map(name -> ", " + name).collect(Collectors.joining())
            + " from " + table.name() + " where (" + String.join(" or ", older()) + ")"
            + (fromTheBeginning ? "" : " and (" + names() + ") > (" + key.stream().map(k -> "?::" + k.type())
                .collect(Collectors.joining(", ")) + ")")
            + " order by " + names() + " limit ?";
    }

    /**
     * Writes one row unless it was changed since it was read, or somebody holds it: this never waits for a row while it holds
     * others. Takes the new values, the key, the key again, the old values.
     */
    String update() {
        String its = key.stream().map(k -> k.name() + " = ?::" + k.type()).collect(Collectors.joining(" and "));
        return "update " + table.name() + " set "
            + columns().stream().map(column -> column + " = " + parameter(column)).collect(Collectors.joining(", "))
            + " where " + its + " and (" + names() + ") = (select " + names() + " from " + table.name() + " where " + its
            + columns().stream().map(column -> " and " + column + " is not distinct from " + parameter(column)).collect(Collectors.joining())
            + " for no key update skip locked)";
    }

    /** What {@link #update} writes: sealed columns, hashes that can be made again, and which key made them. */
    Set<String> columns() {
        var columns = new TreeSet<String>();
        table.sealed().forEach(s -> columns.add(s.column()));
        table.hashes().stream().filter(h -> h.from() != null).forEach(h -> {
            columns.add(h.column());
            if (h.version() != null) {
                columns.add(h.version());
            }
        });
        return columns;
    }

    /** How many values of a sealed column stand under another key than the newest. */
    String countSealed(SealedTable.Sealed column) {
        return "select count(*) from " + table.name() + " where " + older(column);
    }

    /** How many hashes stand under an older key and are not renewed. Takes nothing. */
    String countHashes(SealedTable.Hash hash, String began, String floor) {
        return "select count(*) from " + table.name() + " where " + hash.older().replace(":key", Integer.toString(lookupKey))
            .replace(":began", "'" + began + "'::timestamptz").replace(":floor", "'" + floor + "'::uuid");
    }

    private List<String> older() {
        var conditions = new ArrayList<String>();
        table.sealed().forEach(column -> conditions.add(older(column)));
        table.hashes().stream().filter(h -> h.from() != null).forEach(h -> conditions.add(h.version() == null
            ? h.from() + " is not null" : "(" + h.column() + " is not null and " + h.version() + " <> " + lookupKey + ")"));
        return conditions;
    }

    private String older(SealedTable.Sealed column) {
        return "(" + column.column() + " is not null and substring(" + column.column() + " from 1 for length(" + mark + ")) <> "
            + mark + ")";
    }

    private List<String> named() {
        var named = new ArrayList<>(columns());
        for (int i = 0; i < table.sealed().size(); i++) {
            named.add(table.sealed().get(i).place() + " as place_" + i);
            named.add(table.sealed().get(i).row() + " as row_" + i);
        }
        for (int i = 0; i < table.hashes().size(); i++) {
            if (table.hashes().get(i).beside() != null) {
                named.add(table.hashes().get(i).beside() + " as beside_" + i);
            }
        }
        return named;
    }

    private String parameter(String column) {
        return table.hashes().stream().anyMatch(h -> column.equals(h.version())) ? "?::int" : "?::bytea";
    }

    private String names() {
        return key.stream().map(Part::name).collect(Collectors.joining(", "));
    }
}
