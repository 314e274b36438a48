package uk.waymark.statements.document;

/**
 * One drawing out of a font.
 *
 * @param id in the font
 * @param text what it stands for
 * @param x from the start of its run, in thousandths of the font's size
 * @param y downwards from the line
 * @param silent another glyph of the same letter says the letter already: this one is an accent, a dot or a second part
 */
record Glyph(int id, String text, float x, float y, boolean silent) {}
