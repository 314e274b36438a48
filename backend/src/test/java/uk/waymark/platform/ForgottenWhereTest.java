package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.nimbusds.jwt.SignedJWT;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/**
 * Queries that forget the {@code where} on purpose, as the application's login, on every table the catalogue knows, in every
 * context: they get nothing of another person or another force.
 */
class ForgottenWhereTest extends WaymarkTest {
    /**
     * Names of forces and the words that all forces share are public; keys of limits are hashes that nobody can be told by.
     * That a force's own words are its own is held by the library's TemplateStoreTest.
     */
    private static final Set<String> OPEN = Set.of("waymark.force", "waymark.rate_limit_bucket", "notifications.template");

    private Caller.Person ann;
    private Caller.Person bob;

    @BeforeAll
    void twoForcesTwoPeople() throws Exception {
        send("northmoor", recorded("f-0", "NM/F/1", at(-90), victim("f-ann", "07700 900301")),
            recorded("f-1", "NM/F/2", at(-90), victim("f-bob", "07700 900302")),
            event("f-2", "NM/F/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s")),
            event("f-3", "NM/F/2", at(-80), "suspect_arrested", Map.of("suspect_ref", "s", "detail", Map.of("en", "Mr Khan."))),
            event("f-4", "NM/F/2", at(-70), "no_such_type", Map.of()));
        send("glanafon", recorded("g-0", "GL/F/1", at(-90), victim("g-cai", "07700 900303")));
        ann = caller(withApp(SignUp.person(this, "f-ann")));
        bob = caller(withApp(SignUp.person(this, "f-bob")));
        SignUp.person(this, "glanafon", "g-cai");
        SignUp.drain(this);
    }

    private String withApp(String token) {
        api().as(token).put("/v1/me/push-registration", Map.of("token", "app-" + token.hashCode(), "platform", "web"))
            .expect(204);
        return token;
    }

    private void send(String force, Map<String, Object>... events) {
        api().as(systemToken(force)).post("/v1/bridge/events", batch(List.of(events))).expect(200);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private static Caller.Person caller(String token) throws Exception {
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        return new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")), java.time.Instant.EPOCH);
    }

    /** Every table that the application's login may select whole, with its columns. */
    private Map<String, Set<String>> tables() throws SQLException {
        var tables = new HashMap<String, Set<String>>();
        try (Connection c = database.superuser(); var s = c.createStatement(); var r = s.executeQuery("""
                select n.nspname || '.' || c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where c.relkind in ('r', 'p') and n.nspname in ('waymark', 'notifications')
                   and has_column_privilege('waymark_app', c.oid, a.attnum, 'select')""")) {
            while (r.next()) {
                tables.computeIfAbsent(r.getString(1), t -> new java.util.HashSet<>()).add(r.getString(2));
            }
        }
        OPEN.forEach(tables::remove);
        assertTrue(tables.size() > 15, () -> "only " + tables.keySet());
        return tables;
    }

    private static int count(Connection c, String sql) {
        return Sql.one(c, sql, r -> r.getInt(1)).orElseThrow();
    }

    @Test
    void nobodySeesNothing() throws Exception {
        Map<String, Set<String>> tables = tables();
        try (Connection c = database.login("waymark_app")) {
            tables.forEach((table, columns) ->
                assertEquals(0, count(c, "select count(*) from (select " + columns.iterator().next() + " from " + table + ") x"), table));
        }
        acting().as(new Caller.Nobody(), (Connection c) -> {
            tables.forEach((table, columns) -> {
                if (table.startsWith("waymark.")) {
                    assertEquals(0, count(c, "select count(*) from (select " + columns.iterator().next() + " from " + table + ") x"), table);
                }
            });
            return null;
        });
    }

    @Test
    void aForceSeesItsOwnRowsOnly() throws Exception {
        Map<String, Set<String>> tables = tables();
        for (Caller caller : List.of(new Caller.Staff(force("northmoor"), "x", Set.of("officer")), new Caller.System(force("northmoor"), "x"),
                new Caller.Worker(force("northmoor")))) {
            acting().as(caller, (Connection c) -> {
                assertTrue(count(c, "select count(*) from waymark.person") >= 2);
                assertEquals(0, count(c, "select count(*) from waymark.push_registration"));
                tables.forEach((table, columns) -> {
                    String tenant = columns.contains("force_id") ? "force_id" : columns.contains("tenant") ? "tenant" : null;
                    if (tenant != null) {
                        assertEquals(0, count(c, "select count(*) from " + table + " where " + tenant + " is distinct from '"
                            + force("northmoor") + "'"), table);
                    }
                });
                return null;
            });
        }
    }

    @Test
    void aPersonSeesTheirOwnRowsOnly() throws Exception {
        Map<String, Set<String>> tables = tables();
        List<UUID> bobs = acting().as(bob, (Connection c) -> Sql.list(c, "select id from waymark.person", r -> Sql.uuid(r, "id")));
        List<UUID> bobsCases = acting().as(bob, (Connection c) -> Sql.list(c, "select id from waymark.case_file", r -> Sql.uuid(r, "id")));
        assertEquals(1, bobs.size());
        assertEquals(1, bobsCases.size());
        acting().as(ann, (Connection c) -> {
            assertEquals(1, count(c, "select count(*) from waymark.case_file"));
            assertEquals(1, count(c, "select count(*) from waymark.person"));
            assertEquals(2, count(c, "select count(*) from waymark.timeline_entry"));
            assertEquals(1, count(c, "select count(*) from waymark.push_registration"));
            for (String staffOnly : List.of("case_event", "quarantined_event", "work_item", "suspect_number", "announcement", "text_decision")) {
                assertEquals(0, count(c, "select count(*) from waymark." + staffOnly), staffOnly);
            }
            tables.forEach((table, columns) -> {
                if (columns.contains("person_id")) {
                    assertEquals(0, count(c, "select count(*) from " + table + " where person_id = '" + bobs.getFirst() + "'"), table);
                }
                if (columns.contains("case_id")) {
                    assertEquals(0, count(c, "select count(*) from " + table + " where case_id = '" + bobsCases.getFirst() + "'"), table);
                }
                if (columns.contains("account_id")) {
                    assertEquals(0, count(c, "select count(*) from " + table + " where account_id <> '" + ann.account() + "'"), table);
                }
            });
            return null;
        });
    }

    @Test
    void aPersonWritesNothingOfACase() {
        for (String change : List.of("update waymark.person set mobile_safe = 'safe'", "update waymark.participant set removed = true",
                "update waymark.case_file set stage = 'closed'", "delete from waymark.timeline_entry",
                "insert into waymark.participant (case_id, person_id, force_id, role, facts_key) select case_id, person_id, force_id, 'victim', '' "
                    + "from waymark.participant")) {
            int changed = 0;
            try {
                changed = acting().as(ann, (Connection c) -> Sql.run(c, change));
            } catch (DatabaseFailure refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
            assertEquals(0, changed, change);
        }
    }

    @Test
    void aPersonWritesNoAuditOfAnotherPersonOrForce() {
        UUID other = acting().as(bob, (Connection c) -> Sql.one(c, "select id from waymark.person", r -> Sql.uuid(r, "id")).orElseThrow());
        String insert = "insert into waymark.audit_log (force_id, caller, action, person_id) values (?, ?, 'case_read', ?)";
        String me = "person:" + ann.account();
        assertThrows(DatabaseFailure.class, () -> acting().as(ann, (Connection c) -> Sql.run(c, insert, null, me, other)));
        assertThrows(DatabaseFailure.class, () -> acting().as(ann, (Connection c) -> Sql.run(c, insert, force("northmoor"), me, null)));
        assertEquals(1, acting().as(ann, (Connection c) -> Sql.run(c, insert, null, me, null)));
    }

    @Test
    void aForceCannotWriteForAnother() {
        assertThrows(DatabaseFailure.class, () -> acting().as(worker("northmoor"), (Connection c) -> Sql.run(c,
            "insert into waymark.person (id, force_id, source, source_person_id) values (gen_random_uuid(), ?, 'x', 'x')", force("glanafon"))));
        assertEquals(0, acting().as(worker("northmoor"), (Connection c) -> Sql.run(c,
            "update waymark.person set mobile_safe = 'unsafe' where force_id = ?", force("glanafon"))));
    }

    @Test
    void aContextEndsWithItsTransaction() throws Exception {
        try (Connection c = database.login("waymark_app")) {
            c.setAutoCommit(false);
            Sql.call(c, "select waymark.enter_force('worker', ?)", force("northmoor"));
            assertTrue(count(c, "select count(*) from waymark.person") > 0);
            c.commit();
            assertEquals(0, count(c, "select count(*) from waymark.person"));
            Sql.call(c, "select waymark.enter_force('worker', ?)", force("northmoor"));
            c.rollback();
            assertEquals(0, count(c, "select count(*) from waymark.person"));
        }
    }
}
