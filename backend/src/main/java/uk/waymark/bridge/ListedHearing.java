package uk.waymark.bridge;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import uk.waymark.cases.CourtNames;

/**
 * A hearing day of a case as lists tell it. Its id is the canonical {@code hearing_id}.
 *
 * @param court null in one that is about to be listed
 * @param kind null where nothing is known or reporting is restricted
 * @param restricted some list that stands says so
 */
record ListedHearing(UUID id, When when, String court, String kind, String room, boolean restricted) {

    /** What one list says of a hearing. @param list the list's id; @param hearing null while it is not known which */
    record Said(UUID list, UUID hearing, Instant publishedAt, Listing listing) {

        Said of(UUID found) {
            return new Said(list, found, publishedAt, listing);
        }
    }

    /** How two states of a hearing differ to who reads them. QUIET: in what nobody has to be told of by a message */
    enum Difference { NONE, QUIET, NEWS }

    /**
     * The hearing as all that is said of it has it: a day wins over a week, then what was published last; a time that
     * only some lists give stands. Courts are named as they were, where the names may well be the same court's.
     *
     * @param said at least one; of two published at one time the first counts
     */
    ListedHearing as(List<Said> said) {
        List<Listing> newestFirst = said.stream().sorted(Comparator.comparing(Said::publishedAt).reversed())
            .map(Said::listing).toList();
        boolean dated = newestFirst.stream().anyMatch(l -> l.when().on() != null);
        List<Listing> telling = newestFirst.stream().filter(l -> !dated || l.when().on() != null).toList();
        Listing newest = telling.getFirst();
        When then = telling.stream().filter(newest::sameDay).map(Listing::when).filter(w -> w.startsAt() != null)
            .findFirst().orElse(newest.when());
        boolean shut = newestFirst.stream().anyMatch(Listing::restricted);
        String known = telling.stream().map(Listing::kind).filter(HearingKinds::saysSomething).findFirst().orElse(null);
        String where = telling.stream().map(Listing::room).filter(Objects::nonNull).findFirst().orElse(null);
        String name = court != null && CourtNames.fit(court, newest.court()) ? court : newest.court();
        return new ListedHearing(id, then, name, shut ? null : known, shut ? null : where, shut);
    }

    Difference from(ListedHearing before) {
        if (!when.equals(before.when) || !court.equals(before.court)) {
            return Difference.NEWS;
        }
        boolean same = Objects.equals(kind, before.kind) && Objects.equals(room, before.room);
        return same ? Difference.NONE : Difference.QUIET;
    }

    /** Whether a listing is about this hearing: the same day, or a day of its week, at what may well be the same court. */
    boolean covers(Listing listing) {
        return CourtNames.fit(court, listing.court())
            && (when.sameDays(listing.when()) || when.narrows(listing.when()) || listing.when().narrows(when));
    }
}
