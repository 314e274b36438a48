package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.cases.Events.event;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who is contacted where somebody acts for a child. Events happen on 2 November 2026. */
class ActingForTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-02");
    private final FreeText freeText = new FreeText();

    /** Who takes part and is not contacted, on that day. */
    private TreeSet<String> quiet(LocalDate today, Event... events) {
        var quiet = new TreeSet<String>();
        Fold.of(List.of(events), new Fold.Staff(Map.of(), Map.of()), today, freeText).people().forEach((key, part) -> {
            if (part.quiet()) {
                quiet.add(key.sourcePersonId());
            }
        });
        return quiet;
    }

    private static Event recorded(String ofChild, String ofAdult) {
        return event("e1", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'flags': [], 'people': [
             {'source_person_id': 'child', 'role': 'victim', 'given_name': 'Josh', 'family_name': 'Kelly', 'date_of_birth': '2012-03-04' %s},
             {'source_person_id': 'adult', 'role': 'parent', 'given_name': 'Sarah', 'family_name': 'Kelly', 'for': ['child'] %s}]}"""
            .formatted(ofChild, ofAdult));
    }

    private static Event changed(String id, int hour, String person, String contact) {
        return event(id, hour, EventType.PERSON_CHANGED, "{'source_person_id': '" + person + "', 'contact': '" + contact + "'}");
    }

    @Test
    void bothAreContactedUnlessTheForceSaysOtherwise() {
        assertEquals(List.of(), List.copyOf(quiet(TODAY, recorded("", ""))));
        assertEquals(List.of("child"), List.copyOf(quiet(TODAY, recorded(", 'contact': 'adult'", ""))));
        assertEquals(List.of("adult"), List.copyOf(quiet(TODAY, recorded(", 'contact': 'child'", ""))));
        assertEquals(List.of("adult"), List.copyOf(quiet(TODAY, recorded("", ", 'contact': 'child'"))));
        assertEquals(List.of("child"), List.copyOf(quiet(TODAY, recorded(", 'contact': 'adult'", ", 'contact': 'child'"))));
    }

    @Test
    void theLastWordCounts() {
        assertEquals(List.of("adult"), List.copyOf(quiet(TODAY, recorded(", 'contact': 'adult'", ""), changed("e2", 1, "child", "child"))));
    }

    @Test
    void anAdultWhoIsGoneLeavesTheChildToBeContacted() {
        assertEquals(List.of(), List.copyOf(quiet(TODAY, recorded(", 'contact': 'adult'", ""),
            event("e2", 1, EventType.PERSON_REMOVED, "{'source_person_id': 'adult'}"))));
    }

    @Test
    void atEighteenItIsTheYoungPersonAlone() {
        Event recorded = recorded(", 'contact': 'adult'", "");
        assertEquals(List.of("child"), List.copyOf(quiet(LocalDate.parse("2030-03-03"), recorded)));
        assertEquals(List.of("adult"), List.copyOf(quiet(LocalDate.parse("2030-03-04"), recorded)));
    }

    @Test
    void whatTheForceSaysAfterTheBirthdayCounts() {
        int afterTheBirthday = 24 * 365 * 4;
        assertEquals(List.of(), List.copyOf(quiet(LocalDate.parse("2031-01-01"), recorded("", ""),
            changed("e2", afterTheBirthday, "child", "both"))));
    }

    @Test
    void whoeverActsForAGrownUpGoesOnDoingSo() {
        Event recorded = event("e1", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'flags': [], 'people': [
             {'source_person_id': 'v', 'role': 'victim', 'given_name': 'Ann', 'family_name': 'Cole', 'date_of_birth': '1980-03-04'},
             {'source_person_id': 'g', 'role': 'guardian', 'given_name': 'Bea', 'family_name': 'Cole', 'for': ['v']}]}""");
        assertEquals(List.of(), List.copyOf(quiet(TODAY, recorded)));
    }

    @Test
    void whoeverActsForTwoIsContactedWhileItIsSoOfOne() {
        Event recorded = event("e1", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'flags': [], 'people': [
             {'source_person_id': 'big', 'role': 'victim', 'given_name': 'Ann', 'family_name': 'Cole', 'date_of_birth': '2010-03-04'},
             {'source_person_id': 'small', 'role': 'victim', 'given_name': 'Ivy', 'family_name': 'Cole', 'date_of_birth': '2016-03-04'},
             {'source_person_id': 'adult', 'role': 'parent', 'given_name': 'Bea', 'family_name': 'Cole', 'for': ['big', 'small']}]}""");
        assertEquals(List.of(), List.copyOf(quiet(LocalDate.parse("2029-01-01"), recorded)));
        assertEquals(List.of("adult"), List.copyOf(quiet(LocalDate.parse("2035-01-01"), recorded)));
    }

    @Test
    void whoeverWasBornOnALeapDayIsOfAgeInMarch() {
        assertEquals(LocalDate.parse("2030-03-01"), ActingFor.birthday("2012-02-29").orElseThrow());
        assertEquals(LocalDate.parse("2030-03-04"), ActingFor.birthday("2012-03-04").orElseThrow());
        assertEquals(true, ActingFor.birthday("soon").isEmpty());
    }
}
