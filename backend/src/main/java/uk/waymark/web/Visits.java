package uk.waymark.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Language;

/** Who a browser is. */
@Singleton
public final class Visits {
    static final String COOKIE = "__Host-id";
    static final String LANGUAGE = "__Host-lang";
    /** Before the language that somebody had when they were signed in, and did not choose on a page: so that it is theirs still once they are not. */
    static final String WAS = "was-";
    private static final String ATTRIBUTE = "waymark.visit";
    private static final String FORM = "waymark.form";
    private static final String LANG = "lang";
    private final PageSessions sessions;
    private final Renewal renewal;
    private final FormTokens tokens;
    private final Assets assets;
    private final OwnApi api;
    private final ForceLooks looks;
    private final CaseClock clock;

    Visits(PageSessions sessions, Renewal renewal, FormTokens tokens, Assets assets, OwnApi api, ForceLooks looks, CaseClock clock) {
        this.sessions = sessions;
        this.renewal = renewal;
        this.tokens = tokens;
        this.assets = assets;
        this.api = api;
        this.looks = looks;
        this.clock = clock;
    }

    /** Anybody, signed in or not. */
    public Visit anybody(HttpRequest<?> request) {
        Optional<PageSession> session = cookie(request).flatMap(c -> sessions.find(c).flatMap(s -> renewal.of(s, c)));
        return remembered(request, make(request, session, session.map(PageSession::who).orElse(Who.NOBODY)));
    }

    /** Anybody who wants to get away: with the token that there is, since the API lets a dead one leave too. */
    public Visit leaving(HttpRequest<?> request) {
        Optional<PageSession> session = cookie(request).flatMap(sessions::find);
        return make(request, session, session.map(PageSession::who).orElse(Who.NOBODY));
    }

    /** A person who is signed in. @throws Refused 401 where nobody is: the page to sign in follows, and nothing typed is lost */
    public Visit person(HttpRequest<?> request) {
        return signedIn(request, Who.PERSON);
    }

    /** A member of staff who is signed in. @throws Refused as for a person */
    public Visit staff(HttpRequest<?> request) {
        return signedIn(request, Who.STAFF);
    }

    /** The form of a POST, with the lock of {@link FormTokens} tried. @throws Refused 403 where the form is not ours, or too old */
    public Form form(HttpRequest<?> request, String body) {
        return form(request, Form.of(body));
    }

    /** As {@link #form(HttpRequest, String)}, of a form that came with a file. */
    public Form form(HttpRequest<?> request, Form form) {
        request.setAttribute(FORM, form);
        if (cookie(request).filter(c -> tokens.fits(c, form.text(Form.TOKEN))).isEmpty()) {
            throw new Refused(Refusal.own(403, PageErrors.OUT_OF_DATE));
        }
        return form;
    }

    /** What was sent with this request, as far as it has been read. */
    public static Optional<Form> sent(HttpRequest<?> request) {
        return request.getAttribute(FORM, Form.class);
    }

    /** The visit of a request that may have failed before anybody asked who it is: without a look into the database. */
    public Visit known(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Visit.class)
            .orElseGet(() -> make(request, Optional.empty(), request.getPath().startsWith("/staff") ? Who.STAFF : Who.NOBODY));
    }

    /** The same browser, now signed in under a new cookie, so that nobody who knew the old one is. */
    public Visit now(Visit before, String cookie, PageSession session) {
        return remembered(before.request(), make(before.request(), cookie, true, Optional.of(session), session.who()));
    }

    /** The same browser with these tokens, kept nowhere: to try them. */
    public Visit with(Visit before, PageSession session) {
        return make(before.request(), before.cookie(), before.fresh(), Optional.of(session), session.who());
    }

    private Visit signedIn(HttpRequest<?> request, Who who) {
        Visit visit = anybody(request);
        if (visit.session().filter(s -> s.who() == who).isEmpty()) {
            // whose pages they are, so that the right way to sign in follows
            remembered(request, make(request, Optional.empty(), who));
            throw new Refused(Refusal.own(401, "sign-in-needed"));
        }
        return visit;
    }

    private static Visit remembered(HttpRequest<?> request, Visit visit) {
        request.setAttribute(ATTRIBUTE, visit);
        return visit;
    }

    private Visit make(HttpRequest<?> request, Optional<PageSession> session, Who who) {
        Optional<String> given = cookie(request);
        return make(request, given.orElseGet(sessions::newCookie), given.isEmpty(), session, who);
    }

    private Visit make(HttpRequest<?> request, String cookie, boolean fresh, Optional<PageSession> session, Who who) {
        Lang chosen = Lang.of(request.getParameters().get(LANG));
        Lang lang = chosen != null ? chosen : language(request, session);
        LocalDate today = clock.instant().atZone(Days.UK).toLocalDate();
        String token = tokens.issue(cookie, session.map(s -> s.tokens().account()).orElse(null));
        Visit.Asking asking = asking(lang, session);
        var page = new Page(lang, request.getPath(), query(request), token, who, today, assets, null, List.of(), Map.of(),
            once(() -> session.flatMap(s -> looks.of(s, asking))));
        return new Visit(request, cookie, fresh, lang, chosen, session, who, page, asking);
    }

    /** A page is made by one thread. */
    private static <T> Supplier<T> once(Supplier<T> asked) {
        return new Supplier<>() {
            private T answer;

            @Override
            public T get() {
                if (answer == null) {
                    answer = asked.get();
                }
                return answer;
            }
        };
    }

    /** As chosen on a page, as the person has it, as whoever was signed in last had it, as the browser asks. */
    private static Lang language(HttpRequest<?> request, Optional<PageSession> session) {
        Optional<String> kept = request.getCookies().findCookie(LANGUAGE).map(Cookie::getValue);
        return kept.map(Lang::of)
            .or(() -> session.map(s -> s.tokens().language()).map(Lang::of))
            .or(() -> kept.filter(k -> k.startsWith(WAS)).map(k -> Lang.of(k.substring(WAS.length()))))
            .orElseGet(() -> ofBrowser(request));
    }

    private static Lang ofBrowser(HttpRequest<?> request) {
        return Lang.of(Language.of(request.getHeaders().get("Accept-Language"), "en").toLowerCase(Locale.ROOT));
    }

    /** The language of whoever is signed in, to be kept until the browser is closed; empty where the browser asks for it, or chose one itself. */
    static Optional<String> toKeep(Visit visit) {
        Optional<String> kept = visit.request().getCookies().findCookie(LANGUAGE).map(Cookie::getValue);
        return visit.session().map(s -> s.tokens().language()).map(Lang::of).filter(l -> l != ofBrowser(visit.request()))
            .filter(l -> kept.map(Lang::of).isEmpty()).map(l -> WAS + l.tag()).filter(value -> !kept.equals(Optional.of(value)));
    }

    private Visit.Asking asking(Lang lang, Optional<PageSession> session) {
        String bearer = session.map(s -> s.tokens().access()).orElse(null);
        return new Visit.Asking() {
            @Override
            public <T> Reply<T> send(String method, String path, Object body, Class<T> type, Map<String, String> headers) {
                return api.send(new OwnApi.Ask(method, path, bearer, lang, body, headers), type);
            }
        };
    }

    /** The name that a browser was given, where it looks like one. */
    static Optional<String> cookie(HttpRequest<?> request) {
        return request.getCookies().findCookie(COOKIE).map(Cookie::getValue).filter(v -> v.matches("[A-Za-z0-9_-]{43}"));
    }

    /** What the address asked for beside the language. */
    private static String query(HttpRequest<?> request) {
        return request.getParameters().names().stream().filter(n -> !n.equals(LANG)).sorted()
            .flatMap(n -> request.getParameters().getAll(n).stream().map(v -> Visit.encode(n) + '=' + Visit.encode(v) + '&'))
            .collect(Collectors.joining());
    }
}
