package uk.waymark.staff;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import uk.waymark.platform.ProblemException;

/** What the lists of this package share on their way out and in. */
final class Views {
    private Views() { }

    static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** @throws ProblemException 400 for a part of a cursor that we did not make */
    static <T> T fromCursor(String part, Function<String, T> parser) {
        try {
            return parser.apply(part);
        } catch (RuntimeException e) {
            throw ProblemException.badRequest("/cursor",
                "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
