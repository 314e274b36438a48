package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;

/** A fixed sample of the matrix of pages in real Chromium; the whole of it is {@link MatrixTest}. */
class SampleTest extends LookedAt {

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
}
