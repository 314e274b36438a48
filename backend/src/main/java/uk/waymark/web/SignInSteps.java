package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import uk.waymark.api.model.Me;
import uk.waymark.api.model.Tokens;
import uk.waymark.platform.MachineClock;

/** What comes after the API has let somebody in: a session of the browser, and on to where they were going. */
@Singleton
final class SignInSteps {
    /** What is carried: the number, where to go, the form that was sent when a session had ended, and whose it was. */
    static final String MOBILE = "mobile";
    static final String NEXT = "next";
    static final String FORM = "form";
    static final String OWNER = "owner";
    static final String ACTIVATING = "activating";
    private static final String HOME = "/cases";
    private final PageSessions sessions;
    private final Visits visits;
    private final OwnApi api;
    private final Carried carried;
    private final Templates templates;
    private final MachineClock clock;

    SignInSteps(PageSessions sessions, Visits visits, OwnApi api, Carried carried, Templates templates, MachineClock clock) {
        this.sessions = sessions;
        this.visits = visits;
        this.api = api;
        this.carried = carried;
        this.templates = templates;
        this.clock = clock;
    }

    /** @param tokens as the API has just given them; @param kept what was carried here */
    HttpResponse<?> person(Visit before, Tokens tokens, Map<String, String> kept) {
        Instant until = clock.instant().plusSeconds(tokens.getExpiresIn());
        Me me = api.send(new OwnApi.Ask("GET", "/v1/me", tokens.getAccessToken(), before.lang(), null, Map.of()), Me.class).orRefuse();
        return in(before, Who.PERSON, new PageSession.Tokens(tokens.getAccessToken(), until, tokens.getRefreshToken(),
            me.getAccountId().toString(), me.getLanguage().getValue(), null, null), kept, HOME);
    }

    /** The browser gets a new cookie: whoever knew the one from before sign-in has nothing by it. */
    HttpResponse<?> in(Visit before, Who who, PageSession.Tokens tokens, Map<String, String> kept, String home) {
        if (before.who() == Who.PERSON) {
            // whoever signs in once more on this browser has one device, not two
            before.api().delete("/v1/sign-in/session");
        }
        sessions.end(before.cookie());
        String cookie = sessions.newCookie();
        Visit visit = visits.now(before, cookie, sessions.open(cookie, who, tokens));
        return carryOn(visit, kept).map(HttpResponse.class::cast)
            .orElseGet(() -> Answers.next(visit, path(kept.get(NEXT)).orElse(home)));
    }

    /** The form that was sent when the session had ended, to be sent again by who had filled it in; empty where there is none. */
    Optional<MutableHttpResponse<byte[]>> carryOn(Visit visit, Map<String, String> kept) {
        String owner = visit.session().map(s -> FormTokens.nameOf(s.tokens().account())).orElse("");
        if (!kept.containsKey(FORM) || !owner.equals(kept.get(OWNER))) {
            return Optional.empty();
        }
        return Optional.of(Answers.page(visit, templates.pagesCarryOn(visit.page(), kept.get(NEXT), Form.of(kept.get(FORM)).fields())));
    }

    /** A hidden field with what is carried already and this. */
    String pack(Map<String, String> kept, Map<String, String> more) {
        var all = new java.util.LinkedHashMap<>(kept);
        all.putAll(more);
        return carried.pack(all);
    }

    Map<String, String> open(Form form) {
        return carried.open(form.text(Form.CARRIED));
    }

    /** A path of ours, and of nobody else. */
    static Optional<String> path(String wanted) {
        boolean ours = wanted != null && wanted.length() < 2_000 && wanted.matches("/(?![/\\\\])[!-~&&[^\\\\]]*");
        return ours ? Optional.of(wanted) : Optional.empty();
    }
}
