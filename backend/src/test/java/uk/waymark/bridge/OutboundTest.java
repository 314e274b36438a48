package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Ids;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** What a force's system fetches, and what it says of it. */
class OutboundTest extends HandingOver {

    private String passedOn() {
        return preferences().at("/passed_on_at");
    }

    private void acknowledge(String id, int status) {
        system().post("/v1/bridge/outbound/" + id + "/acknowledgement", Map.of("source_reference", "N-1")).expect(status);
    }

    @Test
    void aPreferenceIsPassedOnWhenTheForcesSystemHasIt() {
        assertEquals("", passedOn());
        Answer changed = wants("voicemail", false);
        assertTrue(changed.body().path("passed_on_at").isMissingNode());
        List<JsonNode> items = fetched();
        assertEquals(1, items.size());
        JsonNode item = items.getFirst();
        assertEquals("contact_preferences " + reference + " rms " + person, item.path("type").asText() + ' '
            + item.path("crime_reference").asText() + ' ' + item.path("source").asText() + ' ' + item.path("source_person_id").asText());
        assertEquals("false", item.at("/data/voicemail").asText());
        assertTrue(item.at("/data/channels").isArray(), item.toString());
        assertEquals("", passedOn(), "fetched is not stored");
        double before = tries("acknowledged");
        acknowledge(item.path("id").asText(), 204);
        String at = passedOn();
        assertFalse(at.isEmpty());
        acknowledge(item.path("id").asText(), 204);
        assertEquals(before + 1, tries("acknowledged"), "once");
        assertEquals(at, passedOn());
        assertEquals(List.of(), fetched());
        wants("voicemail", null);
        assertEquals("", passedOn(), "the new one is not there yet");
        assertEquals(1, fetched().size());
    }

    @Test
    void theSameAgainPutsNothing() {
        wants("voicemail", false);
        wants("voicemail", false);
        assertEquals(1, fetched().size());
    }

    @Test
    void whatStaffPutDownGoesOutWholeAndAWordThatWaitsDoesNot() {
        wants("word", "heron");
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        String path = "/v1/staff/people/" + personId() + "/contact-preferences";
        Answer known = staff.get(path).expect(200);
        ObjectNode wanted = known.body().deepCopy();
        wanted.remove("paused");
        wanted.remove("word_to_confirm");
        wanted.put("if_somebody_else_answers", "The dentist").put("reason", "On the phone");
        staff.with("If-Match", known.header("etag").orElseThrow()).put(path, wanted).expect(200);
        List<JsonNode> items = fetched();
        assertEquals(1, items.size(), "the later one says all of it");
        assertEquals("heron", items.getFirst().at("/data/word").asText(), "staff say it on calls: no flag on the case, so it counts");
        assertEquals("The dentist", items.getFirst().at("/data/if_somebody_else_answers").asText());
        assertTrue(items.getFirst().at("/data/confirmed").isMissingNode(), "there is no flag");
        superuser("update waymark.person set safety = true where source_person_id = ?", person);
        wants("word", "curlew");
        JsonNode last = fetched().getLast();
        assertTrue(last.at("/data/word_to_confirm").isMissingNode(), last.toString());
        assertFalse(last.toString().contains("curlew"), "whoever holds the phone may have chosen it");
        assertEquals("person false", last.at("/data/said_by").asText() + ' ' + last.at("/data/confirmed").asText());
    }

    @Test
    void theNewestVoidsThoseBeforeIt() {
        wants("voicemail", false);
        String first = fetched().getFirst().path("id").asText();
        wants("voicemail", null);
        List<JsonNode> items = fetched();
        assertEquals(1, items.size(), "nobody is given what is no longer so");
        assertEquals("superseded,waiting", states());
        acknowledge(first, 204);
        assertEquals("superseded,waiting", states());
        assertEquals("", passedOn(), "what counts now is not there yet");
        acknowledge(items.getFirst().path("id").asText(), 204);
        assertEquals("superseded,acknowledged", states());
        assertFalse(passedOn().isEmpty());
        acknowledge(first, 204);
        assertEquals("superseded,acknowledged", states());
    }

    @Test
    void byEventTheSame() {
        wants("voicemail", false);
        String id = fetched().getFirst().path("id").asText();
        String at = clocks.caseNow().minusSeconds(1).toString();
        Map<String, Object> batch = batch(event("ack-" + reference, reference, at, "outbound_acknowledged",
            Map.of("outbound_id", id, "source_reference", "N-2")));
        system().post("/v1/bridge/events?dry_run=true", batch).expect(200);
        assertEquals("waiting", states(), "a dry run says nothing");
        assertEquals("accepted", system().post("/v1/bridge/events", batch).expect(200).at("/results/0/status"));
        assertEquals("acknowledged", states());
        assertFalse(passedOn().isEmpty());
        assertEquals("duplicate", system().post("/v1/bridge/events", batch).expect(200).at("/results/0/status"));
    }

    @Test
    void nothingOfAnotherForce() {
        wants("voicemail", false);
        String id = fetched().getFirst().path("id").asText();
        Api other = api().as(systemToken("glanafon"));
        assertEquals(0, other.get("/v1/bridge/outbound").expect(200).body().path("items").size());
        other.post("/v1/bridge/outbound/" + id + "/acknowledgement", Map.of()).expect(404);
        other.post("/v1/bridge/outbound/" + id + "/refusal", Map.of("reason", "x")).expect(404);
        assertEquals("waiting", states());
    }

    @Test
    void whatIsRefusedIsForStaffAndMayArriveAfterAll() {
        String first = put("statement_signed");
        double before = tries("refused");
        system().post("/v1/bridge/outbound/" + first + "/refusal", Map.of("reason", "The record is closed")).expect(204);
        system().post("/v1/bridge/outbound/" + first + "/refusal", Map.of("reason", "Again")).expect(204);
        assertEquals(before + 1, tries("refused"));
        assertEquals(List.of(), fetched());
        List<JsonNode> items = queue("outbound_refused");
        assertEquals(1, items.size());
        assertTrue(items.getFirst().path("detail").asText().endsWith("It gave as its reason: The record is closed"));
        complete(items.getFirst(), "done", 422);
        acknowledge(first, 204);
        assertEquals(List.of(), queue("outbound_refused"), "it has it after all");
        system().post("/v1/bridge/outbound/" + first + "/refusal", Map.of("reason", "x")).expect(409);
    }

    @Test
    void staffPutItInByHandOrHaveItTriedAgain() {
        wants("voicemail", false);
        String id = fetched().getFirst().path("id").asText();
        system().post("/v1/bridge/outbound/" + id + "/refusal", Map.of("reason", "x")).expect(204);
        complete(queue("outbound_refused").getFirst(), "retry", 204);
        assertEquals(id, fetched().getFirst().path("id").asText(), "under the same id");
        system().post("/v1/bridge/outbound/" + id + "/refusal", Map.of("reason", "x")).expect(204);
        complete(queue("outbound_refused").getFirst(), "handled", 204);
        assertEquals("handled", states());
        assertFalse(passedOn().isEmpty());
        acknowledge(id, 204);
        assertEquals("handled", states());
    }

    @Test
    void aRefusedOneThatALaterOneSaysAnewIsNotTriedAgain() {
        wants("voicemail", false);
        String id = fetched().getFirst().path("id").asText();
        system().post("/v1/bridge/outbound/" + id + "/refusal", Map.of("reason", "x")).expect(204);
        wants("voicemail", null);
        assertEquals(List.of(), queue("outbound_refused"), "there is nothing left to see to");
        assertEquals("superseded,waiting", states());
    }

    /** What is being handed over at this moment may arrive: it is void once the later one has. */
    @Test
    void whatIsUnderWayIsVoidOnlyOnceTheLaterOneIsThere() {
        wants("voicemail", false);
        superuser("update waymark.outbound_parcel set lease = gen_random_uuid(), lease_until = clock_timestamp() + interval '1 hour'");
        wants("voicemail", null);
        assertEquals("waiting,waiting", states());
        acknowledge(fetched().get(1).path("id").asText(), 204);
        assertEquals("superseded,acknowledged", states());
    }

    @Test
    void oneThatCannotBeOpenedKeepsNoneOfTheOthersBack() {
        String broken = put("call_back_outcome");
        String sound = put("statement_signed");
        superuser("update waymark.outbound_parcel set data = 'x' where id = ?::uuid", broken);
        List<JsonNode> items = fetched();
        assertEquals(List.of(sound), items.stream().map(i -> i.path("id").asText()).toList());
        assertEquals("refused,waiting", states());
        JsonNode item = queue("outbound_refused").getFirst();
        assertEquals("unreadable", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains("cannot be opened"), item.toString());
    }

    @Test
    void inPagesAndInOrder() {
        var ids = List.of(put("statement_signed"), put("call_back_outcome"), put("statement_signed"));
        Answer page = system().get("/v1/bridge/outbound?limit=2").expect(200);
        assertEquals(ids.subList(0, 2), page.body().path("items").findValuesAsText("id"));
        Answer rest = system().get("/v1/bridge/outbound?limit=2&cursor=" + page.at("/next_cursor")).expect(200);
        assertEquals(ids.subList(2, 3), rest.body().path("items").findValuesAsText("id"));
        assertTrue(rest.body().path("next_cursor").isNull());
        system().get("/v1/bridge/outbound?cursor=eA").expect(400);
        assertNull(system().post("/v1/bridge/outbound/" + bean(Ids.class).next() + "/acknowledgement", Map.of()).expect(404)
            .header("x").orElse(null));
    }
}
