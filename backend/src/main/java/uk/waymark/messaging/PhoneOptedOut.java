package uk.waymark.messaging;

import java.util.UUID;

/**
 * The provider says that a phone takes no texts from a force's sender any more.
 *
 * @param account the sender's account, as the provider calls it
 * @param number  E.164
 */
record PhoneOptedOut(UUID force, String account, String number) {

    /** Without the number. */
    @Override
    public String toString() {
        return "PhoneOptedOut[force=" + force + "]";
    }
}
