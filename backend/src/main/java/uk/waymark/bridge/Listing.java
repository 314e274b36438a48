package uk.waymark.bridge;

import uk.waymark.cases.CourtNames;

/**
 * One mention of a case in a list, and all that is ever taken from it: nothing of a defendant, no offence, no note.
 *
 * @param urnKey as {@link uk.waymark.platform.Urns#key} has it
 * @param court the court's name as people should read it
 * @param kind a code of the contract's {@code HearingKind}
 * @param room or null
 * @param restricted reporting is restricted or a name is masked: then neither kind nor room is kept
 */
public record Listing(String urnKey, When when, String court, String kind, String room, boolean restricted) {

    public Listing {
        kind = restricted ? null : kind;
        room = restricted ? null : room;
    }

    /** Several mentions of a case at one court on one day are one hearing day: the earliest time, the weightiest kind. */
    Listing and(Listing other) {
        boolean otherFirst = other.when.startsAt() != null
            && (when.startsAt() == null || other.when.startsAt().isBefore(when.startsAt()));
        Listing first = otherFirst ? other : this;
        return new Listing(urnKey, first.when, court, HearingKinds.weightier(kind, other.kind), first.room,
            restricted || other.restricted);
    }

    boolean sameDay(Listing other) {
        return when.sameDays(other.when);
    }

    boolean sameDayAndCourt(Listing other) {
        return sameDay(other) && CourtNames.fit(court, other.court);
    }

    /** Whether this names the day of what the other knows the week of. */
    boolean narrows(Listing other) {
        return when.narrows(other.when) && CourtNames.fit(court, other.court);
    }
}
