package uk.waymark.platform;

import java.sql.SQLException;
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
}
