package uk.waymark.web;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/**
 * The first lock against forged forms: a browser that says that a form comes from another site is refused, whatever is in it.
 * Synchronous on purpose: a filter that waits for the body answers 500 to browsers that send it after the head.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OwnSite implements Ordered {

    /** @throws Refused 403 for a form from elsewhere */
    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        boolean changes = switch (request.getMethod()) {
            case GET, HEAD, OPTIONS, TRACE -> false;
            default -> true;
        };
        if (changes && PageErrors.forPage(request) && !ofOurOwn(request)) {
            throw new Refused(Refusal.own(403, PageErrors.OUT_OF_DATE));
        }
        return null;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }

    private static boolean ofOurOwn(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        // older browsers; what is no browser sends neither, and has no cookie of somebody else's
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        return origin == null || origin.endsWith("://" + request.getHeaders().get(HttpHeaders.HOST));
    }
}
