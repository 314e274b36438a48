package uk.waymark.cases;

import java.util.List;
import java.util.Set;

/** Finds street addresses, English ('12 High Street', 'Weston Road') and Welsh ('5 Heol y Parc', 'Stryd Fawr'). */
final class FreeTextAddresses {

    /** A number after these is a home. */
    private static final Set<String> HOMES = Set.of("flat", "fflat", "apartment", "apt", "bungalow", "caravan", "plot",
        "maisonette", "bedsit");

    private static final Set<String> NUMBER = Set.of("number", "no", "rhif");

    private static final Set<String> BEFORE_NUMBER = Set.of("at", "from", "of", "to", "near", "into", "yn", "o", "i");

    /** 'Crown Court' is not a street. */
    private static final Set<String> COURTS = Set.of("crown", "magistrates", "county", "youth", "family", "high",
        "criminal", "combined", "supreme", "appeal", "coroners", "same", "open");

    /** Street words that hardly mean anything else: they need no capital after a house number. */
    private static final Set<String> PLAIN = Set.of("street", "road", "lane", "avenue", "crescent", "terrace", "mews",
        "boulevard", "cul", "rd", "ave", "cres", "stryd", "heol", "lon");

    /** Of the street words, those that stand before the name. */
    private static final Set<String> WELSH = Set.of("heol", "ffordd", "stryd", "lon", "clos", "rhodfa", "maes", "rhiw",
        "cilgant", "teras", "coedlan", "llwybr", "sgwar", "tyddyn", "parc", "bryn", "pen", "gerddi", "cwrt", "heolydd");

    private final FreeTextLists lists;

    FreeTextAddresses(FreeTextLists lists) {
        this.lists = lists;
    }

    boolean foundIn(List<FreeTextToken> words) {
        for (var i = 0; i < words.size(); i++) {
            if (home(words, i) || lists.streets().contains(words.get(i).key()) && street(words, i)) {
                return true;
            }
        }
        return false;
    }

    /** 'Flat 3', 'flat B', 'at number 14', 'PO Box'; but 'court number 3' is not a home. */
    private static boolean home(List<FreeTextToken> words, int i) {
        if (i + 1 == words.size()) {
            return false;
        }
        var word = words.get(i).key();
        var next = words.get(i + 1);
        var letter = next.upper() && next.key().length() == 1;
        var numbered = NUMBER.contains(word) && i > 0 && BEFORE_NUMBER.contains(words.get(i - 1).key());
        return HOMES.contains(word) && (houseNumber(next) || letter) || numbered && houseNumber(next)
            || word.equals("po") && next.key().equals("box");
    }

    private boolean street(List<FreeTextToken> words, int at) {
        var type = words.get(at);
        if (type.key().equals("court") && at > 0 && courtOfLaw(words.get(at - 1))) {
            return false;
        }
        return named(words, at) || numbered(words, at) || welsh(words, at);
    }

    /** 'Weston Road': both with a capital, the first not an ordinary word that happens to begin the sentence. */
    private boolean named(List<FreeTextToken> words, int at) {
        return words.get(at).capital() && at > 0 && words.get(at - 1).capital() && words.get(at - 1).letters()
            && !lists.joining(words.get(at - 1).key()) && !words.get(at).opens();
    }

    private boolean courtOfLaw(FreeTextToken before) {
        return COURTS.contains(before.stem()) || FreeTextLists.has(lists.capitals(), before)
            || lists.places().contains(before.key());
    }

    /** '12 High Street', '12b, old mill road', '5 The Green': a house number and up to four words before. */
    private boolean numbered(List<FreeTextToken> words, int at) {
        for (var from = at - 1; from >= Math.max(0, at - 5); from--) {
            var word = words.get(from);
            if (houseNumber(word)) {
                return from < at - 1 && streetName(words.subList(from + 1, at), words.get(at));
            }
            if (words.get(from + 1).opens()) {
                return false;
            }
        }
        return false;
    }

    private boolean streetName(List<FreeTextToken> name, FreeTextToken type) {
        if (name.stream().anyMatch(FreeTextToken::capital) && type.capital()) {
            return true;
        }
        var written = name.stream().noneMatch(word -> lists.joining(word.key()) && !word.capital());
        return written && (PLAIN.contains(type.key()) || name.stream().noneMatch(lists::ordinary));
    }

    /** '5 Heol y Parc', 'Ffordd Glan Llyn': the street word stands first. 'Ffordd' alone is only the word for way. */
    private boolean welsh(List<FreeTextToken> words, int at) {
        if (at + 1 >= words.size() || words.get(at + 1).opens() || !words.get(at + 1).letters()) {
            return false;
        }
        var next = words.get(at + 1);
        if (at > 0 && houseNumber(words.get(at - 1)) && WELSH.contains(words.get(at).key())) {
            return !lists.joining(next.key()) || next.key().equals("y") || next.key().equals("yr");
        }
        return WELSH.contains(words.get(at).key()) && words.get(at).capital() && next.capital();
    }

    private static boolean houseNumber(FreeTextToken word) {
        var key = word.key();
        var digits = (int) key.chars().takeWhile(Character::isDigit).count();
        return digits > 0 && digits <= 4 && (digits == key.length()
            || digits == key.length() - 1 && Character.isLetter(key.charAt(digits)));
    }
}
