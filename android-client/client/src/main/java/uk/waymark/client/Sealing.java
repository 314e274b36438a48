package uk.waymark.client;

import java.security.GeneralSecurityException;

/** Encrypts what is kept, with a key that the device holds. */
public interface Sealing {
    /**
     * @param about what it is, which has to be said again to open it: what was kept under one name cannot be passed off as another
     */
    byte[] seal(byte[] plain, byte[] about) throws GeneralSecurityException;

    /**
     * @throws LostException where it was sealed with another key or about something else, or was changed
     * @throws GeneralSecurityException where it cannot be opened just now
     */
    byte[] open(byte[] sealed, byte[] about) throws GeneralSecurityException;

    /** Destroys the key: whatever was sealed can never be opened again, wherever a copy of it lies. The next use makes a new one. */
    void forget();

    /** What was sealed can never be opened again. */
    final class LostException extends GeneralSecurityException {
        public LostException(String why) {
            super(why);
        }

        LostException(GeneralSecurityException cause) {
            super(cause);
        }
    }
}
