package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sources;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A court date that a list and the force both tell of reaches the phone once, whichever comes first and however late. */
class SeveralSourcesTest extends WaymarkTest {
    private static final String NUMBER = "+447700900151";
    private int cases;
    private int seen;
    /** The same for both sources, also where midnight comes between them. */
    private LocalDate day;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false);
    }

    @Test
    void theListFirstAndTheForceAfter() {
        String reference = crime();
        listed(reference, "l1", -30);
        assertEquals(1, newTexts());
        force(reference, "f1", -20);
        assertEquals(0, newTexts());
        assertEquals(1, entries(reference));
    }

    @Test
    void theForceFirstAndAListThatWasPublishedBeforeIt() {
        String reference = crime();
        force(reference, "f1", -20);
        assertEquals(1, newTexts());
        listed(reference, "l1", -30);
        assertEquals(0, newTexts());
        assertEquals(1, entries(reference));
    }

    @Test
    void bothBeforeEitherHasGoneOut() {
        String reference = crime();
        listed(reference, "l1", -30);
        force(reference, "f1", -20);
        assertEquals(1, newTexts());
    }

    @Test
    void whatTheForceTakesBackStandsOnTheListAndIsNotToldAgain() {
        String reference = crime();
        listed(reference, "l1", -30);
        newTexts();
        force(reference, "f1", -20);
        newTexts();
        report(event(reference + "r", reference, at(-10), "event_retracted", Map.of("source_event_id", reference + "f1")));
        assertEquals(0, newTexts());
    }

    @Test
    void aMoveThatNobodyWasToldOfYetIsToldNobodyOnceItIsOfAnotherDate() {
        String reference = crime();
        force(reference, "f1", -30);
        assertEquals(1, newTexts());
        listed(reference, "l1", -20, "T14:00:00Z");
        report(event(reference + "f2", reference, at(-10), "hearing_listed", Map.of("hearing_id", "F2-" + reference, "starts_at",
            hearing().replace("T10:", "T14:"), "court", Map.of("name", "Leeds Crown Court"), "required", List.of())));
        assertEquals(1, newTexts(), "of the other date, and nothing of the first");
    }

    private String crime() {
        String reference = "NM/SEV/" + ++cases;
        seen = 0;
        day = LocalDate.ofInstant(clocks.caseNow(), ZoneId.of("Europe/London")).plusDays(30);
        report(recorded(reference, reference, at(-60), victim("v" + cases, number())));
        newTexts();
        return reference;
    }

    private String number() {
        return NUMBER.substring(0, NUMBER.length() - 1) + cases;
    }

    private void listed(String reference, String id, int minutes) {
        listed(reference, id, minutes, "T10:00:00Z");
    }

    private void listed(String reference, String id, int minutes, String time) {
        var data = CaseJson.tree("""
            {"hearing_id": "%s", "starts_at": "%s", "court": {"name": "LEEDS"}, "kind": "trial"}""".formatted(reference,
            hearing().replace("T10:00:00Z", time)));
        Acceptance result = acting().as(worker("northmoor"), c -> bean(Cases.class).accept(c, force("northmoor"),
            new NewEvent(Sources.COURT_LISTS, reference + id, Instant.parse(at(minutes)), reference, EventType.HEARING_LISTED, 1, false,
                false, data, MissingNode.getInstance())));
        assertInstanceOf(Acceptance.Accepted.class, result);
    }

    private void force(String reference, String id, int minutes) {
        report(event(reference + id, reference, at(minutes), "hearing_listed", Map.of("hearing_id", "F-" + reference, "starts_at", hearing(),
            "court", Map.of("ou_code", "B13", "name", "Leeds Crown Court"), "required", List.of())));
    }

    private void report(Map<String, Object> event) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(Stream.of(event).toList())).expect(200).body().path("results")
            .forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }

    private String hearing() {
        return day + "T10:00:00Z";
    }

    private String at(int minutes) {
        return clocks.caseTime().instant().plus(Duration.ofMinutes(minutes)).toString();
    }

    /** Texts since the last look. */
    private int newTexts() {
        SignUp.drain(this);
        int before = seen;
        seen = messages(number()).body().path("items").size();
        return seen - before;
    }

    private int entries(String reference) {
        return acting().as(worker("northmoor"), c -> uk.waymark.platform.Sql.list(c, """
            select 1 from waymark.timeline_entry t join waymark.case_file f on f.id = t.case_id
             where f.crime_reference = ? and t.kind like 'hearing%'""", r -> 1, reference)).size();
    }
}
