package uk.waymark.statements.document;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Breaks paragraphs into lines: where their language allows it and, in a word longer than a line, between any two characters.
 * Time grows as the text does, for each different word is measured once and each line shaped once. For one document, one
 * thread.
 */
final class Lines {
    private final Shaper shaper;
    private final Map<String, Float> light = new HashMap<>();
    private final Map<String, Float> heavy = new HashMap<>();

    Lines(Shaper shaper) {
        this.shaper = shaper;
    }

    /**
     * @param language BCP 47 tag; some languages have no spaces to break at
     * @param bold how many characters from the start are bold
     * @param size of the letters, and {@code width} of a line, in points
     */
    List<Line> of(String text, String language, int bold, float size, float width) {
        if (text.isEmpty()) {
            return List.of();
        }
        // a paragraph reads in the direction of its first letter that has one
        var direction = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        var lines = new ArrayList<Line>();
        int start = 0;
        float used = 0;
        for (Word word : words(text, language, bold, width * Face.EM / size)) {
            if (used > 0 && (used + word.ink()) * size / Face.EM > width) {
                lines.add(line(text, start, word.from(), direction, bold, size));
                start = word.from();
                used = 0;
            }
            used += word.width();
        }
        lines.add(line(text, start, text.length(), direction, bold, size));
        return lines;
    }

    private Line line(String text, int from, int to, Bidi direction, int bold, float size) {
        List<Run> runs = shaper.runs(text.substring(from, to), direction.createLineBidi(from, to), Math.max(0, bold - from));
        float width = 0;
        for (Run run : runs) {
            width += run.width() * size / Face.EM;
        }
        return new Line(runs, width, !direction.baseIsLeftToRight());
    }

    private List<Word> words(String text, String language, int bold, float widest) {
        var words = new ArrayList<Word>();
        var breaks = BreakIterator.getLineInstance(Locale.forLanguageTag(language));
        breaks.setText(text);
        for (int from = breaks.first(), to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            Word word = word(text, from, to, from < bold);
            if (word.ink() <= widest) {
                words.add(word);
            } else {
                characters(text, from, to, from < bold, words);
            }
        }
        return words;
    }

    private void characters(String text, int start, int end, boolean bold, List<Word> words) {
        var breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
        breaks.setText(text.substring(start, end));
        for (int from = breaks.first(), to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            words.add(word(text, start + from, start + to, bold));
        }
    }

    private Word word(String text, int from, int to, boolean bold) {
        int inked = to;
        while (inked > from && text.charAt(inked - 1) == ' ') {
            inked--;
        }
        float ink = width(text.substring(from, inked), bold);
        return new Word(from, to, ink, inked == to ? ink : width(text.substring(from, to), bold));
    }

    private float width(String word, boolean bold) {
        Map<String, Float> known = bold ? heavy : light;
        Float width = known.get(word);
        if (width == null) {
            width = 0f;
            for (Run run : word.isEmpty() ? List.<Run>of() : shaper.runs(word, new Bidi(word,
                    Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT), bold ? word.length() : 0)) {
                width += run.width();
            }
            known.put(word, width);
        }
        return width;
    }

    /** What stands between two places where a line may break; {@code ink} is its width without the space that ends it. */
    private record Word(int from, int to, float ink, float width) {}
}
