package uk.waymark.cases;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Words and phrases to find in a text, whole, whatever case they are in and whatever stands between their letters:
 * 'un-cooperative', 'un cooperative' and 'U.N.C.O.O.P...' are the same word. A phrase that ends in {@code *} also
 * matches longer words. Digits between letters end a match.
 */
final class FreeTextPhrases {

    /** A step of one letter. The search goes no deeper than the longest phrase, so it stays linear. */
    private static final class Step {
        private final Map<Character, Step> next = new HashMap<>();
        private boolean ends;
        private boolean endsAnywhere;
    }

    private final Step first = new Step();

    static FreeTextPhrases of(Collection<String> phrases) {
        var all = new FreeTextPhrases();
        phrases.forEach(phrase -> all.add(letters(phrase), phrase.endsWith("*")));
        return all;
    }

    /** Each name whole, and the parts of a name that has several; 'the Smiths' is found by Smith. */
    static FreeTextPhrases ofNames(Set<String> names, FreeTextLists lists) {
        var all = new FreeTextPhrases();
        for (var name : names) {
            if (name != null) {
                all.addName(name, lists);
            }
        }
        return all;
    }

    private void addName(String name, FreeTextLists lists) {
        all(letters(name));
        for (var token : FreeTextToken.split(FreeTextPlain.readings(name).getFirst().text())) {
            if (!lists.joining(token.key())) {
                all(token.key());
                all(token.stem());
            }
        }
    }

    private void all(String letters) {
        if (letters.length() > 1) {
            add(letters, false);
        }
        if (letters.length() > 2) {
            add(letters + "s", false);
        }
    }

    private void add(String letters, boolean anywhere) {
        var step = first;
        for (var c : letters.toCharArray()) {
            step = step.next.computeIfAbsent(c, key -> new Step());
        }
        if (step != first) {
            step.ends = true;
            step.endsAnywhere |= anywhere;
        }
    }

    /** Only the letters of a phrase, plain and lower case. */
    static String letters(String phrase) {
        var plain = FreeTextPlain.readings(phrase).getFirst().text().toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z]", "");
    }

    /** @param plain the text of a {@link FreeTextPlain} */
    boolean foundIn(String plain) {
        for (var i = 0; i < plain.length(); i++) {
            if (letter(plain, i) && !letter(plain, i - 1) && startsAt(plain, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean startsAt(String plain, int from) {
        var step = first;
        for (var i = from; i < plain.length() && !Character.isDigit(plain.charAt(i)); i++) {
            if (!letter(plain, i)) {
                continue;
            }
            step = step.next.get(Character.toLowerCase(plain.charAt(i)));
            if (step == null) {
                return false;
            }
            if (step.ends && (step.endsAnywhere || !letter(plain, i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean letter(String plain, int i) {
        if (i < 0 || i >= plain.length()) {
            return false;
        }
        var c = plain.charAt(i) | 0x20;
        return c >= 'a' && c <= 'z';
    }
}
