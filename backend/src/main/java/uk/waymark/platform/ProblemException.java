package uk.waymark.platform;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A refusal as RFC 9457 problem details. The detail says what to do next and never repeats what was sent.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    private ProblemException(Problem problem) {
        super(problem.title(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** 404: it is not there, or not the caller's. The two are never told apart. */
    public static ProblemException notFound() {
        return of(HttpStatus.NOT_FOUND, "not-found", "Not found",
            "There is nothing here that you can see. Check the address, or list what you have access to.");
    }

    /** 401: sign in (again). */
    public static ProblemException signInNeeded() {
        return of(HttpStatus.UNAUTHORIZED, "sign-in-needed", "Sign in to go on",
            "The access token is missing, has expired or has been ended. Sign in or refresh, and try again.");
    }

    /** 409: the state forbids it. */
    public static ProblemException conflict(String code, String title, String detail) {
        return of(HttpStatus.CONFLICT, code, title, detail);
    }

    /** 429 with Retry-After. */
    public static ProblemException tooMany(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds() + 1);
        return new ProblemException(new Problem(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "Too many tries",
            "Wait " + seconds + " seconds, then try again.", List.of(), seconds));
    }

    /** 409 with Retry-After: the first request with this Idempotency-Key has not come to its end. */
    public static ProblemException stillRunning(Duration retryAfter) {
        return new ProblemException(new Problem(HttpStatus.CONFLICT, "still-running", "Still being done",
            "The first request with this Idempotency-Key still runs. Wait, then send the same request again.", List.of(),
            Math.max(1, retryAfter.toSeconds())));
    }

    /** 422: understood, but cannot be done as asked. @param pointer JSON pointer of the field */
    public static ProblemException unprocessable(String pointer, String detail) {
        return new ProblemException(new Problem(HttpStatus.UNPROCESSABLE_ENTITY, "invalid", "Check what was sent", detail,
            List.of(new Problem.Field(pointer, detail)), null));
    }

    /** 422 with several reasons. @param errors each a JSON pointer and what is wrong there */
    public static ProblemException unprocessable(String detail, List<Map.Entry<String, String>> errors) {
        return new ProblemException(new Problem(HttpStatus.UNPROCESSABLE_ENTITY, "invalid", "Check what was sent", detail,
            errors.stream().map(e -> new Problem.Field(e.getKey(), e.getValue())).toList(), null));
    }

    /** 400: a field is not of the contract's form. */
    public static ProblemException badRequest(String pointer, String detail) {
        return new ProblemException(new Problem(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent", detail,
            List.of(new Problem.Field(pointer, detail)), null));
    }

    /** 400: these fields, or where none are named the whole, are not of the contract's form. */
    static ProblemException badRequest(String detail, List<Problem.Field> fields) {
        return new ProblemException(new Problem(HttpStatus.BAD_REQUEST, "bad-request", "Check what was sent", detail, fields, null));
    }

    public static ProblemException of(HttpStatus status, String code, String title, String detail) {
        return new ProblemException(new Problem(status, code, title, detail, List.of(), null));
    }
}
