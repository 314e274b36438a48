package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.waymark.api.model.FcmRequest;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;

/**
 * The routes of the stand-ins. By hand, because their shapes are OpenID Connect's, Twilio's and Firebase's: forms with field names
 * that are not ours.
 */
@Controller
@Requires(env = "sandbox")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StandInsController {
    private static final String TWILIO = "/sandbox/twilio/2010-04-01/Accounts/{account_sid}/Messages.json";
    private static final String TWILIO_MESSAGE = "/sandbox/twilio/2010-04-01/Accounts/{account_sid}/Messages/{message_sid}.json";
    /** With two digits for the day, without which Twilio's SDK reads no date. */
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private final IdentityStandIn identity;
    private final TwilioStandIn twilio;
    private final FcmStandIn firebase;
    private final Phones phones;
    private final AddedForces forces;
    private final MachineClock machine;

    StandInsController(IdentityStandIn identity, TwilioStandIn twilio, FcmStandIn firebase, Phones phones, AddedForces forces,
                       MachineClock machine) {
        this.identity = identity;
        this.twilio = twilio;
        this.firebase = firebase;
        this.phones = phones;
        this.forces = forces;
        this.machine = machine;
    }

    @Get("/sandbox/idp/{force}/.well-known/openid-configuration")
    Map<String, Object> configuration(String force) {
        return identity.configuration(known(force));
    }

    @Get("/sandbox/idp/{force}/jwks")
    Map<String, Object> keys(String force) {
        return Map.of("keys", List.of(identity.publicKey(known(force))));
    }

    /**
     * Client credentials (RFC 6749, section 4.4): how a force's records system gets its token. A code (section 4.1.3): how the pages get
     * that of a member of staff.
     */
    @Post("/sandbox/idp/{force}/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> token(String force, @Body String body) {
        SandboxForces.Force from = known(force);
        Form form = Form.of(body);
        if (form.get("grant_type").equals(Optional.of("authorization_code"))) {
            return identity.exchange(from, form.get("code").orElse(""), form.get("code_verifier").orElse(""))
                .<HttpResponse<?>>map(HttpResponse::ok).orElseGet(() -> HttpResponse.badRequest(Map.of("error", "invalid_grant")));
        }
        if (!form.get("grant_type").equals(Optional.of("client_credentials"))) {
            throw ProblemException.badRequest("/grant_type", "must be client_credentials or authorization_code");
        }
        if (!form.get("client_id").equals(Optional.of(IdentityStandIn.clientId(from)))
                || !form.get("client_secret").equals(Optional.of(identity.clientSecret(from)))) {
            throw unauthorised();
        }
        return HttpResponse.ok(Map.of("access_token", identity.token(from, from == SandboxForces.NATIONAL ? SandboxForces.NATIONAL_ROLE : "system"), "token_type", "Bearer",
            "expires_in", IdentityStandIn.LIFETIME.toSeconds()));
    }

    @Post(TWILIO)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> send(String account_sid, @Nullable @Header(HttpHeaders.AUTHORIZATION) String authorization,
                         @Body String body) {
        admit(authorization, account_sid);
        Form form = Form.of(body);
        String to = form.get("To").flatMap(phones::number)
            .orElseThrow(() -> ProblemException.badRequest("/To", "is not a phone number of the sandbox"));
        String text = form.get("Body").filter(b -> b.length() <= 1600)
            .orElseThrow(() -> ProblemException.badRequest("/Body", "must hold 1 to 1,600 characters"));
        String from = form.get("From").or(() -> form.get("MessagingServiceSid"))
            .orElseThrow(() -> ProblemException.badRequest("/From", "From or MessagingServiceSid is needed"));
        var taken = twilio.accept(account_sid, to, from, text, form.get("StatusCallback").map(StandInsController::uri));
        return HttpResponse.created(json(new Phones.Taken(taken, machine.instant())));
    }

    @Get(TWILIO)
    Map<String, Object> list(String account_sid, @Nullable @Header(HttpHeaders.AUTHORIZATION) String authorization,
                             @Nullable @QueryValue("To") String to, @QueryValue(value = "PageSize", defaultValue = "50") int size) {
        admit(authorization, account_sid);
        Optional<String> number = Optional.ofNullable(to).map(spelling -> phones.number(spelling)
            .orElseThrow(() -> ProblemException.badRequest("/To", "is not a phone number of the sandbox")));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("messages", phones.from(account_sid, number, size).stream().map(StandInsController::json).toList());
        answer.put("page_size", size);
        answer.put("next_page_uri", null);
        return answer;
    }

    /** What it has is on a phone: so it was delivered, whether or not its receipt was taken. */
    @Get(TWILIO_MESSAGE)
    Map<String, Object> one(String account_sid, String message_sid,
                            @Nullable @Header(HttpHeaders.AUTHORIZATION) String authorization) {
        admit(authorization, account_sid);
        Map<String, Object> json = json(phones.of(account_sid, message_sid).orElseThrow(ProblemException::notFound));
        json.put("status", "delivered");
        return json;
    }

    /** What is on a phone stays there: only the provider forgets, and this one has nothing but the phones. */
    @Delete(TWILIO_MESSAGE)
    HttpResponse<?> forget(String account_sid, String message_sid,
                           @Nullable @Header(HttpHeaders.AUTHORIZATION) String authorization) {
        admit(authorization, account_sid);
        return HttpResponse.noContent();
    }

    @Post("/sandbox/fcm/v1/projects/{project}/messages:send")
    HttpResponse<?> push(String project, @Nullable @Header(HttpHeaders.AUTHORIZATION) String authorization,
                         @Body FcmRequest request) {
        if (!FcmStandIn.admits(authorization, project)) {
            throw unauthorised();
        }
        return firebase.accept(request.getMessage().getToken())
            .<HttpResponse<?>>map(name -> HttpResponse.ok(Map.of("name", name)))
            .orElseGet(() -> HttpResponse.notFound(FcmStandIn.UNREGISTERED));
    }

    private static Map<String, Object> json(Phones.Taken taken) {
        Phones.Text text = taken.text();
        var json = new LinkedHashMap<String, Object>();
        json.put("sid", text.sid());
        json.put("account_sid", text.accountSid());
        json.put("status", "queued");
        json.put("to", text.to());
        json.put("from", text.from());
        json.put("body", text.body());
        json.put("direction", "outbound-api");
        json.put("api_version", "2010-04-01");
        json.put("num_segments", "1");
        json.put("num_media", "0");
        json.put("messaging_service_sid", text.from().startsWith("MG") ? text.from() : null);
        json.put("date_created", rfc2822(taken.takenAt()));
        json.put("date_updated", rfc2822(taken.takenAt()));
        json.put("date_sent", null);
        json.put("error_code", null);
        json.put("error_message", null);
        return json;
    }

    private static String rfc2822(Instant time) {
        return RFC_2822.format(time.atOffset(ZoneOffset.UTC));
    }

    private SandboxForces.Force known(String force) {
        return SandboxForces.NATIONAL.code().equals(force) ? SandboxForces.NATIONAL
            : forces.find(force).orElseThrow(ProblemException::notFound);
    }

    private void admit(String authorization, String accountSid) {
        if (!twilio.admits(authorization, accountSid)) {
            throw unauthorised();
        }
    }

    private static ProblemException unauthorised() {
        return ProblemException.of(HttpStatus.UNAUTHORIZED, "unauthorised", "Not let in",
            "The client or account is not known here, or its secret is wrong. See /sandbox.");
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/StatusCallback", "is not an address");
        }
    }
}
