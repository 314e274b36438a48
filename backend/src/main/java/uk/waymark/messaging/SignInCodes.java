package uk.waymark.messaging;

import java.util.Optional;
import java.util.UUID;

/** Whether a one-time code may go out, and where to: asked at sending, answered by whoever issues codes. */
public interface SignInCodes {

    /**
     * @param number   E.164
     * @param language {@code en} or {@code cy}
     */
    record Destination(String number, String language) {
        /** Without the number. */
        @Override
        public String toString() {
            return "Destination[language=" + language + "]";
        }
    }

    /** Where this code goes; empty when it must not be sent to anybody. */
    Optional<Destination> destination(UUID codeId);
}
