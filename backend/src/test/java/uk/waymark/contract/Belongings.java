package uk.waymark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import uk.waymark.contract.Contract.Operation;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;

/** Real resources of one person and one force, for others to reach for. */
record Belongings(String reference, String caseId, String device, String person, String invitation, String queueItem,
                  String quarantined, String notification, String change, String entry, String hearing, String needed,
                  String run, String trial, String outbound, String statement, String signed, String callBack,
                  String message, String conversation, String attachment) {

    private static final String RUN = "crime_reference,mobile,hearing_date\nNM/NONE,07700 900999,2027-04-12\n";

    /** @param crime its first person is signed in, its second is invited */
    static Belongings of(People force, Api api, Map<String, String> tokens, People.Case crime) {
        Api staff = api.as(tokens.get("supervisor"));
        String reference = crime.reference();
        JsonNode found = staff.get("/v1/staff/cases?crime_reference=" + Api.encode(reference)).expect(200).body();
        String caseId = found.at("/items/0/id").asText();
        String device = null;
        for (JsonNode d : api.as(tokens.get("person")).get("/v1/me/devices").expect(200).body().path("items")) {
            device = d.path("id").asText();
        }
        String person = null;
        String invitation = null;
        for (JsonNode p : staff.get("/v1/staff/cases/" + caseId).expect(200).body().path("people")) {
            if (p.at("/invitation/state").asText().equals("open")) {
                person = p.path("id").asText();
                invitation = p.at("/invitation/id").asText();
            }
        }
        force.report(reference, "person_added", Map.of("source_person_id", "by-hand", "role", "victim", "given_name",
            "Bo",
            "family_name", "Example", "mobile_safe", "unknown", "language", "en", "entitlement", "standard"));
        force.report(reference, "officer_changed", Map.of("officer", Map.of("name", "DC New", "collar_number", "8",
            "team", "Central")));
        force.send();
        String item = staff.get("/v1/staff/queue").expect(200).at("/items/0/id");
        api.as(tokens.get("system")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(
            Map.of("source_event_id", "bad-1", "type", "unheard_of")))).expect(200);
        String quarantined = staff.get("/v1/staff/quarantine").expect(200).at("/items/0/id");
        String notification = api.as(tokens.get("person")).get("/v1/me/notifications").expect(200).at("/items/0/id");
        String change = api.as(tokens.get("person")).post("/v1/me/contact-changes", Map.of("mobile", "+447700900979"))
            .expect(202).at("/id");
        String needed = crime.people().get(0).id();
        force.report(reference, "hearing_listed", Map.of("hearing_id", reference + "-H", "kind", "trial", "starts_at",
            "2027-06-14T10:00:00+01:00", "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required", List.of(needed),
            "received_at", force.now()));
        force.send();
        String hearing = force.hearing(reference + "-H");
        for (JsonNode p : staff.get("/v1/staff/cases/" + caseId).expect(200).body().path("people")) {
            if (p.path("source_person_id").asText().equals(crime.people().get(0).id())) {
                needed = p.path("id").asText();
            }
        }
        String entry = api.as(tokens.get("person")).get("/v1/me/cases/" + caseId + "/timeline").expect(200).at("/items/0/id");
        String run = api.as(tokens.get("supervisor")).send("POST", "/v1/staff/reminder-runs", "text/csv", RUN.getBytes(UTF_8)).expect(202)
            .at("/id");
        String trial = api.as(tokens.get("supervisor")).with("Idempotency-Key", "ours").post("/v1/staff/reminder-trials", Map.of("from",
            "2029-01-01", "to", "2029-01-31", "share_percent", 10, "approved_by", "Head of the unit")).expect(201).at("/id");
        Answer preferences = api.as(tokens.get("person")).get("/v1/me/contact-preferences").expect(200);
        api.as(tokens.get("person")).with("If-Match", preferences.header("etag").orElseThrow())
            .put("/v1/me/contact-preferences", ((ObjectNode) preferences.body().deepCopy()).put("voicemail", false)).expect(200);
        String outbound = api.as(tokens.get("system")).get("/v1/bridge/outbound").expect(200).at("/items/0/id");
        Api me = api.as(tokens.get("person"));
        String statements = "/v1/me/cases/" + caseId + "/statements";
        String signed = me.post(statements, Map.of("text", "Ours", "language", "en")).expect(201).at("/id");
        me.post("/v1/me/statements/" + signed + "/submission", Map.of("declaration", true, "read_aloud", "self")).expect(200);
        String statement = me.post(statements, Map.of("text", "Ours alone", "language", "en")).expect(201).at("/id");
        String callBack = api.as(tokens.get("person")).post("/v1/me/cases/" + caseId + "/call-backs", Map.of("reason", "question"))
            .expect(201).at("/id");
        String message = me.post("/v1/me/cases/" + caseId + "/messages", Map.of("body", "Ours to ask")).expect(201).at("/id");
        String conversation = staff.get("/v1/staff/conversations?case_id=" + caseId).expect(200).at("/items/0/id");
        String attachment = me.send("POST", "/v1/me/cases/" + caseId + "/messages/attachments", "image/jpeg", Pictures.jpeg()).expect(201)
            .at("/id");
        var ours = new Belongings(reference, caseId, device, person, invitation, item, quarantined, notification, change, entry, hearing,
            needed, run, trial, outbound, statement, signed, callBack, message, conversation, attachment);
        if (ours.all().stream().anyMatch(id -> id == null || id.isEmpty())) {
            throw new AssertionError("something could not be made: " + ours);
        }
        return ours;
    }

    List<String> all() {
        return java.util.Arrays.asList(caseId, device, person, invitation, queueItem, quarantined, notification, change, entry, hearing, needed,
            run, trial, outbound, statement, signed, callBack, message, conversation, attachment);
    }

    /** What stands for the names in the operation's path. A path that is not known here fails: say what they mean. */
    Map<String, String> of(Operation operation) {
        String path = operation.path();
        if (!path.contains("{")) {
            return Map.of();
        }
        if (path.startsWith("/sandbox/")) {
            return Map.of("force", "northmoor", "account_sid", "AC00000000000000000000000000000001",
                "project", "waymark-sandbox", "message_sid", "SM00000000000000000000000000000001");
        }
        return switch (path.replaceFirst("^(/v1/\\w+/[\\w-]+)/.*", "$1")) {
            case "/v1/me/cases" -> Map.of("case_id", caseId, "entry_id", entry, "id", path.contains("/attachments/") ? attachment : message);
            case "/v1/me/devices" -> Map.of("id", device);
            case "/v1/me/contact-changes", "/v1/staff/contact-changes" -> Map.of("id", change);
            case "/v1/me/statements" -> Map.of("id", statement);
            case "/v1/staff/statements" -> Map.of("id", signed);
            case "/v1/me/notifications" -> Map.of("id", notification);
            case "/v1/me/hearings", "/v1/staff/hearings" -> Map.of("id", hearing, "person_id", needed);
            case "/v1/staff/cases" -> Map.of("id", caseId);
            case "/v1/staff/people" -> Map.of("id", person, "invitation_id", invitation);
            case "/v1/staff/queue" -> Map.of("id", queueItem);
            case "/v1/staff/templates" -> Map.of("name", "case_update");
            case "/v1/staff/reminder-plans" -> Map.of("kind", "trial");
            case "/v1/staff/reminder-runs" -> Map.of("id", run);
            case "/v1/staff/reminder-trials" -> Map.of("id", trial, "person_id", needed);
            case "/v1/bridge/outbound" -> Map.of("id", outbound, "attachment_id", attachment);
            case "/v1/me/call-backs", "/v1/staff/call-backs" -> Map.of("id", callBack);
            case "/v1/staff/conversations" -> Map.of("id", conversation);
            case "/v1/staff/messages" -> Map.of("id", message);
            case "/v1/staff/absences" -> Map.of("name", "a.penrose");
            case "/v1/staff/attachments" -> Map.of("id", attachment);
            case "/v1/staff/quarantine" -> Map.of("id", quarantined);
            default -> throw new AssertionError("say what the names in " + path + " stand for");
        };
    }

    /** Nobody took any of it away. */
    void stillThere(Api api, Map<String, String> tokens, Expect expect) {
        Api staff = api.as(tokens.get("supervisor"));
        expect.that(api.as(tokens.get("person")).get("/v1/me/cases/" + caseId).status() == 200, "the case is gone");
        expect.that(api.as(tokens.get("person")).get("/v1/me/devices").text().contains(device), "the device is gone");
        String read = staff.get("/v1/staff/cases/" + caseId).text();
        expect.that(read.contains(invitation) && read.contains("\"open\""), "the invitation is gone");
        expect.that(read.contains("\"signed_up\":true"), "the account's link is gone");
        expect.that(staff.get("/v1/staff/queue").text().contains(queueItem), "the work item is gone");
        expect.that(staff.get("/v1/staff/quarantine").text().contains(quarantined), "the refused event is gone");
    }
}
