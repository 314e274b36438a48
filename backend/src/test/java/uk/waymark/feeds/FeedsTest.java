package uk.waymark.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A source falls silent: staff are alarmed once, operators see it, and people read how old their case is. */
class FeedsTest extends WaymarkTest {

    private void limit(String force, String source, String limit) {
        String name = Character.toUpperCase(force.charAt(0)) + force.substring(1);
        var set = new ForceSetUp(waymark.settings(), new MachineClock(clocks.machineTime()));
        assertTrue(set.add("code: " + force + "\nname: {en: " + name + " Police, cy: Heddlu " + name + "}\nfeeds:\n  " + source + ": "
            + limit + "\n") instanceof ForceSetUp.Done);
    }

    private void report(String force, String source, Map<String, Object> event) {
        api().as(systemToken(force)).post("/v1/bridge/events", Map.of("source", source, "events", List.of(event))).expect(200);
    }

    private String at(int minutes) {
        return clocks.caseNow().plusSeconds(minutes * 60L).toString();
    }

    private void look() {
        bean(SilentFeeds.class).drain();
    }

    private List<JsonNode> alarms(String force, String source) {
        var alarms = new ArrayList<JsonNode>();
        api().as(staffToken("supervisor", force)).get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(item -> {
            if (item.path("kind").asText().equals("feed_silent") && item.path("detail").asText().contains(source)) {
                alarms.add(item);
            }
        });
        return alarms;
    }

    private double figure(String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " ([0-9.E+]+)$", Pattern.MULTILINE)
            .matcher(api().get("/prometheus").expect(200).text());
        assertTrue(line.find(), name);
        return Double.parseDouble(line.group(1));
    }

    private Instant heard(String force, String source) {
        return acting().as(worker(force), (Connection c) -> Sql.one(c,
            "select last_heard_at from waymark.feed where source = ?", r -> Sql.instant(r, "last_heard_at"), source)).orElse(null);
    }

    @Test
    void aSilenceIsNoticedOnceShownAndEndsByItself() {
        limit("northmoor", "silence", "PT26H");
        report("northmoor", "silence", recorded("s-1", "NM/S/1", at(-60), victim("s-v", "07700 900621")));
        String person = SignUp.person(this, "s-v");
        Instant last = heard("northmoor", "silence");
        look();
        assertTrue(alarms("northmoor", "silence").isEmpty());
        assertFalse(api().as(person).get("/v1/me/cases").expect(200).body().at("/items/0").has("as_at"));

        assertEquals(last.plus(Duration.ofHours(26)), bean(SilentFeeds.class).nextDue().orElseThrow());
        clocks.advanceCase(Duration.ofHours(25));
        look();
        assertTrue(alarms("northmoor", "silence").isEmpty());
        String tag = tagOf(person);
        clocks.advanceCase(Duration.ofMinutes(70));
        look();
        JsonNode systems = api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/systems").expect(200).body();
        JsonNode source = StreamSupport.stream(systems.path("sources").spliterator(), false)
            .filter(x -> x.path("source").asText().equals("silence")).findFirst().orElseThrow();
        assertEquals(26 * 60, source.path("silent_after_minutes").asInt());
        assertTrue(source.hasNonNull("silent_since") && source.hasNonNull("last_heard_at"), systems.toString());
        assertFalse(api().as(staffToken("supervisor", "glanafon")).get("/v1/staff/systems").expect(200).text().contains("silence\""));
        api().as(staffToken("analyst", "northmoor")).get("/v1/staff/systems").expect(403);
        look();
        List<JsonNode> alarms = alarms("northmoor", "silence");
        assertEquals(1, alarms.size());
        assertEquals("not_heard", alarms.getFirst().path("reason").asText());
        assertTrue(alarms("glanafon", "silence").isEmpty());
        assertEquals(Duration.ofMinutes(25 * 60 + 70).toSeconds(),
            figure("waymark_feed_silence_seconds{force=\"northmoor\",source=\"silence\"}"), 90);
        assertEquals(1, figure("waymark_feeds_silent"), 0);
        assertEquals("UP", api().get("/health").expect(200).at("/status"));

        JsonNode summary = api().as(person).get("/v1/me/cases").expect(200).body().at("/items/0");
        assertEquals(last, Instant.parse(summary.path("as_at").asText()));
        assertTrue(summary.path("as_at_note").asText().startsWith("We have not heard from the police\u2019s system since "));
        Answer full = api().as(person).with("Accept-Language", "cy").get("/v1/me/cases/" + summary.path("id").asText()).expect(200);
        assertTrue(full.at("/as_at_note").startsWith("Nid ydym wedi clywed gan system yr heddlu ers dydd "), full.text());
        assertFalse(tag.equals(tagOf(person)), "what a browser kept is out of date");

        report("northmoor", "silence", event("s-2", "NM/S/1", at(-1), "officer_changed",
            Map.of("officer", Map.of("name", "DC New", "collar_number", "1", "team", "x"))));
        assertTrue(alarms("northmoor", "silence").isEmpty(), "settled by itself");
        assertFalse(api().as(person).get("/v1/me/cases").expect(200).body().at("/items/0").has("as_at"));
        look();
        assertEquals(0, figure("waymark_feeds_silent"), 0);

        clocks.advanceCase(Duration.ofHours(27));
        look();
        assertEquals(1, alarms("northmoor", "silence").size(), "another silence, another alarm");
        limit("northmoor", "silence", "never");
        look();
        assertTrue(alarms("northmoor", "silence").isEmpty(), "with another limit it is no silence");
        assertFalse(api().as(person).get("/v1/me/cases").expect(200).body().at("/items/0").has("as_at"));
    }

    private String tagOf(String person) {
        String id = api().as(person).get("/v1/me/cases").expect(200).at("/items/0/id");
        return api().as(person).get("/v1/me/cases/" + id).expect(200).header("etag").orElseThrow();
    }

    @Test
    void onlyWhoseCaseItReportedOnIsToldAndAWitnessLearnsNothingByIt() {
        limit("glanafon", "custody", "PT1H");
        var witness = new HashMap<>(victim("w-w", "07700 900623"));
        witness.put("role", "witness");
        report("glanafon", "records", recorded("w-1", "GL/W/1", at(-60), victim("w-v", "07700 900622"), witness));
        report("glanafon", "records", recorded("w-2", "GL/W/2", at(-60), victim("w-o", "07700 900624")));
        String victim = SignUp.person(this, "glanafon", "w-v");
        String other = SignUp.person(this, "glanafon", "w-o");
        String looksOn = SignUp.person(this, "glanafon", "w-w");
        report("glanafon", "custody", event("w-3", "GL/W/1", at(-5), "suspect_arrested", Map.of("suspect_ref", "s")));
        Instant last = heard("glanafon", "custody");
        api().post("/sandbox/clock", Map.of("advance", "PT2H")).expect(200);
        Instant noticed = Instant.parse(alarms("glanafon", "custody").getFirst().path("created_at").asText());
        assertTrue(Duration.between(last.plus(Duration.ofHours(1)), noticed).toSeconds() < 30, "the clock stops at the due moment");
        assertTrue(api().as(victim).get("/v1/me/cases").expect(200).body().at("/items/0").has("as_at"));
        assertFalse(api().as(other).get("/v1/me/cases").expect(200).body().at("/items/0").has("as_at"));
        assertFalse(api().as(looksOn).get("/v1/me/cases").expect(200).body().at("/items/0").has("as_at"));
    }

    @Test
    void aDryRunIsNotHeardAndNeitherIsWhatIsRefused() {
        var good = recorded("d-1", "NM/D/1", at(-60), victim("d-v", "07700 900625"));
        api().as(systemToken("northmoor")).post("/v1/bridge/events?dry_run=true", Map.of("source", "dry", "events", List.of(good))).expect(200);
        report("northmoor", "dry", event("d-2", "NM/D/1", at(-60), "unheard_of", Map.of()));
        assertEquals(null, heard("northmoor", "dry"));
        report("northmoor", "dry", good);
        Instant first = heard("northmoor", "dry");
        clocks.advanceCase(Duration.ofSeconds(30));
        report("northmoor", "dry", good);
        assertEquals(first, heard("northmoor", "dry"), "to the minute is enough");
        clocks.advanceCase(Duration.ofSeconds(40));
        report("northmoor", "dry", good);
        assertTrue(heard("northmoor", "dry").isAfter(first), "a duplicate is a sign of life");
    }

    @Test
    void manyAtOnceOfOneSourceDoNotStandInEachOthersWay() throws Exception {
        limit("northmoor", "busy", "PT5M");
        String token = systemToken("northmoor");
        for (int round = 0; round < 3; round++) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 8; i++) {
                String id = "b-" + round + '-' + i;
                calls.add(() -> api().as(token).post("/v1/bridge/events", Map.of("source", "busy", "events",
                    List.of(recorded(id, "NM/B/" + id, at(-60))))).status());
            }
            try (var senders = Executors.newFixedThreadPool(8)) {
                for (var status : senders.invokeAll(calls)) {
                    assertEquals(200, status.get());
                }
            }
            assertTrue(alarms("northmoor", "busy").isEmpty());
            clocks.advanceCase(Duration.ofMinutes(6));
            look();
            assertEquals(1, alarms("northmoor", "busy").size());
        }
    }

    @Test
    void aCourtListIsASignOfLife() throws Exception {
        try (var in = getClass().getResourceAsStream("/openapi/openapi.json")) {
            var list = Api.JSON.readTree(in).at("/paths/~1v1~1bridge~1court-lists/post/requestBody/content/application~1json/examples/"
                + "crown_daily/value");
            api().as(systemToken("northmoor")).post("/v1/bridge/court-lists", list).expect(200);
        }
        assertTrue(heard("northmoor", "court-lists") != null);
    }

    @Test
    void courtsAreCalledCourts() {
        var words = new AsAtWords();
        var then = Instant.parse("2026-03-03T14:05:00Z");
        assertEquals("We have not heard from the police\u2019s system since Tuesday 3 March at 14:05. What you see is as it was then.",
            words.note("en", new Silence.AsAt(then, false)));
        assertEquals("Nid ydym wedi clywed gan system yr heddlu ers dydd Mawrth 3 Mawrth am 14:05. Mae\u2019r hyn a welwch fel yr oedd "
            + "bryd hynny.", words.note("cy", new Silence.AsAt(then, false)));
        assertTrue(words.note("en", new Silence.AsAt(Instant.parse("2026-07-03T14:05:00Z"), true)).contains("courts\u2019 system since Friday 3 July at 15:05"));
    }
}
