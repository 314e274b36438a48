package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;

/** Whoever is told under another record from now on keeps the days to avoid, the needs and the lot that they had. */
@Singleton
final class MergedAnswers implements ApplicationEventListener<PeopleMerged> {
    private final CourtWishes wishes;
    private final TrialStore trials;

    MergedAnswers(CourtWishes wishes, TrialStore trials) {
        this.wishes = wishes;
        this.trials = trials;
    }

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        wishes.merge(event.connection(), event.merged(), event.survivor());
        trials.merge(event.connection(), event.merged(), event.survivor());
    }
}
