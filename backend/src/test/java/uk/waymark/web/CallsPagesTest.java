package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Api;

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

    /** Rung in vain, and then never again: no time that is over is promised, and nothing is to be pressed that is refused. */
    @Test
    void afterACallInVainItSaysWhenSomebodyRingsNext() {
        opens();
        person("vai", "+447700900624", Map.of());
        Surf surf = surf();
        String calls = activate(surf, "vai", "+447700900624").expect(200).path() + "/calls";
        Surf.Seen call = surf.fill(surf.get(calls + "/new"), calls + "/new", Map.of("reason", "question")).expect(200);
        String id = call.path().substring(call.path().lastIndexOf('/') + 1);
        String staff = "/v1/staff/call-backs/" + id;
        Surf.Seen stale = surf.get(call.path());
        inVain(staff);
        Instant due = Instant.parse(listed(id).path("due_at").asText());
        clocks.advanceCase(Duration.ofHours(3));
        Surf.Seen missed = surf.get(call.path()).expect(200);
        assertTrue(missed.text().contains("Somebody rings you again by ") && missed.text().contains("Take it back"), missed.text());
        clocks.advanceCase(Duration.between(bean(CaseClock.class).instant(), due).plusMinutes(1));
        Surf.Seen late = surf.get(call.path()).expect(200);
        assertTrue(late.text().contains("We are sorry that we missed you. You can choose") && !late.text().contains("omebody rings by")
            && !late.text().contains("rings you again"), late.text());
        Surf.Seen soon = surf.fill(late, call.path(), Map.of("slot", "")).expect(200);
        assertTrue(soon.text().contains("Somebody rings you as soon as they can. You can choose") && !soon.text().contains("rings by"),
            soon.text());

        inVain(staff);
        assertFalse(surf.get(call.path()).expect(200).text().contains("rings you again"), "a supervisor decides first");
        staffed("supervisor").post(staff + "/decision", Map.of("decision", "no_more_calls", "reason", "Write to her.")).expect(200);
        Surf.Seen over = surf.get(call.path()).expect(200);
        assertTrue(over.text().contains("We are sorry that we could not reach you.") && !over.text().contains("rings by")
            && !over.text().contains("Take it back") && !over.text().contains("name=\"slot\""), over.text());
        assertEquals(call.path(), surf.fill(stale, call.path() + "/cancel", Map.of()).expect(200).path(), "it stands there how it ended");
    }

    /** To the next Tuesday morning that is a working day. */
    private void opens() {
        ZonedDateTime there = bean(CaseClock.class).instant().atZone(WorkingDays.LONDON);
        ZonedDateTime then = there.with(TemporalAdjusters.next(DayOfWeek.TUESDAY)).with(LocalTime.of(10, 0));
        while (!bean(WorkingDays.class).isOne(then.toLocalDate())) {
            then = then.plusWeeks(1);
        }
        clocks.advanceCase(Duration.between(there, then));
    }

    private Api staffed(String role) {
        return api().as(staffToken(role, "northmoor"));
    }

    private void inVain(String call) {
        staffed("witness_care").post(call + "/claim", null).expect(200);
        staffed("witness_care").post(call + "/attempts", Map.of("outcome", "no_answer")).expect(201);
    }

    @Test
    void whoReadsInWelshIsRungInWelshAndAnInterpreterIsAskedFor() {
        person("iai", "+447700900625", Map.of());
        Surf surf = surf();
        String calls = activate(surf, "iai", "+447700900625").expect(200).path() + "/calls";
        Surf.Seen form = surf.get(calls + "/new?lang=cy").expect(200);
        assertTrue(form.text().contains("value=\"cy\" checked"), form.text());
        Surf.Seen call = surf.fill(form, calls + "/new", Map.of("reason", "question", "interpreter", "bfi")).expect(200);
        String id = call.path().substring(call.path().lastIndexOf('/') + 1);
        JsonNode seen = listed(id);
        assertEquals("cy bfi", seen.path("language").asText() + " " + seen.path("interpreter").asText(), seen::toString);
        surf.fill(surf.get(call.path()), call.path(), Map.of("language", "en", "interpreter", "pl")).expect(200);
        assertEquals("en pl", listed(id).path("language").asText() + " " + listed(id).path("interpreter").asText());
    }

    private JsonNode listed(String id) {
        for (JsonNode item : staffed("supervisor").get("/v1/staff/call-backs?limit=100").expect(200).body().path("items")) {
            if (item.path("id").asText().equals(id)) {
                return item;
            }
        }
        throw new AssertionError("nobody waits for that call");
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
