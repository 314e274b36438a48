package uk.waymark.notifications.sms;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The characters of a text message, and the number of segments that networks make of it. Sanitises as GOV.UK Notify
 * does, so that a message is the same whichever provider takes it: the GSM 7-bit alphabet and Welsh letters stay,
 * typographic characters become plain ones, other accents are dropped, and what then remains (other scripts, emoji)
 * becomes a question mark. So a name in another script is not to be put into a text; {@link #lost} says what would go.
 */
public final class SmsText {

    private static final String GSM =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Sent as an escape and a character: two places that stay in one segment. */
    private static final String GSM_EXTENDED = "\f^{}\\[~]|€";
    /** Places that a character takes in GSM 7-bit; 0 for those that it does not have. */
    private static final byte[] GSM_PLACES = places();
    private static final String WELSH =
        "àèìòùẁỳÀÈÌÒÙẀỲáéíóúẃýÁÉÍÓÚẂÝâêîôûŵŷÂÊÎÔÛŴŶäëïöüẅÿÄËÏÖÜẄŸ";
    /** What no decomposition of Unicode makes plain. */
    private static final Map<Integer, String> PLAIN = Map.ofEntries(
        plain('\u2010', "-"), plain('\u2011', "-"), plain('\u2012', "-"), plain('\u2013', "-"), plain('\u2014', "-"),
        plain('\u2015', "-"), plain('\u2212', "-"), plain('\u2022', "-"), plain('\u2026', "..."),
        plain('\u2018', "'"), plain('\u2019', "'"), plain('\u201A', "'"), plain('\u201B', "'"), plain('\u2032', "'"),
        plain('\u02BC', "'"), plain('\u00B4', "'"), plain('`', "'"), plain('\u2039', "'"), plain('\u203A', "'"),
        plain('\u201C', "\""), plain('\u201D', "\""), plain('\u201E', "\""), plain('\u201F', "\""),
        plain('\u2033', "\""), plain('\u00AB', "\""), plain('\u00BB', "\""),
        plain('\u2044', "/"), plain('\u00D7', "x"), plain('\u00B7', "."),
        plain('\t', " "), plain('\r', "\n"), plain('\u000B', "\n"), plain('\f', "\n"), plain('\u0085', "\n"),
        plain('\u2028', "\n"), plain('\u2029', "\n"),
        plain('\u0141', "L"), plain('\u0142', "l"), plain('\u0110', "D"), plain('\u0111', "d"), plain('\u00D0', "D"),
        plain('\u00F0', "d"), plain('\u00DE', "Th"), plain('\u00FE', "th"), plain('\u0152', "Oe"), plain('\u0153', "oe"),
        plain('\u0131', "i"), plain('\u0126', "H"), plain('\u0127', "h"), plain('\u1E9E', "SS"));
    private static final int GSM_SINGLE = 160;
    /** A part of a longer text gives six bytes to the header that puts the parts together. */
    private static final int GSM_PART = 153;
    private static final int UCS2_SINGLE = 70;
    private static final int UCS2_PART = 67;

    private SmsText() {
    }

    /** The text as it can be sent. Welsh letters outside GSM 7-bit stay, and make the whole text UCS-2. */
    public static String sanitise(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        composed(text).codePoints().forEach(c -> clean.append(sendable(c)));
        return clean.toString();
    }

    /** The characters that {@link #sanitise} would turn into question marks, in the order met. */
    public static Set<String> lost(String text) {
        Set<String> lost = new LinkedHashSet<>();
        composed(text).codePoints().filter(c -> c != '?' && sendable(c).contains("?"))
            .forEach(c -> lost.add(Character.toString(c)));
        return lost;
    }

    /**
     * How long a text is on the network.
     *
     * @param ucs2     whether a character makes the whole text UCS-2, and not GSM 7-bit
     * @param places   septets, or 16-bit units in UCS-2
     * @param segments how many are sent, and billed
     */
    public record Size(boolean ucs2, int places, int segments) {
    }

    /**
     * The size of a text as it is. An escape pair or a surrogate pair never straddles two segments, so that in rare cases
     * there is one segment more than dividing the length gives.
     */
    public static Size size(String text) {
        boolean gsm = text.codePoints().allMatch(c -> gsmPlaces(c) > 0);
        IntUnaryOperator width = gsm ? SmsText::gsmPlaces : Character::charCount;
        int places = text.codePoints().map(width).sum();
        boolean single = places <= (gsm ? GSM_SINGLE : UCS2_SINGLE);
        return new Size(!gsm, places, single ? 1 : parts(text, width, gsm ? GSM_PART : UCS2_PART));
    }

    /** How many segments networks send, and bill, for a text as it is: see {@link #size}. */
    public static int segments(String text) {
        return size(text).segments();
    }

    private static int parts(String text, IntUnaryOperator width, int part) {
        int parts = 1;
        int filled = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int places = width.applyAsInt(c);
            if (filled + places > part) {
                parts++;
                filled = 0;
            }
            filled += places;
            i += Character.charCount(c);
        }
        return parts;
    }

    /** Most texts are: nothing in them is anything but itself. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (gsmPlaces(c) == 0 || c == '\r' || c == '\f') {
                return false;
            }
        }
        return true;
    }

    /** With letter and accent as one character where there is one: a typed w and circumflex is a Welsh letter. */
    private static String composed(String text) {
        return Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC);
    }

    private static String sendable(int c) {
        String plain = PLAIN.get(c);
        if (plain != null) {
            return plain;
        }
        if (gsmPlaces(c) > 0 || WELSH.indexOf(c) >= 0) {
            return Character.toString(c);
        }
        return switch (Character.getType(c)) {
            // joiners, marks of direction, accents and variation selectors that stand by themselves
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> "";
            case Character.SPACE_SEPARATOR -> " ";
            default -> decomposed(c);
        };
    }

    /** A letter without its accents, a ligature or a symbol in its letters; or a question mark. */
    private static String decomposed(int c) {
        String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
        if (parts.codePointAt(0) == c) {
            return "?";
        }
        StringBuilder plain = new StringBuilder();
        parts.codePoints().forEach(part -> plain.append(sendable(part)));
        return plain.indexOf("?") >= 0 || plain.toString().isBlank() ? "?" : plain.toString();
    }

    private static int gsmPlaces(int c) {
        return c < GSM_PLACES.length ? GSM_PLACES[c] : 0;
    }

    private static byte[] places() {
        byte[] places = new byte['€' + 1];
        GSM.chars().forEach(c -> places[c] = 1);
        GSM_EXTENDED.chars().forEach(c -> places[c] = 2);
        return places;
    }

    private static Map.Entry<Integer, String> plain(char c, String instead) {
        return Map.entry((int) c, instead);
    }
}
