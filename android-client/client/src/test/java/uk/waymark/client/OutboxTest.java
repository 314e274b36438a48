package uk.waymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.client.Outbox.Outcome;
import uk.waymark.client.Written.State;

/** What is written reaches the server once and in order, however bad the line is, and no text is lost. */
class OutboxTest {
    @TempDir
    File folder;
    private Unit unit;
    private Device device;
    /** From here on nothing gets out on a new connection. */
    private boolean noLine;

    @BeforeEach
    void begin() throws IOException {
        unit = new Unit();
        device = device();
    }

    private Device device() {
        Device made = new Device(folder, unit.server.url("/").newBuilder().host("localhost").build(), // a name: of an address nobody is asked
               
                new OkHttpClient.Builder().retryOnConnectionFailure(false).readTimeout(60, TimeUnit.SECONDS)
                        .callTimeout(60, TimeUnit.SECONDS).dns(name -> {
                    if (noLine) {
                        throw new UnknownHostException(name);
                    }
                    return Dns.SYSTEM.lookup(name);
                }).build());
        made.signedIn();
        return made;
    }

    @AfterEach
    void end() throws IOException {
        unit.server.shutdown();
    }

    @Test
    void a_lost_answer_makes_nothing_twice() {
        Written call = device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "{\"reason\": \"question\"}");
        unit.loseAnswers = 2;
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("{\"reason\": \"question\"}"), unit.made);
        Written sent = device.outbox.find(call.id()).orElseThrow();
        assertEquals(State.SENT, sent.state());
        assertEquals("Thank you.", sent.words());
        assertEquals("", sent.body(), "the words are where they belong and not here any more");
        assertEquals(0, device.outbox.unsent());
    }

    @Test
    void everything_goes_in_the_order_in_which_it_was_written() {
        unit.write("/v1/me/hearings/h/attendance", "{}");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "1");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "2");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "3");
        unit.busy = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("1", "2", "3"), unit.made);
    }

    @Test
    void a_draft_that_is_begun_off_line_is_one_draft_with_the_newest_text() {
        Written draft = device.outbox.make("statement", "/v1/me/cases/c/statements", "a");
        device.outbox.change("statement", "/v1/me/statements/{made}", "ab", null, draft.id());
        device.outbox.change("statement", "/v1/me/statements/{made}", "abc", null, draft.id());
        assertEquals(1, device.outbox.unsent(), "nobody has it yet: the newest text takes its place");
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.outbox.change("statement", "/v1/me/statements/{made}", "abcd", null, draft.id());
        device.outbox.change("statement", "/v1/me/statements/{made}", "abcde", null, draft.id());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("abc"), unit.made, "what may have arrived is not written over");
        assertEquals("abcde", unit.texts.get("/v1/me/statements/thing-1"));
        device.outbox.change("statement", "/v1/me/statements/{made}", "abcdef", null, draft.id());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("abcdef", unit.texts.get("/v1/me/statements/thing-1"));
        assertEquals(0, device.outbox.unsent());
    }

    /** A draft whose answer was lost, with what was typed since; a day later nobody knows whether it arrived. */
    private Written unsureDraft() {
        Written draft = device.outbox.make("statement", "/v1/me/cases/c/statements", "a");
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.outbox.change("statement", "/v1/me/statements/{made}", "ab", null, draft.id());
        device.clock.forward(Duration.ofHours(24));
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(State.UNSURE, device.outbox.find(draft.id()).orElseThrow().state());
        device.outbox.change("statement", "/v1/me/statements/{made}", "abc", null, draft.id());
        return draft;
    }

    @Test
    void a_draft_that_is_sent_again_has_what_was_typed_since() {
        device.outbox.again(unsureDraft().id());
        Written again = device.outbox.all().get(0);
        assertEquals(List.of("abc"), device.outbox.all().stream().map(Written::body).toList(), "that is what opens");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("a", "abc"), unit.made);
        assertEquals(0, device.outbox.unsent());
        device.outbox.change("statement", "/v1/me/statements/{made}", "abcd", null, again.id());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("abcd", unit.texts.get("/v1/me/statements/thing-2"));
    }

    @Test
    void what_was_typed_into_a_draft_that_is_removed_is_a_draft_itself() {
        device.outbox.drop(unsureDraft().id());
        Written left = device.outbox.all().get(0);
        assertEquals(1, device.outbox.all().size());
        assertEquals("POST /v1/me/cases/c/statements abc", left.method() + " " + left.path() + " " + left.body());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("a", "abc"), unit.made);
        assertEquals(0, device.outbox.unsent());
    }

    @Test
    void what_was_typed_into_a_draft_that_is_there_goes_there_when_it_is_removed_from_the_list() {
        Written draft = device.outbox.make("statement", "/v1/me/cases/c/statements", "a");
        assertEquals(Outcome.DONE, device.outbox.send());
        device.outbox.change("statement", "/v1/me/statements/{made}", "ab", null, draft.id());
        device.outbox.drop(draft.id());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("ab", unit.texts.get("/v1/me/statements/thing-1"));
        assertEquals(0, device.outbox.unsent());
    }

    @Test
    void a_draft_that_is_thrown_away_goes_with_all_that_was_typed_into_it() {
        unsureDraft();
        device.outbox.drop(device.outbox.all().stream().map(Written::id).toList());
        assertEquals(List.of(), device.outbox.all());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("a"), unit.made);
    }

    @Test
    void a_lost_answer_to_a_change_is_no_conflict_with_oneself() {
        unit.write("/v1/me/statements/s", "old");
        device.outbox.change("statement", "/v1/me/statements/s", "new", "\"1\"", null);
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.outbox.change("statement", "/v1/me/statements/s", "newer", "\"1\"", null);
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("newer", unit.texts.get("/v1/me/statements/s"));
        assertEquals(3, unit.versions.get("/v1/me/statements/s"));
    }

    @Test
    void a_conflict_keeps_both_texts_until_the_person_has_decided() {
        unit.write("/v1/me/statements/s", "old");
        Written ours = device.outbox.change("statement", "/v1/me/statements/s", "mine", "\"1\"", null);
        unit.write("/v1/me/statements/s", "theirs");
        assertEquals(Outcome.DONE, device.outbox.send());
        Written conflict = device.outbox.find(ours.id()).orElseThrow();
        assertEquals(State.CONFLICT, conflict.state());
        assertEquals("mine", conflict.body());
        assertEquals("theirs", conflict.theirs());
        device.outbox.change("statement", "/v1/me/statements/s", "mine again", "\"1\"", null);
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("theirs", unit.texts.get("/v1/me/statements/s"), "nothing goes before it is settled");
        assertEquals(1, device.outbox.all().size(), "there is one text of one's own to decide about");
        assertEquals("mine again", device.outbox.find(ours.id()).orElseThrow().body());
        device.outbox.settle(ours.id(), "both");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("both", unit.texts.get("/v1/me/statements/s"));
    }

    @Test
    void what_is_written_while_a_change_is_on_its_way_is_part_of_its_conflict_and_never_wins_over_what_is_decided() {
        unit.write("/v1/me/hearings/h/attendance", "old");
        Written first = device.outbox.change("attendance", "/v1/me/hearings/h/attendance", "a", "\"1\"", null);
        unit.write("/v1/me/hearings/h/attendance", "theirs");
        unit.meanwhile = () -> device.outbox.change("attendance", "/v1/me/hearings/h/attendance", "b", "\"1\"", null);
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of(first.id()), device.outbox.all().stream().map(Written::id).toList());
        Written conflict = device.outbox.find(first.id()).orElseThrow();
        assertEquals(State.CONFLICT, conflict.state(), "nothing hides that there is something to decide");
        assertEquals("b", conflict.body());
        assertEquals("theirs", conflict.theirs());
        device.outbox.settle(first.id(), "c");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("c", unit.texts.get("/v1/me/hearings/h/attendance"));
        assertEquals(0, device.outbox.unsent());
        assertEquals(3, unit.versions.get("/v1/me/hearings/h/attendance"));
    }

    @Test
    void a_file_goes_once_and_before_the_message_that_names_it() {
        Written file = device.outbox.file("/v1/me/cases/c/messages/attachments", "llythyr ŵyl.pdf", "application/pdf", "%PDF".getBytes());
        Written message = device.outbox.make("message", "/v1/me/cases/c/messages",
                "{\"body\": \"{file:00000000-0000-0000-0000-000000000000}\", \"attachment_ids\": [\"" + Written.named(file.id()) + "\"]}");
        assertEquals(2, device.outbox.unsent());
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("%PDF", "{\"body\":\"{file:00000000-0000-0000-0000-000000000000}\",\"attachment_ids\":[\"thing-1\"]}"), unit.made);
        assertEquals("llythyr%20%C5%B5yl.pdf", unit.fileName);
        assertEquals(State.SENT, device.outbox.find(message.id()).orElseThrow().state());
        assertTrue(device.vault.bytes("file " + file.id()).isEmpty(), "the file is where it belongs and not here any more");
        assertTrue(device.outbox.find(file.id()).isEmpty());
    }

    @Test
    void a_message_whose_file_is_not_taken_keeps_its_words() {
        Written file = device.outbox.file("/v1/me/cases/c/messages/attachments", "a.pdf", "application/pdf", "%PDF".getBytes());
        Written message = device.outbox.make("message", "/v1/me/cases/c/messages",
                "{\"body\": \"my words\", \"attachment_ids\": [\"" + Written.named(file.id()) + "\"]}");
        unit.refuse = "It is damaged.";
        assertEquals(Outcome.DONE, device.outbox.send());
        unit.refuse = null;
        assertEquals(Outcome.DONE, device.outbox.send());
        Written kept = device.outbox.find(message.id()).orElseThrow();
        assertEquals(State.REFUSED, kept.state());
        assertEquals("It is damaged.", kept.words());
        assertTrue(kept.body().contains("my words"));
        assertEquals(List.of(), unit.made);
        device.outbox.drop(file.id());
        assertTrue(device.vault.bytes("file " + file.id()).isEmpty());
    }

    @Test
    void a_file_that_is_sent_again_goes_with_its_message() {
        Written file = device.outbox.file("/v1/me/cases/c/messages/attachments", "a.pdf", "application/pdf", "%PDF".getBytes());
        device.outbox.make("message", "/v1/me/cases/c/messages",
                "{\"body\": \"my words\", \"attachment_ids\": [\"" + Written.named(file.id()) + "\"]}");
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.clock.forward(Duration.ofHours(24));
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(State.UNSURE, device.outbox.find(file.id()).orElseThrow().state());
        device.outbox.again(file.id());
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("%PDF", "%PDF", "{\"body\":\"my words\",\"attachment_ids\":[\"thing-2\"]}"), unit.made);
    }

    @Test
    void a_full_phone_keeps_nothing_of_a_file_that_it_cannot_name() {
        List<String> before = kept();
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        List<String> outbox = kept();
        outbox.removeAll(before);
        File inTheWay = new File(folder, "kept/" + outbox.get(0) + ".part");
        assertTrue(new File(inTheWay, "full").mkdirs());
        assertThrows(Vault.VaultException.class,
                () -> device.outbox.file("/v1/me/cases/c/messages/attachments", "a.pdf", "application/pdf", "%PDF".getBytes()));
        assertEquals(before.size() + 2, kept().size(), "what waits, and what is in the way");
        assertEquals(1, device.outbox.all().size());
    }

    /** Wherever the phone ends the app: what was written goes once and nothing of it stays on the phone that nobody can see there. */
    @Test
    void no_file_is_left_that_no_row_names_wherever_the_app_is_ended() {
        OkHttpClient http = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
        int ended = 0;
        for (int n = 0; ended == n; n++) {
            unit.made.clear();
            device.keys.left = n;
            try {
                Written file = device.outbox.file("/v1/me/cases/c/messages/attachments", "a.pdf", "application/pdf", "%PDF".getBytes());
                device.outbox.make("message", "/v1/me/cases/c/messages", "{\"body\": \"" + n + "\", \"attachment_ids\": [\""
                        + Written.named(file.id()) + "\"]}");
                unit.loseAnswers = 1;
                assertEquals(Outcome.LATER, device.outbox.send());
                device.clock.forward(Duration.ofHours(24));
                device.signedIn();
                assertEquals(Outcome.DONE, device.outbox.send());
                device.outbox.again(file.id());
                assertEquals(Outcome.DONE, device.outbox.send());
            } catch (Device.Keys.Ended e) {
                ended++;
            }
            unit.loseAnswers = 0;
            device.keys.left = Integer.MAX_VALUE;
            Device.Hands clock = device.clock;
            device = new Device(folder, unit.server.url("/"), http, device.keys);
            device.clock.forward(Duration.between(device.clock.instant(), clock.instant()));
            device.signedIn();
            device.outbox.tidy();
            List<Written> rows = device.outbox.all();
            long unsentFiles = rows.stream().filter(w -> w.what().equals(Written.FILE) && w.unsent()).count();
            int failed = device.vault.get("outbox failed").isPresent() ? 1 : 0; // that it did not get through
            assertEquals((rows.isEmpty() ? 1 : 2) + unsentFiles + failed, kept().size(), "ended after " + n);
            assertEquals(Outcome.DONE, device.outbox.send());
            device.outbox.all().stream().filter(w -> w.state() == State.UNSURE).forEach(w -> device.outbox.again(w.id()));
            assertEquals(Outcome.DONE, device.outbox.send());
            assertEquals(0, device.outbox.unsent(), "ended after " + n);
            boolean written = rows.stream().anyMatch(w -> w.what().equals("message"));
            assertEquals(written ? 1 : 0, unit.made.stream().filter(m -> m.contains("\"body\"")).count(), "ended after " + n);
            assertEquals(rows.isEmpty() ? 1 : 2, kept().size(), "ended after " + n);
            device.outbox.all().forEach(w -> device.outbox.drop(w.id()));
        }
        assertTrue(ended > 20, "it was ended " + ended + " times");
    }

    private List<String> kept() {
        return new ArrayList<>(List.of(new File(folder, "kept").list()));
    }

    @Test
    void a_conflict_takes_the_other_text_from_the_answer_itself() {
        unit.present = true;
        unit.readsFresh = true;
        unit.write("/v1/me/statements/s", "{\"text\":\"old\"}");
        Written ours = device.outbox.change("statement", "/v1/me/statements/s", "{\"text\":\"mine\"}", "\"1\"", null);
        unit.write("/v1/me/statements/s", "{\"text\":\"theirs\"}");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("{\"text\":\"theirs\"}", device.outbox.find(ours.id()).orElseThrow().theirs());
        device.outbox.settle(ours.id(), "{\"text\":\"both\"}");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("{\"text\":\"both\"}", unit.texts.get("/v1/me/statements/s"));
    }

    @Test
    void a_text_that_opens_with_a_new_sign_in_only_holds_nothing_else_up() {
        unit.readsFresh = true;
        unit.write("/v1/me/statements/s", "old");
        Written ours = device.outbox.change("statement", "/v1/me/statements/s", "mine", "\"1\"", null);
        unit.write("/v1/me/statements/s", "theirs");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("call"), unit.made);
        Written conflict = device.outbox.find(ours.id()).orElseThrow();
        assertEquals(State.CONFLICT, conflict.state());
        assertNull(conflict.theirs());
        device.outbox.hold(ours.id(), "mine, longer");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("theirs", unit.texts.get("/v1/me/statements/s"), "it is not sent before the person has decided");
        assertEquals("mine, longer", device.outbox.find(ours.id()).orElseThrow().body());
        device.outbox.saw(ours.id(), "theirs", unit.etag("/v1/me/statements/s"));
        device.outbox.settle(ours.id(), "both");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals("both", unit.texts.get("/v1/me/statements/s"));
    }

    @Test
    void what_the_server_points_at_is_kept_and_the_words_are_not() {
        unit.write("/v1/me/statements/s", "old");
        unit.notices = "[{\"pointer\":\"/text\"}]";
        Written ours = device.outbox.change("statement", "/v1/me/statements/s", "my number", "\"1\"", null);
        assertEquals(Outcome.DONE, device.outbox.send());
        Written sent = device.outbox.find(ours.id()).orElseThrow();
        assertEquals(unit.notices, sent.theirs());
        assertEquals("", sent.body());
    }

    @Test
    void a_file_is_taken_as_it_is_and_a_refusal_says_why() throws IOException {
        unit.write("/v1/me/export", "PK \u0001");
        assertEquals("PK \u0001", new String(device.line.fetch("/v1/me/export", "cy").file(), java.nio.charset.StandardCharsets.UTF_8));
        assertNull(device.line.fetch("/v1/me/other", "cy").file());
        assertEquals("It is not there.", device.line.fetch("/v1/me/other", "cy").answer().detail());
    }

    @Test
    void what_is_refused_stays_with_the_reason_and_lets_the_rest_go() {
        unit.refuse = "It is signed.";
        Written refused = device.outbox.make("statement", "/v1/me/cases/c/statements", "my words");
        assertEquals(Outcome.DONE, device.outbox.send());
        unit.refuse = null;
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        assertEquals(Outcome.DONE, device.outbox.send());
        Written kept = device.outbox.find(refused.id()).orElseThrow();
        assertEquals(State.REFUSED, kept.state());
        assertEquals("It is signed.", kept.words());
        assertEquals("my words", kept.body());
        assertEquals(List.of("call"), unit.made);
        assertEquals(1, device.outbox.unsent());
    }

    @Test
    void one_thing_over_which_the_server_fails_does_not_hold_up_what_does_not_need_it() {
        Written bad = device.outbox.make("statement", "/v1/me/cases/c/statements", "bad");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.poison = "bad";
        assertEquals(Outcome.LATER, device.outbox.send());
        device.outbox.change("statement", "/v1/me/statements/{made}", "newer", null, bad.id());
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(Outcome.LATER, new Outbox(device.line, device.reads).send());
        assertEquals(List.of(), unit.made, "in order as long as it may be the server");
        assertEquals(Outcome.LATER, new Outbox(device.line, device.reads).send(), "it is tried again, after whatever start of the app");
        assertEquals(List.of("call"), unit.made);
        assertEquals(2, device.outbox.unsent(), "what goes with it waits for it");
        unit.poison = null;
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("call", "bad"), unit.made);
        assertEquals("newer", unit.texts.get("/v1/me/statements/thing-2"));
        assertEquals(0, device.outbox.unsent());
    }

    @Test
    void a_server_that_fails_over_everything_is_asked_for_two_things_at_most() {
        for (int i = 0; i < 5; i++) {
            device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        }
        unit.poison = "call";
        for (int i = 0; i < 5; i++) {
            assertEquals(Outcome.LATER, device.outbox.send());
        }
        assertEquals(3 + 2 * 2, unit.calls.size());
        assertEquals(5, device.outbox.unsent());
    }

    private static final String NOT_SAFE = "{\"reason\": \"not_safe\"}";

    @Test
    void who_does_not_feel_safe_waits_for_nothing_that_was_written_before() {
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "{\"reason\": \"question\"}");
        device.outbox.make("message", "/v1/me/cases/c/messages", "{\"body\": \"words\"}");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", NOT_SAFE);
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of(NOT_SAFE, "{\"reason\": \"question\"}", "{\"body\": \"words\"}"), unit.made);
    }

    @Test
    void who_does_not_feel_safe_does_not_wait_for_what_is_stuck_on_its_way_and_leaving_ends_that() throws Exception {
        device.outbox.file("/v1/me/cases/c/messages/attachments", "a.pdf", "application/pdf", "%PDF".getBytes());
        unit.silent = "%PDF";
        long age = device.vault.age();
        CompletableFuture<Outcome> stuck = CompletableFuture.supplyAsync(() -> device.outbox.send(age));
        unit.awaits(1);
        Written urgent = device.outbox.make("call_back", "/v1/me/cases/c/call-backs", NOT_SAFE);
        assertEquals(Outcome.DONE, device.outbox.hurry(age));
        assertEquals(State.SENT, device.outbox.find(urgent.id()).orElseThrow().state());
        assertFalse(stuck.isDone());
        device.signIn.leave();
        assertEquals(Outcome.DONE, stuck.get(20, TimeUnit.SECONDS));
        device.signedIn(); // somebody else
        device.outbox.make("call_back", "/v1/me/cases/d/call-backs", NOT_SAFE);
        assertEquals(Outcome.DONE, device.outbox.send(age), "what was asked for before sends nothing of theirs");
        assertEquals(Outcome.DONE, device.outbox.hurry(age));
        assertEquals(1, device.outbox.unsent());
        assertEquals(List.of(NOT_SAFE), unit.made);
    }

    @Test
    void a_photo_that_never_gets_through_holds_up_only_the_message_that_names_it() {
        Written file = device.outbox.file("/v1/me/cases/c/messages/attachments", "a.pdf", "application/pdf", "%PDF".getBytes());
        Written message = device.outbox.make("message", "/v1/me/cases/c/messages",
                "{\"body\": \"my words\", \"attachment_ids\": [\"" + Written.named(file.id()) + "\"]}");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.broken = "%PDF";
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(List.of("call"), unit.made);
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "another");
        unit.calls.clear();
        assertEquals(Outcome.LATER, device.outbox.send());
        assertEquals(List.of("POST /v1/me/cases/c/call-backs", "POST /v1/me/cases/c/messages/attachments"), unit.calls, "it goes last now");
        assertEquals(State.WAITING, device.outbox.find(message.id()).orElseThrow().state());
        unit.broken = null;
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("call", "another", "%PDF", "{\"body\":\"my words\",\"attachment_ids\":[\"thing-3\"]}"), unit.made);
        assertEquals(0, device.outbox.unsent());
        assertTrue(device.vault.get("outbox failed").isEmpty(), "and nothing is known of it any more");
    }

    @Test
    void a_change_of_something_that_is_gone_is_refused_and_keeps_its_words() {
        unit.write("/v1/me/statements/s", "theirs");
        unit.gone = "/v1/me/statements/s";
        Written ours = device.outbox.change("statement", "/v1/me/statements/s", "mine", "\"7\"", null);
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        assertEquals(Outcome.DONE, device.outbox.send());
        Written kept = device.outbox.find(ours.id()).orElseThrow();
        assertEquals(State.REFUSED, kept.state());
        assertEquals("It is not there.", kept.words());
        assertEquals("mine", kept.body());
        assertEquals(List.of("call"), unit.made);
    }

    @Test
    void what_was_read_before_a_change_is_not_shown_after_it() {
        unit.write("/v1/me/statements/s", "old");
        String version = device.reads.read("/v1/me/statements/s", "cy", json -> json).etag();
        device.outbox.change("statement", "/v1/me/statements/s", "new", version, null);
        assertEquals("old", device.reads.last("/v1/me/statements/s", "cy", json -> json).value().orElseThrow(), "nobody has taken it yet");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertTrue(device.reads.last("/v1/me/statements/s", "cy", json -> json).value().isEmpty());
    }

    @Test
    void after_a_day_without_an_answer_the_person_decides() {
        Written call = device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.clock.forward(Duration.ofHours(24));
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(State.UNSURE, device.outbox.find(call.id()).orElseThrow().state());
        assertEquals(List.of("call"), unit.made);
        device.outbox.drop(call.id());
        assertEquals(0, device.outbox.unsent());
    }

    @Test
    void who_is_signed_out_keeps_what_is_unsent_for_the_next_sign_in() {
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.signedOut = true;
        assertEquals(Outcome.SIGN_IN, device.outbox.send());
        assertFalse(device.line.signedIn());
        assertEquals(Outcome.SIGN_IN, device.outbox.send());
        device.clock.forward(Duration.ofDays(3));
        assertEquals(Outcome.SIGN_IN, device.outbox.send());
        unit.signedOut = false;
        device.signedIn();
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("call"), unit.made);
    }

    @Test
    void what_never_left_the_phone_goes_however_long_there_was_no_line() {
        Written call = device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        noLine = true;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.clock.forward(Duration.ofDays(1)); // from here on it takes new tokens, which there is no line for either
        assertEquals(Outcome.LATER, device.outbox.send());
        assertNull(device.outbox.find(call.id()).orElseThrow().tried());
        device.clock.forward(Duration.ofDays(1));
        noLine = false;
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("call"), unit.made);
    }

    @Test
    void what_may_have_arrived_before_the_line_went_is_still_for_the_person_to_decide() {
        Written call = device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        noLine = true;
        assertEquals(Outcome.LATER, device.outbox.send());
        unit.signedOut = true;
        noLine = false;
        assertEquals(Outcome.SIGN_IN, device.outbox.send());
        unit.signedOut = false;
        device.signedIn();
        device.clock.forward(Duration.ofHours(24));
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(State.UNSURE, device.outbox.find(call.id()).orElseThrow().state());
        assertEquals(List.of("call"), unit.made);
    }

    @Test
    void what_was_refused_for_its_token_alone_did_not_arrive() {
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.unknown = "Bearer access-1";
        unit.loseRefreshes = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        device.clock.forward(Duration.ofHours(24));
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(List.of("call"), unit.made);
    }

    @Test
    void tokens_that_ran_out_are_renewed_once() {
        device.clock.forward(Duration.ofMinutes(11));
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "another");
        assertEquals(Outcome.DONE, device.outbox.send());
        assertEquals(1, unit.calls.stream().filter(c -> c.endsWith("/refreshes")).count());
        assertEquals("access-2", device.session.tokens().orElseThrow().access());
    }

    @Test
    void a_lost_answer_to_new_tokens_signs_nobody_out() {
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        device.clock.forward(Duration.ofMinutes(11));
        unit.loseRefreshes = 2;
        assertEquals(Outcome.LATER, device.outbox.send());
        assertTrue(device.line.signedIn());
        Device restarted = new Device(folder, unit.server.url("/"),
                new OkHttpClient.Builder().retryOnConnectionFailure(false).build(), device.keys); // what the exchange is called is kept
        restarted.clock.forward(Duration.ofMinutes(11));
        assertEquals(Outcome.LATER, restarted.outbox.send());
        assertEquals(Outcome.DONE, restarted.outbox.send());
        assertEquals("access-4", restarted.session.tokens().orElseThrow().access());
        restarted.clock.forward(Duration.ofMinutes(11));
        restarted.outbox.make("call_back", "/v1/me/cases/c/call-backs", "another");
        assertEquals(Outcome.DONE, restarted.outbox.send());
        assertEquals("access-5", restarted.session.tokens().orElseThrow().access(), "the next exchange is called something else");
        assertEquals(List.of("call", "another"), unit.made);
    }

    @Test
    void a_new_start_of_the_app_goes_on_where_it_stopped() {
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        unit.loseAnswers = 1;
        assertEquals(Outcome.LATER, device.outbox.send());
        Outbox restarted = new Outbox(device.line, device.reads);
        assertEquals(Outcome.DONE, restarted.send());
        assertEquals(List.of("call"), unit.made);
    }

    @Test
    void leaving_destroys_what_is_unsent_and_sends_nothing() {
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "call");
        SignIn.Farewell farewell = device.signIn.leave();
        assertTrue(device.vault.empty());
        assertNull(device.session.tokens().orElse(null));
        assertEquals(0, device.outbox.unsent());
        assertTrue(unit.calls.isEmpty(), "the server is told after that");
        farewell.say();
        assertEquals(List.of("POST /v1/exit"), unit.calls);
        assertEquals(Outcome.DONE, device.outbox.send());
        assertTrue(device.vault.empty());
    }

    /** Whatever is written and however the line fails: each text is there once, in order. */
    @Test
    void any_line_brings_each_thing_once() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            unit.made.clear();
            StringBuilder expected = new StringBuilder();
            int things = 3 + random.nextInt(5);
            for (int i = 0; i < things; i++) {
                device.outbox.make("call_back", "/v1/me/cases/c/call-backs", seed + "-" + i);
                expected.append(seed).append('-').append(i).append(' ');
                unit.loseAnswers = random.nextInt(3);
                unit.busy = random.nextInt(2);
                if (random.nextBoolean()) {
                    device.outbox.send();
                }
            }
            unit.loseAnswers = random.nextInt(3);
            for (int i = 0; i < 20 && device.outbox.unsent() > 0; i++) {
                device.outbox.send();
            }
            assertEquals(expected.toString().trim(), String.join(" ", unit.made), "seed " + seed);
        }
    }
}
