package uk.waymark.export;

import java.sql.Connection;
import java.util.UUID;

/** What a feature holds of a person by that person's own choice, and can forget without harm to them. */
public interface Erasable {

    /** A short name in snake_case; its words are {@code erased.NAME} in {@code export/words_*.properties}. */
    String what();

    /** Forgets it, in a transaction of staff of the person's force. Doing it again does no harm. */
    void erase(Connection c, UUID person);
}
