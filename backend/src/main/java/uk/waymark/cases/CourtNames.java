package uk.waymark.cases;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Whether two sources may mean the same court: PRESTON, Preston Magistrates' Court and Preston Mags are one. */
public final class CourtNames {
    private static final Set<String> SAY_NOTHING = Set.of("the", "at", "of", "and", "in", "court", "courts", "justice", "law",
        "centre", "center", "combined", "sitting", "s", "llys", "y", "yr", "ynadon", "goron", "magistrates", "magistrate", "mags",
        "crown");

    private CourtNames() { }

    /** A name that is not known fits every other; a Crown Court never fits a magistrates' court. */
    public static boolean fit(String one, String other) {
        if (one == null || other == null) {
            return true;
        }
        if (crown(one) && magistrates(other) || magistrates(one) && crown(other)) {
            return false;
        }
        Set<String> a = places(one);
        Set<String> b = places(other);
        return a.containsAll(b) || b.containsAll(a);
    }

    /** Whether the first says less than the second of a court that both may mean: less of where it is, or not which kind it is. */
    static boolean vaguer(String one, String other) {
        boolean ofAnyKind = !crown(one) && !magistrates(one) && (crown(other) || magistrates(other));
        return ofAnyKind || places(other).size() > places(one).size();
    }

    private static boolean crown(String name) {
        return words(name).stream().anyMatch(w -> w.equals("crown") || w.equals("goron"));
    }

    private static boolean magistrates(String name) {
        return words(name).stream().anyMatch(w -> w.startsWith("mag") || w.equals("ynadon"));
    }

    private static Set<String> places(String name) {
        Set<String> places = words(name);
        places.removeAll(SAY_NOTHING);
        return places;
    }

    private static Set<String> words(String name) {
        var words = new TreeSet<String>();
        for (String word : name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
