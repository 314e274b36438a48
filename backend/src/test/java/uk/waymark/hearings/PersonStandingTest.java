package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingAnswers.Via;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.hearings.PersonStanding.Facts;
import uk.waymark.hearings.PersonStanding.State;
import uk.waymark.hearings.PersonStanding.Step;
import uk.waymark.hearings.PersonStanding.Times;
import uk.waymark.staff.ItemsAbout.About;

/** Nobody is lost: whatever is known of a person and a court date, they have a state, and something follows until it is over. */
class PersonStandingTest {
    private static final Instant STARTS = Instant.parse("2027-06-08T09:00:00Z");
    private static final Instant LISTED = Instant.parse("2027-05-01T09:00:00Z");
    private static final Instant ASK_BY = Instant.parse("2027-06-03T08:00:00Z");
    private static final Times TIMES = new Times(Duration.ofMinutes(30), Duration.ofHours(2), ASK_BY, ASK_BY.minus(Duration.ofDays(4)), STARTS);
    private static final UUID PERSON = new UUID(1, 2);
    private static final UUID HEARING = new UUID(1, 1);

    private static CourtHearing hearing(CourtHearing.State state, boolean onPhones) {
        return new CourtHearing(HEARING, new UUID(1, 3), "wcu", STARTS, LocalDate.of(2027, 6, 8), null, "Leeds Crown Court", null, null, null,
            HearingKind.TRIAL, state, false, false, onPhones, new UUID(1, 4), LISTED, LISTED, 2);
    }

    private static HearingTold.Entry told(What what, How how, HearingTold.State state, int version, Instant at) {
        return new HearingTold.Entry(HEARING, PERSON, new UUID(1, 3), version, what, how, state, at, null, null);
    }

    private static HearingAnswers.Entry answer(Answer answer, int version, boolean confirmed, Instant at) {
        return new HearingAnswers.Entry(new UUID(1, 5), HEARING, PERSON, new UUID(1, 3), version, answer, Via.SMS, confirmed, null, at, null);
    }

    private static About item(String kind, boolean open) {
        return new About(UUID.nameUUIDFromBytes(kind.getBytes()), kind, kind + ":1", "x", PERSON, HEARING, ASK_BY, null, open, open ? null : "done");
    }

    private static Facts facts(List<HearingTold.Entry> told, HearingAnswers.Entry answer, Instant reminder, List<About> items) {
        return new Facts(hearing(CourtHearing.State.LISTED, true), true, true, LISTED, null, told, answer, reminder, false, items, TIMES);
    }

    private static final HearingTold.Entry NOTICE = told(What.NOTICE, How.SMS, HearingTold.State.REACHED, 2, LISTED.plusSeconds(60));

    @Example
    void whoWasToldIsRemindedThenAskedThenRung() {
        Instant early = LISTED.plus(Duration.ofDays(1));
        var reminder = facts(List.of(NOTICE), null, STARTS.minus(Duration.ofDays(7)), List.of());
        assertEquals(Step.REMINDER, PersonStanding.of(reminder, early).next().step());
        var silent = facts(List.of(NOTICE), null, null, List.of());
        assertEquals(Step.ANSWER_DUE, PersonStanding.of(silent, ASK_BY.minusSeconds(1)).next().step());
        assertEquals(ASK_BY, PersonStanding.of(silent, ASK_BY.minusSeconds(1)).next().at());
        assertEquals(State.NO_ANSWER, PersonStanding.of(silent, ASK_BY).state());
        assertEquals(Step.TO_QUEUE, PersonStanding.of(silent, ASK_BY).next().step());
        var rung = facts(List.of(NOTICE, told(What.REMINDER, How.CALL, HearingTold.State.REACHED, 2, ASK_BY.plusSeconds(9))), null, null, List.of());
        assertEquals(State.TOLD, PersonStanding.of(rung, ASK_BY.plusSeconds(10)).state());
        assertEquals(Step.HEARING, PersonStanding.of(rung, ASK_BY.plusSeconds(10)).next().step());
    }

    @Example
    void anAnswerAboutAnotherDayIsNone() {
        var moved = facts(List.of(told(What.NOTICE, How.SMS, HearingTold.State.REACHED, 1, LISTED)), answer(Answer.YES, 1, true, LISTED), null,
            List.of());
        PersonStanding standing = PersonStanding.of(moved, LISTED.plus(Duration.ofDays(1)));
        assertEquals(State.NOT_TOLD, standing.state());
        assertNull(standing.answer());
        assertEquals(Step.TO_QUEUE, standing.next().step());
        assertEquals(State.CONFIRMED, PersonStanding.of(facts(List.of(NOTICE), answer(Answer.YES, 2, true, LISTED), null, List.of()), ASK_BY).state());
        assertEquals(State.TOLD, PersonStanding.of(facts(List.of(NOTICE), answer(Answer.CANNOT, 2, false, LISTED), null,
            List.of(item(Attendance.TO_CONFIRM, true))), ASK_BY).state(), "nobody has confirmed it yet");
    }

    @Example
    void whoAsksToTalkAndIsNotSpokenToIsRung() {
        Instant asked = LISTED.plus(Duration.ofDays(2));
        var talk = answer(Answer.NEED_TO_TALK, 2, true, asked);
        assertEquals(Step.ANSWER_DUE, PersonStanding.of(facts(List.of(NOTICE), talk, null, List.of()), ASK_BY.minusSeconds(1)).next().step());
        var silent = PersonStanding.of(facts(List.of(NOTICE), talk, null, List.of()), ASK_BY);
        assertEquals(State.NO_ANSWER, silent.state());
        assertEquals(Step.TO_QUEUE, silent.next().step());
        var waiting = PersonStanding.of(facts(List.of(NOTICE), talk, null, List.of(item(Attendance.CALL, true))), ASK_BY);
        assertEquals(Attendance.CALL, waiting.next().item().kind(), "the call that they asked for is the one");
        var rung = told(What.NOTICE, How.CALL, HearingTold.State.REACHED, 2, asked.plusSeconds(60));
        assertEquals(State.TOLD, PersonStanding.of(facts(List.of(NOTICE, rung), talk, null, List.of()), ASK_BY).state());
        var vain = told(What.NOTICE, How.CALL, HearingTold.State.NOT_REACHED, 2, asked.plusSeconds(60));
        assertEquals(State.NO_ANSWER, PersonStanding.of(facts(List.of(NOTICE, vain), talk, null, List.of()), ASK_BY).state());
    }

    @Example
    void whatWasSaidBeforeTheyWereTakenOffCallsThemToNothing() {
        Instant off = LISTED.plus(Duration.ofDays(1));
        var heard = told(What.NOT_NEEDED, How.SMS, HearingTold.State.SENT, 2, off);
        assertEquals(State.NOT_TOLD, PersonStanding.of(facts(List.of(NOTICE, heard), null, null, List.of()), off.plusSeconds(1)).state());
        var failed = told(What.NOT_NEEDED, How.SMS, HearingTold.State.NOT_REACHED, 2, off);
        assertEquals(State.TOLD, PersonStanding.of(facts(List.of(NOTICE, failed), null, null, List.of()), off.plusSeconds(1)).state());
        var again = told(What.NOTICE, How.SMS, HearingTold.State.REACHED, 2, off.plusSeconds(9));
        assertEquals(State.TOLD, PersonStanding.of(facts(List.of(NOTICE, heard, again), null, null, List.of()), off.plusSeconds(10)).state());
    }

    @Example
    void whomNoMessageReachesIsSomebodysTaskAtOnce() {
        Instant now = LISTED.plus(Duration.ofDays(1));
        var failed = told(What.NOTICE, How.SMS, HearingTold.State.NOT_REACHED, 2, LISTED.plusSeconds(60));
        assertEquals(new PersonStanding.Next(Step.TO_QUEUE, now, null), PersonStanding.of(facts(List.of(failed), null,
            STARTS.minus(Duration.ofDays(7)), List.of()), now).next());
        var held = PersonStanding.of(facts(List.of(failed), null, null, List.of(item("message_withheld", true))), now);
        assertEquals(State.NO_SAFE_CHANNEL, held.state());
        assertEquals("message_withheld", held.next().item().kind());
    }

    @Example
    void whoIsNotNeededHearsOfItUnlessTheyNeverKnew() {
        Instant now = LISTED.plus(Duration.ofDays(1));
        var off = hearing(CourtHearing.State.LISTED, true);
        var knew = new Facts(off, false, true, LISTED, now, List.of(NOTICE), null, null, false, List.of(), TIMES);
        assertEquals(State.DE_WARNED, PersonStanding.of(knew, now).state());
        assertEquals(Step.TO_QUEUE, PersonStanding.of(knew, now).next().step());
        var onItsWay = new Facts(off, false, true, LISTED, now, List.of(NOTICE), null, null, true, List.of(), TIMES);
        assertEquals(Step.MESSAGE, PersonStanding.of(onItsWay, ASK_BY.minusSeconds(1)).next().step());
        assertEquals(Step.TO_QUEUE, PersonStanding.of(onItsWay, ASK_BY).next().step(), "a text of which nothing is heard is not waited for");
        var never = new Facts(off, false, true, LISTED, now, List.of(), null, null, false, List.of(), TIMES);
        assertEquals(Step.NOTHING, PersonStanding.of(never, now).next().step());
        var knows = new Facts(off, false, true, LISTED, now, List.of(NOTICE, told(What.NOT_NEEDED, How.CALL, HearingTold.State.REACHED, 2, now)),
            null, null, false, List.of(), TIMES);
        assertEquals(Step.NOTHING, PersonStanding.of(knows, now).next().step());
    }

    private static Facts quiet(boolean required, List<HearingTold.Entry> told, String outcome) {
        CourtHearing h = hearing(CourtHearing.State.LISTED, true);
        var hushed = new CourtHearing(h.id(), h.caseId(), h.unit(), h.startsAt(), h.on(), h.weekOf(), h.court(), h.ouCode(), h.address(), h.room(),
            h.kind(), h.state(), false, true, true, h.event(), h.saidAt(), h.takenInAt(), h.version());
        var decision = new About(new UUID(1, 6), QuietChanges.KIND, QuietChanges.key(hushed), "kept_quiet", null, h.event(), ASK_BY, null,
            outcome == null, outcome);
        return new Facts(hushed, required, true, LISTED, required ? null : LISTED, told, null, null, false, List.of(decision), TIMES);
    }

    @Example
    void noCallOverrulesThatNobodyIsTold() {
        Instant now = LISTED.plus(Duration.ofDays(1));
        var knew = List.of(told(What.NOTICE, How.SMS, HearingTold.State.REACHED, 1, LISTED.minusSeconds(60)));
        for (boolean required : List.of(true, false)) {
            var open = PersonStanding.of(quiet(required, knew, null), now).next();
            assertEquals(Step.ITEM, open.step());
            assertEquals(QuietChanges.KIND, open.item().kind());
            assertEquals(required ? Step.HEARING : Step.NOTHING, PersonStanding.of(quiet(required, knew, "keep_quiet"), now).next().step());
            assertEquals(Step.TO_QUEUE, PersonStanding.of(quiet(required, knew, "tell"), now).next().step());
        }
        assertEquals(Step.ITEM, PersonStanding.of(quiet(true, List.of(NOTICE), null), ASK_BY).next().step());
        var failed = told(What.CHANGE, How.SMS, HearingTold.State.NOT_REACHED, 2, LISTED.plusSeconds(60));
        assertEquals(Step.TO_QUEUE, PersonStanding.of(quiet(true, List.of(failed), "keep_quiet"), now).next().step(), "it was begun");
    }

    @Example
    void aLetterLeavesTheCallThatWaits() {
        Instant now = LISTED.plus(Duration.ofDays(1));
        var letter = told(What.NOT_NEEDED, How.LETTER, HearingTold.State.REACHED, 2, now);
        var facts = new Facts(hearing(CourtHearing.State.LISTED, true), false, true, LISTED, now, List.of(NOTICE, letter), null, null, false,
            List.of(item(CallsNow.KIND, true)), TIMES);
        assertEquals(Step.ITEM, PersonStanding.of(facts, now).next().step());
    }

    @Provide
    Arbitrary<Facts> anything() {
        Arbitrary<Instant> moments = Arbitraries.longs().between(0, Duration.ofDays(37).toSeconds()).map(LISTED::plusSeconds);
        Arbitrary<HearingTold.Entry> told = Combinators.combine(Arbitraries.of(What.class), Arbitraries.of(How.class),
            Arbitraries.of(HearingTold.State.class), Arbitraries.integers().between(1, 2), moments).as(PersonStandingTest::told);
        Arbitrary<HearingAnswers.Entry> answer = Combinators.combine(Arbitraries.of(Answer.class), Arbitraries.integers().between(1, 2),
            Arbitraries.of(true, false), moments).as(PersonStandingTest::answer).injectNull(0.4);
        Arbitrary<List<About>> items = Combinators.combine(Arbitraries.of(Attendance.TO_CONFIRM, "message_withheld", "call_to_make",
            HearingCalls.NO_ANSWER), Arbitraries.of(true, false)).as(PersonStandingTest::item).list().ofMaxSize(2);
        Arbitrary<CourtHearing> hearing = Combinators.combine(Arbitraries.of(CourtHearing.State.class), Arbitraries.of(true, false))
            .as(PersonStandingTest::hearing);
        return Combinators.combine(hearing, Arbitraries.of(true, false), Arbitraries.of(true, false), told.list().ofMaxSize(4), answer,
            moments.injectNull(0.5), Arbitraries.of(true, false), items).as((h, required, shown, tellings, a, reminder, underWay, waiting) -> {
                var sorted = new ArrayList<>(tellings);
                sorted.sort((x, y) -> x.at().compareTo(y.at()));
                return new Facts(h, required, shown, LISTED, required ? null : LISTED.plusSeconds(5), sorted, a, reminder, underWay, waiting, TIMES);
            });
    }

    @Property
    void nobodyIsLost(@ForAll("anything") Facts facts, @ForAll boolean late) {
        Instant now = late ? STARTS.minus(Duration.ofDays(1)) : LISTED.plus(Duration.ofDays(2));
        PersonStanding standing = PersonStanding.of(facts, now);
        assertNotNull(standing.state());
        if (facts.needed()) {
            assertNotEquals(Step.NOTHING, standing.next().step(), "they have to be there, and it is not over");
            assertNotEquals(State.DE_WARNED, standing.state());
        }
        boolean untold = EnumSet.of(State.NOT_TOLD, State.NO_SAFE_CHANNEL).contains(standing.state());
        if (untold) {
            assertNotEquals(Step.HEARING, standing.next().step(), "who knows nothing is not left to the day");
        }
        if (untold && late) {
            assertEquals(true, EnumSet.of(Step.ITEM, Step.TO_QUEUE, Step.REMINDER).contains(standing.next().step()), standing::toString);
        }
        if (EnumSet.of(Step.TO_QUEUE, Step.ITEM, Step.ANSWER_DUE, Step.REMINDER).contains(standing.next().step())) {
            assertNotNull(standing.next().at(), "by when");
        }
        assertEquals(standing.next().step() == Step.ITEM, standing.next().item() != null);
        assertEquals(Step.NOTHING, PersonStanding.of(facts, STARTS).next().step(), "it is over");
    }
}
