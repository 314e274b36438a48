package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;
import uk.waymark.testing.SlowLine;

/**
 * The first page on a poor line, as Chromium makes one: 400 kbit/s and 400 ms for each question ({@code ./waymark pages}). The time is
 * said and not asserted: it is the machine's as well.
 */
@Tag("matrix")
class PoorLineTest extends WebTest {
    private static final int TIMES = 5;
    private static final int BYTES_A_SECOND = 400_000 / 8;
    private static final int LATENCY_MILLIS = 400;
    private static final int SLOWER = 4;

    @Test
    void theFirstPageIsSmallAndSoonThere() {
        double[] usable = new double[TIMES];
        double[] all = new double[TIMES];
        double bytes = 0;
        try (var browser = Browser.start(waymark.base())) {
            for (int i = 0; i < TIMES; i++) {
                try (var tab = browser.open(Browser.PHONE, "en", true)) {
                    var line = tab.context().newCDPSession(tab.page());
                    line.send("Network.enable");
                    line.send("Network.emulateNetworkConditions", poor());
                    tab.page().navigate("/");
                    // what is seen and can be pressed: style and text are there, and no script has to be
                    usable[i] = usable(tab);
                    all[i] = number(tab, "performance.getEntriesByType('navigation')[0].loadEventStart");
                    bytes = number(tab, "['navigation', 'resource'].flatMap(t => performance.getEntriesByType(t))"
                        + ".reduce((sum, e) => sum + e.transferSize, 0)");
                }
            }
        }
        Arrays.sort(usable);
        Arrays.sort(all);
        System.out.printf("pages: first page on 400 kbit/s with 400 ms: usable after %.0f ms, all there after %.0f ms (median of %d), "
            + "%.1f kB over the wire%n", usable[TIMES / 2], all[TIMES / 2], TIMES, bytes / 1_000);
        assertTrue(bytes > 5_000 && bytes < 100_000, bytes + " bytes");
    }

    /** Nobody has been here before: with the connections, their TLS, and a processor a quarter as fast. */
    @Test
    void theFirstVisitIsColdAndOnASlowPhone() throws Exception {
        double[] usable = new double[TIMES];
        double[] all = new double[TIMES];
        try (var line = new SlowLine(waymark.base(), Duration.ofMillis(LATENCY_MILLIS), BYTES_A_SECOND);
             var browser = Browser.start(line.address())) {
            for (int i = 0; i < TIMES; i++) {
                try (var tab = browser.open(Browser.PHONE, "en", true)) {
                    var slower = new JsonObject();
                    slower.addProperty("rate", SLOWER);
                    tab.context().newCDPSession(tab.page()).send("Emulation.setCPUThrottlingRate", slower);
                    tab.page().navigate("/");
                    usable[i] = usable(tab);
                    all[i] = number(tab, "performance.getEntriesByType('navigation')[0].loadEventStart");
                }
            }
        }
        Arrays.sort(usable);
        Arrays.sort(all);
        System.out.printf("pages: the same, a first visit over TLS on a processor %d times slower: usable after %.0f ms, all there after "
            + "%.0f ms (median of %d)%n", SLOWER, usable[TIMES / 2], all[TIMES / 2], TIMES);
        // two round trips to connect, one for the page: anything sooner would not have gone over that line
        assertTrue(usable[0] > 3 * LATENCY_MILLIS, usable[0] + " ms");
    }

    /** As Chromium itself sees it, before it offers to put the pages on the home screen. */
    @Test
    void thePagesCanBePutOnAHomeScreenAndSayNothingThere() {
        try (var browser = Browser.start(waymark.base()); var tab = browser.open(Browser.PHONE, "en", true)) {
            tab.page().navigate("/");
            var session = tab.context().newCDPSession(tab.page());
            session.send("Page.enable");
            var manifest = session.send("Page.getAppManifest");
            assertEquals(0, manifest.getAsJsonArray("errors").size(), manifest.toString());
            String text = manifest.get("data").getAsString();
            assertTrue(text.contains("\"name\":\"Updates\""), text);
            var errors = session.send("Page.getInstallabilityErrors").getAsJsonArray("installabilityErrors");
            // a window of a test is never on a home screen's kind of profile; everything else would be ours
            errors.forEach(e -> assertEquals("in-incognito", e.getAsJsonObject().get("errorId").getAsString()));
        }
    }

    private static JsonObject poor() {
        var poor = new JsonObject();
        poor.addProperty("offline", false);
        poor.addProperty("latency", LATENCY_MILLIS);
        poor.addProperty("downloadThroughput", BYTES_A_SECOND);
        poor.addProperty("uploadThroughput", BYTES_A_SECOND);
        return poor;
    }

    /** Chromium says when it painted a moment after it did. */
    private static double usable(Browser.Tab tab) {
        tab.page().waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
        return number(tab, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
    }

    private static double number(Browser.Tab tab, String script) {
        return ((Number) tab.page().evaluate(script)).doubleValue();
    }
}
