package uk.waymark.bridge;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of courts as lists have them: {@code PRESTON}, {@code THE LAW COURTS}, {@code Leeds}. */
public final class ListedCourts {
    private static final int LONGEST = 150;
    private static final Pattern SAYS_COURT =
        Pattern.compile("(?iu)\\b(courts?|courthouse|llys|llysoedd|magistrates|justice centre|canolfan gyfiawnder)\\b");
    private static final Pattern CROWN = Pattern.compile("(?iu)\\b(crown court|goron|bailey)\\b");
    private static final Set<String> SMALL_WORDS = Set.of("of", "and", "the", "on", "upon", "in", "at", "under", "y", "yr");
    private static final Set<String> SAYING_NOTHING = Set.of("of", "and", "the", "at", "in", "s", "y", "yr", "court",
        "courts", "courthouse", "house", "law", "crown", "magistrates", "youth", "justice", "centre", "combined", "hearing",
        "llys", "goron", "ynadon");

    private ListedCourts() { }

    public static boolean saysCourt(String name) {
        return SAYS_COURT.matcher(name).find();
    }

    /** Whether a name has all the words of a place in it. */
    public static boolean mentions(String name, String place) {
        return words(name).containsAll(words(place));
    }

    /** The name in ordinary letters, with the kind of court where it does not say so. @param name null where there is none */
    public static String of(String name, String kindOfCourt) {
        String ordinary = name == null ? "" : ordinary(name);
        String whole = ordinary.isEmpty() ? kindOfCourt : saysCourt(ordinary) ? ordinary : ordinary + ' ' + kindOfCourt;
        return whole.codePointCount(0, whole.length()) <= LONGEST ? whole
            : whole.substring(0, whole.offsetByCodePoints(0, LONGEST));
    }

    /** Names written in capitals only are written as people would. */
    public static String ordinary(String name) {
        if (name.chars().anyMatch(Character::isLowerCase)) {
            return name;
        }
        var text = new StringBuilder();
        for (String word : name.toLowerCase(Locale.UK).split("(?<=[\\s(-])")) {
            boolean small = !text.isEmpty() && SMALL_WORDS.contains(word.replaceAll("[\\s-]", ""));
            int first = small || word.isEmpty() ? 0 : word.offsetByCodePoints(0, 1);
            text.append(word.substring(0, first).toUpperCase(Locale.UK)).append(word.substring(first));
        }
        return text.toString();
    }

    /** The name without what every court has in it, for telling courts apart. */
    public static String key(String name) {
        return (CROWN.matcher(name).find() ? "crown" : "") + ' ' + String.join(" ", words(name).stream().sorted().toList());
    }

    private static Set<String> words(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+|['\u2019]", "")
            .toLowerCase(Locale.UK);
        var words = new HashSet<>(Arrays.asList(plain.split("[^\\p{L}\\p{N}]+")));
        words.remove("");
        words.removeAll(SAYING_NOTHING);
        return words;
    }
}
