package uk.waymark.notifications;

import java.time.Duration;
import java.util.UUID;

/**
 * One attempt to send.
 *
 * @param attemptId our mark; the provider gives it back in its receipts where it can
 * @param messageClass the host's class of message
 * @param address   where to
 * @param text      the words, as they leave; a sender that only wakes an app keeps them back
 * @param validity  how long the message is still worth delivering
 * @param about     for a host whose own people send; null where no one needs it
 */
public record SendRequest(UUID attemptId, UUID tenant, String messageClass, String address, String text, Duration validity,
                          About about) {

    /**
     * The message that is sent, as the host knows it.
     *
     * @param subjectRef may be null
     */
    public record About(UUID messageId, UUID recipientRef, UUID subjectRef) {
    }

    /** To a provider, which needs to know no more. */
    public SendRequest(UUID attemptId, UUID tenant, String messageClass, String address, String text, Duration validity) {
        this(attemptId, tenant, messageClass, address, text, validity, null);
    }

    /** Without address and text. */
    @Override
    public String toString() {
        return "SendRequest[attemptId=" + attemptId + ", tenant=" + tenant + ", validity=" + validity + "]";
    }
}
