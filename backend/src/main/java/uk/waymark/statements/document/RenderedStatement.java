package uk.waymark.statements.document;

import java.util.List;

/**
 * A statement as a file.
 *
 * @param pdf PDF 1.7, tagged, PDF/UA-1, all fonts in it; the same statement gives the same bytes
 * @param pages how many
 * @param notDrawn what no font of ours has a drawing for, each once in the order met, such as {@code U+E123}. In the text each
 *     stands as {@code [U+E123]}, so that a reader sees that something was typed there and what; the tag tree says it as typed,
 *     where a text may hold it at all
 */
public record RenderedStatement(byte[] pdf, int pages, List<String> notDrawn) {}
