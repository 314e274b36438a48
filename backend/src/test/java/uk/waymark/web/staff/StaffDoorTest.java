package uk.waymark.web.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.web.StaffWebTest;
import uk.waymark.web.Surf;

/** Staff come in by their own force's provider, and by nothing else. */
class StaffDoorTest extends StaffWebTest {

    @Test
    void staffSignInAtTheirForceAndSeeWhatWaits() {
        Surf surf = surf();
        Surf.Seen choice = surf.get("/staff").expect(200);
        assertTrue(choice.path().startsWith("/staff/sign-in") && choice.text().contains("/staff/sign-in/at/glanafon"), choice.text());
        Surf.Seen queue = signInAsStaff(surf, "glanafon", "witness_care").expect(200);
        assertEquals("/staff", queue.path());
        assertTrue(queue.text().contains("What waits"));
        surf.fill(queue, "/sign-out", Map.of()).expect(200);
        assertTrue(surf.get("/staff").path().startsWith("/staff/sign-in"));
    }

    @Test
    void anAnswerThatThisBrowserDidNotAskForIsNone() {
        Surf one = surf();
        String back = atProvider(one.only("/staff/sign-in/at/glanafon").header("Location"), "witness_care")
            .replace(waymark.settings().publicUrl().toString(), "");
        surf().get(back).expect(403);
        surf().get("/staff/sign-in/return?code=x&state=y").expect(403);
        surf().get("/staff/sign-in/return?error=access_denied").expect(403);
        assertEquals("/staff", one.get(back).expect(200).path());
        one.get(back).expect(403);
    }

    @Test
    void eachForceHasItsNameAndItsColourOnItsPages() throws SQLException {
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.force set colour = case code when 'glanafon' then '#5b1a2e' else '#1a5b2e' end");
        }
        clocks.advanceMachine(Duration.ofMinutes(2));
        Surf.Seen glanafon = signInAsStaff(surf(), "glanafon", "witness_care").expect(200);
        assertTrue(glanafon.text().contains("Glanafon Police") && glanafon.text().contains("/assets/colour/5b1a2e.css"), glanafon.text());
        assertFalse(glanafon.text().contains("1a5b2e"), glanafon.text());
        Surf.Seen northmoor = signInAsStaff(surf(), "northmoor", "witness_care").expect(200);
        assertTrue(northmoor.text().contains("Northmoor Police") && northmoor.text().contains("/assets/colour/1a5b2e.css"), northmoor.text());
        person("coloured", "+447700900481", Map.of());
        Surf surf = surf();
        assertFalse(surf.get("/").text().contains("/assets/colour/"), "nobody is known yet");
        activate(surf, "coloured", "+447700900481").expect(200);
        Surf.Seen hers = surf.get("/contact").expect(200);
        assertTrue(hers.text().contains("Northmoor Police") && hers.text().contains("/assets/colour/1a5b2e.css"), hers.text());
        assertTrue(surf.get("/contact?lang=cy").text().contains("Heddlu Northmoor"));
        surf.fill(surf.get("/contact/change/words"), "/contact/change/words", Map.of("language", "en", "discreet", "true")).expect(200);
        Surf.Seen discreet = surf.get("/contact").expect(200);
        assertFalse(discreet.text().contains("Northmoor") || discreet.text().contains("/assets/colour/"), discreet.text());
        assertTrue(surf.only("/assets/colour/5b1a2e.css").expect(200).text().contains("--app-force:#5b1a2e"));
        surf.only("/assets/colour/ffdd00.css").expect(404);
        surf.only("/assets/colour/red.css").expect(404);
    }

    @Test
    void aRoleThatTheApiDoesNotKnowHasNoPages() {
        signInAsStaff(surf(), "glanafon", "visitor").expect(403);
    }

    /** As for people: by the packages of both. */
    @Test
    void whatGoesWrongIsAPageAndAFormFromElsewhereIsNone() {
        Surf desk = surf();
        signInAsStaff(desk, "northmoor", "witness_care").expect(200);
        for (String path : new String[] {"/staff/cases/no-id", "/staff/nothing-here"}) {
            Surf.Seen wrong = desk.get(path);
            assertTrue(wrong.status() >= 400 && wrong.text().contains("</html>") && wrong.text().contains("href=\"/staff\""), wrong.text());
        }
        Surf.Seen form = desk.get("/staff/find").expect(200);
        Map<String, String> fields = new java.util.LinkedHashMap<>(form.hidden("/staff/find"));
        fields.putAll(Map.of("who", "NM/NONE/9", "reason", "enquiry"));
        desk.post("/staff/find", fields).expect(200);
        assertTrue(desk.with("Sec-Fetch-Site", "cross-site").post("/staff/find", fields).expect(403).text().contains("out of date"));
    }

    @Test
    void aPersonsCookieOpensNoPageOfStaffAndTheOtherWayRound() {
        person("door", "+447700900480", Map.of());
        Surf surf = surf();
        activate(surf, "door", "+447700900480").expect(200);
        assertTrue(surf.get("/staff").path().startsWith("/staff/sign-in"));
        Surf desk = surf();
        signInAsStaff(desk, "northmoor", "witness_care").expect(200);
        assertTrue(desk.get("/cases").path().startsWith("/sign-in"));
    }
}
