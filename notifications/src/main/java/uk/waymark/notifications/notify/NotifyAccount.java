package uk.waymark.notifications.notify;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import uk.waymark.notifications.Channel;

/**
 * A service at GOV.UK Notify that sends for one tenant.
 *
 * @param serviceId      its id, which is the account's name on attempts and receipts
 * @param apiKey         as Notify shows it once: name, service id and secret
 * @param callbackSecret the bearer token that Notify puts on its callbacks, or null where it calls nobody
 * @param templates      by channel, the id of a template that passes our words through: {@code ((text))} is all that one for
 *                       texts has; one for emails or letters has {@code ((subject))} as its subject or heading beside
 * @param smsSenderId    which of the service's senders texts come from, or null for its usual one
 * @param tenant         whom it sends for
 */
public record NotifyAccount(String serviceId, String apiKey, String callbackSecret, Map<Channel, String> templates,
                            String smsSenderId, UUID tenant) {

    public NotifyAccount {
        Objects.requireNonNull(serviceId, "serviceId");
        Objects.requireNonNull(apiKey, "apiKey");
        Objects.requireNonNull(tenant, "tenant");
        templates = Map.copyOf(templates);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "NotifyAccount[serviceId=" + serviceId + ", tenant=" + tenant + "]";
    }
}
