package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** What phones show while the clock of the sandbox is moved; weeks with Easter and the change of the clocks in them. In order of case time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemindersTest extends WaymarkTest {
    /** What stands in reminders and in nothing else. */
    private static final List<String> MARKS = List.of("How will you get there", "Expect a bag search", "leave plenty of time",
        "Sut byddwch chi'n cyrraedd", "Bydd bagiau'n", "goes ahead", "The hearing at");
    private static final String LEEDS = "Leeds Crown Court";
    private static int numbers = 200;
    private int cases;

    @BeforeEach
    void clockStarts() {
        if (cases == 0) {
            clocks.caseTime().moveTo(london("2027-03-15T09:00"));
        }
    }

    private static Instant london(String local) {
        return LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant();
    }

    private record Person(String id, String mobile, String language, String safe) {
        static Person of(String language, String safe) {
            int n = ++numbers;
            return new Person("p" + n, "+447700900" + n, language, safe);
        }

        Map<String, Object> reported() {
            return Map.of("source_person_id", id, "role", "victim", "given_name", "Alys", "family_name", "Penrose", "mobile", mobile,
                "mobile_safe", safe, "language", language, "entitlement", "standard");
        }
    }

    @Test
    @Order(1)
    void threeWeeksShowExactlyThePlanInBothLanguages() {
        Person english = Person.of("en", "safe");
        Person welsh = Person.of("cy", "safe");
        Person unsure = Person.of("en", "unknown");
        Person evening = Person.of("en", "safe");
        String trial = crime(english, welsh, unsure, evening);
        evenings(trial, evening);
        list(trial, "h", "2027-03-30T10:00", english, welsh, unsure, evening);
        Person moved = Person.of("en", "safe");
        String movedCase = crime(moved);
        list(movedCase, "h", "2027-04-01T14:00", moved);
        Person off = Person.of("en", "safe");
        String offCase = crime(off);
        list(offCase, "h", "2027-03-31T10:30", off);
        Person held = Person.of("en", "safe");
        String heldCase = crime(held);
        evenings(heldCase, held);
        list(heldCase, "h", "2027-03-30T10:00", held);
        assertTrue(reminders(english).isEmpty());

        to("2027-03-23T12:00");
        assertTrue(reminders(held).isEmpty(), "it waits for the evening");
        change(heldCase, "2027-04-13T10:00");
        to("2027-03-26T12:00");
        change(movedCase, "2027-04-08T11:00");
        to("2027-03-27T12:00");
        report(event(offCase + "v", offCase, now(), "hearing_vacated", Map.of("hearing_id", offCase + "h")));
        while (clocks.caseNow().isBefore(london("2027-04-05T09:00"))) {
            api().post("/sandbox/clock", Map.of("advance", "P1D")).expect(200);
        }

        String question = "You are needed at court on Tuesday 30 March, 10am. How will you get there? Reply YES if you can come, CANNOT if "
            + "not, HELP or CALL to talk.";
        String details = "You are needed at Leeds Crown Court on Tuesday 30 March, 10am. Expect a bag search and a wait. Reply YES, CANNOT, "
            + "HELP or CALL.";
        assertEquals(List.of("2027-03-23T10:00 " + question, "2027-03-25T10:00 " + details), reminders(english));
        assertEquals(List.of("2027-03-23T10:00 Mae eich angen yn y llys ar ddydd Mawrth 30 Mawrth, 10am. Sut byddwch chi'n cyrraedd? Atebwch "
                + "IE os gallwch ddod, METHU os na allwch, CYMORTH neu FFONIO i siarad.",
            "2027-03-25T10:00 Mae eich angen yn Leeds Crown Court ar ddydd Mawrth 30 Mawrth, 10am. Bydd bagiau'n cael eu chwilio ac "
                + "efallai y bydd rhaid aros. Atebwch IE, METHU, CYMORTH neu FFONIO."), reminders(welsh));
        assertEquals(List.of("2027-03-23T10:00 " + question.replace("You are needed at court", "Your appointment is"),
            "2027-03-25T10:00 Your appointment is on Tuesday 30 March, 10am. Please leave plenty of time: you may have to wait. Reply YES, "
                + "CANNOT, HELP or CALL."), reminders(unsure));
        assertEquals(List.of("2027-03-23T18:30 " + question, "2027-03-25T18:30 " + details), reminders(evening));
        assertEquals(List.of("2027-03-25T10:00 " + question.replace("Tuesday 30 March, 10am", "Thursday 1 April, 2pm"),
            "2027-04-01T10:00 " + question.replace("Tuesday 30 March, 10am", "Thursday 8 April, 11am")), reminders(moved));
        assertEquals(List.of("2027-03-24T10:00 " + question.replace("Tuesday 30 March, 10am", "Wednesday 31 March, 10:30am")),
            reminders(off));
        assertEquals(List.of(), reminders(held));
        assertEquals(List.of("done delivered", "done delivered"), rows(trial, english));
    }

    @Test
    @Order(2)
    void severalDaysAreOneQuestionAndSeveralHearingsOfADayOneMessage() {
        to("2027-05-03T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        String other = crime(person);
        list(reference, "a", "2027-05-17T10:00", person);
        list(reference, "b", "2027-05-18T10:00", person);
        list(reference, "c", "2027-05-19T10:00", person);
        list(other, "d", "2027-05-17T14:00", person);
        to("2027-05-17T12:00");
        assertEquals(List.of(
            "2027-05-10T10:00 You have 4 court dates, first on Monday 17 May, 10am, last on Wednesday 19 May. How will you get there? Reply "
                + "YES, CANNOT, HELP or CALL.",
            "2027-05-14T10:00 You are needed at Leeds Crown Court on Monday 17 May, 10am. Expect a bag search and a wait. Reply YES, CANNOT, "
                + "HELP or CALL.",
            "2027-05-17T10:00 You are needed at Leeds Crown Court on Tuesday 18 May, 10am. Expect a bag search and a wait. Reply YES, CANNOT, "
                + "HELP or CALL."), reminders(person));
    }

    @Test
    @Order(3)
    void twoCourtsOnOneDayAreTwoTextsAndWhoIsNeededThatDayIsNotToldToStayAway() {
        to("2027-05-20T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        String other = crime(person);
        list(reference, "a", "2027-05-28T10:00", person);
        var york = new java.util.HashMap<>(listed(other, "b", "2027-05-28T14:00", person));
        york.put("court", Map.of("name", "York Crown Court"));
        report(event(other + "b", other, now(), "hearing_listed", york));
        list(crime(person), "c", "2027-05-28T12:00");
        to("2027-05-28T15:00");
        List<String> texts = reminders(person);
        assertTrue(texts.stream().anyMatch(t -> t.contains("needed at Leeds Crown Court on Friday 28 May, 10am")), texts::toString);
        assertTrue(texts.stream().anyMatch(t -> t.contains("needed at York Crown Court on Friday 28 May, 2pm")), texts::toString);
        assertTrue(texts.stream().noneMatch(t -> t.contains("do not need to come")), texts::toString);
    }

    @Test
    @Order(4)
    void whoIsNotNeededOrCannotComeOrIsOnlyOnAListIsNotReminded() {
        to("2027-06-01T12:00");
        Person dewarned = Person.of("en", "safe");
        Person stays = Person.of("en", "safe");
        Person cannot = Person.of("en", "safe");
        String reference = crime(dewarned, stays, cannot);
        list(reference, "h", "2027-06-15T10:00", dewarned, stays, cannot);
        CourtHearing hearing = hearing(reference);
        acting().as(worker("northmoor"), c -> bean(HearingAnswers.class).add(c, force("northmoor"), new HearingAnswers.Entry(null,
            hearing.id(), personId(cannot), hearing.caseId(), hearing.version(), HearingAnswers.Answer.CANNOT, HearingAnswers.Via.STAFF,
            true, null, clocks.caseNow(), "staff")));
        to("2027-06-08T09:00");
        report(event(reference + "w", reference, now(), "hearing_changed", Map.of("hearing_id", reference + "h", "required",
            List.of(stays.id(), cannot.id()))));
        to("2027-06-15T12:00");
        assertEquals(2, reminders(stays).size());
        assertEquals(List.of(), reminders(dewarned));
        assertEquals(List.of(), reminders(cannot));
        assertEquals(List.of("skipped answered_cannot", "skipped answered_cannot"), rows(reference, cannot));
        assertEquals(List.of("skipped not_required", "skipped not_required"), rows(reference, dewarned));
    }

    @Test
    @Order(5)
    void aPlanIsChangedByASupervisorAndHoldsAtOnce() {
        to("2027-07-01T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        list(reference, "h", "2027-07-20T10:00", person);
        Api supervisor = api().as(staffToken("supervisor", "northmoor"));
        String path = "/v1/staff/reminder-plans/trial";
        String tag = supervisor.get(path).expect(200).header("etag").orElseThrow();
        var body = Map.of("steps", List.of(Map.of("days_before", 5, "at", "11:30", "words", "details")));
        supervisor.put(path, body).expect(428);
        api().as(staffToken("witness_care", "northmoor")).with("If-Match", tag).put(path, body).expect(403);
        supervisor.with("If-Match", tag).put(path, Map.of("steps", List.of(Map.of("days_before", 5, "at", "07:30", "words", "details"))))
            .expect(422);
        assertEquals("1", supervisor.with("If-Match", tag).put(path, body).expect(200).at("/version"));
        supervisor.with("If-Match", tag).put(path, body).expect(412);
        supervisor.get("/v1/staff/reminder-plans/nothing").expect(404);
        assertEquals(List.of("skipped plan_changed", "skipped plan_changed", "planned null"), rows(reference, person));
        to("2027-07-15T12:00");
        assertEquals(1, reminders(person).size());
        assertTrue(reminders(person).getFirst().startsWith("2027-07-15T11:30 "), reminders(person).toString());
        assertEquals("0", api().as(staffToken("witness_care", "glanafon")).get(path).expect(200).at("/version"));

        tag = supervisor.get(path).expect(200).header("etag").orElseThrow();
        assertEquals(List.of(), gaps(reference));
        list(reference, "n", "2027-08-20T10:00", person);
        supervisor.with("If-Match", tag).put(path, Map.of("steps", List.of())).expect(200);
        assertEquals(List.of("no_plan", "no_plan"), gaps(reference));
        tag = supervisor.get(path).expect(200).header("etag").orElseThrow();
        supervisor.with("If-Match", tag).put(path, Map.of("steps", List.of(
            Map.of("days_before", 7, "at", "10:00", "words", "question"),
            Map.of("days_before", 1, "working_days", true, "at", "10:00", "words", "details")))).expect(200);
        assertEquals(List.of(), gaps(reference));
    }

    @Test
    @Order(6)
    void staffRemindNow() {
        to("2027-09-01T12:00");
        Person person = Person.of("en", "safe");
        Person noNumber = Person.of("en", "unsafe");
        String reference = crime(person, noNumber);
        list(reference, "h", "2027-09-20T10:00", person, noNumber);
        String path = "/v1/staff/hearings/" + hearing(reference).id() + "/reminders";
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        JsonNode dry = staff.post(path + "?dry_run=true", Map.of()).expect(200).body();
        assertEquals(Map.of(personId(person).toString(), "send", personId(noNumber).toString(), "staff"), outcomes(dry));
        assertEquals("Mae eich apwyntiad ar ddydd Llun 20 Medi, 10am. Gadewch ddigon o amser: efallai y bydd rhaid aros. Atebwch IE, METHU, "
            + "CYMORTH neu FFONIO.", dry.path("text_cy").asText());
        assertEquals(List.of(), reminders(person));
        var once = staff.with("Idempotency-Key", "remind-1");
        once.post(path, Map.of()).expect(200);
        once.post(path, Map.of()).expect(200);
        once.post(path, Map.of("words", "question")).expect(422);
        to("2027-09-01T12:10");
        assertEquals(1, reminders(person).size());
        assertEquals("none", outcomes(staff.post(path, Map.of()).expect(200).body()).get(personId(person).toString()));
        api().as(staffToken("witness_care", "glanafon")).post(path, Map.of()).expect(404);
        staff.post(path, Map.of("people", List.of(UUID.randomUUID()))).expect(422);
        report(event(reference + "v", reference, now(), "hearing_vacated", Map.of("hearing_id", reference + "h")));
        staff.post(path, Map.of()).expect(409);
    }

    @Test
    @Order(7)
    void whatIsKeptQuietIsForTheUnit() {
        to("2027-10-01T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        var data = new HashMap<>(listed(reference, "h", "2027-10-20T10:00", person));
        data.put("notify", false);
        report(event(reference + "l", reference, now(), "hearing_listed", data));
        assertEquals(List.of("kept_quiet"), gaps(reference));
        assertEquals(List.of(), rows(reference, person));
    }

    @Test
    @Order(8)
    void aHearingThatMovesMeanwhileIsPlannedForWhereItGoes() throws Exception {
        to("2027-10-25T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        list(reference, "h", "2027-11-15T10:00", person);
        Api supervisor = api().as(staffToken("supervisor", "northmoor"));
        String path = "/v1/staff/reminder-plans/trial";
        var put = supervisor.with("If-Match", supervisor.get(path).expect(200).header("etag").orElseThrow());
        var body = Map.of("steps", List.of(Map.of("days_before", 3, "at", "11:30", "words", "details")));
        UUID id = hearing(reference).id();
        try (var moving = database.superuser()) {
            moving.setAutoCommit(false);
            Sql.run(moving, "update waymark.hearing set starts_at = ?, on_date = '2027-11-22', version = version + 1 where id = ?",
                london("2027-11-22T10:00"), id);
            var changed = CompletableFuture.supplyAsync(() -> put.put(path, body));
            untilWaiting(1);
            moving.commit();
            changed.get().expect(200);
        }
        assertEquals(List.of("2027-11-19T11:30:00Z"), acting().as(worker("northmoor"), c -> Sql.list(c,
            "select due_at from waymark.reminder where hearing_id = ? and state = 'planned'",
            r -> Sql.instant(r, "due_at").toString(), id)));
    }

    @Test
    @Order(9)
    void twoWhoRemindAtTheSameTimeRemindOnce() throws Exception {
        to("2027-11-25T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        list(reference, "h", "2027-12-15T10:00", person);
        UUID id = hearing(reference).id();
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        var said = new ArrayList<String>();
        try (var other = database.superuser()) {
            other.setAutoCommit(false);
            Sql.one(other, "select 1 from waymark.hearing where id = ? for update", r -> true, id);
            var both = Stream.of("both-1", "both-2").map(key -> CompletableFuture.supplyAsync(() ->
                staff.with("Idempotency-Key", key).post("/v1/staff/hearings/" + id + "/reminders", Map.of()))).toList();
            untilWaiting(2);
            other.commit();
            for (var one : both) {
                said.add(outcomes(one.get().expect(200).body()).get(personId(person).toString()));
            }
        }
        assertEquals(List.of("none", "send"), said.stream().sorted().toList());
    }

    @Test
    @Order(10)
    void whatIsDueToOnePersonIsTakenTogether() {
        to("2028-01-10T12:00");
        Person person = Person.of("en", "safe");
        String reference = crime(person);
        list(reference, "a", "2028-02-14T10:00", person);
        list(reference, "b", "2028-02-15T10:00", person);
        UUID id = personId(person);
        List<Reminder> taken = acting().as(worker("northmoor"), c -> {
            Sql.run(c, "update waymark.reminder set state = 'skipped' where state = 'planned' and person_id <> ?", id);
            return bean(ReminderStore.class).takeDue(c, london("2028-03-01T12:00"), 1);
        });
        assertTrue(taken.size() > 1, taken.toString());
        assertEquals(List.of(id), taken.stream().map(Reminder::person).distinct().toList());
    }

    @Test
    @Order(11)
    void aReminderIsSaidInTheUnitsOwnWordsFromTheApprovalOnUntilTheyAreRolledBack() {
        to("2028-04-03T12:00");
        Person english = Person.of("en", "safe");
        Person welsh = Person.of("cy", "safe");
        String reference = crime(english, welsh);
        list(reference, "h", "2028-05-22T10:00", english, welsh);
        String path = "/v1/staff/hearings/" + hearing(reference).id() + "/reminders?dry_run=true";
        String template = "/v1/staff/templates/reminder_question";
        Api supervisor = api().as(staffToken("supervisor", "northmoor"));
        Api second = api().as(staffToken("administrator", "northmoor"));
        var question = Map.of("words", "question");
        String shipped = supervisor.post(path, question).expect(200).at("/text_en");
        var read = supervisor.get(template).expect(200);
        var proposed = supervisor.with("If-Match", read.header("etag").orElseThrow()).put(template, Map.of("texts", List.of(
            word("en", "neutral", "See you {when_en}? How will you get there? Reply YES, CANNOT, HELP or CALL."),
            word("en", "plain", "We need you at court {when_en}. How will you get there? Reply YES, CANNOT, HELP or CALL."),
            word("cy", "neutral", "Welwn ni chi {when_cy}? Sut byddwch chi'n cyrraedd? Atebwch IE, METHU, CYMORTH neu FFONIO."),
            word("cy", "plain", "Mae arnom eich angen yn y llys {when_cy}. Sut byddwch chi'n cyrraedd? Atebwch IE, METHU, CYMORTH neu FFONIO."))))
            .expect(200);
        assertEquals(shipped, supervisor.post(path, question).expect(200).at("/text_en"), "nobody has approved it");
        var approved = second.with("If-Match", proposed.header("etag").orElseThrow()).post(template + "/approval",
            Map.of("proposal_id", proposed.at("/proposal/id"))).expect(200);
        assertEquals("See you on Monday 22 May, 10am? How will you get there? Reply YES, CANNOT, HELP or CALL.",
            supervisor.post(path, question).expect(200).at("/text_en"));
        supervisor.post(path.replace("?dry_run=true", ""), question).expect(200);
        to("2028-04-03T14:00");
        assertEquals("We need you at court on Monday 22 May, 10am. How will you get there? Reply YES, CANNOT, HELP or CALL.",
            reminders(english).getLast().substring(17));
        assertEquals("Mae arnom eich angen yn y llys ar ddydd Llun 22 Mai, 10am. Sut byddwch chi'n cyrraedd? Atebwch IE, METHU, CYMORTH neu "
            + "FFONIO.", reminders(welsh).getLast().substring(17));

        second.with("If-Match", approved.header("etag").orElseThrow()).post(template + "/rollback", Map.of("to", "shipped", "reason",
            "People did not know who needs them.")).expect(200);
        to("2028-04-04T12:00");
        supervisor.post(path.replace("?dry_run=true", ""), question).expect(200);
        to("2028-04-04T14:00");
        assertTrue(reminders(english).getLast().contains("You are needed at court on Monday 22 May, 10am. "), reminders(english).toString());
        assertTrue(reminders(welsh).getLast().contains("Mae eich angen yn y llys ar ddydd Llun 22 Mai, 10am. "), reminders(welsh).toString());
    }

    private static Map<String, String> word(String language, String variant, String text) {
        return Map.of("language", language, "variant", variant, "text", text);
    }

    /** @param requests that wait for a row that another transaction holds */
    private void untilWaiting(int requests) throws Exception {
        for (long until = System.nanoTime() + 60_000_000_000L; System.nanoTime() < until;) {
            try (var c = database.superuser()) {
                if (Sql.one(c, "select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
                        r -> r.getInt("n")).orElseThrow() >= requests) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody waits");
    }

    @Test
    @Order(21)
    void whoHadTheReminderThisMorningHasNoSecondOneBecauseThePlanIsChangedAtNoon() {
        to("2028-08-07T12:00");
        plan(Map.of("days_before", 1, "working_days", true, "at", "10:00", "words", "details"));
        Person person = Person.of("en", "safe");
        Person evening = Person.of("en", "safe");
        String reference = crime(person, evening);
        evenings(reference, evening);
        list(reference, "h", "2028-08-16T10:00", person, evening);
        to("2028-08-15T12:00");
        assertEquals(1, reminders(person).size());
        plan(Map.of("days_before", 1, "working_days", true, "at", "14:00", "words", "details"));
        to("2028-08-15T23:00");
        assertEquals(List.of("done delivered"), rows(reference, person));
        assertEquals(1, reminders(person).size(), reminders(person)::toString);
        assertEquals(1, reminders(evening).size(), "what waited for the evening is said once: " + reminders(evening));
    }

    @Test
    @Order(22)
    void aSecondSourceThatTellsNobodyTakesNeitherAnAnswerNorTodaysReminder() {
        to("2028-09-04T12:00");
        plan(Map.of("days_before", 1, "working_days", true, "at", "14:00", "words", "details"));
        Person comes = Person.of("en", "safe");
        Person cannot = Person.of("en", "safe");
        Person phoned = Person.of("en", "safe");
        String reference = crime(comes, cannot, phoned);
        list(reference, "h", "2028-09-19T10:00", comes, cannot, phoned);
        to("2028-09-04T13:00");
        CourtHearing before = hearing(reference);
        answer(before, comes, HearingAnswers.Answer.YES);
        answer(before, cannot, HearingAnswers.Answer.CANNOT);
        to("2028-09-18T09:00");
        other(reference, "LEEDS COMBINED COURT", "trial");
        to("2028-09-18T10:00");
        CourtHearing after = hearing(reference);
        assertEquals(before.version(), after.version());
        assertEquals("Court 7", after.room());
        assertEquals(List.of("still_required"), open(reference, "hearing_to_tell"), "of who cannot come, and of nobody else");
        api().as(staffToken("witness_care", "northmoor")).post("/v1/staff/hearings/" + after.id() + "/people/" + personId(phoned) + "/contacts",
            Map.of("how", "call", "outcome", "told")).expect(201);
        to("2028-09-18T16:00");
        assertEquals(List.of("done delivered"), rows(reference, comes));
        assertEquals(List.of("skipped answered_cannot"), rows(reference, cannot));
        assertEquals(List.of("skipped told_by_staff"), rows(reference, phoned));
    }

    @Test
    @Order(23)
    void whoWasToldTodayIsNotRemindedAsWellAndWhoWasNotIs() {
        to("2028-10-02T12:00");
        Person told = Person.of("en", "safe");
        String reference = crime(told);
        Person untold = Person.of("en", "safe");
        String other = crime(untold);
        list(reference, "h", "2028-10-17T10:00", told);
        list(other, "h", "2028-10-18T10:00", untold);
        to("2028-10-16T09:00");
        change(reference, "2028-10-17T11:00");
        to("2028-10-17T09:00");
        other(other, LEEDS, "2028-10-18T10:00", "other");
        to("2028-10-17T15:00");
        assertEquals(List.of(), reminders(told));
        assertEquals("skipped told_today", rows(reference, told).getLast());
        assertEquals(1, reminders(untold).size(), () -> rows(other, untold).toString());
    }

    /** The same date by another source, which tells nobody. */
    private void other(String reference, String court, String kind) {
        other(reference, court, "2028-09-19T10:00", kind);
    }

    private void other(String reference, String court, String start, String kind) {
        var event = event(reference + "o", reference, now(), "hearing_listed", Map.of("hearing_id", reference + "o", "kind", kind, "starts_at",
            london(start).toString(), "court", Map.of("name", court, "room", "Court 7")));
        assertEquals("accepted", api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "courts", "events",
            List.of(event))).expect(200).at("/results/0/status"));
    }

    private void answer(CourtHearing h, Person person, HearingAnswers.Answer answer) {
        acting().as(worker("northmoor"), c -> bean(HearingAnswers.class).add(c, force("northmoor"), new HearingAnswers.Entry(null, h.id(),
            personId(person), h.caseId(), h.version(), answer, HearingAnswers.Via.STAFF, true, null, clocks.caseNow(), "staff")));
    }

    private List<String> open(String reference, String kind) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select w.reason from waymark.work_item w join waymark.case_file cf on cf.id = w.case_id
             where cf.crime_reference = ? and w.kind = ? and w.completed_at is null""", r -> r.getString("reason"), reference, kind));
    }

    private void plan(Map<String, Object> step) {
        Api supervisor = api().as(staffToken("supervisor", "northmoor"));
        String path = "/v1/staff/reminder-plans/trial";
        supervisor.with("If-Match", supervisor.get(path).expect(200).header("etag").orElseThrow())
            .put(path, Map.of("steps", List.of(step))).expect(200);
    }

    private static Map<String, String> outcomes(JsonNode answer) {
        var outcomes = new HashMap<String, String>();
        answer.path("items").forEach(i -> outcomes.put(i.path("person_id").asText(), i.path("outcome").asText()));
        return outcomes;
    }

    private List<String> gaps(String reference) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select w.reason from waymark.work_item w join waymark.case_file cf on cf.id = w.case_id
             where cf.crime_reference = ? and w.kind = 'hearing_without_reminder' and w.completed_at is null""",
            r -> r.getString("reason"), reference));
    }

    private List<String> rows(String reference, Person person) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select r.state, r.reason from waymark.reminder r join waymark.case_file cf on cf.id = r.case_id
             where cf.crime_reference = ? and r.person_id = ? order by r.id""",
            r -> r.getString("state") + " " + r.getString("reason"), reference, personId(person)));
    }

    private CourtHearing hearing(String reference) {
        return acting().as(worker("northmoor"), c -> {
            UUID caseId = Sql.one(c, "select id from waymark.case_file where crime_reference = ?", r -> Sql.uuid(r, "id"), reference)
                .orElseThrow();
            return bean(HearingStore.class).ofCase(c, caseId).values().iterator().next();
        });
    }

    private UUID personId(Person person) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), person.id()).orElseThrow());
    }

    /** Reminders that the phone shows, the oldest first, each after the time on the wall. */
    private List<String> reminders(Person person) {
        var texts = new ArrayList<String>();
        messages(person.mobile()).body().path("items").forEach(m -> {
            String body = m.path("body").asText();
            if (MARKS.stream().anyMatch(body::contains)) {
                texts.add(Instant.parse(m.path("sent_at").asText()).atZone(WorkingDays.LONDON).toLocalDateTime()
                    .truncatedTo(ChronoUnit.MINUTES) + " " + body);
            }
        });
        return texts.reversed();
    }

    private void to(String local) {
        api().post("/sandbox/clock", Map.of("at", london(local).toString())).expect(200);
    }

    private String now() {
        return clocks.caseNow().minus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @SuppressWarnings("unchecked")
    private String crime(Person... people) {
        String reference = "NM/REMIND/" + ++cases;
        report(recorded(reference, reference, now(), Stream.of(people).map(Person::reported).toArray(Map[]::new)));
        return reference;
    }

    private static Map<String, Object> listed(String reference, String hearing, String start, Person... required) {
        return Map.of("hearing_id", reference + hearing, "kind", "trial", "starts_at", london(start).toString(), "court",
            Map.of("ou_code", "C44SA00", "name", LEEDS), "required", Stream.of(required).map(Person::id).toList());
    }

    private void list(String reference, String hearing, String start, Person... required) {
        report(event(reference + hearing + start, reference, now(), "hearing_listed", listed(reference, hearing, start, required)));
    }

    private void change(String reference, String start) {
        report(event(reference + "c" + start, reference, now(), "hearing_changed",
            Map.of("hearing_id", reference + "h", "starts_at", london(start).toString())));
    }

    private void evenings(String reference, Person person) {
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        String path = "/v1/staff/people/" + personId(person) + "/contact-preferences";
        var days = Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
            .map(d -> Map.of("day", d, "from", "18:30", "to", "21:00")).toList();
        staff.with("If-Match", staff.get(path).expect(200).header("etag").orElseThrow()).put(path, Map.of("language", "en",
            "discreet_mode", false, "reason", "She works.", "channels", List.of(Map.of("channel", "sms")), "safe_times", days)).expect(200);
    }

    private void report(Map<String, Object> event) {
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event)))
            .expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result.toString());
    }
}
