package uk.waymark.statements.document;

import java.util.List;

/**
 * Letters of one font and one direction, left to right as they are seen.
 *
 * @param width in thousandths of the font's size
 */
record Run(Face face, List<Glyph> glyphs, float width) {}
