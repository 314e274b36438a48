package uk.waymark.hearings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import uk.waymark.cases.HearingKind;

/**
 * A court date as it stands, one row of {@code waymark.hearing}.
 *
 * @param unit      code of the witness care unit, or null
 * @param startsAt  null where only the day or the week is known
 * @param on        the day in the UK; null where only the week is known
 * @param weekOf    the Monday of its week, where the day is not known; null where neither is
 * @param court     as the source wrote it; null where it is not known
 * @param ouCode    of the court, as the source wrote it, or null
 * @param address   or null
 * @param room      or null
 * @param listOnly  only published lists tell of it: nobody is called by them
 * @param quiet     the source said that the last news of it is for nobody's phone
 * @param onPhones  whether the case may be told of at all
 * @param event     what the timeline shows of it now
 * @param saidAt    when the unit had it from the court
 * @param takenInAt case time at which it came to stand as it does
 * @param version   counts the changes of day, time, court, kind and state
 */
public record CourtHearing(UUID id, UUID caseId, String unit, Instant startsAt, LocalDate on, LocalDate weekOf, String court, String ouCode,
                           String address, String room, HearingKind kind, State state, boolean listOnly, boolean quiet, boolean onPhones,
                           UUID event, Instant saidAt, Instant takenInAt, int version) {

    /** GONE: what was said of it was taken back, or it turned out to be the same as another one. */
    public enum State { LISTED, VACATED, GONE }

    /** It stands, as far as is known. */
    public boolean listed() {
        return state == State.LISTED;
    }
}
