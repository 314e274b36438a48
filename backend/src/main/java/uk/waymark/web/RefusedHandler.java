package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Map;

/** What a page could not do: the page that says so, or the way to sign in with everything kept that was typed. */
@Singleton
final class RefusedHandler implements ExceptionHandler<Refused, HttpResponse<?>> {
    private static final String FRESH = "insufficient-user-authentication";
    private final Visits visits;
    private final PageErrors errors;
    private final Carried carried;
    private final Templates templates;

    RefusedHandler(Visits visits, PageErrors errors, Carried carried, Templates templates) {
        this.visits = visits;
        this.errors = errors;
        this.carried = carried;
        this.templates = templates;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, Refused refused) {
        HttpRequest<?> asked = request;
        Visit visit = visits.known(asked);
        if (!refused.refusal().signInHelps()) {
            return errors.page(asked, visit, refused.refusal());
        }
        String door = visit.who() == Who.STAFF ? "/staff/sign-in" : "/sign-in";
        if (asked.getMethod() == HttpMethod.GET || Visits.sent(asked).isEmpty()) {
            String query = visit.page().query();
            return Answers.next(visit, door + (freshOne(refused) ? "?again=true&next=" : "?next=") + Visit.encode(asked.getPath() + (query.isEmpty() ? "" : "?" + query)));
        }
        String kept = carried.pack(kept(asked, Visits.sent(asked).get()));
        return Answers.page(visit, HttpStatus.UNAUTHORIZED, visit.who() == Who.STAFF
            ? templates.pagesSignedOutStaff(visit.page(), kept) : templates.pagesSignIn(visit.page(), kept,
                freshOne(refused) ? SignInText.AGAIN_KEPT : CommonText.SIGNED_OUT_KEPT));
    }

    /** Whether the session goes on, and the API wants to know that it is still the same person. */
    private static boolean freshOne(Refused refused) {
        return FRESH.equals(refused.refusal().code());
    }

    /** Bound to whose form it was: nobody else who signs in on this browser sees what was typed. */
    private static Map<String, String> kept(HttpRequest<?> request, Form form) {
        return Map.of(SignInSteps.FORM, form.encoded(), SignInSteps.NEXT, request.getPath(),
            SignInSteps.OWNER, FormTokens.ownerOf(form.text(Form.TOKEN)));
    }
}
