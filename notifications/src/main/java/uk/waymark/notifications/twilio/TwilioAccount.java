package uk.waymark.notifications.twilio;

import java.util.Objects;
import java.util.UUID;

/**
 * An account with Twilio as it sends for one tenant, from one number, name or messaging service. Several tenants may share an
 * account, and a tenant may send from more than one number of it.
 *
 * @param accountSid          {@code AC...}
 * @param authToken           signs our requests and Twilio's webhooks
 * @param messagingServiceSid {@code MG...}, or null where {@code from} is given
 * @param from                sender number or name, or null where a messaging service chooses
 * @param tenant              whom it sends for
 */
public record TwilioAccount(String accountSid, String authToken, String messagingServiceSid, String from, UUID tenant) {

    public TwilioAccount {
        Objects.requireNonNull(accountSid, "accountSid");
        Objects.requireNonNull(authToken, "authToken");
        Objects.requireNonNull(tenant, "tenant");
        if (messagingServiceSid == null && from == null) {
            throw new IllegalArgumentException("an account needs a messaging service or a sender");
        }
    }

    /** Whether what was sent to this number, or to a number of this messaging service, is for this tenant. */
    boolean receives(String number, String service) {
        return number.equals(from) || messagingServiceSid != null && messagingServiceSid.equals(service);
    }

    /** Without the token and the number. */
    @Override
    public String toString() {
        return "TwilioAccount[accountSid=" + accountSid + ", tenant=" + tenant + "]";
    }
}
