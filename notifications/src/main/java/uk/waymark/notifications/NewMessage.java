package uk.waymark.notifications;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a host asks to be said: never a number, never a text.
 *
 * @param tenant       whose message it is; must be the tenant that the caller's transaction acts for
 * @param recipientRef who, as the host knows them
 * @param messageClass the host's class of message, at most 60 characters
 * @param template     name of a template in {@link Templates}, at most 60 characters
 * @param fields       what the template's placeholders stand for; stored sealed
 * @param dedupeKey    one message per tenant and key; opaque, at most 200 characters, no personal data
 * @param subjectRef   what it is about, for cancelling what belongs together; may be null
 * @param notBefore    case time before which it is not looked at
 * @param expiresAt    case time from which it must not be sent any more; after {@code notBefore}
 */
public record NewMessage(UUID tenant, UUID recipientRef, String messageClass, String template,
                         Map<String, String> fields, String dedupeKey, UUID subjectRef, Instant notBefore,
                         Instant expiresAt) {

    public NewMessage {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(recipientRef, "recipientRef");
        Objects.requireNonNull(messageClass, "messageClass");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(dedupeKey, "dedupeKey");
        fields = Map.copyOf(fields);
        if (!expiresAt.isAfter(notBefore)) {
            throw new IllegalArgumentException("expiresAt must be after notBefore");
        }
    }

    /** Without the fields: they may hold a code. */
    @Override
    public String toString() {
        return "NewMessage[tenant=" + tenant + ", messageClass=" + messageClass + ", template=" + template + "]";
    }
}
