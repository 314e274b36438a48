package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.WaymarkTest;

/** What comes back from phones, over real HTTP and signed as Twilio signs. */
class RepliesTest extends WaymarkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(500);
    private static final AtomicInteger SIDS = new AtomicInteger();
    private static final String INBOUND = "/v1/webhooks/twilio/inbound";
    private final ScriptedTwilio twilio = new ScriptedTwilio();
    private Casework northmoor;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.twilio.base-url", twilio.baseUrl());
    }

    @BeforeAll
    void people() {
        northmoor = new Casework(waymark, database, force("northmoor"));
    }

    @AfterAll
    void closeTwilio() {
        twilio.close();
    }

    /** Mother and son on one phone: he was asked, so it is he who cannot come. */
    @Test
    void aReplyIsOfWhomeverWasAsked() {
        String shared = number();
        Person mother = northmoor.person(shared, "safe");
        Person son = northmoor.person(shared, "safe");
        northmoor.set(son, "language = 'cy'");
        UUID question = ask(son);
        northmoor.news(mother);
        drain();
        reply(shared, "Na allaf").expect(200);
        assertEquals("reply reply_cannot 24h", northmoor.items(son));
        assertEquals("", northmoor.items(mother));
        assertEquals(question, subject(son));

        reply(shared, "STOP").expect(200);
        assertEquals("reply reply_cannot 24h;reply reply_stop 24h", northmoor.items(son));
        assertEquals("reply reply_stop 24h", northmoor.items(mother),
            "STOP answers no question: it holds for all at that number");
    }

    @Test
    void aStopHoldsForWhomeverIsWrittenToOnThatNumberLater() {
        Person stopped = northmoor.person(number(), "safe");
        reply(stopped.mobile(), "STOP").expect(200);
        Person recordedAgain = northmoor.person(stopped.mobile(), "safe");
        Person signedUpWithIt = northmoor.person(number(), "safe");
        northmoor.account(stopped.mobile(), signedUpWithIt);
        Person elsewhere = northmoor.person(number(), "safe");
        List<Casework.News> news = List.of(northmoor.news(recordedAgain), northmoor.news(signedUpWithIt));
        Casework.News other = northmoor.news(elsewhere);
        drain();
        news.forEach(n -> assertEquals(MessageState.WITHHELD, northmoor.state(n)));
        assertEquals(MessageState.ACCEPTED, northmoor.state(other));

        reply(stopped.mobile(), "START").expect(200);
        List<Casework.News> more = List.of(northmoor.news(stopped), northmoor.news(recordedAgain));
        drain();
        more.forEach(n -> assertEquals(MessageState.ACCEPTED, northmoor.state(n)));
    }

    @Test
    void aReplyToNoQuestionIsOfEverybodyAtThatNumber() {
        String shared = number();
        Person one = northmoor.person(shared, "safe");
        Person other = northmoor.person(shared, "safe");
        northmoor.news(one);
        drain();
        reply(shared, "Yes").expect(200);
        assertEquals("reply reply_yes 24h", northmoor.items(one));
        assertEquals("reply reply_yes 24h", northmoor.items(other));
    }

    @Test
    void whatWasAskedAboutOneOfSeveralCasesIsAboutThatCase() {
        Person person = northmoor.person(number(), "safe");
        Person elsewhere = northmoor.person(number(), "safe");
        northmoor.work(c -> Sql.run(c, """
            insert into waymark.participant (case_id, person_id, force_id, role, facts_key)
            values (?, ?, ?, 'victim', 'x')""",
            elsewhere.caseId(), person.id(), force("northmoor")));
        northmoor.setCase(elsewhere, "safety = true");
        UUID event = northmoor.event(elsewhere.caseId());
        northmoor.work(c -> Sql.run(c, """
            insert into waymark.announcement (event_id, person_id, force_id, case_id, dedupe_key, wanted)
            values (?, ?, ?, ?, ?, true)""", event, person.id(), force("northmoor"), elsewhere.caseId(), "k" + event));
        northmoor.set(person, "mobile_safe = 'safe'");
        ask(person, event);
        drain();
        reply(person.mobile(), "Byddaf").expect(200);
        assertEquals("reply reply_yes 1h", northmoor.items(person), "due as in a flagged case");
        UUID about = acting().as(worker("northmoor"), c -> Sql.one(c,
            "select case_id from waymark.work_item where person_id = ?",
            r -> Sql.uuid(r, "case_id"), person.id()).orElseThrow());
        assertEquals(elsewhere.caseId(), about);
    }

    /** A dispatcher is in the middle of a hundred messages to somebody when they text STOP. */
    @Test
    void nothingStartsOnceStopIsTaken() throws InterruptedException {
        Person person = northmoor.person(number(), "safe");
        List<Casework.News> news = IntStream.range(0, 150).mapToObj(i -> northmoor.news(person)).toList();
        Thread sending = Thread.ofVirtual().start(this::drain);
        while (twilio.to(person.mobile()).isEmpty() && sending.isAlive()) {
            Thread.onSpinWait();
        }
        reply(person.mobile(), "stop").expect(200);
        int started = attempts(person);
        sending.join();
        drain();
        assertEquals(started, attempts(person));
        assertTrue(news.stream().map(northmoor::state)
            .allMatch(s -> s == MessageState.ACCEPTED || s == MessageState.WITHHELD));
        assertTrue(northmoor.items(person).startsWith("reply reply_stop 24h"));
    }

    @Test
    void helpIsForStaffFirstOfAllAndEachWordGoesBackOnceWithinAnHour() {
        Person person = northmoor.person(number(), "safe");
        for (String body : List.of("HELP", "Cymorth", "CALL", "canslo", "CANCEL")) {
            reply(person.mobile(), body).expect(200);
        }
        drain();
        assertEquals(2, twilio.to(person.mobile()).size(), "each wording once: for HELP, and for CALL");
        assertEquals("reply reply_help 0h;reply reply_help 0h;reply reply_call 24h done;call_wanted reply_call 4h;reply reply 24h;"
            + "reply reply 24h", northmoor.items(person));
    }

    /** Twilio does not bring a reply again: what fails to be made of it must not lose it. */
    @Test
    void aStopIsNotLostWhereActingOnItFails() throws SQLException {
        Person person = northmoor.person(number(), "safe");
        Person other = northmoor.person(number(), "safe");
        superuser("""
            create function waymark.fail_for_test() returns trigger language plpgsql as
            $$ begin raise exception using errcode = '40P01', message = 'test'; end $$""");
        superuser("create trigger fail_for_test before insert on waymark.answered for each row when (new.person_id = '"
            + person.id() + "') execute function waymark.fail_for_test()");
        reply(person.mobile(), "STOP").expect(200);
        drain();
        assertEquals("", northmoor.items(person));
        reply(other.mobile(), "STOP").expect(200);
        assertEquals("reply reply_stop 24h", northmoor.items(other), "others have their turn");

        superuser("drop trigger fail_for_test on waymark.answered");
        clocks.advanceMachine(Duration.ofMinutes(1));
        drain();
        drain();
        assertEquals("reply reply_stop 24h", northmoor.items(person));
        Casework.News news = northmoor.news(person);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(news));
    }

    @Test
    void aReplyFromANumberThatIsHeldNoLongerIsOfWhomeverWasWrittenToThere() {
        String old = number();
        Person person = northmoor.person(old, "safe");
        northmoor.news(person);
        drain();
        northmoor.set(person, "mobile = null, mobile_key = null, mobile_key_version = null");
        reply(old, "This is not my number any more").expect(200);
        assertEquals("reply reply 24h", northmoor.items(person));
        reply(number(), "Who is this?").expect(200);
        assertEquals("reply reply 24h", northmoor.items(person), "nobody was written to there");
    }

    /** One ended message that cannot be acted on holds up neither its own force nor another. */
    @Test
    void whatCannotBeActedOnHoldsNothingUp() throws SQLException {
        Casework glanafon = new Casework(waymark, database, force("glanafon"));
        Person spoilt = northmoor.person(null, "unknown");
        Person next = northmoor.person(null, "unknown");
        Person elsewhere = glanafon.person(null, "unknown");
        superuser("""
            create function waymark.fail_on_item() returns trigger language plpgsql as
            $$ begin raise exception using errcode = '22000', message = 'test'; end $$""");
        superuser("create trigger fail_on_item before insert on waymark.work_item for each row when (new.person_id = '"
            + spoilt.id() + "') execute function waymark.fail_on_item()");
        northmoor.news(spoilt);
        northmoor.news(next);
        glanafon.news(elsewhere);
        drain();
        assertEquals("", northmoor.items(spoilt));
        assertEquals("message_withheld no_number 24h", northmoor.items(next));
        assertEquals("message_withheld no_number 24h", glanafon.items(elsewhere));
        clocks.advanceCase(Duration.ofMinutes(10));
        bean(NotActedOn.class).look();
        assertTrue(api().get("/prometheus").expect(200).text().lines().anyMatch(
            l -> l.startsWith("waymark_not_acted_on_oldest_seconds{what=\"ended\"") && !l.endsWith(" 0.0")));

        superuser("drop trigger fail_on_item on waymark.work_item");
        clocks.advanceMachine(Duration.ofMinutes(1));
        drain();
        assertEquals("message_withheld no_number 24h", northmoor.items(spoilt));
    }

    private void superuser(String sql) throws SQLException {
        try (Connection c = database.superuser(); var statement = c.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Behind a proxy the address that was called is not the one that was signed; what a header claims is no proof. */
    @Test
    void theSignatureIsOverThePublicAddressWhateverTheProxyCalls() {
        try (RunningWaymark behind = secondInstance()) {
            Person person = northmoor.person(number(), "safe");
            Map<String, String> fields = fields(person.mobile(), "Yes");
            String publicUrl = waymark.base() + INBOUND;
            Api proxied = behind.api().with("X-Forwarded-Host", "waymark.example").with("X-Forwarded-Proto", "https")
                .with("Forwarded", "host=waymark.example;proto=https");
            for (String url : List.of("https://waymark.example" + INBOUND, behind.base() + INBOUND, publicUrl + "?a=b")) {
                proxied.with("X-Twilio-Signature", ScriptedTwilio.signature(ScriptedTwilio.TOKEN, url, fields))
                    .form(INBOUND, fields).expect(403);
            }
            proxied.with("X-Twilio-Signature", ScriptedTwilio.signature(ScriptedTwilio.TOKEN, publicUrl, fields))
                .form(INBOUND, fields).expect(200);
            String query = "?bodySHA256=x&%C3%A9=%20b+c";
            Map<String, String> more = fields(person.mobile(), "No");
            proxied.with("X-Twilio-Signature", ScriptedTwilio.signature(ScriptedTwilio.TOKEN, publicUrl + query, more))
                .form(INBOUND + query, more).expect(200);
            assertEquals("reply reply_yes 24h;reply reply_cannot 24h", northmoor.items(person));
        }
    }

    /** Signed or not, text or noise: never a failure of ours, and never twice. */
    @Test
    void whateverIsPostedNothingBreaks() {
        Person person = northmoor.person(number(), "safe");
        List<String> bodies = Arbitraries.strings().ofMaxLength(300).sampleStream().limit(60).toList();
        int kept = 0;
        for (String body : bodies) {
            // what a form cannot carry is not what Twilio signs
            String sent = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            Map<String, String> fields = fields(person.mobile(), sent);
            post(fields).expect(200);
            post(fields).expect(200);
            assertEquals(++kept, replies(person));
        }
        post(fields(person.mobile(), "x".repeat(20_000))).expect(200);
        for (String sid : List.of("SM\u0000", "", "🙂", "x".repeat(3_000))) {
            Map<String, String> odd = fields(person.mobile(), "hello");
            odd.put("MessageSid", sid);
            assertTrue(post(odd).status() < 500, sid);
        }
        var random = new Random(4);
        for (int i = 0; i < 60; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            int status = api().with("X-Twilio-Signature", "x")
                .send("POST", INBOUND, "application/x-www-form-urlencoded", noise).status();
            assertTrue(status == 400 || status == 403, "status " + status);
        }
    }

    private UUID ask(Person person) {
        return ask(person, UUID.randomUUID());
    }

    private UUID ask(Person person, UUID about) {
        var id = new UUID[1];
        northmoor.work(c -> id[0] = bean(Outbox.class).enqueue(c, new NewMessage(force("northmoor"), person.id(), "reminder",
            "case_update", Map.of(), "ask:" + person.id(), about, clocks.caseNow(),
            clocks.caseNow().plus(Duration.ofDays(7)))).id());
        return id[0];
    }

    private UUID subject(Person person) {
        return acting().as(worker("northmoor"), c -> Sql.one(c,
            "select subject_id from waymark.work_item where person_id = ? order by id limit 1",
            r -> Sql.uuid(r, "subject_id"), person.id()).orElseThrow());
    }

    private int replies(Person person) {
        return acting().as(worker("northmoor"), c -> Sql.one(c,
            "select count(*) as n from waymark.work_item where person_id = ?", r -> r.getInt("n"),
            person.id()).orElseThrow());
    }

    private int attempts(Person person) {
        try (Connection c = database.superuser()) {
            return Sql.one(c, """
                select count(*) as n from notifications.attempt a join notifications.message m on m.id = a.message_id
                 where m.recipient_ref = ?""", r -> r.getInt("n"), person.id()).orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void drain() {
        bean(Messaging.class).drain();
    }

    private static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    private Answer reply(String from, String body) {
        return post(fields(from, body));
    }

    private Map<String, String> fields(String from, String body) {
        String account = acting().as(new Caller.Nobody(), c -> Sql.one(c,
            "select account_sid from waymark.gate_provider_accounts() where force_id = ?",
            r -> r.getString("account_sid"), force("northmoor")).orElseThrow());
        return new TreeMap<>(Map.of("AccountSid", account, "MessageSid", "SMr" + SIDS.incrementAndGet(), "From", from,
            "To", "+447700900991", "Body", body));
    }

    private Answer post(Map<String, String> fields) {
        return api().with("X-Twilio-Signature",
            ScriptedTwilio.signature(ScriptedTwilio.TOKEN, waymark.base() + INBOUND, fields))
            .form(INBOUND, fields);
    }
}
