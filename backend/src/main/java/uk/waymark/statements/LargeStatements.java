package uk.waymark.statements;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import uk.waymark.platform.ProblemException;

/** What is far longer than any statement can be is refused before it is read, with how long one can be. */
@ServerFilter({"/v1/me/statements/**", "/v1/me/cases/*/statements"})
final class LargeStatements implements Ordered {
    /** More than the longest statement takes where every character is escaped twice over. */
    private static final long MOST_BYTES = 2_000_000;

    /** After the caller is known. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() - 1;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getContentLength() > MOST_BYTES) {
            throw ProblemException.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Too long",
                "A statement has at most " + DraftWords.LONGEST + " characters, with all answers. Nothing was saved, and what you have "
                    + "typed is still with you: shorten it, and save it again.");
        }
    }
}
