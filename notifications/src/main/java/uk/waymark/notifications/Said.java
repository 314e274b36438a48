package uk.waymark.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that left us, for the host to keep: told soon after it left, and again each time that more is known of how it
 * went.
 *
 * @param attemptId  names it: the same one may be told again, and then replaces what was known of it
 * @param subjectRef what it was about, or null
 * @param text       the words, as they were made for this attempt; null where they are not for keeping, or were wiped before.
 *                   By push none leave: the host's app shows its own
 * @param kept       whether words of this class are for keeping at all: a code's are not
 * @param state      accepted, delivered, failed or unknown
 * @param saidAt     case time at which it left
 * @param settledAt  case time at which it was known to have arrived, or not; null until then
 */
public record Said(UUID attemptId, UUID messageId, UUID tenant, UUID recipientRef, UUID subjectRef, String messageClass,
                   String template, int templateVersion, String language, Channel channel, String text, boolean kept,
                   MessageState state, Instant saidAt, Instant settledAt) {

    Said with(String words) {
        return new Said(attemptId, messageId, tenant, recipientRef, subjectRef, messageClass, template, templateVersion,
            language, channel, words, kept, state, saidAt, settledAt);
    }

    /** Without the words. */
    @Override
    public String toString() {
        return "Said[attemptId=" + attemptId + ", tenant=" + tenant + ", state=" + state + "]";
    }
}
