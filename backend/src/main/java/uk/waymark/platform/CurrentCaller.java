package uk.waymark.platform;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who sent the request that is being answered. */
@Singleton
public final class CurrentCaller {

    /** @throws ProblemException 401 when nobody is signed in */
    public Caller get() {
        return find().orElseThrow(ProblemException::signInNeeded);
    }

    public Optional<Caller> find() {
        return ServerRequestContext.<Object>currentRequest()
            .flatMap(r -> r.getUserPrincipal(Authentication.class))
            .map(a -> (Caller) a.getAttributes().get(BearerTokens.CALLER));
    }

    /** The signed-in victim or witness. */
    public Caller.Person person() {
        return get() instanceof Caller.Person p ? p : refuse();
    }

    public Caller.Staff staff() {
        return get() instanceof Caller.Staff s ? s : refuse();
    }

    public Caller.System system() {
        return get() instanceof Caller.System s ? s : refuse();
    }

    /** The address a request came from, for limits only; behind a proxy, what the proxy says (docs/operate.md). */
    public String address() {
        return ServerRequestContext.<Object>currentRequest()
            .map(HttpRequest::getRemoteAddress)
            .map(a -> a.getAddress() == null ? a.getHostString() : a.getAddress().getHostAddress())
            .orElse("none");
    }

    private static <T> T refuse() {
        throw ProblemException.of(io.micronaut.http.HttpStatus.FORBIDDEN, "forbidden", "Not open to this role",
            "The role of this token can never do this.");
    }
}
