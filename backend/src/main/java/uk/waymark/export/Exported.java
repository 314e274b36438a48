package uk.waymark.export;

import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.platform.Caller;

/**
 * A feature's part of what a person takes with them: only what this person gave, was told or can see, never a flag, a note of
 * staff or anything of somebody else.
 */
public interface Exported {

    /** The field in the file for machines, in snake_case; its title for people is {@code NAME} in {@code export/words_*.properties}. */
    String name();

    /** Where it stands among the parts: the smaller, the sooner. */
    int place();

    /**
     * Hands over one thing after another, page by page, so that nothing grows with how much there is. Called outside of any
     * transaction.
     *
     * @param language of the words, {@code en} or {@code cy}
     * @param items    takes the fields of one thing in the order in which they are read: names in snake_case to text, numbers,
     *                 truth values and {@link java.time.Instant}s; null is left out
     */
    void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items);
}
