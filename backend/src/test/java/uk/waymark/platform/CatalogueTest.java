package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.WaymarkTest;

/** PostgreSQL's own catalogue says whether the boundary holds, for every table there is: a new one cannot be forgotten. */
class CatalogueTest extends WaymarkTest {
    private static final String OURS = "n.nspname in ('waymark', 'notifications')";

    private List<String> ask(String sql) {
        try (Connection c = database.superuser(); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (r.next()) {
                rows.add(r.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyTableForcesRowLevelSecurity() {
        assertFalse(ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            + "where c.relkind in ('r', 'p') and " + OURS).isEmpty());
        assertEquals(List.of(), ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            + "where c.relkind in ('r', 'p') and " + OURS + " and c.relname not like 'flyway%' "
            + "and not (c.relrowsecurity and c.relforcerowsecurity)"));
    }

    @Test
    void noLoginOfTheApplicationIsOwnerSuperuserOrPastTheRules() {
        assertEquals(List.of(), ask("select rolname from pg_roles where rolname like 'waymark%' "
            + "and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"));
        assertEquals(List.of(), ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            + "where c.relkind in ('r', 'p', 'v', 'S') and " + OURS + " and pg_get_userbyid(c.relowner) <> 'waymark_owner'"));
        assertEquals(List.of(), ask("select m.rolname || ' is in ' || g.rolname from pg_auth_members a "
            + "join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid "
            + "where m.rolname in ('waymark_app', 'waymark_dispatcher')"));
        assertEquals(List.of("false"), ask("select rolcanlogin::text from pg_roles where rolname = 'waymark_gate'"));
    }

    @Test
    void theDispatcherHasNoRightsBeyondMessages() {
        assertEquals(List.of(), ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            + "where c.relkind in ('r', 'p', 'v') and n.nspname = 'waymark' "
            + "and has_table_privilege('waymark_dispatcher', c.oid, 'select, insert, update, delete')"));
        assertEquals(List.of("false"), ask("select has_schema_privilege('waymark_dispatcher', 'waymark', 'usage')::text"));
    }

    @Test
    void functionsThatActForTheirOwnerCannotBeMisled() {
        assertEquals(List.of(), ask("select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
            + "where p.prosecdef and " + OURS + " and not coalesce(p.proconfig::text like '%search_path=pg_catalog, pg_temp%', false)"));
        assertEquals(List.of(), ask("select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
            + "where p.prosecdef and n.nspname = 'waymark' and pg_get_userbyid(p.proowner) <> 'waymark_gate'"));
    }

    @Test
    void everyTableAndFunctionOfTheGateSaysWhatItIsFor() {
        assertEquals(List.of(), ask("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            + "where c.relkind in ('r', 'p') and not c.relispartition and " + OURS + " and c.relname not like 'flyway%' "
            + "and obj_description(c.oid, 'pg_class') is null"));
        assertEquals(List.of(), ask("select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
            + "where p.prosecdef and " + OURS + " and obj_description(p.oid, 'pg_proc') is null"));
    }
}
