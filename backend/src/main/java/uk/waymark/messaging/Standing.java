package uk.waymark.messaging;

import java.time.Instant;
import java.util.List;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;

/**
 * What holds now of the ways to reach one person: with confirmations that have lapsed taken off, those of another number too,
 * and the strictest of all who share the account.
 *
 * @param number      that texts and calls would go to, E.164, or null
 * @param word        what the force says of the number that it holds, unless that has lapsed
 * @param wordGivenAt when the force last said that it is safe, of the very number; null where it did not
 * @param ofNumber    what the force says of {@code number}
 * @param flagged     the person, or somebody on the same account, is in a case with a safety flag
 * @param order       the person's own or the usual; {@code NOT_SAID} where {@code ofNumber} holds
 * @param text        as in the order, or what was said of texts though they are not in it
 * @param call        likewise of calls: staff ring about what is urgent whatever the order is
 */
public record Standing(String number, NumberSafety word, Instant wordGivenAt, NumberSafety ofNumber, boolean flagged,
                       List<Chosen> order, Chosen text, Chosen call) {

    /** {@code SAFE}, {@code UNSAFE} or {@code UNKNOWN}. */
    public Safety effective(Chosen way) {
        return way.address() == null ? together(ofNumber, way.safety())
            : way.safety() == Safety.NOT_SAID ? Safety.UNKNOWN : way.safety();
    }

    /** When the way was last confirmed to be safe, by whoever did, also where that has lapsed; or null. */
    public Instant confirmedAt(Chosen way) {
        Instant said = way.said().confirmedAt();
        boolean byForce = way.address() == null && wordGivenAt != null && (said == null || said.isBefore(wordGivenAt));
        return byForce ? wordGivenAt : said;
    }

    /** The force calls the number unsafe: nobody makes it safe by a word on a channel. */
    public boolean numberUnsafe() {
        return ofNumber == NumberSafety.UNSAFE;
    }

    /** The worse of what is said of a number and of a channel that uses it; where nothing was said of the channel, the first. */
    static Safety together(NumberSafety number, Safety said) {
        if (number == NumberSafety.UNSAFE) {
            return Safety.UNSAFE;
        }
        return said == Safety.NOT_SAID ? Safety.valueOf(number.name()) : said;
    }

    /** Whether a channel needs a number. */
    static boolean byNumber(Channel channel) {
        return channel != Channel.EMAIL && channel != Channel.LETTER;
    }

    /** Without the number. */
    @Override
    public String toString() {
        return "Standing[word=" + word + ", flagged=" + flagged + "]";
    }
}
