package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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
    static final String PIN_PAGE = "/yours/pin";
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
        Visit visit = opened(before, Who.PERSON, new PageSession.Tokens(tokens.getAccessToken(), until, tokens.getRefreshToken(),
            me.getAccountId().toString(), me.getLanguage().getValue(), null, null));
        boolean needed = Boolean.TRUE.equals(me.getPinNeeded());
        Words said = ofPin(tokens, me.getHasPin());
        return needed || said != null ? Answers.page(visit, templates.pagesPin(visit.page().at(PIN_PAGE), me.getHasPin(), needed, said,
            onward(kept))) : goOn(visit, kept, HOME);
    }

    /** What only this answer says of the PIN, to who has just typed it; null for nothing. */
    private static Words ofPin(Tokens tokens, boolean there) {
        if (Boolean.FALSE.equals(tokens.getPinTaken())) {
            return there ? OwnText.PIN_KEPT : OwnText.PIN_NOT_TAKEN;
        }
        return Boolean.TRUE.equals(tokens.getPinToChange()) ? OwnText.PIN_ANOTHER : null;
    }

    /** Where they were going, past the page of the PIN. Whoever was going to that page has come to it. */
    private String onward(Map<String, String> kept) {
        var on = new LinkedHashMap<String, String>();
        if (!PIN_PAGE.equals(kept.get(NEXT))) {
            on.putAll(kept);
            on.keySet().retainAll(List.of(NEXT, FORM, OWNER));
        }
        return pack(on, Map.of(NEXT, next(on, HOME)));
    }

    /** A new session, and on to where they were going. */
    HttpResponse<?> in(Visit before, Who who, PageSession.Tokens tokens, Map<String, String> kept, String home) {
        return goOn(opened(before, who, tokens), kept, home);
    }

    /** On with the form that was sent when the session had ended, or to where they were going. */
    HttpResponse<?> goOn(Visit visit, Map<String, String> kept, String home) {
        return carryOn(visit, kept).map(HttpResponse.class::cast).orElseGet(() -> Answers.next(visit, next(kept, home)));
    }

    static String next(Map<String, String> kept, String home) {
        return path(kept.get(NEXT)).orElse(home);
    }

    /** The browser gets a new cookie: whoever knew the one from before sign-in has nothing by it. */
    private Visit opened(Visit before, Who who, PageSession.Tokens tokens) {
        if (before.who() == Who.PERSON) {
            // whoever signs in once more on this browser has one device, not two
            before.api().delete("/v1/sign-in/session");
        }
        sessions.end(before.cookie());
        String cookie = sessions.newCookie();
        return visits.now(before, cookie, sessions.open(cookie, who, tokens));
    }

    /** The form that was sent when the session had ended, to be sent again by who had filled it in; empty where there is none. */
    Optional<MutableHttpResponse<byte[]>> carryOn(Visit visit, Map<String, String> kept) {
        return carryOn(visit, visit.page(), kept);
    }

    /** @param page that says what has just been done */
    Optional<MutableHttpResponse<byte[]>> carryOn(Visit visit, Page page, Map<String, String> kept) {
        String owner = visit.session().map(s -> FormTokens.nameOf(s.tokens().account())).orElse("");
        if (!kept.containsKey(FORM) || !owner.equals(kept.get(OWNER))) {
            return Optional.empty();
        }
        return Optional.of(Answers.page(visit, templates.pagesCarryOn(page, kept.get(NEXT), Form.of(kept.get(FORM)).fields())));
    }

    /** A hidden field with what is carried already and this. */
    String pack(Map<String, String> kept, Map<String, String> more) {
        var all = new LinkedHashMap<>(kept);
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
