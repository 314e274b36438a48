package uk.waymark.statements;

/** A draft is another by now than the one that was read: answered 412 with how it stands, so that nothing typed is lost. */
final class DraftChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Drafts.Draft present;
    private final String language;

    /** @param language of the words, {@code en} or {@code cy} */
    DraftChanged(Drafts.Draft present, String language) {
        super("a draft has changed", null, false, false);
        this.present = present;
        this.language = language;
    }

    Drafts.Draft present() {
        return present;
    }

    String language() {
        return language;
    }
}
