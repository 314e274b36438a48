package uk.waymark.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Work;

/** Numbers held for a suspect change no answer and no work behind it: the unit is told, and nobody else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SuspectsNumberTest extends ChangesTest {
    @Override
    protected Map<String, Object> properties() {
        Work.withoutPings();
        return super.properties();
    }

    @AfterAll
    static void pingAsUsual() {
        Work.pingAsUsual();
    }

    private void suspectHas(Someone person, String number) {
        tell(person.reference(), "suspect_contacts", Map.of("suspect_ref", "S-1", "numbers", List.of(number)));
    }

    /** First: the driver names a statement that it has not run often yet. */
    @Test
    @Order(1)
    void theAnswerAndTheWorkAreTheSameForEveryNumber() {
        Someone person = someone();
        Someone somebodyElse = someone();
        String theirs = number();
        suspectHas(person, theirs);
        Map<String, Work> done = new LinkedHashMap<>();
        for (String number : List.of(number(), number(), theirs, person.number(), somebodyElse.number())) {
            done.put(number, Work.of("gate_start_change", () -> begin(person.access(), number)));
        }
        Work first = done.values().iterator().next();
        assertFalse(first.statements().isEmpty());
        done.remove(done.keySet().iterator().next()); // it replaced none
        Work usual = done.values().iterator().next();
        done.forEach((number, work) -> {
            assertEquals(202, work.answer().status());
            assertEquals(told(usual.answer()), told(work.answer()));
            assertEquals(headers(usual.answer()), headers(work.answer()));
            assertEquals(usual.statements(), work.statements());
        });
        // the last one stands; the suspect's was dropped by then, so it is asked once more
        Answer begun = begin(person.access(), theirs).expect(202);
        assertEquals(List.of(), bodies(theirs), "no code comes there");
        Answer never = confirm(person.access(), begun, "123456").expect(422);
        Answer begunToo = begin(person.access(), number()).expect(202);
        String wrong = "000000";
        assertEquals(told(never), told(confirm(person.access(), begunToo, wrong).expect(422)));
        JsonNode item = items(person).get("suspect_number_match");
        assertEquals("held_for_suspect", item.path("reason").asText());
        assertFalse(item.toString().contains(theirs), "the number is shown to nobody");
        assertFalse(items(somebodyElse).containsKey("suspect_number_match"));
        assertEquals(409, decide(item, "allow", true).status());
    }

    @Test
    void aNumberReportedForASuspectAfterSignUpGoesToTheUnitAndTextsStop() {
        Someone person = someone();
        int before = bodies(person.number()).size();
        suspectHas(person, person.number());
        JsonNode item = items(person).get("suspect_number_match");
        assertEquals("suspect_has_number", item.path("reason").asText());
        assertTrue(item.hasNonNull("case_id"));
        assertFalse(item.path("detail").asText().contains(person.number()));
        news(person);
        assertEquals(before, bodies(person.number()).size());
        assertEquals(200, api().as(person.access()).get("/v1/me").status(), "ending the session would tell");
    }

    @Test
    void aNumberReportedWhileTheChangeWaitsIsNotTakenByTime() {
        Someone person = someone("stalking");
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        confirm(person.access(), begun, code(fresh)).expect(200);
        suspectHas(person, fresh);
        clocks.advanceCase(java.time.Duration.ofDays(3));
        bean(DueChanges.class).drain();
        assertEquals("checking", state(person.access(), begun), "as of any that is being checked");
        assertTrue(items(person).containsKey("suspect_number_match"));
        assertEquals(409, decide(items(person).get("contact_change"), "allow", true).status());
        decide(items(person).get("contact_change"), "refuse", false).expect(204);
        assertFalse(items(person).containsKey("suspect_number_match"));
    }

    private static String told(Answer answer) {
        var body = new TreeMap<String, String>();
        answer.body().properties().forEach(f -> body.put(f.getKey(), f.getValue().asText()));
        List.of("id", "started_at", "instance", "request_id").forEach(body::remove);
        return body.toString();
    }

    private static Map<String, List<String>> headers(Answer answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("content-length"); // of the time in it; all else in the body is compared
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }
}
