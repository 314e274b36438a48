package uk.waymark.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** What somebody writes and has not signed: saved by version, read by nobody else, gone when nobody touches it for long. */
class DraftsTest extends StatementsCase {

    @Test
    void whatToKnowComesBeforeTheFirstWordAndIsTheOffer() {
        Somebody ann = victim();
        Answer read = me(ann).get(path(ann) + "/guidance").expect(200);
        assertTrue(read.body().path("may_write").asBoolean());
        assertTrue(read.text().contains("The defence and the court may read it"));
        assertTrue(read.text().contains("Do not put in an address"));
        assertTrue(read.text().contains("Staff cannot read it either"));
        Answer welsh = me(ann).with("Accept-Language", "cy").get(path(ann) + "/guidance").expect(200);
        assertTrue(welsh.text().contains("Gall yr amddiffyniad a'r llys ei ddarllen"));
        assertEquals("cy", welsh.header("content-language").orElseThrow());
        assertEquals(List.of("app"), acting().as(worker("northmoor"), c -> Sql.list(c,
            "select via from waymark.statement_offer where person_id = ?", r -> r.getString("via"), ann.person())), "the first time is kept");
        staff().post("/v1/staff/cases/" + ann.caseId() + "/statement-offers", Map.of("person_id", ann.person(), "answer", "not_now")).expect(204);
        staff().post("/v1/staff/cases/" + ann.caseId() + "/statement-offers", Map.of("person_id", ann.caseId(), "answer", "not_now")).expect(422);
    }

    @Test
    void whatIsSavedIsSavedByVersion() {
        Somebody ann = victim();
        Answer begun = me(ann).post(path(ann), text("Since then I do not sleep. Ring 07700 900123.")).expect(201);
        assertEquals("phone", begun.at("/notices/0/kind"));
        String id = begun.at("/id");
        String first = begun.header("etag").orElseThrow();
        me(ann).put(one(id), text("more")).expect(428);
        String second = me(ann).with("If-Match", first).put(one(id), text("more")).expect(200).header("etag").orElseThrow();
        Answer late = me(ann).with("If-Match", first).put(one(id), text("other")).expect(412);
        assertEquals("more", late.at("/present/text"), "nothing typed is lost: both texts are there");
        assertEquals(second, late.header("etag").orElseThrow());
        me(ann).with("If-Match", "*").put(one(id), text("over everything")).expect(412);
        assertEquals(second, me(ann).with("If-Match", first).put(one(id), text("more")).expect(200).header("etag").orElseThrow(),
            "the answer to an earlier try was lost");
        assertEquals("draft", me(ann).get(path(ann)).expect(200).at("/items/0/state"));
        me(ann).with("If-Match", first).delete(one(id)).expect(412);
        me(ann).with("If-Match", second).delete(one(id)).expect(204);
        me(ann).get(one(id)).expect(404);
    }

    @Test
    void aKeyBeginsOneDraftAndThereAreNotTooMany() {
        Somebody ann = victim();
        Api keyed = me(ann).with("Idempotency-Key", "k-1");
        assertEquals(keyed.post(path(ann), text("a")).expect(201).at("/id"), keyed.post(path(ann), text("a")).expect(201).at("/id"));
        keyed.post(path(ann), text("b")).expect(422);
        for (int i = 1; i < 20; i++) {
            begin(ann, "draft " + i);
        }
        assertTrue(me(ann).post(path(ann), text("one more")).expect(409).at("/detail").contains("Go on with one of them"));
        Answer page = me(ann).get(path(ann) + "?limit=15").expect(200);
        assertEquals(15, page.body().path("items").size());
        assertEquals(5, me(ann).get(path(ann) + "?limit=15&cursor=" + Api.encode(page.at("/next_cursor"))).expect(200).body().path("items").size());
    }

    /** One device: what it types, what it was told is saved, and what it last read. */
    private final class Device {
        private final Somebody who;
        private final String id;
        private final String name;
        private final Set<String> typed = new LinkedHashSet<>();
        private final Set<String> saved = new LinkedHashSet<>();
        private String text = "";
        private String tag;

        Device(Somebody who, String id, String name) {
            this.who = who;
            this.id = id;
            this.name = name;
            Answer read = me(who).get(one(id)).expect(200);
            text = read.at("/text");
            tag = read.header("etag").orElseThrow();
        }

        void type(int n) {
            String word = name + n;
            typed.add(word);
            text += " " + word;
        }

        /** @param line what becomes of it: 0 the request is lost, 1 the answer is, anything else arrives */
        void save(int line) {
            if (line == 0) {
                return;
            }
            Answer answer = me(who).with("If-Match", tag).put(one(id), text(text));
            if (line == 1) {
                return;
            }
            if (answer.status() == 200) {
                saved.addAll(typed);
                tag = answer.header("etag").orElseThrow();
            } else {
                answer.expect(412);
                var words = new LinkedHashSet<>(List.of(answer.at("/present/text").split(" ")));
                words.addAll(typed);
                text = String.join(" ", words);
                tag = answer.header("etag").orElseThrow();
            }
        }
    }

    @Test
    void twoDevicesOverABadLineLoseNoWordThatEitherWasToldIsSaved() {
        for (int seed = 1; seed <= 6; seed++) {
            var random = new Random(seed);
            Somebody ann = victim();
            String id = begin(ann, "");
            List<Device> devices = List.of(new Device(ann, id, "phone"), new Device(ann, id, "tablet"));
            for (int step = 0; step < 40; step++) {
                Device device = devices.get(random.nextInt(2));
                if (random.nextBoolean()) {
                    device.type(step);
                }
                device.save(random.nextInt(4));
            }
            var kept = new TreeSet<>(List.of(me(ann).get(one(id)).expect(200).at("/text").split(" ")));
            for (Device device : devices) {
                var lost = new ArrayList<>(device.saved);
                lost.removeAll(kept);
                assertEquals(List.of(), lost, "seed " + seed);
            }
        }
    }

    /** The same with both typing at the same moment: what each does is drawn by a seed, how they meet is the machine's. */
    @Test
    void twoDevicesAtTheSameMomentLoseNoWordThatEitherWasToldIsSaved() throws Exception {
        for (int seed = 101; seed <= 103; seed++) {
            Somebody ann = victim();
            String id = begin(ann, "");
            List<Device> devices = List.of(new Device(ann, id, "phone"), new Device(ann, id, "tablet"));
            try (var threads = Executors.newFixedThreadPool(2)) {
                var running = new ArrayList<Future<?>>();
                for (Device device : devices) {
                    var random = new Random(seed * 31L + device.name.hashCode());
                    running.add(threads.submit(() -> {
                        for (int step = 0; step < 30; step++) {
                            device.type(step);
                            device.save(random.nextInt(4));
                        }
                        // the line is good again: whatever was lost on it is tried until it is said to be there
                        for (int tries = 0; tries < 20 && !device.saved.containsAll(device.typed); tries++) {
                            device.save(2);
                        }
                        return null;
                    }));
                }
                for (Future<?> one : running) {
                    one.get();
                }
            }
            var kept = new TreeSet<>(List.of(me(ann).get(one(id)).expect(200).at("/text").split(" ")));
            for (Device device : devices) {
                assertEquals(device.typed, device.saved, "seed " + seed + ": in the end each is told that all of it is there");
                var lost = new ArrayList<>(device.saved);
                lost.removeAll(kept);
                assertEquals(List.of(), lost, "seed " + seed);
            }
        }
    }

    @Test
    void eachOddTextIsKeptAsTypedOrAnsweredClearly() {
        Somebody ann = victim();
        for (String odd : List.of("\uD83D\uDE22".repeat(10_000), "<html><script>alert(1)</script></html>", "abc \u202Edef\u202C ghi", "  \r\n\t ",
                "Ystlum \u0175\u0177 \u0627\u0644\u0639\u0631\u0628\u064A\u0629 \u4E2D\u6587", "'; drop table waymark.statement; --")) {
            String id = begin(ann, odd);
            assertEquals(odd, me(ann).get(one(id)).expect(200).at("/text"));
            me(ann).delete(one(id)).expect(204);
        }
        Answer tooLong = me(ann).post(path(ann), text("x".repeat(100_001))).expect(400);
        assertTrue(tooLong.text().contains("/text") && tooLong.text().contains("100000"), tooLong.text());
        assertTrue(me(ann).post(path(ann), text("x".repeat(5_000_000))).expect(413).at("/detail").contains("100000"));
        assertEquals("/text", me(ann).post(path(ann), "{\"text\":\"a\\u0000b\",\"language\":\"en\"}").expect(400).at("/errors/0/pointer"));
        me(ann).post(path(ann), "{\"text\":\"a\\ud800b\",\"language\":\"en\"}").expect(400);
        String id = begin(ann, "a");
        me(ann).with("If-Match", me(ann).get(one(id)).header("etag").orElseThrow()).put(one(id), Map.of("text", "y".repeat(90_000), "language", "en",
            "answers", List.of(Map.of("question", "money", "text", "z".repeat(15_000))))).expect(422);
        assertEquals("a", me(ann).get(one(id)).expect(200).at("/text"));
    }

    @Test
    void whoIsAskedIsWhatTheContractSays() throws Exception {
        Map<String, Map<String, Map<String, Boolean>>> table;
        try (var in = Files.newInputStream(Path.of("../api-spec/openapi/what-a-role-sees.yaml"))) {
            table = Map.of("writes", new Yaml().<Map<String, Map<String, Map<String, Boolean>>>>load(in).get("writes"));
        }
        table.get("writes").get("statement").forEach((role, may) -> assertEquals(may, Makers.may(role), role));
        Somebody witness = somebody("witness", Map.of(), List.of());
        assertEquals("urn:waymark:problem:not-asked", me(witness).post(path(witness), text("I saw it")).expect(409).at("/type"));
        assertFalse(me(witness).get(path(witness)).expect(200).body().path("may_add").asBoolean());
        assertFalse(me(witness).get(path(witness) + "/guidance").expect(200).body().path("may_write").asBoolean());
    }

    @Test
    void nobodyElseSeesADraft() {
        Somebody ann = victim();
        Somebody bob = victim();
        String id = begin(ann, "Unmistakable");
        me(bob).get(one(id)).expect(404);
        me(bob).with("If-Match", "*").put(one(id), text("x")).expect(404);
        me(bob).delete(one(id)).expect(404);
        sign(bob, id).expect(404);
        me(bob).get(path(ann)).expect(404);
        assertFalse(staff().get("/v1/staff/statements").expect(200).text().contains(id));
        staff().get("/v1/staff/statements/" + id + "/document").expect(404);
        for (Caller caller : List.of(new Caller.Staff(force("northmoor"), "x", Set.of("officer", "supervisor", "administrator")),
                new Caller.System(force("northmoor"), "x"), worker("northmoor"), caller(bob.token()))) {
            assertEquals(0, acting().as(caller, (Connection c) -> Sql.one(c, "select count(*) from waymark.statement_draft", r -> r.getInt(1))
                .orElseThrow()), caller.getClass().getSimpleName());
        }
        assertEquals(1, acting().as(caller(ann.token()), (Connection c) -> Sql.one(c,
            "select count(*) from waymark.statement_draft where position('Unmistakable'::bytea in words) = 0", r -> r.getInt(1)).orElseThrow()),
            "its own, and sealed");
    }

    @Test
    void whatNobodyTouchesGoesOnceItWasShownThatItWill() {
        Somebody ann = victim();
        String old = begin(ann, "old");
        DraftKeeping keeping = bean(DraftKeeping.class);
        clocks.advanceCase(Duration.ofDays(75));
        keeping.drain();
        assertFalse(me(ann).get(one(old)).expect(200).body().path("goes_soon").asBoolean());
        clocks.advanceCase(Duration.ofDays(2));
        keeping.drain();
        Answer soon = me(ann).get(one(old)).expect(200);
        assertTrue(soon.body().path("goes_soon").asBoolean());
        String touched = begin(ann, "touched");
        String tag = soon.header("etag").orElseThrow();
        assertTrue(keeping.nextDue().isPresent());
        clocks.advanceCase(Duration.ofDays(13));
        keeping.drain();
        me(ann).get(one(old)).expect(200);
        clocks.advanceCase(Duration.ofDays(2));
        keeping.drain();
        me(ann).get(one(old)).expect(404);
        assertFalse(me(ann).get(one(touched)).expect(200).body().path("goes_soon").asBoolean());
        assertFalse(tag.isEmpty());
    }
}
