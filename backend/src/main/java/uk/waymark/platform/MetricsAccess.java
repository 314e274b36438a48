package uk.waymark.platform;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Figures are for operators: whoever could read them while asking for a code would see whether one went out. The sandbox,
 * where every phone lies open anyway, asks for nothing unless a token is set.
 */
@ServerFilter("/prometheus")
final class MetricsAccess {
    private final Optional<byte[]> expected;
    private final boolean sandbox;

    MetricsAccess(Settings settings) {
        this.expected = settings.metricsToken().map(t -> ("Bearer " + t).getBytes(StandardCharsets.UTF_8));
        this.sandbox = settings.sandbox();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        String given = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        boolean fits = expected.map(token -> given != null
            && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))).orElse(sandbox);
        if (!fits) {
            throw ProblemException.signInNeeded();
        }
    }
}
