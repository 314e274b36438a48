package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An event of a court's listing, in our words. Null stands for what it does not say.
 *
 * @param hearingId  what the source calls the hearing, at most 100 characters; null where it names none
 * @param urnKeys    as {@link uk.waymark.platform.Urns#key} has them
 * @param kind       a code of the contract's {@code HearingKind}
 * @param days       all days that it sits, as the event has them; null where it says nothing of days
 * @param cancelled  days that no longer are
 * @param weekOf     where only the week is known
 * @param restricted reporting is restricted: neither kind nor room is kept
 * @param quiet      it asks that nobody be told
 * @param vacated    it is off
 * @param notTaken   the parts that could not be read, by where they stand
 * @param kept       the event without what it says of people
 */
public record ListingEvent(String hearingId, Set<String> urnKeys, String kind, List<Instant> days, List<Instant> cancelled,
                           When weekOf, CourtSchedule.Court court, boolean restricted, boolean quiet, boolean vacated,
                           List<NotTaken> notTaken, JsonNode kept) {

    /** @param pointer a JSON pointer; @param reason names a rule, never a value */
    public record NotTaken(String pointer, String reason) { }

    /** Names no hearing that anybody could tell it by. */
    boolean nameless() {
        return hearingId == null;
    }
}
