package uk.waymark.conversations;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import uk.waymark.platform.ProblemException;

/** What is far longer than any message can be is refused before it is read, with how long one can be. */
@ServerFilter({"/v1/me/cases/*/messages", "/v1/staff/conversations/*/messages"})
final class LargeMessages implements Ordered {
    /** More than the longest message takes where every character is escaped twice over. */
    private static final long MOST_BYTES = 200_000;

    /** After the caller is known. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() - 1;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getContentLength() > MOST_BYTES) {
            throw ProblemException.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Too long",
                "A message has at most 10000 characters. It was not sent, and what you have typed is still with you: shorten it, and send it "
                    + "again.");
        }
    }
}
