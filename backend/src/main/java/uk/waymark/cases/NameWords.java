package uk.waymark.cases;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whole words of a name, as they are written and as they are looked for: small, without accents. A word with a hyphen or an apostrophe
 * counts both as one and as its parts, so that O'Brien is found as obrien, and Pritchard-Jones by either half.
 */
final class NameWords {
    /** More in one search look for nobody. */
    static final int MOST = 6;
    private static final int MOST_OF_A_NAME = 40;
    private static final String JOINTS = "['’‘ʼ`´′‐‑‒–—-]";
    /** Letters that are no other letter with an accent. */
    private static final Map<String, String> LETTERS = Map.of("ø", "o", "ł", "l", "đ", "d", "ð", "d", "æ", "ae", "œ", "oe", "ß", "ss",
        "þ", "th", "ı", "i");

    private NameWords() { }

    /** One word that was looked for. @param whole without joints @param parts where it has joints; otherwise the word alone */
    record Term(String whole, List<String> parts) {
        /** Without what was typed. */
        @Override
        public String toString() {
            return "Term[" + parts.size() + "]";
        }
    }

    /** By which words somebody with these names is found; null among them counts for nothing. */
    static Set<String> of(String... names) {
        var words = new LinkedHashSet<String>();
        for (String name : names) {
            for (Term term : terms(name)) {
                words.add(term.whole());
                words.addAll(term.parts());
            }
        }
        return words.size() <= MOST_OF_A_NAME ? words : new LinkedHashSet<>(List.copyOf(words).subList(0, MOST_OF_A_NAME));
    }

    /** What was typed, word by word. */
    static List<Term> terms(String typed) {
        if (typed == null) {
            return List.of();
        }
        var terms = new ArrayList<Term>();
        for (String word : plain(typed).replaceAll("[^\\p{L}\\p{N}" + JOINTS.substring(1) + "+", " ").split(" ")) {
            String whole = word.replaceAll(JOINTS, "");
            if (!whole.isEmpty()) {
                List<String> parts = Arrays.stream(word.split(JOINTS)).filter(p -> !p.isEmpty()).toList();
                terms.add(new Term(whole, parts));
            }
        }
        return terms;
    }

    private static String plain(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT);
        for (var letter : LETTERS.entrySet()) {
            plain = plain.replace(letter.getKey(), letter.getValue());
        }
        return plain;
    }
}
