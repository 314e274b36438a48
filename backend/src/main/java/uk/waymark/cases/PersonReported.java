package uk.waymark.cases;

import java.sql.Connection;
import java.util.UUID;

/**
 * A force's system has told of a person; published in the transaction that takes it in, which acts for the force, also where
 * nothing of it is new.
 *
 * @param before as the force told of them until then
 */
public record PersonReported(Connection connection, UUID person, Facts before, Facts after) {

    /**
     * @param number   keyed hash of the mobile number, or null: whether it is another one, and nothing else
     * @param safety   {@code safe}, {@code unsafe} or {@code unknown}
     * @param language {@code en} or {@code cy}; null where the force does not know it
     * @param known    whether the force has told of the person at all
     */
    public record Facts(String number, String safety, String language, boolean known) { }
}
