package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.WaymarkTest;

/** People whom a force reports, their invitations, their phones and their devices: all over HTTP. */
abstract class AccountTest extends WaymarkTest {
    static final String NORTHMOOR = "northmoor";
    static final String GLANAFON = "glanafon";
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
    private static final AtomicInteger NUMBERS = new AtomicInteger(100);
    private static final AtomicInteger EVENTS = new AtomicInteger();

    /** Whom a force told of. @param id ours */
    record Told(String force, String reference, String sourceId, UUID id, String mobile) { }

    record Tokens(String access, String refresh) { }

    /** The limits of the test before are over. */
    @BeforeEach
    void anHourLater() {
        clocks.advanceMachine(Duration.ofHours(1));
    }

    /** A number that no other test uses. */
    static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    static Map<String, Object> person(String sourceId, String given, String family, String mobile, String safe) {
        var person = new HashMap<String, Object>(Map.of("source_person_id", sourceId, "role", "victim", "given_name",
            given,
            "family_name", family, "mobile_safe", safe, "language", "en", "entitlement", "standard"));
        if (mobile != null) {
            person.put("mobile", mobile);
        }
        return person;
    }

    /** One victim of an own case, with a number known to be safe. */
    Told victim(String force, String given, String family, String mobile) {
        String id = "p" + EVENTS.incrementAndGet();
        return report(force, "REF/" + id, List.of(), person(id, given, family, mobile, "safe")).getFirst();
    }

    /** A force reports a crime with these people. */
    @SafeVarargs
    final List<Told> report(String force, String reference, List<String> flags, Map<String, Object>... people) {
        tell(force, reference, "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"),
            "recorded_at",
            now(), "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", flags,
            "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people", List.of(people)));
        var told = new ArrayList<Told>();
        for (var p : people) {
            String sourceId = (String) p.get("source_person_id");
            told.add(new Told(force, reference, sourceId, personId(force, sourceId), (String) p.get("mobile")));
        }
        return told;
    }

    void tell(String force, String reference, String type, Map<String, Object> data) {
        var event = Map.of("source_event_id", "e" + EVENTS.incrementAndGet(), "occurred_at", now(),
            "crime_reference", reference, "type", type, "data", data);
        Answer answer = api().as(systemToken(force)).post("/v1/bridge/events", Map.of("source", "rms", "events",
            List.of(event)))
            .expect(200);
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
    }

    String now() {
        return bean(CaseClock.class).instant().toString();
    }

    private UUID personId(String force, String sourceId) {
        return acting().as(worker(force), (Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id"),
                sourceId).orElseThrow());
    }

    /** The code of the person's open invitation, however it reached them. */
    String invitationCode(Told told) {
        return acting().as(worker(told.force()), (Connection c) -> bean(Invitations.class).latest(c, told.id())
            .orElseThrow().code());
    }

    void send() {
        bean(Messaging.class).drain();
    }

    /** Codes that this phone received, newest first. */
    List<String> codes(String number) {
        send();
        var codes = new ArrayList<String>();
        for (JsonNode message : messages(number).body().path("items")) {
            var found = CODE.matcher(message.path("body").asText());
            if (found.find()) {
                codes.add(found.group());
            }
        }
        return codes;
    }

    /** The code that came last. */
    String code(String number) {
        return codes(number).getFirst();
    }

    Answer ask(String number) {
        return api().post("/v1/sign-in/codes", Map.of("mobile", number));
    }

    Answer ask(String number, String pin) {
        return api().post("/v1/sign-in/codes", Map.of("mobile", number, "pin", pin));
    }

    Answer activate(Api api, Told told, String mobile) {
        return api.post("/v1/sign-in/activations", Map.of("invitation_code", invitationCode(told),
            "crime_reference", told.reference(), "mobile", mobile));
    }

    static Answer trySignIn(Api api, String mobile, String code) {
        return api.post("/v1/sign-in/tokens", Map.of("mobile", mobile, "code", code,
            "device", Map.of("name", "Test phone", "platform", "android")));
    }

    Tokens signIn(String mobile, String code) {
        Answer answer = trySignIn(api(), mobile, code).expect(200);
        return new Tokens(answer.at("/access_token"), answer.at("/refresh_token"));
    }

    /** Takes the invitation up and signs in, on this number. */
    Tokens signUp(Told told, String mobile) {
        activate(api(), told, mobile).expect(202);
        return signIn(mobile, code(mobile));
    }

    Tokens signUp(Told told) {
        return signUp(told, told.mobile());
    }

    /** Signs in again, without an invitation. */
    Tokens again(String mobile) {
        ask(mobile).expect(202);
        return signIn(mobile, code(mobile));
    }

    Answer me(Tokens tokens) {
        return api().as(tokens.access()).get("/v1/me");
    }

    static Answer me(RunningWaymark instance, Tokens tokens) {
        return instance.api().as(tokens.access()).get("/v1/me");
    }

    /** The crime references that the account sees, in order. */
    List<String> references(Tokens tokens) {
        var references = new ArrayList<String>();
        me(tokens).expect(200).body().path("cases").forEach(c -> references.add(c.path("crime_reference").asText()));
        return references.stream().sorted().toList();
    }

    /** Reasons of the work items of a kind about a person, the oldest first. */
    List<String> workItems(Told told, String kind) {
        return acting().as(worker(told.force()), (Connection c) -> Sql.list(c,
            "select reason from waymark.work_item where kind = ? and person_id = ? order by id", r -> r.getString(1), kind,
                told.id()));
    }
}
