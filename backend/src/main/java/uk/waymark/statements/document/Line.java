package uk.waymark.statements.document;

import java.util.List;

/**
 * A line of a paragraph, left to right as it is seen.
 *
 * @param runs with the space that ends the line, without which words run together for readers of the tag tree
 * @param width in points
 * @param fromRight whether its paragraph reads from the right
 */
record Line(List<Run> runs, float width, boolean fromRight) {

    /** Whether each glyph says a letter of its own. */
    boolean saysItself() {
        return runs.stream().allMatch(r -> r.glyphs().stream().noneMatch(Glyph::silent));
    }
}
