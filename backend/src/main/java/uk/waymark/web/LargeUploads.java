package uk.waymark.web;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import uk.waymark.platform.BodySizes;

/**
 * Forms that files go with may be as large as the server takes at all: a file that is too large comes with words that somebody
 * wrote, and is only then left out. Not from a browser that no page of ours was ever given to.
 */
@ServerFilter("/cases/*/messages/new")
final class LargeUploads implements Ordered {
    private static final int MOST_BYTES = 32 << 20;

    /** Before bodies are held to a size. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() - 1;
    }

    @RequestFilter
    void allow(HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.POST
                && request.getContentType().filter(MediaType.MULTIPART_FORM_DATA_TYPE::matches).isPresent()
                && Visits.cookie(request).isPresent()) {
            BodySizes.allow(request, MOST_BYTES);
        }
    }
}
