package uk.waymark.platform;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Whoever asks for JSON takes a problem (RFC 9457) too, which is JSON. Where a good answer has no body, a problem is all that an operation
 * can answer with: most clients ask for {@code application/json} alone, and would be told 406 before anything is done.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TakenAsProblem {

    @PreMatching
    @RequestFilter
    void widen(HttpRequest<?> request) {
        if (request.getHeaders() instanceof MutableHttpHeaders headers
                && request.accept().stream().anyMatch(t -> t.getName().equals(MediaType.APPLICATION_JSON))
                && request.accept().stream().noneMatch(t -> t.getName().equals(MediaType.APPLICATION_JSON_PROBLEM))) {
            headers.add(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_PROBLEM);
        }
    }
}
