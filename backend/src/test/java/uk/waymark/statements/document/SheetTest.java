package uk.waymark.statements.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.waymark.statements.document.Block.Style;

/** What stands on which page, by lines of a block: {@code HEADING 0-1} is the first line of a heading. */
class SheetTest {
    /** Lines of text that a page has room for: 710 points of 16. */
    private static final int PAGE = 44;

    private static Block block(Style style, int lines, boolean keepsWithNext) {
        return new Block(style, null, Typed.of("x"), Collections.nCopies(lines, new Line(List.of(), 0, false)), keepsWithNext);
    }

    private static List<List<String>> pages(Block... blocks) {
        var pages = new ArrayList<List<String>>();
        for (Sheet sheet : Sheet.of(List.of(blocks))) {
            pages.add(sheet.parts().stream().map(p -> p.block().style() + " " + p.from() + "-" + p.to()).toList());
        }
        return pages;
    }

    @Test
    void aLongParagraphGoesOverPages() {
        assertEquals(List.of(List.of("BODY 0-44"), List.of("BODY 44-88"), List.of("BODY 88-90")),
            pages(block(Style.BODY, 2 * PAGE + 2, false)));
    }

    @Test
    void aHeadingStaysWithTheFirstLinesBeneathIt() {
        assertEquals(List.of(List.of("BODY 0-41"), List.of("HEADING 0-1", "BODY 0-9")),
            pages(block(Style.BODY, 41, false), block(Style.HEADING, 1, true), block(Style.BODY, 9, false)));
        assertEquals(List.of(List.of("BODY 0-40", "HEADING 0-1", "BODY 0-2"), List.of("BODY 2-9")),
            pages(block(Style.BODY, 40, false), block(Style.HEADING, 1, true), block(Style.BODY, 9, false)));
    }

    @Test
    void whatIsSignedHasItsLastLinesOnThePageOfTheSignature() {
        assertEquals(List.of(List.of("BODY 0-40"), List.of("BODY 40-42", "HEADING 0-1", "FIELD 0-1", "SMALL 0-1")),
            pages(block(Style.BODY, 42, true), block(Style.HEADING, 1, true), block(Style.FIELD, 1, true), block(Style.SMALL, 1, false)));
    }

    @Test
    void aShortLastParagraphGoesOverWhole() {
        assertEquals(List.of(List.of("BODY 0-38"), List.of("HEADING 0-1", "BODY 0-2", "HEADING 0-1", "FIELD 0-1")),
            pages(block(Style.BODY, 38, false), block(Style.HEADING, 1, true), block(Style.BODY, 2, true),
                block(Style.HEADING, 1, true), block(Style.FIELD, 1, false)));
    }

    @Test
    void whatIsLongerThanAPageIsNotHeldTogether() {
        assertEquals(List.of(List.of("FIELD 0-47"), List.of("FIELD 47-60", "FIELD 0-1")),
            pages(block(Style.FIELD, 60, true), block(Style.FIELD, 1, false)));
    }
}
