package uk.waymark.platform;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Who sent the request that is being answered. */
@Singleton
public final class CurrentCaller {
    private final String addressHeader;
    private final OwnCalls own;
    private final StaffSeen seen;

    CurrentCaller(@Value("${waymark.client-address-header:}") String addressHeader, OwnCalls own, StaffSeen seen) {
        this.seen = seen;
        this.addressHeader = addressHeader;
        this.own = own;
    }

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
        Caller.Staff staff = get() instanceof Caller.Staff s ? s : refuse();
        seen.seen(staff);
        return staff;
    }

    public Caller.System system() {
        return get() instanceof Caller.System s ? s : refuse();
    }

    /**
     * The address a request came from, for limits only. Behind a proxy every request comes from the proxy: then
     * {@code WAYMARK_CLIENT_ADDRESS_HEADER} names the header in which it says who called, and its last entry, the one that the
     * proxy itself wrote, counts. What the pages ask of the API counts as asked by the browser.
     */
    public String address() {
        return ServerRequestContext.<Object>currentRequest().map(r -> own.address(r).orElseGet(() -> address(r))).orElse("none");
    }

    private String address(HttpRequest<?> request) {
        String said = addressHeader.isEmpty() ? null : request.getHeaders().get(addressHeader);
        if (said != null) {
            return said.substring(said.lastIndexOf(',') + 1).strip();
        }
        InetSocketAddress from = request.getRemoteAddress();
        return from.getAddress() == null ? from.getHostString() : from.getAddress().getHostAddress();
    }

    private static <T> T refuse() {
        throw ProblemException.of(io.micronaut.http.HttpStatus.FORBIDDEN, "forbidden", "Not open to this role",
            "The role of this token can never do this.");
    }
}
