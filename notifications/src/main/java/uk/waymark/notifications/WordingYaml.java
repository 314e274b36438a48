package uk.waymark.notifications;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The host's document of words; its shape: {@link Templates}.
 *
 * @param languages the first one stands in for a language that a template lacks
 * @param asks      which language is wanted; empty for nothing
 */
record WordingYaml(List<String> languages, String asks, List<Wording> wordings) {

    /** @throws IllegalArgumentException for a document of another shape */
    static WordingYaml read(InputStream yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> document = new Yaml(new SafeConstructor(options)).load(yaml);
        List<String> languages = document.get("languages") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList() : List.of();
        List<Wording> wordings = new ArrayList<>();
        map(document.get("templates")).forEach((name, body) -> wordings.add(wording(name, map(body), languages)));
        Object asks = document.get("asks_language");
        return new WordingYaml(languages, asks == null ? "" : asks.toString().strip(), List.copyOf(wordings));
    }

    private static Wording wording(String name, Map<String, Object> body, List<String> languages) {
        Map<String, Map<String, String>> texts = new LinkedHashMap<>();
        map(body.get("texts")).forEach((language, variants) -> texts.put(language, strings(variants)));
        return new Wording(name, body.get("version") instanceof Integer n ? n : 1,
            budgets(body.get("segments"), languages),
            body.get("fields") == null ? Map.of() : strings(body.get("fields")), texts);
    }

    private static Map<String, Integer> budgets(Object value, List<String> languages) {
        Map<String, Integer> budgets = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> byLanguage) {
            byLanguage.forEach((language, n) -> budgets.put(String.valueOf(language), n instanceof Integer i ? i : 0));
        } else {
            languages.forEach(language -> budgets.put(language, value instanceof Integer n ? n : 1));
        }
        return budgets;
    }

    private static Map<String, Object> map(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("templates: a mapping is missing");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, entry) -> named.put(String.valueOf(key), entry));
        return named;
    }

    private static Map<String, String> strings(Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((key, text) -> texts.put(key, String.valueOf(text)));
        return texts;
    }
}
