package uk.waymark.statements.document;

import java.awt.font.GlyphVector;
import java.awt.geom.Point2D;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** From text to glyphs: which font, which direction, what the script makes of its letters. For one document, one thread. */
final class Shaper {
    /** What the JDK's layout gives for a character without a glyph of its own, such as the second half of a ligature. */
    private static final int NO_GLYPH = 0xFFFE;
    /** A character that joins words and shows nothing: what a silent glyph says where a reader takes glyph by glyph. */
    private static final String NOTHING = "\u2060";
    private final Typefaces typefaces;
    private final Set<String> missing;
    private final BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);

    /** @param missing gains the codes of what turned out to have no drawing */
    Shaper(Typefaces typefaces, Set<String> missing) {
        this.typefaces = typefaces;
        this.missing = missing;
    }

    /**
     * The runs of a text that goes on one line, in the order in which they are seen.
     *
     * @param direction of this very text
     * @param bold how many characters from its start are bold
     */
    List<Run> runs(String text, Bidi direction, int bold) {
        Face[] faces = faces(text, bold);
        var pieces = new ArrayList<Piece>();
        for (int run = 0; run < direction.getRunCount(); run++) {
            int end = direction.getRunLimit(run);
            for (int from = direction.getRunStart(run), to; from < end; from = to) {
                to = from + 1;
                while (to < end && faces[to] == faces[from]) {
                    to++;
                }
                pieces.add(new Piece(from, to, direction.getRunLevel(run), faces[from]));
            }
        }
        byte[] levels = new byte[pieces.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) pieces.get(i).level();
        }
        Object[] seen = pieces.toArray();
        Bidi.reorderVisually(levels, 0, seen, 0, seen.length);
        char[] letters = text.toCharArray();
        return Arrays.stream(seen).map(Piece.class::cast).map(p -> shape(text, letters, p)).toList();
    }

    private Face[] faces(String text, int bold) {
        Face[] faces = new Face[text.length()];
        Face before = null;
        characters.setText(text);
        for (int from = characters.first(), to = characters.next(); to != BreakIterator.DONE; from = to, to = characters.next()) {
            String character = text.substring(from, to);
            Face face = typefaces.face(character, from < bold, before);
            if (face != null) {
                Arrays.fill(faces, from, to, face);
            } else { // a letter of one script with an accent of another
                for (int i = from, length; i < to; i += length) {
                    int c = text.codePointAt(i);
                    length = Character.charCount(c);
                    Face own = Typed.invisible(c) && i > from ? faces[i - 1] : typefaces.face(c, from < bold);
                    Arrays.fill(faces, i, i + length, own == null ? typefaces.plain(from < bold) : own);
                }
            }
            before = faces[to - 1];
        }
        return faces;
    }

    private Run shape(String text, char[] letters, Piece piece) {
        GlyphVector shaped = piece.face().shape(letters, piece.from(), piece.to(), (piece.level() & 1) == 1);
        int count = shaped.getNumGlyphs();
        int[] letter = shaped.getGlyphCharIndices(0, count, null);
        var starts = new TreeSet<Integer>();
        for (int index : letter) {
            starts.add(index);
        }
        Map<Integer, Integer> speakers = speakers(shaped, letter, piece.face());
        var glyphs = new ArrayList<Glyph>(count);
        for (int i = 0; i < count; i++) {
            int id = shaped.getGlyphCode(i);
            if (id >= NO_GLYPH) {
                continue;
            }
            Integer next = starts.higher(letter[i]);
            int from = piece.from() + (letter[i] == starts.first() ? 0 : letter[i]);
            String says = text.substring(from, next == null ? piece.to() : piece.from() + next);
            if (says.codePoints().allMatch(Typed::invisible)) {
                continue; // some fonts have a bar for a joiner, to show writers where it is
            }
            if (id == 0) {
                missing.add("U+%04X".formatted(says.codePointAt(0)));
            }
            boolean silent = speakers.get(letter[i]) != i;
            Point2D at = shaped.getGlyphPosition(i);
            glyphs.add(new Glyph(id, silent ? NOTHING : says, (float) at.getX(), (float) at.getY(), silent));
        }
        return new Run(piece.face(), glyphs, (float) shaped.getGlyphPosition(count).getX());
    }

    /** Of the glyphs that one letter became, the widest says the letter. */
    private static Map<Integer, Integer> speakers(GlyphVector shaped, int[] letter, Face face) {
        var speakers = new HashMap<Integer, Integer>();
        for (int i = 0; i < letter.length; i++) {
            int id = shaped.getGlyphCode(i);
            if (id < NO_GLYPH) {
                Integer other = speakers.get(letter[i]);
                if (other == null || face.width(id) > face.width(shaped.getGlyphCode(other))) {
                    speakers.put(letter[i], i);
                }
            }
        }
        return speakers;
    }

    private record Piece(int from, int to, int level, Face face) {}
}
