package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** What staff read out on a call: only after the agreed word, once, for minutes, and never sent. */
class SpokenCodesTest extends AccountTest {
    private static final String WORD = "Crème brûlée";

    private Told agreed(String name, boolean flagged) {
        String id = "spoken-" + name;
        Told told = report(NORTHMOOR, "REF/" + id, flagged ? List.of("domestic_abuse") : List.of(),
            person(id, name, "Frost", number(), "safe")).getFirst();
        var choices = new ContactChoices(null, null, null, null, null, null, WORD, null, null, null, null, null, null, true);
        acting().as(worker(NORTHMOOR), (Connection c) -> Sql.run(c,
            "insert into waymark.contact_choice (person_id, force_id, choices) values (?, ?, ?)", told.id(), force(NORTHMOOR),
            bean(ContactChoicesStore.class).seal(told.id(), choices)));
        return told;
    }

    private Answer make(Told told, String role, String what, String word) {
        return api().as(staffToken(role, NORTHMOOR)).post("/v1/staff/people/" + told.id() + "/" + what,
            Map.of("agreed_word", word, "call", Map.of()));
    }

    private String readOut(Told told) {
        return make(told, "officer", "sign-in-codes", "creme brulee!").expect(201).at("/code");
    }

    private String reset(Told told) {
        return make(told, "supervisor", "pin-reset", "CREME BRULEE").expect(201).at("/code");
    }

    /** @param more such as {@code "mobile", "07700 900123"} */
    private static Answer with(Api api, String code, String... more) {
        var body = new HashMap<String, Object>(Map.of("code", code, "device", Map.of("name", "A friend's", "platform", "web")));
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return api.post("/v1/sign-in/tokens", body);
    }

    @Test
    void onlyAfterTheAgreedWordAndNotForEver() {
        Told told = agreed("Ada", false);
        Told none = victim(NORTHMOOR, "Bee", "Frost", number());
        Answer wrong = make(told, "witness_care", "sign-in-codes", "marmalade").expect(422);
        Answer notAgreed = make(none, "witness_care", "sign-in-codes", "marmalade").expect(422);
        assertEquals(wrong.text(), notAgreed.text());
        for (int i = 0; i < 4; i++) {
            make(told, "supervisor", "sign-in-codes", "a" + i).expect(422);
        }
        make(told, "officer", "sign-in-codes", WORD).expect(429);
        clocks.advanceMachine(Duration.ofMinutes(4));
        make(told, "officer", "sign-in-codes", WORD).expect(201);
        assertEquals(List.of("sign_in_code"), workItems(told, "code_read_out"));
        assertEquals(List.of("agreed_word_wrong", "sign_in_code_read_out"), actions(told));
        for (String role : List.of("analyst", "administrator", "system")) {
            make(told, role, "sign-in-codes", WORD).expect(403);
        }
        api().as(staffToken("officer", GLANAFON)).post("/v1/staff/people/" + told.id() + "/sign-in-codes",
            Map.of("agreed_word", WORD, "call", Map.of())).expect(404);
    }

    private List<String> actions(Told told) {
        try (var c = database.superuser(); var s = c.prepareStatement("select distinct action from waymark.audit_log where "
                + "person_id = ? and action in ('agreed_word_wrong', 'sign_in_code_read_out', 'pin_reset') order by action")) {
            s.setObject(1, told.id());
            try (var rows = s.executeQuery()) {
                var actions = new java.util.ArrayList<String>();
                while (rows.next()) {
                    actions.add(rows.getString(1));
                }
                return actions;
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallThatIsNotGoingOnIsNone() {
        Told told = agreed("Cal", false);
        for (Duration off : List.of(Duration.ofHours(-2), Duration.ofHours(1))) {
            Answer answer = api().as(staffToken("officer", NORTHMOOR)).post("/v1/staff/people/" + told.id() + "/sign-in-codes",
                Map.of("agreed_word", WORD, "call", Map.of("at", clocks.caseNow().plus(off).toString()))).expect(422);
            assertEquals("/call/at", answer.at("/errors/0/pointer"));
        }
    }

    @Test
    void whoHasNoSafeNumberSignsUpAndInWithoutOne() {
        Told told = agreed("Dot", false);
        String invitation = invitationCode(told);
        String code = readOut(told);
        assertTrue(code.matches("\\d{4} \\d{4} \\d{4}"));
        send(); // the invitation itself
        int before = messages(told.mobile()).body().path("items").size();
        with(api(), code, "crime_reference", "SOMEBODY/ELSES").expect(401);
        Answer in = with(api(), code, "crime_reference", told.reference().toLowerCase()).expect(200);
        with(api(), code, "crime_reference", told.reference()).expect(401); // once
        assertEquals(List.of(told.reference()), references(new Tokens(in.at("/access_token"), "")));
        send();
        assertEquals(before, messages(told.mobile()).body().path("items").size(), "nothing was sent");
        // no number is on the account: asking for a code by SMS opens nothing
        ask(told.mobile()).expect(202);
        send();
        assertEquals(before, messages(told.mobile()).body().path("items").size());
        api().post("/v1/sign-in/activations", Map.of("invitation_code", invitation, "crime_reference", told.reference(), "mobile",
            told.mobile())).expect(422);
        // the next one is read out for the same account
        Answer again = with(api(), readOut(told).replace(" ", ""), "crime_reference", told.reference()).expect(200);
        assertEquals(me(new Tokens(in.at("/access_token"), "")).at("/account_id"),
            me(new Tokens(again.at("/access_token"), "")).at("/account_id"));
    }

    @Test
    void itRunsOutAndANewOneWithdrawsTheLast() {
        Told told = agreed("Eli", false);
        signUp(told);
        String first = readOut(told);
        String second = readOut(told);
        with(api(), first, "mobile", told.mobile()).expect(401);
        clocks.advanceMachine(Duration.ofMinutes(15).plusSeconds(1));
        with(api(), second, "mobile", told.mobile()).expect(401);
        with(api(), readOut(told), "mobile", "07700 900999").expect(401);
        with(api(), "111122223333", "mobile", told.mobile()).expect(401);
        assertEquals("/mobile", with(api(), "111122223333").expect(400).at("/errors/0/pointer"));
        with(api(), "111122", "crime_reference", told.reference()).expect(401);
        with(api(), readOut(told), "mobile", told.mobile()).expect(200);
    }

    @Test
    void itTakesThePinAsWell() {
        Told told = agreed("Fee", true);
        Tokens tokens = signUp(told);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        String code = readOut(told);
        Answer missing = with(api(), code, "mobile", told.mobile()).expect(401);
        Answer wrong = with(api(), code, "mobile", told.mobile(), "pin", "1111").expect(401);
        Answer unknown = with(api(), "000011112222", "mobile", told.mobile(), "pin", "7392").expect(401);
        assertEquals(missing.text(), wrong.text());
        assertEquals(missing.text(), unknown.text());
        with(api(), code, "mobile", told.mobile(), "pin", "7392").expect(200);
        String other = readOut(told);
        for (int i = 0; i < 5; i++) {
            with(api(), other, "mobile", told.mobile(), "pin", "000" + i).expect(401);
        }
        with(api(), other, "mobile", told.mobile(), "pin", "7392").expect(401);
    }

    @Test
    void aFlaggedPersonWithoutAPinGetsInAndSetsOne() {
        Told told = agreed("Gus", true);
        signUp(told);
        Answer in = with(api(), readOut(told), "mobile", told.mobile(), "new_pin", "1638").expect(200);
        Answer me = me(new Tokens(in.at("/access_token"), "")).expect(200);
        assertTrue(me.body().path("has_pin").asBoolean());
        int before = codes(told.mobile()).size();
        ask(told.mobile(), "1638").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
    }

    @Test
    void aResetSignsOutEverywhereAndTheOldPinHoldsUntilTheNewOneIsChosen() {
        Told told = agreed("Hew", true);
        Tokens tokens = signUp(told);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        assertEquals("urn:waymark:problem:supervisor-needed",
            make(told, "officer", "pin-reset", WORD).expect(409).at("/type"));
        me(tokens).expect(200);
        String unused = reset(told);
        me(tokens).expect(401);
        clocks.advanceMachine(Duration.ofMinutes(20));
        with(api(), unused, "mobile", told.mobile(), "new_pin", "7391").expect(401);
        ask(told.mobile(), "7392").expect(202);
        Tokens old = signIn(told.mobile(), code(told.mobile()));
        String code = reset(told);
        me(old).expect(401);
        assertEquals("/new_pin", with(api(), code, "mobile", told.mobile()).expect(422).at("/errors/0/pointer"));
        ask(told.mobile(), "7392").expect(202);
        Tokens between = signIn(told.mobile(), code(told.mobile()));
        assertEquals("/new_pin", with(api(), code, "mobile", told.mobile(), "new_pin", "1234").expect(422).at("/errors/0/pointer"));
        with(api(), code, "crime_reference", told.reference(), "new_pin", "7391").expect(200);
        me(between).expect(401);
        int before = codes(told.mobile()).size();
        ask(told.mobile(), "7392").expect(202);
        ask(told.mobile(), "7391").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
        assertEquals(List.of("pin_reset", "pin_reset"), workItems(told, "code_read_out"));
    }

    @Test
    void thePinOfAFlaggedPersonIsNotResetThroughWhoSharesTheAccount() {
        Told son = agreed("Sam", false);
        var mother = person("spoken-mother", "Ada", "Frost", son.mobile(), "safe");
        Told her = report(NORTHMOOR, "REF/spoken-mother", List.of("domestic_abuse"), mother).getFirst();
        Tokens tokens = signUp(son);
        activate(api().as(tokens.access()), her, son.mobile()).expect(202);
        Tokens both = signIn(son.mobile(), code(son.mobile()));
        assertEquals(2, references(both).size());
        assertEquals("urn:waymark:problem:supervisor-needed", make(son, "officer", "pin-reset", WORD).expect(409).at("/type"));
        reset(son);
        assertEquals(List.of("pin_reset"), workItems(her, "code_read_out"));
        assertEquals(List.of("pin_reset"), workItems(son, "code_read_out"));
    }

    @Test
    void whoHasNotSignedUpHasNoPinToReset() {
        Told told = agreed("Ian", false);
        assertEquals("urn:waymark:problem:not-signed-up",
            make(told, "supervisor", "pin-reset", WORD).expect(409).at("/type"));
    }

    @Test
    void theSameRequestTwiceMakesOneCodeAndShowsItOnce() {
        Told told = agreed("Jan", false);
        Api keyed = api().as(staffToken("officer", NORTHMOOR)).with("Idempotency-Key", "a-call");
        String path = "/v1/staff/people/" + told.id() + "/sign-in-codes";
        var body = Map.of("agreed_word", WORD, "call", Map.of());
        Answer first = keyed.post(path, body).expect(201);
        Answer second = keyed.post(path, body).expect(201);
        assertNotNull(first.at("/code"));
        assertEquals(first.at("/id"), second.at("/id"));
        assertFalse(second.body().has("code"));
        with(api(), first.at("/code"), "crime_reference", told.reference()).expect(200);
    }

    @Test
    void nothingOfACodeIsLeft() throws SQLException {
        Told told = agreed("Kay", false);
        String code = readOut(told);
        with(api(), code, "crime_reference", told.reference()).expect(200);
        clocks.advanceMachine(Duration.ofDays(2));
        bean(HouseKeeping.class).cleanUp();
        try (var c = database.superuser(); var s = c.createStatement();
             var rows = s.executeQuery("select count(*) from waymark.spoken_code")) {
            rows.next();
            assertEquals(0, rows.getInt(1));
        }
    }
}
