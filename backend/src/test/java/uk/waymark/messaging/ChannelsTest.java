package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.News;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Lookup;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendRequest;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;
import uk.waymark.testing.Answer;

/** A person's own order of channels, those that staff are among them, from the queue to what was recorded. */
class ChannelsTest extends CaseworkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(700);
    private static final String POSTAL = "Alex Example\n1 High Street\nNorthmoor\nNM1 1AA";

    private static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    private Person person(Chosen... order) {
        Person person = northmoor.person(number(), "safe");
        northmoor.work(c -> bean(ContactChannels.class).set(c, person.id(), List.of(order)));
        return person;
    }

    private static Chosen by(Channel channel) {
        return new Chosen(channel, null, Safety.NOT_SAID);
    }

    private JsonNode claimed(Person person) {
        return claim(person).expect(200).body();
    }

    private void complete(JsonNode item, String outcome, int status) {
        staff().post("/v1/staff/queue/" + item.path("id").asText() + "/completion", Map.of("outcome", outcome)).expect(status);
        drain();
    }

    private List<String> attempts(News news) {
        try (var c = database.superuser()) {
            return Sql.list(c, """
                select concat_ws(' ', a.channel, a.state, a.provider, a.variant) as what from notifications.attempt a
                  join notifications.message m on m.id = a.message_id where m.subject_ref = ? order by a.number""",
                r -> r.getString("what"), news.event());
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoIsToldOnTheTelephoneHasBeenTold() {
        Person person = person(by(Channel.CALL), by(Channel.SMS));
        News news = northmoor.news(person);
        drain();
        assertEquals("call_to_make call_wanted 4h", northmoor.items(person));
        assertTrue(queue(person, "").getFirst().path("detail").isMissingNode(), "a list gives no number");
        JsonNode item = claimed(person);
        assertTrue(item.path("detail").asText().contains(person.mobile()), "the number to ring");
        assertTrue(item.path("detail").asText().contains("There is news about your case."), "what to say");
        assertEquals(person.caseId().toString(), item.path("case_id").asText());
        assertEquals(MessageState.ACCEPTED, northmoor.state(news));
        complete(item, "done", 422);
        complete(item, "posted", 422);
        complete(item, "told", 204);
        complete(item, "no_answer", 409);
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
        assertEquals(List.of("call delivered staff plain"), attempts(news));
        assertEquals("call_to_make call_wanted 4h done", northmoor.items(person));
        assertEquals(List.of(), twilio.to(person.mobile()));
        clocks.advanceCase(Duration.ofDays(6));
        bean(Told.class).forget();
        assertTrue(held(person), "it may still be asked what was said");
        clocks.advanceCase(Duration.ofDays(2));
        bean(Told.class).forget();
        assertFalse(held(person));
    }

    private boolean held(Person person) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select detail is not null as held from waymark.work_item "
            + "where person_id = ? and kind = 'call_to_make'", r -> r.getBoolean("held"), person.id()).orElseThrow());
    }

    @Test
    void anAddressThatWasUnsafeIsUnsafeAgainWhenItComesBack() {
        Person person = person(new Chosen(Channel.EMAIL, "a@example.org", Safety.UNSAFE));
        for (var order : List.of(new Chosen(Channel.EMAIL, "b@example.org", Safety.UNKNOWN),
                new Chosen(Channel.EMAIL, " A@example.org", Safety.UNKNOWN))) {
            northmoor.work(c -> bean(ContactChannels.class).set(c, person.id(), List.of(order)));
            assertEquals(order.address().startsWith("b") ? Safety.UNKNOWN : Safety.UNSAFE, safety(person));
        }
        for (Safety said : List.of(Safety.SAFE, Safety.UNKNOWN)) {
            northmoor.work(c -> bean(ContactChannels.class).set(c, person.id(),
                List.of(new Chosen(Channel.EMAIL, "a@example.org", said))));
            assertEquals(said, safety(person), "staff have called it safe since");
        }
    }

    private Safety safety(Person person) {
        return acting().as(worker("northmoor"), c -> bean(ContactChannels.class).of(c, new UUID[] {person.id()}))
            .get(person.id()).order().getFirst().safety();
    }

    @Test
    void whoCannotBeRungIsToldByTheNextChannelAndThenByStaff() {
        Person person = person(by(Channel.CALL), by(Channel.SMS));
        News news = northmoor.news(person);
        drain();
        complete(queue(person, "").getFirst(), "no_answer", 204);
        assertEquals(List.of("call failed staff plain", "sms accepted twilio plain"), attempts(news));
        assertEquals(1, twilio.to(person.mobile()).size());

        Person only = person(by(Channel.CALL));
        News second = northmoor.news(only);
        drain();
        complete(queue(only, "").getFirst(), "wrong_number", 204);
        assertEquals(MessageState.FAILED, northmoor.state(second));
        assertEquals("call_to_make call_wanted 4h done;message_failed wrong_number 24h", northmoor.items(only));
        assertTrue(queue(only, "").getFirst().path("detail").asText().startsWith("Somebody rang"));
    }

    /** Hours lie between an item and the telephone: what was right then is asked again by whoever takes it on. */
    @Test
    void nobodyIsRungOnceItIsNotSafeAnyMore() {
        Map<String, Consumer<Person>> changes = Map.of(
            "deceased", p -> northmoor.set(p, "deceased = true"),
            "unsafe", p -> northmoor.set(p, "mobile_safe = 'unsafe'"),
            "suspect", p -> northmoor.suspectHas(p, p.mobile()),
            "off phones", p -> northmoor.setCase(p, "on_phones = false"),
            "removed", p -> northmoor.work(c -> Sql.run(c,
                "update waymark.participant set removed = true where person_id = ?", p.id())),
            "discreet", p -> northmoor.set(p, "chosen_discreet = true"));
        changes.forEach((what, change) -> {
            Person person = person(by(Channel.CALL));
            News news = northmoor.news(person);
            drain();
            change.accept(person);
            Answer refused = claim(person).expect(409);
            assertTrue(refused.text().contains("no-longer-safe"), what);
            assertFalse(refused.text().contains(person.mobile()), what);
            drain();
            assertEquals(List.of("call failed staff plain"), attempts(news), what);
            assertEquals(MessageState.FAILED, northmoor.state(news), what);
            assertEquals("call_to_make call_wanted 4h done;message_failed no_longer_safe 24h", northmoor.items(person), what);
        });
    }

    @Test
    void whoMustNotBeRungAnyMoreIsToldByWhatIsStillSafe() {
        Person person = person(by(Channel.CALL), new Chosen(Channel.LETTER, POSTAL, Safety.SAFE));
        News news = northmoor.news(person);
        drain();
        northmoor.set(person, "mobile_safe = 'unsafe'");
        claim(person).expect(409);
        drain();
        assertEquals("call_to_make call_wanted 4h done;letter_to_post letter_wanted 24h", northmoor.items(person));
        assertTrue(claimed(person).path("detail").asText().contains(POSTAL));
        assertEquals("call failed staff plain", attempts(news).getFirst());
        assertTrue(claimed(person).path("detail").asText().contains(POSTAL), "claimed again, asked again");
    }

    @Test
    void aTextThatIsRefusedIsFollowedByALetterThatStaffPost() {
        Person person = person(by(Channel.SMS), new Chosen(Channel.LETTER, POSTAL, Safety.SAFE));
        twilio.answerWith(400);
        News news = northmoor.news(person);
        drain();
        twilio.answerWith(201);
        JsonNode item = claimed(person);
        assertEquals("letter_to_post", item.path("kind").asText());
        assertTrue(item.path("detail").asText().contains(POSTAL));
        assertTrue(item.path("detail").asText().contains("There is something new for you."), "a doormat is read by anybody");
        complete(item, "posted", 204);
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
        assertEquals("sms rejected twilio plain", attempts(news).getFirst());
    }

    @Test
    void whoReadsTheNewsIsNotRung() {
        Person person = person(by(Channel.CALL));
        News news = northmoor.news(person);
        drain();
        northmoor.work(c -> {
            Outbox outbox = bean(Outbox.class);
            UUID message = Sql.one(c, "select message_id from notifications.message_key where dedupe_key = ?",
                r -> Sql.uuid(r, "message_id"), news.key()).orElseThrow();
            assertTrue(outbox.read(c, force("northmoor"), message));
        });
        drain();
        assertEquals("call_to_make call_wanted 4h done", northmoor.items(person));
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
    }

    @Test
    void inAFlaggedCaseNobodyIsRungOnANumberThatIsNotKnownToBeSafe() {
        Person person = person(by(Channel.CALL));
        northmoor.set(person, "safety = true, mobile_safe = 'unknown'");
        News news = northmoor.news(person);
        Person safe = person(by(Channel.CALL));
        northmoor.set(safe, "safety = true");
        northmoor.news(safe);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(news));
        assertEquals("message_withheld unknown_in_flagged_case 1h", northmoor.items(person));
        assertEquals("call_to_make call_wanted 1h", northmoor.items(safe));
    }

    @Test
    void nothingGoesToAnAddressThatNobodyHasConfirmed() {
        Person person = person(new Chosen(Channel.LETTER, POSTAL, Safety.UNKNOWN), by(Channel.SMS));
        News news = northmoor.news(person);
        Person only = person(new Chosen(Channel.LETTER, POSTAL, Safety.UNKNOWN));
        News second = northmoor.news(only);
        Person unsafe = person(new Chosen(Channel.EMAIL, "a@example.org", Safety.UNSAFE));
        northmoor.news(unsafe);
        drain();
        assertEquals(List.of("sms accepted twilio plain"), attempts(news));
        assertEquals(MessageState.WITHHELD, northmoor.state(second));
        assertEquals("message_withheld address_not_confirmed 24h", northmoor.items(only));
        assertEquals("message_withheld address_unsafe 24h", northmoor.items(unsafe));
    }

    @Test
    void anItemIsOpenedOnceAnAttemptAndFoundAgain() {
        Person person = person(by(Channel.CALL));
        var tasks = new StaffTasks(Channel.CALL, bean(ActingAs.class), bean(WorkItems.class), bean(DueTimes.class), bean(CallFirst.class),
            bean(CaseClock.class), new Semaphore(3), bean(Briefing.class));
        UUID attempt = bean(Ids.class).next();
        UUID force = force("northmoor");
        var asked = new Lookup.Asked(attempt, force, force.toString(), person.mobile(), "text", clocks.machineNow());
        assertEquals(new Lookup.Answer.NotThere(), tasks.ask(asked));
        var request = new SendRequest(attempt, force, "case_update", person.mobile(), "text", java.time.Duration.ofHours(1),
            new SendRequest.About(bean(Ids.class).next(), person.id(), null));
        SendOutcome.Accepted first = (SendOutcome.Accepted) tasks.send(request);
        assertEquals(first, tasks.send(request));
        assertEquals(1, queue(person, "").size());
        var taken = (Lookup.Answer.Taken) tasks.ask(asked);
        assertEquals(first.providerMessageId(), taken.receipt().providerMessageId());
        assertEquals(attempt, taken.receipt().attemptId());
        assertFalse(request.toString().contains(person.mobile()));
    }

    @Test
    void whereTheQueueIsTooBusyAnItemIsOpenedLater() throws Exception {
        Person person = person(by(Channel.CALL));
        UUID force = force("northmoor");
        var request = new SendRequest(bean(Ids.class).next(), force, "case_update", person.mobile(), "text",
            java.time.Duration.ofHours(1), new SendRequest.About(bean(Ids.class).next(), person.id(), null));
        var busy = new SendOutcome.Unavailable("work_queue_busy");
        var none = new StaffTasks(Channel.CALL, bean(ActingAs.class), bean(WorkItems.class), bean(DueTimes.class), bean(CallFirst.class),
            bean(CaseClock.class), new Semaphore(0), bean(Briefing.class));
        assertEquals(busy, none.send(request), "no place");
        var tasks = new StaffTasks(Channel.CALL, bean(ActingAs.class), bean(WorkItems.class), bean(DueTimes.class), bean(CallFirst.class),
            bean(CaseClock.class), new Semaphore(1), bean(Briefing.class));
        var all = DelegatingDataSource.unwrapDataSource(bean(DataSource.class));
        var taken = new ArrayList<Connection>();
        try {
            while (taken.size() < all.unwrap(HikariDataSource.class).getMaximumPoolSize()) {
                taken.add(all.getConnection());
            }
            assertEquals(busy, tasks.send(request), "no connection");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertTrue(tasks.send(request) instanceof SendOutcome.Accepted, "the place was given back");
        assertEquals(1, queue(person, "").size());
    }
}
