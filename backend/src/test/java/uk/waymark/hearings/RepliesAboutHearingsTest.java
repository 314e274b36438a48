package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.State;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.platform.CaseClock;

/** What people text back about a court date: what stands with the date, what staff find, and what the phone shows. */
class RepliesAboutHearingsTest extends CourtDay {
    private static final String RECEIVED = "Thank you. We have your message.";

    @BeforeEach
    void aNewHour() {
        clocks.advanceMachine(Duration.ofHours(1));
    }

    @Test
    void yesStandsWithTheDateAndIsNobodysWork() {
        Needed witness = needed();
        ask(witness);
        reply(witness, "Yes");
        assertEquals(List.of("yes sms confirmed v1"), answers(witness));
        assertEquals(List.of(), queue(witness));
        assertEquals("Thank you. We have noted that you can come. We will tell you if anything changes.", phone(witness).getFirst());
        int texts = phone(witness).size();
        reply(witness, "YES");
        assertEquals(texts, phone(witness).size(), "one word an hour");
    }

    @Test
    void cannotIsForStaffAndTheReasonStandsWithTheAnswer() {
        Needed witness = neededWith("safe", "cy");
        ask(witness);
        reply(witness, "Na allaf");
        assertEquals(List.of("cannot sms confirmed v1"), answers(witness));
        assertEquals(List.of("attendance_cannot cannot 4h"), queue(witness));
        assertTrue(phone(witness).getFirst().startsWith("Diolch am ddweud wrthym."), phone(witness)::getFirst);
        assertTrue(detail(witness, "attendance_cannot").contains("Tuesday 8 June, 10am"), () -> detail(witness, "attendance_cannot"));

        reply(witness, "Mae gen i lawdriniaeth");
        assertEquals("Mae gen i lawdriniaeth", newest(witness).reason());
        assertEquals(List.of("attendance_cannot cannot 4h", "reply reply 24h"), queue(witness), "the words are read by somebody as well");
        reply(witness, "YDW");
        assertEquals(List.of("reply reply 24h"), queue(witness), "what has come right by itself waits for nobody");
    }

    /** The very phone that an abuser may hold. */
    @Test
    void inAFlaggedCaseAnAnswerChangesNothingAndRevealsNothing() {
        Needed her = needed("domestic_abuse");
        ask(her);
        reply(her, "CANNOT");
        assertEquals(List.of("cannot sms v1"), answers(her));
        assertEquals(List.of("attendance_to_confirm cannot 1h"), attendance(her));
        assertEquals(RECEIVED, phone(her).getFirst());
        reply(her, "YES");
        assertEquals(List.of("attendance_to_confirm yes 1h"), attendance(her), "one question at a time");
        assertTrue(queue(her).stream().noneMatch(i -> i.startsWith("reply")), queue(her)::toString);
        var said = staff().put("/v1/staff/hearings/" + her.hearing() + "/people/" + her.person() + "/attendance",
            Map.of("answer", "cannot", "reason", "He would be there.")).expect(200);
        assertTrue(said.body().path("confirmed").asBoolean());
        assertEquals(List.of(), attendance(her));
        assertTrue(staff().get("/v1/staff/hearings/" + her.hearing() + "/people").expect(200).body().at("/items/0/unconfirmed")
            .isMissingNode(), "spoken to");
        assertTrue(queue(her).contains("tell_officer cannot 4h"), queue(her)::toString);
        assertTrue(detail(her, "tell_officer").contains("He would be there."));
        assertEquals("cannot staff confirmed v1", answers(her).getLast());
    }

    @Test
    void whatNobodyHasConfirmedPutsNoConfirmedAnswerAside() {
        Needed her = needed("domestic_abuse");
        ask(her);
        staff().put("/v1/staff/hearings/" + her.hearing() + "/people/" + her.person() + "/attendance", Map.of("answer", "cannot"))
            .expect(200);
        reply(her, "YES");
        assertEquals(HearingAnswers.Answer.YES, newest(her).answer());
        acting().as(worker("northmoor"), c -> {
            assertEquals(HearingAnswers.Answer.CANNOT, bean(HearingAnswers.class).counting(c, List.of(her.hearing())).getFirst().answer());
            return null;
        });
        assertEquals(List.of("attendance_to_confirm yes 1h"), attendance(her), "what was said since is a question for staff");
        String list = "/v1/staff/hearings/" + her.hearing() + "/people";
        var line = staff().get(list).expect(200).body().at("/items/0");
        assertEquals("cannot", line.path("state").asText(), line::toString);
        assertEquals("cannot", line.at("/answer/answer").asText());
        assertEquals("yes", line.at("/unconfirmed/answer").asText(), "beside the state");
        assertFalse(line.at("/unconfirmed/confirmed").asBoolean(true));
        List<String> csv = staff().with("Accept", "text/csv").get(list).expect(200).text().lines().toList();
        assertTrue(csv.getFirst().endsWith("unconfirmed_answer,unconfirmed_at,held_out,acts_for"), csv.getFirst());
        assertTrue(csv.getLast().contains(",yes,20"), csv.getLast());
        assertTrue(staff().with("Accept", "text/html").get(list).expect(200).text().contains("Cannot come (answered, not confirmed)"));
        int before = answers(her).size();
        clocks.advanceMachine(Duration.ofHours(2));
        reply(her, "CALL");
        assertEquals(before, answers(her).size(), "a wish for a call is no answer of hers");
        assertTrue(queue(her).stream().anyMatch(i -> i.startsWith("call_wanted reply_call_to_confirm")), queue(her)::toString);
    }

    @Test
    void nothingGoesBackToANumberThatIsNotKnownToBeSafeInAFlaggedCase() {
        Needed her = neededWith("unknown", "en", "stalking");
        reply(her, "HELP");
        assertEquals(List.of(), phone(her));
        assertTrue(queue(her).contains("reply reply_help 0h"), queue(her)::toString);
        assertFalse(queue(her).stream().anyMatch(i -> i.startsWith("message_")
            && detailOf(her, i).contains("reply")), "no task for an answer that did not go");
    }

    private List<String> attendance(Needed needed) {
        return queue(needed).stream().filter(i -> i.startsWith("attendance_")).toList();
    }

    private static String detailOf(Needed her, String item) {
        return item.startsWith("message_withheld unknown_in_flagged_case") ? "" : item;
    }

    @Test
    void helpComesFirstAndACallIsOneItem() {
        Needed witness = needed();
        ask(witness);
        reply(witness, "HELP");
        assertEquals(List.of("reply reply_help 0h"), queue(witness));
        assertTrue(phone(witness).getFirst().contains("999"));
        clocks.advanceCase(Duration.ofMinutes(61));
        reply(witness, "ffoniwch fi");
        reply(witness, "FFONIO");
        assertEquals(List.of("reply reply_help 0h", "reply reply 24h", "call_wanted reply_call 4h"), queue(witness));
        assertEquals(List.of("need_to_talk sms confirmed v1"), answers(witness));
        assertEquals("Thank you. Somebody will ring you at a time that suits you. It may come from a number that you do not know.",
            phone(witness).getFirst());
    }

    @Test
    void anAnswerToADayThatHasMovedIsForAPersonToRead() {
        Needed witness = needed();
        told(witness, ask(witness));
        moveQuietly(witness, "2027-06-09T10:00:00+01:00");
        reply(witness, "YES");
        assertEquals(List.of(), answers(witness));
        assertEquals(List.of("reply reply_yes 24h"), queue(witness));
        assertTrue(phone(witness).contains(RECEIVED), "in whatever order with the news of the move");
    }

    /** The message was a reminder of the date as it was first. */
    private void told(Needed witness, UUID message) {
        acting().as(worker("northmoor"), c -> {
            bean(HearingTold.class).add(c, force("northmoor"), new HearingTold.Entry(witness.hearing(), witness.person(),
                witness.caseId(), 1, What.REMINDER, How.SMS, State.REACHED, bean(CaseClock.class).instant(), message, null));
            return null;
        });
    }

    @Test
    void whatIsOffNeedsNoAnswer() {
        Needed witness = needed();
        ask(witness);
        reply(witness, "NO");
        assertEquals(1, queue(witness).size());
        vacate(witness);
        assertEquals(List.of(), queue(witness));
        staff().put("/v1/staff/hearings/" + witness.hearing() + "/people/" + witness.person() + "/attendance",
            Map.of("answer", "yes")).expect(409);
    }

    @Test
    void whoWasTakenOffIsNotToldThatTheDateStandsForThem() {
        for (String word : List.of("CANNOT", "YES")) {
            Needed witness = needed();
            told(witness, ask(witness));
            takeOff(witness);
            reply(witness, word);
            assertEquals(List.of(), answers(witness), word);
            assertEquals(List.of("reply reply_" + word.toLowerCase(Locale.ROOT) + " 24h"), queue(witness), "somebody reads it");
            assertTrue(phone(witness).contains(RECEIVED), "in whatever order with the news that they are not needed");
            assertTrue(phone(witness).stream().noneMatch(t -> t.contains("stands") || t.contains("noted")), () -> phone(witness).toString());
        }
    }

    @Test
    void theItemIsDueBeforeTheDateBegins() {
        Needed witness = needed();
        move(witness, bean(CaseClock.class).instant().plus(Duration.ofHours(5)).toString());
        ask(witness);
        reply(witness, "NO");
        assertEquals(List.of("attendance_cannot cannot 2h"), queue(witness).stream().filter(i -> i.startsWith("att")).toList());
    }

    @Test
    void yesToNoQuestionIsReadByAPersonAsEver() {
        Needed witness = needed();
        phone(witness);
        int texts = phone(witness).size();
        reply(witness, "Yes");
        assertEquals(List.of(), answers(witness));
        assertEquals(List.of("reply reply_yes 24h"), queue(witness));
        assertEquals(RECEIVED, phone(witness).getFirst());
        assertEquals(texts + 1, phone(witness).size());
    }

    @Test
    void helpAndCannotAreAnsweredWithinTheHourOfAnotherReply() {
        Needed witness = needed();
        ask(witness);
        int texts = phone(witness).size();
        reply(witness, "YES");
        reply(witness, "CANNOT");
        assertTrue(phone(witness).getFirst().startsWith("Thank you for telling us."), phone(witness)::getFirst);
        reply(witness, "HELP");
        assertTrue(phone(witness).getFirst().contains("999"), phone(witness)::getFirst);
        reply(witness, "HELP");
        assertEquals(texts + 3, phone(witness).size(), "each once an hour");
    }

    @Test
    void inAFlaggedCaseOneWordAnHourAndNoneWhereNothingWasAsked() {
        Needed her = needed("stalking");
        int before = phone(her).size();
        reply(her, "YES");
        assertEquals(before, phone(her).size());
        ask(her);
        int texts = phone(her).size();
        reply(her, "YES");
        reply(her, "HELP");
        assertEquals(texts + 1, phone(her).size());
        assertEquals(RECEIVED, phone(her).getFirst());
    }
}
