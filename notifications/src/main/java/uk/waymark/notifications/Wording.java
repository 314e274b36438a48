package uk.waymark.notifications;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import uk.waymark.notifications.sms.SmsText;

/**
 * One version of one template, in all its languages.
 *
 * @param name     at most 60 letters, digits and underscores
 * @param version  from 1
 * @param segments how many segments a text message may take at most, by language
 * @param fields   every named field with the longest value that it is likely to have: budgets are held with these
 * @param texts    by language (BCP 47, such as {@code cy}) and variant (such as {@code neutral}); a field stands in braces
 */
public record Wording(String name, int version, Map<String, Integer> segments, Map<String, String> fields,
                      Map<String, Map<String, String>> texts) {

    public Wording {
        segments = Map.copyOf(segments);
        fields = Map.copyOf(fields);
        Map<String, Map<String, String>> stripped = new LinkedHashMap<>();
        texts.forEach((language, variants) -> {
            Map<String, String> words = new LinkedHashMap<>();
            variants.forEach((variant, text) -> words.put(variant, text.strip()));
            stripped.put(language, Map.copyOf(words));
        });
        texts = Map.copyOf(stripped);
    }

    /** A text as it leaves by text message, every field with its longest value. */
    public String longest(String language, String variant) {
        return SmsText.sanitise(new Text(texts.get(language).get(variant)).fill(fields));
    }

    /** The variants that every language has. */
    public Set<String> variants(String language) {
        return texts.getOrDefault(language, Map.of()).keySet();
    }

    /**
     * What is wrong with a wording, in words for whoever wrote it.
     *
     * @param pointer where, as a JSON pointer into the wording, such as {@code /texts/cy/plain}
     */
    public record Problem(String pointer, String what) {
        @Override
        public String toString() {
            return pointer + " " + what;
        }
    }
}
