package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;

/** What somebody types is saved while they type, in real Chromium: also where an answer is lost on the way. */
class TypingTest extends LookedAt {
    private static final PagesUnderTest.Under WRITE = new PagesUnderTest.Under("typing", Who.PERSON, false, PagesUnderTest.draft());
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
