package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Asking for a call, and what is held about a person, on the pages. */
class CallsPagesTest extends WebTest {
    private static final Pattern SLOT = Pattern.compile("<option value=\"([^\"]+/[^\"]+)\"");

    @Test
    void aCallIsAskedForMovedAndTakenBack() {
        person("cal", "+447700900621", Map.of());
        Surf surf = surf();
        String calls = activate(surf, "cal", "+447700900621").expect(200).path() + "/calls";
        assertTrue(surf.get(calls).expect(200).text().contains("call 999"));
        Surf.Seen form = surf.get(calls + "/new?reason=date").expect(200);
        assertTrue(form.text().contains("value=\"date\" checked") && form.text().contains("call 999"), form.text());
        assertTrue(surf.fill(form, calls + "/new", Map.of("about", "The letter")).expect(422).text().contains("reason-error"));
        Surf.Seen call = surf.fill(form, calls + "/new", Map.of("reason", "question", "word", "bluebell", "voicemail", "false", "hide", "true"))
            .expect(200);
        assertTrue(call.path().startsWith(calls + "/") && !call.text().contains("bluebell"), call.text());
        assertEquals(call.path(), surf.fill(form, calls + "/new", Map.of("reason", "question", "word", "bluebell", "voicemail", "false",
            "hide", "true")).expect(200).path(), "sent twice by one form it is asked for once");
        // the last one: the first may begin, and be over, before it is sent
        List<String> slots = SLOT.matcher(call.text()).results().map(m -> m.group(1)).toList();
        if (!slots.isEmpty()) {
            assertTrue(surf.fill(call, call.path(), Map.of("slot", slots.getLast())).expect(200).text().contains("Booked for"));
            assertTrue(surf.fill(call, call.path(), Map.of("slot", "")).expect(422).text().contains("changed meanwhile"));
        }
        Surf.Seen back = surf.fill(surf.get(call.path()), call.path() + "/cancel", Map.of()).expect(200);
        assertTrue(back.text().contains("Taken back"), back.text());
        assertTrue(surf.get(calls).text().contains("Taken back"));
    }

    @Test
    void whoIsNotSafeReadsAtOnceWhatToDo() {
        person("saf", "+447700900622", Map.of());
        Surf surf = surf();
        String calls = activate(surf, "saf", "+447700900622").expect(200).path() + "/calls";
        Surf.Seen call = surf.fill(surf.get(calls + "/new"), calls + "/new", Map.of("reason", "not_safe")).expect(200);
        assertTrue(call.text().contains("999"), call.text());
        assertTrue(surf.get(calls + "/new?lang=cy").expect(200).text().contains("ffoniwch 999"));
    }

    @Test
    void whatIsHeldIsLookedThroughAndTakenAway() {
        person("yrs", "+447700900623", Map.of());
        Surf surf = surf();
        activate(surf, "yrs", "+447700900623").expect(200);
        surf.get("/yours").expect(200);
        surf.get("/yours/looked").expect(200);
        Surf.Seen devices = surf.get("/yours/devices").expect(200);
        assertTrue(devices.text().contains("This device"), devices.text());
        Surf.Seen file = surf.fill(surf.get("/yours/file").expect(200), "/yours/file", Map.of()).expect(200);
        assertTrue(file.header("Content-Type").startsWith("application/zip"), file.header("Content-Type"));
        assertTrue(file.header("Content-Disposition").startsWith("attachment") && file.header("Cache-Control").equals("no-store"));

        clocks.advanceMachine(Duration.ofMinutes(6));
        Surf.Seen door = surf.get("/yours/looked").expect(200);
        assertTrue(door.path().startsWith("/sign-in") && door.text().contains("sign in again before you go on"), door.path());
        Surf.Seen code = surf.fill(door, "/sign-in", Map.of("mobile", "07700 900623")).expect(200);
        assertEquals("/yours/looked", surf.fill(code, "/sign-in/code", Map.of("code", code("+447700900623"))).expect(200).path());

        surf.fill(surf.get("/yours/devices"), "/yours/devices", Map.of()).expect(200);
        assertTrue(surf.get("/yours").path().startsWith("/sign-in"));
        assertTrue(surf.get("/rights").expect(200).text().contains("To complain"));
        assertFalse(surf.get("/help?lang=cy").expect(200).text().contains("Leaving quickly"));
    }
}
