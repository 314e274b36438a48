package uk.waymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.client.Seen.Trouble;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CaseSummary;

/** What was seen is there without a line, says as of when, and is read again only where it has changed. */
class ReadsTest {
    private static final String PATH = "/v1/me/cases/c";

    @TempDir
    File folder;
    private Unit unit;
    private Device device;

    @BeforeEach
    void begin() throws IOException {
        unit = new Unit();
        device = new Device(folder, unit.server.url("/"), new OkHttpClient());
        device.signedIn();
        unit.write(PATH, "{\"a\": 1}");
    }

    private Seen<String> read() {
        return device.reads.read(PATH, "en", json -> json);
    }

    @Test
    void what_has_not_changed_is_not_sent_again() {
        assertEquals(Trouble.NONE, read().trouble());
        device.clock.forward(Duration.ofMinutes(5));
        Seen<String> again = read();
        assertEquals("{\"a\": 1}", again.value().orElseThrow());
        assertEquals(Instant.parse("2027-03-04T18:05:00Z"), again.asAt());
        unit.write(PATH, "{\"a\": 2}");
        assertEquals("{\"a\": 2}", read().value().orElseThrow());
        assertEquals(2, unit.reads200);
        assertEquals(1, unit.reads304);
    }

    @Test
    void without_a_line_it_is_as_it_was_last_seen() throws IOException {
        read();
        device.clock.forward(Duration.ofMinutes(2));
        unit.server.shutdown();
        Seen<String> seen = read();
        assertTrue(seen.old());
        assertEquals(Trouble.NO_LINE, seen.trouble());
        assertEquals("{\"a\": 1}", seen.value().orElseThrow());
        assertEquals(Instant.parse("2027-03-04T18:00:00Z"), seen.asAt());
        assertTrue(device.reads.read(PATH, "cy", json -> json).value().isEmpty(), "English is not shown to who reads Welsh");
    }

    @Test
    void what_nobody_has_confirmed_for_a_week_is_gone() throws IOException {
        read();
        unit.server.shutdown();
        device.clock.forward(Duration.ofDays(7).plusSeconds(1));
        assertTrue(read().value().isEmpty());
        assertTrue(device.reads.last(PATH, "en", json -> json).value().isEmpty());
    }

    @Test
    void what_is_not_the_readers_any_more_is_not_shown_again() throws IOException {
        read();
        unit.texts.remove(PATH);
        assertEquals(Trouble.GONE, read().trouble());
        unit.server.shutdown();
        assertTrue(read().value().isEmpty());
    }

    @Test
    void who_is_signed_out_elsewhere_sees_nothing() {
        read();
        unit.signedOut = true;
        assertEquals(Trouble.SIGN_IN, read().trouble());
        assertTrue(read().value().isEmpty());
    }

    /** Ended on another phone, or by staff: what was seen here goes with its key, what was written waits for the next sign-in. */
    @Test
    void who_is_signed_out_elsewhere_leaves_nothing_to_read_but_what_they_wrote() throws Exception {
        read();
        SecretKey before = device.seenKeys.key();
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "{}");
        unit.signedOut = true;
        assertEquals(Outbox.Outcome.SIGN_IN, device.outbox.send(), "nothing was read just now: it is noticed by whatever is asked");
        assertFalse(device.line.signedIn());
        assertTrue(device.seen.empty());
        assertNotEquals(before, device.seenKeys.key(), "nor is there a key to what was");
        assertTrue(device.reads.last(PATH, "en", json -> json).value().isEmpty());
        assertEquals(1, device.outbox.unsent());
    }

    @Test
    void what_is_only_to_be_seen_now_does_not_stay() throws IOException {
        read();
        assertEquals("{\"a\": 1}", device.reads.only(PATH, "en", json -> json).value().orElseThrow());
        assertTrue(device.seen.empty(), "nor what was kept before");
        unit.server.shutdown();
        assertTrue(device.reads.only(PATH, "en", json -> json).value().isEmpty());
    }

    @Test
    void a_full_phone_shows_what_it_cannot_keep_and_stays_signed_in() throws IOException {
        assertTrue(new File(folder, "seen").createNewFile(), "in the way of every file there");
        assertEquals("{\"a\": 1}", read().value().orElseThrow());
        assertTrue(device.reads.last(PATH, "en", json -> json).value().isEmpty());
        File session = new File(folder, "kept");
        for (File file : session.listFiles()) {
            assertTrue(file.delete());
        }
        device.signedIn();
        File name = session.listFiles()[0];
        File inTheWay = new File(session, name.getName() + ".part");
        assertTrue(new File(inTheWay, "full").mkdirs());
        device.clock.forward(Duration.ofMinutes(11));
        assertEquals(Trouble.NONE, read().trouble(), "its new tokens are held as long as the app lives");
        assertEquals("access-2", device.session.tokens().orElseThrow().access());
        assertEquals(Trouble.NONE, read().trouble());
        device.signIn.leave();
        assertFalse(device.line.signedIn());
    }

    @Test
    void a_key_store_that_does_not_answer_is_no_reason_not_to_read() {
        read();
        device.seenKeys.busy = 3;
        assertTrue(device.reads.last(PATH, "en", json -> json).value().isEmpty());
        assertEquals("{\"a\": 1}", device.reads.last(PATH, "en", json -> json).value().orElseThrow());
        device.keys.busy = 3; // whose session it is cannot be read either: it is left all the same
        device.signIn.leave();
        assertTrue(device.vault.empty() && device.seen.empty());
    }

    @Test
    void a_busy_server_is_no_reason_to_show_nothing() {
        read();
        unit.busy = 1;
        Seen<String> seen = read();
        assertEquals(Trouble.SERVER, seen.trouble());
        assertTrue(seen.old());
    }

    @Test
    void what_was_read_does_not_come_back_after_leaving() {
        long before = device.vault.age();
        device.signIn.leave();
        assertFalse(device.vault.put("read", "late", before));
        assertTrue(device.vault.empty());
    }

    @Test
    void nothing_on_the_disk_can_be_read() throws IOException {
        unit.write(PATH, "{\"words\": \"harbour\"}");
        read();
        device.outbox.make("call_back", "/v1/me/cases/c/call-backs", "harbour");
        try (Stream<Path> files = Files.walk(folder.toPath())) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertEquals(3, kept.size());
            for (Path file : kept) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("harbour") || bytes.contains("access-1"));
                assertTrue(file.getFileName().toString().matches("[0-9a-f]{32}"));
            }
        }
    }

    @Test
    void what_was_sealed_cannot_be_passed_off_as_something_else() throws IOException {
        device.session.end(); // the only other file
        device.vault.put("a", "text");
        File kept = new File(folder, "kept");
        File a = kept.listFiles()[0];
        byte[] sealed = Files.readAllBytes(a.toPath());
        device.vault.remove("a");
        device.vault.put("b", "other");
        Files.write(kept.listFiles()[0].toPath(), sealed);
        assertTrue(device.vault.get("b").isEmpty());
        device.vault.put("b", "other");
        device.keys.forget();
        assertTrue(device.vault.get("b").isEmpty(), "without its key it is nothing");
    }

    /** A newer server may say more, in fields and in words, than this app knows. */
    @Test
    void more_than_is_known_is_no_error() {
        CaseSummary read = JSON.getGson().fromJson("""
                {"id": "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10", "crime_reference": "NS/1", "force": {"code": "n", "name": "N"},
                 "role": "someone_new", "stage": {"code": "a_new_stage", "words": "New.", "language": "en", "colour": "blue"},
                 "updated_at": "2027-03-04T10:00:00.123Z", "next_expected_update": "2027-03-12", "something": [1]}""", CaseSummary.class);
        assertEquals("New.", read.getStage().getWords());
        assertEquals(java.time.LocalDate.of(2027, 3, 12), read.getNextExpectedUpdate());
        assertEquals(Instant.parse("2027-03-04T10:00:00.123Z"), read.getUpdatedAt().toInstant());
    }
}
