package uk.waymark.notifications;

import java.util.UUID;

/** Makes the ids of every row. */
public interface Ids {

    /** A new, time-ordered (version 7) UUID; the time inside it decides the row's partition. */
    UUID next();
}
