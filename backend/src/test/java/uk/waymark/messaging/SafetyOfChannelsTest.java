package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.News;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.messaging.ContactChannels.By;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChannels.Said;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** What was said of channels, at the moment of sending: whether it is of this number, and whether it has lapsed. */
class SafetyOfChannelsTest extends WaymarkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(840);
    private Casework northmoor;

    @BeforeAll
    void people() {
        northmoor = new Casework(waymark, database, force("northmoor"));
    }

    private static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    private Person flagged(String mobileSafe) {
        Person person = northmoor.person(number(), mobileSafe);
        northmoor.set(person, "safety = true");
        return person;
    }

    private void said(Person person, Chosen... order) {
        northmoor.work(c -> bean(ContactChannels.class).set(c, person.id(), List.of(order)));
    }

    private static Chosen text(Instant confirmedAt, String number) {
        return new Chosen(Channel.SMS, null, Safety.SAFE, new Said(By.STAFF, confirmedAt, number));
    }

    private MessageState told(Person person) {
        News news = northmoor.news(person);
        bean(Messaging.class).drain();
        return northmoor.state(news);
    }

    @Test
    void whatStaffConfirmedCountsForThatNumberUntilItLapses() {
        Person dee = flagged("unknown");
        assertEquals(MessageState.WITHHELD, told(dee));
        said(dee, text(clocks.caseNow(), "+447700900899"));
        assertEquals(MessageState.WITHHELD, told(dee), "said of another number");
        said(dee, text(clocks.caseNow(), dee.mobile()));
        assertFalse(told(dee) == MessageState.WITHHELD);
        said(dee, text(clocks.caseNow().minus(Duration.ofDays(100)), dee.mobile()));
        assertEquals(MessageState.WITHHELD, told(dee), "lapsed in a flagged case");
        northmoor.set(dee, "safety = false");
        assertFalse(told(dee) == MessageState.WITHHELD, "unknown and not flagged: neutral words");
        assertEquals(3, northmoor.items(dee).split("message_withheld unknown_in_flagged_case 1h", -1).length - 1,
            northmoor.items(dee));
    }

    @Test
    void theForcesOwnWordLapsesTooAndThatOfBeforeIsCountedFromNow() {
        Person eve = flagged("safe");
        bean(Lapses.class).drain();
        assertFalse(told(eve) == MessageState.WITHHELD);
        northmoor.set(eve, "mobile_confirmed_at = mobile_confirmed_at - interval '93 days'");
        assertEquals(MessageState.WITHHELD, told(eve));
        bean(Lapses.class).drain();
        bean(Lapses.class).drain();
        assertTrue(northmoor.items(eve).matches("message_withheld \\S+ 1h;channel_to_confirm lapses_soon -?\\d+h"), northmoor.items(eve));
    }

    @Test
    void whatAnybodyWithTheNumberCallsUnsafeIsUnsafeForAll() {
        Person one = northmoor.person(number(), "safe");
        Person other = northmoor.person(one.mobile(), "safe");
        northmoor.oneNumber(one.mobile(), one, other);
        assertFalse(told(one) == MessageState.WITHHELD);
        said(other, new Chosen(Channel.SMS, null, Safety.UNSAFE));
        assertEquals(MessageState.WITHHELD, told(one));
        assertEquals("message_withheld channel_unsafe 24h", northmoor.items(one));
    }

    @Test
    void whatWasQueuedBeforeAPauseDoesNotGo() {
        Person ann = northmoor.person(number(), "safe");
        News later = northmoor.newsAt(ann, clocks.caseNow().plus(Duration.ofHours(1)));
        northmoor.work(c -> Sql.run(c, "insert into waymark.contact_pause (person_id, force_id, paused_at) values (?, ?, ?)", ann.id(),
            force("northmoor"), clocks.caseNow()));
        clocks.advanceCase(Duration.ofHours(2));
        bean(Messaging.class).drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(later));
        assertEquals("message_withheld paused 24h", northmoor.items(ann));
    }

    @Test
    void whoIsToRingKnowsTheWordAndWhatToSay() {
        Person ann = northmoor.person(number(), "unknown");
        said(ann, new Chosen(Channel.CALL, null, Safety.NOT_SAID));
        northmoor.work(c -> bean(ContactChoicesStore.class).put(c, ann.id(), new ContactChoices(null, null, null, null, null, null,
            "harbour", null, Set.of(ContactChoices.Need.INTERPRETER), "pl", "Say it is the dentist.", null, null, true)));
        told(ann);
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        for (JsonNode item : staff.get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if (item.path("person_id").asText().equals(ann.id().toString())) {
                assertFalse(item.toString().contains("harbour"), "not in a list");
                String detail = staff.post("/v1/staff/queue/" + item.path("id").asText() + "/claim", Map.of()).expect(200).at("/detail");
                for (String line : List.of("Nobody has confirmed that this number", "know it: harbour", "Leave no message.",
                        "If somebody else answers: Say it is the dentist.", "Language: pl")) {
                    assertTrue(detail.contains(line), detail);
                }
                return;
            }
        }
        throw new AssertionError("nothing to ring");
    }
}
