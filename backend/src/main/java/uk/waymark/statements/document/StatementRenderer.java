package uk.waymark.statements.document;

import jakarta.inject.Singleton;

/**
 * Draws signed statements in the form that case files use (MG11): heading, declaration, numbered pages, signature on the last.
 * Knows no database and no clock; safe for any number of threads. A page takes some milliseconds once the fonts are read,
 * which happens at the first statement: docs/statements-document.md has the figures.
 */
@Singleton
public final class StatementRenderer {
    private final Typefaces typefaces = new Typefaces();
    private final FormWords words = new FormWords();

    /**
     * Every text can be drawn: what is no printable character, or in no font of ours, is shown as its code and listed in the
     * answer.
     */
    public RenderedStatement render(StatementDocument statement) {
        return new Form(statement, words, typefaces).render();
    }
}
