package uk.waymark.changes;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.CaseChanged;
import uk.waymark.cases.EventType;
import uk.waymark.messaging.SuspectNumbers;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * A number is reported for a suspect that somebody in the case has signed up with, or is written to on. Texts stop by the rules
 * of contact; the session lives on, since ending it would tell, and the unit finds out.
 */
@Singleton
class SuspectMatches {
    private final SuspectNumbers numbers;
    private final WorkItems workItems;
    private final ChangeSettings settings;
    private final CaseClock clock;

    SuspectMatches(SuspectNumbers numbers, WorkItems workItems, ChangeSettings settings, CaseClock clock) {
        this.numbers = numbers;
        this.workItems = workItems;
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener
    void changed(CaseChanged event) {
        if (event.type() == EventType.SUSPECT_CONTACTS) {
            numbers.inCase(event.connection(), event.caseId()).forEach(person -> workItems.open(event.connection(),
                new NewWorkItem(UnitItems.SUSPECT, "suspect_number:" + event.eventId() + ':' + person, event.caseId(), person,
                    event.eventId(), "suspect_has_number", settings.words("suspect_has_number"),
                    clock.instant().plus(settings.due(UnitItems.SUSPECT)))));
        }
    }
}
