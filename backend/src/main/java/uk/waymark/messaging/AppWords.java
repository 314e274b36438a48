package uk.waymark.messaging;

import uk.waymark.platform.DataFile;

/**
 * What the app shows when it is woken. The words are the app's own, whatever the news is, and never leave from here; they
 * stand here as in the contract, since what a person was shown is kept, and since the sandbox's phones show it.
 */
public final class AppWords {
    private static final DataFile WORDS = DataFile.of("/messages/app.properties");

    private AppWords() { }

    /** @param language {@code en} or {@code cy} */
    public static String in(String language) {
        return WORDS.text(language, WORDS.text("en"));
    }
}
