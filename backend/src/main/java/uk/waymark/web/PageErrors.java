package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.List;
import java.util.Map;

/** What goes wrong on the way to a page leaves as a page, with what to do next; for everybody else as problem details. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PageErrors implements Ordered {
    /** The code of a form that is not ours, or not any more. */
    static final String OUT_OF_DATE = "form-out-of-date";
    private static final String PROBLEM = "application/problem+json";
    /** Addresses that are no pages, whatever a browser says that it accepts. */
    private static final String NO_PAGES = "/(v1|docs|sandbox|health|prometheus|assets)(/.*)?";
    private final Visits visits;
    private final Templates templates;

    PageErrors(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    private record Told(CommonText title, CommonText body) { }

    private static final Map<Integer, Told> BY_STATUS = Map.of(
        400, new Told(CommonText.ERROR_REQUEST_TITLE, CommonText.ERROR_REQUEST_BODY),
        403, new Told(CommonText.ERROR_FORBIDDEN_TITLE, CommonText.ERROR_FORBIDDEN_BODY),
        404, new Told(CommonText.ERROR_NOT_FOUND_TITLE, CommonText.ERROR_NOT_FOUND_BODY),
        405, new Told(CommonText.ERROR_NOT_FOUND_TITLE, CommonText.ERROR_NOT_FOUND_BODY),
        409, new Told(CommonText.ERROR_CHANGED_TITLE, CommonText.ERROR_CHANGED_BODY),
        412, new Told(CommonText.ERROR_CHANGED_TITLE, CommonText.ERROR_CHANGED_BODY),
        413, new Told(CommonText.ERROR_LARGE_TITLE, CommonText.ERROR_LARGE_BODY),
        415, new Told(CommonText.ERROR_REQUEST_TITLE, CommonText.ERROR_REQUEST_BODY),
        422, new Told(CommonText.ERROR_REQUEST_TITLE, CommonText.ERROR_REQUEST_BODY),
        429, new Told(CommonText.ERROR_BUSY_TITLE, CommonText.ERROR_BUSY_BODY));
    private static final Told FAILED = new Told(CommonText.ERROR_FAILED_TITLE, CommonText.ERROR_FAILED_BODY);
    private static final Told RUNNING = new Told(CommonText.ERROR_RUNNING_TITLE, CommonText.ERROR_RUNNING_BODY);
    private static final Told OLD_FORM = new Told(CommonText.ERROR_OLD_FORM_TITLE, CommonText.ERROR_OLD_FORM_BODY);

    /** Whether whoever asks expects a page. */
    static boolean forPage(HttpRequest<?> request) {
        RouteMatch<?> match = RouteAttributes.getRouteMatch(request).orElse(null);
        if (match != null && match.getRouteInfo() instanceof MethodBasedRouteInfo<?, ?> route) {
            return route.getTargetMethod().getDeclaringType().getPackageName().startsWith(PageErrors.class.getPackageName())
                && !request.getPath().matches(NO_PAGES);
        }
        String accept = request.getHeaders().get(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html") && !request.getPath().matches(NO_PAGES);
    }

    @ResponseFilter
    void asPage(HttpRequest<?> request, @Nullable MutableHttpResponse<?> response) {
        if (response == null || !forPage(request)
                || response.getContentType().filter(t -> t.getName().equals(PROBLEM)).isEmpty()) {
            return;
        }
        byte[] body = response.getBody(byte[].class).orElse(new byte[0]);
        MutableHttpResponse<byte[]> page = page(request, visits.known(request), Refusal.of(response.code(), body));
        response.getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
        // instead of what there was: two policies would both count
        page.getHeaders().forEach((name, values) -> {
            response.getHeaders().remove(name);
            values.forEach(value -> response.header(name, value));
        });
        response.body(page.body());
    }

    /** The page for what was refused, with what was typed to be sent again. */
    MutableHttpResponse<byte[]> page(HttpRequest<?> request, Visit visit, Refusal refusal) {
        Told told = switch (refusal.code()) {
            case OUT_OF_DATE -> OLD_FORM;
            case Refusal.STILL_RUNNING -> RUNNING;
            default -> BY_STATUS.getOrDefault(refusal.status(), FAILED);
        };
        long minutes = refusal.retryAfter() == null ? 1 : Math.max(1, (refusal.retryAfter() + 59) / 60);
        MutableHttpResponse<byte[]> page = Answers.page(visit, HttpStatus.valueOf(refusal.status()),
            templates.pagesProblem(visit.page(), told.title(), told.body(), Long.toString(minutes), request.getPath(),
                typed(request, visit, refusal)));
        return refusal.retryAfter() == null ? page : page.header(HttpHeaders.RETRY_AFTER, Long.toString(refusal.retryAfter()));
    }

    /** Nothing of a form that is not ours: whoever made it must not have it sent from here. */
    private static Map<String, List<String>> typed(HttpRequest<?> request, Visit visit, Refusal refusal) {
        return visit.session().isEmpty() || OUT_OF_DATE.equals(refusal.code()) ? Map.of()
            : Visits.sent(request).map(f -> Form.of(f.encoded()).fields()).orElse(Map.of());
    }

    /** Inside the log of requests, so that it has the answer that leaves. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 100;
    }
}
