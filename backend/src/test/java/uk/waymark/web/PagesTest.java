package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.web.router.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.testing.Pages;
import uk.waymark.testing.SignUp;

/** What holds for every page, asked without a real browser. */
class PagesTest extends WebTest {
    private static final String COOKIE = "__Host-id";

    @Override
    protected Map<String, Object> properties() {
        return Map.of("probe", "true");
    }

    @Test
    void anInvitationLeadsToTheCaseAndOutAgain() {
        person("way", "+447700900401", Map.of());
        Surf surf = surf();
        Surf.Seen start = surf.get("/").expect(200);
        assertTrue(start.text().contains("href=\"/exit\""));
        String before = surf.cookies().get(COOKIE);
        Surf.Seen mine = activate(surf, "way", "+447700900401").expect(200);
        assertTrue(mine.path().startsWith("/cases/"), mine.path());
        assertTrue(mine.text().contains("Your case"));
        assertNotEquals(before, surf.cookies().get(COOKIE), "a cookie from before the sign-in is worth nothing");
        String during = surf.cookies().get(COOKIE);
        surf.fill(mine, "/sign-out", Map.of()).expect(200);
        assertNotEquals(during, surf.cookies().get(COOKIE));
        surf.cookies().put(COOKIE, during);
        assertTrue(surf.get("/cases").path().startsWith("/sign-in"));
    }

    @Test
    void whoWasOnTheWaySomewhereGoesOnThereAfterSigningIn() {
        person("on", "+447700900402", Map.of());
        String one = activate(surf(), "on", "+447700900402").path();
        clocks.advanceMachine(Duration.ofHours(1));
        Surf surf = surf();
        Surf.Seen door = surf.get(one).expect(200);
        Surf.Seen wrong = surf.fill(door, "/sign-in", Map.of("mobile", "nonsense")).expect(422);
        assertTrue(wrong.text().contains("value=\"nonsense\"") && wrong.text().contains("id=\"mobile-error\""), wrong.text());
        Surf.Seen asked = surf.fill(wrong, "/sign-in", Map.of("mobile", "07700 900402")).expect(200);
        assertFalse(asked.text().contains("900402"), "the number stands in no page's source");
        String code = code("+447700900402");
        Surf.Seen again = surf.fill(asked, "/sign-in/code", Map.of("code", code.equals("111111") ? "222222" : "111111")).expect(422);
        assertTrue(again.text().contains("id=\"code-error\""));
        assertEquals(one, surf.fill(again, "/sign-in/code", Map.of("code", code)).expect(200).path());
    }

    @Test
    void howToGetAwayIsSaidOnEveryWayIn() {
        Surf surf = surf();
        for (String way : List.of("/", "/sign-in", "/activate", "/cases/0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10/dates")) {
            Surf.Seen door = surf.get(way).expect(200);
            for (CommonText text : List.of(CommonText.START_SAFE_EXIT, CommonText.START_SAFE_HISTORY, CommonText.START_SAFE_EMERGENCY)) {
                assertTrue(door.text().contains(Texts.of(text, Lang.EN)), way + ": " + door.text());
            }
        }
    }

    @Test
    void thePageForNoLineIsInBothLanguagesAndOfNobody() {
        person("off", "+447700900404", Map.of());
        Surf surf = surf();
        activate(surf, "off", "+447700900404").expect(200);
        assertEquals("default-src 'none'; connect-src 'self'", surf.get("/sw.js").expect(200).header("Content-Security-Policy"),
            "what the worker may fetch to keep it: by default it may fetch nothing");
        Surf.Seen offline = surf.get("/offline").expect(200);
        for (Lang lang : Lang.values()) {
            assertTrue(offline.text().contains(Texts.of(CommonText.OFFLINE_EXIT, lang)), offline.text());
        }
        assertFalse(offline.text().contains("NM/OFF") || offline.text().contains("Northmoor") || offline.text().contains("/sign-out"),
            offline.text());
    }

    @Test
    void inDiscreetModeNoListSaysWhoseCasesTheseAre() {
        person("dsc", "+447700900403", Map.of());
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.recorded("e-dsc-2", "NM/DSC/2",
            bean(CaseClock.class).instant().minus(Duration.ofDays(5)).toString(), Batches.victim("dsc", "+447700900403"))))).expect(200);
        SignUp.drain(this);
        Surf surf = surf();
        Surf.Seen both = activate(surf, "dsc", "+447700900403").expect(200);
        assertTrue(both.text().contains("NM/DSC/2") && both.text().contains("Northmoor Police"), both.text());
        surf.fill(surf.get("/contact/change/words"), "/contact/change/words", Map.of("language", "en", "discreet", "true")).expect(200);
        Surf.Seen discreet = surf.get("/cases").expect(200);
        assertTrue(discreet.text().contains("NM/DSC/2") && !discreet.text().contains("Northmoor"), discreet.text());
    }

    @Test
    void nobodyIsLedToAnotherSite() {
        for (String elsewhere : List.of("https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)")) {
            assertTrue(SignInSteps.path(elsewhere).isEmpty(), elsewhere);
        }
        assertEquals("/cases?x=1", SignInSteps.path("/cases?x=1").orElseThrow());
    }

    @Test
    void cookiesAndHeadersKeepEverythingForeignOut() {
        Surf.Seen start = surf().only("/");
        String cookie = start.header("Set-Cookie");
        assertTrue(cookie.startsWith(COOKIE + "="), cookie);
        for (String part : List.of("Path=/", "Secure", "HTTPOnly", "SameSite=Lax")) {
            assertTrue(cookie.contains(part), cookie);
        }
        assertFalse(cookie.contains("Max-Age") || cookie.contains("Domain"), cookie);
        assertEquals(Answers.POLICY, start.header("Content-Security-Policy"));
        assertEquals("no-store", start.header("Cache-Control"));
        assertEquals("same-origin", start.header("Referrer-Policy"));
        assertEquals("nosniff", start.header("X-Content-Type-Options"));
        assertFalse(start.text().contains("style=") || start.text().contains("onclick"), "nothing inline");
    }

    @Test
    void aFormFromElsewhereChangesNothing() {
        Surf surf = surf();
        Surf.Seen form = surf.get("/sign-in");
        Map<String, String> fields = new java.util.LinkedHashMap<>(form.hidden("/sign-in"));
        fields.put("mobile", "07700 900123");
        assertTrue(surf.with("Sec-Fetch-Site", "cross-site").post("/sign-in", fields).expect(403).text().contains("out of date"));
        surf.with("Sec-Fetch-Site", "same-site").post("/sign-in", fields).expect(403);
        Surf older = surf();
        Map<String, String> others = new java.util.LinkedHashMap<>(older.get("/sign-in").hidden("/sign-in"));
        others.put("mobile", "07700 900123");
        older.with("Origin", "https://example.org").post("/sign-in", others).expect(403);
        // a token of another browser
        surf().post("/sign-in", others).expect(403);
        Surf third = surf();
        third.get("/sign-in");
        third.post("/sign-in", others).expect(403);
    }

    /** By the router's own list, so that no form can be forgotten. */
    @Test
    void everyFormWantsItsToken() {
        var forms = waymark.context().getBean(Router.class).uriRoutes()
            .filter(r -> Pages.has(r) && r.getHttpMethodName().equals("POST")).map(r -> r.getUriMatchTemplate().toPathString()).toList();
        assertTrue(forms.size() > 4, forms.toString());
        for (String path : forms) {
            if (path.equals("/carry-on")) {
                continue; // what it takes is sealed, and it only shows a form
            }
            Surf surf = surf();
            surf.get("/");
            Surf.Seen refused = surf.post(path.replaceAll("\\{[^}]*}", "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10"), Map.of("x", "y"));
            assertEquals(403, refused.status(), path);
        }
    }

    @Test
    void whatGoesWrongIsAPageWithWhatToDoNext() {
        Surf surf = surf();
        assertTrue(surf.get("/nothing-here").expect(404).text().contains("Page not found"));
        assertTrue(surf.get("/nothing-here?lang=cy").expect(404).text().contains("lang=\"cy\""));
        Surf.Seen broken = surf.get("/probe/broken").expect(500);
        assertTrue(broken.text().contains("</html>") && !broken.text().contains("on purpose"), broken.text());
        assertEquals(Answers.POLICY, broken.header("Content-Security-Policy"));
        assertEquals("application/problem+json", api().with("Accept", "text/html").get("/v1/nothing").headers().firstValue("Content-Type")
            .orElseThrow());
        byte[] much = new byte[9 << 20];
        Surf.Seen large = surf().send("/sign-in", "application/x-www-form-urlencoded", much).expect(413);
        assertTrue(large.text().contains("too much at once"), large.text());
        assertTrue(surf().send("/sign-in", "text/plain", new byte[1]).expect(415).text().contains("not right"));
        surf.send("/help", "text/plain", new byte[1]).expect(405);
        person("err", "+447700900403", Map.of());
        activate(surf, "err", "+447700900403").expect(200);
        surf.get("/cases/0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10").expect(404);
        surf.get("/cases/no-id").expect(400);
    }

    @Test
    void tooManyTriesSaysHowLongToWait() {
        Surf surf = surf();
        Surf.Seen last = null;
        for (int i = 0; i < 40 && (last == null || last.status() == 200); i++) {
            last = surf.fill(surf.get("/sign-in"), "/sign-in", Map.of("mobile", "07700 900444"));
        }
        assertTrue(last.expect(429).text().contains("Minutes to wait"), last.text());
        assertTrue(Long.parseLong(last.header("Retry-After")) > 0);
    }

    @Test
    void whatWasTypedIsKeptWhenTheSessionHasEnded() {
        person("kept", "+447700900404", Map.of());
        Surf surf = surf();
        activate(surf, "kept", "+447700900404").expect(200);
        Surf.Seen form = surf.get("/probe").expect(200);
        clocks.advanceMachine(Duration.ofDays(31));
        Surf.Seen ended = surf.fill(form, "/probe", Map.of("note", "Three <lines> & more")).expect(401);
        assertFalse(ended.text().contains("Three"), "sealed");
        Surf.Seen asked = surf.fill(ended, "/sign-in", Map.of("mobile", "07700 900404")).expect(200);
        Surf.Seen on = surf.fill(asked, "/sign-in/code", Map.of("code", code("+447700900404"))).expect(200);
        assertTrue(on.text().contains("You are signed in again"), on.text());
        assertTrue(surf.fill(on, "/probe", Map.of()).expect(200).text().startsWith("noted: Three <lines> & more"));
    }

    /** The browser may be English: it is the person who is not. */
    @Test
    void whoReadsWelshIsAskedInWelshToSignInAgain() {
        person("iaith", "+447700900412", Map.of("language", "cy"));
        Surf surf = surf().with("Accept-Language", "en");
        activate(surf, "iaith", "+447700900412").expect(200);
        Surf.Seen form = surf.get("/probe").expect(200);
        clocks.advanceMachine(Duration.ofDays(31));
        Surf.Seen ended = surf.fill(form, "/probe", Map.of("note", "Helô")).expect(401);
        assertTrue(ended.text().contains("<html lang=\"cy\""), ended.text());
        surf.only("/exit").expect(303);
        assertTrue(surf.get("/").text().contains("<html lang=\"en\""), "nothing is left behind");
    }

    @Test
    void nobodyElseSeesWhatWasTyped() {
        person("one", "+447700900405", Map.of());
        Surf surf = surf();
        activate(surf, "one", "+447700900405").expect(200);
        Surf.Seen form = surf.get("/probe");
        clocks.advanceMachine(Duration.ofDays(31));
        Surf.Seen ended = surf.fill(form, "/probe", Map.of("note", "mine")).expect(401);
        person("other", "+447700900406", Map.of());
        activate(surf(), "other", "+447700900406").expect(200);
        clocks.advanceMachine(Duration.ofHours(1));
        Surf.Seen asked = surf.fill(ended, "/sign-in", Map.of("mobile", "07700 900406")).expect(200);
        Surf.Seen in = surf.fill(asked, "/sign-in/code", Map.of("code", code("+447700900406"))).expect(200);
        assertFalse(in.text().contains("mine") || in.text().contains("You are signed in again"), in.text());
    }

    @Test
    void manyRequestsAtOnceExchangeTheTokensOnce() throws Exception {
        person("many", "+447700900407", Map.of());
        Surf surf = surf();
        String path = activate(surf, "many", "+447700900407").path();
        clocks.advanceMachine(Duration.ofMinutes(11));
        try (var at = Executors.newFixedThreadPool(8)) {
            var asked = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 8; i++) {
                asked.add(() -> surf.get(path).status());
            }
            for (var status : at.invokeAll(asked)) {
                assertEquals(200, status.get());
            }
        }
        clocks.advanceMachine(Duration.ofMinutes(11));
        surf.get(path).expect(200);
    }

    @Test
    void leavingEndsTheSessionHereAndAtTheApi() {
        person("exit", "+447700900408", Map.of());
        Surf surf = surf();
        String path = activate(surf, "exit", "+447700900408").path();
        Map<String, String> before = Map.copyOf(surf.cookies());
        Surf.Seen left = surf.only("/exit").expect(303);
        assertEquals("https://www.bbc.co.uk/weather", left.header("Location"));
        assertTrue(left.header("Clear-Site-Data").contains("cookies"));
        surf.cookies().putAll(before);
        assertTrue(surf.get(path).path().startsWith("/sign-in"));
        surf().only("/exit").expect(303);
    }

    @Test
    void whoSignsInOnceMoreHasOneDevice() {
        person("again", "+447700900410", Map.of());
        Surf surf = surf();
        activate(surf, "again", "+447700900410").expect(200);
        clocks.advanceMachine(Duration.ofHours(1));
        Surf.Seen asked = surf.fill(surf.get("/sign-in"), "/sign-in", Map.of("mobile", "07700 900410")).expect(200);
        surf.fill(asked, "/sign-in/code", Map.of("code", code("+447700900410"))).expect(200);
        try (var c = database.superuser()) {
            assertEquals(List.of(1L), uk.waymark.platform.Sql.list(c, """
                select count(*) from waymark.device_session d where d.ended_at is null and d.account_id = (
                  select ap.account_id from waymark.account_person ap join waymark.person p on p.id = ap.person_id
                   where p.source_person_id = 'again' limit 1)""", r -> r.getLong(1)));
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thePersonsLanguageComesFirstAndTheirChoiceBeforeIt() {
        person("cym", "+447700900409", Map.of("language", "cy"));
        Surf surf = surf().with("Accept-Language", "en-GB");
        assertTrue(surf.get("/").text().contains("lang=\"en\""));
        assertTrue(activate(surf, "cym", "+447700900409").expect(200).text().contains("<html lang=\"cy\""));
        assertTrue(surf.get("/cases?lang=en").text().contains("<html lang=\"en\""));
        assertTrue(surf.get("/cases").text().contains("<html lang=\"en\""), "the choice is remembered");
        assertTrue(surf().with("Accept-Language", "cy").get("/").text().contains("<html lang=\"cy\""));
    }

    @Test
    void theFirstPageIsSmallAndCarriesNothingOfGovUk() throws Exception {
        Surf surf = surf().with("Accept-Encoding", "gzip");
        String page = surf.only("/").text();
        int bytes = page.getBytes("UTF-8").length;
        for (var asset : page.split("\"")) {
            if (asset.startsWith("/assets/")) {
                var answer = java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest.newBuilder(waymark.base().resolve(asset))
                    .header("Accept-Encoding", "gzip").build(), java.net.http.HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(200, answer.statusCode(), asset);
                assertTrue(answer.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
                bytes += answer.body().length;
            }
        }
        assertTrue(bytes < 100_000, bytes + " bytes");
        String style = surf().only(bean(Assets.class).url("app.css")).expect(200).text();
        assertFalse(style.contains("GDS Transport") || style.contains("@font-face") || style.contains("crest"));
        surf().only("/assets/0000000000000000/app.css").expect(404);
    }
}
