package uk.waymark.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A word of a plain text: a run of letters and digits, with the apostrophes inside it. Hyphens part words.
 *
 * @param text  as written, in plain letters
 * @param key   lower case, without apostrophes: "we'll" is "well"
 * @param stem  what stands before an ending such as 's, 'll or the Welsh 'r; the key where there is none
 * @param opens whether a sentence, line, list item or quotation begins with it
 */
record FreeTextToken(String text, String key, String stem, boolean opens) {

    private static final Set<String> ENDINGS =
        Set.of("s", "t", "re", "ve", "ll", "d", "m", "r", "n", "w", "u", "i", "ch", "th");

    /** After these a full stop does not end a sentence. */
    private static final Set<String> SHORTENED =
        Set.of("mr", "mrs", "ms", "dr", "sgt", "insp", "supt", "det", "st", "no");

    static List<FreeTextToken> split(String plain) {
        var tokens = new ArrayList<FreeTextToken>();
        var gapFrom = 0;
        for (var i = 0; i < plain.length(); i++) {
            if (part(plain, i)) {
                var end = endOf(plain, i);
                var last = tokens.isEmpty() ? null : tokens.getLast();
                tokens.add(of(plain.substring(i, end), opens(plain, gapFrom, i, last)));
                i = end;
                gapFrom = end;
            }
        }
        return List.copyOf(tokens);
    }

    private static FreeTextToken of(String text, boolean opens) {
        var lower = text.toLowerCase(Locale.ROOT);
        var key = lower.replace("'", "");
        var mark = lower.lastIndexOf('\'');
        var stem = mark > 0 && ENDINGS.contains(lower.substring(mark + 1)) ? lower.substring(0, mark) : key;
        return new FreeTextToken(text, key, stem.replace("'", ""), opens);
    }

    private static int endOf(String plain, int from) {
        var end = from + 1;
        while (end < plain.length() && (part(plain, end) || plain.charAt(end) == '\'' && part(plain, end + 1))) {
            end++;
        }
        return end;
    }

    private static boolean opens(String plain, int gapFrom, int from, FreeTextToken last) {
        if (last == null) {
            return true;
        }
        var gap = plain.substring(gapFrom, from);
        if (gap.indexOf('\n') >= 0 || gap.indexOf('\r') >= 0) {
            return true;
        }
        if (gap.indexOf('.') >= 0) {
            return gap.length() > 1 && !last.shortened();
        }
        return gap.length() > 1 && gap.chars().anyMatch(c -> "!?:;\"(*".indexOf(c) >= 0);
    }

    /** 'Mr. Surname' and 'J. Surname' are one sentence; 'at 10 a.m. Officers' is two. */
    private boolean shortened() {
        return SHORTENED.contains(key) || key.length() == 1 && !key.equals("m") && capital();
    }

    private static boolean part(String plain, int i) {
        return i < plain.length() && (plain.charAt(i) < 0x80 && Character.isLetterOrDigit(plain.charAt(i)));
    }

    boolean capital() {
        return text.chars().anyMatch(Character::isUpperCase);
    }

    /** All its letters are capitals, and it has at least one. */
    boolean upper() {
        return capital() && text.chars().noneMatch(Character::isLowerCase);
    }

    boolean digits() {
        return text.chars().allMatch(Character::isDigit);
    }

    boolean letters() {
        return key.chars().allMatch(Character::isLetter);
    }

    /** Letters and digits in one word. */
    boolean mixed() {
        return !digits() && !letters();
    }
}
