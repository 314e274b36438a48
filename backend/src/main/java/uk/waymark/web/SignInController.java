package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import uk.waymark.api.model.Activation;
import uk.waymark.api.model.CodeRequest;
import uk.waymark.api.model.CodeRequested;
import uk.waymark.api.model.DeviceDescription;
import uk.waymark.api.model.DevicePlatform;
import uk.waymark.api.model.SignInRequest;
import uk.waymark.api.model.Tokens;

/** Signing in and signing up, with the steps that the API has. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    private static final String PIN = "pin";
    private static final String CODE = "code";
    private static final String INVITATION = "invitation";
    private static final String REFERENCE = "reference";
    private static final String NEW_PIN = "new_pin";
    private static final String ON_CALL = "/sign-in/call";
    private static final Page.Fault NUMBER = new Page.Fault(SignInSteps.MOBILE, SignInText.MOBILE_ERROR);
    private static final Page.Fault PIN_FORM = new Page.Fault(PIN, SignInText.PIN_ERROR);
    private static final Page.Fault WRONG_CODE = new Page.Fault(CODE, SignInText.CODE_ERROR);
    private static final Page.Fault NO_CODE = new Page.Fault(CODE, SignInText.CODE_MISSING);
    private static final Page.Fault NO_INVITATION = new Page.Fault(INVITATION, SignInText.INVITATION_MISSING);
    private static final Page.Fault NO_REFERENCE = new Page.Fault(REFERENCE, SignInText.REFERENCE_MISSING);
    private static final Page.Fault NO_SPOKEN_CODE = new Page.Fault(CODE, SignInText.CALL_CODE_MISSING);
    private static final Page.Fault NOBODY = new Page.Fault(REFERENCE, SignInText.CALL_WHO_MISSING);
    private static final Page.Fault CALL_WRONG = new Page.Fault(CODE, SignInText.CALL_ERROR);
    private static final Page.Fault NEW_PIN_WANTED = new Page.Fault(NEW_PIN, SignInText.CALL_NEW_PIN_ERROR);
    /** What staff read out has twelve digits, and what comes by SMS has six. */
    private static final Pattern SPOKEN = Pattern.compile("(?:[\\s\\p{Pd}]*\\d){12}[\\s\\p{Pd}]*");
    private static final Page.Fault DOES_NOT_FIT = new Page.Fault(INVITATION, SignInText.INVITATION_ERROR);
    private final Visits visits;
    private final SignInSteps steps;
    private final Templates templates;

    SignInController(Visits visits, SignInSteps steps, Templates templates) {
        this.visits = visits;
        this.steps = steps;
        this.templates = templates;
    }

    @Get("/sign-in")
    HttpResponse<?> signIn(HttpRequest<?> request, @Nullable @QueryValue String next, @Nullable @QueryValue String again) {
        Visit visit = visits.anybody(request);
        String kept = SignInSteps.path(next).map(p -> steps.pack(Map.of(), Map.of(SignInSteps.NEXT, p))).orElse("");
        return Answers.page(visit, templates.pagesSignIn(visit.page(), kept, again == null ? null : SignInText.AGAIN));
    }

    @Post("/sign-in")
    HttpResponse<?> askForCode(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.anybody(request);
        var asked = new CodeRequest(form.text(SignInSteps.MOBILE));
        asked.setPin(form.find(PIN).orElse(null));
        return switch (visit.api().post("/v1/sign-in/codes", asked, CodeRequested.class)) {
            case Reply.Done<CodeRequested> done -> codeAsked(visit, form, false);
            case Reply.No<CodeRequested> no when no.refusal().mendable() -> Answers.again(visit, templates.pagesSignIn(
                visit.again(Visit.faults(no.refusal(), Map.of("/mobile", NUMBER, "/pin", PIN_FORM), NUMBER), form),
                form.text(Form.CARRIED), null));
            case Reply.No<CodeRequested> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/activate")
    HttpResponse<?> activate(HttpRequest<?> request) {
        Visit visit = visits.anybody(request);
        return Answers.page(visit, templates.pagesActivate(visit.page()));
    }

    @Post("/activate")
    HttpResponse<?> takeUp(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.anybody(request);
        var missing = new ArrayList<Page.Fault>();
        if (form.text(INVITATION).isEmpty()) {
            missing.add(NO_INVITATION);
        }
        if (form.text(REFERENCE).isEmpty()) {
            missing.add(NO_REFERENCE);
        }
        if (form.text(SignInSteps.MOBILE).isEmpty()) {
            missing.add(NUMBER);
        }
        if (!missing.isEmpty()) {
            return Answers.again(visit, templates.pagesActivate(visit.again(missing, form)));
        }
        var wanted = new Activation(form.text(INVITATION), form.text(REFERENCE), form.text(SignInSteps.MOBILE));
        wanted.setPin(form.find(PIN).orElse(null));
        return switch (visit.api().post("/v1/sign-in/activations", wanted, CodeRequested.class)) {
            case Reply.Done<CodeRequested> done -> codeAsked(visit, form, true);
            case Reply.No<CodeRequested> no when no.refusal().mendable() -> Answers.again(visit, templates.pagesActivate(
                visit.again(Visit.faults(no.refusal(), Map.of("/mobile", NUMBER, "/pin", PIN_FORM), DOES_NOT_FIT), form)));
            case Reply.No<CodeRequested> no -> throw new Refused(no.refusal());
        };
    }

    private HttpResponse<?> codeAsked(Visit visit, Form form, boolean activating) {
        String kept = steps.pack(steps.open(form), Map.of(SignInSteps.MOBILE, form.text(SignInSteps.MOBILE),
            SignInSteps.ACTIVATING, Boolean.toString(activating)));
        return Answers.page(visit, templates.pagesSignInCode(visit.page(), kept, activating));
    }

    /** Who loads this page again, or comes by a bookmark, begins anew. */
    @Get("/sign-in/code")
    HttpResponse<?> codeAlone(HttpRequest<?> request) {
        return Answers.next(visits.anybody(request), "/sign-in");
    }

    @Post("/sign-in/code")
    HttpResponse<?> code(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.anybody(request);
        Map<String, String> kept = steps.open(form);
        String mobile = kept.get(SignInSteps.MOBILE);
        if (mobile == null) {
            return Answers.next(visit, "/sign-in");
        }
        boolean activating = Boolean.parseBoolean(kept.get(SignInSteps.ACTIVATING));
        if (form.text(CODE).isEmpty()) {
            return again(visit, form, NO_CODE, activating);
        }
        if (SPOKEN.matcher(form.text(CODE)).matches()) {
            // sent without the PIN it would count as a failed try, and a few of those end the code
            return Answers.page(visit, templates.pagesSignInCall(visit.page().at(ON_CALL)
                .with(List.of(), Map.of(CODE, form.text(CODE))), form.text(Form.CARRIED), true));
        }
        var wanted = new SignInRequest(form.text(CODE), new DeviceDescription(device(request, visit.lang()), DevicePlatform.WEB));
        wanted.setMobile(mobile);
        wanted.setNewPin(form.find(PIN).orElse(null));
        return switch (visit.api().post("/v1/sign-in/tokens", wanted, Tokens.class)) {
            case Reply.Done<Tokens> done -> steps.person(visit, done.body(), kept);
            case Reply.No<Tokens> no when no.refusal().pointers().contains("/new_pin") -> again(visit, form, PIN_FORM, activating);
            case Reply.No<Tokens> no when no.refusal().mendable() || no.refusal().status() == 401 ->
                again(visit, form, WRONG_CODE, activating);
            case Reply.No<Tokens> no -> throw new Refused(no.refusal());
        };
    }

    @Get(ON_CALL)
    HttpResponse<?> onCall(HttpRequest<?> request) {
        Visit visit = visits.anybody(request);
        return Answers.page(visit, templates.pagesSignInCall(visit.page(), "", false));
    }

    /** A form without the field of the code comes from another page, with what is carried there. */
    @Post(ON_CALL)
    HttpResponse<?> codeFromCall(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.anybody(request);
        Map<String, String> kept = steps.open(form);
        boolean known = kept.containsKey(SignInSteps.MOBILE);
        if (!form.fields().containsKey(CODE)) {
            return Answers.page(visit, templates.pagesSignInCall(visit.page(), form.text(Form.CARRIED), known));
        }
        var missing = new ArrayList<Page.Fault>();
        if (form.text(CODE).isEmpty()) {
            missing.add(NO_SPOKEN_CODE);
        }
        if (!known && form.text(REFERENCE).isEmpty() && form.text(SignInSteps.MOBILE).isEmpty()) {
            missing.add(NOBODY);
        }
        if (!missing.isEmpty()) {
            return again(visit, form, missing, known);
        }
        var wanted = new SignInRequest(form.text(CODE), new DeviceDescription(device(request, visit.lang()), DevicePlatform.WEB));
        wanted.setMobile(form.find(SignInSteps.MOBILE).orElse(kept.get(SignInSteps.MOBILE)));
        wanted.setCrimeReference(form.find(REFERENCE).orElse(null));
        wanted.setPin(form.find(PIN).orElse(null));
        wanted.setNewPin(form.find(NEW_PIN).orElse(null));
        return switch (visit.api().post("/v1/sign-in/tokens", wanted, Tokens.class)) {
            case Reply.Done<Tokens> done -> steps.person(visit, done.body(), kept);
            case Reply.No<Tokens> no when no.refusal().mendable() || no.refusal().status() == 401 -> again(visit, form,
                Visit.faults(no.refusal(), Map.of("/mobile", NUMBER, "/pin", PIN_FORM, "/new_pin", NEW_PIN_WANTED), CALL_WRONG), known);
            case Reply.No<Tokens> no -> throw new Refused(no.refusal());
        };
    }

    private HttpResponse<?> again(Visit visit, Form form, List<Page.Fault> faults, boolean known) {
        return Answers.again(visit, templates.pagesSignInCall(visit.again(faults, form), form.text(Form.CARRIED), known));
    }

    private HttpResponse<?> again(Visit visit, Form form, Page.Fault fault, boolean activating) {
        return Answers.again(visit, templates.pagesSignInCode(visit.again(List.of(fault), form), form.text(Form.CARRIED), activating));
    }

    /** What people recognise a browser by in the list of their devices. */
    private static String device(HttpRequest<?> request, Lang lang) {
        String agent = request.getHeaders().get("User-Agent");
        String on = agent == null ? null : agent.contains("Android") ? "Android" : agent.contains("iPhone") ? "iPhone"
            : agent.contains("iPad") ? "iPad" : agent.contains("Windows") ? "Windows" : agent.contains("Mac OS") ? "Mac" : null;
        return on == null ? Texts.of(SignInText.BROWSER, lang) : Texts.of(SignInText.BROWSER_ON, lang, on);
    }
}
