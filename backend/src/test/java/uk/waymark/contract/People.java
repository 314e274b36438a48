package uk.waymark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;

/** Makes cases and signs their people in as the world would: over HTTP only. */
final class People {
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
    private static final AtomicInteger NUMBERS = new AtomicInteger(100);
    private static final AtomicInteger EVENTS = new AtomicInteger();
    private final RunningWaymark waymark;
    private final String force;
    private final Api api;

    People(RunningWaymark waymark, String force) {
        this(waymark, force, waymark.api());
    }

    /** @param api how calls are made: one that checks or keeps what comes back, for instance */
    People(RunningWaymark waymark, String force, Api api) {
        this.waymark = waymark;
        this.force = force;
        this.api = api;
    }

    /** @param id what the force calls this person */
    record Person(String id, String role, String mobile) { }

    record Case(String reference, List<Person> people) { }

    record SignedIn(String access, String refresh) { }

    String token(String role) {
        return api.post("/sandbox/tokens", Map.of("as", role, "force", force)).expect(200).at("/access_token");
    }

    /** That everyone in the case was told in person. */
    Map<String, ?> told() {
        return Map.of("informed_in_person", Map.of("by", "DC Another", "at", now()));
    }

    /** Our id of the hearing that a source calls so. */
    String hearing(String sourceId) {
        return waymark.bean(ActingAs.class).as(new Caller.Worker(SandboxForces.byCode(force).id()), c -> Sql.one(c,
            "select hearing_id from waymark.hearing_subject where subject like '%' || ?", r -> r.getString("hearing_id"), sourceId)
            .orElseThrow());
    }

    /** A recorded crime with one person of each of these roles, all with safe numbers. */
    Case crime(String... roles) {
        return crime(false, roles);
    }

    /** @param liaison with a family liaison officer, who has told everyone of it */
    Case crime(boolean liaison, String... roles) {
        String reference = "CT/" + EVENTS.incrementAndGet();
        var people = new ArrayList<Person>();
        for (String role : roles) {
            people.add(new Person("p" + EVENTS.incrementAndGet(), role, "+447700900" + NUMBERS.getAndIncrement()));
        }
        var recorded = new HashMap<>(recorded(people));
        if (liaison) {
            recorded.put("liaison_officer", Map.of("name", "DC Another", "collar_number", "4321", "team", "Central"));
        }
        report(reference, "crime_recorded", recorded, liaison ? told() : Map.of());
        return new Case(reference, people);
    }

    private Map<String, Object> recorded(List<Person> people) {
        return Map.of("offence", Map.of("code", "28E/1", "plain_words", "Burglary in a home"), "recorded_at", now(),
            "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"),
            "flags", List.of(), "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of("44AB1234527"),
            "people", people.stream().map(People::reported).toList());
    }

    private static Map<String, Object> reported(Person p) {
        return Map.of("source_person_id", p.id(), "role", p.role(), "given_name", "Alys", "family_name", "Penrose",
            "mobile", p.mobile(), "mobile_safe", "safe", "language", "en", "entitlement", "standard");
    }

    /** Reports one event that happens now. @return the answer's result for it */
    JsonNode report(String reference, String type, Object data) {
        return report(reference, type, data, Map.of());
    }

    /** @param more fields of the event beside the usual ones, or in place of them */
    JsonNode report(String reference, String type, Object data, Map<String, ?> more) {
        var event = new HashMap<String, Object>(Map.of("source_event_id", "e" + EVENTS.incrementAndGet(),
            "occurred_at", now(),
            "crime_reference", reference, "type", type, "data", data));
        event.putAll(more);
        Answer answer = api.as(token("system")).post("/v1/bridge/events", Map.of("source", "rms", "events",
            List.of(event)))
            .expect(200);
        if (!"accepted".equals(answer.at("/results/0/status"))) {
            throw new AssertionError(type + ": " + answer.text());
        }
        return answer.body().at("/results/0");
    }

    String now() {
        return Instant.from(waymark.bean(CaseClock.class).instant()).toString();
    }

    /** Takes the person's invitation up and signs in. */
    SignedIn signUp(Case crime, Person person) {
        api.post("/v1/sign-in/activations", Map.of("invitation_code", invitation(crime, person), "crime_reference",
            crime.reference(), "mobile", person.mobile())).expect(202);
        return enter(person);
    }

    private String invitation(Case crime, Person person) {
        for (JsonNode someone : api.get("/sandbox/people").expect(200).body()) {
            if (person.mobile().equals(someone.path("mobile").asText())
                    && crime.reference().equals(someone.path("crime_reference").asText())) {
                return someone.path("invitation_code").asText();
            }
        }
        throw new AssertionError("nobody has this number in " + crime.reference());
    }

    /** Signs in with a new code, as on another device. */
    SignedIn signIn(Person person) {
        api.post("/v1/sign-in/codes", Map.of("mobile", person.mobile())).expect(202);
        return enter(person);
    }

    private SignedIn enter(Person person) {
        Answer tokens = api.post("/v1/sign-in/tokens", Map.of("mobile", person.mobile(), "code", code(person.mobile()),
            "device", Map.of("name", "Test phone", "platform", "android"))).expect(200);
        return new SignedIn(tokens.at("/access_token"), tokens.at("/refresh_token"));
    }

    /** The code that this phone received last. */
    String code(String mobile) {
        send();
        for (JsonNode message : api.get("/sandbox/messages?to=" + Api.encode(mobile)).expect(200).body()
            .path("items")) {
            var code = CODE.matcher(message.path("body").asText());
            if (code.find()) {
                return code.group();
            }
        }
        throw new AssertionError("no code arrived");
    }

    /** Everything that is due goes out. */
    void send() {
        waymark.bean(Messaging.class).drain();
    }
}
