package uk.waymark.notifications;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;

/**
 * The words of all messages, by template, version, language and variant. The host ships the first versions in a YAML
 * document:
 *
 * <pre>
 * languages: [en, cy]          # the first one stands in for a language that is not there
 * asks_language: "Reply ENGLISH or CYMRAEG."   # at the end of a text message in several languages; may be left out
 * templates:
 *   sign_in_code:
 *     version: 1
 *     segments: {en: 1, cy: 2} # budgets, held with the values below; one number holds for all languages
 *     fields: {code: "123456"} # every field with the longest value it is likely to have
 *     texts:
 *       en: {neutral: "{code} is your code."}
 *       cy: {neutral: "Eich cod yw {code}."}
 * </pre>
 *
 * Every template has every language, every language the same variants, and {@code neutral} is always one of them. A
 * variant that a template lacks falls back to {@code neutral}; nothing ever falls back from {@code neutral}. Budgets are
 * of text messages: email, letters and calls take as much as they need. Versions that were saved later lie in the
 * database ({@link TemplateStore}); what is read from there is kept in memory, since a version never changes.
 */
public final class Templates {

    private final List<String> languages;
    private final Map<String, Template> shipped;
    private final String asks;
    private final DataSource source;
    private final ConcurrentMap<Version, Template> read = new ConcurrentHashMap<>();

    private Templates(List<String> languages, Map<String, Template> shipped, String asks, DataSource source) {
        this.asks = asks;
        this.languages = languages;
        this.shipped = shipped;
        this.source = source;
    }

    /**
     * Reads and checks the document of the host.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public static Templates load(InputStream yaml) {
        WordingYaml document = WordingYaml.read(yaml);
        List<String> problems = new ArrayList<>();
        if (document.languages().isEmpty()) {
            problems.add("no languages are declared");
        }
        Map<String, Template> templates = new LinkedHashMap<>();
        for (Wording wording : document.wordings()) {
            WordingRules.problems(wording, document.languages()).forEach(p -> problems.add(wording.name() + p));
            if (problems.isEmpty()) {
                templates.put(wording.name(), new Template(wording, document.languages().getFirst()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("templates: " + String.join("; ", problems));
        }
        return new Templates(document.languages(), templates, document.asks(), null);
    }

    /** The same, with versions that are not shipped read from a login that sees all tenants' words. */
    Templates readingFrom(DataSource login) {
        return new Templates(languages, shipped, asks, login);
    }

    /** All languages that every wording has; the first stands in for any other. */
    public List<String> languages() {
        return languages;
    }

    /** A text message in several languages, with the question at its end which of them is wanted. */
    public Rendered asking(Rendered inSeveral) {
        return asks.isEmpty() || inSeveral.language().indexOf('+') < 0 ? inSeveral
            : new Rendered(inSeveral.text() + "\n\n" + asks, inSeveral.version(), inSeveral.language(), inSeveral.variant());
    }

    /** The names of all templates. */
    public Set<String> names() {
        return new TreeSet<>(shipped.keySet());
    }

    /** The version that the host ships. @throws IllegalArgumentException for a name that there is not */
    public Wording shipped(String name) {
        return template(name).wording();
    }

    Collection<Wording> shipped() {
        return shipped.values().stream().map(Template::wording).toList();
    }

    /** The fields that a template needs. */
    public Set<String> fields(String name) {
        return shipped(name).fields().keySet();
    }

    /** The variants that a template has. */
    public Set<String> variants(String name) {
        return shipped(name).variants(languages.getFirst());
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
     * Fills in the version that the host ships.
     *
     * @throws IllegalArgumentException where the template is not there or a field has no value
     */
    public Rendered render(String name, String language, String variant, Map<String, String> fields) {
        return template(name).render(language, variant, fields);
    }

    /**
     * Fills in words that need not be kept, such as proposed ones.
     *
     * @param language or several with {@code +} between, whose texts then stand one after the other
     * @throws IllegalArgumentException where a field has no value
     */
    public Rendered render(Wording wording, String language, String variant, Map<String, String> fields) {
        return new Template(wording, languages.getFirst()).render(language, variant, fields);
    }

    /**
     * The words that a message was made with.
     *
     * @param tenant  whose own version it is; null for one that all share
     * @param version 0 where the message was made with none: then the one that the host ships
     */
    record Version(UUID tenant, String name, int version) {
    }

    /**
     * Fills in one version.
     *
     * @throws IllegalArgumentException where it is not there or a field has no value
     * @throws NotificationsException   where it has to be read and cannot be now
     */
    Rendered render(Version version, String language, String variant, Map<String, String> fields) {
        return template(version).render(language, variant, fields);
    }

    private Template template(Version wanted) {
        Template ours = shipped.get(wanted.name);
        if (wanted.version == 0 || wanted.tenant == null && ours != null && ours.wording().version() == wanted.version) {
            return template(wanted.name);
        }
        Template known = read.get(wanted);
        if (known == null) {
            known = fetch(wanted);
            read.put(wanted, known);
        }
        return known;
    }

    private Template fetch(Version wanted) {
        if (source == null) {
            throw new IllegalArgumentException("there is no version " + wanted.version + " of the template " + wanted.name);
        }
        return Sql.inTransaction(source, c -> TemplateStore.find(c, wanted))
            .map(wording -> new Template(wording, languages.getFirst()))
            .orElseThrow(() -> new IllegalArgumentException("there is no version " + wanted.version + " of the template "
                + wanted.name));
    }

    private Template template(String name) {
        Template template = shipped.get(name);
        if (template == null) {
            throw new IllegalArgumentException("there is no template " + name);
        }
        return template;
    }
}
