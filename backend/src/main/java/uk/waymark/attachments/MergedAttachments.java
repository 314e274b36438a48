package uk.waymark.attachments;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;
import uk.waymark.platform.Sql;

/** Whoever is known under another record from now on keeps their files. */
@Singleton
final class MergedAttachments implements ApplicationEventListener<PeopleMerged> {

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        Sql.run(event.connection(), "update waymark.attachment set person_id = ? where person_id = ?", event.survivor(), event.merged());
    }
}
