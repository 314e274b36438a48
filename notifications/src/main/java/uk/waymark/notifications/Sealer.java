package uk.waymark.notifications;

import java.util.UUID;

/**
 * Seals what must not be read in a dump. The column (such as {@code notifications.message.fields}) and the row's id
 * are bound to the sealed bytes, so that they open nowhere else.
 */
public interface Sealer {

    /** Encrypts {@code plain} for one column of one row. */
    byte[] seal(String column, UUID row, byte[] plain);

    /** Decrypts; throws an unchecked exception where the bytes were not sealed for this column and row. */
    byte[] open(String column, UUID row, byte[] sealed);

    /**
     * The keyed hash of a value, to find it again without opening anything.
     *
     * @param purpose keeps the same value in two places from being matched
     */
    byte[] key(String purpose, String value);

    /** The keyed hashes to look for: one for each key that is still in use. */
    byte[][] keys(String purpose, String value);
}
