package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.waymark.platform.Sealing;

/**
 * Lots in permuted blocks: of each ten people of a stratum, in the order in which they come, exactly the share is left without
 * reminders. Which of the ten follows from a keyed hash, so nobody who does not have the key can tell who is next, and the
 * same ten are always drawn the same way.
 */
@Singleton
final class TrialLots {
    static final int BLOCK = 10;
    private final Sealing sealing;

    TrialLots(Sealing sealing) {
        this.sealing = sealing;
    }

    /**
     * @param stratum kind of hearing and unit
     * @param place   the how manieth of the stratum, from 0
     * @param share   percent, in tens
     */
    boolean heldOut(UUID trial, String stratum, int place, int share) {
        String block = trial + "\0" + stratum + '\0' + place / BLOCK + '\0';
        List<byte[]> hashes = IntStream.range(0, BLOCK).mapToObj(slot -> sealing.key("reminder_trial", block + slot)).toList();
        List<Integer> order = IntStream.range(0, BLOCK).boxed()
            .sorted(Comparator.comparing(hashes::get, Arrays::compareUnsigned)).toList();
        return order.indexOf(place % BLOCK) < share * BLOCK / 100;
    }
}
