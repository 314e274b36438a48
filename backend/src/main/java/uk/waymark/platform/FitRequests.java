package uk.waymark.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Named;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/**
 * Holds every request to the contract before anything of it is bound: binding alone takes {@code 7} for a text, a number
 * for a time, {@code dry_run=yes} for false, and does not see what a schema says of an object as a whole. Parameters and
 * schema follow from the route and from the model that the generated interface names, so that no operation can be
 * forgotten; a body that is read by hand ({@code POST /v1/bridge/events}, forms) is checked where it is read.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class FitRequests implements Ordered {
    private static final String MODELS = "uk.waymark.api.model.";
    private static final String SCHEMAS = "/components/schemas/";
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final ContractSchemas schemas;
    private final ContractParameters parameters;
    private final ExecutorService executor;

    FitRequests(ContractSchemas schemas, ContractParameters parameters,
                @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.schemas = schemas;
        this.parameters = parameters;
        this.executor = executor;
    }

    /** After the caller is known: what a stranger sends is not read. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    /** Goes on with the request. @throws ProblemException 400 or 415, or by the future, where the request does not fit */
    @RequestFilter
    CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
        RouteMatch<?> match = RouteAttributes.getRouteMatch(request).orElse(null);
        if (match == null || !(match.getRouteInfo() instanceof UriRouteInfo<?, ?> route)) {
            return CompletableFuture.completedFuture(request);
        }
        BodySizes.check(request, request.getContentLength());
        checkParameters(request, match, route);
        checkMediaType(request, route);
        if (route.getRequestBodyType().isEmpty() || !(request instanceof ServerHttpRequest<?> server)) {
            return CompletableFuture.completedFuture(request);
        }
        // whatever comes of it, good or bad, goes on elsewhere than in the arrival of the body: Micronaut does not
        // expect an answer from in there
        return server.byteBody().split(SplitBackpressureMode.FASTEST).buffer().handleAsync((body, failure) -> {
            if (failure != null) {
                throw failure instanceof CompletionException e ? e : new CompletionException(failure);
            }
            try (body) {
                BodySizes.check(request, body.length());
                bodySchema(route).ifPresent(schema -> Cleared.remember(request, checkBody(schema, body.toByteArray())));
            }
            return request;
        }, executor);
    }

    private void checkParameters(HttpRequest<?> request, RouteMatch<?> match, UriRouteInfo<?, ?> route) {
        var complaints = new ArrayList<Problem.Field>();
        String operation = route.getHttpMethodName() + ' ' + route.getUriMatchTemplate().toPathString();
        for (var parameter : parameters.of(operation)) {
            List<String> values = values(request, match, parameter);
            // what is missing among the headers has answers of its own: 403 without a signature, 428 without If-Match
            if (values.isEmpty() && parameter.required() && !parameter.in().equals("header")) {
                complaints.add(new Problem.Field('/' + parameter.name(), "is missing"));
            }
            for (String value : values) {
                complaints.addAll(complaints(parameter, value));
            }
        }
        refuse(complaints);
    }

    private static List<String> values(HttpRequest<?> request, RouteMatch<?> match,
                                       ContractParameters.Parameter parameter) {
        return switch (parameter.in()) {
            case "path" -> Optional.ofNullable(match.getVariableValues().get(parameter.name()))
                .map(Object::toString).stream().toList();
            case "query" -> request.getParameters().getAll(parameter.name());
            default -> request.getHeaders().getAll(parameter.name());
        };
    }

    private List<Problem.Field> complaints(ContractParameters.Parameter parameter, String value) {
        String pointer = '/' + parameter.name();
        JsonNode json = parameter.json(value);
        return UnfitText.first(json, "") != null ? List.of(UnfitText.complaint(pointer))
            : schemas.complaints(parameter.at(), json).stream().map(c -> new Problem.Field(pointer, c.detail()))
                .toList();
    }

    /** One that cannot be read counts as none to the router, and so as any. */
    private static void checkMediaType(HttpRequest<?> request, RouteInfo<?> route) {
        if (route.isPermitsRequestBody() && request.getHeaders().contains(HttpHeaders.CONTENT_TYPE)
                && request.getContentType().filter(FitRequests::readable).isEmpty()) {
            throw ProblemException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
                "Not taken in that form",
                "The Content-Type cannot be read. Send the media type that the contract gives (see /docs).");
        }
    }

    private static boolean readable(MediaType type) {
        try {
            return type.getParameters().get("charset").map(Charset::isSupported).orElse(true);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static Optional<String> bodySchema(RouteInfo<?> route) {
        return route.getRequestBodyType().map(Argument::getType).filter(type -> type.getName().startsWith(MODELS))
            .map(type -> SCHEMAS + type.getSimpleName());
    }

    private JsonNode checkBody(String schema, byte[] body) {
        JsonNode json = read(body);
        String unfit = UnfitText.first(json, "");
        refuse(unfit == null ? schemas.complaints(schema, json) : List.of(UnfitText.complaint(unfit)));
        return json;
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException | CharacterCodingException e) {
            // answered below
        }
        throw ProblemException.badRequest("The body is not JSON that can be read: empty, broken, cut off, not in UTF-8, "
            + "nested more than " + DEEPEST + " deep, or with a field twice. Mend it and send it again.", List.of());
    }

    private static void refuse(List<Problem.Field> complaints) {
        if (!complaints.isEmpty()) {
            throw ProblemException.badRequest("Some of what was sent is not of the form that the contract gives. "
                + "Mend what errors names and send it again.", complaints);
        }
    }
}
