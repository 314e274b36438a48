package uk.waymark.cases;

import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * News of a court date says itself what it is, by whoever keeps the court dates; all other news is 'there is something new'.
 * Called inside the transaction of the event, once the rows of court dates are in line with it.
 */
public interface TellingWords {

    /**
     * Somebody is to be told of an event of a court date. That they are is written down already.
     *
     * @param hearing what its source calls the court date, one of {@link CourtDates.Date#subjects}
     * @param key     of the message that tells it
     * @param keeps   until when news is worth sending
     */
    record News(UUID force, UUID caseId, UUID event, String hearing, UUID person, String key, Instant now, Instant keeps) { }

    /** What came of it. */
    sealed interface Said { }

    /** There are no words for it: told as all other news is. */
    record Usual() implements Said { }

    /** The person knows it already, or nobody is left who has to know it, or staff were asked to ring. */
    record Nothing() implements Said { }

    /** A message about the event, under the key that was given, was put into the outbox. */
    record Told(String template) implements Said { }

    Said tell(Connection c, News news);

    /**
     * All that the events have to say of the case is queued: what is to be said beside it, to whoever was told that they are
     * needed and is not any more.
     *
     * @param present who takes part
     * @param setBack what sources call court dates that stand again where they stood, since what moved them was of another one: no event
     *                is news of that
     */
    void afterwards(Connection c, UUID force, UUID caseId, Set<UUID> present, Set<String> setBack, Instant now);
}
