package uk.waymark.notifications;

import java.util.HashMap;
import java.util.Map;
import uk.waymark.notifications.Templates.Rendered;

/** A wording made ready: every text taken apart, so that a message only fills in its fields. */
final class Template {

    private final Wording wording;
    private final String firstLanguage;
    private final Map<String, Map<String, Text>> texts = new HashMap<>();

    /** @param firstLanguage stands in for a language that the wording does not have */
    Template(Wording wording, String firstLanguage) {
        this.wording = wording;
        this.firstLanguage = firstLanguage;
        wording.texts().forEach((language, variants) -> {
            Map<String, Text> ready = new HashMap<>();
            variants.forEach((variant, words) -> ready.put(variant, new Text(words)));
            texts.put(language, ready);
        });
    }

    Wording wording() {
        return wording;
    }

    Rendered render(String language, String variant, Map<String, String> fields) {
        String spoken = texts.containsKey(language) ? language : firstLanguage;
        Map<String, Text> variants = texts.get(spoken);
        String said = variants.containsKey(variant) ? variant : WordingRules.NEUTRAL;
        try {
            return new Rendered(variants.get(said).fill(fields), wording.version(), spoken, said);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("template " + wording.name() + ": " + e.getMessage());
        }
    }
}
