package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;
import uk.waymark.testing.Browser.Tab;

/**
 * A fixed sample of the matrix of pages in real Chromium; the whole of it is {@link MatrixTest}. And what only a real browser shows:
 * the ways out, another language with words typed, and the keyboard alone.
 */
class SampleTest extends LookedAt {
    private static final String ELSEWHERE = "https://www.bbc.co.uk/**";
    /** Whether what has the focus looks otherwise than without; a box and a button of a choice show it on their label. */
    private static final String SHOWS_ITS_FOCUS = """
        () => { const e = document.activeElement
          if (e === document.body) return true
          const look = () => [e, ...(e.labels || [])].flatMap(x => [null, '::before'].map(p => { const s = getComputedStyle(x, p)
            return [s.outlineStyle, s.outlineColor, s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderColor].join() })).join(';')
          const with_ = look(); e.blur(); const without = look(); e.focus()
          return with_ !== without }""";

    @Test
    void theSampleIsFineInChromium() {
        int turn = 0;
        for (var page : PagesUnderTest.ALL.stream().filter(PagesUnderTest.Under::sample).toList()) {
            String language = turn % 2 == 0 ? "en" : "cy";
            try (var tab = look(page, Browser.PHONE, language, true)) {
                tab.assertFine();
                assertEquals(language, tab.page().locator("html").getAttribute("lang"), page.name());
            }
            try (var tab = look(page, Browser.DESK, language.equals("en") ? "cy" : "en", turn % 2 == 0)) {
                tab.assertFine();
            }
            turn++;
        }
    }

    @Test
    void shiftThreeTimesLeavesAndEndsTheSession() {
        try (var tab = look(caseOfOne("shifts"), Browser.PHONE, "en", true)) {
            elsewhere(tab);
            for (int i = 0; i < 3; i++) {
                tab.page().keyboard().press("Shift");
            }
            assertLeft(tab);
        }
    }

    @Test
    void theButtonLeavesWithoutJavaScriptAndSoItDoesFromThePageToSignIn() {
        try (var tab = look(caseOfOne("leaves"), Browser.PHONE, "en", false)) {
            elsewhere(tab);
            tab.page().locator(".govuk-exit-this-page__button").first().click();
            assertLeft(tab);
            tab.page().locator(".govuk-exit-this-page__button").first().click();
            tab.page().waitForURL(ELSEWHERE);
        }
    }

    /** What a refused form holds stays with the browser so that it can be sent again; nobody gets it to be shown who comes after. */
    @Test
    void whatWasTypedIntoARefusedFormIsNotThereToGoBackTo() {
        try (var tab = look(caseOfOne("backs"), Browser.PHONE, "en", true)) {
            elsewhere(tab);
            tab.page().navigate(tab.page().url().replaceAll("[?].*", "") + "/calls/new");
            tab.page().locator("#about").fill("He is outside my house");
            tab.page().locator("main form[action$='/calls/new'] button[type=submit]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
            assertEquals("He is outside my house", tab.page().locator("#about").inputValue());
            tab.page().locator(".govuk-exit-this-page__button").first().click();
            tab.page().waitForURL(ELSEWHERE);
            for (int i = 0; i < 3; i++) {
                try {
                    tab.page().goBack();
                } catch (PlaywrightException e) {
                    assertTrue(e.getMessage().contains("ERR_"), e.getMessage());
                }
                assertFalse(tab.page().content().contains("He is outside"), tab.page().url());
            }
        }
    }

    @Test
    void whatIsTypedGoesAlongIntoTheOtherLanguage() {
        try (var tab = look(caseOfOne("speaks"), Browser.PHONE, "en", true)) {
            tab.page().navigate(tab.page().url().replaceAll("[?].*", "") + "/calls/new");
            tab.page().locator("#about").fill("Where do I \"wait\"?\nIs there tea?");
            tab.page().locator("input[name=reason][value=date]").check();
            String once = tab.page().locator("input[name=once]").inputValue();
            tab.page().locator(".app-header__lang a").click();
            tab.page().waitForURL("**lang=cy");
            assertEquals("Where do I \"wait\"?\nIs there tea?", tab.page().locator("#about").inputValue());
            assertTrue(tab.page().locator("input[name=reason][value=date]").isChecked());
            assertNotEquals(once, tab.page().locator("input[name=once]").inputValue(), "what is hidden is the new page's");
            assertEquals(0, ((Number) tab.page().evaluate("sessionStorage.length")).intValue(), "and nothing of it stays behind");
            tab.assertFine();
        }
    }

    @Test
    void aVictimAnswersADateByTheKeyboardAlone() {
        try (var tab = look(caseOfOne("keys"), Browser.PHONE, "en", true)) {
            press(tab, "main a[href$='/dates']", "Enter");
            press(tab, "main h2 a", "Enter");
            press(tab, "input[name=answer]", "Space");
            press(tab, "main form button[type=submit]", "Enter");
            tab.page().locator("input[name=answer]").first().waitFor(gone());
            tab.page().locator("main").filter(new Locator.FilterOptions().setHasText(Texts.of(DatesText.ANSWERED, Lang.EN))).waitFor();
        }
    }

    @Test
    void staffFindSomebodyAndCompleteWhatWaitsByTheKeyboardAlone() {
        String item = item("invitation_to_hand_over", "waits");
        try (var tab = look(new PagesUnderTest.Under("find", "staffFind", PagesUnderTest.STAFF, false, PagesUnderTest.at("/staff/find")),
                Browser.DESK, "en", true)) {
            press(tab, "#who", null);
            tab.page().keyboard().type("penrose alys");
            press(tab, "#reason", "Space");
            press(tab, "main button[type=submit]", "Enter");
            tab.page().locator(".app-card").first().waitFor();
            press(tab, "nav a[href='/staff']", "Enter");
            press(tab, "form[action$='" + item + "'] button", "Enter");
            press(tab, "#outcome", "Space");
            press(tab, "form[action$='/done'] button", "Enter");
            tab.page().waitForURL("**/staff?done=completed");
            assertEquals(0, tab.page().locator("form[action$='" + item + "']").count());
        }
    }

    private static PagesUnderTest.Under caseOfOne(String who) {
        return new PagesUnderTest.Under("case-of-one", "oneCase", who, false, PagesUnderTest.at("/cases"));
    }

    private static Locator.WaitForOptions gone() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }

    /** The page where people get to, without leaving this machine. */
    private static void elsewhere(Tab tab) {
        tab.context().route(ELSEWHERE, route -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
            .setBody("<title>Weather</title>")));
    }

    private void assertLeft(Tab tab) {
        tab.page().waitForURL(ELSEWHERE);
        tab.page().navigate(waymark.base() + "/cases");
        assertTrue(tab.page().url().contains("/sign-in"), tab.page().url());
    }

    /** Goes on with Tab until this has the focus, and presses. @param key null to press nothing */
    private static void press(Tab tab, String selector, String key) {
        tab.page().locator(selector).first().waitFor();
        for (int i = 0; i < 200; i++) {
            tab.page().keyboard().press("Tab");
            assertTrue((Boolean) tab.page().evaluate(SHOWS_ITS_FOCUS), () -> "nobody sees where they are: "
                + tab.page().evaluate("document.activeElement.outerHTML"));
            if ((Boolean) tab.page().evaluate("s => document.activeElement.matches(s)", selector)) {
                if (key != null) {
                    tab.page().keyboard().press(key);
                }
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + selector + " on " + tab.page().url());
    }
}
