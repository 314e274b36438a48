package uk.waymark.platform;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** 401 with a challenge that says what would help. */
public final class SignInRefused extends RuntimeException {
    /** How long ago the last sign-in may be where a fresh one is asked for (RFC 9470). */
    public static final Duration FRESH = Duration.ofMinutes(5);
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;
    private final String challenge;

    private SignInRefused(String code, String title, String detail, String challenge) {
        super(title, null, false, false);
        this.problem = new Problem(HttpStatus.UNAUTHORIZED, code, title, detail, List.of(), null);
        this.challenge = challenge;
    }

    /** A code or a refresh token that opens nothing. Never tells why. */
    public static SignInRefused wrong() {
        return new SignInRefused("sign-in-refused", "That did not work",
            "The code is wrong or has run out. Check it, or ask for a new one.", "Bearer");
    }

    /** The access token is good, but the sign-in is too long ago for this (RFC 9470). */
    public static SignInRefused tooLongAgo() {
        return new SignInRefused("insufficient-user-authentication", "Sign in again",
            "For your safety, sign in with a new code and try again.",
            "Bearer error=\"insufficient_user_authentication\", max_age=" + FRESH.toSeconds());
    }

    @Singleton
    static final class Handler implements ExceptionHandler<SignInRefused, HttpResponse<?>> {
        @Override
        public HttpResponse<?> handle(HttpRequest request, SignInRefused e) {
            return ProblemResponses.of(e.problem).header(HttpHeaders.WWW_AUTHENTICATE, e.challenge);
        }
    }
}
