package uk.waymark.notifications;

import java.util.UUID;

/** What enqueueing did. */
public sealed interface Enqueued {

    /** The message, new or old. */
    UUID id();

    /** A new message, sent only if the caller's transaction commits. */
    record Added(UUID id) implements Enqueued {
    }

    /** The tenant has used the dedupe key before: nothing was added. */
    record AlreadyThere(UUID id) implements Enqueued {
    }
}
