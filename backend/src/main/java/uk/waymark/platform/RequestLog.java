package uk.waymark.platform;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.security.authentication.Authentication;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line a request: who kind of caller, which route, how it went, how long it took. Never a path, a query, an address,
 * a name or an id of a person: the route's template says enough.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestLog implements Ordered {
    static final String REQUEST_ID = "waymark.request-id";
    private static final String HEADER = "X-Request-Id";
    private static final String STARTED = "waymark.request-started";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Logger LOG = LoggerFactory.getLogger("uk.waymark.request");

    private final ForceCodes forces;

    RequestLog(ForceCodes forces) {
        this.forces = forces;
    }

    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(STARTED, System.nanoTime());
        request.setAttribute(REQUEST_ID, id(request));
    }

    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> response, @Nullable Throwable failure) {
        if (response == null) {
            return;
        }
        String id = request.getAttribute(REQUEST_ID, String.class).orElseGet(() -> id(request));
        response.header(HEADER, id);
        SecurityHeaders.add(request, response);
        LoggingEventBuilder line = LOG.atInfo()
            .addKeyValue("request_id", id)
            .addKeyValue("method", request.getMethodName())
            .addKeyValue("route", route(request))
            .addKeyValue("status", response.code())
            .addKeyValue("millis", millis(request));
        describe(line, request.getUserPrincipal(Authentication.class)).log("request");
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** A caller's own id is taken when it is a UUID: anything else might hold what must not be in a log. */
    private static String id(HttpRequest<?> request) {
        String given = request.getHeaders().get(HEADER);
        return given != null && UUID_FORM.matcher(given).matches() ? given : UUID.randomUUID().toString();
    }

    private static String route(HttpRequest<?> request) {
        return request.getAttribute(HttpAttributes.URI_TEMPLATE, String.class).orElse("none");
    }

    private static long millis(HttpRequest<?> request) {
        return request.getAttribute(STARTED, Long.class).map(s -> (System.nanoTime() - s) / 1_000_000).orElse(0L);
    }

    private LoggingEventBuilder describe(LoggingEventBuilder line, Optional<Authentication> who) {
        Object caller = who.map(a -> a.getAttributes().get(BearerTokens.CALLER)).orElse(null);
        return switch (caller) {
            case Caller.Person p -> line.addKeyValue("caller", "person");
            case Caller.Staff s -> line.addKeyValue("caller", "staff").addKeyValue("force", forces.of(s.force()));
            case Caller.System s -> line.addKeyValue("caller", "system").addKeyValue("force", forces.of(s.force()));
            case Caller.NationalSystem n -> line.addKeyValue("caller", "national_system");
            case null, default -> line.addKeyValue("caller", "nobody");
        };
    }
}
