package uk.waymark.hearings.trial;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;

/** Whoever is told under another record from now on keeps the lot that was drawn for them. */
@Singleton
final class MergedLots implements ApplicationEventListener<PeopleMerged> {
    private final TrialStore trials;

    MergedLots(TrialStore trials) {
        this.trials = trials;
    }

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        trials.merge(event.connection(), event.merged(), event.survivor());
    }
}
