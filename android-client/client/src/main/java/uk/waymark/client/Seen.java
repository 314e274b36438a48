package uk.waymark.client;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was read: as it is now, or as it was when it was last seen.
 *
 * @param value what it says; empty where it was never seen, or is not the reader's any more
 * @param asAt when the server last said that it is so; null without a value
 * @param etag the version, for changing it; null where it has none
 * @param trouble why it is not known to be so now
 * @param detail what the server says about that to the person; empty where it says nothing
 */
public record Seen<T>(Optional<T> value, Instant asAt, String etag, Trouble trouble, String detail) {

    /** Why something could not be read. */
    public enum Trouble {
        /** It could: it is as it is now. */
        NONE,
        /** There is no line, or a bad one. */
        NO_LINE,
        /** The server cannot say just now. */
        SERVER,
        /** Nobody is signed in any more. */
        SIGN_IN,
        /** A sign-in of the last minutes is asked for. */
        FRESH_SIGN_IN,
        /** It is not there, or not the reader's. */
        GONE,
        /** A newer app is needed to read it. */
        NOT_UNDERSTOOD
    }

    /** Whether it has to be said as of when it is. */
    public boolean old() {
        return value.isPresent() && trouble != Trouble.NONE;
    }
}
