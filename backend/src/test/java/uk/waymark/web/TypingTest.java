package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;

/** What somebody types is saved while they type, in real Chromium: also where an answer is lost on the way. */
class TypingTest extends LookedAt {
    private static final PagesUnderTest.Under WRITE = new PagesUnderTest.Under("typing", "statementWrite", PagesUnderTest.PERSON, false, PagesUnderTest.draft());
    private static final String SAVED = "#kept:text-is('Saved.')";

    @Test
    void itIsSavedByItselfAndTheButtonGoesOnFromThere() {
        try (var tab = look(WRITE, Browser.PHONE, "en", true)) {
            tab.page().locator("#text").fill("Saved by itself");
            tab.page().locator(SAVED).waitFor();
            tab.page().reload();
            assertEquals("Saved by itself", tab.page().locator("#text").inputValue());
            tab.page().locator("#text").fill("Saved by itself, and by the button");
            tab.page().locator("button[value=save]").click();
            tab.page().locator(".govuk-notification-banner").waitFor();
            assertEquals("Saved by itself, and by the button", tab.page().locator("#text").inputValue());
            tab.assertFine();
        }
    }

    @Test
    void whatIsGoneElsewhereIsSentOnceAndIsStillThereByTheButton() {
        try (var tab = look(WRITE, Browser.PHONE, "en", true)) {
            var posts = new AtomicInteger();
            tab.page().route("**/words/*", route -> {
                if (route.request().method().equals("POST")) {
                    posts.incrementAndGet();
                }
                route.resume();
            });
            tab.page().clock().install();
            try (var other = tab.context().newPage()) {
                other.navigate(tab.page().locator("a[href$=throw]").getAttribute("href"));
                other.locator("#throw").click();
                other.locator("a[href$=before]").waitFor();
            }
            tab.page().locator("#text").fill("Typed too late");
            tab.page().clock().fastForward(2_500);
            tab.page().locator("#kept:has-text('Not saved.')").waitFor();
            tab.page().clock().fastForward(600_000);
            assertEquals(1, posts.get());
            tab.page().locator("button[value=save]").click();
            tab.page().locator("h1:has-text('not there any more')").waitFor();
            assertEquals(1, tab.page().locator("text=Typed too late").count());
        }
    }

    @Test
    void anAnswerThatIsLostMakesNoQuarrelWithOneself() {
        try (var tab = look(WRITE, Browser.PHONE, "en", true)) {
            var posts = new AtomicInteger();
            tab.page().route("**/words/*", route -> {
                if (route.request().method().equals("POST") && posts.getAndIncrement() == 0) {
                    route.fetch();
                    route.abort(); // it has arrived, and nobody hears of it
                } else {
                    route.resume();
                }
            });
            tab.page().locator("#text").fill("First");
            tab.page().locator("#kept:has-text('Not saved.')").waitFor();
            tab.page().locator("#text").fill("First, and more");
            tab.page().locator("button[value=save]").click();
            tab.page().locator(".govuk-notification-banner, #elsewhere").first().waitFor();
            assertEquals(0, tab.page().locator("#elsewhere").count());
            assertEquals("First, and more", tab.page().locator("#text").inputValue());
        }
    }
}
