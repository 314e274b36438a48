package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

class LimitsTest extends AccountTest {

    /** The real limit, 300, would make this test long. */
    @Override
    protected java.util.Map<String, Object> properties() {
        return java.util.Map.of("waymark.limits.codes-of-address", 60);
    }


    @Test
    void codesAreLimitedPerNumberKnownOrNot() {
        String number = number();
        for (int i = 0; i < 5; i++) {
            device("phone-a-" + i).post("/v1/sign-in/codes", Map.of("mobile", number)).expect(202);
        }
        Answer refused = device("phone-a-9").post("/v1/sign-in/codes", Map.of("mobile", number)).expect(429);
        int wait = Integer.parseInt(refused.header("Retry-After").orElseThrow());
        assertEquals(wait, refused.body().path("retry_after").asInt());
        assertTrue(wait > 100 && wait <= 181, "a try comes back every three minutes");
        device("phone-a-9").post("/v1/sign-in/codes", Map.of("mobile", number())).expect(202);
        clocks.advanceMachine(Duration.ofSeconds(wait));
        device("phone-a-9").post("/v1/sign-in/codes", Map.of("mobile", number)).expect(202);
    }

    /** Whoever knows a number must not be able to keep its owner out, by asking for codes or by guessing PINs. */
    @Test
    void aDeviceThatHasSignedInOnANumberIsCountedByItself() {
        Told told = victim(NORTHMOOR, "Ann", "Moss", number());
        Api owner = device("owners-phone");
        activate(owner, told, told.mobile()).expect(202);
        String access = trySignIn(owner, told.mobile(), code(told.mobile())).expect(200).at("/access_token");
        owner.as(access).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        anHourLater();
        for (int i = 0; i < 5; i++) {
            api().post("/v1/sign-in/codes", Map.of("mobile", told.mobile(), "pin", "000" + i)).expect(202);
            send();
        }
        api().post("/v1/sign-in/codes", Map.of("mobile", told.mobile(), "pin", "7392")).expect(429);
        for (int i = 0; i < 20; i++) {
            trySignIn(api(), told.mobile(), "000000").expect(401);
        }
        trySignIn(api(), told.mobile(), "000000").expect(429);
        owner.post("/v1/sign-in/codes", Map.of("mobile", told.mobile(), "pin", "7392")).expect(202);
        trySignIn(owner, told.mobile(), code(told.mobile())).expect(200);
        // the same device is nobody special on another number
        Answer other = null;
        String stranger = number();
        for (int i = 0; i < 6; i++) {
            other = owner.post("/v1/sign-in/codes", Map.of("mobile", stranger));
        }
        other.expect(429);
    }

    @Test
    void codesAreLimitedPerNumberAndDay() {
        String number = number();
        int sent = 0;
        for (int i = 0; i < 40; i++) {
            clocks.advanceMachine(Duration.ofMinutes(4));
            sent += device("phone-b-" + i).post("/v1/sign-in/codes", Map.of("mobile", number)).status() == 202 ? 1 : 0;
        }
        assertTrue(sent >= 20 && sent <= 22, "twenty, and what came back within three hours: " + sent);
    }

    @Test
    void codesAreLimitedPerDevice() {
        for (int i = 0; i < 10; i++) {
            device("one-phone").post("/v1/sign-in/codes", Map.of("mobile", number())).expect(202);
        }
        device("one-phone").post("/v1/sign-in/codes", Map.of("mobile", number())).expect(429);
        device("another-phone").post("/v1/sign-in/codes", Map.of("mobile", number())).expect(202);
    }

    @Test
    void codesAreLimitedPerAddress() {
        int status = 202;
        int sent = 0;
        while (status == 202 && sent < 70) {
            status = device("phone-c-" + sent).post("/v1/sign-in/codes", Map.of("mobile",
                "+4477009008" + (10 + sent))).status();
            sent++;
        }
        assertEquals(61, sent);
        assertEquals(429, status);
    }

    @Test
    void triesAreLimitedPerNumberOverAllCodes() {
        String number = number();
        for (int i = 0; i < 20; i++) {
            trySignIn(device("phone-d-" + i), number, "111111").expect(401);
        }
        assertTrue(trySignIn(device("phone-d-99"), number, "111111").expect(429).header("Retry-After").isPresent());
    }

    @Test
    void countersHoldNoNumberAndGoWhenTheyAreFull() throws SQLException {
        String number = number();
        ask(number).expect(202);
        try (var c = database.superuser(); var s = c.createStatement()) {
            var ids = new HashSet<String>();
            try (var rows = s.executeQuery("select id from waymark.rate_limit_bucket")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            assertTrue(ids.size() >= 3 && ids.stream().allMatch(i -> i.matches("[0-9a-f]{64}")), "keyed hashes only");
            clocks.advanceMachine(Duration.ofDays(3));
            bean(HouseKeeping.class).cleanUp();
            try (var rows = s.executeQuery("select (select count(*) from waymark.rate_limit_bucket), "
                    + "(select count(*) from waymark.sign_in_code)")) {
                rows.next();
                assertEquals(0, rows.getInt(1));
                assertEquals(0, rows.getInt(2));
            }
        }
    }

    private Api device(String id) {
        return api().with("Waymark-Device", id);
    }
}
