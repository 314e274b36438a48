package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;

/** What people say in the app of whether they can come, and what staff make of it. */
class MyAttendanceTest extends CourtDay {

    private static String attendance(Needed needed) {
        return "/v1/me/hearings/" + needed.hearing() + "/attendance";
    }

    private static Answer put(Api me, String path, Object body) {
        return me.with("If-Match", me.get(path).expect(200).header("etag").orElseThrow()).put(path, body);
    }

    @Test
    void whoCanComeReadsWhatHappensNextInTheirLanguage() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        Answer cannot = me.put(attendance(witness), Map.of("answer", "cannot", "reason", "No bus")).expect(200);
        assertTrue(cannot.at("/next").contains("the date still stands"));
        assertEquals(List.of("attendance_cannot cannot 4h"), queue(witness));
        assertTrue(detail(witness, "attendance_cannot").endsWith("They say: No bus"));
        me.put(attendance(witness), Map.of("answer", "cannot", "reason", "No bus")).expect(200);
        assertEquals(1, answers(witness).size(), "sent twice is said once");
        Answer yes = me.with("Accept-Language", "cy").put(attendance(witness), Map.of("answer", "yes", "version", 1)).expect(200);
        assertTrue(yes.at("/next").startsWith("Diolch."));
        assertEquals("cy", yes.header("content-language").orElseThrow());
        assertEquals(List.of(), queue(witness));
        me.put(attendance(witness), Map.of("answer", "need_to_talk")).expect(200);
        assertEquals(List.of("call_wanted need_to_talk 4h"), queue(witness));
    }

    /** The person sees where their call stands; staff who have spoken to them need not ring for it. */
    @Test
    void whoWouldLikeToTalkWaitsForOneCallUntilStaffHaveSpokenToThem() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        String calls = "/v1/me/cases/" + witness.caseId() + "/call-backs";
        me.put(attendance(witness), Map.of("answer", "need_to_talk")).expect(200);
        me.put(attendance(witness), Map.of("answer", "need_to_talk", "reason", "The bus")).expect(200);
        Answer asked = me.get(calls).expect(200);
        assertEquals(1, asked.body().path("items").size(), asked.text());
        assertTrue(detail(witness, "call_wanted").endsWith("They say: The bus"), "what they wrote is read by whoever rings");
        assertEquals("asked", asked.at("/items/0/state"));
        assertEquals(List.of("call_wanted need_to_talk 4h"), queue(witness));
        var item = staff().get("/v1/staff/queue?group=calls&limit=100").expect(200);
        assertTrue(item.text().contains("\"call_back_id\":\"" + asked.at("/items/0/id") + "\""), item.text());
        api().as(staffToken("witness_care", "northmoor")).put("/v1/staff/hearings/" + witness.hearing() + "/people/" + witness.person()
            + "/attendance", Map.of("answer", "yes", "version", 1)).expect(200);
        assertEquals(List.of(), queue(witness));
        assertEquals("done", me.get(calls).expect(200).at("/items/0/state"));
    }

    @Test
    void whoCannotComeAndAsksToTalkStillCannot() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        me.put(attendance(witness), Map.of("answer", "cannot", "reason", "No bus")).expect(200);
        me.put(attendance(witness), Map.of("answer", "need_to_talk", "reason", "After six")).expect(200);
        assertEquals(List.of("attendance_cannot cannot 4h", "call_wanted need_to_talk 4h"), queue(witness));
        assertTrue(detail(witness, "call_wanted").endsWith("They say: After six"));
        assertEquals("need_to_talk", me.get(attendance(witness)).expect(200).at("/answer"));
        String list = "/v1/staff/hearings/" + witness.hearing() + "/people";
        assertEquals("cannot", staff().get(list).expect(200).at("/items/0/state"));
        assertEquals(1, cannotCome(witness), "no run tells them to come");
        me.put(attendance(witness), Map.of("answer", "yes")).expect(200);
        me.put(attendance(witness), Map.of("answer", "need_to_talk")).expect(200);
        assertEquals(0, cannotCome(witness));
        staff().put(list + "/" + witness.person() + "/attendance", Map.of("answer", "cannot")).expect(200);
        staff().put(list + "/" + witness.person() + "/attendance", Map.of("answer", "need_to_talk")).expect(200);
        assertEquals(0, cannotCome(witness), "what they said to staff last counts");
    }

    private int cannotCome(Needed needed) {
        return acting().as(worker("northmoor"), c -> bean(CannotCome.class).of(c, List.of(needed.hearing()))).size();
    }

    @Test
    void aDateThatHasMovedOrIsOffIsNotAnsweredAsItWas() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        move(witness, "2027-06-09T14:30:00+01:00");
        Answer moved = me.put(attendance(witness), Map.of("answer", "yes", "version", 1)).expect(409);
        assertTrue(moved.at("/detail").contains("Wednesday 9 June, 2:30pm"), moved.text());
        assertTrue(me.with("Accept-Language", "cy").put(attendance(witness), Map.of("answer", "yes", "version", 1)).expect(409)
            .at("/detail").contains("9 Mehefin, 2:30pm"));
        me.put(attendance(witness), Map.of("answer", "yes", "version", 2)).expect(200);
        vacate(witness);
        me.put(attendance(witness), Map.of("answer", "yes")).expect(409);
    }

    @Test
    void whoWasTakenOffIsAskedNothingMore() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        takeOff(witness);
        Answer refused = me.put(attendance(witness), Map.of("answer", "cannot", "version", 1)).expect(409);
        assertTrue(refused.at("/type").endsWith("not-needed"), refused.text());
        assertEquals("You do not need to come to this date any more. Read the dates again.", refused.at("/detail"));
        assertTrue(me.with("Accept-Language", "cy").put(attendance(witness), Map.of("answer", "yes")).expect(409).at("/detail")
            .startsWith("Nid oes angen i chi ddod"));
        assertEquals(List.of(), answers(witness));
        assertEquals(List.of(), queue(witness), "nobody looks for a way for them to come");
        me.get(attendance(witness)).expect(200);
    }

    @Test
    void thatTheyCannotComeIsNotPassedOnOnceNobodyAsksItOfThem() {
        Needed taken = needed();
        Needed off = needed();
        for (Needed n : List.of(taken, off)) {
            staff().put("/v1/staff/hearings/" + n.hearing() + "/people/" + n.person() + "/attendance", Map.of("answer", "cannot")).expect(200);
            assertEquals(List.of("tell_officer cannot 4h"), queue(n));
        }
        takeOff(taken);
        vacate(off);
        assertEquals(List.of(), queue(taken));
        assertEquals(List.of(), queue(off));
    }

    /** What was said to staff is read by nobody who holds the phone. */
    @Test
    void aDateSaysWhatWasAnsweredFromThePhoneAndAboutWhichOfItsTellings() {
        Needed her = needed("domestic_abuse");
        Api me = api().as(SignUp.person(this, her.id()));
        String dates = "/v1/me/cases/" + her.caseId() + "/hearings";
        assertTrue(me.get(dates).expect(200).body().at("/items/0/answered").isMissingNode());
        me.put(attendance(her), Map.of("answer", "cannot", "reason", "I moved away")).expect(200);
        api().as(staffToken("witness_care", "northmoor")).put("/v1/staff/hearings/" + her.hearing() + "/people/" + her.person()
            + "/attendance", Map.of("answer", "yes", "version", 1)).expect(200);
        move(her, "2027-06-09T14:30:00+01:00");
        Answer shown = me.get(dates).expect(200);
        assertEquals("cannot", shown.at("/items/0/answered/answer"));
        assertEquals("1", shown.at("/items/0/answered/version"));
        assertEquals("2", shown.at("/items/0/version"));
        assertFalse(shown.text().contains("moved away"));
    }

    @Test
    void inAFlaggedCaseAnAnswerInTheAppIsAQuestionForStaff() {
        Needed her = needed("domestic_abuse");
        Api me = api().as(SignUp.person(this, her.id()));
        Answer said = me.put(attendance(her), Map.of("answer", "cannot", "reason", "I moved away")).expect(200);
        assertEquals("Thank you. We have your message. Somebody will speak to you before anything changes.", said.at("/next"));
        assertEquals(List.of("cannot app v1"), answers(her));
        assertTrue(queue(her).contains("attendance_to_confirm cannot 1h"), queue(her)::toString);
        assertTrue(queue(her).stream().noneMatch(i -> i.startsWith("attendance_cannot")));
    }

    @Test
    void whatWasWrittenWithoutALineDoesNotWinOverWhatWasSaidMeanwhile() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        Answer none = me.get(attendance(witness)).expect(200);
        assertEquals("1", none.at("/version"));
        assertTrue(!none.text().contains("answer"), none.text());
        String read = none.header("etag").orElseThrow();
        var yes = Map.of("answer", "yes", "version", 1);
        String tag = me.with("If-Match", read).put(attendance(witness), yes).expect(200).header("etag").orElseThrow();
        assertEquals(tag, me.with("If-Match", read).put(attendance(witness), yes).expect(200).header("etag").orElseThrow(),
            "sent again because the answer was lost");
        assertEquals(tag, me.get(attendance(witness)).expect(200).header("etag").orElseThrow());
        me.with("If-Match", read).put(attendance(witness), Map.of("answer", "cannot")).expect(412);
        assertEquals(1, answers(witness).size());

        api().as(staffToken("witness_care", "northmoor")).put("/v1/staff/hearings/" + witness.hearing() + "/people/" + witness.person()
            + "/attendance", Map.of("answer", "cannot", "reason", "Said on the telephone")).expect(200);
        me.with("If-Match", tag).put(attendance(witness), Map.of("answer", "need_to_talk")).expect(412);
        Answer said = me.get(attendance(witness)).expect(200);
        assertEquals("cannot", said.at("/answer"));
        assertEquals("true", said.at("/by_staff"));
        assertTrue(!said.text().contains("telephone"), "its reason is not read back");
        me.with("If-Match", said.header("etag").orElseThrow()).put(attendance(witness), Map.of("answer", "need_to_talk")).expect(200);
        me.put(attendance(witness), Map.of("answer", "yes")).expect(200);
    }

    @Test
    void inAFlaggedCaseThePhoneDoesNotTellWhatWasSaidToStaff() {
        Needed her = needed("domestic_abuse");
        Api me = api().as(SignUp.person(this, her.id()));
        String tag = me.put(attendance(her), Map.of("answer", "yes")).expect(200).header("etag").orElseThrow();
        api().as(staffToken("witness_care", "northmoor")).put("/v1/staff/hearings/" + her.hearing() + "/people/" + her.person()
            + "/attendance", Map.of("answer", "cannot")).expect(200);
        Answer said = me.get(attendance(her)).expect(200);
        assertEquals("yes", said.at("/answer"));
        assertEquals(tag, said.header("etag").orElseThrow());
        me.with("If-Match", tag).put(attendance(her), Map.of("answer", "need_to_talk")).expect(200);
        assertEquals("need_to_talk app v1", answers(her).getLast());
    }

    @Test
    void somebodyElsesDateIsNotThere() {
        Needed one = needed();
        Needed other = needed();
        Api stranger = api().as(SignUp.person(this, other.id()));
        stranger.put(attendance(one), Map.of("answer", "yes")).expect(404);
        stranger.get(attendance(one)).expect(404);
        stranger.get("/v1/me/cases/" + one.caseId() + "/availability").expect(404);
        stranger.with("If-Match", "*").put("/v1/me/cases/" + one.caseId() + "/needs", Map.of("screens", true)).expect(404);
        api().as(staffToken("witness_care", "glanafon")).put("/v1/staff/hearings/" + one.hearing() + "/people/" + one.person()
            + "/attendance", Map.of("answer", "yes")).expect(404);
        api().as(staffToken("witness_care", "glanafon")).get("/v1/staff/people/" + one.person() + "/needs").expect(404);
    }

    @Test
    void whatWasSaidIsTakenAlong() {
        Needed witness = needed();
        String token = SignUp.person(this, witness.id());
        Api me = api().as(token);
        me.put(attendance(witness), Map.of("answer", "cannot", "reason", "No bus on that day")).expect(200);
        var taken = new ArrayList<Map<String, Object>>();
        Caller.Person person = caller(token);
        bean(ExportedAttendance.class).to(person, "en", taken::add);
        assertEquals("No bus on that day", taken.getFirst().get("reason"));
        me.get("/v1/me/export").expect(200);
    }

    private static Caller.Person caller(String token) {
        try {
            var claims = SignedJWT.parse(token).getJWTClaimsSet();
            return new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")), Instant.EPOCH);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void wordsAreSealed() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        me.put(attendance(witness), Map.of("answer", "cannot", "reason", "Unmistakable")).expect(200);
        put(me, "/v1/me/cases/" + witness.caseId() + "/needs", Map.of("other", "Unmistakable")).expect(200);
        int plain = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select (select count(*) from waymark.court_wish where position('Unmistakable'::bytea in words) > 0)
                 + (select count(*) from waymark.hearing_answer where position('Unmistakable'::bytea in reason) > 0) as plain""",
            r -> r.getInt("plain")).orElseThrow());
        assertEquals(0, plain);
        assertEquals("Unmistakable", newest(witness).reason());
        me.put("/v1/me/hearings/" + UUID.randomUUID() + "/attendance", Map.of("answer", "yes")).expect(404);
    }
}
