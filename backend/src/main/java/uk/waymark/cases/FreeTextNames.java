package uk.waymark.cases;

import java.util.List;
import java.util.Set;

/**
 * Finds what looks like a person's name though nobody has said it is one: above all a suspect's, which is never
 * known. A capital needs a reason: the word is on a list, or begins a sentence and is an ordinary word.
 */
final class FreeTextNames {

    /** Before or after a month that is also a given name (April, May, June, Mai) these make it a month. */
    private static final Set<String> BEFORE_MONTH = Set.of("in", "on", "of", "until", "till", "since", "from", "to",
        "before", "after", "late", "early", "mid", "during", "next", "last", "this", "and", "or", "between", "by",
        "fis", "mis", "ym", "o", "i", "dechrau", "ddechrau", "diwedd", "ddiwedd", "ganol", "tan", "hyd", "ers", "cyn");

    private static final Set<String> BEFORE_PLACE = Set.of("in", "at", "near", "yn", "yng", "ym");

    private static final int LONG_NAME = 5;

    private final FreeTextLists lists;

    FreeTextNames(FreeTextLists lists) {
        this.lists = lists;
    }

    boolean foundIn(List<FreeTextToken> words) {
        var shouted = words.stream().noneMatch(word -> word.text().chars().anyMatch(Character::isLowerCase));
        var whispered = words.stream().noneMatch(FreeTextToken::capital);
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.letters() && (titled(words, i) || smallGiven(word, whispered)
                || word.capital() && !allowed(words, i, shouted))) {
                return true;
            }
        }
        return false;
    }

    /** A title, and then a capital or a word nobody would expect there: 'PC May', 'pc jones'. */
    private boolean titled(List<FreeTextToken> words, int i) {
        var next = i + 1 < words.size() ? words.get(i + 1) : null;
        var title = words.get(i).key();
        if (next == null || next.opens() || !next.letters() || !lists.titles().contains(title)) {
            return false;
        }
        if (lists.titles().contains(next.key()) || lists.joining(next.key())) {
            return false;
        }
        // In small letters 'the sergeant reviewed' is prose, but 'pc jones' is not.
        var abbreviated = title.length() < 5 && !title.equals("miss");
        return next.capital() || abbreviated && !lists.ordinary(next);
    }

    private boolean allowed(List<FreeTextToken> words, int i, boolean shouted) {
        var word = words.get(i);
        if (given(word) || lists.wordNames().contains(word.stem())) {
            return FreeTextLists.has(lists.capitals(), word) && month(words, i);
        }
        return FreeTextLists.has(lists.capitals(), word) || lists.joining(word.stem())
            || lists.titles().contains(word.key())
            || (word.opens() || shouted) && FreeTextLists.has(lists.openers(), word)
            || lists.places().contains(word.stem()) && place(words, i);
    }

    /** A given name in small letters. A short one may be a word of the other language, so it needs more reason. */
    private boolean smallGiven(FreeTextToken word, boolean noCapitals) {
        return (noCapitals || word.stem().length() >= LONG_NAME) && !word.capital() && given(word);
    }

    private boolean given(FreeTextToken word) {
        return FreeTextLists.has(lists.givenNames(), word);
    }

    private static boolean month(List<FreeTextToken> words, int i) {
        return i + 1 < words.size() && words.get(i + 1).digits()
            || i > 0 && (BEFORE_MONTH.contains(words.get(i - 1).key())
                || Character.isDigit(words.get(i - 1).key().charAt(0)));
    }

    /** 'Stafford Crown Court', 'Llys y Goron Caerdydd', 'in Stafford'; but 'Stafford was seen' is a surname. */
    private boolean place(List<FreeTextToken> words, int i) {
        var before = i - 1;
        while (before >= 0 && i - before < 4 && lists.places().contains(words.get(before).key())) {
            before--;
        }
        if (before >= 0 && (BEFORE_PLACE.contains(words.get(before).key())
            || FreeTextLists.has(lists.institutions(), words.get(before)))) {
            return true;
        }
        return words.subList(i + 1, Math.min(words.size(), i + 5)).stream()
            .takeWhile(next -> !next.opens() && (next.capital() || lists.joining(next.key())))
            .anyMatch(next -> FreeTextLists.has(lists.institutions(), next));
    }
}
