package uk.waymark.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.contract.People.Case;
import uk.waymark.contract.People.SignedIn;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;
import uk.waymark.testing.WaymarkTest;

/** A whole journey, every answer of it held to the contract; and no operation is left out of the journey. */
class AnswersTest extends WaymarkTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private final Answers answers = new Answers();
    private People northmoor;
    private String firstDay;

    @Override
    protected Api api() {
        return super.api().watchedBy(answers);
    }

    @BeforeAll
    void force() {
        northmoor = new People(waymark, "northmoor", api());
        firstDay = northmoor.now().substring(0, 10);
    }

    private Api staff() {
        return api().as(northmoor.token("witness_care"));
    }

    @Test
    void everyOperationAnswersAsTheContractSays() {
        Case crime = northmoor.crime("victim", "witness", "victim");
        happenings(crime);
        reading(crime);
        contactChange();
        callBacks();
        conversations();
        attachments();
        witness(crime);
        attendance(crime);
        statements();
        reminders();
        devicesAndLeaving(crime);
        codesReadOut(crime);
        staffAtWork(crime);
        restrictedCase();
        quarantine();
        templates();
        reminderRuns();
        reminderTrials();
        systemClient();
        courtLists();
        outbound();
        courtDates(crime);
        sandbox(crime);
        standIns();
        webhooks();
        operators();
        new Expect().holds(answers.complaints());
        var missing = new TreeSet<String>();
        for (var operation : Contract.operations()) {
            if (answers.seen().stream().noneMatch(seen -> seen.matches(operation.id() + " [23]\\d\\d"))) {
                missing.add(operation.toString());
            }
        }
        assertEquals(new TreeSet<String>(), missing, "operations of which no good answer was seen");
        System.out.println("answers held to the contract: " + answers.seen());
    }

    private void callBacks() {
        Case crime = northmoor.crime("witness");
        Api me = api().as(northmoor.signUp(crime, crime.people().get(0)).access());
        String caseId = me.get("/v1/me").expect(200).at("/cases/0/case_id");
        String path = "/v1/me/cases/" + caseId + "/call-backs";
        me.get(path + "/slots").expect(200);
        me.get(path + "/slots?from=2027-03-05").expect(200);
        Answer asked = me.post(path, Map.of("reason", "question", "about", "The letter.", "mobile", "07700 900998")).expect(201);
        me.post(path, Map.of("reason", "date", "preferred", List.of(Map.of("from", "2020-12-25T10:00:00Z", "to", "2020-12-25T12:00:00Z"))))
            .expect(422);
        String urgent = me.with("Accept-Language", "cy").post(path, Map.of("reason", "not_safe")).expect(201).at("/id");
        me.get(path + "?limit=1").expect(200);
        String mine = "/v1/me/call-backs/" + asked.at("/id");
        me.put(mine, Map.of("voicemail", true)).expect(428);
        me.with("If-Match", "\"x\"").put(mine, Map.of("voicemail", true)).expect(412);
        me.with("If-Match", me.get(mine).expect(200).header("etag").orElseThrow()).put(mine, Map.of("preferred", List.of())).expect(200);
        String person = null;
        for (JsonNode item : staff().get("/v1/staff/call-backs?unit=wcu").expect(200).body().path("items")) {
            person = item.path("id").asText().equals(urgent) ? item.path("person_id").asText() : person;
        }
        String calls = "/v1/staff/call-backs/" + asked.at("/id");
        staff().post(calls + "/completion", Map.of("outcome", "spoken")).expect(409);
        staff().post(calls + "/claim", null).expect(200);
        staff().post(calls + "/attempts", Map.of("outcome", "wrong_person", "note", "A man.")).expect(201);
        staff().post(calls + "/claim", null).expect(409);
        api().as(northmoor.token("supervisor")).post(calls + "/decision", Map.of("decision", "another_call", "reason", "x")).expect(200);
        me.delete(mine).expect(204);
        staff().post("/v1/staff/call-backs/" + urgent + "/claim", null).expect(200);
        staff().post("/v1/staff/call-backs/" + urgent + "/attempts", Map.of("outcome", "reached")).expect(201);
        staff().post("/v1/staff/call-backs/" + urgent + "/completion", Map.of("outcome", "spoken", "note", "x")).expect(200);
        me.get(path).expect(200);
        staff().post("/v1/staff/people/" + person + "/call-backs", Map.of("case_id", caseId, "reason", "other", "language", "cy")).expect(201);
        staff().get("/v1/staff/call-backs?limit=1").expect(200);
        Api analyst = api().as(northmoor.token("analyst"));
        analyst.get("/v1/staff/reports/call-backs?from=2026-01-01&to=2027-12-31").expect(200);
        analyst.with("Accept", "text/csv").get("/v1/staff/reports/call-backs?from=2027-01-01&to=2027-01-31").expect(200);
    }

    private void conversations() {
        Case crime = northmoor.crime("victim");
        Api me = api().as(northmoor.signUp(crime, crime.people().get(0)).access());
        String caseId = me.get("/v1/me").expect(200).at("/cases/0/case_id");
        String path = "/v1/me/cases/" + caseId + "/messages";
        me.get(path).expect(200);
        String asked = me.post(path, Map.of("body", "Can I bring my sister?")).expect(201).at("/id");
        me.with("Accept-Language", "cy").post(path, Map.of("body", "Dwi ddim yn saff")).expect(201);
        me.post(path, Map.of("body", " ")).expect(422);
        me.get(path + "?limit=1").expect(200);
        staff().get("/v1/staff/conversations?limit=1").expect(200);
        String found = "/v1/staff/conversations/" + staff().get("/v1/staff/conversations?case_id=" + caseId).expect(200).at("/items/0/id");
        staff().post(found + "/acknowledgement", null).expect(409);
        staff().get(found + "?limit=1").expect(200);
        staff().get(found).expect(200);
        staff().post(found + "/acknowledgement", null).expect(200);
        String reply = staff().post(found + "/messages", Map.of("body", "Yes.")).expect(201).at("/id");
        me.post(path + "/" + reply + "/read", null).expect(204);
        staff().post(found + "/handover", Map.of("to", "officer")).expect(200);
        staff().post("/v1/staff/messages/" + asked + "/disclosure", Map.of("note", "Who she brings")).expect(200);
        me.with("Accept-Language", "cy").get(path).expect(200);
        staff().post("/v1/staff/cases/" + caseId + "/conversations", Map.of("person_id", staff().get(found).at("/conversation/person_id"), "body",
            "Come to the side entrance.")).expect(201);
        staff().get("/v1/staff/me/absence").expect(404);
        Map<String, Object> away = Map.of("from", "2020-01-01T00:00:00Z", "until", "2020-01-02T00:00:00Z");
        staff().put("/v1/staff/me/absence", away).expect(200);
        staff().get("/v1/staff/me/absence").expect(200);
        api().as(systemToken("northmoor")).post("/v1/bridge/duty-rosters", Contract.operation("receiveDutyRoster").example(Contract.JSON).toString())
            .expect(200);
        api().as(northmoor.token("supervisor")).put("/v1/staff/absences/b.jones", Map.of("from", "2020-01-01T00:00:00Z", "until",
            "2020-01-02T00:00:00Z")).expect(200);
    }

    private void attachments() {
        Case crime = northmoor.crime("victim");
        Api me = api().as(northmoor.signUp(crime, crime.people().get(0)).access());
        String caseId = me.get("/v1/me").expect(200).at("/cases/0/case_id");
        String path = "/v1/me/cases/" + caseId + "/messages/attachments";
        serveUnscanned(false);
        Answer mine = me.with("File-Name", "a%20photo.jpg").send("POST", path, "image/jpeg", Pictures.jpeg()).expect(201);
        me.send("POST", path, "image/png", Pictures.jpeg()).expect(422);
        me.send("POST", path, "image/webp", Pictures.jpeg()).expect(415);
        me.get(path + '/' + mine.at("/id")).expect(409);
        serveUnscanned(true);
        me.get(path + '/' + mine.at("/id")).expect(200);
        String person = staff().get("/v1/staff/cases/" + caseId).expect(200).at("/people/0/id");
        Answer given = staff().send("POST", "/v1/staff/cases/" + caseId + "/attachments?person_id=" + person, "image/png", Pictures.png())
            .expect(201);
        staff().get("/v1/staff/attachments/" + given.at("/id")).expect(200);
        staff().get("/v1/staff/attachments/" + mine.at("/id")).expect(404);
        me.post("/v1/me/cases/" + caseId + "/messages", Map.of("body", "Look", "attachment_ids", List.of(mine.at("/id")))).expect(201);
        Api system = api().as(northmoor.token("system"));
        String file = "/v1/bridge/outbound/" + parcel("message", person) + "/attachments/" + mine.at("/id");
        system.get(file).expect(200);
        serveUnscanned(false);
        system.get(file).expect(409);
    }

    private String parcel(String type, String person) {
        try (Connection c = database.superuser()) {
            return Sql.one(c, "select id from waymark.outbound_parcel where type = ? and person_id = ?::uuid", r -> r.getString("id"), type,
                person).orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serveUnscanned(boolean served) {
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.attachment_rule (force_id, serve_unscanned) values (?, ?)
                on conflict (force_id) do update set serve_unscanned = excluded.serve_unscanned""", force("northmoor"), served);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void templates() {
        Api staff = api().as(northmoor.token("supervisor"));
        Api second = api().as(northmoor.token("administrator"));
        String path = "/v1/staff/templates/case_update";
        String tag = staff.get(path).expect(200).header("etag").orElseThrow();
        JsonNode words = Contract.operation("putTemplate").example(Contract.JSON);
        staff.put(path, words).expect(428);
        staff.with("If-Match", tag).put(path + "?dry_run=true", words).expect(200);
        Answer put = staff.with("If-Match", tag).put(path, words).expect(200);
        staff.with("If-Match", tag).put(path, words).expect(412);
        staff.with("If-Match", tag).put("/v1/staff/templates/sign_in_code", words).expect(409);
        staff.get("/v1/staff/templates/nothing").expect(404);
        String waits = put.header("etag").orElseThrow();
        staff.with("If-Match", waits).put(path, Map.of("texts", List.of(Map.of("language", "cy", "variant", "plain",
            "text", "{")))).expect(422);
        Map<String, Object> proposal = Map.of("proposal_id", put.at("/proposal/id"));
        second.post(path + "/approval", proposal).expect(428);
        second.with("If-Match", tag).post(path + "/approval", proposal).expect(412);
        staff.with("If-Match", waits).post(path + "/approval", proposal).expect(409);
        Answer withdrawn = second.with("If-Match", waits).send("DELETE", path + "/proposal", Contract.JSON,
            "{\"reason\": \"The Welsh is stiff.\"}".getBytes(StandardCharsets.UTF_8)).expect(200);
        tag = withdrawn.header("etag").orElseThrow();
        put = staff.with("If-Match", tag).put(path, words).expect(200);
        tag = second.with("If-Match", put.header("etag").orElseThrow())
            .post(path + "/approval", Map.of("proposal_id", put.at("/proposal/id"))).expect(200).header("etag").orElseThrow();
        staff.with("If-Match", tag).post(path + "/rollback", Map.of("to", "1", "reason", "Again.")).expect(409);
        staff.with("If-Match", tag).post(path + "/rollback", Map.of("to", "7", "reason", "Again.")).expect(422);
        staff.with("If-Match", tag).post(path + "/rollback", Map.of("to", "shipped", "reason", "Again.")).expect(200);
        String page = staff().get(path + "/versions?limit=1").expect(200).at("/next_cursor");
        staff().get(path + "/versions?cursor=" + Api.encode(page)).expect(200);
        staff().get("/v1/staff/templates/nothing/versions").expect(404);
    }

    private void reminderRuns() {
        String path = "/v1/staff/reminder-runs";
        byte[] file = "crime_reference,mobile,hearing_date,ward\nNM/NONE,07700 900999,2027-04-12,3\n,,x,\n".getBytes(StandardCharsets.UTF_8);
        staff().send("POST", path + "?dry_run=true", "text/csv", file).expect(200);
        staff().send("POST", path, "text/csv", new byte[0]).expect(422);
        Api supervisor = api().as(northmoor.token("supervisor"));
        String run = supervisor.send("POST", path, "text/csv", file).expect(202).at("/id");
        staff().post(path, Map.of("from", "2027-04-12", "to", "2027-04-12")).expect(202);
        staff().post(path, Map.of("from", "2027-04-12")).expect(422);
        staff().get(path + '/' + run).expect(200);
        staff().post(path + '/' + run + "/stop", null).expect(409);
        supervisor.post(path + '/' + run + "/stop", null).expect(200);
        supervisor.post(path + '/' + run + "/corrections", Map.of("wrong", List.of("time"))).expect(202);
        supervisor.post(path + '/' + run + "/corrections", Map.of("wrong", List.of("time"), "court", "Leeds")).expect(422);
        String page = staff().get(path + '/' + run + "/results?limit=1").expect(200).at("/next_cursor");
        staff().get(path + '/' + run + "/results?limit=1&cursor=" + Api.encode(page)).expect(200);
        staff().with("Accept", "text/csv").get(path + '/' + run + "/results").expect(200);
    }

    private void reminderTrials() {
        String path = "/v1/staff/reminder-trials";
        Api supervisor = api().as(northmoor.token("supervisor"));
        Map<String, Object> wanted = Map.of("from", "2029-01-01", "to", "2029-01-31", "share_percent", 20, "approved_by", "Head of the unit");
        String trial = supervisor.post(path, wanted).expect(201).at("/id");
        supervisor.post(path, wanted).expect(409);
        staff().get(path).expect(200);
        String person = acting().as(worker("northmoor"), c -> Sql.one(c, """
            insert into waymark.reminder_trial_arm (trial_id, person_id, force_id, case_id, stratum, place, held_out, drawn_at)
            select ?::uuid, person_id, force_id, case_id, 'trial/', 0, true, ? from waymark.hearing_person where required limit 1
            returning person_id""", r -> r.getString("person_id"), trial, clocks.caseNow())).orElseThrow();
        staff().get(path + '/' + trial + "/people").expect(200);
        staff().post(path + '/' + trial + "/people/" + person + "/end", null).expect(204);
        staff().get(path + '/' + trial + "/people").expect(200);
        staff().post(path + '/' + trial + "/people/" + java.util.UUID.randomUUID() + "/end", null).expect(404);
        supervisor.post(path + '/' + trial + "/end", null).expect(200);
        staff().get(path).expect(200);
        String outcomes = "/v1/staff/hearings/" + northmoor.hearing("H-1") + "/outcomes";
        staff().get(outcomes).expect(200);
        String hearing = acting().as(worker("northmoor"), c -> Sql.one(c, """
            update waymark.hearing set on_date = '2026-01-01', starts_at = null, week_of = null where id = (
              select hearing_id from waymark.hearing_person where required and person_id = ?::uuid limit 1) returning id""",
            r -> r.getString("id"), person)).orElseThrow();
        staff().put(outcomes.replace(northmoor.hearing("H-1"), hearing), Map.of("outcomes", List.of(Map.of("person_id", person, "outcome",
            "attended_heard"), Map.of("person_id", java.util.UUID.randomUUID(), "outcome", "not_known")))).expect(200);
        Api analyst = api().as(northmoor.token("analyst"));
        analyst.get("/v1/staff/reports/reminders?from=2027-01-01&to=2027-12-31").expect(200);
        analyst.with("Accept", "text/csv").get("/v1/staff/reports/reminders?from=2027-01-01&to=2027-12-31").expect(200);
        analyst.get("/v1/staff/reports/reminders?from=2027-01-01&to=2026-12-31").expect(400);
    }

    private void systemClient() {
        var done = (ForceSetUp.Done) new ForceSetUp(waymark.settings(), new MachineClock(clocks.machineTime())).add(
            "code: northmoor\nname: {en: Northmoor Police, cy: Heddlu Northmoor}\nsystem_clients: [{id: northmoor-answers}]\n");
        var form = new java.util.HashMap<>(Map.of("grant_type", "client_credentials", "client_id", "northmoor-answers",
            "client_secret", done.secrets().get("northmoor-answers")));
        api().form("/v1/bridge/tokens", form).expect(200);
        form.put("client_secret", "wrong");
        api().form("/v1/bridge/tokens", form).expect(401);
        form.put("grant_type", "password");
        api().form("/v1/bridge/tokens", form).expect(400);
    }

    /** Preferences have been changed by now. */
    private void outbound() {
        Api system = api().as(northmoor.token("system"));
        JsonNode items = system.get("/v1/bridge/outbound").expect(200).body().path("items");
        String first = "/v1/bridge/outbound/" + items.at("/0/id").asText();
        system.post(first + "/refusal", Map.of("reason", "It is closed")).expect(204);
        system.post(first + "/acknowledgement", Map.of("source_reference", "N-1")).expect(204);
        system.post(first + "/refusal", Map.of("reason", "It is closed")).expect(409);
        system.post(first + "/acknowledgement", Map.of("source_reference", "")).expect(400);
    }

    private void courtLists() {
        String list = Contract.operation("receiveCourtList").example(Contract.JSON).toString().replace("62GD9461322", "44AB1234527");
        for (String role : List.of("system", "national_system")) {
            api().as(northmoor.token(role)).post("/v1/bridge/court-lists", list).expect(200);
        }
    }

    private void courtDates(Case crime) {
        api().as(northmoor.token("system")).post("/v1/bridge/listing-events",
            Contract.operation("receiveListingEvents").example(Contract.JSON).toString()).expect(200);
        String rows = "crime_reference,hearing_id,kind,week_commencing\n" + crime.reference() + ",W-1,sentence,2099-01-05\n";
        api().as(northmoor.token("system")).send("POST", "/v1/bridge/hearings?source=rms", "text/csv",
            rows.getBytes(java.nio.charset.StandardCharsets.UTF_8)).expect(200);
        Api staff = api().as(northmoor.token("witness_care"));
        String id = staff.get("/v1/staff/hearings?from=2027-01-01").expect(200).at("/items/0/id");
        staff.get("/v1/staff/hearings/" + id).expect(200);
        staff.get("/v1/staff/hearings/" + crime.people().get(0).id()).expect(400);
    }

    private void happenings(Case crime) {
        String reference = crime.reference();
        for (String type : List.of("suspect_arrested", "suspect_bailed", "suspect_charged",
            "special_measures_decided", "verdict", "appeal")) {
            northmoor.report(reference, type, example(type));
        }
        northmoor.report(reference, "hearing_listed", Map.of("hearing_id", "H-1", "kind", "trial", "starts_at",
            "2027-04-12T10:00:00+01:00",
            "court", Map.of("ou_code", "B44NS", "name", "Northmoor Crown Court"), "required", List.of(crime.people()
                .get(1).id()),
            "notify", true, "received_at", northmoor.now()));
        northmoor.report(reference, "suspect_interviewed", Map.of("suspect_ref", "S-77", "detail",
            Map.of("en", "They live at 12 High Street and their number is 07700 900555.")));
        northmoor.report(reference, "sentence", example("sentence"), Map.of("source_event_id", "mistake"));
        northmoor.report(reference, "event_retracted", Map.of("source_event_id", "mistake"));
        api().as(northmoor.token("system")).post("/v1/bridge/events?dry_run=true", Map.of("source", "rms", "events",
            List.of(
            Map.of("source_event_id", "dry", "occurred_at", northmoor.now(), "crime_reference", reference, "type",
                "appeal", "data",
                Map.of("suspect_ref", "S-77", "explanation", Map.of("en", "Yes."), "received_at", northmoor.now(),
                    "more", 1))))).expect(200);
        northmoor.send();
    }

    private static JsonNode example(String type) {
        return Contract.root().at("/components/examples/" + type + "/value/events/0/data");
    }

    private void reading(Case crime) {
        Api victim = api().as(northmoor.signUp(crime, crime.people().get(0)).access());
        String caseId = victim.get("/v1/me/cases").expect(200).at("/items/0/id");
        assertEquals(1, victim.get("/v1/me").expect(200).body().path("cases").size());
        for (String path : List.of("/v1/me/cases/" + caseId, "/v1/me/cases/" + caseId + "/timeline")) {
            String tag = victim.get(path).expect(200).header("etag").orElseThrow();
            victim.with("If-None-Match", tag).get(path).expect(304);
            victim.with("Accept-Language", "cy").with("If-None-Match", tag).get(path).expect(200);
        }
        String entry = victim.get("/v1/me/cases/" + caseId + "/timeline").expect(200).at("/items/0/id");
        victim.get("/v1/me/cases/" + caseId + "/timeline/" + entry).expect(200);
        victim.get("/v1/me/cases/" + caseId + "/hearings").expect(200);
        victim.get("/v1/me/cases/" + caseId + "/timeline/" + java.util.UUID.randomUUID()).expect(404);
        String page = victim.get("/v1/me/cases/" + caseId + "/timeline?limit=2").expect(200).at("/next_cursor");
        victim.get("/v1/me/cases/" + caseId + "/timeline?limit=2&cursor=" + Api.encode(page)).expect(200);
        String tag = victim.get("/v1/me/contact-preferences").expect(200).header("etag").orElseThrow();
        var wanted = Map.of("language", "cy", "discreet_mode", true);
        victim.put("/v1/me/contact-preferences", wanted).expect(428);
        victim.with("If-Match", tag).put("/v1/me/contact-preferences", wanted).expect(200);
        victim.with("If-Match", tag).put("/v1/me/contact-preferences", wanted).expect(412);
        contact(victim);
        victim.put("/v1/me/pin", Map.of("pin", "123412")).expect(204);
        victim.delete("/v1/me/pin").expect(204);
        victim.get("/v1/me/export").expect(200);
        victim.post("/v1/me/erasure-requests", null).expect(202);
        clocks.advanceMachine(java.time.Duration.ofMinutes(6));
        victim.put("/v1/me/pin", Map.of("pin", "123412")).expect(401);
    }

    private static void contact(Api victim) {
        String path = "/v1/me/contact-preferences";
        Api knowing = victim.with("If-Match", victim.get(path).expect(200).header("etag").orElseThrow());
        knowing.put(path, Contract.operation("putContactPreferences").example(Contract.JSON)).expect(200);
        victim.post(path + "/pause", null).expect(204);
        victim.get(path).expect(200);
        victim.delete(path + "/pause").expect(204);
        String page = victim.get(path + "/history?limit=1").expect(200).at("/next_cursor");
        victim.get(path + "/history?limit=1&cursor=" + Api.encode(page)).expect(200);
    }

    private void contactChange() {
        Case crime = northmoor.crime("victim");
        Api me = api().as(northmoor.signUp(crime, crime.people().get(0)).access());
        String path = "/v1/me/contact-changes";
        me.post(path, Map.of("mobile", "0113 496 0000")).expect(422);
        String dropped = me.post(path, Map.of("mobile", "07700 900976")).expect(202).at("/id");
        me.delete(path + '/' + dropped).expect(204);
        me.delete(path + '/' + dropped).expect(409);
        String id = me.post(path, Map.of("mobile", "07700 900977")).expect(202).at("/id");
        me.post(path + '/' + id + "/confirmation", Map.of("code", "000000000000")).expect(422);
        String decision = "/v1/staff/contact-changes/" + id + "/decision";
        var allow = Map.of("decision", "allow", "reason", "Spoke with her.");
        staff().post(decision, allow).expect(409);
        me.post(path + '/' + id + "/confirmation", Map.of("code", northmoor.code("+447700900977"))).expect(200);
        me.get(path + "?limit=1").expect(200);
        staff().post(decision, allow).expect(409);
        String other = me.post(path, Map.of("email", "someone@example.org")).expect(202).at("/id");
        staff().post("/v1/staff/contact-changes/" + other + "/decision", Map.of("decision", "refuse", "reason", "Not hers."))
            .expect(204);
    }

    private void witness(Case crime) {
        Api witness = api().as(northmoor.signUp(crime, crime.people().get(1)).access());
        String caseId = witness.get("/v1/me/cases").expect(200).at("/items/0/id");
        witness.get("/v1/me/cases/" + caseId).expect(200);
        witness.get("/v1/me/cases/" + caseId + "/timeline").expect(200);
        Api me = api().as(northmoor.signIn(crime.people().get(1)).access());
        String told = me.get("/v1/me/notifications?limit=1").expect(200).at("/items/0/id");
        me.post("/v1/me/notifications/" + told + "/read", null).expect(204);
        me.post("/v1/me/notifications/" + java.util.UUID.randomUUID() + "/read", null).expect(404);
        witness.get("/v1/me/cases/" + java.util.UUID.randomUUID()).expect(404);
    }

    private void statements() {
        Case mine = northmoor.crime("victim");
        Api victim = api().as(northmoor.signUp(mine, mine.people().get(0)).access());
        String caseId = victim.get("/v1/me/cases").expect(200).at("/items/0/id");
        String all = "/v1/me/cases/" + caseId + "/statements";
        victim.get(all + "/guidance").expect(200);
        JsonNode words = Contract.operation("createStatement").example(Contract.JSON);
        Answer begun = victim.post(all, words).expect(201);
        String path = "/v1/me/statements/" + begun.at("/id");
        victim.put(path, words).expect(428);
        victim.with("If-Match", "\"old\"").put(path, Map.of("text", "other", "language", "cy")).expect(412);
        victim.with("If-Match", begun.header("etag").orElseThrow()).put(path, words).expect(200);
        victim.get(path + "/document").expect(409);
        victim.with("Accept-Language", "cy").get(all).expect(200);
        String thrown = victim.post(all, words).expect(201).at("/id");
        victim.with("If-Match", "\"old\"").delete("/v1/me/statements/" + thrown).expect(412);
        victim.delete("/v1/me/statements/" + thrown).expect(204);
        JsonNode signature = Contract.operation("submitStatement").example(Contract.JSON);
        victim.post(path + "/submission", signature).expect(200);
        victim.post(path + "/submission", signature).expect(409);
        victim.put(path + "/read-aloud", Map.of("read_aloud", "self")).expect(428);
        victim.with("If-Match", "\"old\"").put(path + "/read-aloud", Map.of("read_aloud", "self")).expect(412);
        victim.with("If-Match", victim.get(path).header("etag").orElseThrow()).put(path + "/read-aloud", Map.of("read_aloud", "self")).expect(200);
        victim.get(path).expect(200);
        victim.get(all).expect(200);
        victim.get(path + "/document").expect(200);
        victim.get("/v1/me/statements/" + java.util.UUID.randomUUID()).expect(404);
        Answer listed = staff().get("/v1/staff/statements?case_id=" + caseId).expect(200);
        String of = "/v1/staff/statements/" + listed.at("/items/0/id");
        staff().get(of + "/document").expect(200);
        staff().put(of + "/confirmation", Map.of("confirmed", true)).expect(409);
        acting().as(worker("northmoor"), c -> Sql.run(c, "update waymark.statement_standing set state = 'signed_being_checked' where case_id = ?",
            UUID.fromString(caseId)));
        staff().put(of + "/confirmation", Map.of("confirmed", true)).expect(200);
        String person = listed.at("/items/0/person_id");
        staff().post("/v1/staff/cases/" + caseId + "/statements", Map.of("person_id", person, "medium", "on_paper", "where_kept", "Exhibit 1",
            "made_at", "2020-03-01T11:00:00Z")).expect(201);
        staff().post("/v1/staff/cases/" + caseId + "/statements", Map.of("person_id", person, "medium", "translation", "where_kept", "Exhibit 1",
            "made_at", "2020-03-01T11:00:00Z")).expect(422);
        staff().post("/v1/staff/cases/" + caseId + "/statement-offers", Map.of("person_id", person, "answer", "wanted")).expect(204);
        victim.get(all).expect(200);
    }

    private void attendance(Case crime) {
        Api witness = api().as(northmoor.signIn(crime.people().get(1)).access());
        String caseId = witness.get("/v1/me/cases").expect(200).at("/items/0/id");
        String hearing = northmoor.hearing("H-1");
        String path = "/v1/me/hearings/" + hearing + "/attendance";
        witness.put(path, Contract.operation("putAttendance").example(Contract.JSON)).expect(200);
        witness.with("Accept-Language", "cy").put(path, Map.of("answer", "yes", "version", 1)).expect(200);
        witness.put(path, Map.of("answer", "yes", "version", 7)).expect(409);
        witness.get(path).expect(200);
        witness.with("If-Match", "\"1\"").put(path, Map.of("answer", "need_to_talk")).expect(412);
        witness.get("/v1/me/hearings/" + java.util.UUID.randomUUID() + "/attendance").expect(404);
        witness.put("/v1/me/hearings/" + java.util.UUID.randomUUID() + "/attendance", Map.of("answer", "yes")).expect(404);
        for (String what : List.of("availability", "needs")) {
            String of = "/v1/me/cases/" + caseId + '/' + what;
            JsonNode words = Contract.operation(what.equals("needs") ? "putNeeds" : "putAvailability").example(Contract.JSON);
            String tag = witness.get(of).expect(200).header("etag").orElseThrow();
            witness.put(of, words).expect(428);
            witness.with("If-Match", tag).put(of, words).expect(200);
            witness.with("If-Match", tag).put(of, words).expect(412);
            witness.get(of).expect(200);
            witness.get("/v1/me/cases/" + java.util.UUID.randomUUID() + '/' + what).expect(404);
        }
        String tag = witness.get("/v1/me/cases/" + caseId + "/availability").header("etag").orElseThrow();
        witness.with("If-Match", tag).put("/v1/me/cases/" + caseId + "/availability",
            Map.of("dates_to_avoid", List.of(Map.of("from", "2027-05-02", "to", "2027-05-01")))).expect(422);
        String person = acting().as(worker("northmoor"), (java.sql.Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = ?", r -> r.getString("id"), crime.people().get(1).id()).orElseThrow());
        staff().put("/v1/staff/hearings/" + hearing + "/people/" + person + "/attendance",
            Contract.operation("recordAttendance").example(Contract.JSON)).expect(200);
        staff().put("/v1/staff/hearings/" + hearing + "/people/" + java.util.UUID.randomUUID() + "/attendance",
            Map.of("answer", "yes")).expect(404);
        for (String what : List.of("availability", "needs")) {
            String of = "/v1/staff/people/" + person + '/' + what;
            var said = (com.fasterxml.jackson.databind.node.ObjectNode) Contract.operation(what.equals("needs") ? "putPersonNeeds"
                : "putPersonAvailability").example(Contract.JSON);
            said.put("case_id", caseId);
            String read = staff().get(of).expect(200).header("etag").orElseThrow();
            staff().put(of, said).expect(428);
            staff().with("If-Match", read).put(of, said).expect(200);
            staff().with("If-Match", read).put(of, said).expect(412);
            staff().get(of).expect(200);
            staff().with("If-Match", "*").put(of, said.deepCopy().put("case_id", java.util.UUID.randomUUID().toString())).expect(404);
        }
        staff().with("If-Match", "*").put("/v1/staff/people/" + person + "/availability", Map.of("case_id", caseId, "reason", "Rang",
            "dates_to_avoid", List.of(Map.of("from", "2027-05-02", "to", "2027-05-01")))).expect(422);
        witness.get("/v1/me/cases/" + caseId + "/availability").expect(200);
        staff().get("/v1/staff/people/" + java.util.UUID.randomUUID() + "/needs").expect(404);
    }

    private void reminders() {
        Api supervisor = api().as(northmoor.token("supervisor"));
        String path = "/v1/staff/reminder-plans/appeal";
        String tag = supervisor.get(path).expect(200).header("etag").orElseThrow();
        JsonNode steps = Contract.operation("putReminderPlan").example(Contract.JSON);
        supervisor.put(path, steps).expect(428);
        supervisor.with("If-Match", tag).put(path, steps).expect(200);
        supervisor.with("If-Match", tag).put(path, steps).expect(412);
        supervisor.get("/v1/staff/reminder-plans/nothing").expect(404);
        String now = "/v1/staff/hearings/" + northmoor.hearing("H-1") + "/reminders";
        staff().post(now + "?dry_run=true", Map.of()).expect(200);
        staff().post(now, Contract.operation("remindOfHearing").example(Contract.JSON)).expect(200);
        staff().post(now, Map.of("people", List.of(java.util.UUID.randomUUID()))).expect(422);
        staff().post("/v1/staff/hearings/" + java.util.UUID.randomUUID() + "/reminders", Map.of()).expect(404);
        theWeek(northmoor.hearing("H-1"));
    }

    private void devicesAndLeaving(Case crime) {
        SignedIn here = northmoor.signIn(crime.people().get(0));
        SignedIn there = northmoor.signIn(crime.people().get(0));
        Api api = api().as(here.access());
        api.put("/v1/me/push-registration", Map.of("token", "an-app", "platform", "android")).expect(204);
        for (int status = 200; status <= 404; status += 204) {
            api().as("sandbox").post("/sandbox/fcm/v1/projects/waymark-sandbox/messages:send",
                Map.of("message", Map.of("token", status == 200 ? "an-app" : "no-app", "data", Map.of("key", "k")))).expect(status);
        }
        api.delete("/v1/me/push-registration").expect(204);
        JsonNode devices = api.get("/v1/me/devices").expect(200).body().path("items");
        for (JsonNode device : devices) {
            if (!device.path("current").asBoolean()) {
                api.delete("/v1/me/devices/" + device.path("id").asText()).expect(204);
                break;
            }
        }
        api.delete("/v1/me/devices/" + java.util.UUID.randomUUID()).expect(404);
        String newer = api().post("/v1/sign-in/refreshes", Map.of("refresh_token", here.refresh())).expect(200)
            .at("/access_token");
        api().post("/v1/sign-in/refreshes", Map.of("refresh_token", here.refresh())).expect(401);
        api().as(newer).get("/v1/me").expect(401);
        api().as(northmoor.signIn(crime.people().get(0)).access()).delete("/v1/sign-in/session").expect(204);
        api().as(there.access()).post("/v1/exit", null).expect(204);
        clocks.advanceMachine(java.time.Duration.ofHours(1));
        api().as(northmoor.signIn(crime.people().get(0)).access()).delete("/v1/me/devices").expect(204);
        api().post("/v1/sign-in/tokens", Map.of("mobile", "07700 900999", "code", "000000", "device",
            Map.of("name", "x", "platform", "other"))).expect(401);
        api().post("/v1/sign-in/activations", Map.of("invitation_code", "AAAA-BBBB-CCCC", "crime_reference", "X",
            "mobile",
            "07700 900999")).expect(422);
        int last = 0;
        for (int i = 0; i < 10 && last != 429; i++) {
            last = api().post("/v1/sign-in/codes", Map.of("mobile", "07700 900998")).status();
        }
        assertEquals(429, last);
    }

    private void codesReadOut(Case crime) {
        Api me = api().as(northmoor.signIn(crime.people().get(0)).access());
        me.put("/v1/me/activity", Map.of("hidden", true)).expect(204);
        me.get("/v1/me/activity").expect(200);
        clocks.advanceMachine(java.time.Duration.ofMinutes(6));
        me.get("/v1/me/activity").expect(401);
        me.get("/v1/me/devices").expect(200);
        String id = agreeWord(crime.people().get(0).id());
        Api officer = api().as(northmoor.token("officer"));
        var call = Map.of("agreed_word", "marmalade", "call", Map.of("at", northmoor.now()));
        String code = officer.post("/v1/staff/people/" + id + "/sign-in-codes", call).expect(201).at("/code");
        var device = Map.of("name", "x", "platform", "web");
        api().post("/v1/sign-in/tokens", Map.of("crime_reference", crime.reference(), "code", code, "device", device)).expect(200);
        code = officer.post("/v1/staff/people/" + id + "/pin-reset", call).expect(201).at("/code");
        api().post("/v1/sign-in/tokens", Map.of("crime_reference", crime.reference(), "code", code, "device", device)).expect(422);
        api().post("/v1/sign-in/tokens", Map.of("crime_reference", crime.reference(), "code", code, "new_pin", "7392", "device",
            device)).expect(200);
        officer.post("/v1/staff/people/" + id + "/pin-reset", Map.of("agreed_word", "jam", "call", Map.of())).expect(422);
        officer.post("/v1/staff/people/" + java.util.UUID.randomUUID() + "/pin-reset", call).expect(404);
    }

    /** @return our id of the person */
    private String agreeWord(String sourcePersonId) {
        var choices = new ContactChoices(null, null, null, null, null, null, "marmalade", null, null, null, null, null,
            null, true);
        return acting().as(worker("northmoor"), (java.sql.Connection c) -> {
            var id = Sql.one(c, "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id"), sourcePersonId)
                .orElseThrow();
            Sql.run(c, "insert into waymark.contact_choice (person_id, force_id, choices) values (?, ?, ?) "
                + "on conflict (person_id) do update set choices = excluded.choices", id, force("northmoor"),
                bean(ContactChoicesStore.class).seal(id, choices));
            return id.toString();
        });
    }

    private void theWeek(String hearing) {
        JsonNode day = staff().get("/v1/staff/hearings/" + hearing + "/people?limit=100").expect(200).body().path("items");
        staff().get("/v1/staff/hearings/" + java.util.UUID.randomUUID() + "/people").expect(404);
        staff().get("/v1/staff/week?from=" + day.at("/0/local_date").asText("2027-01-04")).expect(200);
        for (String type : List.of("text/csv", "text/html")) {
            staff().with("Accept", type).get("/v1/staff/week").expect(200);
            staff().with("Accept", type).get("/v1/staff/hearings/" + hearing + "/people").expect(200);
        }
        String contacts = "/v1/staff/hearings/" + hearing + "/people/" + day.at("/0/person_id").asText() + "/contacts";
        staff().post(contacts, Map.of("how", "call", "outcome", "told", "note", "Will come.")).expect(201);
        staff().post(contacts, Map.of("how", "letter", "outcome", "no_answer")).expect(422);
        staff().post("/v1/staff/hearings/" + hearing + "/people/" + java.util.UUID.randomUUID() + "/contacts",
            Map.of("how", "call", "outcome", "told")).expect(404);
        String item = staff().get("/v1/staff/queue").expect(200).at("/items/0/id");
        staff().post("/v1/staff/queue/" + item + "/assignment", Map.of("to", "nobody-else")).expect(422);
        staff().post("/v1/staff/queue/" + item + "/assignment", Map.of("to", "northmoor-witness-care")).expect(204);
        staff().post("/v1/staff/queue/" + java.util.UUID.randomUUID() + "/assignment", Map.of("to", "x")).expect(404);
        api().as(northmoor.token("supervisor")).post("/v1/staff/queue/assignments", Map.of("from", "nobody-else", "to", "x"))
            .expect(422);
        api().as(northmoor.token("supervisor")).post("/v1/staff/queue/assignments", Map.of("from", "nobody-else", "to",
            "northmoor-witness-care")).expect(200);
        // what is dealt with once is not among what is claimed below
        staff().post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done"));
    }

    private void takenOut(String person) {
        String path = "/v1/staff/people/" + person + "/export";
        var id = UUID.fromString(person);
        var item = acting().as(worker("northmoor"), (java.sql.Connection c) -> {
            bean(WorkItems.class).open(c, new NewWorkItem("export_wanted", "answers:" + id, null, id, null, "export_wanted", null,
                bean(CaseClock.class).instant().plusSeconds(60)));
            return bean(WorkItems.class).idOf(c, "answers:" + id).orElseThrow();
        });
        Api supervisor = api().as(northmoor.token("supervisor"));
        supervisor.post(path, Map.of("item", item)).expect(422);
        supervisor.post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        supervisor.post(path, Map.of("item", item, "language", "cy")).expect(200);
        supervisor.post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(204);
    }

    private void staffAtWork(Case crime) {
        Api staff = staff();
        String caseId = staff.get("/v1/staff/cases?crime_reference=" + Api.encode(crime.reference())).expect(200)
            .at("/items/0/id");
        String invited = null;
        String signedUp = null;
        for (JsonNode person : staff.get("/v1/staff/cases/" + caseId).expect(200).body().path("people")) {
            if (person.path("signed_up").asBoolean()) {
                signedUp = person.path("id").asText();
            } else {
                invited = person.path("id").asText();
            }
        }
        onAPersonsBehalf(staff, "/v1/staff/people/" + signedUp + "/contact-preferences");
        Api keyed = staff.with("Idempotency-Key", "once");
        String invitations = "/v1/staff/people/" + invited + "/invitations";
        String invitation = keyed.post(invitations, Map.of("hand_over", "in_person")).expect(201).at("/id");
        assertEquals(invitation, keyed.post(invitations, Map.of("hand_over", "in_person")).expect(201).at("/id"));
        keyed.post(invitations, Map.of("hand_over", "letter")).expect(422);
        staff.delete(invitations + '/' + invitation).expect(204);
        staff.post("/v1/staff/people/" + signedUp + "/invitations", Map.of("hand_over", "in_person")).expect(409);
        takenOut(signedUp);
        staff.post("/v1/staff/people/" + invited + "/erasures", Map.of("reason", "Asked for it.")).expect(200);
        staff.delete("/v1/staff/people/" + signedUp + "/account-link").expect(204);
        staff.delete("/v1/staff/people/" + signedUp + "/account-link").expect(404);
        northmoor.report(crime.reference(), "person_added", Map.of("source_person_id", "by-hand", "role", "victim",
            "given_name", "Bo",
            "family_name", "Example", "mobile_safe", "unknown", "language", "en", "entitlement", "standard"));
        northmoor.send();
        var kinds = new TreeMap<String, String>();
        staff.get("/v1/staff/queue?limit=100").expect(200).body().path("items")
            .forEach(item -> kinds.put(item.path("kind").asText(), item.path("id").asText()));
        kinds.remove("call_wanted"); // taken on by the rules of its call back
        kinds.forEach((kind, id) -> {
            staff.post("/v1/staff/queue/" + id + "/claim", null).expect(200);
            staff.delete("/v1/staff/queue/" + id + "/claim").expect(204);
            staff.post("/v1/staff/queue/" + id + "/claim", null).expect(200);
            api().as(northmoor.token("officer")).post("/v1/staff/queue/" + id + "/claim", null).expect(409);
            boolean text = kind.equals("text_held");
            staff.post("/v1/staff/queue/" + id + "/completion", Map.of("outcome", text ? "done" : "show_text"))
                .status();
            staff.post("/v1/staff/queue/" + id + "/completion", text ? Map.of("outcome", "show_text")
                : Map.of("outcome", kind.equals("statement_signed") ? "filed" : "done", "note", "x"));
            staff.post("/v1/staff/queue/" + id + "/completion", Map.of("outcome", "done")).expect(409);
        });
        staff.get("/v1/staff/queue?limit=1").expect(200);
        staff.get("/v1/staff/queue?group=calls&claimed_by=nobody").expect(200);
        api().as(northmoor.token("supervisor")).get("/v1/staff/queue/summary").expect(200);
        staff.get("/v1/staff/colleagues").expect(200);
        staff.get("/v1/staff/systems").expect(200);
        staff.get("/v1/staff/reminder-runs?limit=1").expect(200);
        staff.post("/v1/staff/people/searches", Map.of("name", "Example Bo")).expect(200);
        staff.post("/v1/staff/people/searches", Map.of("mobile", "07700 900123")).expect(200);
        staff.post("/v1/staff/people/searches", Map.of("name", "?")).expect(422);
        staff.get("/v1/staff/notifications?limit=1").expect(200);
        staff.get("/v1/staff/notifications?case_id=" + caseId).expect(200);
        String inPerson = "/v1/staff/cases/" + caseId + "/told-in-person";
        String anyone = staff.get("/v1/staff/cases/" + caseId).expect(200).at("/people/0/id");
        staff.post(inPerson, Map.of("person_id", anyone)).expect(204);
        staff.post(inPerson, Map.of("person_id", java.util.UUID.randomUUID())).expect(404);
        staff.post(inPerson, Map.of("person_id", anyone, "entries", List.of(java.util.UUID.randomUUID()))).expect(422);
        Api analyst = api().as(northmoor.token("analyst"));
        analyst.get("/v1/staff/queue").expect(403);
        String report = "/v1/staff/reports/messages?from=" + firstDay + "&to=" + northmoor.now().substring(0, 10);
        for (String by : List.of("", "&by=total", "&by=day", "&by=provider", "&by=channel", "&by=template")) {
            assertTrue(analyst.get(report + by).expect(200).body().at("/items/0/key").isTextual(), by);
            analyst.with("Accept", "text/csv").get(report + by).expect(200);
        }
        analyst.get(report.replace("to=2", "to=1")).expect(400);
    }

    private void restrictedCase() {
        Case crime = northmoor.crime("victim");
        northmoor.report(crime.reference(), "case_changed", Map.of("flags", List.of("restricted_access")));
        Api officer = api().as(northmoor.token("officer"));
        Map<String, Object> asked = Map.of("crime_reference", crime.reference(), "reason", "Nobody else is on duty.");
        String caseId = officer.post("/v1/staff/break-glass", asked).expect(200).at("/case_id");
        String path = "/v1/staff/cases/" + caseId;
        officer.post(path + "/break-glass", Map.of("reason", "Nobody else is on duty.")).expect(200);
        officer.with("Waymark-Reason", "call_from_person").get(path).expect(200);
        officer.with("Waymark-Reason", "task").get(path).expect(422);
        Api supervisor = api().as(northmoor.token("supervisor"));
        supervisor.get(path).expect(404);
        String tag = supervisor.get(path + "/access").expect(200).header("etag").orElseThrow();
        var names = Map.of("names", List.of("northmoor-officer"));
        supervisor.put(path + "/access", names).expect(428);
        supervisor.with("If-Match", tag).put(path + "/access", names).expect(200);
        supervisor.with("If-Match", tag).put(path + "/access", names).expect(412);
        Api victim = api().as(northmoor.signUp(crime, crime.people().get(0)).access());
        victim.get("/v1/me/access-log").expect(200);
        victim.with("Accept-Language", "cy").get("/v1/me/access-log?limit=1").expect(200);
    }

    private static void onAPersonsBehalf(Api staff, String path) {
        var wanted = Map.of("language", "en", "discreet_mode", true, "reason", "She rang.", "channels", List.of(
            Map.of("channel", "call"), Map.of("channel", "email", "address", "a@example.org", "safety", "safe")));
        Api knowing = staff.with("If-Match", staff.get(path).expect(200).header("etag").orElseThrow());
        staff.put(path, wanted).expect(428);
        knowing.put(path, wanted).expect(200);
        knowing.put(path, wanted).expect(412);
        staff.with("If-Match", staff.get(path).header("etag").orElseThrow())
            .put(path, Contract.operation("putPersonContactPreferences").example(Contract.JSON)).expect(200);
        staff.get(path + "/history").expect(200);
        knowing.put("/v1/staff/people/" + java.util.UUID.randomUUID() + "/contact-preferences", wanted).expect(404);
    }

    private void quarantine() {
        Api system = api().as(northmoor.token("system"));
        system.post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(Map.of("type", "unheard_of"),
            Map.of("source_event_id", "q", "occurred_at", northmoor.now(), "crime_reference", "CT/Q", "type",
                "suspect_arrested",
                "data", Map.of())))).expect(200);
        system.post("/v1/bridge/events", Map.of("source", "rms")).expect(422);
        Api staff = api().as(northmoor.token("supervisor"));
        String id = staff.get("/v1/staff/quarantine?limit=1").expect(200).at("/items/0/id");
        staff.get("/v1/staff/quarantine").expect(200);
        staff.post("/v1/staff/quarantine/" + id + "/replay", null).expect(200);
    }

    private void sandbox(Case crime) {
        api().get("/sandbox/people").expect(200);
        api().get("/sandbox/messages?to=" + Api.encode(crime.people().get(0).mobile())).expect(200);
        api().post("/sandbox/tokens", Map.of("as", "analyst", "force", "nowhere")).expect(404);
        api().get("/sandbox/clock").expect(200);
        String now = api().post("/sandbox/clock", Map.of("advance", "PT1H")).expect(200).at("/now");
        api().post("/sandbox/clock", Map.of("at", "2020-01-01T00:00:00Z")).expect(409);
        api().post("/sandbox/clock", Map.of("at", java.time.Instant.parse(now).plusSeconds(3600).toString()))
            .expect(200);
        api().post("/sandbox/replies", Map.of("from", crime.people().get(0).mobile(), "body", "Hello")).expect(204);
        api().get("/sandbox").expect(200);
        for (var operation : Contract.operations()) {
            if (operation.path().startsWith("/sandbox/page/")) {
                var fields = new LinkedHashMap<String, String>();
                operation.example(FORM).properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
                api().form(operation.path(), fields).expect(303);
            }
        }
        api().get("/sandbox").expect(200);
    }

    private void standIns() {
        String issuer = "/sandbox/idp/northmoor";
        api().get(issuer + "/.well-known/openid-configuration").expect(200);
        api().get(issuer + "/jwks").expect(200);
        api().get("/sandbox/idp/nowhere/jwks").expect(404);
        var form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id", "northmoor-records",
            "client_secret", "wrong"));
        api().form(issuer + "/token", form).expect(401);
        // the page shows it to people
        var secret = java.util.regex.Pattern.compile("northmoor-records</code></td><td><code>([^<]+)")
            .matcher(api().get("/sandbox").expect(200).text());
        assertTrue(secret.find(), "the page shows the client's secret");
        form.put("client_secret", secret.group(1));
        api().form(issuer + "/token", form).expect(200);
        String sid = SandboxForces.byCode("northmoor").account().sid();
        Api twilio = api().with("Authorization", "Basic " + Base64.getEncoder().encodeToString((sid + ":sandbox")
            .getBytes(StandardCharsets.UTF_8)));
        String messages = "/sandbox/twilio/2010-04-01/Accounts/" + sid + "/Messages.json";
        String sent = twilio.form(messages, Map.of("To", "+447700900010", "From", "+447700900991", "Body", "Helo")).expect(201)
            .at("/sid");
        twilio.get(messages.replace(".json", "/" + sent + ".json")).expect(200);
        twilio.get(messages).expect(200);
        twilio.delete(messages.replace(".json", "/SM00000000000000000000000000000001.json")).expect(204);
    }

    private void webhooks() {
        String sid = SandboxForces.byCode("northmoor").account().sid();
        var receipt = Map.of("AccountSid", sid, "MessageSid", "SM" + "0".repeat(32), "MessageStatus", "delivered");
        String status = "/v1/webhooks/twilio/status?attempt=" + java.util.UUID.randomUUID();
        signed(status, receipt).expect(204);
        api().with("X-Twilio-Signature", "wrong").form(status, receipt).expect(403);
        signed("/v1/webhooks/twilio/inbound", Map.of("AccountSid", sid, "MessageSid", "SM" + "1".repeat(32), "From",
            "+447700900010",
            "To", "+447700900991", "Body", "Hello")).expect(200);
        notifyWebhooks();
    }

    private void notifyWebhooks() {
        try (var owner = database.login("waymark_owner")) {
            Sql.run(owner, "insert into waymark.provider_account (id, force_id, kind, account_sid, weight, credential_ref) "
                + "values (gen_random_uuid(), ?, 'notify', 'a-service', 0, 'northmoor')", force("northmoor"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        clocks.advanceMachine(Duration.ofSeconds(31));
        Api notify = api().with("Authorization", "Bearer sandbox");
        String status = "/v1/webhooks/notify/status";
        var receipt = Map.of("id", "n1", "status", "delivered", "notification_type", "sms");
        notify.post(status, receipt).expect(204);
        api().with("Authorization", "Bearer wrong").post(status, receipt).expect(403);
        notify.post("/v1/webhooks/notify/inbound", Map.of("id", "r1", "source_number", "447700900010", "destination_number",
            "07700900999", "message", "Hello")).expect(204);
    }

    /** As Twilio signs: HMAC-SHA1 over the address and each field in the order of their names. */
    private Answer signed(String path, Map<String, String> fields) {
        var text = new StringBuilder(waymark.base() + path);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec("sandbox".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.toString()
                .getBytes(StandardCharsets.UTF_8)));
            return api().with("X-Twilio-Signature", signature).form(path, fields);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void operators() {
        for (String path : List.of("/health", "/health/liveness", "/health/readiness", "/prometheus", "/docs",
            "/docs/openapi.yaml",
                "/docs/style.css")) {
            api().get(path).expect(200);
        }
    }
}
