package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.cases.Events.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FoldTest {
    private final FreeText freeText = new FreeText();

    private CaseState fold(Event... events) {
        return Fold.of(List.of(events), Map.of(), freeText);
    }

    private static List<String> kinds(CaseState state) {
        return state.entries().stream().map(CaseState.Entry::kind).toList();
    }

    private static List<String> told(CaseState state) {
        return state.tellings().stream().map(t -> t.person().sourcePersonId()).toList();
    }

    @Test
    void anEventForAnUnknownCrimeMakesNothingThatAnyoneCanSee() {
        assertFalse(fold(event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}")).recorded());
    }

    @Test
    void theStageIsTheFurthestThatAnySuspectHasReached() {
        Event arrested1 = event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}");
        Event charged1 = event("e3", 2, EventType.SUSPECT_CHARGED, "{'suspect_ref': 's1'}");
        Event arrested2 = event("e4", 3, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's2'}");
        assertEquals("reported", fold(Events.recorded()).stage());
        assertEquals("investigation", fold(Events.recorded(), arrested1).stage());
        assertEquals("charged", fold(Events.recorded(), arrested1, charged1, arrested2).stage());
    }

    @Test
    void aCaseIsClosedWhenTheForceClosesItBeforeAnyCharge() {
        Event closed = event("e9", 9, EventType.INVESTIGATION_CLOSED,
            "{'outcome_code': '18', 'interviewed_suspect': false, 'explanation': {'en': 'No one was found.'}}");
        assertEquals("closed", fold(Events.recorded(), closed).stage());
        Event charged = event("e3", 2, EventType.SUSPECT_CHARGED, "{'suspect_ref': 's1'}");
        assertEquals("charged", fold(Events.recorded(), charged, closed).stage());
    }

    @Test
    void suspectsAreNumberedTheSameThroughout() {
        CaseState state = fold(Events.recorded(), event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 'a'}"),
            event("e3", 2, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 'b'}"),
            event("e4", 3, EventType.SUSPECT_CHARGED, "{'suspect_ref': 'a'}"));
        assertEquals(List.of(1, 2, 1), state.entries().stream().filter(e -> e.body().suspectNumber() != null)
            .map(e -> e.body().suspectNumber()).toList());
    }

    @Test
    void anEventOvertakenByALaterOneOfTheSameSuspectIsNotTold() {
        Event arrested = event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}");
        Event bailed = event("e3", 2, EventType.SUSPECT_BAILED, "{'suspect_ref': 's1'}");
        CaseState state = fold(Events.recorded(), arrested, bailed);
        assertEquals(List.of(bailed.id()), state.tellings().stream().map(CaseState.Telling::event).toList());
    }

    @Test
    void aWitnessIsToldOfTheirHearingsAndTheOutcomeAndOfNoSuspect() {
        assertEquals(List.of("v1"), told(fold(Events.recorded(), event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}"))));
        assertEquals(List.of("v1", "w1"), told(fold(Events.recorded(), event("e2", 1, EventType.VERDICT,
            "{'suspect_ref': 's1', 'explanation': {'en': 'Guilty.'}}"))));
        String hearing = "{'hearing_id': 'h1', 'court': {'ou_code': 'B01', 'name': 'Leeds'}, 'starts_at': '2026-12-07T10:00:00Z'";
        assertEquals(List.of("v1"), told(fold(Events.recorded(), event("e2", 1, EventType.HEARING_LISTED, hearing + ", 'required': []}"))));
        assertEquals(List.of("v1", "w1"), told(fold(Events.recorded(),
            event("e2", 1, EventType.HEARING_LISTED, hearing + ", 'required': ['w1']}"))));
    }

    @Test
    void whatIsTakenBackLeavesACorrectionAndNothingElse() {
        Event arrested = event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}");
        Event retracted = event("e3", 2, EventType.EVENT_RETRACTED, "{'source_event_id': 'e2'}");
        CaseState state = fold(Events.recorded(), arrested, retracted);
        assertEquals(List.of("crime_recorded", "correction"), kinds(state));
        assertEquals("reported", state.stage());
        assertEquals(arrested.id(), state.tellings().getFirst().correctionOf());
        Event backAgain = event("e4", 3, EventType.EVENT_RETRACTED, "{'source_event_id': 'e3'}");
        assertEquals(List.of("crime_recorded", "suspect_arrested"), kinds(fold(Events.recorded(), arrested, retracted, backAgain)));
    }

    @Test
    void retractionsThatTakeEachOtherBackDoNotGoRoundForEver() {
        Event a = event("a", 1, EventType.EVENT_RETRACTED, "{'source_event_id': 'b'}");
        Event b = event("b", 2, EventType.EVENT_RETRACTED, "{'source_event_id': 'a'}");
        assertTrue(fold(Events.recorded(), a, b).recorded());
    }

    @Test
    void theForcesWordsAreHeldBackUntilStaffDecide() {
        Event closed = event("e9", 9, EventType.INVESTIGATION_CLOSED,
            "{'outcome_code': '16', 'interviewed_suspect': true, 'explanation': {'en': 'The victim was uncooperative.'}}");
        CaseState held = fold(Events.recorded(), closed);
        assertNull(held.entries().getLast().body().detail());
        assertEquals(closed.id(), held.heldTexts().getFirst().event());
        CaseState shown = Fold.of(List.of(Events.recorded(), closed), Map.of(closed.id(), true), freeText);
        assertEquals("The victim was uncooperative.", shown.entries().getLast().body().detail().en());
        assertTrue(shown.heldTexts().isEmpty());
        CaseState hidden = Fold.of(List.of(Events.recorded(), closed), Map.of(closed.id(), false), freeText);
        assertNull(hidden.entries().getLast().body().detail());
        assertTrue(hidden.heldTexts().isEmpty());
    }

    @Test
    void aNameOfSomebodyInTheCaseIsHeldBack() {
        Event detail = event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1', 'detail': {'en': 'They asked about penrose.'}}");
        assertTrue(fold(Events.recorded(), detail).entries().getLast().body().heldBack());
    }

    @Test
    void theDeadAreNotToldAndTheirNumberIsNotKept() {
        Event died = event("e2", 1, EventType.PERSON_CHANGED, "{'source_person_id': 'v1', 'mobile': '07700 900001', 'deceased': true}");
        CaseState state = fold(Events.recorded(), died, event("e3", 2, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}"));
        assertEquals(List.of(), told(state));
        assertNull(state.people().get(new CaseState.PersonKey("rms", "v1")).facts().mobile());
    }

    @Test
    void aNewNumberIsNotSafeBecauseTheOldOneWas() {
        Event first = event("p1", 1, EventType.PERSON_CHANGED, "{'source_person_id': 'v1', 'mobile': '07700 900001', 'mobile_safe': 'safe'}");
        Event second = event("p2", 2, EventType.PERSON_CHANGED, "{'source_person_id': 'v1', 'mobile': '07700 900002'}");
        CaseState state = fold(Events.recorded(), first, second);
        assertEquals("unknown", state.people().get(new CaseState.PersonKey("rms", "v1")).facts().mobileSafe());
    }

    @Test
    void mergedPeopleArePartedAgainWhenTheMergeIsTakenBack() {
        Event merged = event("m", 1, EventType.PEOPLE_MERGED, "{'source_person_id': 'v1', 'merged': ['w1']}");
        var w1 = new CaseState.PersonKey("rms", "w1");
        assertTrue(fold(Events.recorded(), merged).people().get(w1).removed());
        Event back = event("b", 2, EventType.EVENT_RETRACTED, "{'source_event_id': 'm'}");
        assertFalse(fold(Events.recorded(), merged, back).people().get(w1).removed());
    }

    @Test
    void aCaseOfWhichNoFlagsCameIsTreatedAsADangerousOne() {
        Event bare = event("e1", 0, EventType.CRIME_RECORDED, "{'offence': {'code': 'x', 'plain_words': 'Theft'}, 'people': []}");
        assertTrue(fold(bare).facts().safety());
        assertFalse(fold(Events.recorded()).facts().safety());
        Event unknownFlag = event("e2", 1, EventType.CASE_CHANGED, "{'flags': ['something_new']}");
        assertTrue(fold(Events.recorded(), unknownFlag).facts().safety());
    }

    @Test
    void anyOrderOfArrivalGivesTheSameState() {
        List<Event> events = new ArrayList<>(Stream.of(Events.recorded(),
            event("e2", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's1'}"),
            event("e3", 1, EventType.SUSPECT_ARRESTED, "{'suspect_ref': 's2'}"),
            event("e4", 2, EventType.SUSPECT_CHARGED, "{'suspect_ref': 's2'}"),
            event("e5", 3, EventType.EVENT_RETRACTED, "{'source_event_id': 'e2'}"),
            event("e6", 4, EventType.OFFICER_CHANGED, "{'officer': {'name': 'DC Example'}}"),
            event("court", "e6", 4, EventType.HEARING_LISTED,
                "{'hearing_id': 'h', 'court': {'ou_code': 'B', 'name': 'Leeds'}, 'week_commencing': '2026-12-07', 'required': []}")).toList());
        CaseState expected = Fold.of(events, Map.of(), freeText);
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Collections.shuffle(events, random);
            assertEquals(expected, Fold.of(events, Map.of(), freeText));
        }
    }
}
