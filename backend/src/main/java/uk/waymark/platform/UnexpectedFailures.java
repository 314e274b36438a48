package uk.waymark.platform;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever nobody else answers for. The log has classes and places, never the text of somebody else's exception; the
 * answer has neither.
 */
@Singleton
final class UnexpectedFailures implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailures.class);
    private static final long TRY_AGAIN_SECONDS = 5;

    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
        if (databaseIsAway(failure)) {
            LOG.warn("the database is away");
            return ProblemResponses.of(new Problem(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Not available just now",
                "Nothing was changed. Try again in a few seconds.", List.of(), TRY_AGAIN_SECONDS));
        }
        LOG.error("unexpected failure", failure);
        return ProblemResponses.of(new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Something failed here",
            "Nothing was changed. Try again in a minute; if it goes on, tell the service desk the X-Request-Id.",
            List.of(), null));
    }

    /**
     * No connection to be had (08), all of them taken (53300), or the server is stopping or starting (57P). Without a state
     * it is the pool that speaks: the connection was closed under way.
     */
    private static boolean databaseIsAway(Throwable failure) {
        int depth = 0;
        for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
            if (t instanceof SQLException e && saysAway(e)) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysAway(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException || state == null || state.startsWith("08")
            || state.equals("53300") || state.startsWith("57P");
    }
}
