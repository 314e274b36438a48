package uk.waymark.hearings.wishes;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;

/** Whoever is told under another record from now on keeps the days to avoid and the needs that they had. */
@Singleton
final class MergedWishes implements ApplicationEventListener<PeopleMerged> {
    private final CourtWishes wishes;

    MergedWishes(CourtWishes wishes) {
        this.wishes = wishes;
    }

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        wishes.merge(event.connection(), event.merged(), event.survivor());
    }
}
