package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;

class SignInTest extends AccountTest {
    private static final String ATTEMPT = "4b0f6a52-one-exchange-of-hers";

    @Test
    void anInvitationIsTakenUpAndThePersonSeesTheirCase() {
        Told told = victim(NORTHMOOR, "Ada", "Quill", number());
        Tokens tokens = signUp(told);
        Answer me = me(tokens).expect(200);
        assertEquals(told.reference(), me.at("/cases/0/crime_reference"));
        assertEquals("victim", me.at("/cases/0/role"));
        assertEquals(NORTHMOOR, me.at("/cases/0/force/code"));
        assertFalse(me.body().path("has_pin").asBoolean());
        assertEquals(List.of(told.reference()), references(again(told.mobile())));
    }

    @Test
    void aCodeWorksOnceAndOnlyTheNewestDoes() {
        Told told = victim(NORTHMOOR, "Ben", "Quill", number());
        signUp(told);
        ask(told.mobile()).expect(202);
        String older = code(told.mobile());
        ask(told.mobile()).expect(202);
        String newer = code(told.mobile());
        if (!older.equals(newer)) {
            trySignIn(api(), told.mobile(), older).expect(401);
        }
        signIn(told.mobile(), newer.substring(0, 3) + " " + newer.substring(3));
        trySignIn(api(), told.mobile(), newer).expect(401);
    }

    @Test
    void aCodeLastsTenMinutes() {
        Told told = victim(NORTHMOOR, "Cat", "Quill", number());
        signUp(told);
        ask(told.mobile()).expect(202);
        String code = code(told.mobile());
        clocks.advanceMachine(Duration.ofMinutes(10).plusSeconds(1));
        trySignIn(api(), told.mobile(), code).expect(401);
    }

    @Test
    void fiveWrongCodesEndTheCode() {
        Told told = victim(NORTHMOOR, "Dan", "Quill", number());
        signUp(told);
        ask(told.mobile()).expect(202);
        String code = code(told.mobile());
        String wrong = code.equals("111111") ? "222222" : "111111";
        for (int i = 0; i < 4; i++) {
            trySignIn(api(), told.mobile(), wrong).expect(401);
        }
        signIn(told.mobile(), code);
        ask(told.mobile()).expect(202);
        code = code(told.mobile());
        wrong = code.equals("111111") ? "222222" : "111111";
        for (int i = 0; i < 5; i++) {
            trySignIn(api(), told.mobile(), wrong).expect(401);
        }
        trySignIn(api(), told.mobile(), code).expect(401);
    }

    @Test
    void aRefusalIsTheSameWhateverIsWrong() {
        Told told = victim(NORTHMOOR, "Eve", "Quill", number());
        signUp(told);
        ask(told.mobile()).expect(202);
        String code = code(told.mobile());
        Answer wrong = trySignIn(api(), told.mobile(), code.equals("111111") ? "222222" : "111111").expect(401);
        signIn(told.mobile(), code);
        Answer used = trySignIn(api(), told.mobile(), code).expect(401);
        String stranger = number();
        Answer unknown = trySignIn(api(), stranger, "111111").expect(401);
        ask(stranger).expect(202);
        Answer asked = trySignIn(api(), stranger, "111111").expect(401);
        for (Answer other : List.of(used, unknown, asked)) {
            assertEquals(wrong.text(), other.text());
            assertEquals(SameWorkTest.comparable(wrong), SameWorkTest.comparable(other));
        }
        assertTrue(codes(stranger).isEmpty(), "an unknown number receives nothing");
    }

    @Test
    void aNumberThatCannotBeOneIsNamed() {
        for (String mobile : List.of("nonsense", "+1 23 45", "020 7946 0958", "07700\u0000900123",
            "\u202e\u202e\u202e\u202e\u202e")) {
            Answer answer = api().post("/v1/sign-in/codes", Map.of("mobile", mobile));
            assertEquals(400, answer.status(), mobile);
            assertEquals("/mobile", answer.at("/errors/0/pointer"), answer.text());
        }
        api().post("/v1/sign-in/codes", Map.of("mobile", number(), "pin", "12x4")).expect(400);
        api().post("/v1/sign-in/codes", Map.of("mobile", number(), "surprise", 1)).expect(400);
    }

    @Test
    void aRefreshTokenRotatesAndTwiceEndsTheSession() {
        Tokens first = signUp(victim(NORTHMOOR, "Fay", "Quill", number()));
        Answer second = refresh(first.refresh()).expect(200);
        assertNotEquals(first.refresh(), second.at("/refresh_token"));
        Tokens now = new Tokens(second.at("/access_token"), second.at("/refresh_token"));
        me(now).expect(200);
        refresh(first.refresh()).expect(401);
        me(now).expect(401);
        me(first).expect(401);
        refresh(now.refresh()).expect(401);
        refresh("rt_nobody-ever-had-this-one").expect(401);
    }

    @Test
    void anExchangeWhoseAnswerWasLostIsAskedForAgain() {
        Tokens first = signUp(victim(NORTHMOOR, "Nia", "Quill", number()));
        Answer lost = refresh(first.refresh(), ATTEMPT).expect(200);
        clocks.advanceMachine(Duration.ofMinutes(20)); // a tunnel
        Answer lostToo = refresh(first.refresh(), ATTEMPT).expect(200);
        clocks.advanceMachine(Duration.ofMinutes(20));
        Answer got = refresh(first.refresh(), ATTEMPT).expect(200);
        me(new Tokens(got.at("/access_token"), "")).expect(200);
        Answer next = refresh(got.at("/refresh_token"), "another-exchange-of-hers").expect(200);
        me(new Tokens(next.at("/access_token"), "")).expect(200);
        refresh(lostToo.at("/refresh_token"), ATTEMPT).expect(401);
        me(new Tokens(next.at("/access_token"), "")).expect(401);
        refresh(lost.at("/refresh_token"), ATTEMPT).expect(401);
    }

    @Test
    void whatWasLostIsNobodysAndEndsTheSessionWhereSomebodyHasItAfterAll() {
        Tokens first = signUp(victim(NORTHMOOR, "Oli", "Quill", number()));
        Answer lost = refresh(first.refresh(), ATTEMPT).expect(200);
        Answer got = refresh(first.refresh(), ATTEMPT).expect(200);
        refresh(lost.at("/refresh_token"), ATTEMPT).expect(401);
        me(new Tokens(got.at("/access_token"), "")).expect(401);
        refresh(got.at("/refresh_token")).expect(401);
    }

    @Test
    void anExchangeIsNotRepeatedBySomebodyElseNorAfterWhatCameOfItNorLate() {
        Tokens copied = signUp(victim(NORTHMOOR, "Pia", "Quill", number()));
        Answer hers = refresh(copied.refresh(), ATTEMPT).expect(200);
        refresh(copied.refresh(), "what-a-thief-would-say").expect(401);
        me(new Tokens(hers.at("/access_token"), "")).expect(401);

        Tokens used = signUp(victim(NORTHMOOR, "Quin", "Quill", number()));
        Answer arrived = refresh(used.refresh(), ATTEMPT).expect(200);
        Answer after = refresh(arrived.at("/refresh_token")).expect(200);
        refresh(used.refresh(), ATTEMPT).expect(401);
        me(new Tokens(after.at("/access_token"), "")).expect(401);

        Tokens late = signUp(victim(NORTHMOOR, "Rob", "Quill", number()));
        Answer lost = refresh(late.refresh(), ATTEMPT).expect(200);
        clocks.advanceMachine(Duration.ofHours(1));
        refresh(late.refresh(), ATTEMPT).expect(401);
        refresh(lost.at("/refresh_token")).expect(401);

        Tokens silent = signUp(victim(NORTHMOOR, "Sue", "Quill", number()));
        refresh(silent.refresh()).expect(200);
        refresh(silent.refresh(), ATTEMPT).expect(401);
        for (String attempt : List.of("", "short", "x".repeat(101))) {
            refresh(silent.refresh(), attempt).expect(400);
        }
    }

    @Test
    void aRefreshTokenSlidesForThirtyDays() {
        Tokens tokens = signUp(victim(NORTHMOOR, "Gus", "Quill", number()));
        String token = tokens.refresh();
        for (int i = 0; i < 3; i++) {
            clocks.advanceMachine(Duration.ofDays(29));
            token = refresh(token).expect(200).at("/refresh_token");
        }
        clocks.advanceMachine(Duration.ofDays(30));
        refresh(token).expect(401);
    }

    @Test
    void aCachedTokenEndsWithItsSessionOnEveryInstance() {
        Told told = victim(NORTHMOOR, "Hal", "Quill", number());
        Tokens first = signUp(told);
        try (var other = secondInstance()) {
            Tokens signedOut = again(told.mobile());
            me(other, signedOut).expect(200);
            api().as(signedOut.access()).delete("/v1/sign-in/session").expect(204);
            me(other, signedOut).expect(401);
            refresh(signedOut.refresh()).expect(401);
            api().as(signedOut.access()).delete("/v1/sign-in/session").expect(401);

            Tokens left = again(told.mobile());
            me(other, left).expect(200);
            api().as(left.access()).post("/v1/exit", null).expect(204);
            me(other, left).expect(401);

            Tokens reused = again(told.mobile());
            me(other, reused).expect(200);
            refresh(reused.refresh()).expect(200);
            refresh(reused.refresh()).expect(401);
            me(other, reused).expect(401);

            Tokens removed = again(told.mobile());
            me(other, removed).expect(200);
            String device = api().as(removed.access()).get("/v1/me/devices").expect(200).at("/items/0/id");
            assertEquals(2, api().as(first.access()).get("/v1/me/devices").body().path("items").size());
            api().as(first.access()).delete("/v1/me/devices/" + device).expect(204);
            me(other, removed).expect(401);
            api().as(first.access()).delete("/v1/me/devices/" + device).expect(404);

            api().as(first.access()).delete("/v1/me/devices").expect(204);
            me(other, first).expect(401);
        }
    }

    @Test
    void leavingWorksWithADeadTokenAndWithNone() {
        Tokens tokens = signUp(victim(NORTHMOOR, "Ida", "Quill", number()));
        clocks.advanceMachine(Duration.ofMinutes(11));
        me(tokens).expect(401);
        api().as(tokens.access()).post("/v1/exit", null).expect(204);
        refresh(tokens.refresh()).expect(401);
        api().as(tokens.access()).post("/v1/exit", null).expect(204);
        api().as("nonsense").post("/v1/exit", null).expect(204);
        api().post("/v1/exit", null).expect(204);
    }

    @Test
    void ofManyAtOnceOneCodeOpensOneSessionAndOneRefreshTokenGivesOneAnswer() {
        Told told = victim(NORTHMOOR, "Lee", "Quill", number());
        signUp(told);
        ask(told.mobile()).expect(202);
        String code = code(told.mobile());
        List<Answer> signIns = atOnce(() -> trySignIn(api(), told.mobile(), code));
        assertEquals(1, signIns.stream().filter(a -> a.status() == 200).count());
        assertEquals(7, signIns.stream().filter(a -> a.status() == 401).count());
        Answer in = signIns.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
        List<Answer> refreshes = atOnce(() -> refresh(in.at("/refresh_token")));
        assertEquals(1, refreshes.stream().filter(a -> a.status() == 200).count());
        for (Answer answer : refreshes) {
            if (answer.status() == 200) {
                refresh(answer.at("/refresh_token")).expect(401);
            }
        }
        me(new Tokens(in.at("/access_token"), "")).expect(401);
    }

    private static List<Answer> atOnce(Callable<Answer> call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Collections.nCopies(8, call)).stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nobodyRemovesAnotherAccountsDevice() {
        Tokens mine = signUp(victim(NORTHMOOR, "Joy", "Quill", number()));
        Tokens theirs = signUp(victim(NORTHMOOR, "Kit", "Marsh", number()));
        String device = api().as(theirs.access()).get("/v1/me/devices").expect(200).at("/items/0/id");
        api().as(mine.access()).delete("/v1/me/devices/" + device).expect(404);
        me(theirs).expect(200);
        assertEquals(1, api().as(mine.access()).get("/v1/me/devices").body().path("items").size());
    }

    private Answer refresh(String token) {
        return api().post("/v1/sign-in/refreshes", Map.of("refresh_token", token));
    }

    private Answer refresh(String token, String attempt) {
        return api().post("/v1/sign-in/refreshes", Map.of("refresh_token", token, "attempt", attempt));
    }
}
