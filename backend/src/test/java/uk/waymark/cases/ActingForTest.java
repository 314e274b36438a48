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

    /** Who has to be at the one court date, on that day. */
    private TreeSet<String> required(LocalDate today, Event... events) {
        var required = new TreeSet<String>();
        Fold.of(List.of(events), new Fold.Staff(Map.of(), Map.of()), today, freeText).dated()
            .forEach(d -> d.required().forEach(key -> required.add(key.sourcePersonId())));
        return required;
    }

    private static Event hearing(String id, int hour, EventType type, String required) {
        return event(id, hour, type, "{'hearing_id': 'h', " + (type == EventType.HEARING_LISTED ? "'starts_on': '2031-01-07', " : "")
            + "'required': " + required + "}");
    }

    @Test
    void whoeverBringsAChildHasToComeAsWell() {
        Event listed = hearing("h1", 1, EventType.HEARING_LISTED, "['child']");
        assertEquals(List.of("adult"), List.copyOf(required(TODAY, recorded(", 'contact': 'adult'", ""), listed)));
        assertEquals(List.of("adult", "child"), List.copyOf(required(TODAY, recorded("", ""), listed)));
        assertEquals(List.of("child"), List.copyOf(required(TODAY, recorded(", 'contact': 'child'", ""), listed)));
        assertEquals(List.of("adult"), List.copyOf(required(TODAY, recorded("", ""),
            hearing("h1", 1, EventType.HEARING_LISTED, "['adult']"))), "who is named alone comes alone");
        Event recorded = recorded(", 'contact': 'adult'", "");
        assertEquals(List.of(), List.copyOf(required(TODAY, recorded, listed, hearing("h2", 2, EventType.HEARING_CHANGED, "[]"))));
        assertEquals(List.of(), List.copyOf(required(TODAY, recorded, listed,
            event("e2", 2, EventType.PERSON_REMOVED, "{'source_person_id': 'child'}"))));
        assertEquals(List.of(), List.copyOf(required(TODAY, recorded, listed,
            event("e2", 2, EventType.PERSON_CHANGED, "{'source_person_id': 'child', 'deceased': true}"))));
        assertEquals(List.of("child"), List.copyOf(required(TODAY, recorded, listed,
            event("e2", 2, EventType.PERSON_CHANGED, "{'source_person_id': 'adult', 'role': 'family_spokesperson'}"))),
            "who speaks for a family brings nobody");
    }

    @Test
    void atEighteenNobodyBringsThem() {
        Event listed = hearing("h1", 1, EventType.HEARING_LISTED, "['child']");
        Event recorded = recorded(", 'contact': 'adult'", "");
        assertEquals(List.of("adult"), List.copyOf(required(LocalDate.parse("2030-03-03"), recorded, listed)));
        assertEquals(List.of("child"), List.copyOf(required(LocalDate.parse("2030-03-04"), recorded, listed)));
        Event two = event("e1", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'flags': [], 'people': [
             {'source_person_id': 'child', 'role': 'victim', 'given_name': 'Ann', 'family_name': 'Cole', 'date_of_birth': '2012-03-04'},
             {'source_person_id': 'small', 'role': 'victim', 'given_name': 'Ivy', 'family_name': 'Cole', 'date_of_birth': '2018-03-04'},
             {'source_person_id': 'adult', 'role': 'parent', 'given_name': 'Bea', 'family_name': 'Cole', 'for': ['child', 'small']}]}""");
        assertEquals(List.of("child"), List.copyOf(required(LocalDate.parse("2030-03-04"), two, listed)),
            "who stays for the other one does not bring this one");
        assertEquals(List.of("adult", "small"), List.copyOf(required(LocalDate.parse("2030-03-04"), two,
            hearing("h1", 1, EventType.HEARING_LISTED, "['small']"))));
    }

    @Test
    void whoBringsAChildWhoseRecordsBecameOneBringsThemStill() {
        Event recorded = event("e1", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'flags': [], 'people': [
             {'source_person_id': 'old', 'role': 'witness', 'given_name': 'Ann', 'family_name': 'Cole'},
             {'source_person_id': 'child', 'role': 'witness', 'given_name': 'Ann', 'family_name': 'Cole'},
             {'source_person_id': 'adult', 'role': 'guardian', 'given_name': 'Bea', 'family_name': 'Cole', 'for': ['old']}]}""");
        Event merged = event("m", 2, EventType.PEOPLE_MERGED, "{'source_person_id': 'child', 'merged': ['old']}");
        for (String named : List.of("old", "child")) {
            assertEquals(List.of("adult", "child"), List.copyOf(required(TODAY, recorded, merged,
                hearing("h1", 1, EventType.HEARING_LISTED, "['" + named + "']"))), named);
        }
    }

    @Test
    void whoeverWasBornOnALeapDayIsOfAgeInMarch() {
        assertEquals(LocalDate.parse("2030-03-01"), ActingFor.birthday("2012-02-29").orElseThrow());
        assertEquals(LocalDate.parse("2030-03-04"), ActingFor.birthday("2012-03-04").orElseThrow());
        assertEquals(true, ActingFor.birthday("soon").isEmpty());
    }
}
