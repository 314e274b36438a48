package uk.waymark.notifications;

import java.util.UUID;

/**
 * A reply as a provider delivered it, already checked to come from that provider.
 *
 * @param from   the number it came from
 * @param to     our number
 * @param tenant whose account it came to
 */
public record InboundText(String provider, String providerAccount, String providerMessageId, String from, String to,
                          String body, UUID tenant) {

    /** Without numbers and text. */
    @Override
    public String toString() {
        return "InboundText[provider=" + provider + ", tenant=" + tenant + "]";
    }
}
