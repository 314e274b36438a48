package uk.waymark.notifications;

import java.time.Duration;

/**
 * How long it is tried to find out what became of an attempt whose outcome was lost. All in machine time, counted from the
 * moment at which the attempt was found unknown.
 *
 * @param quiet       how long the provider must have had time: only after it does 'not in the list' mean not sent
 * @param askEvery    time until the provider is asked first, and between two questions about one attempt
 * @param giveUp      when it stops asking, if the message has not expired by then: a person has to look
 * @param clocksApart by how much the provider's clock and ours may differ
 */
public record SettlingRules(Duration quiet, Duration askEvery, Duration giveUp, Duration clocksApart) {

    /** @throws IllegalArgumentException for what cannot work */
    public SettlingRules {
        if (!quiet.isPositive() || !askEvery.isPositive() || clocksApart.isNegative() || giveUp.compareTo(quiet) <= 0) {
            throw new IllegalArgumentException("settling: quiet and ask_every must be longer than nothing, and give_up "
                + "longer than quiet");
        }
    }

    /** Quiet for 10 minutes, asked every 2, given up after an hour; clocks up to 2 minutes apart. */
    public static SettlingRules defaults() {
        return new SettlingRules(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofHours(1), Duration.ofMinutes(2));
    }
}
