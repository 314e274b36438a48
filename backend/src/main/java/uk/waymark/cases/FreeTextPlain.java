package uk.waymark.cases;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text as a reader sees it, in plain letters: no accents, invisible characters, look-alike letters, odd spaces,
 * dashes or quotes; capitals are kept.
 *
 * @param text     letters a-z and A-Z, digits 0-9, and whatever else is neither
 * @param readable false where letters remained that are not Latin, or where the text tells the screen to draw it in
 *                 another order: then nobody can say what it shows
 */
record FreeTextPlain(String text, boolean readable) {

    /** Letters that look Latin but are not (Cyrillic, Greek), and Latin ones that do not come apart by themselves. */
    private static final Map<Integer, String> LOOK_ALIKES = lookAlikes();

    /** How to treat characters that are not seen: a name can be broken up by them, and two names joined. */
    private enum Unseen { DROPPED, A_SPACE }

    /** One reading for an ordinary text; two where it holds characters that are not seen. */
    static List<FreeTextPlain> readings(String raw) {
        var dropped = read(raw, Unseen.DROPPED);
        return raw.codePoints().anyMatch(FreeTextPlain::unseen)
            ? List.of(dropped, read(raw, Unseen.A_SPACE))
            : List.of(dropped);
    }

    private static FreeTextPlain read(String raw, Unseen unseen) {
        var bare = new StringBuilder(raw.length());
        var reordered = false;
        for (var i = 0; i < raw.length(); ) {
            var c = raw.codePointAt(i);
            i += Character.charCount(c);
            reordered |= reorders(c);
            if (unseen(c)) {
                bare.append(unseen == Unseen.A_SPACE ? " " : "");
            } else if (!mark(c)) {
                // Marks go before normalising as well: sorting a long run of them takes more than linear time.
                bare.appendCodePoint(c);
            }
        }
        return plain(Normalizer.normalize(bare, Normalizer.Form.NFKD), !reordered);
    }

    private static FreeTextPlain plain(String apart, boolean inOrder) {
        var out = new StringBuilder(apart.length());
        var readable = inOrder;
        for (var i = 0; i < apart.length(); ) {
            var c = apart.codePointAt(i);
            i += Character.charCount(c);
            if (!mark(c) && !unseen(c)) {
                readable &= append(c, out);
            }
        }
        return new FreeTextPlain(out.toString(), readable);
    }

    /** False for a letter that cannot be read. It is kept as a full stop, so that it joins nothing. */
    private static boolean append(int c, StringBuilder out) {
        var alike = LOOK_ALIKES.get(c);
        if (c < 0x80) {
            out.append((char) c);
        } else if (alike != null) {
            out.append(alike);
            return !foreign(c);
        } else if (digit(c) >= 0) {
            out.append(digit(c));
        } else if (Character.isLetter(c)) {
            out.append('.');
            return false;
        } else {
            out.append(sign(c));
        }
        return true;
    }

    private static char sign(int c) {
        return switch (Character.getType(c)) {
            case Character.DASH_PUNCTUATION, Character.CONNECTOR_PUNCTUATION -> '-';
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
            default -> switch (c) {
                case 0x2212 -> '-';
                case 0x2018, 0x2019, 0x02BC -> '\'';
                case 0xA3 -> (char) c;
                default -> '*';
            };
        };
    }

    private static int digit(int c) {
        if (Character.isDigit(c)) {
            return Character.digit(c, 10);
        }
        var value = Character.getType(c) == Character.OTHER_NUMBER ? Character.getNumericValue(c) : -1;
        return value <= 9 ? value : -1;
    }

    private static boolean foreign(int c) {
        var script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.CYRILLIC || script == Character.UnicodeScript.GREEK;
    }

    private static boolean mark(int c) {
        var type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
            || type == Character.COMBINING_SPACING_MARK;
    }

    /** Controls, zero-width and direction characters, and the letters that exist to fill a space. */
    private static boolean unseen(int c) {
        return switch (c) {
            case '\t', '\n', '\r', 0x0B, '\f', 0x85 -> false;
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
            default -> switch (Character.getType(c)) {
                case Character.FORMAT, Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED,
                     Character.PRIVATE_USE -> true;
                default -> false;
            };
        };
    }

    private static boolean reorders(int c) {
        return c == 0x202D || c == 0x202E;
    }

    private static Map<Integer, String> lookAlikes() {
        var map = new HashMap<Integer, String>();
        pairs(map, "\u0430a\u0431b\u0435e\u043Eo\u0440p\u0441c\u0443y\u0445x\u0456i\u0458j\u0455s\u04BBh\u0501d"
            + "\u051Bq");
        pairs(map, "\u051Dw\u043Ak\u043Cm\u0442t\u043Dh\u0432b\u04CFl\u0433r\u043Fn");
        pairs(map, "\u0410A\u0412B\u0415E\u041AK\u041CM\u041DH\u041EO\u0420P\u0421C\u0422T\u0423Y\u0425X\u0406I"
            + "\u0408J");
        pairs(map, "\u0405S\u0391A\u0392B\u0395E\u0396Z\u0397H\u0399I\u039AK\u039CM\u039DN\u039FO\u03A1P\u03A4T"
            + "\u03A5Y");
        pairs(map, "\u03A7X\u03B1a\u03B5e\u03B9i\u03BAk\u03BDv\u03BFo\u03C1p\u03C4t\u03C5u\u03C7x\u03B7n\u03B2b");
        pairs(map, "\u00F8o\u00D8O\u0142l\u0141L\u0111d\u0110D\u00F0d\u00D0D\u0131i\u0127h\u0126H\u0167t\u0166T"
            + "\u0180b");
        pairs(map, "\u0261g\u0251a\u026Ai\u0130I\u0259e\u0268i\u0289u\u0253b\u0257d\u0199k\u0272n\u014Bn\u014AN");
        map.putAll(Map.of(0xE6, "ae", 0xC6, "AE", 0x153, "oe", 0x152, "OE", 0xDF, "ss", 0x1E9E, "SS", 0xFE, "th",
            0xDE, "Th"));
        for (var i = 0; i < 26; i++) {
            var letter = String.valueOf((char) ('A' + i));
            // Letters in a filled circle, in a filled square, and the halves of flags.
            map.put(0x1F150 + i, letter);
            map.put(0x1F170 + i, letter);
            map.put(0x1F1E6 + i, letter);
        }
        return Map.copyOf(map);
    }

    private static void pairs(Map<Integer, String> map, String fromTo) {
        for (var i = 0; i < fromTo.length(); i += 2) {
            map.put((int) fromTo.charAt(i), fromTo.substring(i + 1, i + 2));
        }
    }
}
