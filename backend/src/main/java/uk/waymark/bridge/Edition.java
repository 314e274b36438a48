package uk.waymark.bridge;

import java.time.Instant;
import java.util.List;

/**
 * What is taken from one published document.
 *
 * @param format one of {@code magistrates_standard}, {@code magistrates_public}, {@code magistrates_adult},
 *     {@code crown_daily}, {@code crown_firm}, {@code crown_warned}
 * @param court whose list it is
 * @param documentId tells the document from others of its format and court, and stays when it is sent again
 * @param parts the lists in it: each is replaced by a later edition of the same key
 * @param notPlaced how many mentions there are without a URN or without a date that can be read
 * @param notTaken  the first of these, by where they stand
 */
public record Edition(String format, String court, String documentId, Instant publishedAt, List<Part> parts, int notPlaced,
                      List<ListingEvent.NotTaken> notTaken) {

    /** Nothing was published later than now: whatever a clock over there says, such a list counts from when it came. */
    Edition publishedBy(Instant now) {
        return publishedAt.isAfter(now) ? new Edition(format, court, documentId, now, parts, notPlaced, notTaken) : this;
    }

    /** One list. @param key format, court and period: what makes a later one an edition of the same */
    public record Part(String key, List<Listing> listings) { }
}
