package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.News;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.testing.Answer;
import uk.waymark.testing.WaymarkTest;

/** From a row in a case to a text on a phone and back, over real HTTP to a Twilio that does as it is told. */
class MessagingTest extends WaymarkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(100);
    private static final String NEUTRAL = "There is something new for you. Sign in when it suits you to read it.";
    private static final String INBOUND = "/v1/webhooks/twilio/inbound";
    private final ScriptedTwilio twilio = new ScriptedTwilio();
    private Casework northmoor;
    private Casework glanafon;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.twilio.base-url", twilio.baseUrl());
    }

    @BeforeAll
    void people() {
        northmoor = new Casework(waymark, database, force("northmoor"));
        glanafon = new Casework(waymark, database, force("glanafon"));
    }

    @AfterEach
    void answerAgain() {
        twilio.answerWith(201);
    }

    @AfterAll
    void closeTwilio() {
        twilio.close();
    }

    @Test
    void newsReachesAPhoneAndItsSignedReceiptSettlesIt() {
        double delivered = ended("delivered");
        double accepted = meter("notifications.attempts", "outcome", "accepted");
        Person person = northmoor.person(number(), "safe");
        News news = northmoor.news(person);
        drain();

        var sent = twilio.onlyTo(person.mobile());
        assertEquals("There is news about your case. Sign in to Waymark to read it. Reply STOP to stop these texts.",
            sent.body());
        assertEquals("+447700900991", sent.fields().get("From"));
        assertEquals(MessageState.ACCEPTED, northmoor.state(news));

        receipt(sent, "delivered", null).expect(204);
        receipt(sent, "delivered", null).expect(204);
        receipt(sent, "sent", null).expect(204);
        drain();
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
        assertEquals("", northmoor.items(person));
        assertEquals(delivered + 1, ended("delivered"));
        assertEquals(accepted + 1, meter("notifications.attempts", "outcome", "accepted"));
    }

    private double keywordsUnconfirmed() {
        return bean(MeterRegistry.class).get("waymark.twilio.keywords.unconfirmed").gauge().value();
    }

    /** The receipt comes late, and the person has another number by then: that one was never asked, and may be another's. */
    @Test
    void aPhoneThatHasOptedOutStopsNobodyAtAnotherNumber() {
        Person moved = northmoor.person(number(), "safe");
        Person stays = northmoor.person(moved.caseId(), moved.mobile(), "safe");
        northmoor.news(moved);
        drain();
        var sent = twilio.onlyTo(moved.mobile());
        double before = keywordsUnconfirmed();
        Person neighbour = northmoor.person(number(), "safe");
        northmoor.work(c -> Sql.run(c, "update waymark.person set mobile = ?, mobile_key = ? where id = ?",
            bean(Sealing.class).sealText("person.mobile", moved.id(), neighbour.mobile()),
            bean(Sealing.class).key("mobile", neighbour.mobile()), moved.id()));
        receipt(sent, "undelivered", "21610").expect(204);
        drain();
        News there = northmoor.news(neighbour);
        News here = northmoor.news(stays);
        drain();
        assertEquals(MessageState.ACCEPTED, northmoor.state(there));
        assertEquals(MessageState.ACCEPTED, northmoor.state(here), "whose number it was is not known any more");

        northmoor.set(neighbour, "texts_stopped_at = clock_timestamp()");
        receipt(twilio.to(neighbour.mobile()).getLast(), "undelivered", "21610").expect(204);
        drain();
        assertEquals(before, keywordsUnconfirmed(), "who has texted STOP has stopped");
        receipt(twilio.to(stays.mobile()).getLast(), "undelivered", "21610").expect(204);
        drain();
        assertEquals(before + 1, keywordsUnconfirmed(), "and who has not was stopped by Twilio");
        News another = northmoor.news(stays);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(another));
    }

    @Test
    void wordsFollowThePersonsLanguageAndSafety() {
        Person welsh = northmoor.person(number(), "safe");
        northmoor.set(welsh, "language = 'en', chosen_language = 'cy'");
        Person unconfirmed = northmoor.person(number(), "unknown");
        Person discreet = northmoor.person(number(), "safe");
        northmoor.set(discreet, "chosen_discreet = true");
        List.of(welsh, unconfirmed, discreet).forEach(northmoor::news);
        drain();
        assertTrue(twilio.onlyTo(welsh.mobile()).body().startsWith("Mae newyddion am eich achos."));
        assertEquals(NEUTRAL,
            twilio.onlyTo(unconfirmed.mobile()).body());
        assertEquals(twilio.onlyTo(unconfirmed.mobile()).body(), twilio.onlyTo(discreet.mobile()).body());
    }

    @Test
    void whatMustNotGoOutGoesToStaff() {
        Person unsafe = northmoor.person(number(), "unsafe");
        Person flagged = northmoor.person(number(), "unknown");
        northmoor.set(flagged, "safety = true");
        Person suspects = northmoor.person(number(), "safe");
        northmoor.suspectHas(suspects, suspects.mobile());
        Person offPhones = northmoor.person(number(), "safe");
        northmoor.setCase(offPhones, "on_phones = false");
        Person unrecorded = northmoor.person(number(), "safe");
        northmoor.setCase(unrecorded, "recorded = false");
        Person landline = northmoor.person("+441632960001", "safe");
        Person none = northmoor.person(null, "unknown");
        double withheld = ended("withheld");
        List<Person> all = List.of(unsafe, flagged, suspects, offPhones, unrecorded, landline, none);
        List<News> news = all.stream().map(northmoor::news).toList();
        drain();

        news.forEach(n -> assertEquals(MessageState.WITHHELD, northmoor.state(n)));
        all.stream().filter(p -> p.mobile() != null).forEach(p -> assertEquals(List.of(), twilio.to(p.mobile())));
        assertEquals(withheld + all.size(), ended("withheld"));
        assertEquals("message_withheld unsafe 24h", northmoor.items(unsafe));
        assertEquals(northmoor.items(unsafe), northmoor.items(suspects));
        assertEquals("message_withheld unknown_in_flagged_case 1h", northmoor.items(flagged));
        assertEquals("self_service_off kept_off_phones 24h", northmoor.items(offPhones));
        assertEquals("self_service_off kept_off_phones 24h", northmoor.items(unrecorded));
        assertEquals("message_withheld no_number 24h", northmoor.items(landline));
        assertEquals("message_withheld no_number 24h", northmoor.items(none));
    }

    @Test
    void whatIsNoLongerSoIsNotSaid() {
        Person dead = northmoor.person(number(), "safe");
        Person merged = northmoor.person(number(), "safe");
        Person removed = northmoor.person(number(), "safe");
        Person overtaken = northmoor.person(number(), "safe");
        Instant later = clocks.caseNow().plus(Duration.ofHours(1));
        List<News> news = Stream.of(dead, merged, removed, overtaken).map(p -> northmoor.newsAt(p, later)).toList();
        northmoor.set(dead, "deceased = true");
        northmoor.set(merged, "merged_into = '" + dead.id() + "'");
        northmoor.work(c -> {
            Sql.run(c, "update waymark.participant set removed = true where person_id = ?", removed.id());
            Sql.run(c, "update waymark.announcement set wanted = false where person_id = ?", overtaken.id());
        });
        assertFalse(bean(Messaging.class).nextDue().orElseThrow().isAfter(later));
        clocks.advanceCase(Duration.ofMinutes(61));
        drain();
        news.forEach(n -> {
            assertEquals(MessageState.CANCELLED, northmoor.state(n));
            assertEquals(List.of(), twilio.to(n.person().mobile()));
            assertEquals("", northmoor.items(n.person()));
        });
    }

    @Test
    void theStrictestWithANumberHoldsForAllOfItAcrossForces() {
        String shared = number();
        Person mother = northmoor.person(shared, "safe");
        Person child = glanafon.person(shared, "safe");
        northmoor.oneNumber(shared, mother, child);
        glanafon.set(child, "safety = true");
        northmoor.news(mother);
        drain();
        assertEquals(NEUTRAL, twilio.onlyTo(shared).body());

        glanafon.set(child, "safety = false, mobile_safe = 'unsafe'");
        News second = northmoor.news(mother);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(second));

        glanafon.set(child, "mobile_safe = 'safe'");
        glanafon.suspectHas(child, shared);
        News third = northmoor.news(mother);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(third));
        assertEquals(1, twilio.to(shared).size());
        assertTrue(northmoor.items(mother).matches("message_withheld unsafe 24h;message_withheld unsafe 24h"));
    }

    @Test
    void theVerifiedNumberIsUsedAndIsUnknownWhereTheForceHoldsAnother() {
        Person person = northmoor.person(number(), "safe");
        String verified = number();
        northmoor.account(verified, person);
        northmoor.news(person);
        drain();
        assertEquals(List.of(), twilio.to(person.mobile()));
        assertEquals(NEUTRAL, twilio.onlyTo(verified).body());
    }

    @Test
    void aRefusalAndAFailedReceiptGoToStaff() {
        Person refused = northmoor.person(number(), "safe");
        twilio.answerWith(400);
        northmoor.news(refused);
        drain();
        assertEquals("message_failed invalid_number 24h", northmoor.items(refused));

        twilio.answerWith(201);
        Person unreachable = northmoor.person(number(), "safe");
        northmoor.news(unreachable);
        drain();
        receipt(twilio.onlyTo(unreachable.mobile()), "undelivered", "30003").expect(204);
        drain();
        assertEquals("message_failed phone_off_or_unreachable 24h", northmoor.items(unreachable));
    }

    @Test
    void anUnknownOneGoesToStaffWhenNobodyCanSettleItAndAReceiptTakesItOffTheQueue() {
        Person person = northmoor.person(number(), "safe");
        twilio.answerWith(500);
        News news = northmoor.news(person);
        drain();
        assertEquals(MessageState.UNKNOWN, northmoor.state(news));
        assertEquals("", northmoor.items(person), "not while Twilio may still say what became of it");

        clocks.advanceCase(Duration.ofDays(8));
        drain();
        assertEquals("message_unknown server_error_500 24h", northmoor.items(person));

        twilio.answerWith(201);
        drain();
        receipt(twilio.onlyTo(person.mobile()), "delivered", null).expect(204);
        drain();
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
        assertEquals("message_unknown server_error_500 24h done", northmoor.items(person));
    }

    @Test
    void whatComesTooLateIsNotSent() {
        Person person = northmoor.person(number(), "safe");
        twilio.answerWith(429);
        northmoor.news(person);
        drain();
        clocks.advanceCase(Duration.ofDays(8));
        twilio.answerWith(201);
        drain();
        assertEquals(1, twilio.to(person.mobile()).size());
        assertTrue(northmoor.items(person).startsWith("message_failed "), northmoor.items(person));
    }

    @Test
    void onlyWhatTheNamedAccountSignedIsTaken() {
        Person person = northmoor.person(number(), "safe");
        News news = northmoor.news(person);
        drain();
        var sent = twilio.onlyTo(person.mobile());
        Map<String, String> fields = receiptFields(sent, "delivered", null);
        var others = new HashMap<>(fields);
        others.put("AccountSid", "AC" + "0".repeat(32));
        var tampered = new HashMap<>(fields);
        tampered.put("MessageStatus", "failed");
        String path = sent.callbackPath();
        String good = ScriptedTwilio.signature(ScriptedTwilio.TOKEN, waymark.base() + path, fields);
        List<Answer> refusals = List.of(
            api().form(path, fields),
            api().with("X-Twilio-Signature", "nonsense").form(path, fields),
            api().with("X-Twilio-Signature", ScriptedTwilio.signature("guess", waymark.base() + path, fields))
                .form(path, fields),
            api().with("X-Twilio-Signature", good).form(path, tampered),
            api().with("X-Twilio-Signature", good).form(path + "&more=1", fields),
            signed(path, others),
            api().form(INBOUND, Map.of("AccountSid", sent.accountSid(), "From", person.mobile(), "Body", "STOP")));
        refusals.forEach(r -> {
            r.expect(403);
            assertEquals(refusals.getFirst().text(), r.text());
            assertEquals("application/problem+json", r.header("Content-Type").orElse(""));
        });
        assertEquals(MessageState.ACCEPTED, northmoor.state(news));
        api().send("POST", path, "application/json", "{}".getBytes()).expect(415);
        api().send("POST", path, "application/x-www-form-urlencoded", "AccountSid=%zz".getBytes()).expect(400);
    }

    @Test
    void aReplyIsKeptOnceAndGoesToStaffOfTheForceItWasSentTo() {
        Person person = northmoor.person(number(), "safe");
        Person elsewhere = glanafon.person(person.mobile(), "safe");
        reply("northmoor", person.mobile(), "Please ring me", "SM1" + person.id()).expect(200);
        Answer again = reply("northmoor", person.mobile(), "Please ring me", "SM1" + person.id()).expect(200);
        assertTrue(again.text().endsWith("<Response/>"));
        assertTrue(again.header("Content-Type").orElse("").startsWith("application/xml"));
        assertEquals("reply reply 24h", northmoor.items(person));
        assertEquals("", glanafon.items(elsewhere));
        reply("northmoor", "+447700900999", "who is this", "SM2" + person.id()).expect(200);
        String detail = acting().as(worker("northmoor"), c -> Sql.one(c,
            "select id, detail from waymark.work_item where person_id = ?",
            r -> bean(Sealing.class).openText("work_item.detail", Sql.uuid(r, "id"), r.getBytes("detail")),
            person.id()).orElseThrow());
        assertEquals("Please ring me", detail);
    }

    @Test
    void stopStopsAndStartStarts() {
        Person person = northmoor.person(number(), "safe");
        Person viaAccount = northmoor.person(null, "unknown");
        String verified = number();
        northmoor.account(verified, viaAccount);
        reply("northmoor", person.mobile(), "Stop.", "SMa" + person.id()).expect(200);
        reply("northmoor", verified, "stopio", "SMb" + person.id()).expect(200);
        News first = northmoor.news(person);
        News other = northmoor.news(viaAccount);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(first));
        assertEquals(MessageState.WITHHELD, northmoor.state(other));
        assertEquals("reply reply_stop 24h;message_withheld stopped 24h", northmoor.items(person));

        reply("northmoor", person.mobile(), "START", "SMc" + person.id()).expect(200);
        News second = northmoor.news(person);
        drain();
        assertEquals(MessageState.ACCEPTED, northmoor.state(second));
        assertEquals(MessageState.WITHHELD, northmoor.state(first));
    }

    @Test
    void anotherForcesTransactionLearnsNothingOfWhomItDoesNotServe() {
        Person person = glanafon.person(number(), "safe");
        glanafon.account(person.mobile(), person);
        assertEquals(0, seenAbout(person, worker("northmoor")));
        assertEquals(0, seenAbout(person, new Caller.Nobody()));
        assertEquals(1, seenAbout(person, worker("glanafon")));
    }

    private int seenAbout(Person person, Caller caller) {
        List<UUID> rows = acting().as(caller, c -> Sql.list(c, "select person_id from waymark.gate_delivery(?)",
            r -> Sql.uuid(r, "person_id"), (Object) new UUID[] {person.id()}));
        return rows.size();
    }

    private void drain() {
        bean(Messaging.class).drain();
    }

    private static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    private Answer receipt(ScriptedTwilio.Taken sent, String status, String error) {
        return signed(sent.callbackPath(), receiptFields(sent, status, error));
    }

    private static Map<String, String> receiptFields(ScriptedTwilio.Taken sent, String status, String error) {
        var fields = new HashMap<>(Map.of("AccountSid", sent.accountSid(), "MessageSid", sent.sid(),
            "MessageStatus", status, "To", sent.to(), "ApiVersion", "2010-04-01"));
        if (error != null) {
            fields.put("ErrorCode", error);
        }
        return fields;
    }

    private Answer reply(String forceCode, String from, String body, String sid) {
        var account = SandboxForces.byCode(forceCode).account();
        return signed(INBOUND, Map.of("AccountSid", account.sid(), "MessageSid", sid, "From", from,
            "To", account.sender(), "Body", body));
    }

    private Answer signed(String path, Map<String, String> fields) {
        return api().with("X-Twilio-Signature",
            ScriptedTwilio.signature(ScriptedTwilio.TOKEN, waymark.base() + path, fields)).form(path, fields);
    }

    private double ended(String state) {
        return meter("notifications.messages.ended", "state", state);
    }

    private double meter(String name, String tag, String value) {
        return bean(MeterRegistry.class).find(name).tag(tag, value).counters().stream().mapToDouble(c -> c.count()).sum();
    }
}
