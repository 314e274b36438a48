package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.ContactChoices.Span;

/** One phone, several people: it lights up only when each of them allows it. */
class SafeForAllTest {
    private static final SafeTimes ANY = new SafeTimes(Map.of(), null);
    private static final SafeTimes NOT_AT_NIGHT = new SafeTimes(Map.of(), span("21:00", "08:00"));
    /** 12 January 2027 is a Tuesday. */
    private static final SafeTimes TUESDAYS = new SafeTimes(Map.of(DayOfWeek.TUESDAY, List.of(span("07:00", "10:00"))), null);

    private static Span span(String from, String to) {
        return new Span(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Instant at(String moment) {
        return Instant.parse(moment);
    }

    @Test
    void oneWhoHasChosenNothingDoesNotOpenTheHoursOfTheOther() {
        var both = new SafeForAll(List.of(ANY, NOT_AT_NIGHT));
        assertFalse(both.allows(at("2027-01-12T22:00:00Z")));
        assertEquals(Optional.of(at("2027-01-13T08:00:00Z")), both.next(at("2027-01-12T22:00:00Z")));
    }

    @Test
    void theFirstMomentIsOneThatEachAllowsAndTheEndIsTheFirstThatOneDoesNot() {
        var both = new SafeForAll(List.of(NOT_AT_NIGHT, TUESDAYS));
        assertEquals(Optional.of(at("2027-01-12T08:00:00Z")), both.next(at("2027-01-11T12:00:00Z")));
        assertEquals(Optional.of(at("2027-01-12T10:00:00Z")), both.end(at("2027-01-12T08:00:00Z")));
        assertEquals(at("2027-01-12T09:00:00Z"), both.next(at("2027-01-12T09:00:00Z")).orElseThrow());
    }

    /** A message may be on its way for a while: what is too short for it is passed over, to the minute. */
    @Test
    void aTimeThatIsTooShortIsPassedOver() {
        var both = new SafeForAll(List.of(NOT_AT_NIGHT, TUESDAYS));
        Duration quarter = Duration.ofMinutes(15);
        assertEquals(Optional.of(at("2027-01-12T09:45:00Z")), both.next(at("2027-01-12T09:45:00Z"), quarter));
        assertEquals(Optional.of(at("2027-01-19T08:00:00Z")), both.next(at("2027-01-12T09:45:01Z"), quarter));
        assertEquals(Optional.of(at("2027-01-12T09:59:00Z")), both.next(at("2027-01-12T09:59:00Z"), Duration.ZERO));
        assertEquals(Optional.empty(), both.next(at("2027-01-12T09:00:00Z"), Duration.ofHours(3)));
        assertEquals(Optional.of(at("2027-01-12T08:00:00Z")),
            new SafeForAll(List.of(NOT_AT_NIGHT)).next(at("2027-01-12T03:00:00Z"), Duration.ofHours(13)));
    }

    @Test
    void hoursThatNeverMeetHaveNoMoment() {
        var mornings = new SafeTimes(Map.of(DayOfWeek.MONDAY, List.of(span("07:00", "10:00"))), null);
        assertEquals(Optional.empty(), new SafeForAll(List.of(mornings, TUESDAYS)).next(at("2027-01-11T00:00:00Z")));
    }
}
