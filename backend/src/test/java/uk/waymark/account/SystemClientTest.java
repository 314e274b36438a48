package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.MachineClock;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A force's system gets its token from us: OAuth 2.0 client credentials, held to RFC 6749. */
class SystemClientTest extends WaymarkTest {
    private static final String TOKENS = "/v1/bridge/tokens";
    private static final String FILE = """
        code: eastmoor
        name: {en: Eastmoor Police, cy: Heddlu Eastmoor}
        system_clients:
        """;
    private ForceSetUp setUp;
    private String secret;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.system-tokens-of-address", 1000);
    }

    @BeforeAll
    void force() {
        setUp = new ForceSetUp(waymark.settings(), new MachineClock(clocks.machineTime()));
        secret = clients("eastmoor-records", "eastmoor-brief").get("eastmoor-records");
    }

    /** Those that the file names. @return secrets of the new ones */
    private Map<String, String> clients(String... names) {
        var file = new StringBuilder(FILE);
        for (String name : names) {
            file.append("  - id: ").append(name).append('\n');
        }
        return assertInstanceOf(ForceSetUp.Done.class, setUp.add(file.toString())).secrets();
    }

    private Map<String, String> credentials(String client, String clientSecret) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", client);
        form.put("client_secret", clientSecret);
        return form;
    }

    private String token(String client, String clientSecret) {
        return api().form(TOKENS, credentials(client, clientSecret)).expect(200).at("/access_token");
    }

    private static String basic(String client, String clientSecret) {
        return "Basic " + Base64.getEncoder().encodeToString((Api.encode(client) + ":" + Api.encode(clientSecret))
            .getBytes(StandardCharsets.UTF_8));
    }

    private Answer report(String token, String id) {
        String at = clocks.caseNow().minusSeconds(60).toString();
        return api().as(token).post("/v1/bridge/events", batch(recorded(id, "EM/" + id + "/26", at, victim("p-" + id, "07700 900611"))));
    }

    private void refused(String error, int status, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(error, answer.at("/error"), answer.text());
        assertTrue(answer.header("content-type").orElse("").startsWith("application/problem+json"));
        assertFalse(answer.text().contains(secret));
    }

    @Test
    void aSecretInTheFormOrByBasicGivesATokenThatReports() {
        Answer answer = api().form(TOKENS, credentials("eastmoor-records", secret)).expect(200);
        assertEquals("Bearer", answer.at("/token_type"));
        assertEquals("1800", answer.at("/expires_in"));
        assertEquals("no-store", answer.header("cache-control").orElse(""));
        assertEquals("accepted", report(answer.at("/access_token"), "form").expect(200).at("/results/0/status"));
        Answer byBasic = api().with("Authorization", basic("eastmoor-records", secret))
            .form(TOKENS, Map.of("grant_type", "client_credentials")).expect(200);
        assertEquals("accepted", report(byBasic.at("/access_token"), "basic").expect(200).at("/results/0/status"));
        api().as(staffToken("supervisor", "northmoor")).get("/v1/staff/cases?crime_reference=EM%2Fform%2F26").expect(200);
    }

    @Test
    void mistakesAreNamedAsTheRfcNamesThem() {
        refused("invalid_client", 401, api().form(TOKENS, credentials("eastmoor-records", "wms_wrong")));
        refused("invalid_client", 401, api().form(TOKENS, credentials("nobody", secret)));
        refused("invalid_client", 401, api().form(TOKENS, credentials("eastmoor-brief", secret)));
        refused("invalid_client", 401, api().form(TOKENS, credentials("a\0b", secret)));
        refused("invalid_client", 401, api().form(TOKENS, Map.of("grant_type", "client_credentials")));
        Answer wrong = api().with("Authorization", "Basic !!!").form(TOKENS, Map.of("grant_type", "client_credentials"));
        refused("invalid_client", 401, wrong);
        assertTrue(wrong.header("www-authenticate").orElse("").startsWith("Basic"));
        refused("invalid_client", 401, api().with("Authorization", basic("eastmoor-records", "x")).form(TOKENS,
            Map.of("grant_type", "client_credentials")));
        refused("invalid_request", 400, api().with("Authorization", basic("eastmoor-records", secret)).form(TOKENS,
            credentials("eastmoor-records", secret)));
        refused("invalid_request", 400, api().form(TOKENS, Map.of("client_id", "eastmoor-records", "client_secret", secret)));
        refused("unsupported_grant_type", 400, api().form(TOKENS, Map.of("grant_type", "password", "client_id", "x")));
        byte[] twice = "grant_type=client_credentials&grant_type=client_credentials".getBytes(StandardCharsets.UTF_8);
        refused("invalid_request", 400, api().send("POST", TOKENS, "application/x-www-form-urlencoded", twice));
        refused("invalid_request", 400, api().send("POST", TOKENS, "application/x-www-form-urlencoded",
            "grant_type=%zz".getBytes(StandardCharsets.UTF_8)));
        refused("invalid_request", 400, api().send("POST", TOKENS, "application/x-www-form-urlencoded", new byte[0]));
        assertEquals(415, api().post(TOKENS, credentials("eastmoor-records", secret)).status());
    }

    @Test
    void aTokenEndsAfterHalfAnHourOfMachineTime() {
        String token = token("eastmoor-records", secret);
        clocks.advanceCase(Duration.ofDays(3));
        report(token, "case-time").expect(200);
        clocks.advanceMachine(Duration.ofMinutes(29));
        report(token, "still").expect(200);
        clocks.advanceMachine(Duration.ofMinutes(2));
        report(token, "late").expect(401);
    }

    @Test
    void aRevokedClientStopsAtOnce() {
        String other = clients("eastmoor-records", "eastmoor-brief", "eastmoor-third").get("eastmoor-third");
        String token = token("eastmoor-third", other);
        report(token, "third").expect(200);
        clients("eastmoor-records", "eastmoor-brief");
        report(token, "third-2").expect(401);
        refused("invalid_client", 401, api().form(TOKENS, credentials("eastmoor-third", other)));
        String back = clients("eastmoor-records", "eastmoor-brief", "eastmoor-third").get("eastmoor-third");
        refused("invalid_client", 401, api().form(TOKENS, credentials("eastmoor-third", other)));
        report(token, "third-3").expect(401);
        report(token("eastmoor-third", back), "third-4").expect(200);
    }

    @Test
    void bothSecretsCountForADayAfterARotation() {
        String first = clients("eastmoor-records", "eastmoor-brief", "eastmoor-fourth").get("eastmoor-fourth");
        String second = rotate("eastmoor-fourth", false);
        token("eastmoor-fourth", first);
        String tokenOfFirst = token("eastmoor-fourth", first);
        token("eastmoor-fourth", second);
        String third = rotate("eastmoor-fourth", false);
        refused("invalid_client", 401, api().form(TOKENS, credentials("eastmoor-fourth", first)));
        report(tokenOfFirst, "old-secret").expect(401);
        String tokenOfSecond = token("eastmoor-fourth", second);
        clocks.advanceMachine(Duration.ofHours(25));
        refused("invalid_client", 401, api().form(TOKENS, credentials("eastmoor-fourth", second)));
        report(tokenOfSecond, "old-secret-2").expect(401);
        String tokenOfThird = token("eastmoor-fourth", third);
        String fourth = rotate("eastmoor-fourth", true);
        report(tokenOfThird, "old-secret-3").expect(401);
        report(token("eastmoor-fourth", fourth), "new-secret").expect(200);
    }

    private String rotate(String client, boolean atOnce) {
        return assertInstanceOf(ForceSetUp.Done.class, setUp.rotate("eastmoor", client, atOnce)).secrets().get(client);
    }

    @Test
    void neitherKindOfTokenPassesForTheOther() throws Exception {
        String system = token("eastmoor-records", secret);
        assertEquals(403, api().as(system).get("/v1/me").status());
        assertEquals(403, api().as(system).get("/v1/staff/queue").status());
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(recorded("sc-1", "NM/SC/1",
            clocks.caseNow().minusSeconds(60).toString(), victim("sc-v", "07700 900612")))).expect(200);
        String person = SignUp.person(this, "sc-v");
        assertEquals(403, report(person, "by-a-person").status());
        byte[] key = waymark.settings().tokenSecret();
        var claims = SignedJWT.parse(system).getJWTClaimsSet();
        var personClaims = SignedJWT.parse(person).getJWTClaimsSet();
        for (String issuer : List.of("waymark", "waymark-systems")) {
            for (String type : List.of("at+jwt", "system+jwt")) {
                assertEquals(401, report(signed(key, type, new JWTClaimsSet.Builder(claims).issuer(issuer).build()), "x").status());
                assertEquals(401, report(signed(key, "system+jwt", new JWTClaimsSet.Builder(personClaims).issuer(issuer).build()), "x").status());
            }
        }
        var forged = new JWTClaimsSet.Builder().issuer("waymark-systems").audience("waymark-bridge").subject(UUID.randomUUID().toString())
            .expirationTime(Date.from(Instant.parse("2099-01-01T00:00:00Z"))).build();
        assertEquals(401, report(signed(key, "system+jwt", forged), "x").status());
    }

    @Test
    void aNationalClientPostsListsAndNothingElse() throws Exception {
        var done = assertInstanceOf(ForceSetUp.Done.class, setUp.add("code: none\nsystem_clients: [{id: courts-lists}]\n"));
        String token = token("courts-lists", done.secrets().get("courts-lists"));
        assertEquals(403, report(token, "national").status());
        assertEquals(403, api().as(token).get("/v1/me").status());
        try (var in = getClass().getResourceAsStream("/openapi/openapi.json")) {
            var list = Api.JSON.readTree(in).at("/paths/~1v1~1bridge~1court-lists/post/requestBody/content/application~1json/examples/"
                + "crown_daily/value");
            assertEquals("1", api().as(token).post("/v1/bridge/court-lists", list).expect(200).at("/unknown_urns"));
        }
        setUp.add("code: none\nsystem_clients: []\n");
        assertEquals(401, report(token, "national").status());
    }

    private static String signed(byte[] key, String type, JWTClaimsSet claims) throws Exception {
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(type)).build(), claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }
}
