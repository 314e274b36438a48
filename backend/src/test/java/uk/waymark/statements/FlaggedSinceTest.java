package uk.waymark.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;

/** A safety flag that comes after the signature: nothing goes to the file before somebody has spoken to whoever signed. */
class FlaggedSinceTest extends StatementsCase {
    private Api system() {
        return api().as(systemToken("northmoor"));
    }

    private Optional<JsonNode> fetched(String statement) {
        for (JsonNode item : system().get("/v1/bridge/outbound?limit=100").expect(200).body().path("items")) {
            if (item.at("/data/statement_id").asText().equals(statement)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private void acknowledge(JsonNode parcel) {
        system().post("/v1/bridge/outbound/" + parcel.path("id").asText() + "/acknowledgement", Map.of("source_reference", "MG11-7")).expect(204);
    }

    private void flag(Somebody who) {
        report(event(who.reference() + "-flag", who.reference(), at(0), "case_changed", Map.of("flags", List.of("domestic_abuse"))));
    }

    private String state(Somebody who, String id) {
        return me(who).get(one(id)).expect(200).at("/state");
    }

    private List<String> checks(Somebody who) {
        return queue(who).stream().filter(i -> !i.startsWith("statement_signed")).toList();
    }

    private void confirm(String id, boolean confirmed) {
        staff().put("/v1/staff/statements/" + id + "/confirmation", Map.of("confirmed", confirmed)).expect(200);
    }

    @Test
    void whatWaitsIsHeldAndGoesOnceSomebodyHasSpokenToThem() {
        Somebody ann = victim();
        String id = signed(ann, "Since then I do not sleep.");
        assertEquals("signed", state(ann, id));
        flag(ann);
        assertEquals("signed_being_checked", state(ann, id));
        assertEquals(List.of("statement_to_confirm flagged_since 4h"), queue(ann), "and nobody is asked to file it");
        assertTrue(fetched(id).isEmpty(), "it is not given to the force's system");
        confirm(id, true);
        assertEquals("signed", state(ann, id));
        JsonNode parcel = fetched(id).orElseThrow();
        assertTrue(parcel.at("/data").has("confirmed_at"));
        acknowledge(parcel);
        assertEquals("passed_on", state(ann, id));
        assertEquals(List.of(), queue(ann));
        report(event(ann.reference() + "-again", ann.reference(), at(0), "case_changed", Map.of("flags", List.of("stalking"))));
        assertEquals(List.of(), checks(ann), "somebody has spoken to her about it");
    }

    @Test
    void aWishWhoReadsItAloudDoesNotGoBeforeTheStatement() {
        Somebody ann = victim();
        String id = signed(ann, "It hurts every day.");
        me(ann).with("If-Match", me(ann).get(one(id)).expect(200).header("etag").orElseThrow()).put(one(id) + "/read-aloud", Map.of("read_aloud", "not_at_all"))
            .expect(200);
        flag(ann);
        assertTrue(fetched(id).isEmpty(), "neither the statement nor what is wished of it");
        confirm(id, true);
        JsonNode statement = fetched(id).orElseThrow();
        assertEquals("statement_signed", statement.path("type").asText());
        acknowledge(statement);
        assertEquals("statement_read_aloud", fetched(id).orElseThrow().path("type").asText());
    }

    private void aloud(Somebody who, String id, String choice) {
        me(who).with("If-Match", me(who).get(one(id)).expect(200).header("etag").orElseThrow()).put(one(id) + "/read-aloud",
            Map.of("read_aloud", choice)).expect(200);
    }

    @Test
    void aWishOfBeforeTheFlagGoesAsWhatSomebodyElseMayHaveSaid() {
        Somebody ann = victim();
        String id = signed(ann, "It hurts.");
        acknowledge(fetched(id).orElseThrow());
        aloud(ann, id, "not_at_all");
        JsonNode underWay = fetched(id).orElseThrow();
        assertTrue(underWay.at("/data/confirmed").asBoolean());
        flag(ann);
        assertTrue(fetched(id).isEmpty() || !fetched(id).orElseThrow().at("/data/confirmed").asBoolean());
        JsonNode again = fetched(id).orElseThrow();
        assertEquals("not_at_all false", again.at("/data/read_aloud").asText() + " " + again.at("/data/confirmed").asText());
        assertTrue(checks(ann).contains("statement_read_aloud flagged 24h"), () -> checks(ann).toString());
        acknowledge(again);
        acknowledge(underWay);
        assertEquals(2, checks(ann).stream().filter("statement_read_aloud flagged 24h"::equals).count(), "it is there all the same");
    }

    @Test
    void whatWasTriedBeforeTheFlagMayHaveArrived() throws SQLException {
        Somebody ann = victim();
        String id = signed(ann, "On its way.");
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.outbound_parcel set attempts = 1 where subject_id = ?::uuid", id);
        }
        flag(ann);
        assertEquals(List.of("statement_flagged_since may_have_arrived 4h", "statement_to_confirm flagged_since 4h"),
            checks(ann).stream().sorted().toList());
    }

    @Test
    void whatStaffFileThoughAFlagHasComeIsLookedInto() throws SQLException {
        Somebody ann = victim();
        try (var c = database.superuser()) {
            Sql.run(c, "delete from waymark.outbound_reader where force_id = ?", force("northmoor")); // no system takes it
        }
        String id = signed(ann, "By hand.");
        String item = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select id from waymark.work_item where person_id = ? and kind = 'statement_signed' and completed_at is null""",
            r -> r.getString("id"), ann.person()).orElseThrow());
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.person set safety = true where id = ?", ann.person());
        }
        staff().post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        staff().post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "filed")).expect(204);
        assertEquals("passed_on", state(ann, id));
        assertEquals(List.of("statement_flagged_since flagged_since 4h"), checks(ann));
    }

    @Test
    void whatIsNotTheirsGoesNowhere() {
        Somebody ann = victim();
        String id = signed(ann, "I made it all up.");
        flag(ann);
        confirm(id, false);
        assertEquals("signed_being_checked", state(ann, id), "on the phone it is checked for ever");
        assertTrue(fetched(id).isEmpty());
    }

    @Test
    void whatTheForceHasStaysAndStaffLookIntoIt() {
        Somebody ann = victim();
        String id = signed(ann, "It hurts.");
        acknowledge(fetched(id).orElseThrow());
        flag(ann);
        assertEquals("passed_on", state(ann, id));
        assertEquals(List.of("statement_flagged_since flagged_since 4h"), checks(ann));
        report(event(ann.reference() + "-again", ann.reference(), at(0), "case_changed", Map.of("flags", List.of("stalking"))));
        assertEquals(1, checks(ann).size(), "once");
    }

    @Test
    void whatWasUnderWayWhenTheFlagCameIsNotTakenForPassedOn() {
        Somebody ann = victim();
        String id = signed(ann, "On its way.");
        JsonNode underWay = fetched(id).orElseThrow();
        flag(ann);
        acknowledge(underWay);
        assertEquals("signed_being_checked", state(ann, id));
        assertEquals(List.of("statement_to_confirm flagged_since 4h", "statement_flagged_since flagged_since 4h"), checks(ann));
        confirm(id, true);
        JsonNode again = fetched(id).orElseThrow();
        assertFalse(again.path("id").equals(underWay.path("id")));
        acknowledge(again);
        assertEquals("passed_on", state(ann, id));
    }

    @Test
    void aFlagThatWasTakenAwayByMistakeIsThereAgainOnceThatIsTakenBack() {
        Somebody ann = victim("domestic_abuse");
        report(event(ann.reference() + "-none", ann.reference(), at(-30), "case_changed", Map.of("flags", List.of())));
        String id = signed(ann, "It hurts.");
        assertEquals("signed", state(ann, id));
        report(event(ann.reference() + "-back", ann.reference(), at(-1), "event_retracted", Map.of("source_event_id",
            ann.reference() + "-none")));
        assertEquals(List.of("statement_to_confirm flagged_since 4h"), queue(ann), "at once, and not only when somebody fetches it");
        assertEquals("signed_being_checked", state(ann, id));
        assertTrue(fetched(id).isEmpty());
    }

    /** Of whom no news of a case tells: their number came to be shared, or records were mended. */
    @Test
    void aFlagThatNoNewsOfTheCaseBroughtIsSeenAsItLeaves() throws SQLException {
        Somebody ann = victim();
        String id = signed(ann, "Quietly.");
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.person set safety = true where id = ?", ann.person());
        }
        assertTrue(fetched(id).isEmpty());
        assertEquals("signed_being_checked", state(ann, id));
        assertEquals(List.of("statement_to_confirm flagged_since 4h"), checks(ann));
    }
}
