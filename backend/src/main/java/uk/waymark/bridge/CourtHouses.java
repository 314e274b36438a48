package uk.waymark.bridge;

import java.util.Optional;

/** Court houses by an adapter's ids, kept for long: they seldom change. */
public interface CourtHouses {

    /**
     * @param court or null: the adapter was told that there is none of that id
     * @param fresh false: old enough to be asked for again; it may be used where that fails
     */
    record Known(CourtSchedule.Court court, boolean fresh) { }

    /** @param roomId empty for the house as a whole */
    Optional<Known> known(String houseId, String roomId);

    /** Keeps what was learnt. @param court or null where there is none of that id */
    void learnt(String houseId, String roomId, CourtSchedule.Court court);
}
