package uk.waymark.statements.document;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A signed statement as it goes on a case file: what stands on the paper, and nothing else. Who reads it aloud does not.
 *
 * @param kind what the statement is; decides its heading
 * @param language BCP 47 tag of the language that the text is in, such as {@code en}, {@code cy} or {@code pl}; {@code cy}
 *     brings the form's own words in Welsh, every other tag in English
 * @param maker whose statement it is
 * @param age of the maker in years when they signed; 18 or more is printed as 'over 18', null as a
 *     blank line: it is not known
 * @param onBehalf for whom the maker speaks; null where they speak for themselves
 * @param organisation the business that an impact statement is about; null for everybody else
 * @param crimeReference the force's reference
 * @param urn the unique reference number of the prosecution; null where there is none yet
 * @param furtherTo the day on which the statement before this one was signed; null for a first one
 * @param declarations what the maker declared, as they declared it, word for word; in Welsh first where they did so in Welsh
 * @param text as it was typed, line breaks and all
 * @param readBy who read it to a maker who cannot; null where the maker read it
 * @param translation of this text from another language; null where it is in the maker's own words
 * @param signature the name as the maker typed it to sign
 * @param signedAt when; printed as UK time
 * @param hash of the statement, printed small at the foot of each page
 */
public record StatementDocument(Kind kind, String language, String maker, Integer age, OnBehalf onBehalf, Organisation organisation,
                                String crimeReference, String urn, LocalDate furtherTo, List<Declared> declarations, String text,
                                ReadBy readBy, Translation translation, String signature, Instant signedAt, String hash) {

    /**
     * @throws IllegalArgumentException where kind, language, maker, crime reference, declaration, text, signature, time or hash is
     *     missing
     */
    public StatementDocument {
        for (Object needed : new Object[] {kind, language, maker, crimeReference, text, signature, signedAt, hash}) {
            if (needed == null || needed.toString().isBlank()) {
                throw new IllegalArgumentException("a statement on paper lacks something that every statement has");
            }
        }
        declarations = List.copyOf(declarations);
        if (declarations.isEmpty()) {
            throw new IllegalArgumentException("a statement on paper lacks its declaration");
        }
    }

    /** What the statement is. */
    public enum Kind { VICTIM_PERSONAL_STATEMENT, IMPACT_STATEMENT_FOR_BUSINESS }

    /** In what place the maker speaks for somebody else. */
    public enum Capacity { PARENT_OR_GUARDIAN, BEREAVED_RELATIVE, FAMILY_SPOKESPERSON }

    /**
     * For whom the maker speaks.
     *
     * @param name may be null where the capacity says enough
     * @param ages in years, of each who is named, printed as {@code age} is; none where one of them is not known
     */
    public record OnBehalf(Capacity capacity, String name, List<Integer> ages) {
        public OnBehalf {
            ages = List.copyOf(ages);
        }
    }

    /** The business, and by what authority the maker signs for it, such as 'director'. */
    public record Organisation(String name, String authority) {}

    /** A declaration in a language: {@code en} or {@code cy}. */
    public record Declared(String language, String text) {}

    /** Section 9(3)(b) of the Criminal Justice Act 1967: who read the statement to its maker before they signed, and when. */
    public record ReadBy(String name, LocalDate day) {}

    /** Criminal Procedure Rules 16.2: who put the statement into this language, when, and from which (BCP 47 tag). */
    public record Translation(String translator, LocalDate day, String from) {}
}
