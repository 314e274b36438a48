package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;

/** What somebody says in their own words, on the pages: written, saved by two devices, signed, read and taken away. */
class StatementsPagesTest extends WebTest {
    private static final Pattern SAVES = Pattern.compile("action=\"(/cases/[0-9a-f-]{36}/words/[0-9a-f-]{36})\"");
    private static final Map<String, String> SIGNED = Map.of("aloud", "someone_else", "declare", "true");

    /** @return the page of the case */
    private String mine(Surf surf, String id, String mobile, Map<String, Object> more) {
        person(id, mobile, more);
        return activate(surf, id, mobile).expect(200).path();
    }

    private static Surf.Seen begin(Surf surf, String mine) {
        Surf.Seen before = surf.get(mine + "/words/before").expect(200);
        return surf.fill(before, mine + "/words/before", Map.of()).expect(200);
    }

    private static String draft(Surf.Seen write) {
        Matcher action = SAVES.matcher(write.text());
        assertTrue(action.find(), write.text());
        return action.group(1);
    }

    private static Surf.Seen save(Surf surf, Surf.Seen write, String... typed) {
        var fields = new LinkedHashMap<>(Map.of("go", "save", "language", "en"));
        for (int i = 0; i < typed.length; i += 2) {
            fields.put(typed[i], typed[i + 1]);
        }
        return surf.fill(write, draft(write), fields);
    }

    private Surf.Seen signInAgain(Surf surf, Surf.Seen door, String mobile) {
        return surf.fill(surf.fill(door, "/sign-in", Map.of("mobile", mobile)).expect(200), "/sign-in/code", Map.of("code", code(mobile)));
    }

    private void happens(String id, String type, Map<String, Object> data) {
        String at = bean(CaseClock.class).instant().minus(Duration.ofMinutes(1)).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events",
            Batches.batch(List.of(Batches.event(type + id, reference(id), at, type, data)))).expect(200);
        SignUp.drain(this);
    }

    @Test
    void itIsWrittenReadThroughSignedAndTakenAway() {
        Surf surf = surf();
        String mine = mine(surf, "say", "+447700900621", Map.of());
        String list = mine + "/words";
        assertTrue(surf.get(mine).text().contains("href=\"" + list + "\""), "the way there");
        assertTrue(surf.get(list).expect(200).text().contains("You have not written anything yet."));
        Surf.Seen before = surf.get(list + "/before").expect(200);
        assertTrue(before.text().contains("Staff cannot read it either") && before.text().contains("You write for yourself"),
            before.text());
        Surf.Seen write = surf.fill(before, list + "/before", Map.of()).expect(200);
        String one = draft(write);

        Surf.Seen saved = save(surf, write, "text", "I do not sleep.\r\nRing 07700 900123 & ask <me>.",
            "answer-money", "The lock: £80.").expect(200);
        assertTrue(saved.text().contains("It is saved.") && saved.text().contains("This looks like a phone number"), saved.text());
        assertTrue(saved.text().contains("Ring 07700 900123 &amp; ask &lt;me&gt;."), "as typed: " + saved.text());
        assertTrue(surf.get(one).expect(200).text().contains("The lock: £80."));
        assertTrue(surf.get(list + "/before").text().contains("href=\"" + one + "\""), "what is begun is offered first");

        Surf.Seen through = save(surf, saved, "text", "I do not sleep.", "answer-money", "The lock: £80.", "go", "look").expect(200);
        assertEquals(one + "/through", through.path());
        assertTrue(through.text().contains("I do not sleep.") && through.text().contains("I shall be liable to prosecution"),
            through.text());
        Surf.Seen missing = surf.fill(through, one + "/through", Map.of("name", "A. Penrose")).expect(422);
        assertTrue(missing.text().contains("id=\"aloud-error\"") && missing.text().contains("id=\"declare-error\"")
            && missing.text().contains("value=\"A. Penrose\""), missing.text());
        var signed = new LinkedHashMap<>(SIGNED);
        signed.put("name", "A. Penrose");
        Surf.Seen done = surf.fill(missing, one + "/through", signed).expect(200);
        assertEquals(one, done.path());
        assertTrue(done.text().contains("It is signed.") && done.text().contains("A. Penrose")
            && done.text().contains("Somebody else should read it") && done.text().contains("The lock: £80."), done.text());
        assertEquals(one, surf.get(one + "/through").path(), "nothing to sign any more");

        Surf.Seen file = surf.fill(done, one + "/file", Map.of()).expect(200);
        assertTrue(file.text().startsWith("%PDF"));
        assertEquals("attachment; filename=\"my-document.pdf\"", file.header("Content-Disposition"));
        assertEquals("no-store", file.header("Cache-Control"));

        Surf.Seen aloud = surf.get(one + "/aloud").expect(200);
        assertTrue(surf.fill(aloud, one + "/aloud", Map.of("aloud", "not_at_all")).expect(200).text()
            .contains("It should not be read out loud"));
        assertTrue(surf.fill(aloud, one + "/aloud", Map.of("aloud", "self")).expect(422).text().contains("id=\"aloud-error\""),
            "an old page");

        Surf.Seen more = save(surf, begin(surf, mine), "text", "It goes on.", "go", "look");
        assertTrue(surf.fill(more, more.path(), SIGNED).expect(200).text().contains("Adds to the one of"));
        assertTrue(surf.get(list + "?lang=cy").text().contains("Llofnodwyd ar"));
    }

    @Test
    void twoDevicesLoseNeitherText() {
        Surf surf = surf();
        String mine = mine(surf, "dev", "+447700900622", Map.of());
        Surf.Seen write = begin(surf, mine);
        save(surf, write, "text", "From the tablet.", "answer-body", "My arm.").expect(200);
        Surf.Seen both = save(surf, write, "text", "From the phone.", "answer-money", "Eighty pounds.").expect(422);
        for (String text : List.of("From the tablet.", "From the phone.", "My arm.", "Eighty pounds.", "nothing is lost")) {
            assertTrue(both.text().contains(text), text);
        }
        Surf.Seen together = save(surf, both, "text", "From the phone.", "answer-money", "Eighty pounds.", "go", "both").expect(200);
        for (String text : List.of("From the tablet.\n\nFrom the phone.", "My arm.", "Eighty pounds.")) {
            assertTrue(surf.get(draft(together)).text().contains(text), text);
        }
        // or only what is in the boxes, by whoever has seen both
        save(surf, write, "text", "Old").expect(422);
        Surf.Seen mineOnly = save(surf, save(surf, write, "text", "Last").expect(422), "text", "Last").expect(200);
        assertFalse(mineOnly.text().contains("From the tablet."));
    }

    @Test
    void theScriptSavesByTheSameFormAndIsToldWhatItMissed() {
        Surf surf = surf();
        Surf.Seen write = begin(surf, mine(surf, "scr", "+447700900623", Map.of()));
        Surf.Seen kept = save(surf, write, "text", "One", "go", "stay").expect(204);
        String tag = kept.header("ETag");
        assertNotEquals(write.hidden(draft(write)).get("etag"), tag);
        assertEquals(tag, save(surf, write, "text", "One", "go", "stay").expect(204).header("ETag"),
            "an answer that was lost is given again");
        assertEquals("", save(surf, write, "text", "Two", "go", "stay").expect(412).text());
    }

    @Test
    void whatIsTooLongOrSignedMeanwhileIsStillThere() {
        Surf surf = surf();
        String mine = mine(surf, "lng", "+447700900624", Map.of());
        Surf.Seen write = begin(surf, mine);
        Surf.Seen refused = save(surf, write, "text", "ok", "answer-body", "x".repeat(20_001)).expect(422);
        assertTrue(refused.text().contains("id=\"answer-body-error\"") && refused.text().contains("x".repeat(20_001)));
        Surf.Seen through = save(surf, refused, "text", "Done.", "go", "look");
        Surf.Seen empty = surf.get(through.path());
        surf.fill(through, through.path(), SIGNED).expect(200);
        Surf.Seen late = save(surf, write, "text", "One thing more.").expect(422);
        assertTrue(late.text().contains("One thing more.") && late.text().contains("signed already"), late.text());
        assertEquals(draft(write), surf.fill(empty, empty.path(), SIGNED).expect(200).path(), "signed twice is signed once");
        // nothing in it yet
        Surf.Seen blank = begin(surf, mine);
        Surf.Seen nothing = surf.get(draft(blank) + "/through");
        assertTrue(surf.fill(nothing, nothing.path(), SIGNED).expect(422).text().contains("There is nothing in it yet"));
    }

    @Test
    void itIsThrownAwayOnlyAsItWasSeen() throws SQLException {
        Surf surf = surf();
        String mine = mine(surf, "thr", "+447700900625", Map.of());
        Surf.Seen write = begin(surf, mine);
        String one = draft(write);
        Surf.Seen sure = surf.get(one + "/throw").expect(200);
        save(surf, write, "text", "From elsewhere.").expect(200);
        Surf.Seen changed = surf.fill(sure, one + "/throw", Map.of()).expect(422);
        assertTrue(changed.text().contains("From elsewhere.") && changed.text().contains("changed on another device"), changed.text());
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.statement_draft set warned_at = touched_at where id = ?::uuid", one.substring(one.length() - 36));
        }
        assertTrue(surf.get(mine + "/words").text().contains("Changing one word keeps it"), "it says so before it goes");
        assertTrue(surf.fill(changed, one + "/throw", Map.of()).expect(200).text().contains("You have not written anything yet."));
        surf.get(one).expect(404);
        for (String go : List.of("save", "both", "look")) {
            Surf.Seen gone = save(surf, write, "text", "Typed <too> late.", "go", go).expect(422);
            assertTrue(gone.text().contains("Typed &lt;too&gt; late.") && gone.text().contains("not there any more")
                && gone.text().contains(mine + "/words/before"), gone.text());
        }
        assertEquals("", save(surf, write, "text", "By itself", "go", "stay").expect(404).text());
        surf.get(mine + "/words/" + "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10/aloud").expect(404);
    }

    @Test
    void inDiscreetModeReadingTakesAFreshSignInAndWritingDoesNot() {
        Surf surf = surf();
        String mine = mine(surf, "dis", "+447700900626", Map.of());
        assertTrue(surf.get(mine).text().contains("app-header__force"));
        surf.fill(surf.get("/contact/change/words"), "/contact/change/words", Map.of("language", "en", "discreet", "true")).expect(200);
        assertFalse(surf.get(mine).expect(200).text().contains("app-header__force"), "the header says nothing of the police");
        Surf.Seen before = surf.get(mine + "/words/before").expect(200);
        Surf.Seen write = surf.fill(before, mine + "/words/before", Map.of()).expect(200);
        clocks.advanceMachine(Duration.ofMinutes(6));
        Surf.Seen saved = save(surf, write, "text", "Nobody must see this.").expect(200);
        assertTrue(saved.path().equals(mine + "/words?saved=true") && saved.text().contains("It is saved.")
            && !saved.text().contains("must see"), "no word of it is left in the browser: " + saved.text());
        Surf.Seen reloaded = surf.fill(before, mine + "/words/before", Map.of()).expect(401);
        assertFalse(reloaded.text().contains("must see"), reloaded.text());
        Surf.Seen door = surf.get(draft(write)).expect(200);
        assertTrue(door.path().startsWith("/sign-in?again=true") && !door.text().contains("must see"), door.path());
        // a save that another device had overtaken waits for it, and goes on with what was typed
        Surf.Seen kept = save(surf, write, "text", "Typed here.").expect(401);
        assertFalse(kept.text().contains("Typed here."), "sealed");
        Surf.Seen on = signInAgain(surf, kept, "+447700900626").expect(200);
        Surf.Seen both = surf.fill(on, draft(write), Map.of()).expect(422);
        assertTrue(both.text().contains("Typed here.") && both.text().contains("Nobody must see this."), both.text());
        Surf.Seen through = save(surf, both, "text", "Nobody must see this.", "go", "look").expect(200);
        clocks.advanceMachine(Duration.ofMinutes(6));
        Surf.Seen asked = surf.fill(through, through.path(), SIGNED).expect(401);
        Surf.Seen again = signInAgain(surf, asked, "+447700900626").expect(200);
        assertTrue(surf.fill(again, through.path(), Map.of()).expect(200).text().contains("It is signed."));
    }

    @Test
    void inAFlaggedCaseItSaysThatItIsBeingChecked() {
        String at = bean(CaseClock.class).instant().minus(Duration.ofDays(5)).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("e-chk", reference("chk"), at,
            "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", at, "officer",
                Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", List.of("domestic_abuse"), "unit",
                Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people",
                List.of(Batches.victim("chk", "+447700900627"))))))).expect(200);
        SignUp.drain(this);
        Surf surf = surf();
        String mine = activate(surf, "chk", "+447700900627").expect(200).path();
        Surf.Seen through = save(surf, begin(surf, mine), "text", "It hurts.", "go", "look").expect(200);
        assertTrue(surf.fill(through, through.path(), SIGNED).expect(200).text().contains("Signed, being checked."));
    }

    @Test
    void whoIsAskedInAnotherWayAndWhoIsLateAreToldWhatIsPossible() {
        Surf witness = surf();
        String theirs = mine(witness, "wit", "+447700900628", Map.of("role", "witness"));
        assertTrue(witness.get(theirs + "/words").expect(200).text().contains("you are asked in another way"));
        assertFalse(witness.get(theirs + "/words/before").expect(200).text().contains("action=\"" + theirs + "/words/before\""));
        Surf surf = surf();
        String mine = mine(surf, "lat", "+447700900629", Map.of());
        Surf.Seen form = surf.get(mine + "/words/before");
        Surf.Seen through = save(surf, begin(surf, mine), "text", "Late.", "go", "look");
        happens("lat", "suspect_charged", Map.of("suspect_ref", "s1", "explanation", Map.of("en", "It happened.")));
        happens("lat", "sentence", Map.of("suspect_ref", "s1", "explanation", Map.of("en", "It happened.")));
        Surf.Seen refused = surf.fill(through, through.path(), SIGNED).expect(200);
        assertTrue(refused.text().contains("This is not possible now") && refused.text().contains("Victim Contact Scheme"), refused.text());
        assertTrue(surf.fill(form, mine + "/words/before", Map.of()).expect(200).text().contains("Victim Contact Scheme"));
        Surf.Seen list = surf.get(mine + "/words").expect(200);
        assertTrue(list.text().contains("Victim Contact Scheme") && !list.text().contains(mine + "/words/before"), list.text());
    }

    @Test
    void aBusinessSaysWhoSignsForIt() {
        Surf surf = surf();
        String mine = mine(surf, "biz", "+447700900630", Map.of("role", "business_contact", "organisation", "Penrose Bakery"));
        Surf.Seen before = surf.get(mine + "/words/before").expect(200);
        assertTrue(before.text().contains("You write for the business."), before.text());
        Surf.Seen write = surf.fill(before, mine + "/words/before", Map.of()).expect(200);
        Surf.Seen through = save(surf, write, "text", "We shut for a week.", "organisation", "Penrose Bakery", "authority", "",
            "go", "look").expect(200);
        assertTrue(surf.fill(through, through.path(), SIGNED).expect(422).text().contains("what you are in the business"));
        Surf.Seen mended = save(surf, surf.get(draft(write)), "text", "We shut for a week.", "organisation", "Penrose Bakery",
            "authority", "owner", "go", "look").expect(200);
        assertTrue(surf.fill(mended, mended.path(), SIGNED).expect(200).text().contains("owner"));
    }

    @Test
    void whatABusinessSaysOfItselfIsKeptFromBothDevices() {
        Surf surf = surf();
        String mine = mine(surf, "bis", "+447700900631", Map.of("role", "business_contact", "organisation", "Penrose Bakery"));
        Surf.Seen write = begin(surf, mine);
        save(surf, write, "text", "We shut.", "authority", "Director").expect(200);
        // nothing else differs
        Surf.Seen both = save(surf, write, "text", "We shut.", "authority", "").expect(422);
        assertTrue(both.text().contains(">Director<") && !both.text().contains("words.js"), both.text());
        Surf.Seen together = save(surf, both, "text", "We shut.", "authority", "", "go", "both").expect(200);
        assertTrue(together.text().contains("value=\"Director\""), together.text());
        both = save(surf, write, "text", "We shut.", "organisation", "Penrose & Daughter", "authority", "owner").expect(422);
        together = save(surf, both, "text", "We shut.", "organisation", "Penrose & Daughter", "authority", "owner", "go", "both").expect(200);
        assertTrue(together.text().contains("value=\"Director, owner\"") && together.text().contains("value=\"Penrose &amp; Daughter\""),
            together.text());
        // what is too long put together is not saved, and both are still on the page
        both = save(surf, write, "text", "We shut.", "authority", "x".repeat(195)).expect(422);
        Surf.Seen tooLong = save(surf, both, "text", "We shut.", "authority", "x".repeat(195), "go", "both").expect(422);
        assertTrue(tooLong.text().contains("id=\"authority-error\"") && tooLong.text().contains(">Director, owner<")
            && tooLong.text().contains("x".repeat(195)), tooLong.text());
    }

    @Test
    void whoeverHasLeftACaseFindsWhatTheyWroteInIt() throws SQLException {
        Surf surf = surf();
        String mine = mine(surf, "lef", "+447700900632", Map.of());
        Surf.Seen through = save(surf, begin(surf, mine), "text", "It was mine to say.", "go", "look");
        String one = surf.fill(through, through.path(), SIGNED).expect(200).path();
        assertTrue(surf.get("/yours").expect(200).text().contains("href=\"/yours/words\""), "the way there");
        assertTrue(surf.get("/yours/words").expect(200).text().contains(reference("lef")));
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.participant set removed = true where case_id = ?::uuid", mine.substring(mine.length() - 36));
        }
        surf.get(mine).expect(404);
        Surf.Seen all = surf.get("/yours/words").expect(200);
        assertTrue(all.text().contains("href=\"" + one + "\"") && all.text().contains("not part of this case any more"), all.text());
        assertTrue(surf.get(one).expect(200).text().contains("It was mine to say."));
        assertTrue(surf.get(mine + "/words").expect(200).text().contains("href=\"/yours/words\""), "and back from there");
    }

    @Test
    void aParentOfTwoSaysOnThePageAboutWhomItIs() {
        var people = new ArrayList<Map<String, Object>>();
        for (String child : List.of("Cai", "Non")) {
            people.add(Map.of("source_person_id", "par-" + child, "role", "victim", "given_name", child, "family_name", "Penrose",
                "mobile_safe", "unknown", "language", "en", "entitlement", "standard"));
        }
        var parent = new LinkedHashMap<>(Batches.victim("par", "+447700900633"));
        parent.putAll(Map.of("role", "parent", "for", List.of("par-Cai", "par-Non")));
        people.add(parent);
        String at = bean(CaseClock.class).instant().minus(Duration.ofDays(5)).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("e-par", reference("par"), at,
            "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", at, "officer",
                Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", List.of(), "unit",
                Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people", people))))).expect(200);
        SignUp.drain(this);
        Surf surf = surf();
        String mine = activate(surf, "par", "+447700900633").expect(200).path();
        Surf.Seen write = begin(surf, mine);
        Matcher non = Pattern.compile("value=\"([0-9a-f-]{36})\"[^>]*>\\s*<label[^>]*>Non Penrose").matcher(write.text());
        assertTrue(write.text().contains("Who is this about?") && non.find(), write.text());
        Surf.Seen saved = save(surf, write, "text", "She is afraid.", "about", non.group(1)).expect(200);
        assertTrue(Pattern.compile("value=\"" + non.group(1) + "\" checked").matcher(saved.text()).find(), saved.text());
        Surf.Seen apart = save(surf, write, "text", "She is afraid.").expect(422);
        assertTrue(apart.text().contains(">Non Penrose</p>"), "what the other device chose is on the page: " + apart.text());
        Surf.Seen through = save(surf, apart, "text", "She is afraid.", "go", "both").expect(200);
        through = save(surf, through, "text", "She is afraid.", "about", non.group(1), "go", "look").expect(200);
        assertTrue(through.text().contains("Non Penrose") && !through.text().contains("Cai"), through.text());
    }
}
