package uk.waymark.notifications;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** @param language or several with {@code +} between, whose texts then stand one after the other */
    Rendered render(String language, String variant, Map<String, String> fields) {
        if (language.indexOf('+') > 0) {
            List<Rendered> each = Arrays.stream(language.split("\\+")).map(l -> render(l, variant, fields)).toList();
            return new Rendered(each.stream().map(Rendered::text).distinct().collect(Collectors.joining("\n\n")), wording.version(),
                language, each.getFirst().variant());
        }
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
