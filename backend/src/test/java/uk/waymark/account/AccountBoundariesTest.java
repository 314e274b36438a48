package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the logins reach of accounts when a where clause, or a whole context, was forgotten. */
class AccountBoundariesTest extends AccountTest {
    private static final String DENIED = "42501";
    private static final List<String> TABLES = List.of("account", "account_person", "device_session", "refresh_token",
        "invitation", "sign_in_code", "idempotency_key");

    @Test
    void whoSaysNothingSeesNothing() throws SQLException {
        signUp(victim(NORTHMOOR, "Ada", "Fence", number()));
        for (String role : List.of("waymark_app", "waymark_dispatcher")) {
            try (var c = database.login(role)) {
                for (String table : TABLES) {
                    assertEquals(0, visible(c, table), role + " " + table);
                }
            }
        }
    }

    @Test
    void aPersonSeesTheirOwnAndNeverTheNumber() throws SQLException {
        Tokens mine = signUp(victim(NORTHMOOR, "Bea", "Fence", number()));
        signUp(victim(NORTHMOOR, "Cat", "Fence", number()));
        try (var c = database.login("waymark_app")) {
            c.setAutoCommit(false);
            assertTrue(enter(c, UUID.fromString(device(mine))));
            assertEquals(1, count(c, "select count(id) from waymark.account"));
            assertEquals(1, count(c, "select count(*) from waymark.device_session"));
            assertEquals(1, count(c, "select count(*) from waymark.account_person"));
            assertEquals(0, count(c, "select count(*) from waymark.invitation"));
            assertEquals(1, count(c, "select count(*) from waymark.person"));
            for (String asked : List.of("select number from waymark.account", "select * from waymark.refresh_token",
                    "select * from waymark.sign_in_code", "update waymark.account set retired_at = null",
                    "update waymark.device_session set account_id = account_id")) {
                assertEquals(DENIED, assertThrows(SQLException.class, () -> count(c, asked), asked).getSQLState());
                c.rollback();
                enter(c, UUID.fromString(device(mine)));
            }
        }
    }

    @Test
    void aForceSeesNoAccountAndOnlyItsOwnLinks() {
        String number = number();
        Told north = victim(NORTHMOOR, "Dee", "Fence", number);
        Told west = victim(GLANAFON, "Dee", "Fence", number);
        signUp(north);
        signUp(west);
        int[] seen = acting().as(worker(GLANAFON), (Connection c) -> {
            try {
                return new int[] {count(c, "select count(id) from waymark.account"),
                    count(c, "select count(*) from waymark.device_session"),
                    count(c, "select count(*) from waymark.account_person where person_id = '" + north.id() + "'"),
                    count(c, "select count(*) from waymark.account_person where person_id = '" + west.id() + "'")};
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(List.of(0, 0, 0, 1), java.util.Arrays.stream(seen).boxed().toList());
    }

    @Test
    void anEndedSessionDoesNotEnter() throws SQLException {
        Tokens tokens = signUp(victim(NORTHMOOR, "Eli", "Fence", number()));
        UUID session = UUID.fromString(device(tokens));
        api().as(tokens.access()).delete("/v1/sign-in/session").expect(204);
        try (var c = database.login("waymark_app")) {
            c.setAutoCommit(false);
            assertFalse(enter(c, session));
            assertFalse(enter(c, UUID.randomUUID()));
            assertEquals(0, count(c, "select count(*) from waymark.person"));
        }
    }

    private String device(Tokens tokens) {
        return api().as(tokens.access()).get("/v1/me/devices").expect(200).at("/items/0/id");
    }

    private static boolean enter(Connection c, UUID session) throws SQLException {
        try (var s = c.prepareStatement("select waymark.enter_person(?)")) {
            s.setObject(1, session);
            try (var rows = s.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Nothing to see and no right to look come to the same. */
    private static int visible(Connection c, String table) throws SQLException {
        try {
            return count(c, "select count(*) from waymark." + table);
        } catch (SQLException e) {
            assertEquals(DENIED, e.getSQLState());
            return 0;
        }
    }

    private static int count(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement()) {
            if (!s.execute(sql)) {
                return s.getUpdateCount();
            }
            try (var rows = s.getResultSet()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
