package uk.waymark.preferences;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.ProblemException;

/** What an order of channels must be, whoever enters it. */
final class ChannelOrder {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\",;]{1,64}@[^\\s@<>\",;]+\\.[^\\s@<>\",;.]{2,}");
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern POSTCODE = Pattern.compile("[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}");
    private static final int FEWEST_LINES = 3;
    private static final int MOST_LINES = 7;
    private static final Set<Channel> WITH_ADDRESS = EnumSet.of(Channel.EMAIL, Channel.LETTER);

    private ChannelOrder() { }

    /**
     * The order with its addresses tidied.
     *
     * @throws ProblemException 422 for a channel named twice, the app alone, or an address that does not fit
     */
    static List<Chosen> checked(List<Chosen> channels) {
        Set<Channel> seen = EnumSet.noneOf(Channel.class);
        for (int i = 0; i < channels.size(); i++) {
            if (!seen.add(channels.get(i).channel())) {
                throw ProblemException.unprocessable("/channels/" + i + "/channel", "Name each channel once.");
            }
            checkAddress(channels.get(i), "/channels/" + i + "/address");
        }
        if (seen.equals(EnumSet.of(Channel.PUSH))) {
            throw ProblemException.unprocessable("/channels",
                "The app alone is not enough: nobody learns whether a notification was seen. Name another channel as well.");
        }
        return channels.stream().map(c -> new Chosen(c.channel(), tidy(c.address()), c.safety(), c.said())).toList();
    }

    private static void checkAddress(Chosen chosen, String pointer) {
        String address = tidy(chosen.address());
        if (WITH_ADDRESS.contains(chosen.channel()) != (address != null)) {
            throw ProblemException.unprocessable(pointer, address == null ? "An email and a letter need an address."
                : "Only an email and a letter have an address.");
        }
        if (chosen.channel() == Channel.EMAIL && (address.length() > LONGEST_EMAIL || !EMAIL.matcher(address).matches())) {
            throw ProblemException.unprocessable(pointer, "This is not an email address. It looks like name@example.org.");
        }
        if (chosen.channel() == Channel.LETTER && !postal(address)) {
            throw ProblemException.unprocessable(pointer,
                "A postal address has three to seven lines: a name first, and a UK postcode last.");
        }
    }

    private static boolean postal(String address) {
        List<String> lines = address.lines().toList();
        return lines.size() >= FEWEST_LINES && lines.size() <= MOST_LINES && POSTCODE.matcher(lines.getLast()).matches();
    }

    /** Without empty lines and spaces around lines. */
    private static String tidy(String address) {
        return address == null ? null
            : String.join("\n", address.lines().map(String::strip).filter(l -> !l.isEmpty()).toList());
    }
}
