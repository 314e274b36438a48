package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** From a report to a notification on an app, or else to a text: over HTTP, to a Firebase that does as it is told. */
class PushTest extends WaymarkTest {
    private static final String REGISTRATION = "/v1/me/push-registration";
    private static final AtomicInteger PEOPLE = new AtomicInteger(400);
    private final ScriptedFirebase firebase = new ScriptedFirebase();

    /** Signed up, on a phone whose app is registered. */
    private record Someone(String id, String number, String reference, String access, String token) { }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.firebase.base-url", firebase.baseUrl());
    }

    @AfterAll
    void closeFirebase() {
        firebase.close();
    }

    @BeforeEach
    void anHourLater() {
        clocks.advanceMachine(Duration.ofHours(1));
    }

    private Someone someone() {
        int n = PEOPLE.incrementAndGet();
        String number = "+447700900" + n;
        String reference = "NM/PUSH/" + n;
        send(recorded("r" + n, reference, at(-60), victim("v" + n, number)));
        String access = SignUp.person(this, "v" + n);
        var someone = new Someone("v" + n, number, reference, access, "token:of_" + n);
        register(access, someone.token());
        return someone;
    }

    private void register(String access, String token) {
        api().as(access).put(REGISTRATION, Map.of("token", token, "platform", "android")).expect(204);
    }

    private String signInAgain(Someone person) {
        api().post("/v1/sign-in/codes", Map.of("mobile", person.number())).expect(202);
        return SignUp.signIn(this, person.number());
    }

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200);
        SignUp.drain(this);
    }

    private void news(Someone person) {
        send(event("n" + PEOPLE.incrementAndGet(), person.reference(), at(0), "suspect_arrested",
            Map.of("suspect_ref", "s" + PEOPLE.get())));
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    /** Texts with news that the person's phone has received. */
    private long texts(Someone person) {
        return StreamSupport.stream(messages(person.number()).body().path("items").spliterator(), false)
            .map(m -> m.path("body").asText()).filter(b -> b.contains("news") || b.contains("something new")).count();
    }

    private int registrations(String where) {
        try (var c = database.superuser()) {
            return Sql.one(c, "select count(*) from waymark.push_registration " + where, r -> r.getInt(1)).orElseThrow();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double count(String name, String... tags) {
        return bean(MeterRegistry.class).find(name).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
    }

    private List<String> states(Someone person) {
        try (var c = database.superuser()) {
            return Sql.list(c, """
                select m.state || ' ' || a.channel || ' ' || a.state as what from notifications.message m
                  join notifications.attempt a on a.message_id = m.id
                  join waymark.person p on p.id = m.recipient_ref
                 where p.source_person_id = ? and m.class = 'case_update' order by a.id""", r -> r.getString("what"),
                person.id());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void newsWakesTheAppWithAKeyAndNothingElseAndIsNotTextedAsWell() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.list = new CopyOnWriteArrayList<>(); // what works in the background logs while it is read
        logged.start();
        Logger ours = (Logger) LoggerFactory.getLogger("uk.waymark");
        ours.addAppender(logged);
        Someone person = someone();
        double accepted = count("notifications.attempts", "channel", "push", "outcome", "accepted");
        news(person);
        news(person);
        List<String> sent = firebase.to(person.token());
        assertEquals(2, sent.size());
        assertTrue(sent.stream().allMatch(b -> b.contains("\"data\":{\"key\":\"")), sent.getFirst());
        assertEquals(1, sent.stream().map(b -> b.replaceAll("\"(key|ttl|TTL|apns-expiration)\":\"[0-9a-fs-]+\"", ""))
            .distinct().count(), "but for the key and the time it says the same of everything");
        for (String never : List.of("notification", "title", "body", "alert", "something", "Waymark", "Penrose", "case",
                "police", person.reference(), "PUSH")) {
            assertFalse(sent.getFirst().replace(person.token(), "").contains(never), never);
        }
        assertEquals(0, texts(person));
        assertEquals(List.of("accepted push accepted", "accepted push accepted"), states(person));
        assertEquals(accepted + 2, count("notifications.attempts", "channel", "push", "outcome", "accepted"));
        ours.detachAppender(logged);
        logged.list.forEach(l -> assertFalse((l.getFormattedMessage() + l.getMDCPropertyMap()).contains(person.token())));
    }

    @Test
    void theKeyIsTheIdOfWhatThePersonMayReadAndItsWordsAreTheAppsOwn() throws IOException {
        Someone person = someone();
        news(person);
        acting().as(worker("northmoor"), c -> Sql.run(c,
            "update waymark.person set chosen_language = 'cy' where source_person_id = ?", person.id()));
        news(person);
        List<String> keys = new ArrayList<>();
        for (String body : firebase.to(person.token())) {
            keys.add(new ObjectMapper().readTree(body).at("/message/data/key").asText());
        }
        JsonNode items = api().as(person.access()).get("/v1/me/notifications").expect(200).body().path("items");
        assertEquals(List.of(keys.get(1), keys.get(0)), List.of(items.at("/0/id").asText(), items.at("/1/id").asText()));
        assertEquals("push", items.at("/0/channel").asText());
        assertEquals("Mae rhywbeth newydd i chi. Mewngofnodwch pan fydd yn gyfleus i'w ddarllen.",
            items.at("/0/text").asText());
        assertEquals("There is something new for you. Sign in when it suits you to read it.",
            items.at("/1/text").asText());
        keys.forEach(key -> api().as(person.access()).post("/v1/me/notifications/" + key + "/read", null).expect(204));
        later(Duration.ofHours(2));
        assertEquals(0, texts(person), "read is read");
    }

    @Test
    void aCorrectionWakesTheAppAsAnythingElseDoes() throws IOException {
        Someone person = someone();
        send(event("wrong" + person.id(), person.reference(), at(0), "suspect_arrested", Map.of("suspect_ref", "s")));
        send(event("right" + person.id(), person.reference(), at(0), "event_retracted",
            Map.of("source_event_id", "wrong" + person.id())));
        assertEquals(2, firebase.to(person.token()).size());
        JsonNode told = api().as(person.access()).get("/v1/me/notifications").expect(200).body().path("items").get(0);
        assertEquals("push case_correction", told.path("channel").asText() + " " + told.path("template").asText());
        assertEquals("There is something new for you. Sign in when it suits you to read it.", told.path("text").asText(),
            "what was on the screen, and not what was meant");
    }

    /** Whoever builds the app reads the contract: what is kept as shown must be what it is told to show. */
    @Test
    void theContractHasTheAppsWords() {
        String contract = api().get("/docs/openapi.yaml").expect(200).text().replaceAll("\\s+", " ");
        for (String language : List.of("en", "cy")) {
            assertTrue(contract.contains("`" + language + "`: " + AppWords.in(language)), language);
        }
    }

    @Test
    void anAppThatIsGoneIsDroppedAndThePersonIsTextedOnce() {
        Someone person = someone();
        double dropped = count("waymark.push.unregistered", "dropped", "true");
        firebase.answer(person.token(), 404);
        news(person);
        assertEquals(1, firebase.to(person.token()).size());
        assertEquals(1, texts(person));
        assertEquals(dropped + 1, count("waymark.push.unregistered", "dropped", "true"));
        assertEquals("push rejected", states(person).getFirst().split(" ", 2)[1]);
        assertEquals(2, states(person).size());
        news(person);
        assertEquals(1, firebase.to(person.token()).size(), "it is not asked again");
        assertEquals(2, texts(person));
    }

    @Test
    void aTokenRegisteredInBetweenSurvivesWhatIsSaidOfTheOneBefore() {
        Someone person = someone();
        double kept = count("waymark.push.unregistered", "dropped", "false");
        firebase.answer(person.token(), 404);
        firebase.beforeAnswer(() -> register(person.access(), person.token() + "_new"));
        news(person);
        assertEquals(1, texts(person), "this message found no app");
        assertEquals(kept + 1, count("waymark.push.unregistered", "dropped", "false"));
        news(person);
        assertEquals(1, firebase.to(person.token() + "_new").size());
        assertEquals(1, texts(person));
    }

    @Test
    void everySignedInDeviceIsToldAndOneIsEnough() {
        Someone person = someone();
        String tablet = signInAgain(person);
        SignUp.drain(this);
        assertEquals(1, firebase.to(person.token()).size(), "that another device has signed in");
        register(tablet, person.token() + "_tablet");
        firebase.answer(person.token(), 404);
        news(person);
        assertEquals(2, firebase.to(person.token()).size());
        assertEquals(1, firebase.to(person.token() + "_tablet").size());
        assertEquals(0, texts(person));
    }

    @Test
    void whatMayHaveArrivedIsTextedOnlyIfItIsNotReadInTime() {
        Someone person = someone();
        firebase.answer(person.token(), 500);
        news(person);
        assertEquals(List.of("unknown push unknown"), states(person));
        later(Duration.ofMinutes(119));
        assertEquals(0, texts(person));
        later(Duration.ofMinutes(1));
        assertEquals(1, firebase.to(person.token()).size());
        assertEquals(1, texts(person));
        assertEquals(2, states(person).size());
        later(Duration.ofDays(1));
        assertEquals(1, texts(person));
    }

    @Test
    void anAppThatSomebodyElseRegisteredKeepsNoNewsFromAPerson() {
        Someone person = someone();
        news(person);
        assertEquals(0, texts(person));
        later(Duration.ofHours(2));
        assertEquals(1, texts(person));
        assertEquals(1, firebase.to(person.token()).size(), "one notification");
    }

    @Test
    void whoReadsTheTimelineIsNotTextedAboutThatCase() {
        Someone reader = someone();
        Someone other = someone();
        news(reader);
        news(other);
        String caseId = api().as(reader.access()).get("/v1/me/cases").expect(200).body().at("/items/0/id").asText();
        api().as(reader.access()).get("/v1/me/cases/" + caseId + "/timeline").expect(200);
        api().as(other.access()).get("/v1/me/cases/" + caseId + "/timeline").expect(404);
        assertEquals(List.of("delivered push accepted"), states(reader));
        news(reader);
        api().as(reader.access()).get("/v1/me/cases/" + caseId).expect(200);
        later(Duration.ofHours(2));
        assertEquals(1, texts(reader), "the news that came after it was not read");
        assertEquals(1, texts(other));
    }

    private void later(Duration time) {
        clocks.advanceCase(time);
        SignUp.drain(this);
    }

    @Test
    void whoMustNotBeTextedIsNotNotifiedEither() {
        for (String change : List.of("mobile_safe = 'unsafe'", "texts_stopped_at = clock_timestamp()",
                "mobile_safe = 'unknown', safety = true")) {
            Someone person = someone();
            acting().as(worker("northmoor"), c -> Sql.run(c,
                "update waymark.person set " + change + " where source_person_id = ?", person.id()));
            news(person);
            assertEquals(List.of(), firebase.to(person.token()), change);
            assertEquals(0, texts(person), change);
        }
    }

    @Test
    void codesAreAlwaysTexts() {
        Someone person = someone();
        api().post("/v1/sign-in/codes", Map.of("mobile", person.number())).expect(202);
        SignUp.drain(this);
        assertEquals(List.of(), firebase.to(person.token()));
        assertEquals("sms", messages(person.number()).at("/items/0/channel"));
    }

    @Test
    void aTokenBelongsToWhoeverRegisteredItLast() {
        Someone first = someone();
        Someone second = someone();
        register(second.access(), first.token());
        news(first);
        assertEquals(List.of(), firebase.to(first.token()));
        assertEquals(1, texts(first));
        news(second);
        assertEquals(1, firebase.to(first.token()).size());
        assertEquals(List.of(), firebase.to(second.token()), "a device has one app");
        register(second.access(), first.token());
        api().as(first.access()).delete(REGISTRATION).expect(204);
        news(second);
        assertEquals(2, firebase.to(first.token()).size(), "nobody removes another's");
        api().as(second.access()).delete(REGISTRATION).expect(204);
        api().as(second.access()).delete(REGISTRATION).expect(204);
        news(second);
        assertEquals(1, texts(second));
    }

    @Test
    void registrationsThatCrossNeverFailAndLeaveATokenWithOneSession() throws Exception {
        List<Someone> people = List.of(someone(), someone(), someone());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 15; round++) {
                String prefix = "crossing" + round / 2 + "_";
                List<Callable<Integer>> tries = IntStream.range(0, 18).<Callable<Integer>>mapToObj(i -> () ->
                    api().as(people.get(i % 3).access()).put(REGISTRATION,
                        Map.of("token", prefix + (i / 3 + i) % 3, "platform", "android")).status()).toList();
                for (var answer : threads.invokeAll(tries)) {
                    assertEquals(204, answer.get());
                }
            }
        }
        register(people.get(0).access(), "last");
        register(people.get(1).access(), "last");
        news(people.get(1));
        news(people.get(0));
        assertEquals(1, firebase.to("last").size());
    }

    @Test
    void whateverEndsASessionDropsItsApp() {
        List<Consumer<Someone>> endings = List.of(
            p -> api().as(p.access()).delete("/v1/sign-in/session").expect(204),
            p -> api().as(p.access()).post("/v1/exit", null).expect(204),
            p -> api().as(p.access()).delete("/v1/me/devices").expect(204),
            p -> api().as(signInAgain(p)).delete("/v1/me/devices/" + oldest(p)).expect(204));
        for (int i = 0; i < endings.size(); i++) {
            Someone person = someone();
            int before = registrations("");
            endings.get(i).accept(person);
            assertEquals(before - 1, registrations(""), "ending " + i);
            SignUp.drain(this);
            List<String> until = firebase.to(person.token()); // at most that another device has signed in
            news(person);
            assertEquals(until, firebase.to(person.token()), "ending " + i);
            assertEquals(1, texts(person), "ending " + i);
            if (i < 3) {
                api().as(person.access()).put(REGISTRATION, Map.of("token", "t", "platform", "web")).expect(401);
            }
        }
    }

    private String oldest(Someone person) {
        JsonNode items = api().as(person.access()).get("/v1/me/devices").expect(200).body().path("items");
        return StreamSupport.stream(items.spliterator(), false).filter(d -> d.path("this_device").asBoolean())
            .findFirst().orElseThrow().path("id").asText();
    }

    @Test
    void aDeviceThatMustSignInAgainIsNotToldAndItsTokenIsRemoved() {
        Someone person = someone();
        clocks.advanceMachine(Duration.ofDays(31));
        news(person);
        assertEquals(List.of(), firebase.to(person.token()));
        assertEquals(1, texts(person));
        int gone = acting().as(new uk.waymark.platform.Caller.Nobody(), c -> Sql.one(c,
            "select waymark.gate_clean_up_push(?)", r -> r.getInt(1), clocks.machineNow()).orElseThrow());
        assertTrue(gone >= 1);
        assertEquals(0, registrations(""));
    }

    @Test
    void registrationTakesOnlyWhatTheContractSaysFromASignedInPerson() {
        Someone person = someone();
        Api me = api().as(person.access());
        me.put(REGISTRATION, Map.of("token", "", "platform", "android")).expect(400);
        me.put(REGISTRATION, Map.of("token", "with space", "platform", "android")).expect(400);
        me.put(REGISTRATION, Map.of("token", "x".repeat(4097), "platform", "android")).expect(400);
        me.put(REGISTRATION, Map.of("token", "x", "platform", "toaster")).expect(400);
        me.put(REGISTRATION, Map.of("token", "x", "platform", "ios", "name", "mine")).expect(400);
        api().put(REGISTRATION, Map.of("token", "x", "platform", "ios")).expect(401);
        api().as(staffToken("officer", "northmoor")).put(REGISTRATION, Map.of("token", "x", "platform", "ios")).expect(403);
        api().as(systemToken("northmoor")).delete(REGISTRATION).expect(403);
        String stored = acting().as(worker("northmoor"), c -> Sql.list(c,
            "select encode(token, 'escape') from waymark.gate_push_devices(?, ?)", r -> r.getString(1),
            Sql.list(c, "select id from waymark.person", r -> Sql.uuid(r, "id")).toArray(java.util.UUID[]::new),
            clocks.machineNow())).toString();
        assertFalse(stored.contains("token:of"), "tokens are sealed");
    }
}
