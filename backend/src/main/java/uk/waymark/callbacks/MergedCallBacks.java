package uk.waymark.callbacks;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;
import uk.waymark.platform.Sql;

/** Whoever is told under another record from now on waits for the same calls. */
@Singleton
final class MergedCallBacks implements ApplicationEventListener<PeopleMerged> {

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        Sql.run(event.connection(), "update waymark.call_back set person_id = ? where person_id = ?", event.survivor(), event.merged());
        Sql.run(event.connection(), "update waymark.call_back_attempt set person_id = ? where person_id = ?", event.survivor(),
            event.merged());
    }
}
