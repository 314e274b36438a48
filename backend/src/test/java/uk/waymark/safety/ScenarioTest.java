package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;

/**
 * Scenarios of docs/safety.md, each played over HTTP and on the phones of the sandbox. Nothing is looked up in the database: what
 * the abuser, the person and the unit see is all there is. After each scenario every phone of somebody discreet is read for words
 * that would give them away.
 */
abstract class ScenarioTest extends PhonesAndPeople {

    // --- the unit -------------------------------------------------------------------------------------------------------

    /** Open tasks in the queue of a force, as a supervisor sees them. */
    List<JsonNode> queue(String force) {
        SignUp.drain(this);
        var tasks = new ArrayList<JsonNode>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = staff("supervisor", force).get("/v1/staff/queue?limit=100" + cursor).expect(200).body();
            page.path("items").forEach(tasks::add);
            cursor = page.path("next_cursor").isTextual() ? "&cursor=" + Api.encode(page.path("next_cursor").asText()) : null;
        }
        return tasks;
    }

    /** Those about one person. */
    List<JsonNode> tasks(Somebody person) {
        return queue(person.force()).stream().filter(t -> t.path("person_id").asText().equals(String.valueOf(person.id()))).toList();
    }

    /** That the unit has a task of this kind about the person. */
    JsonNode theUnitHas(Somebody person, String kind) {
        List<JsonNode> tasks = tasks(person);
        return tasks.stream().filter(t -> t.path("kind").asText().equals(kind)).findFirst()
            .orElseThrow(() -> new AssertionError("no " + kind + " among " + tasks));
    }

    /** Staff put her agreed word down, and how she is rung. */
    void agreedOnACall(Somebody her, String word) {
        Api staff = staff("witness_care", her.force());
        String path = "/v1/staff/people/" + her.id() + "/contact-preferences";
        Answer read = staff.get(path).expect(200);
        var wish = new HashMap<String, Object>(Map.of("language", "en", "discreet_mode", true, "word", word, "voicemail", false,
            "if_somebody_else_answers", "Say it is the dentist.", "reason", "Agreed at the refuge."));
        wish.put("channels", List.of(Map.of("channel", "call", "safety", "safe"), Map.of("channel", "sms", "safety", "safe")));
        staff.with("If-Match", read.header("ETag").orElseThrow()).put(path, wish).expect(200);
    }

    /** A member of staff of this role asks for a code to read out, or a reset, having heard this word. */
    Answer readOut(Somebody her, String what, String role, String word) {
        return staff(role, her.force()).post("/v1/staff/people/" + her.id() + '/' + what, Map.of("agreed_word", word, "call", Map.of()));
    }

    // --- what must not differ ---------------------------------------------------------------------------------------------

    /** The same status, the same words, the same headers but for the time and the request's own id. */
    static void same(Answer one, Answer other) {
        assertEquals(one.status(), other.status());
        assertEquals(one.text(), other.text());
        assertEquals(headers(one), headers(other));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }

    /** A 401 that asks for a fresh sign-in. */
    static void needsAFreshSignIn(Answer answer) {
        assertEquals(401, answer.status(), answer.text());
        assertTrue(answer.header("www-authenticate").orElse("").contains("insufficient_user_authentication"));
    }
}
