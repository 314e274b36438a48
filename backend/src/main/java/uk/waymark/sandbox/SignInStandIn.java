package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import uk.waymark.platform.Html;
import uk.waymark.platform.ProblemException;

/**
 * The page of a fictional force's identity provider on which staff sign in: they choose who they are. Authorization code with PKCE
 * (RFC 6749, RFC 7636), for the pages of this server and for nobody else.
 */
@Controller
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInStandIn {
    private final IdentityStandIn identity;
    private final AddedForces forces;

    SignInStandIn(IdentityStandIn identity, AddedForces forces) {
        this.identity = identity;
        this.forces = forces;
    }

    /** What the browser was sent with, as it goes on to whoever is chosen. */
    private record Asked(String redirect, String state, String nonce, String challenge) {
        private String as(String role) {
            return "?response_type=code&client_id=" + IdentityStandIn.PAGES_CLIENT + "&redirect_uri=" + encode(redirect) + "&state="
                + encode(state) + "&nonce=" + encode(nonce) + "&code_challenge=" + encode(challenge) + "&code_challenge_method=S256&as="
                + role;
        }
    }

    /** @param as the role that was chosen; without, the page to choose one */
    @Get("/sandbox/idp/{force}/authorize")
    HttpResponse<?> authorize(String force, @QueryValue("client_id") String client, @QueryValue("redirect_uri") String redirect,
                              @Nullable @QueryValue String state, @Nullable @QueryValue String nonce,
                              @QueryValue("code_challenge") String challenge, @QueryValue("code_challenge_method") String method,
                              @Nullable @QueryValue String as) {
        SandboxForces.Force at = forces.find(force).orElseThrow(ProblemException::notFound);
        // before anything else: a browser is sent nowhere but to this server
        if (!client.equals(IdentityStandIn.PAGES_CLIENT) || !redirect.equals(identity.returnAddress())) {
            throw ProblemException.badRequest("/redirect_uri", "This client is not known here, or this is not where it wants people back.");
        }
        if (!method.equals("S256") || challenge.length() > 128 || length(state) > 4_000 || length(nonce) > 200) {
            throw ProblemException.badRequest("/code_challenge", "Send a code challenge by S256 (RFC 7636).");
        }
        var asked = new Asked(redirect, state == null ? "" : state, nonce == null ? "" : nonce, challenge);
        if (as == null || !IdentityStandIn.STAFF.containsKey(as)) {
            return choice(at, asked);
        }
        String code = identity.code(at, as, challenge, asked.nonce());
        return HttpResponse.seeOther(URI.create(redirect + "?code=" + encode(code) + "&state=" + encode(asked.state())));
    }

    private HttpResponse<String> choice(SandboxForces.Force force, Asked asked) {
        Html html = Html.page("Sign in");
        html.raw("<header><h1>").text(force.nameEn()).raw("</h1><p>This stands in for the force’s own page to sign in. Nobody here is "
            + "real, so there is no password.</p></header><main><h2>Who are you?</h2><ul>");
        for (Map.Entry<String, String> one : IdentityStandIn.STAFF.entrySet()) {
            html.raw("<li><a href=").quoted(asked.as(one.getKey())).raw(">").text(one.getValue()).raw("</a>, ")
                .text(one.getKey().replace('_', ' ')).raw("</li>");
        }
        return html.raw("</ul></main>").answer();
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
