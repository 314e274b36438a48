package uk.waymark.statements.document;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import uk.waymark.statements.document.StatementDocument.Capacity;
import uk.waymark.statements.document.StatementDocument.Declared;
import uk.waymark.statements.document.StatementDocument.Kind;
import uk.waymark.statements.document.StatementDocument.OnBehalf;
import uk.waymark.statements.document.StatementDocument.Organisation;
import uk.waymark.statements.document.StatementDocument.ReadBy;
import uk.waymark.statements.document.StatementDocument.Translation;

/** Statements to draw. */
final class Statements {
    static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    static final String DECLARATION = "This statement is true to the best of my knowledge and belief and I make it knowing that, if it is "
        + "tendered in evidence, I shall be liable to prosecution if I have wilfully stated in it anything which I know to be false.";
    static final List<Declared> ENGLISH = List.of(new Declared("en", DECLARATION));
    static final List<Declared> WELSH = List.of(new Declared("cy", "Mae’r datganiad hwn yn wir."), new Declared("en", DECLARATION));
    static final Instant SIGNED = Instant.parse("2026-07-03T13:05:00Z");

    private Statements() {}

    /** An adult's own first statement. */
    static StatementDocument plain(String language, String text) {
        return new StatementDocument(Kind.VICTIM_PERSONAL_STATEMENT, language, "Sam Lee", 18, null, null, "WX/1234/26",
            null, null, declared(language), text, null, null, "Sam Lee", SIGNED, HASH);
    }

    private static List<Declared> declared(String language) {
        return language.equals("cy") ? WELSH : ENGLISH;
    }

    /** With everything that may stand on one. */
    static StatementDocument full(String language, String text) {
        return new StatementDocument(Kind.VICTIM_PERSONAL_STATEMENT, language, "Łucja Żółć", 16,
            new OnBehalf(Capacity.PARENT_OR_GUARDIAN, "محمد علي", List.of()), null, "WX/1234/26", "01WX1234526",
            LocalDate.of(2026, 3, 1), declared(language), text, new ReadBy("Siân Wyn", LocalDate.of(2026, 7, 3)),
            new Translation("Anna Nowak", LocalDate.of(2026, 7, 2), "pl"), "Ł. Żółć", SIGNED, HASH);
    }

    static StatementDocument business(String text) {
        return new StatementDocument(Kind.IMPACT_STATEMENT_FOR_BUSINESS, "en", "Sam Lee", 18, null,
            new Organisation("Corner Shop Ltd & Sons", "director"), "WX/1234/26", null, null, ENGLISH, text, null, null,
            "Sam Lee", SIGNED, HASH);
    }
}
