package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.messaging.Casework.News;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;

/** When people are told, and how much: clocks that are moved, real messages, a Twilio that counts. In the order of case time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimingTest extends CaseworkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(300);
    private static final String NIGHT = "{\"quiet_hours\": {\"from\": \"22:00\", \"to\": \"07:00\"}}";

    private Person person(String choices) {
        Person person = northmoor.person("+447700900" + NUMBERS.incrementAndGet(), "safe");
        choose(person, choices);
        return person;
    }

    private void choose(Person person, String choices) {
        northmoor.work(c -> Sql.run(c, """
            insert into waymark.contact_choice (person_id, force_id, choices) values (?, ?, ?)
            on conflict (person_id) do update set choices = excluded.choices""", person.id(), force("northmoor"),
            bean(Sealing.class).sealText(ContactChoicesStore.CHOICES, person.id(), choices)));
    }

    /** By the clock on the wall. */
    private void itIs(String local) {
        clocks.caseTime().moveTo(java.time.LocalDateTime.parse(local).atZone(SafeTimes.UK).toInstant());
        drain();
    }

    private News news(Person person, String type) {
        News news = northmoor.news(person, type, clocks.caseNow());
        drain();
        return news;
    }

    private int texts(Person person) {
        return twilio.to(person.mobile()).size();
    }

    private String reason(News news) {
        return message(news, "reason");
    }

    private Instant due(News news) {
        return Instant.parse(message(news, "to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
    }

    private String message(News news, String column) {
        try (var c = database.superuser()) {
            return Sql.one(c, "select " + column + " as it from notifications.message where subject_ref = ? and template = 'case_update'",
                r -> r.getString("it"), news.event()).orElseThrow();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void complete(Person person, String outcome) {
        staff().post("/v1/staff/queue/" + queue(person, "").getFirst().path("id").asText() + "/completion",
            Map.of("outcome", outcome)).expect(204);
        drain();
    }

    @Test
    @Order(1)
    void quietHoursAcrossMidnightKeepATextUntilMorning() {
        itIs("2027-01-13T23:30:00");
        Person person = person(NIGHT);
        News news = news(person, "suspect_charged");
        assertEquals(MessageState.HELD, northmoor.state(news));
        assertEquals("quiet_hours", reason(news));
        assertEquals(Instant.parse("2027-01-14T07:00:00Z"), due(news));
        itIs("2027-01-14T06:58:00"); // time goes on while it is looked at
        assertEquals(0, texts(person));
        itIs("2027-01-14T07:00:00");
        assertEquals(1, texts(person));
        assertEquals("", northmoor.items(person));
    }

    @Test
    @Order(2)
    void whoHasChosenNothingIsToldAtAnyHourUnlessTheForceHasQuietHours() throws java.sql.SQLException {
        itIs("2027-01-15T03:00:00");
        Person told = northmoor.person("+447700900" + NUMBERS.incrementAndGet(), "safe");
        news(told, "suspect_charged");
        assertEquals(1, texts(told));
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.force set quiet_from = '21:00', quiet_to = '08:00' where code = 'northmoor'");
            Person asleep = northmoor.person("+447700900" + NUMBERS.incrementAndGet(), "safe");
            Person own = person("{\"quiet_hours\": {\"from\": \"12:00\", \"to\": \"13:00\"}}");
            News news = news(asleep, "suspect_charged");
            news(own, "suspect_charged");
            assertEquals(Instant.parse("2027-01-15T08:00:00Z"), due(news));
            assertEquals(0, texts(asleep));
            assertEquals(1, texts(own), "what a person chose goes before what the force says");
            Sql.run(c, "update waymark.force set quiet_from = null, quiet_to = null where code = 'northmoor'");
        }
    }

    @Test
    @Order(3)
    void aReminderThatWouldBeLateGoesToStaffAtOnce() {
        itIs("2027-01-15T23:00:00");
        Person late = person(NIGHT);
        Person inTime = person(NIGHT);
        Person never = person("{\"safe_times\": {\"MONDAY\": []}}");
        remind(late, Duration.ofHours(7));
        remind(inTime, Duration.ofHours(9));
        remind(never, Duration.ofDays(30));
        drain();
        assertEquals("message_withheld too_late_for_safe_time 24h", northmoor.items(late));
        assertEquals("message_withheld no_safe_time 24h", northmoor.items(never));
        assertTrue(queue(late, "").getFirst().path("detail").asText().contains("too late"));
        assertEquals("", northmoor.items(inTime));
        itIs("2027-01-16T07:00:00");
        assertEquals(1, texts(inTime));
        assertEquals(0, texts(late) + texts(never));
    }

    private void remind(Person person, Duration keeps) {
        northmoor.work(c -> bean(Outbox.class).enqueue(c, new NewMessage(force("northmoor"), person.id(), "reminder", "case_correction",
            Map.of(), "reminder:" + person.id(), null, clocks.caseNow(), clocks.caseNow().plus(keeps))));
    }

    @Test
    @Order(4)
    void aCourtDateDoesNotWaitForASafeTimeThatIsDaysAway() {
        itIs("2027-01-18T12:00:00");
        Person person = person("{\"safe_times\": {\"THURSDAY\": [{\"from\": \"10:00\", \"to\": \"12:00\"}]}}");
        News date = news(person, "hearing_listed");
        News other = news(person, "suspect_charged");
        assertEquals(MessageState.WITHHELD, northmoor.state(date));
        assertEquals("not_a_safe_time", reason(other));
        assertEquals(Instant.parse("2027-01-21T10:00:00Z"), due(other));
        assertEquals("message_withheld too_late_for_safe_time 24h", northmoor.items(person));
    }

    @Test
    @Order(5)
    void aWeekIsOneText() {
        itIs("2027-01-19T12:00:00");
        Person person = person("{\"telling\": \"WEEKLY_SUMMARY\"}");
        News first = news(person, "suspect_arrested");
        News second = news(person, "suspect_charged");
        News date = news(person, "hearing_listed");
        assertEquals(MessageState.HELD, northmoor.state(first));
        assertEquals("weekly_summary", reason(second));
        assertEquals("message_withheld too_late_for_summary 24h", northmoor.items(person), "a court date cannot wait for Monday");
        assertEquals(MessageState.WITHHELD, northmoor.state(date));
        for (String type : List.of("suspect_released_without_charge", "suspect_bailed", "bail_changed", "bail_hearing_outcome",
                "suspect_released_under_investigation", "prosecution_stopped")) {
            Person other = person("{\"telling\": \"WEEKLY_SUMMARY\"}");
            assertEquals(MessageState.WITHHELD, northmoor.state(news(other, type)), type);
            assertEquals("message_withheld too_late_for_summary 24h", northmoor.items(other), type);
        }
        itIs("2027-01-25T09:58:00");
        assertEquals(0, texts(person));
        itIs("2027-01-25T10:00:00");
        assertEquals(1, texts(person));
        assertEquals("There was news about your case this week. Sign in to Waymark to read it. Reply STOP to stop these texts.",
            twilio.onlyTo(person.mobile()).body());
        assertEquals(List.of("cancelled in_summary", "cancelled in_summary"),
            List.of(message(first, "state || ' ' || reason"), message(second, "state || ' ' || reason")));
        itIs("2027-02-01T10:00:00");
        assertEquals(1, texts(person), "a week without news is none");
    }

    @Test
    @Order(6)
    void whoWantsOnlyWhatTheLawRequiresReadsTheRestOnTheTimeline() {
        itIs("2027-02-02T12:00:00");
        Person person = person("{\"telling\": \"ONLY_REQUIRED\"}");
        News officer = news(person, "officer_changed");
        news(person, "suspect_charged");
        assertEquals(1, texts(person));
        assertEquals("cancelled not_wanted", message(officer, "state || ' ' || reason"));
        assertEquals("", northmoor.items(person));
    }

    @Test
    @Order(7)
    void whoWantsNothingIsAskedAgainAndWhatTheLawRequiresGoesToStaff() {
        itIs("2027-02-03T12:00:00");
        Person person = person("{\"telling\": \"NOTHING\", \"ask_again_on\": \"2027-02-10\"}");
        news(person, "officer_changed");
        news(person, "suspect_charged");
        assertEquals(0, texts(person));
        assertEquals("message_withheld wants_nothing_now 24h", northmoor.items(person));
        ChoicesDue due = bean(ChoicesDue.class);
        assertEquals(Instant.parse("2027-02-10T00:00:00Z"), due.nextDue().orElseThrow());
        due.drain();
        assertEquals(1, queue(person, "").size());
        itIs("2027-02-10T00:00:00");
        due.drain();
        due.drain();
        assertEquals("message_withheld wants_nothing_now 24h;ask_again wants_nothing_now 24h", northmoor.items(person));
        choose(person, "{\"telling\": \"EVERYTHING\"}");
        due.drain();
        assertTrue(northmoor.items(person).endsWith("ask_again wants_nothing_now 24h done"));
    }

    @Test
    @Order(8)
    void inAFlaggedCaseReleaseIsACallWithinTheHourAtThreeInTheMorning() {
        itIs("2027-02-11T03:00:00");
        Person person = person("{\"quiet_hours\": {\"from\": \"22:00\", \"to\": \"07:00\"}, \"telling\": \"WEEKLY_SUMMARY\"}");
        northmoor.set(person, "safety = true");
        News news = news(person, "suspect_bailed");
        assertEquals("call_first call_first 1h", northmoor.items(person));
        assertEquals(0, texts(person));
        assertTrue(queue(person, "").getFirst().path("detail").isMissingNode(), "a list gives no number");
        JsonNode item = claim(person).expect(200).body();
        assertTrue(item.path("detail").asText().contains(person.mobile()));
        assertTrue(item.path("detail").asText().contains("Nobody has asked them beforehand"));
        complete(person, "told");
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
        assertEquals(0, texts(person));
        assertEquals("call_first call_first 1h done", northmoor.items(person));
    }

    @Test
    @Order(9)
    void whoDoesNotAnswerIsRungAgainAndThenASupervisorDecides() {
        itIs("2027-02-12T03:00:00");
        Person person = person("{\"urgent\": {\"by\": \"CALL\", \"at_night\": true}}");
        northmoor.set(person, "safety = true");
        News news = news(person, "suspect_released_without_charge");
        assertTrue(claim(person).expect(200).body().path("detail").asText().contains("at night too"));
        for (int again = 1; again < 3; again++) {
            complete(person, "no_answer");
            assertEquals(MessageState.HELD, northmoor.state(news));
            assertEquals("call_again", reason(news));
            itIs(clocks.caseNow().atZone(SafeTimes.UK).toLocalDateTime().plusMinutes(15).withNano(0).plusSeconds(1).toString());
            assertEquals(MessageState.ACCEPTED, northmoor.state(news));
            claim(person).expect(200);
        }
        complete(person, "left_no_message");
        assertEquals(MessageState.WITHHELD, northmoor.state(news));
        assertTrue(northmoor.items(person).endsWith(";message_withheld call_first_in_vain 1h"), northmoor.items(person));
        assertFalse(queue(person, "&escalated=true").getFirst().path("escalated_at").asText().isEmpty());
        assertEquals(0, texts(person));
    }

    @Test
    @Order(10)
    void whoCannotBeRungSafelyIsLeftToStaffWithinTheHour() {
        Person person = person("{}");
        northmoor.set(person, "safety = true, mobile_safe = 'unknown'");
        news(person, "verdict");
        assertEquals("message_withheld unknown_in_flagged_case 1h", northmoor.items(person));
        Person overtaken = person("{}");
        northmoor.set(overtaken, "safety = true");
        news(overtaken, "bail_changed");
        northmoor.work(c -> Sql.run(c, "update waymark.announcement set wanted = false where person_id = ?", overtaken.id()));
        claim(overtaken).expect(409);
        drain();
        assertEquals("call_first call_first 1h done", northmoor.items(overtaken));
        Person opened = person("{}");
        northmoor.set(opened, "safety = true");
        News read = news(opened, "bail_changed");
        northmoor.work(c -> assertTrue(bean(Outbox.class).read(c, force("northmoor"), java.util.UUID.fromString(message(read, "id::text")))));
        drain();
        assertEquals("call_first read_before_rung 1h", northmoor.items(opened));
    }

    @Test
    @Order(11)
    void nobodyIsRungInQuietHoursAndTheItemStays() {
        itIs("2027-02-15T21:50:00");
        Person person = person(NIGHT);
        northmoor.work(c -> bean(ContactChannels.class).set(c, person.id(), List.of(new Chosen(Channel.CALL, null, Safety.UNKNOWN))));
        News news = news(person, "suspect_charged");
        assertEquals("call_to_make call_wanted 4h", northmoor.items(person));
        itIs("2027-02-15T22:30:00");
        assertTrue(claim(person).expect(409).text().contains("not-a-safe-time"));
        assertTrue(queue(person, "").getFirst().path("claimed_by").isMissingNode());
        itIs("2027-02-16T07:00:00");
        claim(person).expect(200);
        complete(person, "told");
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
    }

    @Test
    @Order(12)
    void whatIsNotDoneInTimeIsRaised() {
        itIs("2027-02-17T12:00:00");
        Person person = northmoor.person(null, "unknown");
        news(person, "suspect_charged");
        assertEquals("message_withheld no_number 24h", northmoor.items(person));
        everything();
        assertEquals(List.of(), queue(person, "&escalated=true"));
        itIs("2027-02-18T12:02:00"); // a day after it was made, however long that took
        everything();
        double raised = overdue();
        assertFalse(queue(person, "&escalated=true").getFirst().path("escalated_at").asText().isEmpty());
        complete(person, "done");
        everything();
        assertEquals(raised - 1, overdue());
    }

    /** All that is due, whoever does it: a second later. */
    private void everything() {
        api().post("/sandbox/clock", Map.of("advance", "PT1S")).expect(200);
    }

    private double overdue() {
        return api().get("/prometheus").expect(200).text().lines().filter(l -> l.startsWith("waymark_queue_overdue"))
            .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1))).findFirst().orElseThrow();
    }

    @Test
    @Order(13)
    void theClocksChangeAndQuietHoursAreThoseOfTheWall() {
        itIs("2027-03-27T23:30:00");
        Person spring = person(NIGHT);
        News forward = news(spring, "suspect_charged");
        assertEquals(Instant.parse("2027-03-28T06:00:00Z"), due(forward));
        clocks.caseTime().moveTo(Instant.parse("2027-03-28T06:00:00Z"));
        drain();
        assertEquals(1, texts(spring));
        clocks.caseTime().moveTo(ZonedDateTime.of(2027, 10, 30, 23, 30, 0, 0, SafeTimes.UK).toInstant());
        Person autumn = person(NIGHT);
        News back = news(autumn, "suspect_charged");
        assertEquals(Instant.parse("2027-10-31T07:00:00Z"), due(back));
        clocks.caseTime().moveTo(Instant.parse("2027-10-31T06:58:00Z"));
        drain();
        assertEquals(0, texts(autumn));
        clocks.caseTime().moveTo(Instant.parse("2027-10-31T07:00:00Z"));
        drain();
        assertEquals(1, texts(autumn));
    }

    /** From the force to the queue: nobody's phone, and one who is to be asked how they want to be told the next time. */
    @Test
    @Order(14)
    void bailInAFlaggedCaseIsForStaffFromTheBridgeOn() {
        itIs("2027-11-03T03:00:00");
        String at = clocks.caseNow().minusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        Map<String, Object> recorded = new HashMap<>(recorded("tm-1", "NM/TM/1", at, victim("tm-v", "07700 900290")));
        @SuppressWarnings("unchecked")
        Map<String, Object> data = new HashMap<>((Map<String, Object>) recorded.get("data"));
        data.put("flags", List.of("domestic_abuse"));
        recorded.put("data", data);
        Map<String, Object> bail = event("tm-2", "NM/TM/1", at, "suspect_bailed", Map.of("suspect_ref", "s1"));
        Api system = api().as(systemToken("northmoor"));
        system.post("/v1/bridge/events", batch(recorded)).expect(200);
        assertEquals("withhold", system.post("/v1/bridge/events?dry_run=true", batch(bail)).expect(200)
            .at("/results/0/would_tell/0/decision"));
        system.post("/v1/bridge/events", batch(bail)).expect(200);
        drain();
        var open = new ArrayList<String>();
        staff().get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(i -> {
            if (Instant.parse(i.path("created_at").asText()).isAfter(Instant.parse(at))) {
                open.add(i.path("kind").asText() + " " + Duration.between(Instant.parse(i.path("created_at").asText()),
                    Instant.parse(i.path("due_at").asText()).plusSeconds(30)).toHours() + "h");
            }
        });
        assertTrue(open.containsAll(List.of("call_first 1h", "ask_urgent_wish 48h")), open::toString);
        assertEquals(0, twilio.to("+447700900290").size(), "the invitation is handed over, the news is rung");
        var person = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = 'tm-v'",
            r -> new Person(Sql.uuid(r, "id"), null, "+447700900290"))).orElseThrow();
        choose(person, "{\"urgent\": {\"by\": \"CALL\", \"at_night\": false}}");
        bean(ChoicesDue.class).drain();
        assertFalse(northmoor.items(person).contains("ask_urgent_wish not_asked 48h done"), "whoever holds the phone may have said so");
        choose(person, "{\"urgent\": {\"by\": \"CALL\", \"at_night\": false}, \"urgent_by_staff\": true}");
        bean(ChoicesDue.class).drain();
        assertTrue(northmoor.items(person).contains("ask_urgent_wish not_asked 48h done"), northmoor.items(person));
        choose(person, "{\"word\": \"harbour\", \"word_by_staff\": true}");
        bean(ChoicesDue.class).drain();
        assertFalse(northmoor.items(person).contains("word_to_confirm"), northmoor.items(person));
        choose(person, "{\"word\": \"harbour\"}");
        bean(ChoicesDue.class).drain();
        bean(ChoicesDue.class).drain();
        assertEquals(2, northmoor.items(person).split("word_to_confirm flag_came", -1).length, "once, of a word of before it was kept whose");
    }

    @Test
    @Order(15)
    void whoWantsLessIsNotRemindedEither() {
        itIs("2027-11-04T12:00:00");
        Person nothing = person("{\"telling\": \"NOTHING\"}");
        Person required = person("{\"telling\": \"ONLY_REQUIRED\"}");
        Person weekly = person("{\"telling\": \"WEEKLY_SUMMARY\"}");
        for (Person person : List.of(nothing, required, weekly)) {
            remind(person, Duration.ofHours(9));
        }
        drain();
        assertEquals(List.of(0, 0, 1), List.of(texts(nothing), texts(required), texts(weekly)));
        assertEquals("message_withheld wants_nothing_now 24h", northmoor.items(nothing));
        assertEquals("", northmoor.items(required));
        ContactPolicy policy = bean(ContactPolicy.class);
        northmoor.work(c -> {
            assertEquals("withhold", policy.preview(c, nothing.id(), "reminder", "reminder_details"));
            assertEquals("not_wanted", policy.preview(c, required.id(), "reminder", "reminder_details"));
            assertEquals("send", policy.preview(c, required.id(), "reminder", "run_correction"));
            assertEquals(java.util.Set.of(nothing.id(), required.id()), policy.kept(c, "reminder", "run_reminder",
                Map.of(nothing.id(), nothing.id(), required.id(), required.id(), weekly.id(), weekly.id())));
        });
    }
}
