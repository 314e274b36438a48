package uk.waymark.notifications;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * What a provider reports about a message it took, already checked to come from that provider.
 *
 * @param attemptId our mark, where the provider gave it back; otherwise null
 * @param code      the provider's error code, or its own status word
 * @param meaning   our word for the code; becomes the message's reason where the message failed
 * @param at        when it was reported
 */
public record Receipt(String provider, String providerAccount, String providerMessageId, UUID attemptId,
                      Status status, String code, String meaning, Instant at) {

    /** What a report says. */
    public enum Status {
        /** It arrived; the last word. */
        DELIVERED,
        /** It did not arrive and the provider has given up; the last word. */
        FAILED,
        /** The provider has it and is still trying. */
        INTERMEDIATE;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The message state that this report leads to. */
        MessageState leadsTo() {
            return switch (this) {
                case DELIVERED -> MessageState.DELIVERED;
                case FAILED -> MessageState.FAILED;
                case INTERMEDIATE -> MessageState.ACCEPTED;
            };
        }
    }

    public Receipt {
        Objects.requireNonNull(providerMessageId, "providerMessageId");
        Objects.requireNonNull(status, "status");
        code = code == null ? "" : code;
        meaning = meaning == null ? code : meaning;
    }

    /** A receipt whose code says it all. */
    public Receipt(String provider, String providerAccount, String providerMessageId, UUID attemptId, Status status,
                   String code, Instant at) {
        this(provider, providerAccount, providerMessageId, attemptId, status, code, code, at);
    }
}
