package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How somebody is contacted, on the pages: seen, changed, stopped, and a new number. */
class ContactPagesTest extends WebTest {

    private static String change(String part) {
        return "/contact/change/" + part;
    }

    private static Surf.Seen save(Surf surf, String part, Map<String, String> typed) {
        return surf.fill(surf.get(change(part)).expect(200), change(part), typed);
    }

    @Test
    void everyPartIsChangedAndReadBack() {
        person("con", "+447700900611", Map.of());
        Surf surf = surf();
        activate(surf, "con", "+447700900611").expect(200);
        assertTrue(save(surf, "words", Map.of("language", "cy", "discreet", "false")).expect(200).text().contains("Cymraeg (Welsh)"));
        assertTrue(save(surf, "ways", Map.of("use", "sms", "first", "sms", "never", "call")).expect(200).text()
            .contains("A call: not safe, never used"));
        assertTrue(save(surf, "times", Map.of("day", "monday", "from", "6pm", "to", "21:00")).expect(422).text().contains("6pm"));
        assertTrue(save(surf, "times", Map.of("day", "monday", "from", "18:30", "to", "21:00", "quiet-from", "21:00", "quiet-to", "08:00"))
            .expect(200).text().contains("Monday, 6.30pm to 9pm"));
        assertTrue(save(surf, "times", Map.of("gone", "0")).expect(200).text().contains("Any time"));
        assertTrue(save(surf, "times", Map.of("quiet-from", "", "quiet-to", "")).expect(200).text().contains("Quiet hours: None"));
        assertTrue(save(surf, "amount", Map.of("telling", "nothing")).expect(422).text().contains("again-day-error"));
        assertTrue(save(surf, "amount", Map.of("telling", "weekly_summary", "urgent", "call")).expect(200).text()
            .contains("Once a week"));
        assertTrue(save(surf, "help", Map.of("need", "large_print")).expect(200).text().contains("Large print"));
        surf.get(change("nothing")).expect(404);
        assertTrue(surf.get("/contact/history").expect(200).text().contains("You: "));
    }

    @Test
    void twoWindowsDoNotOverwriteEachOther() {
        person("two", "+447700900612", Map.of());
        Surf surf = surf();
        activate(surf, "two", "+447700900612").expect(200);
        Surf.Seen first = surf.get(change("help"));
        save(surf, "amount", Map.of("telling", "only_required")).expect(200);
        Surf.Seen refused = surf.fill(first, change("help"), Map.of("need", "large_print")).expect(422);
        assertTrue(refused.text().contains("changed elsewhere") && refused.text().contains("value=\"large_print\" checked"), refused.text());
        surf.fill(refused, change("help"), Map.of("need", "large_print")).expect(200);
    }

    @Test
    void theWordTakesAFreshSignInAndGoesOnWithWhatWasTyped() {
        person("wor", "+447700900613", Map.of());
        Surf surf = surf();
        activate(surf, "wor", "+447700900613").expect(200);
        clocks.advanceMachine(Duration.ofMinutes(6));
        Surf.Seen asked = save(surf, "calls", Map.of("word", "harbour", "voicemail", "false")).expect(401);
        assertTrue(asked.text().contains("sign in again before this is sent") && !asked.text().contains("harbour"), asked.text());
        Surf.Seen code = surf.fill(asked, "/sign-in", Map.of("mobile", "07700 900613")).expect(200);
        Surf.Seen on = surf.fill(code, "/sign-in/code", Map.of("code", code("+447700900613"))).expect(200);
        Surf.Seen done = surf.fill(on, change("calls"), Map.of()).expect(200);
        assertTrue(done.text().contains("There is a word") && !done.text().contains("harbour"), done.text());
        assertFalse(surf.get(change("calls")).expect(200).text().contains("harbour"), "it is never read back");
        assertFalse(save(surf, "calls", Map.of("forget", "word")).expect(200).text().contains("There is a word"));
    }

    @Test
    void everythingStopsAtOnceAndStartsWithAFreshSignIn() {
        person("pau", "+447700900614", Map.of());
        Surf surf = surf();
        activate(surf, "pau", "+447700900614").expect(200);
        Surf.Seen paused = surf.fill(surf.get("/contact/pause").expect(200), "/contact/pause", Map.of()).expect(200);
        assertTrue(paused.text().contains("Everything is stopped"), paused.text());
        clocks.advanceMachine(Duration.ofMinutes(6));
        surf.fill(paused, "/contact/resume", Map.of()).expect(401);
        assertTrue(surf.get("/contact").expect(200).text().contains("Everything is stopped"));
    }

    @Test
    void aNewNumberWaitsForItsCode() {
        person("num", "+447700900615", Map.of());
        Surf surf = surf();
        activate(surf, "num", "+447700900615").expect(200);
        Surf.Seen form = surf.get("/contact/where").expect(200);
        assertTrue(surf.fill(form, "/contact/where", Map.of("where", "x")).expect(422).text().contains("kind-error"));
        assertTrue(surf.fill(form, "/contact/where", Map.of("kind", "mobile", "where", "no number")).expect(422).text()
            .contains("where-error"));
        assertTrue(form.text().contains("value=\"true\" checked"), "who moves elsewhere is asked to end what is signed in there");
        assertFalse(surf.fill(form, "/contact/where", Map.of("kind", "mobile", "where", "no number")).text().contains("value=\"true\" checked"),
            "what was unticked stays so");
        Surf.Seen begun = surf.fill(form, "/contact/where", Map.of("kind", "mobile", "where", "07700 900616")).expect(200);
        assertTrue(begun.text().contains("Nothing changes before") && !begun.text().contains("900616"), begun.text());
        assertTrue(surf.fill(begun, begun.path(), Map.of("code", "000000")).expect(422).text().contains("code-error"));
        Surf.Seen back = surf.fill(surf.get(begun.path()), begun.path() + "/cancel", Map.of()).expect(200);
        assertEquals("/contact/where", back.path());
        assertTrue(surf.get(begun.path()).text().contains("Everything is as before"));
    }
}
