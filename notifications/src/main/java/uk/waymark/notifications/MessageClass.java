package uk.waymark.notifications;

import java.time.Duration;
import java.util.List;

/**
 * What the host's data says of all messages of one class.
 *
 * @param name       as the host calls it, such as {@code sign_in}
 * @param priority   the lower, the sooner it is sent where more is due than can be sent; 0 to 9
 * @param validity   how long a provider may go on trying to deliver it
 * @param retries    time until an attempt that found its provider unavailable is repeated, by number of attempts; the last
 *                   one repeats until the message expires
 * @param readWithin how long a message on a channel without receipts may stay unread before the next channel follows; null
 *                   where none follows
 * @param asks       whether it asks for a reply: it leaves only from a number that can take one, and a reply is matched to it
 * @param wipedAtEnd whether its text goes as soon as it has ended, as a code's does
 */
public record MessageClass(String name, int priority, Duration validity, List<Duration> retries, Duration readWithin,
                           boolean asks, boolean wipedAtEnd) {

    /** @throws IllegalArgumentException for what cannot work */
    public MessageClass {
        retries = List.copyOf(retries);
        if (priority < 0 || priority > 9 || !validity.isPositive() || retries.isEmpty()
            || retries.stream().anyMatch(r -> !r.isPositive()) || readWithin != null && !readWithin.isPositive()) {
            throw new IllegalArgumentException("message class " + name + ": priority 0 to 9, a validity, and at least one "
                + "retry, all longer than nothing");
        }
    }
}
