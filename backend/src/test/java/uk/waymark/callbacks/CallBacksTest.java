package uk.waymark.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.waymark.outbound.Arrivals;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Answer;

/** A call back from the wish to its end, as the person and staff see it. */
class CallBacksTest extends CallBackDay {
    private static final LocalTime TEN = LocalTime.of(10, 0);
    private static final String CLOSED = "Nobody can ring then: it is closed, or it is not a safe time.";

    private static String calls(String id) {
        return "/v1/staff/call-backs/" + id;
    }

    /** Minutes. */
    private static long within(Answer asked) {
        return Duration.between(Instant.parse(asked.at("/asked_at")), Instant.parse(asked.at("/due_at"))).toMinutes();
    }

    private static Map<String, Object> times(Instant from, Duration length) {
        return Map.of("reason", "date", "preferred", List.of(Map.of("from", from.toString(), "to", from.plus(length).toString())));
    }

    @Test
    void whoAsksIsRungAndReadsWhereItStands() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        Answer asked = her.api().post(her.path(), Map.of("reason", "question", "about", "What does the letter mean?", "word", "bluebell",
            "voicemail", false, "withhold_number", true)).expect(201);
        String id = asked.at("/id");
        assertEquals("asked", asked.at("/state"));
        assertEquals(24 * 60, within(asked), "one working day");
        assertTrue(asked.at("/next").contains("10am on Wednesday"), asked::text);
        assertFalse(asked.text().contains("bluebell") || asked.text().contains(her.mobile()), asked::text);
        JsonNode waits = listed(id);
        assertEquals("wcu", waits.path("unit").asText());
        assertFalse(waits.has("number") || waits.has("before") || waits.toString().contains("bluebell"), waits::toString);

        Answer claimed = staff("witness_care").post(calls(id) + "/claim", null).expect(200);
        assertEquals(her.mobile(), claimed.at("/number"));
        for (String known : List.of("bluebell", "Ring in English.", "Withhold our number.", "Leave no message.", "If somebody else answers:",
                "What does the letter mean?")) {
            assertTrue(claimed.at("/before").contains(known), () -> known + " in " + claimed.at("/before"));
        }
        assertTrue(claimed.text().indexOf("\"before\"") < claimed.text().indexOf("\"number\""), "what to know comes first");
        assertEquals("already-claimed", problem(staff("victim_care").post(calls(id) + "/claim", null).expect(409)));
        assertEquals("claimed", her.api().get("/v1/me/call-backs/" + id).expect(200).at("/state"));
        staff("victim_care").post(calls(id) + "/attempts", Map.of("outcome", "reached")).expect(409);
        staff("witness_care").post(calls(id) + "/completion", Map.of("outcome", "spoken")).expect(409);
        staff("witness_care").post(calls(id) + "/attempts", Map.of("outcome", "reached", "note", "Explained it.")).expect(201);
        for (int pressed = 0; pressed < 2; pressed++) {
            assertEquals("done", staff("witness_care").post(calls(id) + "/completion", Map.of("outcome", "spoken")).expect(200)
                .at("/state"));
        }
        assertEquals("call-back-over", problem(staff("witness_care").post(calls(id) + "/completion", Map.of("outcome", "not_needed"))
            .expect(409)));
        assertNull(listed(id));
        assertEquals("done", her.api().get(her.path()).expect(200).at("/items/0/state"));
        assertEquals(List.of(), items(her).stream().filter(i -> i.startsWith("call_")).toList());
        assertEquals(1, count("select count(*) from waymark.outbound_parcel where type = 'call_back_outcome' and subject_id = ?::uuid", id),
            "the force's own system has the outcome");
    }

    @Test
    void twoCallsInVainAndASupervisorDecides() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone him = someone();
        String id = him.api().post(him.path(), Map.of("reason", "question")).expect(201).at("/id");
        String mine = "/v1/me/call-backs/" + id;
        inVain(id, "no_answer");
        Answer missed = him.api().get(mine).expect(200);
        assertEquals("missed", missed.at("/state"));
        assertTrue(missed.at("/next").contains("again by 2pm on Tuesday"), missed::text);
        Answer louder = him.api().with("If-Match", missed.header("etag").orElseThrow()).put(mine, Map.of("withhold_number", true)).expect(200);
        assertEquals(missed.at("/state") + missed.at("/next"), louder.at("/state") + louder.at("/next"), "nothing was said of times");
        assertTrue(phone(him).getFirst().startsWith("Sorry that we missed you."), () -> phone(him).toString());
        assertEquals(422, staff("witness_care").post(calls(id) + "/claim", null).expect(200).status() == 200
            ? staff("witness_care").post(calls(id) + "/attempts", Map.of("outcome", "voicemail_left")).status() : 0, "no message may be left");
        staff("witness_care").post(calls(id) + "/attempts", Map.of("outcome", "no_answer")).expect(201);
        assertTrue(listed(id).path("decision_needed").asBoolean());
        assertEquals("supervisor-decides", problem(staff("witness_care").post(calls(id) + "/claim", null).expect(409)));
        assertTrue(items(him).contains("call_back_failed no_answer"), () -> items(him).toString());
        staff("witness_care").post(calls(id) + "/decision", Map.of("decision", "another_call", "reason", "x")).expect(403);
        Map<String, String> another = Map.of("decision", "another_call", "reason", "Mornings are better.");
        for (int pressed = 0; pressed < 2; pressed++) {
            assertFalse(staff("supervisor").with("Idempotency-Key", "one more").post(calls(id) + "/decision", another).expect(200).body()
                .path("decision_needed").asBoolean());
        }
        assertEquals("nothing-to-decide", problem(staff("supervisor").post(calls(id) + "/decision", another).expect(409)));
        inVain(id, "no_answer");
        assertEquals(409, staff("witness_care").post(calls(id) + "/claim", null).status(), "one more, and no fourth");
        for (int pressed = 0; pressed < 2; pressed++) {
            assertEquals("missed", staff("supervisor").post(calls(id) + "/decision", Map.of("decision", "no_more_calls", "reason",
                "Write to him.")).expect(200).at("/state"));
        }
        assertEquals("call-back-over", problem(staff("supervisor").post(calls(id) + "/decision", Map.of("decision", "no_more_calls",
            "reason", "Do not write.")).expect(409)), "another reason would be lost");
        assertEquals(2, count("select count(*) from waymark.audit_log where action = 'call_back_decided' and person_id = ?",
            him.person()), "decided twice, pressed four times");
        Answer end = him.api().get("/v1/me/call-backs/" + id).expect(200);
        assertEquals("missed", end.at("/state"));
        assertTrue(end.at("/next").startsWith("We are sorry that we could not reach you."), end::text);
        assertTrue(end.body().hasNonNull("ended_at") && !end.body().has("next_at"), end::text);
    }

    private void inVain(String id, String outcome) {
        staff("witness_care").post(calls(id) + "/claim", null).expect(200);
        staff("witness_care").post(calls(id) + "/attempts", Map.of("outcome", outcome)).expect(201);
    }

    @Test
    void whereSomebodyElseAnswersNothingMoreGoesThere() {
        next(DayOfWeek.WEDNESDAY, TEN);
        Someone her = someone();
        String id = her.api().post(her.path(), Map.of("reason", "question")).expect(201).at("/id");
        int texts = phone(her).size();
        inVain(id, "wrong_person");
        assertEquals(texts, phone(her).size());
        assertTrue(items(her).containsAll(List.of("call_back_check wrong_person", "call_back_failed wrong_person")), () -> items(her).toString());
        staff("witness_care").post(calls(id) + "/claim", null).expect(409);
    }

    @Test
    void timesThatCannotBeAreRefusedWithTheNextThatCan() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        refused(her, now().minus(Duration.ofDays(2)), Duration.ofHours(1), "This time is over.");
        refused(her, now().plus(Duration.ofDays(70)), Duration.ofHours(1),
            "This is too far ahead: a call can be booked for the next 60 days.");
        assertEquals(0, her.api().get(her.path()).expect(200).body().path("items").size());
        JsonNode free = her.api().get(her.path() + "/slots").expect(200).body().path("free");
        assertTrue(free.size() > 20, free::toString);
        Answer booked = her.api().post(her.path(), Map.of("reason", "date", "preferred", List.of(free.get(3)))).expect(201);
        assertEquals("booked", booked.at("/state"));
        assertEquals(free.get(3).path("from").asText(), booked.at("/slot/from"));
        assertEquals("not-yet", problem(staff("witness_care").post(calls(booked.at("/id")) + "/claim", null).expect(409)));
    }

    private static void refused(Someone someone, Instant from, Duration length, String why) {
        Answer refused = someone.api().post(someone.path(), times(from, length)).expect(422);
        assertEquals("/preferred/0 " + why, refused.at("/errors/0/pointer") + ' ' + refused.at("/errors/0/detail"));
        assertTrue(refused.at("/detail").contains("Free next: "), refused::text);
    }

    private static void booked(Someone someone, Instant from) {
        Answer taken = someone.api().post(someone.path(), times(from, Duration.ofHours(1))).expect(201);
        assertEquals(from, Instant.parse(taken.at("/slot/from")));
    }

    /** A unit that answers in these hours, by the clock on its wall, on these days of the week. */
    private void unit(String code, IntStream weekdays, String opens, String closes) throws SQLException {
        try (var owner = database.login("waymark_owner")) {
            UUID id = UUID.randomUUID();
            Sql.run(owner, """
                insert into waymark.unit (id, force_id, code, name_en, name_cy, call_minutes, call_places)
                values (?, ?, ?, 'Unit', 'Uned', 30, 2)""", id, force("northmoor"), code);
            weekdays.forEach(day -> Sql.run(owner, """
                insert into waymark.unit_hours (unit_id, force_id, weekday, opens, closes) values (?, ?, ?, ?::time, ?::time)""", id,
                force("northmoor"), day, opens, closes));
        }
    }

    /** A month before. */
    private void before(Instant moment) {
        on(moment.minus(Duration.ofDays(30)).toString());
    }

    @Test
    void aBankHolidayIsClosedWhateverTheHours() throws SQLException {
        unit("always", IntStream.rangeClosed(1, 7), "00:00", "23:59");
        LocalDate day = LocalDate.ofInstant(now(), WorkingDays.LONDON).plusDays(32);
        while (!bean(WorkingDays.class).isBankHoliday(day)) {
            day = day.plusDays(1);
        }
        Instant holiday = day.atTime(11, 0).atZone(WorkingDays.LONDON).toInstant();
        before(holiday);
        Someone her = of("always");
        refused(her, holiday, Duration.ofHours(1), CLOSED);
        while (bean(WorkingDays.class).isBankHoliday(day)) {
            day = day.plusDays(1);
        }
        booked(her, day.atTime(11, 0).atZone(WorkingDays.LONDON).toInstant());
    }

    @Test
    void theMissingHourHasNoPlaceAndTheOneThatComesTwiceCountsOnce() throws SQLException {
        unit("night", IntStream.of(7), "01:00", "02:00");
        Someone him = of("night");
        Instant gap = change(true);
        before(gap);
        refused(him, gap.minus(Duration.ofHours(1)), Duration.ofHours(3), CLOSED);
        booked(him, gap.minus(Duration.ofDays(7)));
        Instant twice = change(false);
        before(twice);
        refused(him, twice, Duration.ofHours(1), CLOSED);
        booked(him, twice.minus(Duration.ofHours(1)));
    }

    /** The next night on which the clocks go forward, or back, that is more than a month away. */
    private Instant change(boolean forward) {
        ZoneOffsetTransition change = WorkingDays.LONDON.getRules().nextTransition(now().plus(Duration.ofDays(31)));
        return (change.isGap() == forward ? change : WorkingDays.LONDON.getRules().nextTransition(change.getInstant())).getInstant();
    }

    @Test
    void itIsMovedAndTakenBack() {
        next(DayOfWeek.WEDNESDAY, TEN);
        Someone her = of("moving");
        JsonNode free = her.api().get(her.path() + "/slots").expect(200).body().path("free");
        String id = her.api().post(her.path(), Map.of("reason", "date", "preferred", List.of(free.get(4)))).expect(201).at("/id");
        String path = "/v1/me/call-backs/" + id;
        String tag = her.api().get(path).expect(200).header("etag").orElseThrow();
        Answer moved = her.api().with("If-Match", tag).put(path, Map.of("preferred", List.of(free.get(6)))).expect(200);
        assertEquals(free.get(6).path("from").asText(), moved.at("/slot/from"));
        her.api().with("If-Match", tag).put(path, Map.of("preferred", List.of(free.get(5)))).expect(412);
        assertEquals(1, places("moving"));
        her.api().delete(path).expect(204);
        her.api().delete(path).expect(204);
        assertEquals(0, places("moving"));
        assertNull(listed(id));
        her.api().with("If-Match", her.api().get(path).header("etag").orElseThrow()).put(path, Map.of("voicemail", true)).expect(409);
    }

    private int places(String unit) {
        return count("select count(*) from waymark.call_back_slot where unit = ?", unit);
    }

    @Test
    void aTimeThatPassesWithoutACallIsSaidAndRaised() {
        next(DayOfWeek.THURSDAY, TEN);
        Someone her = someone();
        JsonNode free = her.api().get(her.path() + "/slots").expect(200).body().path("free");
        String id = her.api().post(her.path(), Map.of("reason", "date", "preferred", List.of(free.get(1)))).expect(201).at("/id");
        clocks.advanceCase(Duration.between(now(), Instant.parse(free.get(1).path("to").asText())).plusSeconds(1));
        drain();
        assertEquals("missed", her.api().get("/v1/me/call-backs/" + id).expect(200).at("/state"));
        assertTrue(phone(her).getFirst().startsWith("Sorry that we missed you."), () -> phone(her).toString());
    }

    @Test
    void timesThatAreOverKeepNobodyFromRinging() {
        next(DayOfWeek.THURSDAY, TEN);
        Someone her = someone();
        JsonNode free = her.api().get(her.path() + "/slots").expect(200).body().path("free");
        JsonNode later = tomorrow(free);
        String id = her.api().post(her.path(), Map.of("reason", "date", "preferred", List.of(free.get(1), later))).expect(201).at("/id");
        on(free.get(1).path("from").asText());
        inVain(id, "no_answer");
        assertEquals(Instant.parse(later.path("to").asText()), Instant.parse(listed(id).path("next_at").asText()), "due when it may be");
        clocks.advanceCase(Duration.ofHours(5));
        Answer refused = staff("witness_care").post(calls(id) + "/claim", null).expect(409);
        assertEquals("not-yet", problem(refused));
        assertFalse(refused.at("/detail").contains("Thursday"), () -> "not the time that is over: " + refused.text());
        on(later.path("to").asText());
        assertTrue(staff("witness_care").post(calls(id) + "/claim", null).expect(200).body().hasNonNull("number"));
    }

    /** The first day on which nothing is taken yet. */
    private JsonNode tomorrow(JsonNode free) {
        LocalDate today = LocalDate.ofInstant(now(), WorkingDays.LONDON);
        for (JsonNode time : free) {
            if (LocalDate.ofInstant(Instant.parse(time.path("from").asText()), WorkingDays.LONDON).isAfter(today)) {
                return time;
            }
        }
        throw new AssertionError(free.toString());
    }

    private void on(String moment) {
        clocks.advanceCase(Duration.between(now(), Instant.parse(moment)));
    }

    @Test
    void whoFoundAllTheirTimesTakenIsRungOnceTheyAreOver() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = of("full");
        JsonNode time = tomorrow(her.api().get(her.path() + "/slots").expect(200).body().path("free"));
        Map<String, Object> wish = Map.of("reason", "date", "preferred", List.of(time));
        Someone third = of("full");
        for (Someone someone : List.of(her, of("full"))) {
            assertEquals("booked", someone.api().post(someone.path(), wish).expect(201).at("/state"));
        }
        Answer asked = third.api().post(third.path(), wish).expect(201);
        assertEquals("asked", asked.at("/state"));
        assertTrue(asked.at("/next").startsWith("Those times are all taken."), asked::text);
        assertEquals("not-yet", problem(staff("witness_care").post(calls(asked.at("/id")) + "/claim", null).expect(409)));
        on(time.path("to").asText());
        assertFalse(now().isAfter(Instant.parse(asked.at("/due_at"))), "in time");
        assertTrue(staff("witness_care").post(calls(asked.at("/id")) + "/claim", null).expect(200).body().hasNonNull("number"));
    }

    @Test
    void aClaimThatComesToNothingLapses() {
        next(DayOfWeek.THURSDAY, TEN);
        Someone her = someone();
        String id = her.api().post(her.path(), Map.of("reason", "change")).expect(201).at("/id");
        staff("witness_care").post(calls(id) + "/claim", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(31));
        drain();
        assertEquals("asked", her.api().get("/v1/me/call-backs/" + id).expect(200).at("/state"));
        staff("victim_care").post(calls(id) + "/claim", null).expect(200);
    }

    @Test
    void whoSpeaksForLongerThanAClaimHoldsPutsTheCallDownAllTheSame() {
        next(DayOfWeek.THURSDAY, TEN);
        Someone her = someone();
        String id = her.api().post(her.path(), Map.of("reason", "question")).expect(201).at("/id");
        staff("witness_care").post(calls(id) + "/claim", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(40));
        drain();
        staff("victim_care").post(calls(id) + "/attempts", Map.of("outcome", "reached")).expect(409);
        Answer told = staff("witness_care").post(calls(id) + "/attempts", Map.of("outcome", "reached", "note", "A long talk.")).expect(201);
        assertEquals("northmoor-witness-care", told.at("/claimed_by"), "and it is theirs again");
        assertEquals("Ruth Pemberton", told.at("/claimed_by_name"));
        staff("victim_care").post(calls(id) + "/claim", null).expect(409);
        staff("witness_care").post(calls(id) + "/completion", Map.of("outcome", "spoken")).expect(200);

        String other = her.api().post(her.path(), Map.of("reason", "question")).expect(201).at("/id");
        staff("witness_care").post(calls(other) + "/claim", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(40));
        drain();
        staff("victim_care").post(calls(other) + "/claim", null).expect(200);
        assertEquals("not-claimed", problem(staff("witness_care").post(calls(other) + "/attempts", Map.of("outcome", "reached"))
            .expect(409)));
    }

    @Test
    void whoDoesNotFeelSafeIsFirstAtAnyHour() {
        next(DayOfWeek.FRIDAY, LocalTime.of(23, 0));
        Someone other = someone();
        String waiting = other.api().post(other.path(), Map.of("reason", "question")).expect(201).at("/id");
        Someone her = someone();
        Answer asked = her.api().post(her.path(), Map.of("reason", "not_safe")).expect(201);
        assertEquals(60, within(asked));
        assertTrue(asked.at("/emergency").contains("999") && asked.at("/emergency").contains("55"), asked::text);
        List<String> order = new ArrayList<>();
        staff("officer").get("/v1/staff/call-backs?limit=100").expect(200).body().path("items").forEach(i -> order.add(i.path("id").asText()));
        assertTrue(order.indexOf(asked.at("/id")) < order.indexOf(waiting), order::toString);
        assertEquals("Control room", listed(asked.at("/id")).at("/out_of_hours/name").asText());
        assertTrue(items(her).contains("call_wanted not_safe"), () -> items(her).toString());
        her.api().delete("/v1/me/call-backs/" + asked.at("/id")).expect(204);
        assertTrue(items(her).contains("call_back_check cancelled"), "somebody else may hold the phone");
    }

    /** The force of these tests has no system that takes anything: staff are told all the same. */
    @Test
    void atNightWhoeverIsOnIsToldWithinMinutesThatNobodyHasTakenItOn() {
        next(DayOfWeek.FRIDAY, LocalTime.of(23, 0));
        Someone her = someone();
        String id = her.api().post(her.path(), Map.of("reason", "not_safe")).expect(201).at("/id");
        clocks.advanceCase(Duration.ofMinutes(9));
        late(id);
        assertFalse(items(her).contains("outbound_late urgent"), () -> items(her).toString());
        clocks.advanceCase(Duration.ofMinutes(2));
        late(id);
        assertTrue(items(her).contains("outbound_late urgent"), () -> items(her).toString());
        Someone other = someone();
        String second = other.api().post(other.path(), Map.of("reason", "not_safe")).expect(201).at("/id");
        staff("officer").post(calls(second) + "/claim", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(11));
        late(second);
        assertFalse(items(other).contains("outbound_late urgent"), "somebody has taken it on");
        staff("officer").post(calls(second) + "/attempts", Map.of("outcome", "unsafe_now")).expect(201);
        clocks.advanceCase(Duration.ofMinutes(11));
        late(second);
        assertFalse(items(other).contains("outbound_late urgent"), "a supervisor has an item of their own");
        staff("supervisor").post(calls(second) + "/decision", Map.of("decision", "another_call", "reason", "Try once more.")).expect(200);
        clocks.advanceCase(Duration.ofMinutes(11));
        late(second);
        assertTrue(items(other).contains("outbound_late urgent"), "nobody rings, and nobody decides any more");
    }

    private void late(String id) {
        acting().as(worker("northmoor"), (Connection c) -> {
            Sql.list(c, "select id from waymark.outbound_parcel where type = 'call_back_urgent' and subject_id = ?::uuid",
                r -> Sql.uuid(r, "id"), id).forEach(parcel -> bean(Arrivals.class).late(c, parcel));
            return null;
        });
    }

    /** The very phone that an abuser may hold. */
    @Test
    void anotherNumberIsNeverRungInAFlaggedCaseAndTheAnswerIsTheSame() {
        next(DayOfWeek.FRIDAY, TEN);
        Someone plain = someone();
        Someone her = flagged("domestic_abuse");
        Map<String, Object> wish = Map.of("reason", "question", "mobile", "07700 900987", "word", "bluebell", "voicemail", true);
        Answer said = her.api().post(her.path(), wish).expect(201);
        Answer other = plain.api().post(plain.path(), wish).expect(201);
        assertEquals(other.at("/next"), said.at("/next"));
        assertEquals(other.at("/state"), said.at("/state"));
        Answer rung = staff("witness_care").post(calls(other.at("/id")) + "/claim", null).expect(200);
        assertEquals("+447700900987", rung.at("/number"));
        Answer claimed = staff("witness_care").post(calls(said.at("/id")) + "/claim", null).expect(200);
        assertFalse(claimed.text().contains("900987") || claimed.text().contains("bluebell"), claimed::text);
        assertTrue(claimed.at("/before").contains("do not rest on it") && claimed.at("/before").contains("Leave no message."), claimed::text);
        assertTrue(claimed.body().path("to_confirm").asBoolean());
        assertTrue(items(her).contains("call_back_check number"), () -> items(her).toString());
    }

    @Test
    void aFlagThatCameAfterTheWishIsSaidBeforeTheNumber() {
        next(DayOfWeek.FRIDAY, TEN);
        Someone her = someone();
        String asked = her.api().post(her.path(), Map.of("reason", "question")).expect(201).at("/id");
        String arranged = staff("witness_care").post("/v1/staff/people/" + her.person() + "/call-backs",
            Map.of("case_id", her.caseId().toString(), "reason", "question")).expect(201).at("/id");
        flag(her, "domestic_abuse");
        String warning = "It was asked for from their phone in a case with a safety flag.";
        Answer claimed = staff("witness_care").post(calls(asked) + "/claim", null).expect(200);
        assertTrue(claimed.at("/before").contains(warning), claimed::text);
        assertFalse(staff("witness_care").post(calls(arranged) + "/claim", null).expect(200).at("/before").contains(warning));
    }

    @Test
    void whatStaffArrangedInAFlaggedCaseIsNotTakenBackInSilence() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = flagged("domestic_abuse");
        Map<String, Object> wish = Map.of("case_id", her.caseId().toString(), "reason", "question");
        String path = "/v1/staff/people/" + her.person() + "/call-backs";
        String moved = staff("witness_care").post(path, wish).expect(201).at("/id");
        String mine = "/v1/me/call-backs/" + moved;
        her.api().with("If-Match", her.api().get(mine).header("etag").orElseThrow()).put(mine, Map.of("withhold_number", false)).expect(200);
        assertTrue(listed(moved).path("to_confirm").asBoolean());
        assertTrue(items(her).contains("call_back_check changed"), () -> items(her).toString());
        assertTrue(staff("witness_care").post(calls(moved) + "/claim", null).expect(200).at("/before").contains("Withhold our number."));
        String cancelled = staff("witness_care").post(path, wish).expect(201).at("/id");
        her.api().delete("/v1/me/call-backs/" + cancelled).expect(204);
        assertTrue(items(her).contains("call_back_check cancelled"), () -> items(her).toString());
        assertEquals(1, count("select count(*) from waymark.outbound_parcel where type = 'call_back_outcome' and subject_id = ?::uuid",
            cancelled));
    }

    @Test
    void whoDoesNotFeelSafeIsNotPutOffByAskingAgain() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        Answer asked = her.api().post(her.path(), Map.of("reason", "not_safe")).expect(201);
        String path = "/v1/me/call-backs/" + asked.at("/id");
        clocks.advanceCase(Duration.ofMinutes(40));
        Answer again = her.api().with("If-Match", her.api().get(path).header("etag").orElseThrow()).put(path, Map.of("preferred", List.of()))
            .expect(200);
        assertEquals(asked.at("/due_at"), again.at("/due_at"));
    }

    @Test
    void welshIsRungByWhoSpeaksIt() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        Answer asked = her.api().with("Accept-Language", "cy").post(her.path(), Map.of("reason", "question", "language", "cy")).expect(201);
        assertTrue(asked.at("/next").startsWith("Diolch. Bydd rhywun yn eich ffonio"), asked::text);
        String id = asked.at("/id");
        assertEquals("speaker-needed", problem(staff("witness_care").post(calls(id) + "/claim", null).expect(409)));
        staff("supervisor").post(calls(id) + "/claim", null).expect(409);
        clocks.advanceCase(Duration.ofHours(4));
        drain();
        assertTrue(items(her).contains("call_back_language nobody_speaks_it"), () -> items(her).toString());
        staff("witness_care").post(calls(id) + "/claim", null).expect(409);
        assertTrue(staff("officer").post(calls(id) + "/claim", null).expect(200).at("/before").contains("Ring in Welsh."));
    }

    /** In the hours before its time nobody may ring: there is nobody to be found either. */
    @Test
    void aWelshSpeakerIsWaitedForFromWhenTheyCouldRing() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = of("welsh");
        JsonNode time = tomorrow(her.api().get(her.path() + "/slots").expect(200).body().path("free"));
        String booked = her.api().post(her.path(), Map.of("reason", "date", "language", "cy", "preferred", List.of(time))).expect(201).at("/id");
        clocks.advanceCase(Duration.ofHours(5));
        drain();
        assertEquals(List.of("call_wanted app"), items(her));
        on(Instant.parse(time.path("from").asText()).minus(Duration.ofMinutes(30)).toString());
        drain();
        assertEquals("speaker-needed", problem(staff("supervisor").post(calls(booked) + "/claim", null).expect(409)));
        assertEquals(List.of("call_wanted app"), items(her));

        next(DayOfWeek.TUESDAY, LocalTime.of(16, 50));
        Someone him = of("welsh");
        String evening = him.api().post(him.path(), Map.of("reason", "question", "language", "cy")).expect(201).at("/id");
        clocks.advanceCase(Duration.ofHours(5));
        drain();
        assertEquals(List.of("call_wanted app"), items(him), "nobody is there at night");
        clocks.advanceCase(Duration.ofHours(15));
        drain();
        assertTrue(items(him).contains("call_back_language nobody_speaks_it"), () -> items(him).toString());
        staff("officer").post(calls(evening) + "/claim", null).expect(200);
        assertEquals(List.of("call_wanted app"), items(him), "somebody has been found");
        staff("officer").post(calls(evening) + "/attempts", Map.of("outcome", "no_answer")).expect(201);
        clocks.advanceCase(Duration.ofHours(1));
        drain();
        assertEquals(List.of("call_wanted app"), items(him), "and has rung");
    }

    @Test
    void aTextAsksForACallOnceAndItsItemStandsForIt() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        text(her, "CALL");
        clocks.advanceMachine(Duration.ofHours(2));
        text(her, "CALL");
        List<JsonNode> mine = waiting(her);
        assertEquals(1, mine.size());
        assertEquals("sms", mine.getFirst().path("via").asText());
        assertEquals(List.of("call_wanted reply_call"), items(her));
        String id = mine.getFirst().path("id").asText();
        staff("witness_care").post(calls(id) + "/claim", null).expect(200);
        staff("witness_care").post(calls(id) + "/completion", Map.of("outcome", "not_needed")).expect(200);
        assertEquals(List.of(), items(her));
    }

    private List<JsonNode> waiting(Someone someone) {
        List<JsonNode> theirs = new ArrayList<>();
        staff("supervisor").get("/v1/staff/call-backs?limit=100").expect(200).body().path("items").forEach(i -> {
            if (i.path("person_id").asText().equals(someone.person().toString())) {
                theirs.add(i);
            }
        });
        return theirs;
    }

    @Test
    void whoTextsAndThenBooksIsDueInThePlace() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        text(her, "CALL");
        String id = waiting(her).getFirst().path("id").asText();
        String path = "/v1/me/call-backs/" + id;
        JsonNode time = tomorrow(her.api().get(her.path() + "/slots").expect(200).body().path("free"));
        Answer booked = her.api().with("If-Match", her.api().get(path).header("etag").orElseThrow()).put(path, Map.of("preferred",
            List.of(time))).expect(200);
        Instant to = Instant.parse(time.path("to").asText());
        assertEquals(to, Instant.parse(booked.at("/due_at")), "reports count by it");
        clocks.advanceMachine(Duration.ofHours(2));
        text(her, "CALL");
        List<JsonNode> both = waiting(her);
        assertEquals(2, both.size(), "to be rung before, and in the place");
        assertTrue(Instant.parse(both.getFirst().path("due_at").asText()).isBefore(to));
        assertEquals(id, both.getLast().path("id").asText());
        assertEquals(to, Instant.parse(both.getLast().path("next_at").asText()));
    }

    private void text(Someone someone, String words) {
        api().post("/sandbox/replies", Map.of("from", someone.mobile(), "body", words)).expect(204);
        drain();
    }

    @Test
    void theSameKeyAsksOnceAndNobodyAsksForEver() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone();
        var keyed = her.api().with("Idempotency-Key", "one");
        String id = keyed.post(her.path(), Map.of("reason", "question")).expect(201).at("/id");
        assertEquals(id, keyed.post(her.path(), Map.of("reason", "question")).expect(201).at("/id"));
        keyed.post(her.path(), Map.of("reason", "other")).expect(422);
        for (int i = 0; i < 4; i++) {
            her.api().post(her.path(), Map.of("reason", "other")).expect(201);
        }
        assertEquals("too-many-waiting", problem(her.api().post(her.path(), Map.of("reason", "other")).expect(409)));
        her.api().post(her.path(), Map.of("reason", "not_safe")).expect(201);
        her.api().post(her.path(), new HashMap<>(Map.of("reason", "other", "mobile", "not a number"))).expect(422);
    }

    private static String problem(Answer answer) {
        return answer.at("/type").substring("urn:waymark:problem:".length());
    }
}
