package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.WaymarkTest;

/** What a force asks of its provider's tokens beside the signature; the sandbox's say at+jwt and mfa. */
class StaffTokensTest extends WaymarkTest {

    private void asks(String types, String acr) throws SQLException {
        try (var owner = database.login("waymark_owner")) {
            Sql.run(owner, """
                update waymark.identity_provider set token_types = ?::text[], acr_values = ?::text[]
                 where force_id = (select id from waymark.force where code = 'northmoor')""", types, acr);
        }
    }

    private Answer read(String role, String force) {
        return api().as(staffToken(role, force)).get("/v1/staff/cases?crime_reference=NOBODYS");
    }

    @Test
    void aSecondFactorWhereTheForceAsksForIt() throws SQLException {
        read("officer", "northmoor").expect(200);
        asks("{}", "{mfa,phr}");
        read("officer", "northmoor").expect(200);
        asks("{}", "{phr}");
        read("officer", "northmoor").expect(401);
        read("officer", "glanafon").expect(200);
        // nobody signs in for a system
        api().as(systemToken("northmoor")).post("/v1/bridge/events", "{\"source\":\"rms\",\"events\":[]}").expect(422);
    }

    @Test
    void anAccessTokenAndNoOtherWhereTheForceAsksForIt() throws SQLException {
        asks("{at+jwt}", "{}");
        read("officer", "northmoor").expect(200);
        asks("{jwt}", "{}");
        read("officer", "northmoor").expect(401);
        api().as(systemToken("northmoor")).post("/v1/bridge/events", "{\"source\":\"rms\",\"events\":[]}").expect(401);
        read("officer", "glanafon").expect(200);
        asks("{}", "{}");
        read("officer", "northmoor").expect(200);
    }

    /** Whoever could make the provider's address answer with another one would choose the keys. */
    @Test
    void keysAreNotFetchedFromWhereTheProvidersAddressSendsUsOnTo() throws Exception {
        String keys = one("select jwks_uri from waymark.identity_provider p join waymark.force f on f.id = p.force_id where f.code = 'glanafon'");
        var asked = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Location", keys);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            keysOfGlanafon("http://localhost:" + elsewhere.getAddress().getPort() + "/keys");
            read("officer", "glanafon").expect(401);
            assertTrue(asked.get() > 0);
        } finally {
            elsewhere.stop(0);
            keysOfGlanafon(keys);
        }
        read("officer", "glanafon").expect(200);
    }

    private String one(String sql) throws SQLException {
        try (var owner = database.login("waymark_owner")) {
            return Sql.one(owner, sql, r -> r.getString(1)).orElseThrow();
        }
    }

    private void keysOfGlanafon(String uri) throws SQLException {
        try (var owner = database.login("waymark_owner")) {
            Sql.run(owner, """
                update waymark.identity_provider set jwks_uri = ?
                 where force_id = (select id from waymark.force where code = 'glanafon')""", uri);
        }
    }
}
