package uk.waymark.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;

/** Messages and files on the pages. */
class MessagesPagesTest extends WebTest {
    private static final Pattern FILE = Pattern.compile("href=\"(/cases/[0-9a-f-]+/messages/files/[0-9a-f-]+)\"");
    private static final Pattern KEPT = Pattern.compile("name=\"kept\" value=\"([^\"]+)\"");

    private Api staff() {
        return api().as(staffToken("witness_care", "northmoor")).with("Waymark-Reason", "enquiry");
    }

    /** The address of the messages of a person who has just signed in. */
    private String messages(Surf surf, String id, String mobile) {
        return activate(surf, id, mobile).expect(200).path() + "/messages";
    }

    private static Surf.Seen write(Surf surf, String messages, Map<String, String> typed, Map<String, byte[]> files) {
        Surf.Seen form = surf.get(messages + "/new").expect(200);
        var fields = new LinkedHashMap<>(form.hidden(messages + "/new"));
        fields.putAll(typed);
        return surf.upload(messages + "/new", fields, "file", files);
    }

    private String conversation(String messages) {
        for (var one : staff().get("/v1/staff/conversations?limit=100").expect(200).body().path("items")) {
            if (one.path("case_id").asText().equals(messages.split("/")[2])) {
                return "/v1/staff/conversations/" + one.path("id").asText();
            }
        }
        throw new AssertionError("no conversation in that case");
    }

    @Test
    void whatIsWrittenIsReadAndAnsweredAndReadAgain() {
        person("msg", "+447700900631", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "msg", "+447700900631");
        assertTrue(surf.get(messages.replace("/messages", "")).text().contains(messages), "the page of the case leads there");
        assertTrue(surf.get(messages).expect(200).text().contains("There are no messages yet"));
        Surf.Seen form = surf.get(messages + "/new").expect(200);
        assertTrue(form.text().contains("ring 999") && form.text().contains("prosecution")
            && form.text().contains("how long replies usually"), form.text());
        Surf.Seen empty = write(surf, messages, Map.of("body", "  "), Map.of()).expect(422);
        assertTrue(empty.text().contains("body-error"));
        Surf.Seen sent = write(surf, messages, Map.of("body", "Can I bring\r\nmy <sister>?"), Map.of()).expect(200);
        assertEquals(messages + "?sent=true", sent.path());
        assertTrue(sent.text().contains("Your message is sent") && sent.text().contains("my &lt;sister&gt;?")
            && sent.text().contains("Nobody has read this yet") && sent.text().contains("Messages are read Monday"), sent.text());
        String theirs = conversation(messages);
        staff().get(theirs).expect(200);
        staff().post(theirs + "/messages", Map.of("body", "Yes. Come to the side entrance.")).expect(201);
        Surf.Seen answered = surf.get(messages).expect(200);
        assertTrue(answered.text().contains("Come to the side entrance") && answered.text().contains("Read: "), answered.text());
        String read = staff().get(theirs).expect(200).at("/items/0/read_at");
        assertFalse(read.isEmpty(), "who has loaded the page has read the answer");
        assertTrue(surf.get(messages + "?lang=cy").text().contains("Ysgrifennu neges"));
    }

    @Test
    void whoHasItIsAwayOrHandsItOnAndTheRestIsOnTheNextPage() {
        person("hnd", "+447700900636", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "hnd", "+447700900636");
        write(surf, messages, Map.of("body", "The very first one"), Map.of()).expect(200);
        String theirs = conversation(messages);
        staff().get(theirs).expect(200);
        for (int i = 0; i < 26; i++) {
            staff().post(theirs + "/messages", Map.of("body", "Answer " + i)).expect(201);
        }
        Surf.Seen newest = surf.get(messages).expect(200);
        assertTrue(newest.text().contains("Older messages") && !newest.text().contains("The very first one"), newest.text());
        Matcher next = Pattern.compile("href=\"([^\"]+[?]cursor=[^\"]+)\"").matcher(newest.text());
        assertTrue(next.find());
        Surf.Seen older = surf.get(next.group(1).replace("&amp;", "&")).expect(200);
        assertTrue(older.text().contains("The very first one") && older.text().contains("Back to the newest")
            && !older.text().contains("Older messages"), older.text());

        Instant now = bean(CaseClock.class).instant();
        staff().put("/v1/staff/me/absence", Map.of("from", now.minusSeconds(60).toString(), "until",
            now.plus(Duration.ofDays(3)).toString())).expect(200);
        assertTrue(surf.get(messages).text().contains("is away until") && surf.get(messages + "/new").text().contains("is away until"));
        staff().post(theirs + "/handover", Map.of("to", "officer")).expect(200);
        assertTrue(surf.get(messages).expect(200).text().contains("has your messages from here on"));
    }

    @Test
    void whatSoundsLikeDangerSaysHowToReachHelpAndClosesWithOneTap() {
        person("dgr", "+447700900632", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "dgr", "+447700900632");
        Surf.Seen sent = write(surf, messages, Map.of("body", "He is outside my house"), Map.of()).expect(200);
        for (String way : List.of("Ring 999", "press 55", "Relay UK", "emergencySMS", "999 BSL", "tel:999", "sms:999", "role=\"alert\"",
                "Nobody has read it yet", "If you are in danger now")) {
            assertTrue(sent.text().contains(way), way + " in " + sent.text());
        }
        assertFalse(sent.text().contains("?closed=true"), "it stays where nobody beside has to be feared");
        assertTrue(surf.get(messages).text().contains("press 55"), "until somebody has heard it");
        Surf.Seen form = surf.get(messages + "/new").expect(200);
        Surf.Seen without = surf.upload(messages + "/new", with(form, messages, Map.of("kept", UUID.randomUUID() + " gone.png", "body",
            "He is still outside my house")), "file", Map.of()).expect(200);
        assertEquals(messages + "?sent=without-files", without.path());
        assertTrue(without.text().contains("is sent, without your files") && without.text().contains("still outside my house")
            && without.text().contains("press 55"), without.text());
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("f-dgr", reference("dgr"),
            bean(CaseClock.class).instant().minusSeconds(60).toString(), "case_changed", Map.of("flags", List.of("domestic_abuse"))))))
            .expect(200);
        Surf.Seen discreet = surf.get(messages).expect(200);
        assertTrue(discreet.text().contains("Other ways to reach somebody") && !discreet.text().contains("If you are in danger now")
            && discreet.text().contains("href=\"" + messages + "?closed=true\""), discreet.text());
        assertFalse(surf.get(messages + "?closed=true").expect(200).text().contains("press 55"));
    }

    @Test
    void filesGoWithAMessageAndComeBack() {
        person("fil", "+447700900633", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "fil", "+447700900633");
        rule(false, 10 << 20);
        Surf.Seen none = write(surf, messages, Map.of("body", "Here it is", "do", "add"), Map.of()).expect(422);
        assertTrue(none.text().contains("Choose a file first") && none.text().contains("Here it is"), none.text());
        Surf.Seen heic = write(surf, messages, Map.of("body", "Here it is", "do", "add"), Map.of("a.heic",
            "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(ISO_8859_1))).expect(422);
        assertTrue(heic.text().contains("HEIC") && heic.text().contains("Here it is"), heic.text());
        Surf.Seen large = write(surf, messages, Map.of("body", "Here it is"), Map.of("a.jpg", new byte[14 << 20])).expect(422);
        assertTrue(large.text().contains("This file is too large") && large.text().contains("Here it is"), large.text());

        Surf.Seen added = write(surf, messages, Map.of("body", "Here it is", "do", "add"), Map.of("y llun tŷ.png", Pictures.png()))
            .expect(200);
        assertTrue(added.text().contains("y llun tŷ.png") && added.text().contains("Here it is"), added.text());
        Matcher kept = KEPT.matcher(added.text());
        assertTrue(kept.find());
        Surf.Seen dropped = surf.upload(messages + "/new", with(added, messages, Map.of("kept", kept.group(1), "body", "Here it is",
            "drop", kept.group(1).substring(0, 36))), "file", Map.of()).expect(200);
        assertFalse(KEPT.matcher(dropped.text()).find());
        Surf.Seen swapped = surf.upload(messages + "/new", with(added, messages, Map.of("kept", kept.group(1), "body", "Here it is",
            "drop", kept.group(1).substring(0, 36))), "file", Map.of("other.png", Pictures.png())).expect(200);
        assertTrue(swapped.text().contains("other.png") && !swapped.text().contains(kept.group(1)), "what was chosen beside it is kept");
        Surf.Seen gone = surf.upload(messages + "/new", with(swapped, messages, Map.of("kept", UUID.randomUUID() + " gone.png",
            "body", "Here it is")), "file", Map.of("third.png", Pictures.png())).expect(422);
        assertTrue(gone.text().contains("third.png") && !gone.text().contains("gone.png") && gone.text().contains("Choose it again"),
            gone.text());
        Surf.Seen sent = surf.upload(messages + "/new", with(added, messages, Map.of("kept", kept.group(1), "body", "Here it is")), "file",
            Map.of("letter.pdf", "%PDF-1.4 broken".getBytes(UTF_8)));
        assertTrue(sent.expect(422).text().contains("damaged") && KEPT.matcher(sent.text()).find(), "what was added before stays");
        sent = surf.upload(messages + "/new", with(sent, messages, Map.of("kept", kept.group(1), "body", "Here it is")), "file", Map.of())
            .expect(200);
        assertTrue(sent.text().contains("We are checking this file") && !FILE.matcher(sent.text()).find(), sent.text());
        rule(true, 1 << 20);
        assertTrue(surf.get(messages + "/new").text().contains("at most 1 MB"), "as the force has it");
        sent = surf.get(messages).expect(200);
        Matcher file = FILE.matcher(sent.text());
        assertTrue(file.find(), sent.text());
        assertTrue(sent.text().contains("loading=\"lazy\""), sent.text());
        Surf.Seen got = surf.only(file.group(1)).expect(200);
        assertEquals("image/png", got.header("Content-Type"));
        assertTrue(got.header("Content-Disposition").startsWith("attachment"));
        assertEquals("no-store", got.header("Cache-Control"));
        assertTrue(got.answer().headers().allValues("Content-Security-Policy").equals(List.of(OwnFile.SANDBOX)));
        Surf other = surf();
        assertTrue(other.get(file.group(1)).path().startsWith("/sign-in"));
    }

    private static Map<String, String> with(Surf.Seen page, String messages, Map<String, String> typed) {
        var fields = new LinkedHashMap<>(page.hidden(messages + "/new"));
        fields.putAll(typed);
        return fields;
    }

    @Test
    void anEndedSessionKeepsTheWordsAndAsksForTheFileAgain() {
        person("sgn", "+447700900634", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "sgn", "+447700900634");
        Surf.Seen form = surf.get(messages + "/new").expect(200);
        clocks.advanceMachine(Duration.ofDays(31));
        Surf.Seen ended = surf.upload(messages + "/new", with(form, messages, Map.of("body", "Three <lines> & more")), "file",
            Map.of("a.png", Pictures.png())).expect(401);
        Surf.Seen asked = surf.fill(ended, "/sign-in", Map.of("mobile", "07700 900634")).expect(200);
        Surf.Seen on = surf.fill(asked, "/sign-in/code", Map.of("code", code("+447700900634"))).expect(200);
        Surf.Seen again = surf.fill(on, messages + "/new", Map.of()).expect(422);
        assertTrue(again.text().contains("Three &lt;lines&gt; &amp; more") && again.text().contains("Choose your file again"),
            again.text());
    }

    @Test
    void whatIsStillBeingSentIsNotSentTwice() throws SQLException {
        person("twi", "+447700900637", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "twi", "+447700900637");
        Surf.Seen form = surf.get(messages + "/new").expect(200);
        String once = form.hidden(messages + "/new").get("once");
        Surf.Seen waits;
        try (var c = database.superuser()) {
            // as the first of two taps holds it
            String account = Sql.one(c, """
                select l.account_id::text as id from waymark.account_person l join waymark.person p on p.id = l.person_id
                 where p.source_person_id = 'twi' and l.ended_at is null""", r -> r.getString("id")).orElseThrow();
            Sql.one(c, "select pg_advisory_lock(hashtextextended(?, 0))::text as held", r -> r.getString("held"),
                "person:" + account + " sendMessage " + once);
            waits = surf.fill(form, messages + "/new", Map.of("body", "Only one of these")).expect(409);
        }
        assertTrue(waits.text().contains("It is still being sent"), waits.text());
        assertEquals(once, waits.hidden(messages + "/new").get("once"));
        assertTrue(surf.fill(waits, messages + "/new", Map.of()).expect(200).text().contains("Your message is sent"));
        Surf.Seen again = surf.fill(waits, messages + "/new", Map.of()).expect(200);
        assertEquals(2, again.text().split("Only one of these", -1).length, again.text());
    }

    @Test
    void whatIsNoFormOrTooMuchIsAPage() {
        person("bad", "+447700900635", Map.of());
        Surf surf = surf();
        String messages = messages(surf, "bad", "+447700900635");
        Surf.Seen form = surf.get(messages + "/new").expect(200);
        assertTrue(surf.send(messages + "/new", "multipart/form-data", "no boundary".getBytes(UTF_8)).expect(400).text()
            .contains("</html>"));
        surf.send(messages + "/new", "multipart/form-data; boundary=x", "--y\r\nnothing".getBytes(UTF_8));
        surf.send(messages + "/new", "multipart/form-data; boundary=x; charset=nope", "--x\r\n".getBytes(UTF_8)).expect(415);
        surf.send(messages + "/new", "multipart/form-data; boundary=x", ("--x\r\nContent-Disposition: form-data; name=\"body\"\r\n"
            + "Content-Type: text/plain; charset=%%\r\n\r\nHello\r\n--x--\r\n").getBytes(UTF_8)).expect(400);
        surf.send(messages + "/new", "text/plain", "x".getBytes(UTF_8)).expect(415);
        surf.upload(messages + "/new", Map.of("body", "x"), "file", Map.of()).expect(403);
        surf().upload(messages + "/new", Map.of("body", "x"), "file", Map.of("a.png", new byte[9 << 20])).expect(413);
        surf.upload(messages + "/new", Map.of("form_token", "x", "body", "x"), "file", Map.of()).expect(403);
        Surf.Seen much = surf.upload(messages + "/new", with(form, messages, Map.of("body", "x")), "file",
            Map.of("a.png", new byte[33 << 20]));
        assertTrue(much.expect(413).text().contains("too much at once"), much.text());
        Surf.Seen longer = write(surf, messages, Map.of("body", "x".repeat(10_001)), Map.of()).expect(422);
        assertTrue(longer.text().contains("Use fewer words") && longer.text().contains("xxxxx"));
        String nowhere = "/cases/" + UUID.randomUUID() + "/messages";
        surf.get(nowhere).expect(404);
        Surf.Seen kept = surf.upload(nowhere + "/new", with(form, messages, Map.of("body", "Not <lost>")), "file", Map.of()).expect(404);
        assertEquals("Not <lost>", kept.hidden(nowhere + "/new").get("body"));
        assertTrue(kept.text().contains("Try again"), kept.text());
        assertFalse(surf.upload(messages + "/new", Map.of("form_token", "x", "body", "Foreign"), "file", Map.of()).expect(403).text()
            .contains("Foreign"), "a form that is not ours is not sent from here");
        surf.get(messages + "/files/" + UUID.randomUUID()).expect(404);
    }

    private void rule(boolean serveUnscanned, int fileBytes) {
        try (var c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.attachment_rule (force_id, serve_unscanned, file_bytes) values (?, ?, ?)
                on conflict (force_id) do update set serve_unscanned = excluded.serve_unscanned, file_bytes = excluded.file_bytes""",
                force("northmoor"), serveUnscanned, fileBytes);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
