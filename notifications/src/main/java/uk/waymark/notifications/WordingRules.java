package uk.waymark.notifications;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import uk.waymark.notifications.Wording.Problem;
import uk.waymark.notifications.sms.SmsText;

/** What must hold for a wording before it is saved; finds everything that is wrong at once. */
final class WordingRules {

    static final String NEUTRAL = "neutral";
    /** Six parts of GSM 7-bit: what GOV.UK Notify takes at most. */
    private static final int LONGEST = 918;
    private static final int MOST_SEGMENTS = 6;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    private final Wording wording;
    private final List<String> languages;
    private final List<Problem> problems = new ArrayList<>();

    private WordingRules(Wording wording, List<String> languages) {
        this.wording = wording;
        this.languages = languages;
    }

    /** @param languages all that a wording must have, and no other */
    static List<Problem> problems(Wording wording, List<String> languages) {
        WordingRules rules = new WordingRules(wording, languages);
        rules.check();
        return List.copyOf(rules.problems);
    }

    private void check() {
        if (!NAME.matcher(wording.name()).matches()) {
            problem("/name", "is not of small letters, digits and underscores, 60 at most");
        }
        if (wording.version() < 1) {
            problem("/version", "is not 1 or more");
        }
        checkFields();
        if (!wording.texts().keySet().equals(Set.copyOf(languages))) {
            problem("/texts", "has the languages " + new TreeSet<>(wording.texts().keySet()) + " and not "
                + new TreeSet<>(languages));
            return;
        }
        if (languages.stream().noneMatch(language -> wording.variants(language).contains(NEUTRAL))) {
            problem("/texts", "has no neutral words");
        }
        for (String language : languages) {
            checkBudget(language);
            checkVariants(language);
            new TreeMap<>(wording.texts().get(language)).forEach((variant, text) -> checkText(language, variant, text));
        }
    }

    private void checkFields() {
        Set<String> unused = new TreeSet<>(wording.fields().keySet());
        wording.texts().values().forEach(variants -> variants.values()
            .forEach(text -> unused.removeAll(new Text(text).fields())));
        new TreeMap<>(wording.fields()).forEach((name, longest) -> {
            String at = "/fields/" + name;
            if (!NAME.matcher(name).matches()) {
                problem(at, "is not of small letters, digits and underscores, 60 at most");
            } else if (unused.contains(name)) {
                problem(at, "stands in no text");
            }
            if (longest.isBlank()) {
                problem(at, "has no longest value to hold the budget with");
            }
            lost(at, longest);
        });
    }

    private void checkBudget(String language) {
        int budget = wording.segments().getOrDefault(language, 0);
        if (budget < 1 || budget > MOST_SEGMENTS) {
            problem("/segments/" + language, "is not 1 to " + MOST_SEGMENTS);
        }
    }

    private void checkVariants(String language) {
        String first = languages.getFirst();
        Set<String> variants = wording.variants(first);
        if (!wording.variants(language).equals(variants)) {
            problem("/texts/" + language, "has the variants " + new TreeSet<>(wording.variants(language)) + " and not "
                + new TreeSet<>(variants));
        }
    }

    private void checkText(String language, String variant, String words) {
        String at = "/texts/" + language + "/" + variant;
        Text text = new Text(words);
        if (!NAME.matcher(variant).matches()) {
            problem(at, "is not a name for a variant");
        }
        if (words.isBlank()) {
            problem(at, "is empty");
            return;
        }
        lost(at, words);
        Set<String> undeclared = new TreeSet<>(text.fields());
        undeclared.removeAll(wording.fields().keySet());
        if (!undeclared.isEmpty()) {
            problem(at, "uses undeclared fields " + undeclared);
            return;
        }
        if (text.hasStrayBrace()) {
            problem(at, "has a brace that opens or closes no field");
        }
        sameFields(at, language, variant, text);
        checkLength(at, language, SmsText.sanitise(text.fill(wording.fields())));
    }

    /** Whoever reads another language is told no less; what is said in words, as a day is, has a field a language. */
    private void sameFields(String at, String language, String variant, Text text) {
        String first = languages.getFirst();
        String words = wording.texts().get(first).get(variant);
        Set<String> missing = new TreeSet<>();
        for (String field : words == null ? Set.<String>of() : new Text(words).fields()) {
            String here = field.endsWith('_' + first) ? field.substring(0, field.length() - first.length()) + language : field;
            if (wording.fields().containsKey(field) && !text.fields().contains(here)) {
                missing.add(here);
            }
        }
        if (!missing.isEmpty()) {
            problem(at, "lacks the fields " + missing + " that " + languages.getFirst() + " has");
        }
    }

    private void checkLength(String at, String language, String longest) {
        if (longest.length() > LONGEST) {
            problem(at, "takes " + longest.length() + " characters and may take " + LONGEST);
        }
        int budget = wording.segments().getOrDefault(language, 0);
        int segments = SmsText.segments(longest);
        if (segments > budget) {
            problem(at, "takes " + segments + " segments and may take " + budget);
        }
    }

    private void lost(String at, String text) {
        Set<String> lost = SmsText.lost(text);
        if (!lost.isEmpty()) {
            problem(at, "has characters that a text message cannot hold: " + lost);
        }
    }

    private void problem(String pointer, String what) {
        problems.add(new Problem(pointer, what));
    }
}
