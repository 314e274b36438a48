package uk.waymark.messaging;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.waymark.platform.DataFile;

/** What no message may say, and what moreover no neutral one; data in {@code messages/kept-out.properties}. */
final class KeptOut {
    private static final Pattern LINK =
        Pattern.compile("https?:|www\\.|\\.(uk|com|org|net|wales|cymru)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}]");
    private static final List<String> ALWAYS = words("always");
    private static final List<String> NEUTRAL = words("neutral");

    private KeptOut() { }

    /** What is wrong with a text, each in a sentence. */
    static List<String> in(String variant, String text) {
        boolean neutral = !variant.equals(ContactRules.PLAIN);
        var problems = new ArrayList<String>();
        String plain = plain(text);
        List<String> found = Stream.concat(ALWAYS.stream(), neutral ? NEUTRAL.stream() : Stream.empty()).distinct()
            .filter(plain::contains).toList();
        if (!found.isEmpty()) {
            problems.add("has words that are kept out of it: " + String.join(", ", found));
        }
        if (neutral && LINK.matcher(text).find()) {
            problems.add("has a link");
        }
        return problems;
    }

    /** Lower case without accents or other ways to write the same letter: what is read alike is found alike. */
    private static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static List<String> words(String name) {
        DataFile file = DataFile.of("/messages/kept-out.properties");
        return Arrays.stream(file.text(name).split(",")).map(String::strip).map(KeptOut::plain).toList();
    }
}
