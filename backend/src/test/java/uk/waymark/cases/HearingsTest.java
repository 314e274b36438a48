package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.cases.Events.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sources;

/** What several sources tell of one court date is one court date. */
class HearingsTest {
    private static final String LIST = Sources.COURT_LISTS;
    private static final String TEN = "'starts_at': '2026-12-07T10:00:00Z'";
    private static final String TWO = "'starts_at': '2026-12-07T14:00:00Z'";
    private static final String NEXT_DAY = "'starts_at': '2026-12-08T10:00:00Z'";
    private final FreeText freeText = new FreeText();

    private CaseState fold(Event... events) {
        var all = new ArrayList<>(Arrays.asList(events));
        all.add(Events.recorded());
        return Fold.of(all, Map.of(), freeText);
    }

    private static Event listed(String source, String id, int hour, String more) {
        return event(source, id, hour, EventType.HEARING_LISTED, "{'hearing_id': 'h-" + source + "', " + more + "}");
    }

    private static Event changed(String source, String id, int hour, String more) {
        return event(source, id, hour, EventType.HEARING_CHANGED, "{'hearing_id': 'h-" + source + "', " + more + "}");
    }

    private static Event vacated(String source, String id, int hour) {
        return event(source, id, hour, EventType.HEARING_VACATED, "{'hearing_id': 'h-" + source + "'}");
    }

    private static String at(String when, String court) {
        return when + ", 'court': {'name': '" + court + "'}";
    }

    /** Ids of the events that are shown of hearings, oldest first. */
    private static List<String> shown(CaseState state) {
        return state.entries().stream().filter(e -> e.kind().startsWith("hearing_")).map(e -> e.event().sourceEventId()).toList();
    }

    private static Set<String> told(CaseState state, Event... events) {
        Map<UUID, String> names = Arrays.stream(events).collect(Collectors.toMap(Event::id, Event::sourceEventId));
        return state.tellings().stream().map(t -> names.get(t.event()) + ">" + t.person().sourcePersonId()
            + (t.alternates().isEmpty() ? "" : " unless " + t.alternates().stream().map(names::get).collect(Collectors.toCollection(TreeSet::new))))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aListAloneTellsVictimsAndCallsNobody() {
        Event list = listed(LIST, "l1", 1, at(TEN, "Leeds Crown Court"));
        CaseState state = fold(list);
        assertEquals(Set.of("l1>v1"), told(state, list));
        assertTrue(state.entries().getLast().body().hearing().listOnly());
    }

    @Test
    void aHearingWithAnIdAbsorbsWhatAListSaidAndIsNotToldAgain() {
        Event list = listed(LIST, "l1", 1, at(TEN, "LEEDS"));
        Event force = listed("rms", "f1", 2, at(TEN, "Leeds Crown Court") + ", 'kind': 'trial', 'required': []");
        CaseState state = fold(list, force);
        assertEquals(List.of("f1"), shown(state));
        assertEquals(Set.of("f1>v1 unless [l1]"), told(state, list, force));
        assertNull(state.entries().getLast().body().hearing().listOnly());
        assertEquals("trial", state.entries().getLast().body().hearing().kind());
    }

    @Test
    void whoeverIsNewlyNeededIsToldOfADateThatTheyKnow() {
        Event list = listed(LIST, "l1", 1, at(TEN, "Leeds"));
        Event force = listed("rms", "f1", 2, at(TEN, "Leeds") + ", 'required': ['v1', 'w1']");
        assertEquals(Set.of("f1>v1", "f1>w1"), told(fold(list, force), list, force));
    }

    @Test
    void aListThatSaysWhatTheForceSaidIsNeitherShownNorTold() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds Crown Court") + ", 'required': ['w1']");
        Event list = listed(LIST, "l1", 2, at("'starts_on': '2026-12-07'", "LEEDS"));
        CaseState state = fold(force, list);
        assertEquals(List.of("f1"), shown(state));
        assertEquals(Set.of("f1>v1 unless [l1]", "f1>w1"), told(state, force, list));
        assertEquals("2026-12-07T10:00:00Z", state.entries().getLast().body().hearing().startsAt());
    }

    @Test
    void aListThatMovesAHearingTellsThoseWhomTheForceNeeds() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': ['w1']");
        Event list = listed(LIST, "l1", 2, at(TEN, "Leeds"));
        Event moved = changed(LIST, "l2", 3, at(NEXT_DAY, "Leeds"));
        CaseState state = fold(force, list, moved);
        assertEquals(List.of("f1", "l2"), shown(state));
        assertEquals(Set.of("l2>v1", "l2>w1"), told(state, force, list, moved));
        assertNull(state.entries().getLast().body().hearing().listOnly());
        Event same = changed("rms", "f2", 4, at(NEXT_DAY, "Leeds"));
        assertEquals(List.of("f1", "l2"), shown(fold(force, list, moved, same)));
        assertEquals(Set.of("l2>v1 unless [f2]", "l2>w1 unless [f2]"), told(fold(force, list, moved, same), force, list, moved, same));
    }

    @Test
    void aListThatFallsSilentTakesBackOnlyWhatListsAloneHadSaid() {
        Event list = listed(LIST, "l1", 1, at(TEN, "Leeds"));
        Event gone = vacated(LIST, "l2", 3);
        assertEquals(Set.of("l2>v1"), told(fold(list, gone), list, gone));
        assertEquals(List.of("l1", "l2"), shown(fold(list, gone)));
        Event force = listed("rms", "f1", 2, at(TEN, "Leeds") + ", 'required': []");
        assertEquals(List.of("f1"), shown(fold(list, force, gone)));
        Event off = vacated("rms", "f2", 4);
        assertEquals(List.of("f1", "f2"), shown(fold(list, force, gone, off)));
        assertEquals(Set.of("f2>v1"), told(fold(list, force, gone, off), list, force, gone, off));
    }

    @Test
    void anotherTimeOnTheDayIsAChangeAndAnotherCourtTownIsAnotherHearing() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': []");
        Event later = listed(LIST, "l1", 2, at(TWO, "Leeds Crown Court"));
        CaseState state = fold(force, later);
        assertEquals(List.of("f1", "l1"), shown(state));
        assertEquals(Set.of("l1>v1"), told(state, force, later));
        Event elsewhere = listed(LIST, "l1", 2, at(TEN, "Preston Crown Court"));
        assertEquals(Set.of("f1>v1", "l1>v1"), told(fold(force, elsewhere), force, elsewhere));
    }

    @Test
    void aDayInsideTheWeekThatWasWarnedIsThatHearing() {
        Event warned = listed(LIST, "l1", 1, at("'week_commencing': '2026-12-07'", "Leeds"));
        Event firm = event(LIST, "l2", 2, EventType.HEARING_LISTED, "{'hearing_id': 'other', " + at("'starts_on': '2026-12-09'", "Leeds") + "}");
        CaseState state = fold(warned, firm);
        assertEquals(Set.of("l2>v1"), told(state, warned, firm));
        assertEquals("2026-12-09", state.entries().getLast().body().hearing().startsOn());
        Event vague = listed("court-schedule", "s1", 3, at("'week_commencing': '2026-12-07'", "Leeds"));
        assertEquals(Set.of("s1>v1 unless [l2]"), told(fold(warned, firm, vague), warned, firm, vague));
    }

    @Test
    void aDayInSummerIsTheUkDay() {
        Event force = listed("rms", "f1", 1, at("'starts_at': '2027-06-30T23:30:00Z'", "Leeds") + ", 'required': []");
        Event list = listed(LIST, "l1", 2, at("'starts_on': '2027-07-01'", "Leeds"));
        assertEquals(List.of("f1"), shown(fold(force, list)));
    }

    @Test
    void twoHearingsOfOneSourceOnOneDayAreTwo() {
        Event one = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': []");
        Event two = event("rms", "f2", 2, EventType.HEARING_LISTED, "{'hearing_id': 'second', " + at(TWO, "Leeds") + ", 'required': []}");
        assertEquals(Set.of("f1>v1", "f2>v1"), told(fold(one, two), one, two));
    }

    @Test
    void aQuietChangeThatMovesNothingLeavesTheNewsToBeTold() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': []");
        Event quiet = changed("rms", "f2", 2, "'kind': 'trial', 'notify': false");
        assertEquals(Set.of("f1>v1"), told(fold(force, quiet), force, quiet));
    }

    @Test
    void whoIsNeededQuietlyIsQuietNewsUntilTheUnitSaysOtherwise() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': ['v1', 'w1']");
        for (String what : List.of("'required': ['v1']", "'required': ['v1', 'w1'], 'kind': 'trial'")) {
            Event quiet = changed("rms", "f2", 2, what + ", 'notify': false");
            CaseState.Dated date = fold(force, quiet).dated().getFirst();
            assertTrue(date.quiet());
            assertEquals(quiet.id(), date.event());
            assertTrue(told(fold(force, quiet), force, quiet).contains("f1>v1"));
            Event same = changed("rms", "f3", 3, what + ", 'notify': false");
            assertEquals(quiet.id(), fold(force, quiet, same).dated().getFirst().event());
            Event told = quiet.toldAfterAll();
            assertFalse(fold(force, told).dated().getFirst().quiet());
            assertTrue(told(fold(force, told), force, told).contains("f2>v1"));
            Event loud = changed("rms", "f4", 4, "'required': ['v1']");
            assertFalse(fold(force, quiet, loud).dated().getFirst().quiet());
        }
    }

    @Test
    void aCourtIsTheSameHoweverItIsWritten() {
        assertTrue(CourtNames.fit("PRESTON", "Preston Magistrates' Court"));
        assertTrue(CourtNames.fit("Leeds Combined Court Centre", "Leeds Crown Court"));
        assertTrue(CourtNames.fit(null, "Leeds Crown Court"));
        assertFalse(CourtNames.fit("Preston Crown Court", "Preston Magistrates' Court"));
        assertFalse(CourtNames.fit("Leeds Crown Court", "Bradford Crown Court"));
    }

    @Test
    void anyOrderOfArrivalGivesTheSameHearings() {
        var events = new ArrayList<>(List.of(Events.recorded(),
            listed(LIST, "l1", 1, at(TEN, "LEEDS")), listed("rms", "f1", 2, at(TEN, "Leeds Crown Court") + ", 'required': ['w1']"),
            changed(LIST, "l2", 3, at(NEXT_DAY, "LEEDS")), listed("court-schedule", "s1", 4, at(NEXT_DAY, "Leeds")),
            changed("rms", "f2", 5, at(NEXT_DAY, "Leeds Crown Court")), vacated(LIST, "l3", 6),
            event("rms", "r1", 7, EventType.EVENT_RETRACTED, "{'source_event_id': 'f2'}")));
        CaseState expected = Fold.of(events, Map.of(), freeText);
        var random = new Random(11);
        for (int i = 0; i < 300; i++) {
            Collections.shuffle(events, random);
            assertEquals(expected, Fold.of(events, Map.of(), freeText));
        }
    }

    private static Event list(String id, int hour, EventType type, String hearing, String more) {
        return event(LIST, id, hour, type, "{'hearing_id': '" + hearing + "'" + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    private static String now(CaseState state) {
        return state.entries().stream().filter(e -> e.kind().startsWith("hearing_")).toList().getLast().body().hearing().startsAt();
    }

    @Test
    void aListOfTheNewDayIsTheHearingThatMovedThere() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': []");
        Event list = list("l1", 2, EventType.HEARING_LISTED, "a", at(TEN, "Leeds"));
        Event moved = changed("rms", "f2", 3, at(NEXT_DAY, "Leeds"));
        Event other = list("l2", 4, EventType.HEARING_LISTED, "b", at(NEXT_DAY, "Leeds"));
        assertEquals(List.of("f1", "f2"), shown(fold(force, list, moved, other)));
        assertEquals(Set.of("f2>v1 unless [l2]"), told(fold(force, list, moved, other), force, list, moved, other));
        Event silent = list("l3", 5, EventType.HEARING_VACATED, "b", "");
        assertEquals(List.of("f1", "f2"), shown(fold(force, list, moved, other, silent)));
    }

    @Test
    void aListThatNamesTheNewDayFirstIsTheHearingThatMovesThere() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': ['w1']");
        Event list = list("l1", 2, EventType.HEARING_LISTED, "a", at(TEN, "Leeds"));
        Event other = list("l2", 3, EventType.HEARING_LISTED, "b", at(NEXT_DAY, "Leeds"));
        assertEquals(List.of("f1", "l2"), shown(fold(force, list, other)));
        Event moved = changed("rms", "f2", 4, at(NEXT_DAY, "Leeds"));
        CaseState state = fold(force, list, other, moved);
        assertEquals(List.of("f1", "f2"), shown(state), "one date, and not one more");
        assertEquals(Set.of("f2>v1", "f2>w1"), told(state, force, list, other, moved));
        Event silent = list("l3", 5, EventType.HEARING_VACATED, "b", "");
        assertEquals(List.of("f1", "f2"), shown(fold(force, list, other, moved, silent)));
        Event second = list("l4", 3, EventType.HEARING_LISTED, "c", at("'starts_at': '2026-12-08T14:00:00Z'", "Leeds"));
        assertEquals(List.of("f1", "l4", "f2"), shown(fold(force, list, other, second, moved)), "two of one list on a day are two");
    }

    @Test
    void aListThatRepeatsAnOldTimeUndoesNothingThatWasSaidSince() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': []");
        Event list = listed(LIST, "l1", 2, at(TEN, "Leeds"));
        Event moved = changed("rms", "f2", 3, at(NEXT_DAY, "Leeds"));
        Event room = changed(LIST, "l2", 4, at(TEN, "Leeds") + ", 'notify': false");
        CaseState state = fold(force, list, moved, room);
        assertEquals("2026-12-08T10:00:00Z", now(state));
        assertEquals(Set.of("f2>v1"), told(state, force, list, moved, room));
    }

    @Test
    void whatTheForceCalledOffIsNotBroughtBackByAListThatIsLate() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': ['w1']");
        Event list = listed(LIST, "l1", 2, at(TEN, "Leeds"));
        Event off = vacated("rms", "f2", 3);
        Event room = changed(LIST, "l2", 4, at(TEN, "Leeds") + ", 'notify': false");
        assertEquals(List.of("f1", "f2"), shown(fold(force, list, off, room)));
        assertEquals(Set.of("f2>v1", "f2>w1"), told(fold(force, list, off, room), force, list, off, room));
        Event anew = changed(LIST, "l3", 5, at(NEXT_DAY, "Leeds"));
        assertEquals(Set.of("l3>v1"), told(fold(force, list, off, anew), force, list, off, anew));
    }

    @Test
    void aListThatMovedAHearingAndFallsSilentGivesTheForcesDayBack() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': []");
        Event list = listed(LIST, "l1", 2, at(TEN, "Leeds"));
        Event moved = changed(LIST, "l2", 3, at(NEXT_DAY, "Leeds"));
        Event silent = vacated(LIST, "l3", 4);
        CaseState state = fold(force, list, moved, silent);
        assertEquals("2026-12-07T10:00:00Z", now(state));
        assertEquals("hearing_changed", state.entries().getLast().kind());
        assertEquals(Set.of("l3>v1"), told(state, force, list, moved, silent));
    }

    @Test
    void theForceCallsOffWhatOnlyAListOrTheScheduleHadToldOf() {
        Event schedule = listed("court-schedule", "s1", 1, at(TEN, "Leeds"));
        Event off = event("rms", "f1", 2, EventType.HEARING_VACATED, "{'hearing_id': 'x', 'starts_on': '2026-12-07'}");
        CaseState state = fold(schedule, off);
        assertEquals(Set.of("f1>v1"), told(state, schedule, off));
        assertEquals("2026-12-07T10:00:00Z", now(state));
        Event again = changed("court-schedule", "s2", 3, at(TEN, "Leeds") + ", 'notify': false");
        assertEquals(2, shown(fold(schedule, off)).size());
        assertEquals(Set.of("f1>v1"), told(fold(schedule, off, again), schedule, off, again));
    }

    @Test
    void aTimeThatTheListTookBackIsNoLongerShown() {
        Event list = listed(LIST, "l1", 1, at(TEN, "Leeds', 'room': '3"));
        Event vague = changed(LIST, "l2", 2, at("'starts_on': '2026-12-07'", "Leeds"));
        CaseState state = fold(list, vague);
        assertNull(now(state));
        assertNull(state.entries().getLast().body().hearing().room());
        assertEquals(Set.of("l2>v1"), told(state, list, vague));
    }

    @Test
    void anApplicationOfAnotherSourceBesideATrialCallsNobodyOff() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'kind': 'trial', 'required': ['w1']");
        Event court = listed("court-schedule", "s1", 2, at(TEN, "Leeds") + ", 'kind': 'application'");
        Event off = vacated("court-schedule", "s2", 3);
        for (CaseState state : List.of(fold(force, court), fold(force, court, off),
                fold(listed("court-schedule", "s0", 0, at(TEN, "Leeds") + ", 'kind': 'application'"), force, off))) {
            assertEquals(List.of("trial needs [w1]"), state.dated().stream().filter(h -> !h.vacated())
                .filter(h -> HearingKind.of(h.hearing().kind()) == HearingKind.TRIAL).map(HearingsTest::stands).toList());
        }
    }

    @Test
    void onlyWhoSaidTheTrialSaysThatItHearsNoWitness() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'kind': 'trial', 'required': ['w1']");
        Event court = listed("court-schedule", "s1", 2, at(TEN, "Leeds") + ", 'kind': 'trial_without_witnesses'");
        assertEquals(List.of("trial needs [w1]"), fold(force, court).dated().stream().map(HearingsTest::stands).toList());
        Event itself = changed("rms", "f2", 3, "'kind': 'sentence'");
        assertEquals(List.of("sentence needs []"), fold(force, court, itself).dated().stream().map(HearingsTest::stands).toList());
    }

    private static String stands(CaseState.Dated h) {
        return h.hearing().kind() + " needs " + h.required().stream().map(CaseState.PersonKey::sourcePersonId).sorted().toList();
    }

    private static Event said(String source, String id, String hearing, int hour, EventType type, String more) {
        return event(source, id, hour, type, "{'hearing_id': '" + hearing + "'" + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    @Test
    void twoSourcesThatNameTheNewDayUnderIdsOfTheirOwnAreOneHearingEitherWayRound() {
        for (String theirCourt : List.of("LEEDS", "Leeds Crown Court")) {
            for (String theirTime : List.of(NEXT_DAY, "'starts_on': '2026-12-08'")) {
                for (boolean forceFirst : List.of(true, false)) {
                    Event first = listed("rms", "f1", 1, at(TEN, "Leeds Crown Court") + ", 'kind': 'trial', 'required': ['w1']");
                    Event moved = changed("rms", "f2", forceFirst ? 2 : 3, at(NEXT_DAY, "Leeds Crown Court"));
                    Event theirs = said("common-platform", "c1", "new", forceFirst ? 3 : 2, EventType.HEARING_LISTED,
                        at(theirTime, theirCourt) + ", 'kind': 'trial'");
                    CaseState state = fold(first, moved, theirs);
                    assertEquals(List.of("trial needs [w1]"), state.dated().stream().map(HearingsTest::stands).toList());
                    assertEquals("2026-12-08T10:00:00Z", state.dated().getFirst().hearing().startsAt());
                    assertEquals("Leeds Crown Court", state.dated().getFirst().hearing().court());
                    assertEquals(Set.of("v1", "w1"), state.tellings().stream().map(t -> t.person().sourcePersonId())
                        .collect(Collectors.toSet()), "each of one");
                    assertEquals(2, state.tellings().size(), "once");
                    assertNull(state.dated().getFirst().differing());
                }
            }
        }
    }

    @Test
    void whoMovesToADayThatTheForceHasNamedCallsNobodyOff() {
        Event force = listed("rms", "f1", 1, at(NEXT_DAY, "Leeds") + ", 'kind': 'trial', 'required': ['w1']");
        Event theirs = listed("common-platform", "c1", 2, at(TEN, "Leeds"));
        Event moved = changed("common-platform", "c2", 3, "'starts_on': '2026-12-08'");
        CaseState state = fold(force, theirs, moved);
        assertEquals(List.of("trial needs [w1]"), state.dated().stream().map(HearingsTest::stands).toList());
        assertEquals("2026-12-08T10:00:00Z", state.dated().getFirst().hearing().startsAt(), "who gives only the day takes no time away");
        Event off = vacated("rms", "f2", 4);
        assertTrue(fold(force, theirs, moved, off).dated().getFirst().vacated(), "it goes by either name");
    }

    @Test
    void anIdOfADayThatWasLeftCallsOffNothingOfTheNewDay() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'required': ['w1']");
        Event theirs = said("common-platform", "c1", "old", 2, EventType.HEARING_LISTED, at(TEN, "Leeds"));
        Event moved = changed("rms", "f2", 3, at(NEXT_DAY, "Leeds"));
        Event off = said("common-platform", "c2", "old", 4, EventType.HEARING_VACATED, "");
        Event anew = said("common-platform", "c3", "new", 5, EventType.HEARING_LISTED, at(NEXT_DAY, "Leeds"));
        for (CaseState state : List.of(fold(force, theirs, moved, off), fold(force, theirs, moved, off, anew))) {
            assertEquals(List.of("null needs [w1] false"), state.dated().stream().map(d -> stands(d) + " " + d.vacated()).toList());
        }
    }

    @Test
    void whatMayBeAnyOfTwoStaysByItselfAndIsAskedAbout() {
        Event one = said("rms", "f1", "h1", 1, EventType.HEARING_LISTED, at(NEXT_DAY, "Leeds") + ", 'kind': 'plea'");
        Event two = said("rms", "f2", "h2", 2, EventType.HEARING_LISTED, at("'starts_at': '2026-12-08T14:00:00Z'", "Leeds") + ", 'kind': 'plea'");
        Event theirs = listed("common-platform", "c1", 3, at(TEN, "Leeds") + ", 'kind': 'plea'");
        CaseState doubtful = fold(one, two, theirs, changed("common-platform", "c2", 4, "'starts_at': '2026-12-08T12:00:00Z'"));
        assertEquals(3, doubtful.dated().size());
        assertEquals(List.of(CourtDates.Question.ONE_OR_TWO), doubtful.dated().stream().filter(d -> d.differing() != null).map(d -> d.differing().question()).toList(),
            "asked once");
        CaseState same = fold(one, two, theirs, changed("common-platform", "c2", 4, "'starts_at': '2026-12-08T14:00:00Z'"));
        assertEquals(2, same.dated().size(), "at that very time there is one");
        assertTrue(same.dated().stream().allMatch(d -> d.differing() == null));
        CaseState elsewhere = fold(one, two, theirs, changed("common-platform", "c2", 4, at(NEXT_DAY, "Bradford Crown Court")));
        assertEquals(3, elsewhere.dated().size());
        assertTrue(elsewhere.dated().stream().allMatch(d -> d.differing() == null), "another court is another date");
    }

    @Test
    void whatBecomesAnotherKindIsLookedAtAnew() {
        Event force = listed("rms", "f1", 1, at(TEN, "Leeds") + ", 'kind': 'trial', 'required': ['w1']");
        Event theirs = listed("common-platform", "c1", 2, at(TEN, "Leeds") + ", 'kind': 'sentence'");
        assertEquals(2, fold(force, theirs).dated().size());
        Event right = changed("common-platform", "c2", 3, "'kind': 'trial'");
        assertEquals(List.of("trial needs [w1]"), fold(force, theirs, right).dated().stream().map(HearingsTest::stands).toList());
    }

    private static List<String> times(CaseState state) {
        return state.dated().stream().map(d -> (d.hearing().startsAt() == null ? d.hearing().startsOn() : d.hearing().startsAt().substring(11, 16))
            + " needs " + d.required().stream().map(CaseState.PersonKey::sourcePersonId).sorted().toList() + (d.vacated() ? " off" : "")).sorted().toList();
    }

    private static List<CourtDates.Question> asked(CaseState state) {
        return state.dated().stream().filter(d -> d.differing() != null).map(d -> d.differing().question()).toList();
    }

    private static final Event MORNING = said("rms", "f1", "h1", 1, EventType.HEARING_LISTED, at(TEN, "Leeds") + ", 'required': ['w1']");
    private static final Event AFTERNOON = said("rms", "f2", "h2", 2, EventType.HEARING_LISTED, at(TWO, "Leeds") + ", 'required': []");

    @Test
    void aCancellationUnderAnUnknownNameCallsOffNothingThatItMayNotBeOf() {
        List<String> bothStand = List.of("10:00 needs [w1]", "14:00 needs []");
        for (String source : List.of("rms", "common-platform")) {
            Event off = said(source, "x1", "x", 3, EventType.HEARING_VACATED, "'starts_on': '2026-12-07'");
            CaseState state = fold(MORNING, AFTERNOON, off);
            assertEquals(bothStand, times(state));
            assertEquals(List.of("f1", "f2"), shown(state), "nobody reads that something is off");
            assertFalse(told(state, MORNING, AFTERNOON, off).toString().contains("x1"), "nor is told");
            assertEquals(List.of(CourtDates.Question.WHICH_IS_OFF), asked(state), "one question");
            Event known = said("rms", "f3", "h2", 4, EventType.HEARING_VACATED, "");
            assertEquals(List.of("10:00 needs [w1]", "14:00 needs [] off"), times(fold(MORNING, AFTERNOON, off, known)));
            assertEquals(List.of(), asked(fold(MORNING, AFTERNOON, off, known)), "somebody knows which");
            assertEquals(List.of("10:00 needs [w1]", "14:00 needs [] off"), times(fold(MORNING, AFTERNOON,
                said(source, "x1", "x", 3, EventType.HEARING_VACATED, TWO))), "the time says which");
        }
        Event own = said("rms", "x1", "x", 3, EventType.HEARING_VACATED, "'starts_on': '2026-12-07'");
        assertEquals(List.of("10:00 needs [w1]"), times(fold(MORNING, own)), "one source's two names are two hearings");
        assertEquals(List.of(CourtDates.Question.WHICH_IS_OFF), asked(fold(MORNING, own)));
        Event application = said("common-platform", "c1", "c", 2, EventType.HEARING_LISTED, at(TWO, "Leeds") + ", 'kind': 'application'");
        Event trial = said("rms", "f1", "h1", 1, EventType.HEARING_LISTED, at(TEN, "Leeds") + ", 'kind': 'trial', 'required': ['w1']");
        assertEquals(List.of("10:00 needs [w1]", "14:00 needs [] off"), times(fold(trial, application, own)),
            "it can only be what the force has no other name for");
    }

    @Test
    void whoRepeatsThatOneIsOffCallsNoOtherOff() {
        Event off = said("rms", "f3", "h2", 3, EventType.HEARING_VACATED, "");
        for (String when : List.of(TWO, "'starts_on': '2026-12-07'")) {
            CaseState state = fold(MORNING, AFTERNOON, off, said("common-platform", "x1", "x", 4, EventType.HEARING_VACATED, when));
            assertEquals(List.of("10:00 needs [w1]", "14:00 needs [] off"), times(state));
        }
    }

    @Test
    void rowsOfAListMoveNoneOfTwoHearingsInWhateverOrderTheyCome() {
        for (boolean kinds : List.of(false, true)) {
            String kind = kinds ? ", 'kind': 'plea'" : "";
            for (List<Integer> hours : orders(List.of(1, 2, 3, 4))) {
                Event one = said("rms", "f1", "h1", hours.get(0), EventType.HEARING_LISTED, at(TEN, "Leeds") + kind + ", 'required': ['w1']");
                Event two = said("rms", "f2", "h2", hours.get(1), EventType.HEARING_LISTED, at(TWO, "Leeds") + kind + ", 'required': []");
                Event row = list("l1", hours.get(2), EventType.HEARING_LISTED, "a", at(TEN, "LEEDS") + kind);
                Event other = list("l2", hours.get(3), EventType.HEARING_LISTED, "b", at(TWO, "LEEDS") + kind);
                CaseState state = fold(one, two, row, other);
                assertEquals(List.of("10:00 needs [w1]", "14:00 needs []"), times(state), hours::toString);
                assertEquals(List.of(), asked(state), hours::toString);
                assertEquals(Set.of("f1>w1"), told(state, one, two, row, other).stream().map(t -> t.split(" ")[0])
                    .filter(t -> t.endsWith("w1")).collect(Collectors.toSet()),
                    () -> hours + ": what w1 is told of is what the force said");
                CaseState later = fold(one, two, row, other, list("l3", 5, EventType.HEARING_CHANGED, "a", at("'starts_at': '2026-12-07T10:30:00Z'", "LEEDS")));
                assertEquals(List.of("10:30 needs [w1]", "14:00 needs []"), times(later), () -> hours + ": the row is of that hearing");
                CaseState moved = fold(one, two, row, other,
                    list("l3", 5, EventType.HEARING_CHANGED, "b", at("'starts_at': '2026-12-07T15:00:00Z'", "LEEDS")));
                assertEquals(List.of("10:00 needs [w1]", "15:00 needs []"), times(moved), () -> hours + ": and the other of the other");
            }
        }
    }

    private static <T> List<List<T>> orders(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<T>>();
        for (T first : of) {
            for (List<T> rest : orders(of.stream().filter(o -> !o.equals(first)).toList())) {
                var order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }

    @Test
    void aHearingThatARowOfAnotherMovedGoesBackAndSaysSo() {
        Event row = list("l1", 2, EventType.HEARING_LISTED, "b", at(TWO, "LEEDS"));
        Event two = said("rms", "f2", "h2", 3, EventType.HEARING_LISTED, at(TWO, "Leeds") + ", 'required': []");
        assertEquals(List.of("14:00 needs [w1]"), times(fold(MORNING, row)), "while it is the only one that day, the list moves it");
        CaseState state = fold(MORNING, row, two);
        assertEquals(List.of("10:00 needs [w1] set back", "14:00 needs []"), setBack(state));
        assertEquals(List.of("f1", "f2"), shown(state), "nobody reads of a move that was none");
        Event moved = said("rms", "f3", "h1", 4, EventType.HEARING_CHANGED, "'starts_at': '2026-12-07T11:00:00Z'");
        assertEquals(List.of("11:00 needs [w1]", "14:00 needs []"), setBack(fold(MORNING, row, two, moved)), "told as any other change");
        Event off = said("rms", "f3", "h1", 4, EventType.HEARING_VACATED, "");
        assertEquals(List.of("10:00 needs [w1] off", "14:00 needs []"), setBack(fold(MORNING, row, two, off)));
        Event changed = list("l2", 2, EventType.HEARING_CHANGED, "b", at(TWO, "LEEDS"));
        assertEquals(List.of("14:00 needs []", "14:00 needs [w1]"), setBack(fold(MORNING,
            list("l1", 1, EventType.HEARING_LISTED, "b", at(TEN, "LEEDS")), changed, two)), "a row that was this one's before moves it");
    }

    private static List<String> setBack(CaseState state) {
        return times(state).stream().map(t -> t + (state.dated().stream().anyMatch(d -> d.setBack()
            && t.startsWith(d.hearing().startsAt().substring(11, 16))) ? " set back" : "")).toList();
    }

    @Test
    void aRowThatMayBeOfEitherStandsByItselfAndIsAskedAbout() {
        String noon = "'starts_at': '2026-12-07T12:00:00Z'";
        for (boolean noonFirst : List.of(true, false)) {
            Event doubtful = list("l1", noonFirst ? 3 : 4, EventType.HEARING_LISTED, "a", at(noon, "LEEDS"));
            Event row = list("l2", noonFirst ? 4 : 3, EventType.HEARING_LISTED, "b", at(TWO, "LEEDS"));
            CaseState state = fold(MORNING, AFTERNOON, doubtful, row);
            assertEquals(List.of("10:00 needs [w1]", "12:00 needs []", "14:00 needs []"), times(state));
            assertEquals(List.of(CourtDates.Question.ONE_OR_TWO), asked(state));
        }
        Event sentence = said("rms", "f2", "h2", 2, EventType.HEARING_LISTED, at(TWO, "Leeds") + ", 'kind': 'sentence', 'required': []");
        assertEquals(List.of("10:00 needs [w1]", "12:00 needs []"), times(fold(MORNING, sentence,
            list("l1", 3, EventType.HEARING_LISTED, "a", at(noon, "LEEDS") + ", 'kind': 'sentence'"))), "the kind says which");
    }

    @Test
    void inWhateverOrderThreeSourcesMoveOneHearingItIsOneHearing() {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            var events = new ArrayList<Event>();
            var sources = new ArrayList<>(List.of("rms", "common-platform", "court-schedule"));
            Collections.shuffle(sources, random);
            int hour = 1;
            for (String source : sources) {
                events.add(listed(source, source + "1", hour++, at(random.nextBoolean() ? TEN : TWO, "Leeds") + ("rms".equals(source)
                    ? ", 'kind': 'trial', 'required': ['w1']" : random.nextBoolean() ? ", 'kind': 'trial'" : "")));
            }
            Collections.shuffle(sources, random);
            for (String source : sources) {
                boolean sameId = random.nextBoolean();
                events.add(said(source, source + "2", sameId || "rms".equals(source) ? "h-" + source : "new-" + source, hour++,
                    sameId || "rms".equals(source) ? EventType.HEARING_CHANGED : EventType.HEARING_LISTED, at(NEXT_DAY, "Leeds")));
            }
            CaseState state = fold(events.toArray(Event[]::new));
            assertEquals(List.of("trial needs [w1]"), state.dated().stream().map(HearingsTest::stands).toList(),
                () -> events.stream().map(Event::sourceEventId).toList().toString());
            assertEquals("2026-12-08T10:00:00Z", state.dated().getFirst().hearing().startsAt());
        }
    }
}
