package uk.waymark.statements.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The drawing of one page, in the words of PDF. */
final class Ink {
    /** Thousandths of the font's size that nobody sees. */
    private static final float NOTHING = 0.5f;
    private final StringBuilder content = new StringBuilder();
    private final Function<Face, EmbeddedFace> embedded;

    Ink(Function<Face, EmbeddedFace> embedded) {
        this.embedded = embedded;
    }

    /** @param mark what the marks that follow are, in the words of PDF */
    void begin(String mark) {
        content.append(mark).append(" BDC\n");
    }

    void end() {
        content.append("EMC\n");
    }

    /** @param x of its left end, and {@code y}, in points from the lower left corner of the page */
    void draw(Line line, float x, float y, float size) {
        float from = x;
        for (Run run : line.runs()) {
            if (!run.glyphs().isEmpty()) {
                draw(run, from, y, size);
            }
            from += run.width() * size / Face.EM;
        }
    }

    private void draw(Run run, float x, float y, float size) {
        EmbeddedFace face = embedded.apply(run.face());
        add("BT /%s %s Tf\n", face.resource(), size);
        List<Glyph> glyphs = run.glyphs();
        for (int from = 0, to; from < glyphs.size(); from = to) {
            boolean silent = glyphs.get(from).silent();
            to = from + 1;
            while (to < glyphs.size() && glyphs.get(to).silent() == silent) {
                to++;
            }
            if (silent) {
                begin("/Span <</ActualText ()>>");
            }
            show(face, run.face(), glyphs.subList(from, to), x, y, size);
            if (silent) {
                end();
            }
        }
        content.append("ET\n");
    }

    /** Glyphs of one height in one go, each moved to its place where the one before does not leave the pen there. */
    private void show(EmbeddedFace embedded, Face face, List<Glyph> glyphs, float x, float y, float size) {
        float pen = 0;
        float height = Float.NaN;
        for (Glyph glyph : glyphs) {
            if (!(Math.abs(glyph.y() - height) < 0.01f)) {
                content.append(Float.isNaN(height) ? "" : ">] TJ\n");
                add("1 0 0 1 %.3f %.3f Tm [<", x + glyph.x() * size / Face.EM, y - glyph.y() * size / Face.EM);
                height = glyph.y();
                pen = glyph.x();
            }
            if (Math.abs(glyph.x() - pen) > NOTHING) {
                add("> %.1f <", pen - glyph.x());
                pen = glyph.x();
            }
            add("%04X", embedded.code(glyph));
            pen += face.width(glyph.id());
        }
        content.append(">] TJ\n");
    }

    private void add(String format, Object... values) {
        content.append(String.format(Locale.ROOT, format, values));
    }

    byte[] bytes() {
        return content.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
