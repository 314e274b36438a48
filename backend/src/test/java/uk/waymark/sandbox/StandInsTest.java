package uk.waymark.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

class StandInsTest extends WaymarkTest {
    private static final String ACCOUNT = SandboxForces.byCode("northmoor").account().sid();
    private static final String MESSAGES = "/sandbox/twilio/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";

    @Test
    void everyRoleGetsATokenOfItsForce() {
        for (String role : List.of("witness_care", "victim_care", "officer", "supervisor", "analyst", "administrator", "system")) {
            assertTrue(staffToken(role, "glanafon").split("\\.").length == 3, role);
        }
        assertEquals(404, api().post("/sandbox/tokens", Map.of("as", "officer", "force", "nowhere")).status());
        assertEquals(400, api().post("/sandbox/tokens", Map.of("as", "king")).status());
    }

    @Test
    void theTokenIsCheckedByTheForcesOwnKeys() {
        var configuration = api().get("/sandbox/idp/northmoor/.well-known/openid-configuration").expect(200);
        assertEquals(waymark.base() + "/sandbox/idp/northmoor", configuration.at("/issuer"));
        assertEquals("RSA", api().get("/sandbox/idp/northmoor/jwks").expect(200).at("/keys/0/kty"));
        assertTrue(api().get("/sandbox/idp/northmoor/jwks").body().at("/keys/0/d").isMissingNode(), "the private part");
        api().get("/sandbox/idp/nowhere/jwks").expect(404);
    }

    @Test
    void clientCredentialsNeedTheSecret() {
        String secret = bean(IdentityStandIn.class).clientSecret(SandboxForces.byCode("northmoor"));
        var form = Map.of("grant_type", "client_credentials", "client_id", "northmoor-records", "client_secret", secret);
        assertEquals("Bearer", api().form("/sandbox/idp/northmoor/token", form).expect(200).at("/token_type"));
        api().form("/sandbox/idp/glanafon/token", form).expect(401);
        api().form("/sandbox/idp/northmoor/token", Map.of("grant_type", "password")).expect(400);
    }

    @Test
    void staffSignInByChoosingWhoTheyAreAndTheCodeWorksOnceForTheirBrowser() throws Exception {
        String verifier = "a-verifier-of-forty-three-characters-or-more-";
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(java.security.MessageDigest.getInstance("SHA-256")
            .digest(verifier.getBytes(StandardCharsets.UTF_8)));
        String back = waymark.settings().publicUrl() + "/staff/sign-in/return";
        String there = "/sandbox/idp/glanafon/authorize?response_type=code&client_id=waymark-pages&redirect_uri=" + Api.encode(back)
            + "&scope=openid&state=s%26t&nonce=n1&code_challenge=" + challenge + "&code_challenge_method=S256";
        String page = api().get(there).expect(200).text();
        assertTrue(page.contains("Ruth Pemberton") && page.contains("Farida Noor"), page);
        String location = api().get(there + "&as=supervisor").expect(303).header("location").orElseThrow();
        assertTrue(location.startsWith(back + "?code=") && location.endsWith("&state=s%26t"), location);
        String code = location.replaceFirst(".*[?]code=([^&]+)&.*", "$1");
        var form = Map.of("grant_type", "authorization_code", "code", code, "client_id", "waymark-pages", "redirect_uri", back);
        var right = new java.util.HashMap<>(form);
        right.put("code_verifier", verifier);
        api().form("/sandbox/idp/northmoor/token", right).expect(400);
        location = api().get(there + "&as=supervisor").expect(303).header("location").orElseThrow();
        right.put("code", location.replaceFirst(".*[?]code=([^&]+)&.*", "$1"));
        var tokens = api().form("/sandbox/idp/glanafon/token", right).expect(200);
        api().as(tokens.at("/access_token")).get("/v1/staff/queue/summary").expect(200);
        assertTrue(new String(Base64.getUrlDecoder().decode(tokens.at("/id_token").split("\\.")[1]), StandardCharsets.UTF_8)
            .contains("\"nonce\":\"n1\""));
        api().as(tokens.at("/id_token")).get("/v1/staff/queue").expect(401);
        api().form("/sandbox/idp/glanafon/token", right).expect(400);
        location = api().get(there + "&as=officer").expect(303).header("location").orElseThrow();
        right.put("code", location.replaceFirst(".*[?]code=([^&]+)&.*", "$1"));
        right.put("code_verifier", "another");
        api().form("/sandbox/idp/glanafon/token", right).expect(400);
        api().get(there.replace(Api.encode(back), Api.encode("https://elsewhere.example/"))).expect(400);
    }

    @Test
    void aMessageReachesItsPhone() {
        var message = Map.of("To", "+447700900010", "From", "+447700900991", "Body", "Helo ŵ & more");
        api().form(MESSAGES, message).expect(401);
        var sent = twilio().form(MESSAGES, message).expect(201);
        assertTrue(sent.at("/sid").matches("SM[0-9a-f]{32}"));
        for (String spelling : List.of("%2B447700900010", "+447700900010", "07700 900010".replace(" ", "%20"), "447700900010")) {
            var phone = api().get("/sandbox/messages?to=" + spelling).expect(200);
            assertEquals("Helo ŵ & more", phone.at("/items/0/body"), spelling);
            assertEquals("sms", phone.at("/items/0/channel"));
        }
        assertEquals(sent.at("/sid"), twilio().get(MESSAGES).expect(200).at("/messages/0/sid"));
        api().get("/sandbox/messages?to=nonsense").expect(400);
    }

    @Test
    void theListOfMessagesIsByNumberAndByTheMachinesTime() {
        Instant before = Instant.now().minusSeconds(2);
        var message = Map.of("To", "+447700900011", "From", "+447700900991", "Body", "Asked about");
        var sent = twilio().form(MESSAGES, message).expect(201);
        var list = twilio().get(MESSAGES + "?To=%2B447700900011&PageSize=200").expect(200);
        assertEquals(sent.at("/sid"), list.at("/messages/0/sid"));
        assertEquals("200", list.at("/page_size"));
        var one = twilio().get(MESSAGES.replace(".json", "/" + sent.at("/sid") + ".json")).expect(200);
        assertEquals("delivered", one.at("/status"));
        twilio().get(MESSAGES.replace(".json", "/SM" + "0".repeat(32) + ".json")).expect(404);
        Instant taken = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(list.at("/messages/0/date_created").replace("+0000", "GMT")));
        assertTrue(taken.isAfter(before) && taken.isBefore(Instant.now().plusSeconds(2)), taken.toString());
        assertEquals(0, twilio().get(MESSAGES + "?To=%2B447700900012&PageSize=200").expect(200).body().at("/messages").size());
        twilio().get(MESSAGES + "?To=nonsense").expect(400);
    }

    @Test
    void theClockGoesForwardOnly() {
        Instant before = Instant.parse(api().get("/sandbox/clock").expect(200).at("/now"));
        Instant after = Instant.parse(api().post("/sandbox/clock", Map.of("advance", "P1D")).expect(200).at("/now"));
        assertTrue(Duration.between(before.plus(Duration.ofDays(1)), after).compareTo(Duration.ofMinutes(1)) < 0);
        api().post("/sandbox/clock", Map.of("at", before.toString())).expect(409);
        api().post("/sandbox/clock", Map.of("advance", "-P1D")).expect(400);
        api().post("/sandbox/clock", Map.of("advance", "tomorrow")).expect(400);
        api().post("/sandbox/clock", Map.of()).expect(400);
        api().post("/sandbox/clock", Map.of("advance", "P1D", "at", after.toString())).expect(400);
        api().post("/sandbox/clock", Map.of("advance", "P1M")).expect(200);
    }

    private Api twilio() {
        return api().with("Authorization", "Basic " + Base64.getEncoder()
            .encodeToString((ACCOUNT + ":sandbox").getBytes(StandardCharsets.UTF_8)));
    }
}
