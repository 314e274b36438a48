package uk.waymark.notifications;

import java.time.Duration;

/**
 * How long a receipt is waited for. All in machine time, counted from the start of the attempt.
 *
 * @param askAfter until the provider is asked where the receipt is
 * @param askEvery between two questions about one attempt
 * @param giveUp   when the message counts as not arrived: another channel follows, or a person has to look
 */
public record ReceiptRules(Duration askAfter, Duration askEvery, Duration giveUp) {

    /** @throws IllegalArgumentException for what cannot work */
    public ReceiptRules {
        if (!askAfter.isPositive() || !askEvery.isPositive() || giveUp.compareTo(askAfter) <= 0) {
            throw new IllegalArgumentException("receipts: ask_after and ask_every must be longer than nothing, and give_up "
                + "longer than ask_after");
        }
    }

    /** Asked after 2 hours and then every 6, given up after 72, for which GOV.UK Notify tries. */
    public static ReceiptRules defaults() {
        return new ReceiptRules(Duration.ofHours(2), Duration.ofHours(6), Duration.ofHours(72));
    }
}
