package uk.waymark.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.client.AesSealing;
import uk.waymark.client.Answer;
import uk.waymark.client.Force;
import uk.waymark.client.Line;
import uk.waymark.client.Outbox;
import uk.waymark.client.Outbox.Outcome;
import uk.waymark.client.Reads;
import uk.waymark.client.Seen;
import uk.waymark.client.Session;
import uk.waymark.client.SignIn;
import uk.waymark.client.Vault;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CallBackList;
import uk.waymark.client.model.CaseList;
import uk.waymark.client.model.MyHearingList;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementGuidance;
import uk.waymark.client.model.StatementList;
import uk.waymark.client.model.TimelineList;

/** The app's client against the real backend: activates, reads, answers, writes off line, comes back, and each thing is there once. */
class EndToEndTest {
    private static final String MOBILE = "+447700900882";
    private static final String REFERENCE = "42/90417/26";

    @TempDir
    Path folder;

    @Test
    void everything_that_is_written_on_a_bad_line_is_there_once() throws Exception {
        try (Demo demo = new Demo(folder.resolve("demo")); Relay relay = new Relay(demo.port)) {
            aCase(demo);
            Vault vault = new Vault(new File(folder.toFile(), "phone"), new AesSealing(new Key()));
            Session session = new Session(vault);
            Force force = new Force("northshire", Map.of("en", "Northshire", "cy", "Northshire"),
                    HttpUrl.get("http://localhost:" + relay.port() + "/"), List.of(), null, Map.of());
            Line line = new Line(force, vault, session, Clock.systemUTC());
            Reads reads = new Reads(line, Duration.ofDays(7));
            Outbox outbox = new Outbox(line);
            SignIn signIn = new SignIn(line, session, "0123456789abcdef");

            ok(signIn.activate(demo.invitation(REFERENCE), REFERENCE, MOBILE, null, "en"));
            ok(signIn.signIn(MOBILE, demo.code(MOBILE), null, "A phone", "en"));

            String id = read(reads, "/v1/me/cases", CaseList.class).getItems().get(0).getId().toString();
            assertTrue(read(reads, "/v1/me/cases/" + id + "/timeline", TimelineList.class).getItems().size() >= 1);
            String date = read(reads, "/v1/me/cases/" + id + "/hearings", MyHearingList.class).getItems().get(0).getId().toString();
            Written answer = outbox.change("attendance", "/v1/me/hearings/" + date + "/attendance", "{\"answer\": \"yes\"}", null, null);
            assertEquals(Outcome.DONE, outbox.send());
            assertEquals(Written.State.SENT, outbox.find(answer.id()).orElseThrow().state());
            assertTrue(outbox.find(answer.id()).orElseThrow().words().length() > 5, "the server's words are shown");

            relay.becomes(Relay.Line.CUT);
            Seen<TimelineList> before = reads.read("/v1/me/cases/" + id + "/timeline", "en", json -> JSON.getGson().fromJson(json, TimelineList.class));
            assertEquals(Seen.Trouble.NO_LINE, before.trouble());
            assertTrue(before.old() && before.asAt() != null, "what was seen is still to be read, and says as of when");
            Written call = outbox.make("call_back", "/v1/me/cases/" + id + "/call-backs", "{\"reason\": \"question\", \"about\": \"The letter.\"}");
            Written draft = outbox.make("statement", "/v1/me/cases/" + id + "/statements", statement("Since that night"));
            outbox.change("statement", "/v1/me/statements/{made}", statement("Since that night I do not"), null, draft.id());
            assertEquals(Outcome.LATER, outbox.send());

            relay.becomes(Relay.Line.LOSES_ANSWERS);
            assertEquals(Outcome.LATER, outbox.send());
            assertEquals(Outcome.LATER, outbox.send());
            relay.becomes(Relay.Line.CUT);
            outbox.change("statement", "/v1/me/statements/{made}", statement("Since that night I do not sleep."), null, draft.id());
            assertEquals(Outcome.LATER, outbox.send());

            relay.becomes(Relay.Line.GOOD);
            assertEquals(Outcome.DONE, outbox.send());
            assertEquals(0, outbox.unsent(), outbox.all().stream().map(w -> w.what() + " " + w.state() + " " + w.words()).toList().toString());
            assertEquals(Written.State.SENT, outbox.find(call.id()).orElseThrow().state());

            assertEquals(1, read(reads, "/v1/me/cases/" + id + "/call-backs", CallBackList.class).getItems().size());
            StatementList statements = read(reads, "/v1/me/cases/" + id + "/statements", StatementList.class);
            assertEquals(1, statements.getItems().size());
            assertEquals("Since that night I do not sleep.",
                    read(reads, "/v1/me/statements/" + statements.getItems().get(0).getId(), Statement.class).getText());

            signedAndTaken(line, reads, outbox, id, statements.getItems().get(0).getId().toString());
            theAccount(line);
            Written token = outbox.change("push", "/v1/me/push-registration", "{\"token\": \"t-1\", \"platform\": \"android\"}", null, null);
            assertEquals(Outcome.DONE, outbox.send());
            assertEquals(Written.State.SENT, outbox.find(token.id()).orElseThrow().state());
            ok(line.post("/v1/me/contact-preferences/pause"));
            ok(line.delete("/v1/me/contact-preferences/pause"));

            assertTrue(signIn.leave().say());
            assertTrue(vault.empty());
            assertEquals(Seen.Trouble.SIGN_IN, reads.read("/v1/me/cases", "en", json -> json).trouble());
        }
    }

    /** The draft is pointed at, signed as it was read, read again, and taken along as a document. */
    private static void signedAndTaken(Line line, Reads reads, Outbox outbox, String caseId, String draft) throws Exception {
        StatementGuidance guidance = read(reads, "/v1/me/cases/" + caseId + "/statements/guidance", StatementGuidance.class);
        assertTrue(guidance.getBefore().size() >= 3 && guidance.getQuestions().size() >= 3);
        String path = "/v1/me/statements/" + draft;
        String version = reads.last(path, "en", json -> json).etag();
        Written saved = outbox.change("statement", path, "{\"text\": \"Since that night I do not sleep. My number is 07700 900123.\", "
                + "\"language\": \"en\", \"answers\": [{\"question\": \"money\", \"text\": \"A lock.\"}]}", version, null);
        assertEquals(Outcome.DONE, outbox.send());
        Written sent = outbox.find(saved.id()).orElseThrow();
        assertTrue(sent.theirs() != null && sent.theirs().contains("\"pointer\":\"/text\""), "the number is pointed at: " + sent.theirs());
        ok(line.post(path + "/submission", "{\"declaration\": true, \"read_aloud\": \"self\"}", sent.match(), "en"));
        Seen<Statement> signed = reads.read(path, "en", json -> JSON.getGson().fromJson(json, Statement.class));
        assertEquals("Jo Marsh", signed.value().orElseThrow().getSignature());
        ok(line.put(path + "/read-aloud", "{\"read_aloud\": \"not_at_all\"}", signed.etag(), "en"));
        assertEquals("%PDF", new String(line.fetch(path + "/document", "en").file(), 0, 4, StandardCharsets.ISO_8859_1));
    }

    private static void theAccount(Line line) throws Exception {
        ok(line.put("/v1/me/activity", "{\"hidden\": true}", null, "en"));
        ok(line.put("/v1/me/pin", "{\"pin\": \"7392\"}", null, "en"));
        ok(line.delete("/v1/me/pin"));
        Answer first = line.make("/v1/me/contact-changes", "{\"email\": \"someone@example.org\"}", "key-1", "en");
        ok(first);
        assertEquals(first.text("id"), line.make("/v1/me/contact-changes", "{\"email\": \"someone@example.org\"}", "key-1", "en").text("id"));
        ok(line.delete("/v1/me/contact-changes/" + first.text("id")));
        assertEquals("PK", new String(line.fetch("/v1/me/export", "en").file(), 0, 2, StandardCharsets.ISO_8859_1));
        ok(line.post("/v1/me/erasure-requests"));
    }

    private static void aCase(Demo demo) throws Exception {
        String now = demo.now();
        String soon = java.time.OffsetDateTime.parse(now).plusDays(40).toString();
        demo.events("""
                [{"source_event_id": "e2e-1", "occurred_at": "%s", "crime_reference": "%s", "type": "crime_recorded", "data": {
                  "offence": {"code": "28/3", "plain_words": {"en": "A burglary at your home"}},
                  "officer": {"name": "PC Alex Rowe", "collar_number": "1432", "team": "Northmoor response"}, "flags": [],
                  "people": [{"source_person_id": "p-1", "role": "victim", "given_name": "Jo", "family_name": "Marsh",
                    "mobile": "07700 900882", "mobile_safe": "safe", "language": "en"}]}},
                 {"source_event_id": "e2e-2", "occurred_at": "%s", "crime_reference": "%s", "type": "hearing_listed", "data": {
                  "hearing_id": "h-1", "kind": "trial", "starts_at": "%s", "court": {"name": "Northmoor Crown Court", "ou_code": "C01NM00"},
                  "required": ["p-1"], "notify": true, "received_at": "%s"}}]
                """.formatted(now, REFERENCE, now, REFERENCE, soon, now));
    }

    private static String statement(String text) {
        return "{\"text\": \"" + text + "\", \"language\": \"en\"}";
    }

    private static <T> T read(Reads reads, String path, Class<T> type) {
        Seen<T> seen = reads.read(path, "en", json -> JSON.getGson().fromJson(json, type));
        assertEquals(Seen.Trouble.NONE, seen.trouble(), path + " " + seen.detail());
        return seen.value().orElseThrow();
    }

    private static void ok(Answer answer) {
        assertTrue(answer.ok(), answer.status() + " " + answer.body());
    }

    private static final class Key implements AesSealing.Keys {
        private SecretKey key;

        @Override
        public SecretKey key() throws GeneralSecurityException {
            if (key == null) {
                KeyGenerator generator = KeyGenerator.getInstance("AES");
                generator.init(256);
                key = generator.generateKey();
            }
            return key;
        }

        @Override
        public void forget() {
            key = null;
        }
    }
}
