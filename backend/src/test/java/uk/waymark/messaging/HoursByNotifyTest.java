package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import uk.waymark.notifications.notify.NotifyStandIn;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/**
 * A force whose texts only GOV.UK Notify carries, which goes on trying for 72 hours: what would have too little of a safe time is never
 * handed over, and staff have it when it happens and not when it is over. In the order of case time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HoursByNotifyTest extends WaymarkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(700);
    private static final String TOO_SHORT = "message_withheld too_shortly_before_end ";
    private final NotifyStandIn notify = new NotifyStandIn();
    private Casework northmoor;
    /** The account and number that it had. */
    private List<String> twilio;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.notify.base-url", notify.url().toString());
    }

    @BeforeAll
    void onlyNotify() throws SQLException {
        northmoor = new Casework(waymark, database, force("northmoor"));
        try (var c = database.login("waymark_owner")) {
            twilio = Sql.one(c, "delete from waymark.provider_account where force_id = ? and kind = 'twilio' returning account_sid, sender",
                r -> List.of(r.getString("account_sid"), r.getString("sender")), force("northmoor")).orElseThrow();
            Sql.run(c, """
                insert into waymark.provider_account (id, force_id, kind, account_sid, weight, templates, credential_ref)
                values (?, ?, 'notify', '8ba92f14-6b6d-4d2b-9a68-6d6a8d6a8d6a', 100, ?::jsonb, 'northmoor')""", bean(Ids.class).next(),
                force("northmoor"), "{\"sms\": \"f33517ff-2a88-4f6e-b855-c550268ce08a\"}");
        }
        bean(ProviderAccounts.class).read();
    }

    @AfterAll
    void closeNotify() {
        notify.close();
    }

    private Person safeOn(String day, String from, String to) {
        Person person = northmoor.person("+447700900" + NUMBERS.incrementAndGet(), "safe");
        northmoor.work(c -> Sql.run(c, "insert into waymark.contact_choice (person_id, force_id, choices) values (?, ?, ?)", person.id(),
            force("northmoor"), bean(Sealing.class).sealText(ContactChoicesStore.CHOICES, person.id(),
                "{\"safe_times\": {\"" + day + "\": [{\"from\": \"" + from + "\", \"to\": \"" + to + "\"}]}}")));
        return person;
    }

    private void itIs(String local) {
        clocks.caseTime().moveTo(LocalDateTime.parse(local).atZone(SafeTimes.UK).toInstant());
        bean(Messaging.class).drain();
    }

    private News news(Person person, String type) {
        News news = northmoor.news(person, type, clocks.caseNow());
        bean(Messaging.class).drain();
        return news;
    }

    private long texts(Person person) {
        return notify.sent().stream().filter(n -> n.path("phone_number").asText().equals(person.mobile())).count();
    }

    private Instant dueOfItem(Person person) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select due_at from waymark.work_item where person_id = ?",
            r -> Sql.instant(r, "due_at"), person.id())).orElseThrow();
    }

    @Test
    @Order(1)
    void anHourThatIsLongEnoughIsUsedAndTheEndOfItIsNot() {
        itIs("2027-01-18T11:00:00"); // a Monday
        Person person = safeOn("MONDAY", "12:00", "13:00");
        News first = news(person, "suspect_charged");
        assertEquals(MessageState.HELD, northmoor.state(first));
        itIs("2027-01-18T12:00:00");
        assertEquals(1, texts(person));
        itIs("2027-01-18T12:46:00");
        News late = news(person, "suspect_charged");
        assertEquals(MessageState.HELD, northmoor.state(late), "next Monday is in time for it");
        News date = news(person, "hearing_listed");
        assertEquals(MessageState.WITHHELD, northmoor.state(date), "and not for a court date: now, and not at one o'clock");
        assertEquals(1, texts(person));
        assertFalse(dueOfItem(person).isAfter(Instant.parse("2027-01-18T13:00:00Z")), "while the person may still be rung");
        itIs("2027-01-25T12:00:00");
        assertEquals(2, texts(person));
    }

    @Test
    @Order(2)
    void aTimeThatIsNeverLongEnoughIsLeftToStaffAtOnce() {
        itIs("2027-02-01T09:00:00");
        Person person = safeOn("MONDAY", "12:00", "12:10");
        News news = news(person, "suspect_charged");
        assertEquals(MessageState.WITHHELD, northmoor.state(news));
        assertEquals(TOO_SHORT + "3h", northmoor.items(person));
        assertFalse(dueOfItem(person).isAfter(Instant.parse("2027-02-01T12:10:00Z")));
        itIs("2027-02-01T12:05:00");
        assertEquals(0, texts(person));
        Person flagged = safeOn("MONDAY", "12:00", "12:10");
        northmoor.set(flagged, "safety = true");
        itIs("2027-02-08T09:00:00");
        news(flagged, "suspect_charged");
        assertEquals(TOO_SHORT + "1h", northmoor.items(flagged));
    }

    @Test
    @Order(3)
    void theNextChannelIsAskedForAtOnceWhereThereIsOne() {
        itIs("2027-02-15T12:02:00");
        Person person = safeOn("MONDAY", "12:00", "12:10");
        northmoor.work(c -> bean(ContactChannels.class).set(c, person.id(), List.of(new Chosen(Channel.SMS, null, Safety.NOT_SAID),
            new Chosen(Channel.CALL, null, Safety.NOT_SAID))));
        News news = news(person, "suspect_charged");
        bean(Messaging.class).drain();
        assertEquals(0, texts(person));
        assertEquals(MessageState.ACCEPTED, northmoor.state(news));
        assertTrue(northmoor.items(person).startsWith("call_to_make call_wanted"), northmoor.items(person));
    }

    @Test
    @Order(4)
    void besideAProviderThatStopsOnlyWhatThatCannotCarryIsTooShort() throws SQLException {
        try (var c = database.login("waymark_owner")) {
            Sql.run(c, "update waymark.provider_account set discreet_sender = 'Reminder', weight = 1000 where force_id = ?", force("northmoor"));
            Sql.run(c, """
                insert into waymark.provider_account (id, force_id, kind, account_sid, sender, two_way, weight, keywords, credential_ref)
                values (?, ?, 'twilio', ?, ?, true, 1, 'off', 'northmoor')""", bean(Ids.class).next(), force("northmoor"), twilio.get(0),
                twilio.get(1));
        }
        bean(ProviderAccounts.class).read();
        itIs("2027-02-22T12:02:00");
        Person plain = safeOn("MONDAY", "12:00", "12:10");
        Person discreet = safeOn("MONDAY", "12:00", "12:10");
        northmoor.set(discreet, "chosen_discreet = true");
        News byTheOther = news(plain, "suspect_charged");
        assertEquals(0, texts(plain), "not by the one that goes on trying");
        // that it has arrived is said on another thread
        assertTrue(Set.of(MessageState.ACCEPTED, MessageState.DELIVERED).contains(northmoor.state(byTheOther)), "the other is told when to stop");
        assertEquals("", northmoor.items(plain));
        News only = news(discreet, "suspect_charged");
        assertEquals(MessageState.WITHHELD, northmoor.state(only), "what could not be seen in one glance only that one carries");
        assertEquals(TOO_SHORT + "0h", northmoor.items(discreet));
        assertFalse(dueOfItem(discreet).isAfter(Instant.parse("2027-02-22T12:10:00Z")), "while the person may still be rung");
    }
}
