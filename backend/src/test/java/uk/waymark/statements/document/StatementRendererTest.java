package uk.waymark.statements.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;

/** What stands on a statement's paper, and that no text spoils it. */
class StatementRendererTest {
    private static final StatementRenderer RENDERER = new StatementRenderer();
    private static final String SENTENCE = "I have not slept since that night, and I am afraid to open the door. ";

    @Example
    void everythingThatACaseFileAsksForIsSaidInItsOrder() {
        var rendered = RENDERER.render(Statements.full("en", "First.\n\nSecond."));
        assertEquals(List.of(
            "Victim Personal Statement",
            "Criminal Procedure Rules, rule 16.2; Criminal Justice Act 1967, section 9",
            "Crime reference: WX/1234/26", "URN: 01WX1234526", "Statement of: Łucja Żółć", "Age if under 18: 16",
            "Made as the parent or guardian of: \u2068محمد علي\u2069",
            "Further statement, in addition to the one signed on 1 March 2026.",
            "Translated from Polish by Anna Nowak on 2 July 2026 (Criminal Procedure Rules, rule 16.2).",
            "Declaration",
            Statements.DECLARATION,
            "Statement", "First.", "Second.",
            "Signature", "Signed electronically by: Ł. Żółć", "Date and time: 3 July 2026 at 14:05",
            "Declaration by the person who read this statement to its maker",
            "Łucja Żółć cannot read this statement. I read it to them before they signed it (Criminal Justice Act 1967, "
                + "section 9(3)(b)).",
            "Name: Siân Wyn", "Date: 3 July 2026", "Check value (SHA-256): " + Statements.HASH),
            ReadBack.paragraphs(rendered.pdf()));
        assertEquals("H1", ReadBack.elements(rendered.pdf()).getFirst().tag());
        assertEquals(List.of("Declaration", "Statement", "Signature",
                "Declaration by the person who read this statement to its maker"),
            ReadBack.elements(rendered.pdf()).stream().filter(e -> e.tag().equals("H2")).map(ReadBack.Element::text).toList());
        assertEquals(List.of(), ReadBack.notAccessible(rendered.pdf()));
    }

    @Example
    void anAdultsOwnFirstStatementSaysNoMoreThanThat() {
        var said = ReadBack.paragraphs(RENDERER.render(Statements.plain("en", "First.")).pdf());
        assertEquals(List.of("Crime reference: WX/1234/26", "Statement of: Sam Lee", "Age if under 18: over 18", "Declaration"),
            said.subList(2, 6));
        assertEquals(13, said.size(), said::toString);
    }

    @Example
    void whoIsEighteenIsOverEighteenAndAnAgeThatNobodyKnowsIsLeftBlank() {
        var plain = Statements.plain("en", "x");
        var eighteen = new StatementDocument(plain.kind(), "en", "Sam Lee", 18, null, null, "WX/1", null, null, Statements.ENGLISH, "x", null, null,
            "Sam Lee", Statements.SIGNED, Statements.HASH);
        assertTrue(ReadBack.paragraphs(RENDERER.render(eighteen).pdf()).contains("Age if under 18: over 18"));
        var unknown = new StatementDocument(plain.kind(), "en", "Sam Lee", null, null, null, "WX/1", null, null, Statements.ENGLISH, "x",
            null, null, "Sam Lee", Statements.SIGNED, Statements.HASH);
        assertTrue(ReadBack.paragraphs(RENDERER.render(unknown).pdf()).contains("Age if under 18: ____________"));
    }

    @Example
    void aBusinessIsNamedWithTheAuthorityOfWhoSigns() {
        var said = ReadBack.paragraphs(RENDERER.render(Statements.business("x")).pdf());
        assertEquals("Impact Statement for Business", said.getFirst());
        assertEquals(List.of("Business or organisation: Corner Shop Ltd & Sons", "Signs for it as: director"), said.subList(5, 7));
    }

    @Example
    void aWelshFormHasTheDeclarationInBothLanguages() throws IOException {
        var rendered = RENDERER.render(Statements.full("cy", "Dw i ddim yn cysgu."));
        var said = ReadBack.elements(rendered.pdf());
        int declaration = said.stream().map(ReadBack.Element::text).toList().indexOf("Datganiad o wirionedd");
        assertEquals("Mae’r datganiad hwn yn wir.", said.get(declaration + 1).text());
        assertEquals("en-GB", said.get(declaration + 2).language());
        assertEquals(Statements.DECLARATION, said.get(declaration + 2).text());
        assertEquals("Y datganiad", said.get(declaration + 3).text());
        try (var document = Loader.loadPDF(rendered.pdf())) {
            assertEquals("cy", document.getDocumentCatalog().getLanguage());
            assertEquals("Datganiad Personol Dioddefwr, Łucja Żółć", document.getDocumentInformation().getTitle());
            assertTrue(document.getDocumentCatalog().getMarkInfo().isMarked());
        }
        assertEquals(List.of(), ReadBack.notAccessible(rendered.pdf()));
    }

    /** Whoever wrote in another language is printed with the declaration that they made. */
    @Example
    void aPolishStatementDeclaredInWelshSaysSo() {
        var plain = Statements.plain("pl", "Nie mogę spać.");
        var said = ReadBack.elements(RENDERER.render(new StatementDocument(plain.kind(), "pl", "Sam Lee", 18, null, null, "WX/1", null,
            null, Statements.WELSH, "Nie mogę spać.", null, null, "Sam Lee", Statements.SIGNED, Statements.HASH)).pdf());
        int declaration = said.stream().map(ReadBack.Element::text).toList().indexOf("Declaration");
        assertEquals("cy", said.get(declaration + 1).language());
        assertEquals("Mae’r datganiad hwn yn wir.", said.get(declaration + 1).text());
        assertEquals(Statements.DECLARATION, said.get(declaration + 2).text());
    }

    @Example
    void thePagesAreCountedRightWhereverTheTextEnds() {
        for (int sentences = 24; sentences < 52; sentences++) {
            String text = sentences % 2 == 0 ? (SENTENCE.repeat(2) + "\n").repeat(sentences / 2) : SENTENCE.repeat(sentences);
            var rendered = RENDERER.render(Statements.plain("en", text));
            List<String> pages = ReadBack.pages(rendered.pdf());
            assertEquals(rendered.pages(), pages.size());
            for (int page = 1; page <= pages.size(); page++) {
                String seen = pages.get(page - 1);
                assertTrue(seen.contains("Page " + page + " of " + pages.size()), seen);
                assertTrue(seen.contains("Signed electronically by Sam Lee, 3 July 2026"), seen);
                assertTrue(seen.contains(Statements.HASH), seen);
                assertEquals(page == pages.size(), seen.contains("Date and time: 3 July 2026 at 14:05"));
                assertEquals(page > 1, seen.contains("Statement of Sam Lee, continued"));
            }
            assertTrue(pages.getLast().contains("I am afraid to open the door."), "a signature alone on its page");
        }
    }

    @Example
    void everyFontIsInTheFile() throws IOException {
        var pdf = RENDERER.render(Statements.full("en", "abc Ж 你好 😢 مرحبا")).pdf();
        try (var document = Loader.loadPDF(pdf)) {
            int fonts = 0;
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    assertTrue(page.getResources().getFont(name).isEmbedded(), name::getName);
                    fonts++;
                }
            }
            assertEquals(4, fonts);
        }
        assertTrue(pdf.length < 100_000, "of an 18 MB font only what is needed: " + pdf.length);
    }

    @Example
    void whatNoFontDrawsIsSeenAndToldAndSaidAsTyped() {
        var rendered = RENDERER.render(Statements.plain("en", "bell \u0007 own \uE123 end \u202Eetirw\u202C!"));
        assertEquals(List.of("U+0007", "U+E123"), rendered.notDrawn());
        assertTrue(ReadBack.pages(rendered.pdf()).getFirst().contains("bell [U+0007] own [U+E123] end etirw!"));
        assertTrue(ReadBack.paragraphs(rendered.pdf()).contains("bell \uFFFD own \uE123 end etirw!"));
        assertEquals(List.of(), ReadBack.notAccessible(rendered.pdf()));
    }

    @Example
    void tenThousandEmojiAreAFewPages() {
        var rendered = RENDERER.render(Statements.plain("en", "😢".repeat(10_000)));
        assertEquals(List.of(), ReadBack.badlyDrawn(rendered.pdf()));
        assertTrue(rendered.pages() > 3 && rendered.pages() < 10, () -> rendered.pages() + " pages");
        assertTrue(rendered.pdf().length < 100_000, () -> rendered.pdf().length + " bytes");
        assertTrue(ReadBack.paragraphs(rendered.pdf()).stream().anyMatch(p -> p.equals("😢".repeat(10_000))));
    }

    @Example
    void aWordLongerThanALineGoesOnInTheNext() {
        String word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(40);
        String arabic = "مستشفيات".repeat(200);
        String accents = "a" + "\u0301".repeat(2_000);
        var rendered = RENDERER.render(Statements.plain("cy", word + "\n" + arabic + "\n" + accents));
        assertEquals(List.of(), ReadBack.badlyDrawn(rendered.pdf()));
        assertTrue(ReadBack.paragraphs(rendered.pdf()).containsAll(List.of(word, arabic, accents)));
        assertEquals(List.of(), ReadBack.notAccessible(rendered.pdf()));
    }

    @Example
    void theSameStatementIsTheSameFileHoweverManyAreDrawnAtOnce() throws Exception {
        var statement = Statements.full("ar", "السلام عليكم 你好 😢\nabc");
        byte[] alone = RENDERER.render(statement).pdf();
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<byte[]> one = () -> new StatementRenderer().render(statement).pdf();
            for (var drawn : threads.invokeAll(List.of(one, one, one, one, one, one, one, one))) {
                assertArrayEquals(alone, drawn.get());
            }
        }
    }

    @Example
    void aStatementWithoutANameIsRefusedBeforeItIsDrawn() {
        assertThrows(IllegalArgumentException.class, () -> new StatementDocument(
            StatementDocument.Kind.VICTIM_PERSONAL_STATEMENT, "en", " ", null, null, null, "WX/1", null, null, Statements.ENGLISH, "x", null, null, "x",
            Statements.SIGNED, Statements.HASH));
    }

    @Property(tries = 25)
    void anyTextIsDrawnAndSaid(@ForAll("texts") String text) {
        var rendered = RENDERER.render(Statements.plain("en", "Begin\n" + text + "\nEnd"));
        var said = ReadBack.paragraphs(rendered.pdf());
        assertEquals(Typed.paragraphs(text, new Typefaces()::cover, new LinkedHashSet<>()).stream().map(Typed::said).toList(),
            said.subList(said.indexOf("Begin") + 1, said.lastIndexOf("End")));
        assertFalse(ReadBack.pages(rendered.pdf()).isEmpty());
        assertEquals(List.of(), ReadBack.notAccessible(rendered.pdf()));
    }

    @Provide
    Arbitrary<String> texts() {
        var scripts = List.of("Zażółć ", "السلام ", "ਸਿੱਖ", "你好。", "👨‍👩‍👧", "\u202E", "\u2067", "\u2069", "\n", " ", "\u0007",
            "\u200D", "\u0301", "(", ")", "12", "-", "<b>", "{name}", "שלום", "\uFE0F", "\uD83D", "ক্ষ");
        return Arbitraries.oneOf(Arbitraries.of(scripts), Arbitraries.strings().all().ofMaxLength(3)).list().ofMaxSize(40)
            .map(parts -> String.join("", parts));
    }
}
