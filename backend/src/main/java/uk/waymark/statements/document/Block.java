package uk.waymark.statements.document;

import java.text.Bidi;
import java.util.List;

/**
 * A heading or a paragraph.
 *
 * @param language of its text, as a BCP 47 tag; null where it is the document's
 * @param lines broken to the width of {@link Sheet}
 * @param keepsWithNext whether no page may end between it and the next
 */
record Block(Style style, String language, Typed text, List<Line> lines, boolean keepsWithNext) {

    /** How a block looks, what it is to whoever has it read to them, and the space around it in points. */
    enum Style {
        TITLE("H1", 17, 23, 0, 4), HEADING("H2", 12, 16, 9, 3), FIELD("P", 11, 15, 0, 2), BODY("P", 11, 16, 0, 6),
        SMALL("P", 8.5f, 12, 0, 4);

        private final String tag;
        private final float size;
        private final float leading;
        private final float before;
        private final float after;

        Style(String tag, float size, float leading, float before, float after) {
            this.tag = tag;
            this.size = size;
            this.leading = leading;
            this.before = before;
            this.after = after;
        }

        String tag() {
            return tag;
        }

        /** In points. */
        float size() {
            return size;
        }

        float leading() {
            return leading;
        }

        float before() {
            return before;
        }

        float after() {
            return after;
        }

        boolean heading() {
            return this == TITLE || this == HEADING;
        }
    }

    float height(int ofLines) {
        return style.before() + ofLines * style.leading();
    }

    /** Whether what is drawn, glyph by glyph, says the text as it was typed. */
    boolean saysItself() {
        // a word from the right stands in its line the other way round than it is read
        return text.drawn().equals(text.said()) && !Bidi.requiresBidi(text.said().toCharArray(), 0, text.said().length())
            && text.said().codePoints().noneMatch(Typed::invisible)
            && lines.stream().allMatch(Line::saysItself);
    }
}
