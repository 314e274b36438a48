package uk.waymark.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.testing.TestDatabase;

/** The registry against the database's catalogue and against the sources: no sealed column can be forgotten. */
class SealedColumnsTest {
    private static final Pattern LITERAL = Pattern.compile("\\b(?:seal|sealText)\\(\\s*\"([a-z_]+\\.[a-z_.]+)[:\"]");
    private static final Pattern CONSTANT = Pattern.compile("String ([A-Z_]+) =\\s*\"((?:notifications\\.)?[a-z_]+\\.[a-z_]+):?\"");
    private static final Pattern PURPOSE = Pattern.compile("\\b(?:sealing|sealer)\\.(?:key|keys|lookupKey)\\(\\s*\"([a-z._]+)\"");
    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
    }

    private static Set<String> ask(String sql) throws SQLException {
        try (Connection c = database.superuser()) {
            return new TreeSet<>(Sql.list(c, sql, r -> r.getString(1)));
        }
    }

    @Test
    void everyColumnOfBytesIsKnown() throws SQLException {
        var known = new TreeSet<>(SealedColumns.WITHOUT_A_KEY);
        for (SealedTable table : SealedColumns.ALL) {
            table.sealed().forEach(s -> assertTrue(known.add(table.name() + '.' + s.column()), s.column()));
            table.hashes().forEach(h -> assertTrue(known.add(table.name() + '.' + h.column()), h.column()));
        }
        assertEquals(known, ask("""
            select n.nspname || '.' || c.relname || '.' || a.attname
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where n.nspname in ('waymark', 'notifications') and c.relkind in ('r', 'p') and not c.relispartition
               and format_type(a.atttypid, a.atttypmod) in ('bytea', 'bytea[]')"""),
            "a new column of bytes belongs into SealedColumns, by the login that may write it");
    }

    @Test
    void theLoginThatRenewsATableMayWriteIt() throws SQLException {
        for (SealedTable table : SealedColumns.ALL) {
            String role = switch (table.door()) {
                case FORCE -> "waymark_app";
                case GATE -> "waymark_gate";
                case DISPATCHER -> "waymark_dispatcher";
            };
            for (SealedTable.Sealed column : table.sealed()) {
                String may = "has_column_privilege('" + role + "', '" + table.name() + "', '" + column.column() + "', ";
                assertEquals(Set.of("t"), ask("select " + may + "'update') and " + may + "'select')"),
                    table.name() + '.' + column.column());
            }
            assertEquals(Set.of("t"), ask("select has_any_column_privilege('" + role + "', '" + table.name() + "', 'select')"),
                table.name());
            assertEquals(Set.of("t"), ask("select count(*) > 0 from pg_policy where polrelid = '" + table.name()
                + "'::regclass and '" + role + "'::regrole = any(polroles)"), table.name());
        }
    }

    @Test
    void everyNameInTheSourcesIsKnown() throws IOException {
        var sealed = new TreeSet<String>();
        var purposes = new TreeSet<>(SealedColumns.PURPOSES_IN_TEXT);
        for (SealedTable table : SealedColumns.ALL) {
            table.sealed().forEach(s -> sealed.add(table.name().replaceFirst("^waymark\\.", "") + '.' + s.column()));
            table.hashes().forEach(h -> purposes.add(h.purpose()));
        }
        for (String root : List.of("src/main/java", "../notifications/src/main/java")) {
            try (var files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")
                        && !f.toString().matches(".*/(bench|sandbox)/.*")).toList()) {
                    String source = Files.readString(file);
                    if (source.contains("seal(") || source.contains("sealText(")) {
                        LITERAL.matcher(source).results().forEach(m -> assertTrue(sealed.stream().anyMatch(
                            s -> s.equals(m.group(1)) || m.group(1).endsWith(".") && s.startsWith(m.group(1))), m.group(1)));
                        CONSTANT.matcher(source).results().forEach(m -> assertTrue(
                            sealed.contains(m.group(2)) || purposes.contains(m.group(2)), m.group(2)));
                    }
                    PURPOSE.matcher(source).results().forEach(m -> assertTrue(purposes.contains(m.group(1)), m.group(1)));
                }
            }
        }
    }
}
