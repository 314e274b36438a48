package uk.waymark.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.imageio.ImageIO;
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
import uk.waymark.client.model.AttendanceSaid;
import uk.waymark.client.model.CallBackList;
import uk.waymark.client.model.CaseList;
import uk.waymark.client.model.ConversationMessage;
import uk.waymark.client.model.ConversationView;
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
            Vault seen = new Vault(new File(folder.toFile(), "seen"), new AesSealing(new Key()));
            Session session = new Session(vault, seen);
            Force force = new Force("northshire", Map.of("en", "Northshire", "cy", "Northshire"),
                    HttpUrl.get("http://localhost:" + relay.port() + "/"), List.of(), null, Map.of());
            Hands clock = new Hands();
            Line line = new Line(force, vault, session, clock);
            Reads reads = new Reads(line, seen, Duration.ofDays(7));
            Outbox outbox = new Outbox(line, reads);
            SignIn signIn = new SignIn(line, session, "0123456789abcdef");

            ok(signIn.activate(demo.invitation(REFERENCE), REFERENCE, MOBILE, null, "en"));
            ok(signIn.signIn(MOBILE, demo.code(MOBILE), null, "A phone", "en").answer());

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
            String conversation = "/v1/me/cases/" + id + "/messages";
            Written lost = outbox.make("message", conversation, "{\"body\": \"Its answer is lost twice.\"}");
            Written call = outbox.make("call_back", "/v1/me/cases/" + id + "/call-backs", "{\"reason\": \"question\", \"about\": \"The letter.\"}");
            Written file = outbox.file(conversation + "/attachments", "llun y drws.png", "image/png", png());
            Written message = outbox.make("message", conversation, "{\"body\": \"This is the door.\", \"attachment_ids\": [\""
                    + Written.named(file.id()) + "\"]}");
            Written draft = outbox.make("statement", "/v1/me/cases/" + id + "/statements", statement("Since that night"));
            outbox.change("statement", "/v1/me/statements/{made}", statement("Since that night I do not"), null, draft.id());
            assertEquals(Outcome.LATER, outbox.send());

            relay.becomes(Relay.Line.LOSES_ANSWERS);
            assertEquals(Outcome.LATER, outbox.send());
            assertEquals(Outcome.LATER, outbox.send());
            relay.becomes(Relay.Line.CUT);
            outbox.change("statement", "/v1/me/statements/{made}", statement("Since that night I do not sleep."), null, draft.id());
            assertEquals(Outcome.LATER, outbox.send());

            clock.forward(Duration.ofMinutes(10)); // the tokens have run out, and so the next answer to be lost is that with new ones
            String refresh = session.tokens().orElseThrow().refresh();
            relay.becomes(Relay.Line.LOSES_ANSWERS);
            assertEquals(Outcome.LATER, outbox.send());
            assertEquals(Outcome.LATER, outbox.send());
            assertEquals(refresh, session.tokens().orElseThrow().refresh());

            relay.becomes(Relay.Line.GOOD);
            assertEquals(Outcome.DONE, outbox.send(), "who lost the answer is not signed out");
            assertTrue(!refresh.equals(session.tokens().orElseThrow().refresh()), "the phone has new tokens");
            assertEquals(0, outbox.unsent(), outbox.all().stream().map(w -> w.what() + " " + w.state() + " " + w.words()).toList().toString());
            assertEquals(Written.State.SENT, outbox.find(call.id()).orElseThrow().state());

            assertEquals(1, read(reads, "/v1/me/cases/" + id + "/call-backs", CallBackList.class).getItems().size());
            List<ConversationMessage> messages = read(reads, conversation, ConversationView.class).getItems();
            assertEquals(List.of("This is the door.", "Its answer is lost twice."), messages.stream().map(ConversationMessage::getBody).toList(),
                    "each once, in the order in which it was written");
            assertEquals("llun y drws.png", messages.get(0).getAttachments().get(0).getName());
            assertEquals(Written.State.SENT, outbox.find(message.id()).orElseThrow().state());
            assertTrue(outbox.find(lost.id()).orElseThrow().words().length() > 5, "the server's words are shown");

            ok(line.post(conversation + "/" + messages.get(0).getId() + "/read"));
            Line.Fetched opened = line.fetch(conversation + "/attachments/" + messages.get(0).getAttachments().get(0).getId(), "en");
            assertEquals(60, ImageIO.read(new ByteArrayInputStream(opened.file())).getWidth());

            changes(outbox, reads, line, id, outbox.find(call.id()).orElseThrow().made());

            String answered = "/v1/me/hearings/" + date + "/attendance";
            Seen<AttendanceSaid> said = reads.read(answered, "en", json -> JSON.getGson().fromJson(json, AttendanceSaid.class));
            relay.becomes(Relay.Line.CUT);
            Written late = outbox.change("attendance", answered, "{\"answer\": \"need_to_talk\", \"version\": 1}", said.etag(), null);
            assertEquals(Outcome.LATER, outbox.send());
            relay.becomes(Relay.Line.GOOD);
            ok(line.put(answered, "{\"answer\": \"cannot\"}", null, "en")); // on another device
            assertEquals(Outcome.DONE, outbox.send());
            Written conflict = outbox.find(late.id()).orElseThrow();
            assertEquals(Written.State.CONFLICT, conflict.state());
            assertTrue(conflict.theirs().contains("cannot"), "the newer answer stands, and both are shown");
            outbox.drop(late.id());

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

    /** What the forms send is what the server takes. */
    private static void changes(Outbox outbox, Reads reads, Line line, String id, String call) throws IOException {
        changed(outbox, reads, "/v1/me/cases/" + id + "/needs", "{\"screens\": true, \"live_link\": false, \"separate_waiting\": true, "
                + "\"expenses\": false, \"visit_before\": false, \"interpreter\": {\"language\": \"pl\"}, \"other\": \"I use a wheelchair.\"}");
        changed(outbox, reads, "/v1/me/cases/" + id + "/availability", "{\"dates_to_avoid\": [{\"from\": \"2031-05-03\", \"to\": "
                + "\"2031-05-14\", \"reason\": \"I am abroad.\"}]}");
        String contact = "/v1/me/contact-preferences";
        String before = reads.read(contact, "en", json -> json).etag();
        ok(line.put(contact, "{\"language\": \"cy\", \"discreet_mode\": false, \"channels\": [{\"channel\": \"sms\"}, {\"channel\": \"push\"}, "
                + "{\"channel\": \"call\", \"safety\": \"unsafe\"}], \"safe_times\": [{\"day\": \"monday\", \"from\": \"18:30\", \"to\": \"21:00\"}], "
                + "\"quiet_hours\": {\"from\": \"21:00\", \"to\": \"08:00\"}, \"telling\": \"weekly_summary\", \"urgent_news\": {\"by\": \"call\", "
                + "\"at_night\": true}, \"voicemail\": false, \"word\": \"harbour\", \"may_also_be_told\": [\"My sister\"], "
                + "\"accessibility_needs\": [\"interpreter\"], \"interpreter_language\": \"pl\", \"if_somebody_else_answers\": \"The dentist.\"}",
                before, "en"));
        assertEquals(412, line.put(contact, "{\"language\": \"en\", \"discreet_mode\": false}", before, "en").status(),
                "what was read before is not written over what stands");
        ok(line.put(contact, "{\"language\": \"en\", \"discreet_mode\": false, \"safe_times\": [], \"quiet_hours\": null, \"word\": null, "
                + "\"may_also_be_told\": [], \"if_somebody_else_answers\": null}", reads.read(contact, "en", json -> json).etag(), "en"));
        assertEquals(Seen.Trouble.NONE, reads.read("/v1/me/cases/" + id + "/call-backs/slots", "en", json -> json).trouble());
        String called = "/v1/me/call-backs/" + call;
        ok(line.put(called, "{\"preferred\": [], \"withhold_number\": true, \"interpreter\": \"pl\"}",
                reads.read(called, "en", json -> json).etag(), "en"));
        Written taken = outbox.remove("call_back", called);
        assertEquals(Outcome.DONE, outbox.send());
        assertEquals(Written.State.SENT, outbox.find(taken.id()).orElseThrow().state(), outbox.find(taken.id()).orElseThrow().words());
    }

    private static void changed(Outbox outbox, Reads reads, String path, String body) {
        Written change = outbox.change(path.substring(path.lastIndexOf('/') + 1), path, body, reads.read(path, "en", json -> json).etag(), null);
        assertEquals(Outcome.DONE, outbox.send());
        Written sent = outbox.find(change.id()).orElseThrow();
        assertEquals(Written.State.SENT, sent.state(), path + " " + sent.words());
        assertTrue(sent.words().length() > 5, "the server says what happens next");
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
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

    /** The phone's clock, which a test puts forward. */
    private static final class Hands extends Clock {
        private Duration ahead = Duration.ZERO;

        void forward(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
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
