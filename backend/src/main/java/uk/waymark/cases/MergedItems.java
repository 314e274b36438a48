package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.staff.WorkItems;

/** What waits for staff about somebody waits about whoever they are told under from now on. */
@Singleton
final class MergedItems implements ApplicationEventListener<PeopleMerged> {
    private final WorkItems workItems;

    MergedItems(WorkItems workItems) {
        this.workItems = workItems;
    }

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        workItems.merge(event.connection(), event.merged(), event.survivor());
    }
}
