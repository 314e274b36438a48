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
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * Holds every JSON body to the contract's schema before it is bound: binding alone takes {@code 7} for a text and a number
 * for a time, and does not see what the schema says of an object as a whole. Which schema it is follows from the model
 * that the generated interface names, so that no operation can be forgotten; what is read by hand
 * ({@code POST /v1/bridge/events}) is checked there.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class JsonBodies implements Ordered {
    private static final String MODELS = "uk.waymark.api.model.";
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private final ContractSchemas schemas;
    private final ExecutorService executor;

    JsonBodies(ContractSchemas schemas, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.schemas = schemas;
        this.executor = executor;
    }

    /** After the caller is known: what a stranger sends is not read. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    /** Goes on with the request. @throws ProblemException 400, by the future, where the body does not fit */
    @RequestFilter
    CompletableFuture<HttpRequest<?>> check(HttpRequest<?> request) {
        Optional<String> schema = schema(request);
        if (schema.isEmpty() || !(request instanceof ServerHttpRequest<?> server)) {
            return CompletableFuture.completedFuture(request);
        }
        return server.byteBody().split(SplitBackpressureMode.FASTEST).buffer().thenApplyAsync(body -> {
            check(schema.get(), body);
            return request;
        }, executor);
    }

    private static Optional<String> schema(HttpRequest<?> request) {
        return RouteAttributes.getRouteInfo(request).flatMap(route -> route.getRequestBodyType()).map(Argument::getType)
            .filter(type -> type.getName().startsWith(MODELS)).map(Class::getSimpleName);
    }

    private void check(String schema, CloseableAvailableByteBody body) {
        JsonNode json = read(body);
        String unfit = UnfitText.first(json, "");
        List<Problem.Field> complaints = unfit == null ? schemas.complaints(schema, json)
            : List.of(new Problem.Field(unfit, "holds a NUL or half a character; take it out"));
        if (!complaints.isEmpty()) {
            throw ProblemException.badRequest("Some fields are not of the form that the contract gives. "
                + "Mend those named in errors and send it again.", complaints);
        }
    }

    private static JsonNode read(CloseableAvailableByteBody body) {
        try (body) {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.toByteArray())).toString();
            JsonNode json = JSON.readTree(text);
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException | CharacterCodingException e) {
            // answered below
        }
        throw ProblemException.badRequest("The body is not JSON that can be read: empty, broken, cut off, not in UTF-8, "
            + "nested more than " + DEEPEST + " deep, or with a field twice. Mend it and send it again.", List.of());
    }
}
