package uk.waymark.account;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.SystemTokens;

/** {@code POST /v1/bridge/tokens}. By hand, because its shape is OAuth 2.0's: a form, with HTTP Basic beside it. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class SystemTokensController {
    private final SystemSignIn signIn;
    private final CurrentCaller caller;

    SystemTokensController(SystemSignIn signIn, CurrentCaller caller) {
        this.signIn = signIn;
        this.caller = caller;
    }

    @Post("/v1/bridge/tokens")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<Map<String, Object>> issueSystemToken(@Nullable @Header(HttpHeaders.AUTHORIZATION) String authorization,
                                                       @Nullable @Body String body) {
        TokenRequest request = TokenRequest.read(authorization, body == null ? "" : body);
        String token = signIn.token(request.client(), request.secret(), caller.address());
        return HttpResponse.ok(Map.<String, Object>of("access_token", token, "token_type", "Bearer",
                "expires_in", SystemTokens.LIFETIME.toSeconds()))
            .header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.PRAGMA, "no-cache");
    }
}
