package uk.waymark.messaging;

import java.util.Optional;
import java.util.UUID;
import uk.waymark.notifications.Channel;

/**
 * Where the code goes that confirms a new number or address: to that very place, which no rule of contact knows yet. Asked at
 * sending, answered by whoever issues these codes.
 */
public interface ConfirmationCodes {
    /** The class of their messages, and the name of their template. */
    String MESSAGE_CLASS = "contact_confirmation";

    /**
     * @param address  of the channel
     * @param language {@code en} or {@code cy}
     */
    record Destination(Channel channel, String address, String language) {
        /** Without the address. */
        @Override
        public String toString() {
            return "Destination[channel=" + channel + ", language=" + language + "]";
        }
    }

    /** Where the code of this change goes; empty when it must not be sent to anybody. Called with no transaction open. */
    Optional<Destination> destination(UUID change);
}
