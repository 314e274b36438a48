package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Urns;

/** What every adapter of the port 'pull' holds, whatever it speaks with. Its own test says how to bring each about. */
public abstract class PullPortContract {
    protected static final String URN = "62GD9461322";
    /** Where the other side has ids of courts. */
    protected final Memory courts = new Memory();

    protected abstract PullAdapter adapter();

    protected abstract AdapterAccess access();

    /** From now on the other side shows one hearing for the URN. @return its id */
    protected abstract String oneHearing();

    /** It shows that hearing at another time. */
    protected abstract void moved();

    /** It shows nothing of the URN. */
    protected abstract void unknown();

    /** The next thing that is asked ends badly, one for each way there is. */
    protected abstract List<Runnable> troubles();

    /** It no longer lets us ask. */
    protected abstract void shutOut();

    protected Pulled pull(Optional<String> checkpoint) {
        return adapter().pull(new PullRequest(access(), URN, Urns.key(URN), checkpoint, courts));
    }

    protected Pulled.Found found(Optional<String> checkpoint) {
        return assertInstanceOf(Pulled.Found.class, pull(checkpoint));
    }

    @Test
    void theSameStateGivesAnEqualScheduleWithTheCheckpointAndWithout() {
        String id = oneHearing();
        Pulled.Found first = found(Optional.empty());
        assertEquals(List.of(id), first.schedule().hearings().stream().map(CourtSchedule.Hearing::id).toList());
        assertEquals(first.schedule(), found(Optional.empty()).schedule());
        Pulled.Found again = found(Optional.of(first.checkpoint()));
        assertEquals(first.schedule(), again.schedule());
        assertEquals(first.schedule(), found(Optional.of(again.checkpoint())).schedule());
    }

    @Test
    void aChangeIsSeenThroughTheCheckpoint() {
        oneHearing();
        Pulled.Found first = found(Optional.empty());
        moved();
        assertNotEquals(first.schedule(), found(Optional.of(first.checkpoint())).schedule());
    }

    @Test
    void aCheckpointThatCannotBeReadIsAsGoodAsNone() {
        oneHearing();
        Pulled.Found first = found(Optional.empty());
        for (String strange : List.of("", "{}", "null", "not JSON", "{\"version\": 99}")) {
            assertEquals(first.schedule(), found(Optional.of(strange)).schedule(), strange);
        }
    }

    @Test
    void whatIsNotKnownThereIsSaidToBe() {
        oneHearing();
        String checkpoint = found(Optional.empty()).checkpoint();
        unknown();
        assertInstanceOf(Pulled.NotKnown.class, pull(Optional.empty()));
        assertInstanceOf(Pulled.NotKnown.class, pull(Optional.of(checkpoint)));
    }

    @Test
    void noTroubleIsThrownOrTakenForAnAnswer() {
        oneHearing();
        Pulled.Found first = found(Optional.empty());
        for (Runnable trouble : troubles()) {
            trouble.run();
            Pulled.Later later = assertInstanceOf(Pulled.Later.class, pull(Optional.of(first.checkpoint())), trouble::toString);
            assertTrue(later.why().matches("[a-z0-9_]{1,40}"), later.why());
            assertEquals(first.schedule(), found(Optional.of(first.checkpoint())).schedule(), later.why());
        }
    }

    @Test
    void beingShutOutIsForOperators() {
        oneHearing();
        shutOut();
        assertTrue(assertInstanceOf(Pulled.Refused.class, pull(Optional.empty())).why().matches("[a-z0-9_]{1,40}"));
    }

    @Test
    void nothingThatIsWrittenOutNamesASecretOrAUrn() {
        oneHearing();
        Pulled.Found found = found(Optional.empty());
        String all = access() + " " + new PullRequest(access(), URN, Urns.key(URN), Optional.of(found.checkpoint()), courts) + " " + found;
        assertFalse(all.contains(URN) || access().secret() != null && all.contains('"' + access().secret() + '"'), all);
        assertFalse(all.contains("http"), all);
    }

    /** Court houses, kept in memory. */
    public static final class Memory implements CourtHouses {
        private final Map<String, Known> known = new HashMap<>();
        private boolean stale;

        @Override
        public Optional<Known> known(String houseId, String roomId) {
            return Optional.ofNullable(known.get(houseId + '/' + roomId)).map(k -> new Known(k.court(), !stale));
        }

        @Override
        public void learnt(String houseId, String roomId, CourtSchedule.Court court) {
            known.put(houseId + '/' + roomId, new Known(court, true));
        }

        public void grow(boolean old) {
            stale = old;
        }
    }
}
