package uk.waymark.web.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Browser;
import uk.waymark.web.Lang;
import uk.waymark.web.StaffWebTest;
import uk.waymark.web.Surf;
import uk.waymark.web.Texts;

/** What staff do for many people at once, and what they look after: reminders, the week, plans and words, systems, figures. */
class StaffWorkPagesTest extends StaffWebTest {
    private static final String NAMES = "crime_reference,mobile,hearing_date,ward\r\n";
    private static final String MOBILE = "+447700900473";
    private static final Pattern PERSON = Pattern.compile("href=\"(/staff/dates/[0-9a-f-]+/people/[0-9a-f-]+)\"");
    private static final Pattern HELD = Pattern.compile("action=\"(/staff/held/[0-9a-f-]+)\"");
    private Surf desk;
    private Surf head;

    @BeforeAll
    void signIn() {
        person("work", MOBILE, Map.of());
        date("work");
        desk = surf();
        signInAsStaff(desk, "northmoor", "witness_care", "desk").expect(200);
        head = surf();
        signInAsStaff(head, "northmoor", "supervisor", "head").expect(200);
    }

    private static String first(Pattern pattern, Surf.Seen page) {
        Matcher found = pattern.matcher(page.text());
        assertTrue(found.find(), page.text());
        return found.group(1);
    }

    private static void has(Surf.Seen page, String... texts) {
        for (String text : texts) {
            assertTrue(page.text().contains(text), () -> text + " is not on\n" + page.text());
        }
    }

    /** Everything that is to be done is done, and its receipts are in. */
    private void drain() {
        for (int i = 0; i < 2; i++) {
            waymark.context().getBeansOfType(DueWork.class).forEach(DueWork::drain);
            api().post("/sandbox/clock", Map.of("advance", "PT1S")).expect(200);
        }
    }

    private static String line(String day) {
        return reference("work") + "," + MOBILE + "," + day + ",B\r\n";
    }

    @Test
    void aListIsCheckedThenSentWatchedAndPutRight() {
        Surf.Seen form = desk.get("/staff/runs").expect(200);
        Surf.Seen checked = desk.upload(form, "/staff/runs/check", "file", NAMES + line("2027-06-08") + line("2027-06-09")).expect(200);
        has(checked, "Would be sent: 1", "to be looked at: 1", "not needed: ward", ">3</th>");
        assertFalse(checked.text().contains(MOBILE), "no number is in the page");
        assertTrue(desk.get("/staff/runs").text().contains("There are none."), "nothing was started yet");
        Surf.Seen run = desk.fill(checked, "/staff/runs/start", Map.of()).expect(200);
        assertTrue(run.path().startsWith("/staff/runs/"), run.path());
        // the same form twice is one run
        assertEquals(run.path(), desk.fill(checked, "/staff/runs/start", Map.of()).expect(200).path());
        drain();
        Surf.Seen done = desk.get(run.path()).expect(200);
        has(done, "Finished", "2 of 2 lines looked at", "Arrived");
        assertTrue(desk.get(run.path() + "/table").expect(200).text().startsWith("line,"));
        has(desk.get("/staff/runs").expect(200), run.path());
        desk.fill(done, run.path() + "/correction", Map.of("wrong", "time")).expect(403);
        Surf.Seen theirs = head.get(run.path()).expect(200);
        has(head.fill(theirs, run.path() + "/correction", Map.of("time", "10:30")).expect(422), "id=\"wrong-error\"", "value=\"10:30\"");
        assertEquals(run.path(), head.fill(theirs, run.path() + "/correction", Map.of("wrong", "court", "court", "York Crown Court"))
            .expect(200).path());
        drain();
        has(head.get(run.path()).expect(200), "(put right)");
        assertEquals(run.path(), head.post(run.path() + "/stop", theirs.hidden(run.path() + "/correction")).expect(200).path());
        has(head.get(run.path()), "Stopped");
    }

    @Test
    void whatCameOfADateIsPutDownForEachPersonAndNotTickedOff() {
        person("came", "+447700900479", Map.of());
        var day = bean(CaseClock.class).instant().minus(Duration.ofDays(1));
        assertEquals("accepted", api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("h-came",
            reference("came"), day.minus(Duration.ofDays(3)).toString(), "hearing_listed", Map.of("hearing_id", "h-came", "kind", "trial",
                "starts_at", day.toString(), "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required",
                List.of("came")))))).expect(200).at("/results/0/status"));
        drain();
        String hearing = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select w.subject_id from waymark.work_item w join waymark.case_file cf on cf.id = w.case_id
             where w.kind = 'outcome_to_record' and cf.crime_reference = ?""", r -> r.getString(1), reference("came")).orElseThrow());
        String item = "/staff/items/" + acting().as(worker("northmoor"), c -> Sql.one(c,
            "select id from waymark.work_item where kind = 'outcome_to_record' and subject_id = ?::uuid", r -> r.getString(1), hearing)
            .orElseThrow());
        Surf.Seen taken = desk.fill(desk.get("/staff?group=dates").expect(200), item, Map.of()).expect(200);
        String came = "/staff/dates/" + hearing + "/came";
        assertTrue(taken.text().contains(came), taken.text());
        assertTrue(api().as(staffToken("witness_care", "northmoor")).post("/v1/staff/queue/" + item.substring(13) + "/completion",
            Map.of("outcome", "done")).expect(409).at("/type").endsWith("outcomes-missing"));
        Surf.Seen form = desk.get(came).expect(200);
        String field = first(Pattern.compile("<select[^>]* name=\"(came-[0-9a-f-]+)\""), form);
        has(desk.fill(form, came, Map.of()).expect(422), "at least one person");
        Surf.Seen kept = desk.fill(form, came, Map.of(field, "attended_heard")).expect(200);
        has(kept, "That is put down", "value=\"attended_heard\" selected");
        assertFalse(desk.get("/staff?group=dates").expect(200).text().contains(item));
        String later = first(Pattern.compile("href=\"(/staff/dates/[0-9a-f-]+)\""), desk.get("/staff/week?from=2027-06-08").expect(200));
        Surf.Seen early = desk.get(later + "/came").expect(200);
        has(desk.fill(early, later + "/came", Map.of(first(Pattern.compile("<select[^>]* name=\"(came-[0-9a-f-]+)\""), early),
            "did_not_attend")).expect(422), "It has not taken place yet");
    }

    /** In a browser: what is looked at meanwhile moves by itself, and the page is the finished one once there is no more to do. */
    @Test
    void aRunThatGoesOnMovesOnItsPage() throws SQLException {
        person("moves", "+447700900476", Map.of());
        date("moves");
        person("stays", "+447700900477", Map.of());
        date("stays");
        Surf.Seen checked = desk.upload(desk.get("/staff/runs").expect(200), "/staff/runs/check", "file",
            NAMES + reference("stays") + ",07700 900477,2027-06-08,\r\n" + reference("moves") + ",07700 900476,2027-06-08,\r\n").expect(200);
        try (var browser = Browser.start(waymark.base()); var tab = browser.open(Browser.DESK, "en", true);
             var held = database.superuser()) {
            desk.cookies().forEach((name, value) -> tab.context().addCookies(List.of(cookie(name, value))));
            held.setAutoCommit(false);
            // no message can be written down: the run waits in the middle
            Sql.run(held, "lock table notifications.message in share mode");
            String path = desk.fill(checked, "/staff/runs/start", Map.of()).expect(200).path();
            tab.page().navigate(path);
            tab.page().getByText("0 of 2 lines looked at").waitFor();
            tab.page().evaluate("document.title = 'never loaded again'");
            try (var c = database.superuser()) {
                Sql.run(c, "update waymark.reminder_run_row set state = 'bad' where line = 3 and run_id = ?",
                    UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
            }
            tab.page().getByText("1 of 2 lines looked at").waitFor();
            assertEquals("never loaded again", tab.page().title());
            assertTrue(tab.page().locator("main").innerText().contains("Going on"), tab.page().locator("main").innerText());
            held.rollback();
            drain(); // on a slow machine whoever waited for the table has given up meanwhile
            tab.page().locator(".govuk-tag--green").waitFor();
            assertNotEquals("never loaded again", tab.page().title());
            tab.assertFine();
        }
    }

    @Test
    void whatIsWrongWithAListIsSaidAndNoneOfItIsLost() {
        Surf.Seen form = desk.get("/staff/runs").expect(200);
        has(desk.upload(form, "/staff/runs/check", "file", "").expect(422), "Choose a list");
        has(desk.upload(form, "/staff/runs/check", "file", NAMES + "\"never closed").expect(422), "cannot be read", "govuk-inset-text");
        has(desk.fill(form, "/staff/runs/check", Map.of("days", "true", "from", "2027-06-08", "to", "", "unit", "wcu")).expect(422),
            "Enter a first and a last day", "value=\"2027-06-08\"", "value=\"wcu\"");
        String many = IntStream.range(0, 150).mapToObj(i -> "NM/NOBODY/" + i + ",07700 900999,2027-06-08,\r\n")
            .collect(Collectors.joining());
        Surf.Seen checked = desk.upload(form, "/staff/runs/check", "file", NAMES + many).expect(200);
        has(checked, "Lines 1 to 100 of 150", "NM/NOBODY/0<");
        assertFalse(checked.text().contains("/staff/runs/start"), "there is nothing to send");
        has(desk.fill(checked, "/staff/runs/check", Map.of("number", "1")).expect(200), "Lines 101 to 150 of 150", "NM/NOBODY/149");
        String table = desk.fill(checked, "/staff/runs/check", Map.of("table", "true")).expect(200).text();
        assertEquals(151, table.lines().count());
        Surf.Seen old = desk.fill(checked, "/staff/runs/check", Map.of("list", "made up")).expect(422);
        has(old, "open for too long");
        Surf nobody = surf();
        Surf.Seen page = nobody.get("/sign-in");
        assertEquals(403, nobody.post("/staff/runs/check", Map.of("form_token", "x")).status());
        assertEquals(200, page.status());
    }

    @Test
    void everybodyOfSomeDaysIsChecked() {
        Surf.Seen form = desk.get("/staff/runs").expect(200);
        Surf.Seen checked = desk.fill(form, "/staff/runs/check", Map.of("days", "true", "from", "2027-06-07", "to", "2027-06-11"))
            .expect(200);
        has(checked, "What would become of it");
    }

    @Test
    void whatWasSaidOnACallIsPutDownOnTheList() {
        person("said", "+447700900474", Map.of());
        date("said");
        Surf.Seen week = desk.get("/staff/week?from=2027-06-08").expect(200);
        has(week, "Leeds Crown Court", "Monday 7 June", reference("said"));
        Surf.Seen list = desk.get("/staff/week?from=2027-06-08&unit=none").expect(200);
        has(list, "Nobody has to be anywhere");
        assertTrue(desk.get("/staff/week/table?from=2027-06-08").expect(200).text().contains(reference("said")));
        has(desk.get("/staff/week/print?from=2027-06-08").expect(200), reference("said"), "As at ", "Notes", "happens next");
        Surf.Seen welsh = desk.get("/staff/week/print?from=2027-06-08&lang=cy").expect(200);
        has(welsh, reference("said"), "Fel yr oedd ", "Nodiadau");
        DataFile nexts = Texts.file("nexts", Lang.CY);
        assertTrue(nexts.names().stream().anyMatch(n -> welsh.text().contains("<td class=\"govuk-table__cell\">" + nexts.text(n))),
            welsh.text());
        desk.get("/staff/week?lang=en").expect(200);
        String row = week.text().substring(week.text().indexOf(reference("said")));
        Matcher found = PERSON.matcher(row);
        assertTrue(found.find());
        String there = found.group(1);
        String date = there.substring(0, there.indexOf("/people/"));
        has(desk.get(date).expect(200), reference("said"));
        Surf.Seen one = desk.get(there).expect(200);
        has(desk.fill(one, there + "/contact", Map.of("note", "Rang <twice>")).expect(422), "Choose how", "Rang &lt;twice");
        has(desk.fill(one, there + "/contact", Map.of("how", "letter", "outcome", "wrong_number", "note", "Kept")).expect(422),
            "id=\"outcome-error\"", "Kept");
        Surf.Seen told = desk.fill(one, there + "/contact", Map.of("how", "call", "outcome", "told")).expect(200);
        has(told, "That is put down", "call, it reached them");
        has(desk.fill(told, there + "/answer", Map.of("reason", "Work")).expect(422), "Choose what they answered", "Work");
        Surf.Seen came = desk.fill(told, there + "/answer", Map.of("answer", "yes")).expect(200);
        has(came, "They can come", "Can come");
        Surf.Seen old = desk.fill(came, there + "/answer", Map.of("answer", "cannot", "version", "9", "reason", "A new job")).expect(422);
        has(old, "has changed since you opened", "A new job");
        desk.get("/staff/dates/00000000-0000-7000-8000-000000000000").expect(404);
        desk.get("/staff/dates/nonsense").expect(400);
    }

    @Test
    void whoBringsAChildStandsOnTheListWithTheChild() {
        person("kin", "+447700900475", Map.of("role", "parent", "given_name", "Mair", "for", List.of("kin-child")));
        String at = bean(CaseClock.class).instant().minus(Duration.ofDays(4)).toString();
        var answer = api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(
            Batches.event("kin-1", reference("kin"), at, "person_added", Map.of("source_person_id", "kin-child", "role", "witness",
                "given_name", "Cai", "family_name", "Penrose", "contact", "adult")),
            Batches.event("kin-2", reference("kin"), at, "hearing_listed", Map.of("hearing_id", "kin-h", "kind", "trial", "starts_at",
                "2027-06-15T10:00:00+01:00", "court", Map.of("name", "Leeds Crown Court"), "required", List.of("kin-child"))))).expect(200);
        assertEquals("accepted", answer.at("/results/1/status"), answer.text());
        for (String way : List.of("", "/print")) {
            has(desk.get("/staff/week" + way + "?from=2027-06-14").expect(200), "Mair Penrose (for Cai Penrose)");
        }
        assertTrue(desk.get("/staff/week/table?from=2027-06-14").expect(200).text().contains("Cai Penrose"));
    }

    @Test
    void supervisorsChangeWhenPeopleAreReminded() {
        has(desk.get("/staff/words").expect(200), "/staff/plans/sentence", "/staff/words/case_update");
        String there = "/staff/plans/sentence";
        Surf.Seen plan = head.get(there).expect(200);
        has(plan, "class=\"app-phone\"", "/staff/words/reminder_question", "/staff/words/reminder_details");
        var steps = Map.of("days-0", "7", "at-0", "10:00", "words-0", "question", "days-3", "1", "at-3", "21:00", "words-3", "details",
            "working-3", "true");
        Surf.Seen late = head.fill(plan, there, steps).expect(422);
        has(late, "id=\"days-3-error\"", "value=\"21:00\"");
        var good = new java.util.HashMap<>(steps);
        good.put("at-3", "09:30");
        Surf.Seen saved = head.fill(late, there, good).expect(200);
        has(saved, "That is saved", "value=\"09:30\"", "Your own, version 1");
        has(head.fill(late, there, good).expect(422), "Somebody else has changed it since");
        has(head.fill(saved, there, Map.of("days-0", "many", "at-0", "10:00", "words-0", "question")).expect(422), "id=\"days-0-error\"",
            "value=\"many\"");
        desk.fill(desk.get(there).expect(200), there, good).expect(403);
        desk.get("/staff/plans/picnic").expect(404);
    }

    @Test
    void wordsAreLookedAtProposedApprovedAndBroughtBack() {
        String there = "/staff/words/case_update";
        Surf.Seen now = head.get(there).expect(200);
        has(now, "app-phone", "Segments: ", "Those that all forces share");
        var words = Map.of("en-neutral", "There is something new for you. Please sign in.", "en-plain",
            "There is news about your case. Please sign in to Waymark to read it. Reply STOP to stop these texts.", "cy-neutral",
            "Mae rhywbeth newydd i chi. Mewngofnodwch.", "cy-plain",
            "Mae newyddion am eich achos. Mewngofnodwch i Waymark i'w darllen. Atebwch STOPIO i atal y negeseuon hyn.",
            "reason", "People want to be asked.");
        var preview = new java.util.HashMap<>(words);
        preview.put("do", "preview");
        has(head.fill(now, there, preview).expect(200), "would look like this", "Please sign in.");
        has(head.get(there), "Those that all forces share");
        var bad = new java.util.HashMap<>(words);
        bad.put("en-neutral", "The police have news in your case. {nonsense}");
        has(head.fill(now, there, bad).expect(422), "id=\"en-neutral-error\"", "The police have news", "govuk-inset-text");
        Surf.Seen proposed = head.fill(now, there, words).expect(200);
        has(proposed, "wait to be approved", "People want to be asked.");
        has(head.fill(proposed, there + "/approval", Map.of()).expect(422), "cannot approve this");
        desk.fill(desk.get(there).expect(200), there + "/approval", Map.of()).expect(403);
        Surf other = surf();
        signInAsStaff(other, "northmoor", "supervisor", "other").expect(200);
        Surf.Seen live = other.fill(other.get(there).expect(200), there + "/approval", Map.of()).expect(200);
        has(live, "That is saved", "Your own, version 1");
        has(other.fill(live, there + "/back", Map.of("to", "shipped")).expect(422), "Say why");
        has(other.fill(live, there + "/back", Map.of("to", "shipped", "back_reason", "It reads badly.")).expect(200), "It reads badly.");
        desk.get("/staff/words/nothing_such").expect(404);
    }

    @Test
    void whatCouldNotBeUsedIsSeenAndTriedAgain() {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("bad-1", reference("work"),
            "2026-10-01T10:00:00Z", "hearing_listed", Map.of("kind", "trial"))))).expect(200);
        Surf.Seen held = desk.get("/staff/held").expect(200);
        has(held, "bad-1", "hearing listed");
        has(desk.fill(held, first(HELD, held), Map.of()).expect(422), "still cannot be used");
        has(desk.get("/staff/systems").expect(200), "Connected systems", "As at", "What reports here");
        desk.get("/staff/changes").expect(200);
    }

    @Test
    void experimentsAreStartedAndEndedBySupervisors() {
        Surf.Seen none = head.get("/staff/trials").expect(200);
        has(none, "There has been none.");
        var wanted = Map.of("from", "2027-01-11", "to", "2027-03-31", "approved_by", "Head of unit, 1 December");
        has(head.fill(none, "/staff/trials", wanted).expect(422), "id=\"share-error\"", "Head of unit");
        desk.fill(desk.get("/staff/trials").expect(200), "/staff/trials", wanted).expect(403);
        var whole = new java.util.HashMap<>(wanted);
        whole.put("share", "20");
        Surf.Seen going = head.fill(none, "/staff/trials", whole).expect(200);
        has(going, "That is done", "20 of 100 without");
        has(head.fill(going, "/staff/trials", whole).expect(422), "There is one in these days already");
        String one = first(Pattern.compile("href=\"(/staff/trials/[0-9a-f-]+)\""), going);
        has(desk.get(one).expect(200), "Nobody yet");
        heldOutIsSeenWhereverSomebodyIsReminded();
        has(head.fill(going, one + "/end", Map.of()).expect(200), "Ended early");
    }

    private void heldOutIsSeenWhereverSomebodyIsReminded() {
        person("lot", "+447700900475", Map.of());
        date("lot");
        // the days of the experiment have come, and the lot has fallen
        acting().as(worker("northmoor"), c -> {
            Sql.run(c, "update waymark.reminder_trial set to_day = '2027-06-30' where ended_at is null");
            return Sql.run(c, """
                insert into waymark.reminder_trial_arm (trial_id, person_id, force_id, case_id, stratum, place, held_out, drawn_at)
                select t.id, p.person_id, t.force_id, p.case_id, 'trial/', 0, true, t.started_at from waymark.reminder_trial t
                  cross join waymark.participant p join waymark.person who on who.id = p.person_id
                 where t.ended_at is null and who.source_person_id = 'lot'""");
        });
        String words = "No extra reminders: drawn by lot for an experiment";
        Surf.Seen week = desk.get("/staff/week?from=2027-06-08").expect(200);
        has(week, words);
        String row = week.text().substring(week.text().indexOf(reference("lot")));
        Matcher found = PERSON.matcher(row);
        assertTrue(found.find());
        has(desk.get(found.group(1)).expect(200), words);
        Surf.Seen checked = desk.fill(desk.get("/staff/runs").expect(200), "/staff/runs/check",
            Map.of("days", "true", "from", "2027-06-07", "to", "2027-06-11")).expect(200);
        has(checked, "drawn by lot for an experiment to have no extra reminders: 1");
    }

    @Test
    void figuresAreAPlotWithATableBesideAndForWhomTheyAre() {
        Surf analyst = surf();
        signInAsStaff(analyst, "northmoor", "analyst");
        Surf.Seen messages = analyst.get("/staff/figures").expect(200);
        has(messages, "app-bars__bar", "As a table", "/staff/figures/table?report=messages");
        assertTrue(analyst.get("/staff/figures/table?report=messages").expect(200).text().startsWith("key,sent"));
        has(analyst.get("/staff/figures?report=calls").expect(200), "Figures below 10 are not shown");
        has(analyst.get("/staff/figures?report=reminders").expect(200), "Whether extra reminders help");
        has(analyst.get("/staff/figures?from=2020-01-01&to=2027-01-01").expect(422), "id=\"from-error\"");
        analyst.get("/staff/figures?from=x&by=y&report=z").expect(200);
        for (String path : List.of("/staff/runs", "/staff/words", "/staff/systems", "/staff/held", "/staff/week")) {
            has(analyst.get(path).expect(403), "<h1");
        }
        desk.get("/staff/figures").expect(403);
    }
}
