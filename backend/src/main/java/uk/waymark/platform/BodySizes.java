package uk.waymark.platform;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;

/**
 * How large a body may be. The server itself stops reading at the size of the largest that is taken anywhere ({@code application.yml});
 * what has said nothing of its own holds to less.
 */
public final class BodySizes {
    private static final String ATTRIBUTE = "uk.waymark.body-size";
    private static final int USUAL = 8 << 20;

    private BodySizes() { }

    /** This request may bring more than others. @param most bytes; no more than the server reads at all */
    public static void allow(HttpRequest<?> request, int most) {
        request.setAttribute(ATTRIBUTE, most);
    }

    /** @throws ProblemException 413 */
    static void check(HttpRequest<?> request, long bytes) {
        int most = request.getAttribute(ATTRIBUTE, Integer.class).orElse(USUAL);
        if (bytes > most) {
            throw ProblemException.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Too large",
                "The body is larger than " + (most >> 20) + " MB, the most that is taken here. Send less at a time.");
        }
    }
}
