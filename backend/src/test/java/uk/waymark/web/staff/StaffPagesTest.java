package uk.waymark.web.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.web.StaffWebTest;
import uk.waymark.web.Surf;

/** What staff do on the pages. */
class StaffPagesTest extends StaffWebTest {
    private static final Pattern ITEM = Pattern.compile("action=\"(/staff/items/[0-9a-f-]+)\"");
    private static final Pattern CASE = Pattern.compile("action=\"(/staff/cases/[0-9a-f-]+)\"");
    private Surf desk;

    @BeforeAll
    void signIn() {
        person("unsafe", "+447700900470", Map.of("mobile_safe", "unsafe"));
        desk = surf();
        signInAsStaff(desk, "northmoor", "witness_care").expect(200);
    }

    private static String first(Pattern pattern, Surf.Seen page) {
        Matcher found = pattern.matcher(page.text());
        assertTrue(found.find(), page.text());
        return found.group(1);
    }

    @Test
    void whatWaitsIsTakenOnAndCompleted() {
        Surf.Seen queue = desk.get("/staff").expect(200);
        String item = first(ITEM, queue);
        Surf.Seen taken = desk.fill(queue, item, Map.of()).expect(200);
        Surf.Seen unsaid = desk.fill(taken, item + "/done", Map.of("outcome", "no such end", "note", "Rang <her>")).expect(422);
        assertTrue(unsaid.text().contains("id=\"outcome-error\"") && unsaid.text().contains("Rang &lt;her"), unsaid.text());
        Surf.Seen done = desk.fill(unsaid, item + "/done", Map.of("outcome", "done")).expect(200);
        assertEquals("/staff?done=completed", done.path());
        assertTrue(done.text().contains("That is completed"));
        assertFalse(done.text().contains(item));
        assertEquals("/staff", desk.get(item).path());
    }

    @Test
    void aCaseIsFoundByItsReferenceAndReadForAReason() {
        Surf.Seen form = desk.get("/staff/find").expect(200);
        desk.fill(form, "/staff/find", Map.of()).expect(422);
        Surf.Seen none = desk.fill(form, "/staff/find", Map.of("reference", "NM/NONE/9", "reason", "enquiry")).expect(200);
        assertTrue(none.text().contains("There is no case"), none.text());
        Surf.Seen found = desk.fill(none, "/staff/find", Map.of("reference", reference("unsafe"), "reason", "enquiry")).expect(200);
        assertFalse(found.path().contains("NM"), "what was looked for stands in no address");
        Surf.Seen one = desk.fill(found, first(CASE, found), Map.of()).expect(200);
        assertTrue(one.text().contains("Alys Penrose") && one.text().contains(reference("unsafe")), one.text());
    }

    @Test
    void theListOfAWeekGoesToTheWeekBeforeAndAfter() {
        Surf.Seen week = desk.get("/staff/week?from=2026-12-09").expect(200);
        assertTrue(week.text().contains("Monday 7 December") && week.text().contains("from=2026-12-14")
            && week.text().contains("from=2026-11-30"), week.text());
        desk.get("/staff/week?from=nonsense").expect(200);
    }

    @Test
    void aRoleWithoutAQueueIsToldSo() {
        Surf analyst = surf();
        signInAsStaff(analyst, "northmoor", "analyst").expect(403);
    }
}
