package uk.waymark.web;

/**
 * A place in what somebody wrote that they may want to look at again.
 *
 * @param field   where it stands on the page
 * @param excerpt the words that are meant, as typed
 * @param words   why
 */
public record LookAgain(String field, String excerpt, String words) {
    /** Without what somebody wrote. */
    @Override
    public String toString() {
        return "LookAgain[" + field + "]";
    }
}
