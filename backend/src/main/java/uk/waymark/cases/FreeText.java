package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Decides whether words a force typed about a case may be shown to the person they concern.
 *
 * <p>The force's free text is not trusted. A text is held back where it holds, or may hold, a name, an address, a
 * number that identifies somebody, a postcode, an e-mail address or link, or a word from
 * {@code free-text/words-held-back.txt}. The entry then shows neutral words, and staff decide. The screen holds back
 * one text too many rather than show one too few: a capital it does not know counts as a name, and so does writing it
 * cannot read.
 *
 * <p>English and Welsh are read alike. The time taken grows in line with the length of the text, and no text makes
 * the screen fail. Nothing here logs, throws or returns any part of what it read.
 */
@Singleton
final class FreeText {

    private final FreeTextLists lists;
    private final FreeTextNumbers numbers;
    private final FreeTextNames names;
    private final FreeTextAddresses addresses;

    /** Reads the lists from the class path; an {@link IllegalStateException} says which list is missing. */
    FreeText() {
        this.lists = FreeTextLists.load();
        this.numbers = new FreeTextNumbers(lists);
        this.names = new FreeTextNames(lists);
        this.addresses = new FreeTextAddresses(lists);
    }

    /** What in a text held it back. Says the kind only, never the words. */
    enum Reason { NAME, ADDRESS, PHONE_NUMBER, NUMBER, POSTCODE, EMAIL_OR_LINK, WORD }

    /**
     * The outcome of one screening.
     *
     * @param reasons why the text is held back, in the order of {@link Reason}, each once; empty where it may be shown
     */
    record Verdict(List<Reason> reasons) {

        Verdict {
            reasons = List.copyOf(reasons);
        }

        boolean shown() {
            return reasons.isEmpty();
        }
    }

    /**
     * Screens one text in one language.
     *
     * @param text       the force's words; null and blank are shown, as there is nothing in them to hold back
     * @param knownNames given and family names of the people known in the case, whole or in parts; matched as whole
     *                   words in any case, with or without accents, hyphens, apostrophes and spaces. A name of a
     *                   single letter is left to the rule on capitals, or no text would ever be shown
     * @return shown, or held back with the reasons
     */
    Verdict screen(String text, Set<String> knownNames) {
        Objects.requireNonNull(knownNames, "knownNames");
        if (text == null || text.isBlank()) {
            return new Verdict(List.of());
        }
        var known = FreeTextPhrases.ofNames(knownNames, lists);
        var found = EnumSet.noneOf(Reason.class);
        for (var plain : FreeTextPlain.readings(text)) {
            collect(plain, known, found);
        }
        return new Verdict(List.copyOf(found));
    }

    private void collect(FreeTextPlain plain, FreeTextPhrases known, Set<Reason> found) {
        var words = FreeTextToken.split(plain.text());
        if (!plain.readable() || known.foundIn(plain.text()) || names.foundIn(words)) {
            found.add(Reason.NAME);
        }
        if (lists.heldBack().foundIn(plain.text())) {
            found.add(Reason.WORD);
        }
        if (addresses.foundIn(words)) {
            found.add(Reason.ADDRESS);
        }
        numbers.collect(plain.text(), words, found);
    }
}
