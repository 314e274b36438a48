package uk.waymark.statements.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypedTest {
    private final Set<String> missing = new LinkedHashSet<>();

    @Test
    void eachLineIsAParagraphWhateverEndsIt() {
        assertEquals(List.of("one", "two", "three", "four", "five"),
            Typed.paragraphs("one\r\ntwo\n\n \n\u202E\nthree\u2028four\rfive\n", c -> true, missing).stream().map(Typed::drawn).toList());
    }

    @Test
    void whatTurnsLettersRoundIsLeftOutAndWhatOnlyKeepsThemApartStays() {
        assertEquals(Typed.of("pay gro.live \u2067abc\u2069 \u200E!"),
            Typed.line("pay \u202Egro.live\u202C \u2067abc\u2069 \u200E\uFEFF\u202A!", c -> true, missing));
        assertEquals(Set.of(), missing);
    }

    @Test
    void whatHasNoDrawingIsSeenAsItsCode() {
        assertEquals(new Typed("a[U+0007]b[U+E123]c[U+1F9FF]", "a\uFFFDb\uE123c\uD83E\uDDFF"),
            Typed.line("a\u0007b\uE123c\uD83E\uDDFF", c -> c < 0x7F, missing));
        assertEquals(List.of("U+0007", "U+E123", "U+1F9FF"), List.copyOf(missing));
    }

    @Test
    void whatNoTextMayHoldIsSaidAsAReplacement() {
        assertEquals(new Typed("[U+0000][U+D800][U+FFFE]", "\uFFFD\uFFFD\uFFFD"),
            Typed.line("\u0000\uD800\uFFFE", c -> c < 0xD800, missing));
    }

    @Test
    void tabsAndSpacesOfAllKindsAreSpaces() {
        assertEquals(Typed.of("a b c d"), Typed.line("a\tb\u2005c\u3000d", c -> c < 0x7F, missing));
        assertEquals(Set.of(), missing);
    }

    @Test
    void joinersAndSelectorsAreNotMissed() {
        String text = "❤\uFE0F नमी\u200Cx";
        assertEquals(Typed.of(text), Typed.line(text, c -> Typed.invisible(c) || Character.isLetter(c) || c == 0x2764
            || Character.getType(c) == Character.COMBINING_SPACING_MARK, missing));
    }
}
