package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Whom the force tells of, their phones in the sandbox, and signing in as they would: all over HTTP. */
abstract class PhonesAndPeople extends WaymarkTest {
    static final String NORTHMOOR = "northmoor";
    static final String GLANAFON = "glanafon";
    static final String PREFERENCES = "/v1/me/contact-preferences";
    static final String PIN = "7264";
    /** Those of the contract that say nothing of danger; with any other a case is discreet by itself. */
    private static final Set<String> NO_SAFETY_FLAGS = Set.of("hate_crime", "bereaved", "family_liaison", "child",
        "restricted_access", "reporting_restriction");
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
    private static final AtomicInteger NUMBERS = new AtomicInteger(100);
    private static final AtomicInteger EVENTS = new AtomicInteger();
    private static final List<String> GIVEN = List.of("Rosalind", "Gwenllian", "Marigold", "Philippa", "Angharad", "Henrietta");
    private static final List<String> FAMILY = List.of("Oakenshaw", "Trevelyan", "Blackthorne", "Llewelyn", "Winterbourne");
    private final Set<String> discreetPhones = new HashSet<>();
    private final List<Somebody> discreet = new ArrayList<>();

    @BeforeEach
    void anHourLater() {
        clocks.advanceMachine(Duration.ofHours(1));
    }

    @AfterEach
    void noPhoneOfSomebodyDiscreetTells() {
        SignUp.drain(this);
        for (String mobile : discreetPhones) {
            for (String text : received(mobile)) {
                assertEquals(List.of(), TellingWords.in(text), () -> "a phone shows: " + text);
                discreet.forEach(p -> p.traces().forEach(t -> assertFalse(text.contains(t), () -> "a phone shows " + t)));
            }
        }
    }

    /** From here to the end of the scenario, nothing that tells may stand on this phone. */
    void nothingTelling(Somebody person) {
        discreet.add(person);
        discreetPhones.add(person.mobile());
    }

    static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    Abuser abuser() {
        return new Abuser(this, api());
    }

    // --- whom the force tells of ---------------------------------------------------------------------------------------

    /** One person as an event names them; more fields may be put in. */
    static Map<String, Object> part(String role, String mobile, String safe) {
        int n = EVENTS.incrementAndGet();
        return new HashMap<>(Map.of("source_person_id", "S-" + n + "-P", "role", role, "given_name", GIVEN.get(n % GIVEN.size()),
            "family_name", FAMILY.get(n % FAMILY.size()), "mobile", mobile, "mobile_safe", safe, "language", "en",
            "entitlement", "standard", "date_of_birth", "1991-05-17"));
    }

    /** A victim with a number known to be safe, in an own case with these flags. */
    Somebody victim(String... flags) {
        return report(NORTHMOOR, List.of(flags), Map.of(), part("victim", number(), "safe")).getFirst();
    }

    @SafeVarargs
    final List<Somebody> report(String force, List<String> flags, Map<String, Object> more, Map<String, Object>... people) {
        String reference = "SF/" + EVENTS.incrementAndGet() + "/26";
        var data = new HashMap<String, Object>(Map.of("offence", Map.of("code", "1", "plain_words", "Something dreadful"),
            "recorded_at", now(), "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", flags,
            "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people", List.of(people)));
        data.putAll(more);
        tell(force, reference, "crime_recorded", data);
        Map<String, UUID> ids = ids(force, reference);
        var reported = new ArrayList<Somebody>();
        for (var p : people) {
            String name = p.get("given_name") + " " + p.get("family_name");
            var somebody = new Somebody(force, reference, (String) p.get("source_person_id"), ids.get(name),
                (String) p.get("given_name"), (String) p.get("family_name"), (String) p.get("mobile"));
            reported.add(somebody);
            if (!NO_SAFETY_FLAGS.containsAll(flags)) {
                nothingTelling(somebody);
            }
        }
        return reported;
    }

    private Map<String, UUID> ids(String force, String reference) {
        Api supervisor = staff("supervisor", force);
        String caseId = supervisor.get("/v1/staff/cases?crime_reference=" + Api.encode(reference)).expect(200).at("/items/0/id");
        var ids = new HashMap<String, UUID>();
        if (!caseId.isEmpty()) {
            supervisor.get("/v1/staff/cases/" + caseId).expect(200).body().path("people").forEach(p ->
                ids.put(p.path("given_name").asText() + " " + p.path("family_name").asText(), UUID.fromString(p.path("id").asText())));
        }
        return ids;
    }

    void tell(String force, String reference, String type, Map<String, Object> data) {
        tell(force, reference, type, data, Map.of());
    }

    void tell(String force, String reference, String type, Map<String, Object> data, Map<String, Object> more) {
        var event = new HashMap<String, Object>(Map.of("source_event_id", "sf-" + EVENTS.incrementAndGet(), "occurred_at", now(),
            "crime_reference", reference, "type", type, "data", data));
        event.putAll(more);
        Answer answer = api().as(systemToken(force)).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event)))
            .expect(200);
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
    }

    /** Something has happened that a person is told of in the ordinary way. */
    void news(Somebody person) {
        tell(person.force(), person.reference(), "suspect_charged", Map.of("suspect_ref", "s" + EVENTS.incrementAndGet()));
        SignUp.drain(this);
    }

    String now() {
        return api().get("/sandbox/clock").expect(200).at("/now");
    }

    /** Moves the demo's clock, from due moment to due moment. */
    void later(String period) {
        api().post("/sandbox/clock", Map.of("advance", period)).expect(200);
        SignUp.drain(this);
    }

    // --- phones and signing in ------------------------------------------------------------------------------------------

    /** What stands on a phone, newest first. */
    List<String> phone(String mobile) {
        SignUp.drain(this);
        return received(mobile);
    }

    private List<String> received(String mobile) {
        return StreamSupport.stream(messages(mobile).body().path("items").spliterator(), false).map(m -> m.path("body").asText()).toList();
    }

    Optional<String> newestCode(String mobile) {
        return phone(mobile).stream().map(CODE::matcher).filter(Matcher::find).map(Matcher::group).findFirst();
    }

    /** The code of an open invitation, as it was handed over: the demo's page lists it. */
    String invitation(Somebody person) {
        for (JsonNode one : api().get("/sandbox/people").expect(200).body()) {
            if (one.path("crime_reference").asText().equals(person.reference())
                    && one.path("name").asText().equals(person.given() + " " + person.family())) {
                return one.path("invitation_code").asText();
            }
        }
        throw new AssertionError("not listed");
    }

    /** Takes the invitation up and signs in, without a PIN. */
    Tokens signUp(Somebody person) {
        api().post("/v1/sign-in/activations", person.activation(invitation(person))).expect(202);
        return enter(person.mobile());
    }

    /** The same, and chooses a PIN. */
    Tokens signUpWithPin(Somebody person) {
        Tokens tokens = signUp(person);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", PIN)).expect(204);
        return tokens;
    }

    /** Signs in again, some time after the last. @param pin or null */
    Tokens signInAgain(Somebody person, String pin) {
        clocks.advanceMachine(Duration.ofMinutes(4));
        var wanted = new HashMap<String, Object>(Map.of("mobile", person.mobile()));
        if (pin != null) {
            wanted.put("pin", pin);
        }
        api().post("/v1/sign-in/codes", wanted).expect(202);
        return enter(person.mobile());
    }

    Tokens enter(String mobile) {
        Answer answer = api().post("/v1/sign-in/tokens", Map.of("mobile", mobile, "code", newestCode(mobile).orElseThrow(),
            "device", Map.of("name", "Phone", "platform", "android"))).expect(200);
        return new Tokens(answer.at("/access_token"), answer.at("/refresh_token"));
    }

    /** The only case of whoever is signed in. */
    String caseId(String access) {
        return api().as(access).get("/v1/me/cases").expect(200).at("/items/0/id");
    }

    /** Changes the signed-in person's preferences, with the tag that they have now. */
    Answer prefer(Api api, Object... fields) {
        Answer read = api.get(PREFERENCES).expect(200);
        var wish = new HashMap<String, Object>(Map.of("language", "en", "discreet_mode", read.body().path("discreet_mode").asBoolean()));
        for (int i = 0; i < fields.length; i += 2) {
            wish.put((String) fields[i], fields[i + 1]);
        }
        return api.with("If-Match", read.header("ETag").orElseThrow()).put(PREFERENCES, wish);
    }

    Api staff(String role, String force) {
        return api().as(staffToken(role, force));
    }
}
