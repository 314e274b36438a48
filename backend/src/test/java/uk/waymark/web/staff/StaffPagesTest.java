package uk.waymark.web.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.Colleagues;
import uk.waymark.testing.SignUp;
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

    private String token(String id) {
        return SignUp.person(this, id);
    }

    private String caseOf(String id) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select pa.case_id from waymark.participant pa join waymark.person p on p.id = pa.person_id where p.source_person_id = ?""",
            r -> r.getString("case_id"), id).orElseThrow());
    }

    private String item(String kind, String id) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select w.id from waymark.work_item w join waymark.person p on p.id = w.person_id
             where w.kind = ? and p.source_person_id = ? and w.completed_at is null""", r -> r.getString("id"), kind, id).orElseThrow());
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
        Surf.Seen none = desk.fill(form, "/staff/find", Map.of("who", "NM/NONE/9", "reason", "enquiry")).expect(200);
        assertTrue(none.text().contains("Nobody and nothing was found"), none.text());
        Surf.Seen found = desk.fill(none, "/staff/find", Map.of("who", reference("unsafe"), "reason", "enquiry")).expect(200);
        assertFalse(found.path().contains("NM"), "what was looked for stands in no address");
        Surf.Seen one = desk.fill(found, first(CASE, found), Map.of()).expect(200);
        assertTrue(one.text().contains("Alys Penrose") && one.text().contains(reference("unsafe")), one.text());
        String title = one.text().substring(one.text().indexOf("<title>"), one.text().indexOf("</title>"));
        assertTrue(title.startsWith("<title>One case") && !title.contains(reference("unsafe")), "a tab shows nobody whose case it is");
    }

    @Test
    void whoWasAskedForAStatementAndWhereOneIsKeptIsPutDown() {
        person("kept", "+447700900478", Map.of());
        String person = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = 'kept'",
            r -> r.getString("id")).orElseThrow());
        String theCase = "/staff/cases/" + caseOf("kept");
        String there = theCase + "/statements";
        Surf.Seen found = desk.fill(desk.get("/staff/find").expect(200), "/staff/find", Map.of("who", reference("kept"), "reason",
            "enquiry")).expect(200);
        Surf.Seen one = desk.fill(found, theCase, Map.of()).expect(200);
        Surf.Seen page = desk.fill(one, there, Map.of()).expect(200);
        assertTrue(page.text().contains("Alys Penrose") && page.text().contains("never what is in it"), page.text());

        Surf.Seen unsaid = desk.fill(page, there + "/offers", Map.of("asked", person)).expect(422);
        assertTrue(unsaid.text().contains("id=\"answer-error\"") && !unsaid.text().contains("id=\"asked-error\""), unsaid.text());
        Surf.Seen offered = desk.fill(unsaid, there + "/offers", Map.of("asked", person, "answer", "not_now")).expect(200);
        assertEquals(theCase + "?done=offered", offered.path());
        assertTrue(offered.text().contains("That they were asked is put down"), offered.text());
        assertEquals("not_now staff", acting().as(worker("northmoor"), c -> Sql.one(c, """
            select answer || ' ' || via as said from waymark.statement_offer where person_id = ?::uuid""", r -> r.getString("said"), person)
            .orElseThrow()));

        LocalDate made = LocalDate.ofInstant(bean(CaseClock.class).instant(), WorkingDays.LONDON).minusDays(1);
        Surf.Seen nothing = desk.fill(page, there + "/kept", Map.of()).expect(422);
        for (String field : List.of("person", "medium", "where", "made-day")) {
            assertTrue(nothing.text().contains("id=\"" + field + "-error\""), field);
        }
        Surf.Seen toCome = desk.fill(nothing, there + "/kept", kept(person, "on_paper", "Folder <7>", made.plusDays(9), Map.of())).expect(422);
        assertTrue(toCome.text().contains("id=\"made-day-error\"") && toCome.text().contains("Folder &lt;7"), toCome.text());
        Surf.Seen untold = desk.fill(toCome, there + "/kept", kept(person, "translation", "Folder <7>", made, Map.of())).expect(422);
        assertTrue(untold.text().contains("id=\"translates-error\""), untold.text());
        Surf.Seen done = desk.fill(untold, there + "/kept", kept(person, "on_paper", "Folder <7>", made, Map.of("language", "pl")))
            .expect(200);
        assertEquals(theCase + "?done=kept", done.path());
        var staff = api().as(staffToken("witness_care", "northmoor")).with("Waymark-Reason", "enquiry");
        String list = "/v1/staff/statements?case_id=" + caseOf("kept");
        var first = staff.get(list).expect(200);
        assertEquals("on_paper Folder <7>", first.at("/items/0/medium") + " " + first.at("/items/0/where_kept"));

        Surf.Seen again = desk.fill(one, there, Map.of()).expect(200);
        assertTrue(again.text().contains("Folder &lt;7"), "what can be translated is there to choose");
        desk.fill(again, there + "/kept", kept(person, "translation", "Folder 8", made, Map.of("translates", first.at("/items/0/id"),
            "translator", "Anna Nowak", "language", "en"))).expect(200);
        assertEquals(2, staff.get(list).expect(200).body().path("items").size());
        assertEquals(theCase, desk.get(there).path());
        assertEquals(theCase, desk.get(there + "/kept").path());
    }

    private static Map<String, String> kept(String person, String medium, String where, LocalDate made, Map<String, String> more) {
        var typed = new HashMap<>(Map.of("person", person, "medium", medium, "where", where, "made-day",
            String.valueOf(made.getDayOfMonth()), "made-month", String.valueOf(made.getMonthValue()), "made-year",
            String.valueOf(made.getYear())));
        typed.putAll(more);
        return typed;
    }

    /** Some forces' references have digits only; a number may have come without its beginning. */
    @Test
    void aReferenceOfDigitsIsFoundBeforeANumberIs() {
        String at = bean(CaseClock.class).instant().toString();
        assertEquals("accepted", api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(
            Batches.recorded("e-digits", "44250012345", at, Batches.victim("digits", "+447700900481"))))).expect(200).at("/results/0/status"));
        SignUp.drain(this);
        Surf.Seen form = desk.get("/staff/find").expect(200);
        assertTrue(desk.fill(form, "/staff/find", Map.of("who", "44250012345", "reason", "enquiry")).expect(200).text()
            .contains("44250012345</"));
        assertTrue(desk.fill(form, "/staff/find", Map.of("who", "7700 900481", "reason", "enquiry")).expect(200).text()
            .contains("44250012345"));
    }

    @Test
    void aPersonIsFoundByWordsOfTheirNameOrANumberAndNothingOfItStandsInAnAddress() {
        person("found", "+447700900471", Map.of("given_name", "Siân", "family_name", "Gwyndaf-O'Hara"));
        Surf.Seen form = desk.get("/staff/find").expect(200);
        for (String who : List.of("o'hara sian", "07700 900471")) {
            Surf.Seen found = desk.fill(form, "/staff/find", Map.of("who", who, "reason", "enquiry")).expect(200);
            assertEquals("/staff/find", found.path());
            assertTrue(found.text().contains("Siân Gwyndaf-O'Hara") && found.text().contains(reference("found")), found.text());
            assertTrue(desk.fill(found, first(CASE, found), Map.of()).expect(200).text().contains("+447700900471"));
        }
        Surf.Seen unreasoned = desk.fill(form, "/staff/find", Map.of("who", "a b c d e f g", "reason", "enquiry")).expect(422);
        assertTrue(unreasoned.text().contains("id=\"who-error\"") && unreasoned.text().contains("a b c d e f g"), unreasoned.text());
    }

    @Test
    void aCallShowsWhatToKnowBeforeTheNumberAndIsPutDown() {
        person("rung", "+447700900472", Map.of());
        api().as(token("rung")).post("/v1/me/cases/" + caseOf("rung") + "/call-backs", Map.of("reason", "not_safe", "word", "Heron",
            "about", "He is <outside>")).expect(201);
        String item = "/staff/items/" + item("call_wanted", "rung");
        Surf.Seen calls = desk.get("/staff?group=calls&held=nobody").expect(200);
        assertTrue(calls.text().contains("action=\"" + item + "\"") && !calls.text().contains("+447700900472"), calls.text());
        assertFalse(desk.get("/staff?group=statements").expect(200).text().contains(item));
        Surf.Seen taken = desk.fill(calls, item, Map.of()).expect(200);
        int before = taken.text().indexOf("Heron");
        assertTrue(before > 0 && before < taken.text().indexOf("+447700900472"), taken.text());
        assertTrue(taken.text().contains("He is &lt;outside&gt;"), taken.text());
        assertTrue(desk.get("/staff?held=me").expect(200).text().contains(item));
        String went = first(Pattern.compile("action=\"(/staff/calls/[0-9a-f-]+)\""), taken);
        Surf.Seen unsaid = desk.fill(taken, went, Map.of("note", "She <asked>")).expect(422);
        assertTrue(unsaid.text().contains("id=\"outcome-error\"") && unsaid.text().contains("She &lt;asked"), unsaid.text());
        assertEquals("/staff", desk.get(went + "?lang=en").expect(200).path());
        Surf.Seen done = desk.fill(unsaid, went, Map.of("outcome", "spoken", "note", "She is safe.")).expect(200);
        assertEquals("/staff?done=call", done.path());
        assertFalse(done.text().contains(item));
    }

    /** However the call was asked for, whoever takes the item on has the word and the number. */
    @Test
    void aCallThatATextOrAnAnswerAsksForIsRungAsAnyOther() {
        person("texts", "+447700900479", Map.of());
        date("texts");
        api().post("/sandbox/replies", Map.of("from", "+447700900479", "body", "CALL")).expect(204);
        SignUp.drain(this);
        person("talks", "+447700900480", Map.of());
        date("talks");
        var me = api().as(token("talks"));
        String date = me.get("/v1/me/cases/" + caseOf("talks") + "/hearings").expect(200).at("/items/0/id");
        me.put("/v1/me/hearings/" + date + "/attendance", Map.of("answer", "need_to_talk")).expect(200);
        assertEquals("asked", me.get("/v1/me/cases/" + caseOf("talks") + "/call-backs").expect(200).at("/items/0/state"));
        for (var who : Map.of("texts", "+447700900479", "talks", "+447700900480").entrySet()) {
            String item = "/staff/items/" + item("call_wanted", who.getKey());
            Surf.Seen taken = desk.fill(desk.get("/staff?group=calls").expect(200), item, Map.of()).expect(200);
            assertTrue(taken.text().contains(who.getValue()), taken.text());
            String went = first(Pattern.compile("action=\"(/staff/calls/[0-9a-f-]+)\""), taken);
            assertEquals("/staff?done=call", desk.fill(taken, went, Map.of("outcome", "spoken")).expect(200).path());
        }
        assertEquals("done", me.get("/v1/me/cases/" + caseOf("talks") + "/call-backs").expect(200).at("/items/0/state"));
    }

    @Test
    void aCallIsPutDownForSomebodyWhoSpokeToStaff() {
        person("asks", "+447700900478", Map.of());
        String open = "/staff/cases/" + caseOf("asks");
        Surf.Seen here = desk.get(open).expect(200);
        if (here.text().contains("name=\"reason\" type=\"radio\"")) {
            here = desk.fill(here, open, Map.of("reason", "enquiry")).expect(200);
        }
        String send = open + "/calls/new";
        Surf.Seen form = desk.fill(here, open + "/calls", Map.of()).expect(200);
        Surf.Seen empty = desk.fill(form, send, Map.of("about", "She <asked>", "from", "10:00")).expect(422);
        assertTrue(empty.text().contains("id=\"person-error\"") && empty.text().contains("id=\"topic-error\"")
            && empty.text().contains("id=\"suits-day-error\"") && empty.text().contains("She &lt;asked"), empty.text());
        var said = new HashMap<>(Map.of("person", first(Pattern.compile("name=\"person\" type=\"radio\" value=\"([0-9a-f-]+)\""), form),
            "topic", "date", "about", "The letter", "voicemail", "false", "word", "Heron", "hide", "true", "language", "cy"));
        said.put("interpreter", "Polish and more");
        assertTrue(desk.fill(empty, send, said).expect(422).text().contains("id=\"interpreter-error\""));
        said.put("interpreter", "pl");
        LocalDate today = LocalDate.ofInstant(bean(CaseClock.class).instant(), WorkingDays.LONDON);
        suits(said, today.with(TemporalAdjusters.next(DayOfWeek.SUNDAY)));
        Surf.Seen closed = desk.fill(empty, send, said).expect(422);
        assertTrue(closed.text().contains("id=\"from-error\"") && closed.text().contains("Free next: "), closed.text());
        suits(said, bean(WorkingDays.class).after(today, 2));
        for (int pressed = 0; pressed < 2; pressed++) {
            Surf.Seen done = desk.fill(closed, send, said).expect(200);
            assertTrue(done.text().contains("It is booked for ") && done.text().contains(" 10am to 10.30am."), done.text());
        }
        assertEquals(open, desk.get(send + "?lang=en").path(), "the case wants its reason");
        var hers = api().as(token("asks")).get("/v1/me/cases/" + caseOf("asks") + "/call-backs").expect(200);
        assertEquals(1, hers.body().path("items").size(), hers.text());
        assertEquals("date booked false true pl cy", String.join(" ", List.of("reason", "state", "voicemail", "withhold_number",
            "interpreter", "language").stream().map(field -> hers.at("/items/0/" + field)).toList()));
    }

    private static void suits(Map<String, String> said, LocalDate day) {
        said.putAll(Map.of("suits-day", String.valueOf(day.getDayOfMonth()), "suits-month", String.valueOf(day.getMonthValue()),
            "suits-year", String.valueOf(day.getYear()), "from", "10:00", "to", "10:30"));
    }

    @Test
    void whatASupervisorDecidesMayBePressedTwice() {
        person("vain", "+447700900477", Map.of());
        String call = api().as(token("vain")).post("/v1/me/cases/" + caseOf("vain") + "/call-backs", Map.of("reason", "not_safe"))
            .expect(201).at("/id");
        var rings = api().as(staffToken("victim_care", "northmoor"));
        rings.post("/v1/staff/call-backs/" + call + "/claim", null).expect(200);
        rings.post("/v1/staff/call-backs/" + call + "/attempts", Map.of("outcome", "unsafe_now")).expect(201);
        Surf supervisor = surf();
        signInAsStaff(supervisor, "northmoor", "supervisor").expect(200);
        Surf.Seen queue = supervisor.get("/staff?group=calls").expect(200);
        String decision = "/staff/calls/" + call + "/decision";
        Surf.Seen taken = supervisor.fill(queue, "/staff/items/" + item("call_back_failed", "vain"), Map.of()).expect(200);
        Map<String, String> another = Map.of("decision", "another_call", "because", "Her sister is there now.");
        assertEquals("/staff?done=completed", supervisor.fill(taken, decision, another).expect(200).path());
        assertEquals("/staff?done=completed", supervisor.fill(taken, decision, another).expect(200).path());
        rings.post("/v1/staff/call-backs/" + call + "/claim", null).expect(200);
        rings.post("/v1/staff/call-backs/" + call + "/completion", Map.of("outcome", "not_needed")).expect(200);
    }

    /** 'That was not me', said on a safe call, is put down where the item is read. */
    @Test
    void aNewNumberIsAllowedHeldOrRefusedAtTheDesk() {
        person("renamed", "+447700900483", Map.of());
        assertEquals("accepted", api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("f-renamed",
            reference("renamed"), bean(CaseClock.class).instant().minusSeconds(60).toString(), "case_changed",
            Map.of("flags", List.of("domestic_abuse")))))).expect(200).at("/results/0/status"));
        SignUp.drain(this);
        var phone = api().as(token("renamed"));
        String begun = "/v1/me/contact-changes/" + phone.post("/v1/me/contact-changes", Map.of("mobile", "+447700900484")).expect(202).at("/id");
        phone.post(begun + "/confirmation", Map.of("code", code("+447700900484"))).expect(200);
        String item = "/staff/items/" + item("contact_change", "renamed");
        Surf.Seen waits = desk.get("/staff/changes").expect(200);
        Surf.Seen taken = desk.fill(waits, item, Map.of()).expect(200);
        desk.fill(taken, item + "/done", Map.of("outcome", "done")).expect(409);
        assertTrue(desk.get("/staff?held=me").text().contains(item), "it is not ticked off");
        String decide = first(Pattern.compile("action=\"(/staff/changes/[0-9a-f-]+/decision)\""), taken);
        Surf.Seen unsaid = desk.fill(taken, decide, Map.of("because", "It was <not> her")).expect(422);
        assertTrue(unsaid.text().contains("id=\"decision-error\"") && unsaid.text().contains("It was &lt;not"), unsaid.text());
        assertTrue(desk.fill(taken, decide, Map.of("decision", "refuse")).expect(422).text().contains("id=\"because-error\""));
        assertEquals("/staff?done=decided", desk.fill(unsaid, decide, Map.of("decision", "refuse", "because",
            "It was not her.")).expect(200).path());
        assertEquals("ended", phone.get("/v1/me/contact-changes").expect(200).at("/items/0/state"));
        assertEquals(409, desk.fill(unsaid, decide, Map.of("decision", "allow", "because", "It was her.")).status());
    }

    @Test
    void whatIsTakenOnIsGivenBackOrToSomebodyElseAndASupervisorSeesWhoHasWhat() {
        person("given", "+447700900473", Map.of("mobile_safe", "unsafe"));
        String item = "/staff/items/" + item("invitation_to_hand_over", "given");
        Surf.Seen queue = desk.get("/staff?group=contact").expect(200);
        Surf.Seen taken = desk.fill(queue, item, Map.of()).expect(200);
        assertEquals("/staff?done=back", desk.fill(taken, item + "/back", Map.of()).expect(200).path());
        assertFalse(desk.get("/staff?held=me").expect(200).text().contains(item));
        Surf.Seen give = desk.get(item + "/give").expect(200);
        Surf.Seen unknown = desk.fill(give, item + "/give", Map.of("to", "", "other", "s.hael")).expect(422);
        assertTrue(unknown.text().contains("Nobody of your force has worked here") && unknown.text().contains("value=\"s.hael\"")
            && unknown.text().contains("id=\"other-error\""), unknown.text());
        assertTrue(desk.get("/staff?group=contact&held=nobody").expect(200).text().contains(item), "it waits for nobody who is not there");
        worksHere("s.hale", "given");
        worksHere("j.price", "given");
        assertTrue(desk.fill(give, item + "/give", Map.of("to", "", "other", "")).expect(422).text().contains("id=\"to-error\""));
        assertEquals("/staff?done=given", desk.fill(give, item + "/give", Map.of("to", "", "other", "s.hale")).expect(200).path());
        desk.get("/staff/work").expect(403);
        Surf supervisor = surf();
        signInAsStaff(supervisor, "northmoor", "supervisor").expect(200);
        Surf.Seen work = supervisor.get("/staff/work").expect(200);
        assertTrue(work.text().contains("<option value=\"s.hale\">Ruth Pemberton</option>")
            && work.text().contains("/staff?group=contact&amp;held=s.hale"), work.text());
        assertTrue(supervisor.fill(work, "/staff/work", Map.of("from", "s.hale", "to", "")).expect(422).text().contains("id=\"to-error\""));
        assertTrue(supervisor.fill(work, "/staff/work", Map.of("from", "", "to", "staff-1")).expect(422).text()
            .contains("id=\"from-error\""));
        assertTrue(supervisor.fill(work, "/staff/work", Map.of("from", "s.hale", "other", "j.pryce")).expect(422).text()
            .contains("Nobody of your force has worked here"));
        Surf.Seen moved = supervisor.fill(work, "/staff/work", Map.of("from", "s.hale", "other", "j.price")).expect(200);
        assertTrue(moved.text().contains("How many have been given: 1"), moved.text());
    }

    @Test
    void aColleagueIsChosenByNameAndShownByIt() {
        person("chosen", "+447700900479", Map.of("mobile_safe", "unsafe"));
        String item = "/staff/items/" + item("invitation_to_hand_over", "chosen");
        String subject = "xQ3vT9bLw0kYp7ZsRj2mNf5hUcEa8dGi1oVtKyBrMnA";
        Surf.Seen before = desk.get(item + "/give").expect(200);
        assertTrue(before.text().contains("id=\"other\"") && !before.text().contains(subject), before.text());
        here(subject, "Ffion Ellis");
        here("second-of-two", "Gwen Vaughan");
        here("first-of-two", "Gwen Vaughan");
        Surf.Seen give = desk.get(item + "/give").expect(200);
        assertTrue(give.text().contains("<option value=\"" + subject + "\">Ffion Ellis</option>"), give.text());
        assertTrue(give.text().contains(">Gwen Vaughan (first-of-two)</option>")
            && give.text().contains(">Gwen Vaughan (second-of-two)</option>"), "two of one name are told apart");
        assertEquals("/staff?done=given", desk.fill(give, item + "/give", Map.of("to", subject, "other", "")).expect(200).path());
        Surf.Seen queue = desk.get("/staff?group=contact&held=" + subject).expect(200);
        assertTrue(queue.text().contains(item) && queue.text().contains(">Ffion Ellis</p>"), queue.text());
        Surf supervisor = surf();
        signInAsStaff(supervisor, "northmoor", "supervisor").expect(200);
        Surf.Seen work = supervisor.get("/staff/work").expect(200);
        assertTrue(work.text().contains("govuk-table__header\">Ffion Ellis</th>")
            && work.text().contains("<option value=\"" + subject + "\">Ffion Ellis</option>"), work.text());
        Surf.Seen moved = supervisor.fill(work, "/staff/work", Map.of("from", subject, "to", "first-of-two", "other", "")).expect(200);
        assertTrue(moved.text().contains("How many have been given: 1") && moved.text().contains("govuk-table__header\">Gwen Vaughan</th>"),
            moved.text());
        assertTrue(supervisor.get("/staff/work?lang=cy").expect(200).text().contains("Dewiswch gydweithiwr"));
    }

    /** Somebody of Northmoor uses Waymark. */
    private void here(String subject, String name) {
        bean(Colleagues.class).seen(new Caller.Staff(worker("northmoor").requireForce(), subject, Set.of("witness_care"), null,
            new Caller.Self(name, null, null, null)));
    }

    @Test
    void aMessageIsReadAnsweredAcknowledgedMarkedAndHandedOver() {
        person("writes", "+447700900474", Map.of());
        worksHere("b.jones", "writes");
        String hers = "/v1/me/cases/" + caseOf("writes") + "/messages";
        String token = token("writes");
        api().as(token).post(hers, Map.of("body", "He says he will kill me <tonight>")).expect(201);
        Surf.Seen list = desk.get("/staff/messages").expect(200);
        assertTrue(list.text().contains("Sounds like danger") && !list.text().contains("tonight"), list.text());
        String one = first(Pattern.compile("action=\"(/staff/messages/[0-9a-f-]+)\""), list);
        Surf.Seen read = desk.fill(list, one, Map.of("reason", "enquiry")).expect(200);
        assertTrue(read.text().contains("kill me &lt;tonight&gt;"), read.text());
        Surf.Seen known = desk.fill(read, one + "/acknowledgement", Map.of()).expect(200);
        assertFalse(known.text().contains("action=\"" + one + "/acknowledgement"), "once is enough");
        assertEquals("/staff/messages", desk.get(one + "/acknowledgement?lang=cy").expect(200).path());
        desk.get("/staff?lang=en").expect(200);
        String mark = first(Pattern.compile("action=\"(" + one + "/disclosure/[0-9a-f-]+)\""), known);
        assertTrue(desk.fill(known, mark, Map.of("note", "Where he is")).expect(200).text().contains("Marked for disclosure"));
        Surf.Seen empty = desk.fill(known, one + "/reply", Map.of("body", " ")).expect(422);
        assertTrue(empty.text().contains("id=\"body-error\""), empty.text());
        Surf.Seen sent = desk.fill(empty, one + "/reply", Map.of("body", "Ring 999 now.")).expect(200);
        assertEquals("/staff/messages?done=sent", sent.path());
        assertTrue(api().as(token).get(hers).expect(200).text().contains("Ring 999 now."));
        Surf.Seen nowhere = desk.fill(known, one + "/hand-over", Map.of("to", "nobody", "colleague_other", "b.jones")).expect(422);
        assertTrue(nowhere.text().contains("id=\"to-error\"") && nowhere.text().contains("b.jones"), nowhere.text());
        assertEquals("/staff/messages?done=handed", desk.fill(known, one + "/hand-over", Map.of("to", "witness_care",
            "colleague_other", "b.jones")).expect(200).path());
        Surf.Seen here = desk.get("/staff/cases/" + caseOf("writes")).expect(200);
        if (here.text().contains("name=\"reason\" type=\"radio\"")) {
            here = desk.fill(here, "/staff/cases/" + caseOf("writes"), Map.of("reason", "enquiry")).expect(200);
        }
        assertTrue(here.text().contains("b.jones") && !here.text().contains("Ring 999"), here.text());
    }

    /** Nobody hands anything over to a name that nobody has worked under. */
    private void worksHere(String user, String who) {
        Surf theirs = surf();
        signInAsStaff(theirs, "northmoor", "witness_care", user).expect(200);
        theirs.get("/staff/cases/" + caseOf(who)).expect(200);
    }

    @Test
    void whoIsAwaySaysSo() {
        person("covered", "+447700900479", Map.of());
        Surf.Seen unknown = desk.fill(desk.get("/staff/away").expect(200), "/staff/away", Map.of("from-day", "5", "from-month", "3",
            "from-year", "2027", "back-day", "15", "back-month", "3", "back-year", "2027", "cover_other", "n.obody")).expect(422);
        assertTrue(unknown.text().contains("id=\"cover_other-error\""), unknown.text());
        worksHere("b.jones", "covered");
        Surf.Seen away = desk.get("/staff/away").expect(200);
        Map<String, String> days = Map.of("from-day", "5", "from-month", "3", "from-year", "2027", "back-day", "15", "back-month", "3",
            "back-year", "2027", "cover", "b.jones");
        var backwards = new HashMap<>(days);
        backwards.put("back-day", "4");
        Surf.Seen wrong = desk.fill(away, "/staff/away", backwards).expect(422);
        assertTrue(wrong.text().contains("id=\"back-day-error\"") && wrong.text().contains("b.jones"), wrong.text());
        Surf.Seen kept = desk.fill(wrong, "/staff/away", days).expect(200);
        assertTrue(kept.text().contains("That you are away is put down") && kept.text().contains("Monday 15 March"), kept.text());
        assertTrue(Pattern.compile("<option value=\"b.jones\" selected").matcher(kept.text()).find(), kept.text());
        var both = new HashMap<>(days);
        both.put("cover_other", "n.obody");
        Surf.Seen chosen = desk.fill(kept, "/staff/away", both).expect(200);
        assertTrue(Pattern.compile("<option value=\"b.jones\" selected").matcher(chosen.text()).find() && !chosen.text().contains("n.obody"),
            "whoever was chosen counts, as the page says");
    }

    @Test
    void theListOfAWeekGoesToTheWeekBeforeAndAfter() {
        Surf.Seen week = desk.get("/staff/week?from=2026-12-09").expect(200);
        assertTrue(week.text().contains("Monday 7 December") && week.text().contains("from=2026-12-14")
            && week.text().contains("from=2026-11-30"), week.text());
        desk.get("/staff/week?from=nonsense").expect(200);
    }

    @Test
    void whoSeesFiguresOnlyComesInThere() {
        Surf analyst = surf();
        assertTrue(signInAsStaff(analyst, "northmoor", "analyst").expect(200).text().contains("<h1 class=\"govuk-heading-l\">Figures</h1>"));
        analyst.get("/staff/week").expect(403);
    }
}
