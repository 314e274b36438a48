package uk.waymark.statements;

import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Cases with people who say in their own words how they were affected. */
abstract class StatementsCase extends WaymarkTest {
    private static final AtomicInteger CASES = new AtomicInteger();

    /** @param id what the force calls the person; @param token of their device */
    record Somebody(String reference, String id, UUID person, UUID caseId, String token) { }

    Somebody victim(String... flags) {
        return somebody("victim", Map.of(), List.of(), flags);
    }

    /** @param more of the person; @param others in the case beside them */
    Somebody somebody(String role, Map<String, Object> more, List<Map<String, Object>> others, String... flags) {
        int n = CASES.incrementAndGet();
        String reference = "NM/ST/" + n;
        String id = "st-" + n;
        var person = new HashMap<String, Object>(Map.of("source_person_id", id, "role", role, "given_name", "Alys", "family_name", "Penrose",
            "mobile", "+447700900" + (100 + n), "mobile_safe", "safe", "language", "en", "entitlement", "standard"));
        person.putAll(more);
        var people = new ArrayList<Map<String, Object>>(others);
        people.add(person);
        report(event(reference, reference, at(-60), "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"),
            "recorded_at", at(-60), "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", List.of(flags),
            "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people", people)));
        String token = SignUp.person(this, id);
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select p.id, pa.case_id from waymark.person p join waymark.participant pa on pa.person_id = p.id where p.source_person_id = ?""",
            r -> new Somebody(reference, id, Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), token), id).orElseThrow());
    }

    @SafeVarargs
    final void report(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(events)).expect(200);
    }

    void happens(Somebody to, String type, String suspect) {
        report(event(to.reference() + type + suspect, to.reference(), at(-1), type, Map.of("suspect_ref", suspect, "explanation",
            Map.of("en", "It happened."))));
    }

    String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    Api me(Somebody who) {
        return api().as(who.token());
    }

    Api staff() {
        return api().as(staffToken("officer", "northmoor")).with("Waymark-Reason", "enquiry");
    }

    static String path(Somebody who) {
        return "/v1/me/cases/" + who.caseId() + "/statements";
    }

    static String one(String id) {
        return "/v1/me/statements/" + id;
    }

    static Map<String, Object> text(String text) {
        return Map.of("text", text, "language", "en");
    }

    static final Map<String, Object> DECLARED = Map.of("declaration", true, "read_aloud", "someone_else");

    String begin(Somebody who, String text) {
        return me(who).post(path(who), text(text)).expect(201).at("/id");
    }

    Answer sign(Somebody who, String id) {
        return me(who).post(one(id) + "/submission", DECLARED);
    }

    String signed(Somebody who, String text) {
        String id = begin(who, text);
        sign(who, id).expect(200);
        return id;
    }

    /** Kinds and reasons of the person's open items. */
    List<String> queue(Somebody who) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select kind, reason, round(extract(epoch from due_at - created_at) / 3600) as hours from waymark.work_item
             where person_id = ? and completed_at is null and kind like 'statement%' order by id""",
            r -> r.getString("kind") + " " + r.getString("reason") + " " + r.getInt("hours") + "h", who.person()));
    }

    int parcels(Somebody who) {
        return acting().as(worker("northmoor"), c -> Sql.one(c,
            "select count(*) from waymark.outbound_parcel where type = 'statement_signed' and person_id = ?", r -> r.getInt(1), who.person())
            .orElseThrow());
    }

    String item(Somebody who, String kind) {
        return items(who, kind).getFirst();
    }

    List<String> items(Somebody who, String kind) {
        var found = new ArrayList<String>();
        for (JsonNode item : staff().get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if (item.path("person_id").asText().equals(who.person().toString()) && item.path("kind").asText().equals(kind)) {
                found.add(item.path("id").asText());
            }
        }
        return found;
    }

    static Caller.Person caller(String token) {
        try {
            var claims = SignedJWT.parse(token).getJWTClaimsSet();
            return new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")), Instant.EPOCH);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
