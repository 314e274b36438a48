package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/** Court dates keep their id while they move, and the rows say who has to be there. */
class HearingBookTest extends WaymarkTest {
    private static final String LEEDS = "Leeds Crown Court";
    private int cases;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false);
    }

    @Test
    void aHearingThatMovesIsTheSameHearing() {
        String reference = crime();
        report(listed(reference, "a", -50, "h", "2027-03-01T10:00:00Z", LEEDS, List.of("v" + cases)));
        CourtHearing before = only(reference);
        assertEquals(HearingKind.TRIAL, before.kind());
        assertEquals(1, before.version());
        assertEquals("C44SA00", before.ouCode());
        assertEquals(1, required(before.id()));

        report(event(reference + "b", reference, at(-40), "hearing_changed",
            Map.of("hearing_id", reference + "h", "starts_at", "2027-03-02T10:00:00Z", "required", List.of())));
        CourtHearing moved = only(reference);
        assertEquals(before.id(), moved.id());
        assertEquals(2, moved.version());
        assertEquals("2027-03-02", moved.on().toString());
        assertEquals("C44SA00", moved.ouCode());
        assertEquals(0, required(before.id()));
        assertTrue(dewarned(before.id()));

        report(event(reference + "c", reference, at(-30), "hearing_vacated", Map.of("hearing_id", reference + "h")));
        assertEquals(State.VACATED, only(reference).state());
    }

    @Test
    void whatASecondSourceTellsOfIsTheSameHearingAndWhatIsTakenBackIsGone() {
        String reference = crime();
        report(listed(reference, "a", -50, "h", "2027-03-01T10:00:00Z", LEEDS, List.of("v" + cases)));
        CourtHearing first = only(reference);
        report("courts", listed(reference, "b", -45, "other", "2027-03-01T10:00:00Z", "LEEDS", List.of()));
        assertEquals(first.id(), only(reference).id());
        report("courts", event(reference + "c", reference, at(-40), "event_retracted", Map.of("source_event_id", reference + "b")));
        assertEquals(first.id(), only(reference).id());
        report(event(reference + "d", reference, at(-40), "event_retracted", Map.of("source_event_id", reference + "a")));
        assertEquals(State.GONE, only(reference).state());
        assertEquals(0, required(first.id()));
    }

    @Test
    void twoHearingsThatTurnOutToBeOneLeaveOneBehind() {
        String reference = crime();
        report(listed(reference, "a", -50, "h", "2027-03-01T10:00:00Z", LEEDS, List.of("v" + cases)));
        report("courts", listed(reference, "b", -45, "x", "2027-04-01T10:00:00Z", LEEDS, List.of()));
        assertEquals(2, all(reference).size());
        // what the other source had said before it said so
        report("courts", listed(reference, "c", -55, "x", "2027-03-01T10:00:00Z", LEEDS, List.of()));
        List<CourtHearing> all = all(reference);
        assertEquals(all.stream().filter(h -> h.state() != State.GONE).map(CourtHearing::id).distinct().count(),
            all.stream().filter(h -> h.state() != State.GONE).count());
    }

    @Test
    void whatWasToldAndAnsweredGoesWithTheDateThatStands() {
        String reference = crime();
        report(listed(reference, "a", -50, "h", "2027-03-01T10:00:00Z", LEEDS, List.of("v" + cases)));
        report("courts", listed(reference, "b", -45, "x", "2027-04-01T10:00:00Z", LEEDS, List.of()));
        CourtHearing stands = all(reference).getFirst();
        CourtHearing goes = all(reference).getLast();
        acting().as(worker("northmoor"), c -> {
            UUID force = Sql.one(c, "select waymark.ctx_force() as id", r -> Sql.uuid(r, "id")).orElseThrow();
            UUID person = Sql.one(c, "select person_id from waymark.hearing_person where hearing_id = ? and required",
                r -> Sql.uuid(r, "person_id"), stands.id()).orElseThrow();
            bean(HearingTold.class).add(c, force, new HearingTold.Entry(goes.id(), person, goes.caseId(), goes.version(),
                HearingTold.What.NOTICE, HearingTold.How.CALL, HearingTold.State.REACHED, goes.takenInAt(), null, "staff"));
            bean(HearingAnswers.class).add(c, force, new HearingAnswers.Entry(null, goes.id(), person, goes.caseId(), goes.version(),
                HearingAnswers.Answer.YES, HearingAnswers.Via.STAFF, true, null, goes.takenInAt(), "staff"));
            bean(MergedParts.class).dates(c, goes, stands);
            assertEquals(List.of(0), bean(HearingTold.class).of(c, List.of(stands.id())).stream().map(HearingTold.Entry::version).toList(),
                "another day was told");
            bean(MergedParts.class).dates(c, stands, goes);
            bean(HearingAnswers.class).add(c, force, new HearingAnswers.Entry(null, stands.id(), person, goes.caseId(), stands.version(),
                HearingAnswers.Answer.CANNOT, HearingAnswers.Via.STAFF, true, null, goes.takenInAt(), "staff"));
            return null;
        });
        // what the force had said before the other source did: both are of one day, and were all along
        report(event(reference + "d", reference, at(-48), "hearing_changed", Map.of("hearing_id", reference + "h", "starts_at",
            "2027-04-01T10:00:00Z")));
        CourtHearing one = all(reference).stream().filter(h -> h.state() != State.GONE).reduce((x, y) -> {
            throw new AssertionError("they are one");
        }).orElseThrow();
        acting().as(worker("northmoor"), c -> {
            assertEquals(1, bean(HearingTold.class).of(c, List.of(one.id())).size());
            var counts = bean(HearingAnswers.class).counting(c, List.of(one.id())).getFirst();
            assertEquals(HearingAnswers.Answer.CANNOT, counts.answer());
            return null;
        });
    }

    @Test
    void anotherSpellingOrARoomIsNoOtherVersionAndAnotherCourtIs() {
        String reference = crime();
        report(listed(reference, "a", -50, "h", "2027-03-01T10:00:00Z", LEEDS, List.of("v" + cases)));
        report("courts", event(reference + "b", reference, at(-45), "hearing_listed", Map.of("hearing_id", reference + "x", "kind", "trial",
            "starts_at", "2027-03-01T10:00:00Z", "court", Map.of("name", "LEEDS", "room", "Court 3"))));
        assertEquals(List.of(LEEDS, "Court 3", 1), place(reference), "it says less of the court, and adds the room");
        report("schedule", event(reference + "c", reference, at(-40), "hearing_listed", Map.of("hearing_id", reference + "y", "kind", "trial",
            "starts_at", "2027-03-01T10:00:00Z", "court", Map.of("name", "The Crown Court at Leeds"))));
        assertEquals(List.of("The Crown Court at Leeds", "Court 3", 1), place(reference), "who repeats it without the room leaves the room");
        report(event(reference + "d", reference, at(-35), "hearing_changed", Map.of("hearing_id", reference + "h", "court",
            Map.of("name", "Leeds Magistrates' Court"))));
        assertEquals(2, only(reference).version(), "another court");
    }

    @Test
    void anotherCodeIsAnotherCourtHoweverAlikeTheNamesAre() {
        String reference = crime();
        report(listed(reference, "a", -50, "h", "2027-03-01T10:00:00Z", "Manchester Crown Court", List.of("v" + cases)));
        report(event(reference + "b", reference, at(-40), "hearing_changed", Map.of("hearing_id", reference + "h", "court",
            Map.of("ou_code", "C06MS00", "name", "Manchester Crown Court (Minshull Street)"))));
        CourtHearing h = only(reference);
        assertEquals(2, h.version(), "its name says more, and its code says another court");
        assertEquals("C06MS00", h.ouCode());
    }

    private List<Object> place(String reference) {
        CourtHearing h = only(reference);
        return List.of(String.valueOf(h.court()), String.valueOf(h.room()), h.version());
    }

    private String crime() {
        String reference = "NM/BOOK/" + ++cases;
        report(recorded(reference, reference, at(-60), victim("v" + cases, "+4477009003" + (10 + cases))));
        return reference;
    }

    private Map<String, Object> listed(String reference, String id, int minutes, String hearing, String startsAt, String court,
                                       List<String> required) {
        return event(reference + id, reference, at(minutes), "hearing_listed", Map.of("hearing_id", reference + hearing, "kind", "trial",
            "starts_at", startsAt, "court", Map.of("ou_code", "C44SA00", "name", court), "required", required));
    }

    private CourtHearing only(String reference) {
        List<CourtHearing> all = all(reference);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private List<CourtHearing> all(String reference) {
        return acting().as(worker("northmoor"), c -> {
            UUID caseId = Sql.one(c, "select id from waymark.case_file where crime_reference = ?", r -> Sql.uuid(r, "id"), reference)
                .orElseThrow();
            return List.copyOf(bean(HearingStore.class).ofCase(c, caseId).values());
        });
    }

    private int required(UUID hearing) {
        return acting().as(worker("northmoor"), c -> Sql.one(c,
            "select count(*) from waymark.hearing_person where hearing_id = ? and required", r -> r.getInt(1), hearing).orElseThrow());
    }

    private boolean dewarned(UUID hearing) {
        return acting().as(worker("northmoor"), c -> Sql.one(c,
            "select count(*) from waymark.hearing_person where hearing_id = ? and dewarned_at is not null", r -> r.getInt(1), hearing)
            .orElseThrow()) == 1;
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plus(Duration.ofMinutes(minutes)).truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
            .toString();
    }

    private void report(Map<String, Object> event) {
        report("rms", event);
    }

    private void report(String source, Map<String, Object> event) {
        var body = Map.of("source", source, "events", List.of(event));
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", body).expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result.toString());
    }
}
