package uk.waymark.notifications;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import uk.waymark.notifications.sms.SmsText;

/**
 * The words of all messages, by template, language and variant, from a YAML document of the host:
 *
 * <pre>
 * languages: [en, cy]          # the first one stands in for a language that is not there
 * templates:
 *   sign_in_code:
 *     version: 1
 *     segments: 1              # budget, held with the examples below
 *     fields: {code: "123456"} # every field with the longest value it is likely to have
 *     texts:
 *       en: {neutral: "{code} is your code."}
 *       cy: {neutral: "Eich cod yw {code}."}
 * </pre>
 *
 * Every template has every language, every language the same variants, and {@code neutral} is always one of them. A
 * variant that a template lacks falls back to {@code neutral}; nothing ever falls back from {@code neutral}.
 */
public final class Templates {

    private static final String NEUTRAL = "neutral";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z0-9_]+)}");

    private final List<String> languages;
    private final Map<String, Template> templates;

    private Templates(List<String> languages, Map<String, Template> templates) {
        this.languages = languages;
        this.templates = templates;
    }

    /**
     * Reads and checks a document.
     *
     * @throws IllegalArgumentException naming everything that {@link #check()} finds
     */
    public static Templates load(InputStream yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> document = new Yaml(new SafeConstructor(options)).load(yaml);
        Map<String, Template> templates = new LinkedHashMap<>();
        map(document.get("templates"))
            .forEach((name, body) -> templates.put(name, Template.of(map(body))));
        Templates loaded = new Templates(strings(document.get("languages")), templates);
        List<String> problems = loaded.check();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("templates: " + String.join("; ", problems));
        }
        return loaded;
    }

    /** Everything that is wrong, each in a sentence; empty when all is well. */
    public List<String> check() {
        List<String> problems = new ArrayList<>();
        if (languages.isEmpty()) {
            problems.add("no languages are declared");
        }
        templates.forEach((name, template) -> check(name, template, problems));
        return problems;
    }

    /** The names of all templates. */
    public Set<String> names() {
        return new TreeSet<>(templates.keySet());
    }

    /** The fields that a template needs. */
    public Set<String> fields(String name) {
        return template(name).fields.keySet();
    }

    /** The variants that a template has. */
    public Set<String> variants(String name) {
        return template(name).texts.get(languages.getFirst()).keySet();
    }

    /**
     * A text ready to be sent.
     *
     * @param version of the template
     * @param language the one used, which may be the first declared instead of the one asked for
     * @param variant  the one used, which may be {@code neutral} instead of the one asked for
     */
    public record Rendered(String text, int version, String language, String variant) {
    }

    /**
     * Fills a template in.
     *
     * @throws IllegalArgumentException where the template is not there or a field has no value
     */
    public Rendered render(String name, String language, String variant, Map<String, String> fields) {
        Template template = template(name);
        String spoken = template.texts.containsKey(language) ? language : languages.getFirst();
        Map<String, String> variants = template.texts.get(spoken);
        String said = variants.containsKey(variant) ? variant : NEUTRAL;
        return new Rendered(fill(name, variants.get(said), fields), template.version, spoken, said);
    }

    private static String fill(String name, String text, Map<String, String> fields) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = fields.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("template " + name + " needs the field " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private Template template(String name) {
        Template template = templates.get(name);
        if (template == null) {
            throw new IllegalArgumentException("there is no template " + name);
        }
        return template;
    }

    private void check(String name, Template template, List<String> problems) {
        if (!template.texts.keySet().equals(Set.copyOf(languages))) {
            problems.add(name + " has the languages " + template.texts.keySet() + " and not " + languages);
            return;
        }
        Set<String> variants = template.texts.get(languages.getFirst()).keySet();
        if (!variants.contains(NEUTRAL)) {
            problems.add(name + " has no neutral words");
        }
        template.texts.forEach((language, texts) -> {
            if (!texts.keySet().equals(variants)) {
                problems.add(name + " in " + language + " has the variants " + texts.keySet() + " and not " + variants);
            }
            texts.forEach((variant, text) ->
                checkText(name + " in " + language + ", " + variant, template, text, problems));
        });
    }

    private static void checkText(String where, Template template, String text, List<String> problems) {
        Set<String> used = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().forEach(found -> used.add(found.group(1)));
        used.removeAll(template.fields.keySet());
        if (!used.isEmpty()) {
            problems.add(where + " uses undeclared fields " + used);
            return;
        }
        if (!PLACEHOLDER.matcher(text).replaceAll("").matches("[^{}]*")) {
            problems.add(where + " has a brace that opens or closes no field");
        }
        if (!SmsText.lost(text).isEmpty()) {
            problems.add(where + " has characters that a text message cannot hold: " + SmsText.lost(text));
        }
        int segments = SmsText.segments(SmsText.sanitise(fill(where, text, template.fields)));
        if (segments > template.segments) {
            problems.add(where + " takes " + segments + " segments and may take " + template.segments);
        }
    }

    private static Map<String, Object> map(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("templates: a mapping is missing");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, entry) -> named.put(String.valueOf(key), entry));
        return named;
    }

    private static Map<String, String> texts(Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((key, text) -> texts.put(key, String.valueOf(text).strip()));
        return texts;
    }

    private static List<String> strings(Object value) {
        return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    private record Template(int version, int segments, Map<String, String> fields,
                            Map<String, Map<String, String>> texts) {
        static Template of(Map<String, Object> body) {
            Map<String, Map<String, String>> texts = new LinkedHashMap<>();
            map(body.get("texts")).forEach((language, variants) -> texts.put(language, texts(variants)));
            return new Template(number(body, "version"), number(body, "segments"),
                body.get("fields") == null ? Map.of() : texts(body.get("fields")), texts);
        }

        private static Map<String, String> texts(Object value) {
            return Templates.texts(value);
        }

        private static int number(Map<String, Object> body, String name) {
            return body.get(name) instanceof Integer n ? n : 1;
        }
    }
}
