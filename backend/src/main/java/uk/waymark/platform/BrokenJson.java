package uk.waymark.platform;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.json.JsonSyntaxException;
import jakarta.inject.Singleton;
import java.util.List;

/** A body that breaks off, or is no JSON at all. */
@Singleton
final class BrokenJson implements ExceptionHandler<JsonSyntaxException, HttpResponse<?>> {

    @Override
    public HttpResponse<?> handle(HttpRequest request, JsonSyntaxException e) {
        return ProblemResponses.of(new Problem(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent",
            "The body is no JSON, breaks off, or is nested too deep. Mend it and send it again.", List.of(), null));
    }
}
