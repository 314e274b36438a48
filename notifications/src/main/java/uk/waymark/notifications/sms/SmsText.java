package uk.waymark.notifications.sms;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The characters of a text message, and the number of segments that networks make of it. Sanitises as GOV.UK Notify
 * does: the GSM 7-bit alphabet and Welsh letters stay, typographic characters become plain ones, other accents are
 * dropped, and what then remains becomes a question mark.
 */
public final class SmsText {

    private static final String GSM =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Sent as an escape and a character: two places that stay in one segment. */
    private static final String GSM_EXTENDED = "^{}\\[~]|€";
    private static final String WELSH =
        "àèìòùẁỳÀÈÌÒÙẀỲáéíóúẃýÁÉÍÓÚẂÝâêîôûŵŷÂÊÎÔÛŴŶäëïöüẅÿÄËÏÖÜẄŸ";
    private static final Map<Integer, String> PLAIN = Map.ofEntries(
        plain('\u2013', "-"), plain('\u2014', "-"), plain('\u2026', "..."),
        plain('\u2018', "'"), plain('\u2019', "'"), plain('\u201C', "\""), plain('\u201D', "\""),
        plain('\u180E', ""), plain('\u200B', ""), plain('\u200C', ""), plain('\u200D', ""), plain('\u2060', ""),
        plain('\uFEFF', ""), plain('\u00A0', " "), plain('\t', " "));
    private static final int GSM_SINGLE = 160;
    private static final int GSM_PART = 153;
    private static final int UCS2_SINGLE = 70;
    private static final int UCS2_PART = 67;

    private SmsText() {
    }

    /** The text as it can be sent. Welsh letters outside GSM 7-bit stay, and make the whole text UCS-2. */
    public static String sanitise(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        composed(text).codePoints().forEach(c -> clean.append(sendable(c)));
        return clean.toString();
    }

    /** The characters that {@link #sanitise} would turn into question marks, in the order met. */
    public static Set<String> lost(String text) {
        Set<String> lost = new LinkedHashSet<>();
        composed(text).codePoints().filter(c -> c != '?' && sendable(c).equals("?"))
            .forEach(c -> lost.add(Character.toString(c)));
        return lost;
    }

    /**
     * How many segments networks send, and bill, for a text as it is. An escape pair or a surrogate pair never
     * straddles two segments, so that in rare cases this is one more than dividing the length gives.
     */
    public static int segments(String text) {
        boolean gsm = text.codePoints().allMatch(SmsText::inGsm);
        return gsm ? parts(text, c -> GSM_EXTENDED.indexOf(c) >= 0 ? 2 : 1, GSM_SINGLE, GSM_PART)
            : parts(text, Character::charCount, UCS2_SINGLE, UCS2_PART);
    }

    private static int parts(String text, IntUnaryOperator width, int single, int part) {
        int[] widths = text.codePoints().map(width).toArray();
        int total = 0;
        int parts = 1;
        int filled = 0;
        for (int w : widths) {
            total += w;
            if (filled + w > part) {
                parts++;
                filled = 0;
            }
            filled += w;
        }
        return total <= single ? 1 : parts;
    }

    /** With letter and accent as one character where there is one: a typed w and circumflex is a Welsh letter. */
    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String sendable(int c) {
        if (inGsm(c) || WELSH.indexOf(c) >= 0) {
            return Character.toString(c);
        }
        String plain = PLAIN.get(c);
        if (plain != null) {
            return plain;
        }
        int base = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD).codePointAt(0);
        return base != c && inGsm(base) ? Character.toString(base) : "?";
    }

    private static boolean inGsm(int c) {
        return GSM.indexOf(c) >= 0 || GSM_EXTENDED.indexOf(c) >= 0;
    }

    private static Map.Entry<Integer, String> plain(char c, String instead) {
        return Map.entry((int) c, instead);
    }
}
