package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.DeliverAdapter.Delivered;
import uk.waymark.bridge.DeliverAdapter.Parcel;

/** What every adapter of the port 'deliver' holds, whatever it speaks with. Its own test says how to bring each about. */
public abstract class DeliverPortContract {
    private static final String SECRET_TEXT = "I still cannot sleep";

    protected abstract DeliverAdapter adapter();

    protected abstract AdapterAccess access();

    /** How many parcels the other side has. */
    protected abstract int held();

    /** The next parcel is refused for now, one for each way there is: down, busy, out of reach. */
    protected abstract List<Runnable> refusedForNow();

    /** The next parcel arrives, and the answer is lost. */
    protected abstract void answerLost();

    /** The other side will have none of the next parcel. */
    protected abstract void refused();

    protected Parcel parcel() {
        return new Parcel(UUID.randomUUID(), "statement", "NM/1/27", JsonNodeFactory.instance.objectNode().put("text", SECRET_TEXT));
    }

    private Delivered deliver(Parcel parcel) {
        return adapter().deliver(access(), parcel);
    }

    @Test
    void whatIsAcknowledgedIsThereAndOnce() {
        Parcel parcel = parcel();
        var first = assertInstanceOf(Delivered.Acknowledged.class, deliver(parcel));
        assertEquals(1, held());
        assertEquals(first, deliver(parcel), "the same again is the same there");
        assertEquals(1, held());
        assertInstanceOf(Delivered.Acknowledged.class, deliver(parcel()));
        assertEquals(2, held());
    }

    @Test
    void whatIsNotTakenForNowIsNotThereAndMayBeTriedAgain() {
        for (Runnable trouble : refusedForNow()) {
            int before = held();
            Parcel parcel = parcel();
            trouble.run();
            assertTrue(assertInstanceOf(Delivered.Later.class, deliver(parcel)).why().matches("[a-z0-9_]{1,40}"));
            assertEquals(before, held());
            assertInstanceOf(Delivered.Acknowledged.class, deliver(parcel));
        }
    }

    @Test
    void whoeverCannotTellSaysSoAndTryingAgainLeavesOne() {
        Parcel parcel = parcel();
        answerLost();
        assertInstanceOf(Delivered.Unknown.class, deliver(parcel));
        assertEquals(1, held());
        assertInstanceOf(Delivered.Acknowledged.class, deliver(parcel));
        assertEquals(1, held());
    }

    @Test
    void whatIsNeverTakenIsForAPerson() {
        refused();
        assertInstanceOf(Delivered.Refused.class, deliver(parcel()));
        assertEquals(0, held());
    }

    @Test
    void nothingThatIsWrittenOutSaysWhatIsInIt() {
        Parcel parcel = parcel();
        String all = parcel + " " + access() + " " + deliver(parcel);
        assertFalse(all.contains(SECRET_TEXT) || all.contains("NM/1/27") || all.contains("http"), all);
    }
}
