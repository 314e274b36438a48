package uk.waymark.messaging;

import java.util.UUID;

/** The provider says that a phone takes no texts from a force's sender any more. @param number E.164 */
record PhoneOptedOut(UUID force, String number) {

    /** Without the number. */
    @Override
    public String toString() {
        return "PhoneOptedOut[force=" + force + "]";
    }
}
