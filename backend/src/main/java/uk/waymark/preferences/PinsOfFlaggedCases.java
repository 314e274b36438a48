package uk.waymark.preferences;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Set;
import uk.waymark.account.FlaggedPins;
import uk.waymark.cases.CaseChanged;
import uk.waymark.cases.EventType;

/** A flag may come after people have signed up: then they need a PIN, in the transaction in which the flag came. */
@Singleton
final class PinsOfFlaggedCases {
    /** What may bring a flag, or somebody into a flagged case. */
    private static final Set<EventType> FLAG = Set.of(EventType.CRIME_RECORDED, EventType.CASE_CHANGED,
        EventType.PERSON_ADDED, EventType.PEOPLE_MERGED);
    private final FlaggedPins pins;

    PinsOfFlaggedCases(FlaggedPins pins) {
        this.pins = pins;
    }

    @EventListener
    void changed(CaseChanged event) {
        if (FLAG.contains(event.type())) {
            pins.tellOfMissing(event.connection(), event.caseId());
        }
    }
}
