package uk.waymark.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.exceptions.response.HateoasErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Every error of the server, whoever raised it, leaves as problem details. */
@Singleton
@Replaces(HateoasErrorResponseProcessor.class)
final class ProblemResponses implements ErrorResponseProcessor<byte[]> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType PROBLEM_JSON = new MediaType(Problem.MEDIA_TYPE);

    private static final Map<HttpStatus, Problem> DEFAULTS = Map.of(
        HttpStatus.BAD_REQUEST, plain(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent",
            "The request is not of the form that the contract gives (see /docs). Mend it and send it again."),
        HttpStatus.NOT_FOUND, plain(HttpStatus.NOT_FOUND, "not-found", "Not found",
            "There is nothing here that you can see. Check the address (see /docs)."),
        HttpStatus.METHOD_NOT_ALLOWED, plain(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "Not done this way",
            "This address does not take that method. See /docs for the ones it takes."),
        HttpStatus.NOT_ACCEPTABLE, plain(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "Not offered in that form",
            "This address does not answer in the media type asked for. Ask for application/json."),
        HttpStatus.UNSUPPORTED_MEDIA_TYPE, plain(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type",
            "Not taken in that form", "Send the media type that the contract gives (see /docs), most often application/json."),
        HttpStatus.REQUEST_ENTITY_TOO_LARGE, plain(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Too large",
            "The body is larger than 8 MB, the most that is taken here. Send less at a time."),
        HttpStatus.INTERNAL_SERVER_ERROR, plain(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something failed here",
            "Nothing was changed. Try again in a minute; if it goes on, tell the service desk the X-Request-Id."));

    private static Problem plain(HttpStatus status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, List.of(), null);
    }

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = HttpStatus.valueOf(response.code());
        Problem base = DEFAULTS.getOrDefault(status,
            plain(status, "error-" + status.getCode(), status.getReason(), "See /docs for what this address takes."));
        List<Problem.Field> fields = context.getErrors().stream()
            .filter(e -> e.getPath().isPresent())
            .map(e -> new Problem.Field(Violations.pointer(e.getPath().get()), e.getMessage()))
            .toList();
        MutableHttpResponse<byte[]> answer = write(response,
            new Problem(base.status(), base.code(), base.title(), base.detail(), fields, null));
        // where one address takes several forms, a media type that is none is refused before any filter
        SecurityHeaders.add(context.getRequest(), answer);
        return answer;
    }

    /** A problem as a response of its own. */
    static MutableHttpResponse<byte[]> of(Problem problem) {
        var response = write(HttpResponse.status(problem.status()), problem);
        if (problem.retryAfter() != null) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
        }
        return response;
    }

    private static MutableHttpResponse<byte[]> write(MutableHttpResponse<?> response, Problem problem) {
        try {
            return response.body(JSON.writeValueAsString(problem.body()).getBytes(StandardCharsets.UTF_8))
                .contentType(PROBLEM_JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
