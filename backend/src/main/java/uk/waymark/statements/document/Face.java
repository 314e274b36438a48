package uk.waymark.statements.document;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** One font file, read twice: by the JDK, which shapes text with it, and by FontBox, which cuts out what a document needs. */
final class Face {
    /** Widths and places of glyphs are thousandths of the font's size. */
    static final int EM = 1000;
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    private final Font shaping;
    private final TrueTypeFont outlines;
    private final int[] advances;
    private final float scale;
    private final boolean pictures;

    /** @param pictures whether it holds pictures (emoji) rather than letters */
    Face(String resource, boolean pictures) {
        this.pictures = pictures;
        try (var in = Face.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("font " + resource + " is missing; the build unpacks it");
            }
            byte[] file = in.readAllBytes();
            shaping = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file)).deriveFont((float) EM);
            outlines = new TTFParser().parse(new RandomAccessReadBuffer(file));
            scale = (float) EM / outlines.getUnitsPerEm();
            advances = new int[outlines.getNumberOfGlyphs()];
            for (int glyph = 0; glyph < advances.length; glyph++) {
                advances[glyph] = outlines.getAdvanceWidth(glyph);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("font " + resource + " cannot be read", e);
        }
    }

    boolean draws(int codePoint) {
        return shaping.canDisplay(codePoint);
    }

    boolean pictures() {
        return pictures;
    }

    /** In thousandths of the font's size. */
    float width(int glyph) {
        return glyph < advances.length ? advances[glyph] * scale : 0;
    }

    /** From font units to thousandths of the font's size. */
    float scale() {
        return scale;
    }

    /** Letters of one direction, joined, stacked and put in place as their script asks. */
    GlyphVector shape(char[] text, int from, int to, boolean rightToLeft) {
        return shaping.layoutGlyphVector(EXACT, text, from, to,
            rightToLeft ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT);
    }

    /** For whoever holds this face's lock: FontBox reads one font for one reader at a time. */
    TrueTypeFont outlines() {
        return outlines;
    }
}
