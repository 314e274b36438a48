package uk.waymark.statements.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Text as a person typed it, made fit for paper. Nothing visible is left out, and nothing that is typed can change how the text
 * beside it reads.
 *
 * @param drawn what goes on the paper: codes such as {@code [U+E123]} stand for what cannot be drawn
 * @param said what the tag tree says to whoever has the text read to them, or takes it out again
 */
record Typed(String drawn, String said) {
    /** A text of the form's own. */
    static Typed of(String text) {
        return new Typed(text, text);
    }

    /**
     * The paragraphs of a text: each line that is not blank.
     *
     * @param covered whether a font draws a code point
     * @param missing gains the codes of what no font draws
     */
    static List<Typed> paragraphs(String text, IntPredicate covered, Set<String> missing) {
        var paragraphs = new ArrayList<Typed>();
        for (String line : text.split("\r\n|[\n\r\u000B\f\u0085\u2028\u2029]")) {
            Typed paragraph = line(line, covered, missing);
            if (!paragraph.drawn().isBlank()) {
                paragraphs.add(paragraph);
            }
        }
        return paragraphs;
    }

    /** One line: line breaks in it become spaces. */
    static Typed line(String text, IntPredicate covered, Set<String> missing) {
        var drawn = new StringBuilder(text.length());
        var said = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (reorders(c)) {
                return;
            }
            if (Character.isISOControl(c) && Character.isWhitespace(c) || Character.isSpaceChar(c) && !covered.test(c)) {
                drawn.append(' ');
                said.append(' ');
            } else if (!Character.isISOControl(c) && covered.test(c)) {
                drawn.appendCodePoint(c);
                said.appendCodePoint(c);
            } else {
                String code = "U+%04X".formatted(c);
                missing.add(code);
                drawn.append('[').append(code).append(']');
                said.appendCodePoint(sayable(c) ? c : 0xFFFD);
            }
        });
        return new Typed(drawn.toString(), said.toString());
    }

    /**
     * Embeddings and overrides of direction turn letters round, and reach past the words they were typed for: without them each
     * word reads in its own direction. Isolates and marks stay, which cannot do that. Byte order marks and the deprecated format
     * characters go too.
     */
    private static boolean reorders(int c) {
        return c >= 0x202A && c <= 0x202E || c == 0xFEFF || c >= 0x206A && c <= 0x206F;
    }

    private static boolean sayable(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE && (c & 0xFFFE) != 0xFFFE;
    }

    /** Joiners, marks of direction and variation selectors work on what stands beside them and have no drawing of their own. */
    static boolean invisible(int c) {
        return Character.getType(c) == Character.FORMAT && !drawnFormat(c) || c >= 0xFE00 && c <= 0xFE0F
            || c >= 0xE0100 && c <= 0xE01EF || c == 0x34F;
    }

    /** Number signs of Arabic and the like, which Unicode counts as format characters all the same. */
    private static boolean drawnFormat(int c) {
        return c >= 0x600 && c <= 0x605 || c == 0x6DD || c == 0x70F || c == 0x890 || c == 0x891 || c == 0x8E2
            || c >= 0xFFF9 && c <= 0xFFFB || c == 0x110BD || c == 0x110CD || c >= 0x13430 && c <= 0x1343F;
    }
}
