package uk.waymark.notifications;

import java.util.UUID;

/**
 * A piece of a list.
 *
 * @param cursor {@link MessageRecord#cursor()} of the last message of the page before, or null for the first page
 * @param limit  at most this many, 1 to 500
 */
public record Page(String cursor, int limit) {

    private static final int MAX = 500;

    /** @throws IllegalArgumentException for a limit out of range or a cursor that we did not make */
    public Page {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX);
        }
        if (cursor != null && !cursor.matches("[01]\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
    }

    /** The first page. */
    public static Page first(int limit) {
        return new Page(null, limit);
    }

    int rank() {
        return cursor == null ? -1 : cursor.charAt(0) - '0';
    }

    UUID id() {
        return cursor == null ? new UUID(-1, -1) : UUID.fromString(cursor.substring(2));
    }
}
