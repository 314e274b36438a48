package uk.waymark.bridge.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.AccessTokens;
import uk.waymark.bridge.AdapterAccess;
import uk.waymark.bridge.AdapterCalls;
import uk.waymark.bridge.DeliverAdapter;
import uk.waymark.bridge.DeliverAdapter.Delivered;
import uk.waymark.bridge.DeliverAdapter.Parcel;
import uk.waymark.bridge.DeliverPortContract;
import uk.waymark.bridge.PullSettings;
import uk.waymark.bridge.webhook.RecordsStandIn.Trouble;
import uk.waymark.platform.MachineClock;

/** The adapter {@code http-json}, over HTTP, against a force's system as its page describes one. */
class WebhookTest extends DeliverPortContract {
    private static final UUID ID = UUID.randomUUID();
    private final RecordsStandIn records = new RecordsStandIn();
    private final MachineClock clock = new MachineClock(InstantSource.system());
    private final AdapterCalls calls = calls(Duration.ofSeconds(60));
    private final Webhook adapter = new Webhook(calls, new AccessTokens(calls, clock), clock);
    private URI address = records.inbox();

    /** @param patience long, but where the other side does not answer: a machine that is busy is not to be taken for that */
    private AdapterCalls calls(Duration patience) {
        return new AdapterCalls(new PullSettings(false, patience, patience, patience, patience.plusMinutes(2), 8,
            List.of(Duration.ofMinutes(1)), Duration.ofDays(30)), clock);
    }

    @AfterEach
    void stop() {
        records.close();
        calls.close();
        assertEquals(List.of(), records.problems());
    }

    @Override
    protected DeliverAdapter adapter() {
        return adapter;
    }

    @Override
    protected AdapterAccess access() {
        URI where = address;
        address = records.inbox();
        return new AdapterAccess(ID, UUID.randomUUID(), where, null, null, RecordsStandIn.SECRET, JsonNodeFactory.instance.objectNode());
    }

    private AdapterAccess withTokens() {
        return new AdapterAccess(ID, UUID.randomUUID(), records.inbox(), records.tokens(), RecordsStandIn.CLIENT, RecordsStandIn.SECRET,
            JsonNodeFactory.instance.objectNode());
    }

    @Override
    protected int held() {
        return records.held().size();
    }

    @Override
    protected List<Runnable> refusedForNow() {
        return List.of(() -> records.trouble(Trouble.DOWN), () -> records.trouble(Trouble.BUSY),
            () -> records.trouble(Trouble.UNAUTHORISED), () -> records.trouble(Trouble.NO_SUCH_PAGE),
            () -> records.trouble(Trouble.REDIRECT), () -> address = URI.create("http://localhost:1/inbox"));
    }

    @Override
    protected void answerLost() {
        records.trouble(Trouble.TAKEN_LOST);
    }

    @Override
    protected void refused() {
        records.trouble(Trouble.REFUSED);
    }

    @Test
    void whatArrivesIsAsThePageSays() {
        Parcel parcel = new Parcel(UUID.randomUUID(), "contact_preferences", "NM/1/27", "rms", "P-1", Instant.parse("2027-03-04T09:30:00Z"),
            JsonNodeFactory.instance.objectNode().put("language", "cy"));
        var taken = assertInstanceOf(Delivered.Acknowledged.class, adapter.deliver(access(), parcel));
        assertEquals(RecordsStandIn.reference(parcel.id().toString()), taken.reference());
        JsonNode body = records.held().get(parcel.id().toString());
        assertEquals("{\"id\":\"" + parcel.id() + "\",\"type\":\"contact_preferences\",\"crime_reference\":\"NM/1/27\",\"source\":\"rms\","
            + "\"source_person_id\":\"P-1\",\"created_at\":\"2027-03-04T09:30:00Z\",\"data\":{\"language\":\"cy\"}}", body.toString());
    }

    @Test
    void withATokenWhichIsAskedForOnce() {
        assertInstanceOf(Delivered.Acknowledged.class, adapter.deliver(withTokens(), parcel()));
        assertInstanceOf(Delivered.Acknowledged.class, adapter.deliver(withTokens(), parcel()));
        assertEquals(1, records.tokensGiven());
        records.trouble(Trouble.UNAUTHORISED);
        assertInstanceOf(Delivered.Acknowledged.class, adapter.deliver(withTokens(), parcel()), "one new token, one more try");
        assertEquals(2, records.tokensGiven());
    }

    @Test
    void whatEachAnswerMeans() {
        Map.of(Trouble.FAULT, new Delivered.Unknown("answer_500"), Trouble.TAKEN_FAULT, new Delivered.Unknown("answer_500"),
            Trouble.TAKEN_LOST, new Delivered.Unknown("connection_lost"),
            Trouble.SIGN_IN_PAGE, new Delivered.Unknown("unreadable"), Trouble.REFUSED, new Delivered.Refused("answer_422"),
            Trouble.BUSY, new Delivered.Later(Duration.ofMinutes(2), "answer_429"), Trouble.DOWN,
            new Delivered.Later(null, "answer_503")).forEach((trouble, outcome) -> {
                records.trouble(trouble);
                assertEquals(outcome, adapter.deliver(access(), parcel()), trouble.name());
            });
    }

    @Test
    void whoDoesNotAnswerInTimeMayHaveTakenIt() {
        try (AdapterCalls hasty = calls(Duration.ofSeconds(2))) {
            records.trouble(Trouble.TAKEN_SLOW);
            assertEquals(new Delivered.Unknown("timeout"), new Webhook(hasty, new AccessTokens(hasty, clock), clock).deliver(access(), parcel()));
        }
    }

    @Test
    void aSecretThatIsNotTheirsGetsNoTokenAndIsNoWordOnTheParcel() {
        var wrong = new AdapterAccess(ID, UUID.randomUUID(), records.inbox(), records.tokens(), "somebody", RecordsStandIn.SECRET,
            JsonNodeFactory.instance.objectNode());
        var later = assertInstanceOf(Delivered.Later.class, adapter.deliver(wrong, parcel()));
        assertEquals("token_refused", later.why());
        assertNull(later.leaveFor());
        assertEquals(0, held());
    }
}
