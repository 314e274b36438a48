package uk.waymark.platform;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * A system's request for a token is refused, as problem details with the code of RFC 6749, section 5.2, in {@code
 * error}.
 */
public final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    private TokenRefused(HttpStatus status, String error, String title, String detail) {
        super(title, null, false, false);
        this.problem = new Problem(status, error.replace('_', '-'), title, detail, List.of(), null, error);
    }

    /** 401: the client is not known, is revoked, or its secret is wrong or has ended. Which of them is not said. */
    public static TokenRefused client() {
        return new TokenRefused(HttpStatus.UNAUTHORIZED, "invalid_client", "Not let in",
            "The client is not known here or its secret is wrong or has ended. Check both; an operator can make a new secret.");
    }

    /** 400: the request itself. @param detail what to mend */
    public static TokenRefused request(String detail) {
        return new TokenRefused(HttpStatus.BAD_REQUEST, "invalid_request", "Check what was sent", detail);
    }

    /** 400: any grant but client credentials. */
    public static TokenRefused grantType() {
        return new TokenRefused(HttpStatus.BAD_REQUEST, "unsupported_grant_type", "Not given in that way",
            "grant_type must be client_credentials. There is no other way to a token here.");
    }

    @Singleton
    static final class Handler implements ExceptionHandler<TokenRefused, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, TokenRefused e) {
            var response = ProblemResponses.of(e.problem);
            return e.problem.status() == HttpStatus.UNAUTHORIZED
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"waymark\", charset=\"UTF-8\"") : response;
        }
    }
}
