package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What a careless force sends late, twice, in contradiction or for several cases at once, over HTTP. */
class ContradictionsTest extends WaymarkTest {

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        for (JsonNode result : api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200)
                .body().path("results")) {
            assertEquals("accepted", result.path("status").asText(), result::toString);
        }
        SignUp.drain(this);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private static Map<String, Object> with(Map<String, Object> known, String field, Object value) {
        var more = new HashMap<>(known);
        more.put(field, value);
        return more;
    }

    private String person(String id, String column) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select " + column + "::text as found from waymark.person where source_person_id = ?", r -> r.getString("found"), id).orElseThrow());
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }

    @Test
    void whoDiedInOneCaseStaysDeadWhateverAnotherCaseSaysLater() {
        send(recorded("dead-1", "NM/DEAD/1", at(-90), victim("dead", "07700 900401")),
            event("dead-2", "NM/DEAD/1", at(-80), "person_changed", Map.of("source_person_id", "dead", "deceased", true)),
            recorded("dead-3", "NM/DEAD/2", at(-70), victim("dead", "07700 900401")));
        assertEquals("true", person("dead", "deceased"));
        assertEquals(0, count("select count(*) from waymark.person where source_person_id = 'dead' and mobile is not null"));
        assertEquals(0, count("select count(*) from waymark.invitation i join waymark.person p on p.id = i.person_id "
            + "where p.source_person_id = 'dead' and i.withdrawn_at is null"));
    }

    @Test
    void aNumberThatIsUnsafeInOneCaseIsNotForgottenByAnotherThatDoesNotKnow() {
        var unknown = new HashMap<>(victim("uns", "07700900402"));
        unknown.remove("mobile_safe");
        send(recorded("uns-1", "NM/UNS/1", at(-90), with(victim("uns", "07700 900402"), "mobile_safe", "unsafe")),
            recorded("uns-2", "NM/UNS/2", at(-80), unknown),
            event("uns-3", "NM/UNS/2", at(-70), "suspect_arrested", Map.of("suspect_ref", "s")));
        assertEquals("unsafe", person("uns", "mobile_safe"));
        assertEquals(0, messages("07700 900402").body().path("items").size());
        send(event("uns-4", "NM/UNS/2", at(-60), "person_changed", Map.of("source_person_id", "uns", "mobile_safe", "safe")));
        assertEquals("safe", person("uns", "mobile_safe"));
    }

    @Test
    void whoJoinsLaterIsNotToldOfWhatIsOld() {
        send(recorded("old-1", "NM/OLD/1", at(-90), victim("old-v", "07700 900403")),
            event("old-2", "NM/OLD/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "a")),
            event("old-3", "NM/OLD/1", at(-70), "suspect_arrested", Map.of("suspect_ref", "b")));
        assertEquals(2, newsOn("07700 900403").size());
        clocks.advanceCase(Duration.ofDays(40));
        var parent = new HashMap<>(victim("old-p", "07700 900404"));
        parent.put("role", "parent");
        send(event("old-4", "NM/OLD/1", at(-5), "person_added", parent));
        assertEquals(0, newsOn("07700 900404").size());
    }

    @Test
    void aCrimeThatIsRecordedLateDoesNotBringOldNews() {
        send(event("late-1", "NM/LATE/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "a")));
        clocks.advanceCase(Duration.ofDays(40));
        send(recorded("late-2", "NM/LATE/1", at(-5), victim("late-v", "07700 900405")));
        assertEquals(0, newsOn("07700 900405").size());
    }

    @Test
    void anEventIsToldOnceEvenWhereWhatOvertookItIsTakenBack() {
        send(recorded("once-1", "NM/ONCE/1", at(-90), victim("once-v", "07700 900406")));
        send(event("once-2", "NM/ONCE/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "a")));
        assertEquals(1, newsOn("07700 900406").size());
        send(event("once-3", "NM/ONCE/1", at(-70), "suspect_charged", Map.of("suspect_ref", "a")));
        assertEquals(2, newsOn("07700 900406").size());
        send(event("once-4", "NM/ONCE/1", at(-60), "event_retracted", Map.of("source_event_id", "once-3")));
        assertEquals(3, newsOn("07700 900406").size(), "the apology is the third, and not the arrest once more");
        assertEquals(0, count("select count(*) from waymark.announcement a join waymark.case_event e on e.id = a.event_id "
            + "where e.source_event_id = 'once-2' and not a.wanted"));
    }

    @Test
    void beingToldInPersonIsNotUndoneWhenSomebodyElseIsToldToo() {
        send(recorded("two-1", "NM/TWO/1", at(-90), victim("two-a", "07700 900407"), victim("two-b", "07700 900408")));
        var arrest = event("two-2", "NM/TWO/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "a"));
        send(with(arrest, "informed_in_person", Map.of("by", "DC Example", "at", at(-70), "source_person_id", "two-a")));
        assertEquals(0, newsOn("07700 900407").size());
        assertEquals(1, newsOn("07700 900408").size());
        send(with(arrest, "informed_in_person", Map.of("by", "DC Example", "at", at(-60), "source_person_id", "two-b")));
        assertEquals(0, newsOn("07700 900407").size());
        assertEquals(1, newsOn("07700 900408").size());
    }

    @Test
    void whoWasToldInPersonThatItWasWrongGetsNoTextAboutIt() {
        send(recorded("apo-1", "NM/APO/1", at(-90), victim("apo-v", "07700 900409")));
        send(event("apo-2", "NM/APO/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "a")));
        int before = messages("07700 900409").body().path("items").size();
        send(with(event("apo-3", "NM/APO/1", at(-70), "event_retracted", Map.of("source_event_id", "apo-2")), "informed_in_person",
            Map.of("by", "DC Example", "at", at(-60))));
        assertEquals(before, messages("07700 900409").body().path("items").size());
    }

    @Test
    void aNumberReportedForASuspectInErrorKeepsNobodyOutForEver() {
        send(recorded("err-1", "NM/ERR/1", at(-90), victim("err-v", "07700 900410")),
            event("err-2", "NM/ERR/1", at(-80), "suspect_contacts", Map.of("numbers", List.of("07700 900410"))),
            event("err-3", "NM/ERR/1", at(-70), "event_retracted", Map.of("source_event_id", "err-2")));
        SignUp.person(this, "err-v");
        send(event("err-4", "NM/ERR/1", at(-60), "suspect_arrested", Map.of("suspect_ref", "a")));
        assertEquals(1, newsOn("07700 900410").size());
        send(event("err-5", "NM/ERR/1", at(-50), "event_retracted", Map.of("source_event_id", "err-3")),
            event("err-6", "NM/ERR/1", at(-40), "suspect_charged", Map.of("suspect_ref", "a")));
        assertEquals(1, newsOn("07700 900410").size());
    }

    @Test
    void aChangeOfAPersonWhomNobodyAddedMakesNoVictim() {
        var unheard = Map.<String, Object>of("source_person_id", "typo", "given_name", "Cai", "family_name", "Rees",
            "mobile", "07700 900411", "mobile_safe", "safe");
        send(recorded("typ-1", "NM/TYP/1", at(-90)), event("typ-2", "NM/TYP/1", at(-80), "person_changed", unheard));
        assertEquals(0, count("select count(*) from waymark.invitation i join waymark.person p on p.id = i.person_id "
            + "where p.source_person_id = 'typo'"));
        assertEquals(0, count("select count(*) from waymark.participant pa join waymark.person p on p.id = pa.person_id "
            + "where p.source_person_id = 'typo' and not pa.removed"));
        var added = new HashMap<String, Object>(victim("typo", "07700 900499"));
        added.put("role", "witness");
        send(event("typ-3", "NM/TYP/1", at(-85), "person_added", added));
        assertEquals(1, count("select count(*) from waymark.participant pa join waymark.person p on p.id = pa.person_id "
            + "where p.source_person_id = 'typo' and not pa.removed and pa.role = 'witness'"));
    }

    @Test
    void whoIsMergedIntoSomebodyWithoutAnAccountIsInvitedAgain() {
        send(recorded("mrg-1", "NM/MRG/1", at(-90), victim("mrg-a", "07700 900412"),
            with(victim("mrg-b", "07700 900412"), "mobile_safe", "unknown")));
        String token = SignUp.person(this, "mrg-a");
        // the other record's own invitation was withdrawn
        acting().as(worker("northmoor"), (Connection c) -> Sql.run(c, "update waymark.invitation set withdrawn_at = clock_timestamp() "
            + "where taken_up_at is null and person_id = (select id from waymark.person where source_person_id = 'mrg-b')"));
        send(event("mrg-2", "NM/MRG/1", at(-80), "people_merged", Map.of("source_person_id", "mrg-b", "merged", List.of("mrg-a"))));
        assertEquals(401, api().as(token).get("/v1/me/cases").status());
        assertEquals(1, count("select count(*) from waymark.invitation i join waymark.person p on p.id = i.person_id "
            + "where p.source_person_id = 'mrg-b' and i.withdrawn_at is null and i.taken_up_at is null"));
    }

    @Test
    void whoIsMergedHasAskedForNoLessUnderTheOtherRecord() {
        send(recorded("mrs-1", "NM/MRS/1", at(-90), victim("mrs-a", "07700 900414"), victim("mrs-b", "07700 900415")));
        acting().as(worker("northmoor"), (Connection c) -> Sql.run(c, "update waymark.person set chosen_discreet = true, "
            + "texts_stopped_at = clock_timestamp() where source_person_id = 'mrs-a'")
            + Sql.run(c, "insert into waymark.unsafe_address select id, '\\x01', force_id from waymark.person "
                + "where source_person_id = 'mrs-a'"));
        send(event("mrs-2", "NM/MRS/1", at(-80), "people_merged", Map.of("source_person_id", "mrs-b", "merged", List.of("mrs-a"))));
        String strict = "select count(*) from waymark.person where source_person_id = 'mrs-b' and texts_stopped_at is not null";
        assertEquals(1, count(strict + " and chosen_discreet"));
        assertEquals(1, count("select count(*) from waymark.unsafe_address u join waymark.person p on p.id = u.person_id "
            + "where p.source_person_id = 'mrs-b'"));
        // the person has texted START since: what is told of the old record brings the old word back no more
        acting().as(worker("northmoor"), (Connection c) -> Sql.run(c,
            "update waymark.person set texts_stopped_at = null where source_person_id = 'mrs-b'"));
        send(event("mrs-3", "NM/MRS/1", at(-70), "person_changed", victim("mrs-a", "07700 900416")));
        assertEquals(0, count(strict));
    }

    @Test
    void whoIsMergedKeepsTheHoursTheyHaveChosen() {
        send(recorded("mrh-1", "NM/MRH/1", at(-90), victim("mrh-a", "07700 900427"), victim("mrh-b", "07700 900428")));
        var me = api().as(SignUp.person(this, "mrh-a"));
        String tag = me.get("/v1/me/contact-preferences").expect(200).header("etag").orElseThrow();
        me.with("If-Match", tag).put("/v1/me/contact-preferences", Map.of("language", "en", "discreet_mode", false, "quiet_hours",
            Map.of("from", "21:00", "to", "08:00"))).expect(200);
        send(event("mrh-2", "NM/MRH/1", at(-80), "people_merged", Map.of("source_person_id", "mrh-b", "merged", List.of("mrh-a"))));
        String id = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = 'mrh-b'", r -> r.getString("id"))).orElseThrow();
        assertEquals("21:00", api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/people/" + id + "/contact-preferences")
            .expect(200).at("/quiet_hours/from"));
    }

    @Test
    void aSuspectReportedInErrorHasANumberAndLeavesTheOthersTheirs() {
        send(recorded("num-1", "NM/NUM/1", at(-90), victim("num-v", "07700 900413")),
            event("num-2", "NM/NUM/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "a")),
            event("num-3", "NM/NUM/1", at(-70), "suspect_arrested", Map.of("suspect_ref", "b")),
            event("num-4", "NM/NUM/1", at(-60), "suspect_arrested", Map.of("suspect_ref", "c")),
            event("num-5", "NM/NUM/1", at(-50), "event_retracted", Map.of("source_event_id", "num-2")));
        String token = SignUp.person(this, "num-v");
        String id = api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
        JsonNode entries = api().as(token).get("/v1/me/cases/" + id + "/timeline").expect(200).body().path("items");
        assertFalse(entries.toString().contains("null"), entries::toString);
        assertTrue(entries.get(0).path("headline").asText().contains("1"), entries::toString);
        assertEquals(3, entries.get(1).path("suspect_number").asInt());
        assertEquals(2, entries.get(2).path("suspect_number").asInt());
    }

    @Test
    void batchesThatCrossEachOtherAreNoFailure() throws Exception {
        String system = systemToken("northmoor");
        try (var senders = Executors.newFixedThreadPool(6)) {
            for (int round = 0; round < 5; round++) {
                var calls = new java.util.ArrayList<Callable<Integer>>();
                for (int i = 0; i < 6; i++) {
                    var events = new java.util.ArrayList<Map<String, Object>>();
                    for (int n = 0; n < 40; n++) {
                        int one = i % 2 == 0 ? n : 39 - n;
                        events.add(event("x-" + round + "-" + one, "NM/X/" + one, "2026-01-01T10:00:00Z", "suspect_arrested", Map.of("suspect_ref", "s")));
                    }
                    String path = i < 4 ? "/v1/bridge/events?dry_run=true" : "/v1/bridge/events";
                    calls.add(() -> api().as(system).post(path, batch(events)).status());
                }
                for (var status : senders.invokeAll(calls)) {
                    assertEquals(200, status.get());
                }
            }
        }
    }

    @Test
    void aWitnessCannotTellByTimesAndTagsThatSomethingHappenedToASuspect() {
        var witness = new HashMap<>(victim("tag-w", "07700 900414"));
        witness.put("role", "witness");
        send(recorded("tag-1", "NM/TAG/1", at(-90), victim("tag-v", "07700 900415"), witness));
        String token = SignUp.person(this, "tag-w");
        String cases = api().as(token).get("/v1/me/cases").expect(200).text();
        String path = "/v1/me/cases/" + api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
        String tag = api().as(token).get(path).expect(200).header("ETag").orElseThrow();
        clocks.advanceCase(Duration.ofMinutes(3));
        send(event("tag-2", "NM/TAG/1", at(-1), "suspect_arrested", Map.of("suspect_ref", "a")));
        assertEquals(cases, api().as(token).get("/v1/me/cases").expect(200).text());
        api().as(token).with("If-None-Match", tag).get(path).expect(304);
        assertFalse(api().as(token).get(path).expect(200).body().has("unit"));
    }
}
