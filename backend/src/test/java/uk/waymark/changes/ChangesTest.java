package uk.waymark.changes;

import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** People who change how they are reached, with a phone for each number: all over HTTP. */
abstract class ChangesTest extends WaymarkTest {
    static final String CHANGES = "/v1/me/contact-changes";
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
    private static final AtomicInteger NUMBERS = new AtomicInteger(100);
    private static final AtomicInteger EVENTS = new AtomicInteger();

    /** @param access of the device that took the invitation up */
    record Someone(String sourceId, UUID id, String reference, String number, String access) { }

    @BeforeEach
    void anHourLater() {
        clocks.advanceMachine(Duration.ofHours(1));
    }

    static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    /** Signed up a moment ago, in an own case with these flags and on a number that the force knows to be safe. */
    Someone someone(String... flags) {
        String number = number();
        String id = "c" + EVENTS.incrementAndGet();
        String reference = "NM/CHANGE/" + id;
        tell(reference, "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", now(),
            "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", List.of(flags),
            "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people", List.of(
                Map.of("source_person_id", id, "role", "victim", "given_name", "Alys", "family_name", "Penrose", "mobile", number,
                    "mobile_safe", "safe", "language", "en", "entitlement", "standard"))));
        UUID person = worker(c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), id).orElseThrow());
        return new Someone(id, person, reference, number, SignUp.person(this, id));
    }

    <T> T worker(java.util.function.Function<Connection, T> work) {
        return acting().as(worker("northmoor"), work);
    }

    void tell(String reference, String type, Map<String, Object> data) {
        Answer answer = api().as(systemToken("northmoor")).post("/v1/bridge/events",
            batch(event("change-" + EVENTS.incrementAndGet(), reference, now(), type, data))).expect(200);
        if (!"accepted".equals(answer.at("/results/0/status"))) {
            throw new AssertionError(answer.text());
        }
    }

    void news(Someone person) {
        tell(person.reference(), "suspect_arrested", Map.of("suspect_ref", "s" + EVENTS.incrementAndGet()));
        SignUp.drain(this);
    }

    String now() {
        return bean(CaseClock.class).instant().toString();
    }

    /** Another device of the same account. */
    String another(String number) {
        api().post("/v1/sign-in/codes", Map.of("mobile", number)).expect(202);
        return SignUp.signIn(this, number);
    }

    Answer begin(String access, String mobile) {
        return api().as(access).post(CHANGES, Map.of("mobile", mobile));
    }

    Answer confirm(String access, Answer begun, String code) {
        return api().as(access).post(CHANGES + '/' + begun.at("/id") + "/confirmation", Map.of("code", code));
    }

    /** Begins the change and enters the code that came to the new number. */
    Answer change(String access, String mobile) {
        Answer begun = begin(access, mobile).expect(202);
        return confirm(access, begun, code(mobile)).expect(200);
    }

    String state(String access, Answer begun) {
        for (JsonNode one : api().as(access).get(CHANGES).expect(200).body().path("items")) {
            if (one.path("id").asText().equals(begun.at("/id"))) {
                return one.path("state").asText();
            }
        }
        return "not there";
    }

    /** All that a phone received, newest first. */
    List<String> bodies(String number) {
        SignUp.drain(this);
        var bodies = new ArrayList<String>();
        messages(number).body().path("items").forEach(m -> bodies.add(m.path("body").asText()));
        return bodies;
    }

    String code(String number) {
        return bodies(number).stream().map(CODE::matcher).filter(java.util.regex.Matcher::find).map(m -> m.group()).findFirst()
            .orElseThrow(() -> new AssertionError("no code came"));
    }

    Api staff() {
        return api().as(staffToken("witness_care", "northmoor"));
    }

    /** Open items about a person, by kind. */
    Map<String, JsonNode> items(Someone person) {
        SignUp.drain(this);
        var items = new HashMap<String, JsonNode>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = staff().get("/v1/staff/queue?limit=100" + cursor).expect(200).body();
            page.path("items").forEach(i -> {
                if (i.path("person_id").asText().equals(person.id().toString())) {
                    items.put(i.path("kind").asText(), i);
                }
            });
            cursor = page.path("next_cursor").isNull() ? null : "&cursor=" + Api.encode(page.path("next_cursor").asText());
        }
        return items;
    }

    Answer decide(JsonNode item, String decision, boolean safe) {
        return staff().post("/v1/staff/contact-changes/" + item.path("subject_id").asText() + "/decision",
            Map.of("decision", decision, "reason", "Spoke with her at the unit.", "safe", safe));
    }
}
