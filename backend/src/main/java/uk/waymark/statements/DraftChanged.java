package uk.waymark.statements;

/** A draft is another by now than the one that was read: answered 412 with how it stands, so that nothing typed is lost. */
final class DraftChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Drafts.Draft present;
    private final String language;
    private final boolean shown;

    /** @param language of the words, {@code en} or {@code cy} @param shown whether how it stands may be shown without a new sign-in */
    DraftChanged(Drafts.Draft present, String language, boolean shown) {
        super("a draft has changed", null, false, false);
        this.present = present;
        this.language = language;
        this.shown = shown;
    }

    Drafts.Draft present() {
        return present;
    }

    boolean shown() {
        return shown;
    }

    String language() {
        return language;
    }
}
