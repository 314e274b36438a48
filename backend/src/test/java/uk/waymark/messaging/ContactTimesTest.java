package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import uk.waymark.cases.EventType;
import uk.waymark.messaging.NewsKinds.News;

/** How much is told and when, as the data says it. */
class ContactTimesTest {
    private final ContactTimes times = new ContactTimes();

    @Test
    void theSummaryIsOnMondayAtTenWhateverTheClocksDo() {
        assertEquals("2027-01-11T10:00:00Z", after("2027-01-05T12:00:00Z"));
        assertEquals("2027-01-11T10:00:00Z", after("2027-01-11T09:59:59Z"));
        assertEquals("2027-01-18T10:00:00Z", after("2027-01-11T10:00:00Z"));
        assertEquals("2027-03-29T09:00:00Z", after("2027-03-22T10:00:01Z"), "the clocks go forward in between");
        assertEquals("2027-11-01T10:00:00Z", after("2027-10-25T09:00:01Z"), "and back: a week and an hour");
    }

    private String after(String moment) {
        return times.summaryAfter(Instant.parse(moment)).toString();
    }

    @Test
    void whatTheLawRequiresIsRequiredAndWhatFreesIsUrgent() {
        assertTrue(times.required(new News("sentence", true)));
        assertFalse(times.required(new News("officer_changed", false)));
        assertTrue(times.required(null), "what is not known is not left out");
        assertTrue(times.urgent(new News("suspect_bailed", true)));
        assertFalse(times.urgent(new News("suspect_charged", true)));
        assertTrue(times.urgent(new News("investigation_closed", true)));
        assertFalse(times.urgent(new News("investigation_closed", false)));
    }

    @Test
    void theLatestMomentIsTheSoonerOfTwo() {
        Instant created = Instant.parse("2027-01-05T12:00:00Z");
        Instant expires = Instant.parse("2027-01-13T12:00:00Z");
        assertEquals(expires, times.latest(new News("suspect_charged", true), created, expires));
        assertEquals(Instant.parse("2027-01-06T12:00:00Z"), times.latest(new News("hearing_listed", false), created, expires));
        assertEquals(Instant.MAX, times.latest(null, created, null));
    }

    @Test
    void onlyEventsThatThereAreAreNamed() {
        List<String> names = new Yaml().<java.util.Map<String, Object>>load(
            ContactTimes.class.getResourceAsStream("/messages/contact-times.yaml")).entrySet().stream()
            .flatMap(e -> e.getValue() instanceof List<?> list ? list.stream().map(String::valueOf) : java.util.stream.Stream.of())
            .toList();
        assertTrue(names.size() > 20);
        names.forEach(name -> assertTrue(EventType.of(name).isPresent(), name));
    }
}
