package uk.waymark.platform.embedded;

/** The embedded PostgreSQL could not do what was asked; the message is written for the person who started it. */
public final class EmbeddedDatabaseException extends RuntimeException {
    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
