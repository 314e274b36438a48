package uk.waymark.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.keys.Reseal;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Keysets;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/** The audit log's chain: what the application cannot do to it, and what its check finds when the owner did it. */
class AuditChainTest extends WaymarkTest {
    private static int crimes;
    private Reading northmoor;

    /** Sealed when the test says so. */
    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.audit.seal-every", "1h");
    }

    @BeforeEach
    void somethingIsRead() {
        northmoor = new Reading(waymark, api(), "northmoor");
        var glanafon = new Reading(waymark, api(), "glanafon");
        for (Reading force : List.of(northmoor, glanafon)) {
            String id = force.crime("CH/" + ++crimes, List.of(), "Penrose", Map.of("ch-" + crimes, "", "ch-b" + crimes, ""));
            force.as("officer").get("/v1/staff/cases/" + id).expect(200);
        }
        bean(AuditSealing.class).seal();
    }

    private AuditVerification.Outcome verify() {
        return new AuditVerification(waymark.settings()).verify();
    }

    private AuditVerification.Broken broken() {
        return assertInstanceOf(AuditVerification.Broken.class, verify());
    }

    /** As whoever owns the database may, with the guards taken off and put back. */
    private void tamper(String... statements) throws SQLException {
        try (Connection c = database.superuser(); var s = c.createStatement()) {
            c.setAutoCommit(false);
            for (String table : List.of("audit_log", "audit_link", "audit_seal")) {
                s.execute("alter table waymark." + table + " disable trigger all");
            }
            for (String statement : statements) {
                assertTrue(s.executeUpdate(statement) > 0, statement);
            }
            for (String table : List.of("audit_log", "audit_link", "audit_seal")) {
                s.execute("alter table waymark." + table + " enable trigger all");
                s.execute("alter table waymark." + table + " enable always trigger no_change");
                s.execute("alter table waymark." + table + " enable always trigger no_truncate");
            }
            c.commit();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection c = database.superuser(); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }

    private String northmoorsChain() {
        return "'" + force("northmoor") + "'";
    }

    @Test
    void whatIsReadIsInTheChainOfItsForceAndHolds() throws SQLException {
        var holds = assertInstanceOf(AuditVerification.Holds.class, verify());
        var chains = holds.chains().stream().map(AuditVerification.Chain::of).toList();
        assertTrue(chains.containsAll(List.of("northmoor", "glanafon")), chains.toString());
        assertEquals(0, holds.waiting());
        assertEquals(number("select count(*) from waymark.audit_log"),
            holds.chains().stream().mapToLong(AuditVerification.Chain::links).sum());
    }

    @Test
    void whatIsNotSealedYetIsCountedAndNotMistaken() {
        acting().as(worker("northmoor"), c -> {
            bean(uk.waymark.platform.Audit.class).record(c, worker("northmoor"), "case_read", null, null);
            return null;
        });
        assertEquals(1, assertInstanceOf(AuditVerification.Holds.class, verify()).waiting());
        bean(AuditSealing.class).seal();
        assertEquals(0, assertInstanceOf(AuditVerification.Holds.class, verify()).waiting());
    }

    /** Whose row has the lower number may commit after the others were sealed: it is sealed after them. */
    @Test
    void aRowThatIsCommittedLateIsSealedLate() throws SQLException {
        var audit = bean(uk.waymark.platform.Audit.class);
        acting().as(worker("northmoor"), c -> {
            audit.record(c, worker("northmoor"), "late", null, null);
            acting().as(worker("northmoor"), other -> {
                audit.record(other, worker("northmoor"), "early", null, null);
                return null;
            });
            bean(AuditSealing.class).seal();
            return null;
        });
        bean(AuditSealing.class).seal();
        assertInstanceOf(AuditVerification.Holds.class, verify());
        String place = "select k.number from waymark.audit_link k join waymark.audit_log l on l.id = k.audit_id where l.action = ";
        assertEquals(number(place + "'early'") + 1, number(place + "'late'"));
    }

    @Test
    void theApplicationsLoginCannotAlterIt() throws SQLException {
        for (String statement : List.of("update waymark.audit_log set action = 'x'", "delete from waymark.audit_log",
                "truncate waymark.audit_log", "insert into waymark.audit_log (id, caller, action) overriding system value values (1, 'x', 'x')",
                "insert into waymark.audit_log (at, caller, action) values ('2020-01-01', 'x', 'x')",
                "select * from waymark.audit_link", "insert into waymark.audit_link select * from waymark.audit_link",
                "update waymark.audit_link set hash = ''", "delete from waymark.audit_link", "truncate waymark.audit_link cascade",
                "delete from waymark.audit_seal", "delete from waymark.audit_unsealed", "select * from waymark.audit_seal",
                "alter table waymark.audit_log disable trigger all", "drop trigger no_change on waymark.audit_log")) {
            for (Caller caller : List.of(worker("northmoor"), new Caller.Nobody())) {
                var refused = assertThrows(DatabaseFailure.class,
                    () -> acting().as(caller, (Connection c) -> Sql.run(c, statement)), statement);
                assertEquals("42501", refused.sqlState(), statement);
            }
        }
        assertInstanceOf(AuditVerification.Holds.class, verify());
    }

    @Test
    void onlyANewEndIsSignedAndNothingIsLinkedUnsigned() throws SQLException {
        long last = number("select max(number) from waymark.audit_link where chain = " + northmoorsChain());
        long open = number("""
            select k.number from waymark.audit_link k where not exists (
              select 1 from waymark.audit_seal s where s.chain = k.chain and s.number = k.number) and k.chain =\s""" + northmoorsChain()
            + " limit 1");
        for (long link : new long[] {open, last, last + 1}) {
            assertEquals("42501", assertThrows(DatabaseFailure.class, () -> acting().as(new Caller.Nobody(), (Connection c) -> {
                Sql.call(c, "select waymark.gate_sign_audit(?, ?, ?, ?)", force("northmoor"), link, new byte[] {1}, 1);
                return null;
            })).sqlState());
        }
        acting().as(worker("northmoor"), c -> {
            bean(uk.waymark.platform.Audit.class).record(c, worker("northmoor"), "case_read", null, null);
            return null;
        });
        assertThrows(RuntimeException.class, () -> acting().as(new Caller.Nobody(), (Connection c) -> {
            Sql.call(c, "select waymark.gate_seal_audit(10)");
            return null;
        }));
        assertEquals(1, assertInstanceOf(AuditVerification.Holds.class, verify()).waiting());
        bean(AuditSealing.class).seal();
        assertInstanceOf(AuditVerification.Holds.class, verify());
    }

    /** The old key can be withdrawn: what it signed is signed again by the new one, unless it does not fit. */
    @Test
    void whatAnOldKeySignedIsSignedAgain() throws Exception {
        Settings s = waymark.settings();
        String promoted = Keysets.promote(Keysets.add(Keysets.Kind.LOOKUP, s.lookupKeyset()));
        Settings alone = with(Keysets.withdraw(promoted, Keysets.keys(promoted).getFirst().id()));
        assertTrue(assertInstanceOf(AuditVerification.Broken.class, new AuditVerification(alone).verify()).what().contains("signature"));
        String last = " where chain = " + northmoorsChain() + " and number = (select max(number) from waymark.audit_link where chain = "
            + northmoorsChain() + ")";
        tamper("create table mac_before as select * from waymark.audit_seal" + last,
            "update waymark.audit_seal set mac = sha256(mac)" + last);
        assertEquals(Map.of("waymark.audit_seal.mac", 1L), reseal(with(promoted)).unfit());
        assertInstanceOf(AuditVerification.Broken.class, new AuditVerification(alone).verify());
        tamper("update waymark.audit_seal s set mac = b.mac from mac_before b where b.chain = s.chain and b.number = s.number");
        assertEquals(Map.of(), reseal(with(promoted)).unfit());
        assertInstanceOf(AuditVerification.Holds.class, new AuditVerification(alone).verify());
        assertInstanceOf(AuditVerification.Holds.class, verify(), "the old one fits as well");
        assertEquals(0, reseal(with(promoted)).renewed());
    }

    private Settings with(String lookup) {
        Settings s = waymark.settings();
        return new Settings(s.databaseUrl(), s.appPassword(), s.dispatcherPassword(), s.ownerPassword(), s.sealingKeyset(), lookup,
            s.tokenSecret(), s.publicUrl(), s.port(), s.poolSize(), s.providerTokens(), s.clientAddressHeader(), s.sandbox());
    }

    private Reseal.Done reseal(Settings settings) {
        try (var reseal = new Reseal(settings, new MachineClock(clocks.machineTime()))) {
            return reseal.run(2, Duration.ZERO, () -> true, says -> { });
        }
    }

    @Test
    void theOwnerCannotAlterItByMistake() throws SQLException {
        try (Connection owner = database.login("waymark_owner")) {
            assertEquals(0, Sql.run(owner, "update waymark.audit_log set action = 'x'"));
            assertThrows(DatabaseFailure.class, () -> Sql.run(owner, "truncate waymark.audit_link cascade"));
        }
        try (Connection c = database.superuser()) {
            assertThrows(DatabaseFailure.class, () -> Sql.run(c, "update waymark.audit_log set action = 'x'"));
            assertThrows(DatabaseFailure.class, () -> Sql.run(c, "delete from waymark.audit_link"));
        }
    }

    @Test
    void aRowThatWasChangedIsNamed() throws SQLException {
        long id = number("select min(audit_id) from waymark.audit_link where chain = " + northmoorsChain() + " and number = 2");
        String before = Long.toString(number("select length(action) from waymark.audit_log where id = " + id));
        tamper("update waymark.audit_log set unit = 'elsewhere' where id = " + id);
        var broken = broken();
        assertEquals("northmoor", broken.of(), before);
        assertEquals(2, broken.link());
        assertEquals(id, broken.auditId());
        tamper("update waymark.audit_log set unit = " + (number("select count(unit) from waymark.audit_log where id = " + (id + 1)) > 0
            ? "(select unit from waymark.audit_log where id = " + (id + 1) + ")" : "null") + " where id = " + id);
        assertInstanceOf(AuditVerification.Holds.class, verify());
    }

    @Test
    void rowsThatWereTakenAwayOrChangedPlacesAreNamed() throws SQLException {
        long last = number("select max(number) from waymark.audit_link where chain = " + northmoorsChain());
        String at = " where chain = " + northmoorsChain() + " and number = ";
        String[] swap = {"update waymark.audit_link set number = -1" + at + last,
            "update waymark.audit_link set number = " + last + at + (last - 1),
            "update waymark.audit_link set number = " + (last - 1) + at + "-1"};
        String check = "alter table waymark.audit_link drop constraint audit_link_number_check";
        try (Connection c = database.superuser(); var s = c.createStatement()) {
            s.execute(check);
        }
        tamper(swap);
        assertEquals(last - 1, broken().link());
        tamper(swap);
        assertInstanceOf(AuditVerification.Holds.class, verify());

        long gone = number("select audit_id from waymark.audit_link" + at + "1");
        tamper("create table kept as select * from waymark.audit_log where id = " + gone,
            "delete from waymark.audit_log where id = " + gone);
        assertEquals(1, broken().link());
        assertTrue(broken().what().contains("missing"), broken().what());
        tamper("insert into waymark.audit_log overriding system value select * from kept");
        assertInstanceOf(AuditVerification.Holds.class, verify());

        tamper("create table cut as select * from waymark.audit_link" + at + last, "delete from waymark.audit_link" + at + last);
        assertEquals(last, broken().link());
        assertTrue(broken().what().contains("cut off"), broken().what());
        tamper("insert into waymark.audit_link select * from cut");
        assertInstanceOf(AuditVerification.Holds.class, verify());

        tamper("insert into waymark.audit_log (force_id, caller, action) values (" + northmoorsChain() + ", 'staff:x', 'case_read')");
        assertEquals(0, broken().link(), "slipped in, with the guards off");
        tamper("delete from waymark.audit_log where caller = 'staff:x'");
        assertInstanceOf(AuditVerification.Holds.class, verify());
    }

    /** Who has the database but not the key can make hashes that fit, not a signature. */
    @Test
    void aChainThatWasMadeAnewIsNotSigned() throws SQLException {
        String last = "(select max(number) from waymark.audit_link where chain = " + northmoorsChain() + ")";
        String of = " from waymark.audit_link k join waymark.audit_log l on l.id = k.audit_id where k.chain = " + northmoorsChain()
            + " and k.number = " + last;
        tamper("create table rows_before as select l.*" + of,
            "create table links_before as select k.*" + of,
            "update waymark.audit_log set case_id = null, action = 'nothing' where id = (select id from rows_before)",
            "update waymark.audit_link k set hash = sha256((select b.hash from waymark.audit_link b where b.chain = k.chain "
                + "and b.number = k.number - 1) || convert_to(k.chain || ',' || k.number || ',' || (select waymark.audit_text(l) "
                + "from waymark.audit_log l where l.id = k.audit_id), 'UTF8')) where audit_id = (select id from rows_before)");
        assertTrue(broken().what().contains("signature"), broken().what());
        tamper("update waymark.audit_log l set case_id = b.case_id, action = b.action from rows_before b where b.id = l.id",
            "update waymark.audit_link k set hash = b.hash from links_before b where b.audit_id = k.audit_id");
        assertInstanceOf(AuditVerification.Holds.class, verify());
    }
}
