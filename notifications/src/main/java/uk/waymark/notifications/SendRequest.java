package uk.waymark.notifications;

import java.time.Duration;
import java.util.UUID;

/**
 * One attempt to send.
 *
 * @param attemptId our mark; the provider gives it back in its receipts where it can
 * @param messageClass the host's class of message
 * @param address   where to
 * @param text      the words, as they leave
 * @param validity  how long the message is still worth delivering
 */
public record SendRequest(UUID attemptId, UUID tenant, String messageClass, String address, String text, Duration validity) {

    /** Without address and text. */
    @Override
    public String toString() {
        return "SendRequest[attemptId=" + attemptId + ", tenant=" + tenant + ", validity=" + validity + "]";
    }
}
