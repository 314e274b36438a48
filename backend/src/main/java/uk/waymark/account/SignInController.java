package uk.waymark.account;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import uk.waymark.api.SignInApi;
import uk.waymark.api.model.Activation;
import uk.waymark.api.model.CodeRequest;
import uk.waymark.api.model.CodeRequested;
import uk.waymark.api.model.RefreshRequest;
import uk.waymark.api.model.SignInRequest;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Tokens;

/** Signing in, out and away. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SignInController implements SignInApi {
    private static final String BEARER = "Bearer ";
    private final SignIn signIn;
    private final SpokenSignIn spoken;
    private final Devices devices;
    private final CurrentCaller caller;

    SignInController(SignIn signIn, SpokenSignIn spoken, Devices devices, CurrentCaller caller) {
        this.signIn = signIn;
        this.spoken = spoken;
        this.devices = devices;
        this.caller = caller;
    }

    @Override
    public HttpResponse<CodeRequested> requestSignInCode(CodeRequest request, String device, String acceptLanguage) {
        signIn.requestCode(request.getMobile(), request.getPin(), asker(device));
        return asked("If we know this number, a code is on its way. It lasts 10 minutes.",
            "Os ydyn ni'n adnabod y rhif hwn, mae cod ar ei ffordd. Mae'n para 10 munud.", acceptLanguage);
    }

    @Override
    public HttpResponse<CodeRequested> takeUpInvitation(Activation wanted, String device, String acceptLanguage) {
        signIn.activate(new SignIn.Activation(wanted.getInvitationCode(), wanted.getCrimeReference(),
            wanted.getMobile(), wanted.getPin()), bearer(), asker(device));
        return asked("If this number can be used, a code is on its way. It lasts 10 minutes.",
            "Os oes modd defnyddio'r rhif hwn, mae cod ar ei ffordd. Mae'n para 10 munud.", acceptLanguage);
    }

    @Override
    public HttpResponse<uk.waymark.api.model.Tokens> signIn(SignInRequest request, String device,
                                                              String acceptLanguage) {
        var described = request.getDevice();
        var newDevice = new SignIn.NewDevice(described.getName(), described.getPlatform().getValue());
        String code = request.getCode().replaceAll("[\\s\\p{Pd}]", "");
        if (request.getMobile() == null && request.getCrimeReference() == null) {
            throw ProblemException.badRequest("/mobile",
                "Send the mobile number that the code was asked for; with a code that staff read out, a crime reference will do.");
        }
        if (SpokenCodes.looksLike(code)) {
            SpokenSignIn.Done done = spoken.signIn(new SpokenSignIn.Try(code, request.getMobile(),
                request.getCrimeReference(), request.getPin(), request.getNewPin()), newDevice, asker(device));
            return given(signIn.given(done.opened(), done.pinTaken(), done.easyPin()));
        }
        if (request.getMobile() == null) {
            throw SignInRefused.wrong();
        }
        return given(signIn.signIn(request.getMobile(), code, newDevice, request.getNewPin(), asker(device)));
    }

    @Override
    public HttpResponse<uk.waymark.api.model.Tokens> refreshTokens(RefreshRequest request, String device) {
        return given(signIn.refresh(request.getRefreshToken(), request.getAttempt(), asker(device)));
    }

    @Override
    public HttpResponse<Void> signOut() {
        devices.signOut(caller.person());
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Void> exit() {
        header(HttpHeaders.AUTHORIZATION).filter(h -> h.startsWith(BEARER))
            .ifPresent(h -> signIn.exit(h.substring(BEARER.length()).strip()));
        return HttpResponse.<Void>noContent().header("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
    }

    private static HttpResponse<CodeRequested> asked(String english, String welsh, String acceptLanguage) {
        String language = Language.of(acceptLanguage, "en");
        var answer = new CodeRequested((int) Codes.LIFETIME.toSeconds(), "cy".equals(language) ? welsh : english);
        return HttpResponse.<CodeRequested>status(HttpStatus.ACCEPTED).body(answer)
            .header(HttpHeaders.CONTENT_LANGUAGE, language);
    }

    private static HttpResponse<uk.waymark.api.model.Tokens> given(SignIn.Given given) {
        var answer = new uk.waymark.api.model.Tokens(given.accessToken(), "Bearer",
            (int) Tokens.LIFETIME.toSeconds(), given.refreshToken());
        answer.setPinTaken(given.pinTaken());
        answer.setPinToChange(given.pinToChange() ? true : null);
        return HttpResponse.ok(answer);
    }

    /** Who is signed in, or null. @throws ProblemException 401 where a token was sent that is no person's, or dead */
    private Caller.Person bearer() {
        Optional<Caller> found = caller.find();
        if (found.isEmpty() && header(HttpHeaders.AUTHORIZATION).isEmpty()) {
            return null;
        }
        return found.filter(Caller.Person.class::isInstance).map(Caller.Person.class::cast)
            .orElseThrow(ProblemException::signInNeeded);
    }

    private Asker asker(String device) {
        return new Asker(device, caller.address());
    }

    private static Optional<String> header(String name) {
        return ServerRequestContext.<Object>currentRequest().map(HttpRequest::getHeaders).map(h -> h.get(name));
    }
}
