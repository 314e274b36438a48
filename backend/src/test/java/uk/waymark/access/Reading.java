package uk.waymark.access;

import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;

/** Cases for staff to read, and the staff who read them. */
public final class Reading {
    private final RunningWaymark waymark;
    private final Api api;
    private final String force;
    private final Map<String, String> tokens = new HashMap<>();

    public Reading(RunningWaymark waymark, Api api, String force) {
        this.waymark = waymark;
        this.api = api;
        this.force = force;
    }

    /** A member of staff: one a role. */
    public Api as(String role) {
        return api.as(tokens.computeIfAbsent(role,
            r -> api.post("/sandbox/tokens", Map.of("as", r, "force", force)).expect(200).at("/access_token")));
    }

    /** Reports events, all at once. */
    @SafeVarargs
    public final JsonNode report(Map<String, Object>... events) {
        return as("system").post("/v1/bridge/events", batch(events)).expect(200).body();
    }

    /** @param people by their ids at the force, each with a mobile or an empty text; @return the case */
    public String crime(String reference, List<String> flags, String familyName, Map<String, String> people) {
        var all = new ArrayList<Map<String, Object>>();
        people.forEach((id, mobile) -> {
            var person = new HashMap<String, Object>(Map.of("source_person_id", id, "role", "victim", "given_name", "Alys",
                "family_name", familyName, "mobile_safe", "safe", "language", "en", "entitlement", "standard"));
            if (!mobile.isEmpty()) {
                person.put("mobile", mobile);
            }
            all.add(person);
        });
        String at = waymark.bean(CaseClock.class).instant().minusSeconds(3600).toString();
        JsonNode answer = report(event("rec-" + reference, reference, at, "crime_recorded", Map.of("offence", Map.of("code",
            "1", "plain_words", "Theft"), "recorded_at", at, "officer", Map.of("name", "DC Example", "collar_number", "1234",
            "team", "Central"), "flags", flags, "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(),
            "people", all)));
        if (!answer.at("/results/0/status").asText().equals("accepted")) {
            throw new AssertionError(answer.toString());
        }
        return answer.at("/results/0/case_id").asText();
    }

    public String person(String sourcePersonId) {
        return waymark.bean(ActingAs.class).as(new Caller.Worker(SandboxForces.byCode(force).id()), (Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id"), sourcePersonId))
            .map(UUID::toString).orElseThrow();
    }

    /** What the audit log says of a case, oldest first: action and reason. */
    public List<String> reasons(String caseId) {
        return waymark.bean(ActingAs.class).as(new Caller.Worker(SandboxForces.byCode(force).id()), (Connection c) -> Sql.list(c, """
            select action, reason, reason_item is not null as item, reason_id is not null as words from waymark.audit_log
             where case_id = ? and caller like 'staff:%' order by id""",
            r -> r.getString("action") + " " + r.getString("reason") + (r.getBoolean("item") ? " +item" : "")
                + (r.getBoolean("words") ? " +words" : ""), UUID.fromString(caseId)));
    }

    /** Of what staff read about a person alone, oldest first: the reason, and whether an item is named. */
    public List<String> reasonsOf(String personId) {
        return waymark.bean(ActingAs.class).as(new Caller.Worker(SandboxForces.byCode(force).id()), (Connection c) -> Sql.list(c, """
            select coalesce(reason, 'not asked') as reason, reason_item is not null as item from waymark.audit_log
             where person_id = ? and caller like 'staff:%' and action not like 'queue%' order by id""",
            r -> r.getString("reason") + (r.getBoolean("item") ? " +item" : ""), UUID.fromString(personId)));
    }

    /** Of this kind, as a supervisor sees them. */
    public List<JsonNode> queue(String role, String kind) {
        var found = new ArrayList<JsonNode>();
        as(role).get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(item -> {
            if (item.path("kind").asText().equals(kind)) {
                found.add(item);
            }
        });
        return found;
    }
}
