package uk.waymark.platform;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/** What every answer tells a browser or a proxy. A page that needs more sets its own policy first. */
final class SecurityHeaders {
    private SecurityHeaders() { }

    static void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        unlessSet(response, "X-Content-Type-Options", "nosniff");
        unlessSet(response, "Referrer-Policy", "no-referrer");
        unlessSet(response, "X-Frame-Options", "DENY");
        unlessSet(response, "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        unlessSet(response, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
        // nothing is kept on the way or on the device, whether it has an ETag or not: who asks again names the tag itself
        unlessSet(response, HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static void unlessSet(MutableHttpResponse<?> response, String name, String value) {
        if (!response.getHeaders().contains(name)) {
            response.header(name, value);
        }
    }
}
