package uk.waymark.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lists the screen goes by, each a file in {@code free-text/} on the class path: entries parted by commas or
 * lines, {@code #} starts a comment. Entries are compared in plain lower-case letters.
 *
 * @param heldBack     words and phrases that are never shown
 * @param givenNames   common given names; those that are ordinary words as well are in {@code wordNames}
 * @param wordNames    given names that count only with a capital: 'will', 'mark', 'rose'
 * @param capitals     words that may have a capital anywhere, those of the names of offences among them
 * @param openers      ordinary words that a sentence may begin with; none of them is a surname
 * @param places       words of the names of court towns, counties and forces
 * @param institutions what makes a place word before it a court or force and not a surname
 * @param titles       what stands before a name
 * @param streets      words that end the name of an English street, or begin a Welsh one
 * @param areas        postcode areas
 * @param shapes       words of letters and digits that identify nobody
 */
record FreeTextLists(FreeTextPhrases heldBack, Set<String> givenNames, Set<String> wordNames, Set<String> capitals,
                     Set<String> openers, Set<String> places, Set<String> institutions, Set<String> titles,
                     Set<String> streets, Set<String> areas, Set<String> shapes) {

    /** Little words that join others: never a reason by themselves, and not a name where part of a longer one. */
    private static final Set<String> JOINING = Set.of("a", "an", "and", "the", "of", "to", "in", "on", "at", "by",
        "for", "from", "with", "as", "or", "is", "are", "was", "were", "be", "been", "has", "have", "had", "his", "her",
        "their", "your", "our", "this", "that", "it", "he", "she", "we", "you", "they", "up", "down", "near", "under",
        "upon", "over", "if", "no", "not", "who", "which", "there", "will", "would", "can", "could", "should",
        "van", "von", "der", "den", "de", "da", "di", "du", "dos", "del", "la", "le", "al", "el", "bin", "binti", "ibn",
        "ap", "ab", "ferch", "y", "yr", "yn", "ar", "o", "i", "am", "ac", "ag", "gan", "wrth", "ei", "eu", "eich",
        "ein", "mae", "bydd", "roedd");

    static FreeTextLists load() {
        return new FreeTextLists(FreeTextPhrases.of(entries("words-held-back")), words("given-names"),
            words("given-names-also-words"), words("allowed-capitals", "offences"), words("sentence-openers"), words("places"),
            words("institutions"), words("titles"), words("street-types"), words("postcode-areas"),
            words("allowed-codes"));
    }

    boolean joining(String key) {
        return JOINING.contains(key);
    }

    /** Whether a word is ordinary wherever it stands: in text all in capitals nothing else tells a name from a word. */
    boolean ordinary(FreeTextToken token) {
        return has(capitals, token) || has(openers, token) || joining(token.key()) || places.contains(token.key());
    }

    static boolean has(Set<String> list, FreeTextToken token) {
        return list.contains(token.key()) || list.contains(token.stem());
    }

    private static Set<String> words(String... lists) {
        var words = new HashSet<String>();
        for (var list : lists) {
            for (var entry : entries(list)) {
                FreeTextToken.split(FreeTextPlain.readings(entry).getFirst().text()).forEach(word -> words.add(word.key()));
            }
        }
        return Set.copyOf(words);
    }

    private static List<String> entries(String list) {
        var path = "/free-text/" + list + ".txt";
        try (var in = FreeTextLists.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + path);
            }
            return entries(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> entries(BufferedReader lines) throws IOException {
        var entries = new ArrayList<String>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var comment = line.indexOf('#');
            for (var entry : (comment < 0 ? line : line.substring(0, comment)).split(",")) {
                if (!entry.isBlank()) {
                    entries.add(entry.strip());
                }
            }
        }
        return entries;
    }
}
