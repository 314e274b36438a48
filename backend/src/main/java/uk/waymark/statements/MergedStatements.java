package uk.waymark.statements;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;

/** Whoever is known under another record from now on keeps what they wrote and signed. */
@Singleton
final class MergedStatements implements ApplicationEventListener<PeopleMerged> {

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        SignedStatements.merge(event.connection(), event.merged(), event.survivor());
    }
}
