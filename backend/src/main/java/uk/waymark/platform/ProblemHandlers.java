package uk.waymark.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.JsonExceptionHandler;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each kind of failure means to a client. */
final class ProblemHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);

    /** SQL states that only a client's input brings about: bad text, a number out of range. */
    private static final Set<String> CLIENT_STATES = Set.of("22021", "22P05", "22003", "22008", "22001");

    @Singleton
    static final class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, ProblemException e) {
            var response = ProblemResponses.of(e.problem());
            return e.problem().status() == HttpStatus.UNAUTHORIZED ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                : response;
        }
    }

    @Singleton
    static final class SignedOutHandler implements ExceptionHandler<ActingAs.SignedOut, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, ActingAs.SignedOut e) {
            return unauthorised();
        }
    }

    @Singleton
    static final class DatabaseFailureHandler implements ExceptionHandler<DatabaseFailure, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, DatabaseFailure e) {
            if (CLIENT_STATES.contains(e.sqlState())) {
                return ProblemResponses.of(new Problem(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent",
                    "A text holds characters that cannot be kept (such as NUL), or a value is out of range.", List.of(), null));
            }
            LOG.error("database failure, SQL state {}", e.sqlState(), e);
            return ProblemResponses.of(new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something failed here",
                "Nothing was changed. Try again in a minute; if it goes on, tell the service desk the X-Request-Id.",
                List.of(), null));
        }
    }

    @Singleton
    @Replaces(io.micronaut.validation.exceptions.ConstraintExceptionHandler.class)
    static final class ViolationHandler implements ExceptionHandler<ConstraintViolationException, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, ConstraintViolationException e) {
            var fields = e.getConstraintViolations().stream()
                .map(v -> new Problem.Field(Violations.pointer(v.getPropertyPath().toString()), v.getMessage()))
                .sorted(java.util.Comparator.comparing(Problem.Field::pointer)).toList();
            return badRequest("Some fields are not of the form that the contract gives. Mend those named and send it again.", fields);
        }
    }

    @Singleton
    static final class SerdeHandler implements ExceptionHandler<SerdeException, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, SerdeException e) {
            return unreadable();
        }
    }

    /** What the server's own JSON reader says of broken JSON. */
    @Singleton
    static final class JsonSyntaxHandler implements ExceptionHandler<JsonSyntaxException, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, JsonSyntaxException e) {
            return unreadable();
        }
    }

    @Singleton
    @Replaces(JsonExceptionHandler.class)
    static final class JsonHandler implements ExceptionHandler<JsonProcessingException, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, JsonProcessingException e) {
            return unreadable();
        }
    }

    @Singleton
    @Replaces(io.micronaut.http.server.exceptions.ConversionErrorHandler.class)
    static final class ConversionHandler implements ExceptionHandler<ConversionErrorException, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, ConversionErrorException e) {
            String name = e.getArgument().getName();
            return badRequest("One value cannot be read as what the contract gives. Mend it and send it again.",
                List.of(new Problem.Field(Violations.pointer("/" + name), "is not of the form that the contract gives")));
        }
    }

    @Singleton
    @Replaces(DefaultAuthorizationExceptionHandler.class)
    static final class AuthorizationHandler implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
        @Override
        public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException e) {
            return e.isForbidden()
                ? ProblemResponses.of(new Problem(HttpStatus.FORBIDDEN, "forbidden", "Not open to this role",
                    "The role of this token can never do this. Use a token of a role that the contract names (see /docs).",
                    List.of(), null))
                : unauthorised();
        }
    }

    private static MutableHttpResponse<?> unauthorised() {
        return ProblemResponses.of(ProblemException.signInNeeded().problem())
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    private static HttpResponse<?> unreadable() {
        return badRequest("The body cannot be read as the JSON that the contract gives: broken, nested too deep, "
            + "of another type, or with a field that is not known. Mend it and send it again.", List.of());
    }

    private static HttpResponse<?> badRequest(String detail, List<Problem.Field> fields) {
        return ProblemResponses.of(new Problem(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent", detail, fields, null));
    }
}
