package uk.waymark.conversations;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;

/** What is far longer than any message can be is refused before it is read, with how long one can be. */
@ServerFilter({"/v1/me/cases/*/messages", "/v1/staff/conversations/*/messages", "/v1/staff/cases/*/conversations"})
final class LargeMessages implements Ordered {
    /** More than the longest message takes where every character is escaped twice over. */
    private static final long MOST_BYTES = 200_000;
    private final ConversationWords words;

    LargeMessages(ConversationWords words) {
        this.words = words;
    }

    /** After the caller is known. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() - 1;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getContentLength() > MOST_BYTES) {
            // whose it is, and in which language they read, is not looked up for what is refused unread
            String language = Language.of(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE), "en");
            throw ProblemException.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", words.of(language, "too_long.title"),
                words.of(language, "too_long"));
        }
    }
}
