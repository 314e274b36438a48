package uk.waymark.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Chromium, driven by Playwright: nothing is downloaded. Its path is {@code CHROMIUM}, or the first of the usual names on
 * the PATH; a test that needs it is left out, and says so, where there is none.
 *
 * <pre>{@code
 * try (var browser = Browser.start(api address)) {
 *     var tab = browser.open(Browser.PHONE, "cy", true);
 *     tab.page().navigate("/");
 *     tab.assertFine();
 * }
 * }</pre>
 */
public final class Browser implements AutoCloseable {
    /** Viewports in CSS pixels. */
    public record Size(int width, int height) { }

    public static final Size PHONE = new Size(360, 740);
    public static final Size DESK = new Size(1280, 800);
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync");
    private static final int PATIENCE_MILLIS = 60_000;
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final URI address;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium, URI address) {
        this.playwright = playwright;
        this.chromium = chromium;
        this.address = address;
    }

    /** @param address of the instance to look at */
    public static Browser start(URI address) {
        Optional<Path> path = path();
        Assumptions.assumeTrue(path.isPresent(), "no Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(playwright, playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(path.get())
            .setArgs(FLAGS).setTimeout(2 * PATIENCE_MILLIS)), address);
    }

    private static Optional<Path> path() {
        String named = System.getenv("CHROMIUM");
        return named != null ? Optional.of(Path.of(named)).filter(Files::isExecutable)
            : Stream.of("chromium", "chromium-browser", "google-chrome").flatMap(n -> Arrays.stream(System.getenv("PATH").split(":"))
                .map(d -> Path.of(d, n))).filter(Files::isExecutable).findFirst();
    }

    /** A fresh browser, without cookies. @param language as in Accept-Language */
    public Tab open(Size size, String language, boolean javaScript) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(size.width(), size.height()).setJavaScriptEnabled(javaScript)
            .setLocale(language + "-GB").setBaseURL(address.toString())
            // only a line of a test is ever on TLS, with a certificate of its own
            .setIgnoreHTTPSErrors("https".equals(address.getScheme())));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return new Tab(context, javaScript, this::reader);
    }

    /** A browser with JavaScript, in which axe can run where the page's own scripts must not. */
    private BrowserContext reader(Page page) {
        return chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(page.viewportSize().width, page.viewportSize().height).setBaseURL(address.toString()));
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /** One page of a fresh browser, and what it complained of. */
    public static final class Tab implements AutoCloseable {
        private static final String BAD_STATUS = "the server responded with a status of";
        private final BrowserContext context;
        private final boolean javaScript;
        private final Function<Page, BrowserContext> reader;
        private final Page page;
        private final List<Complaint> complaints = new ArrayList<>();
        private final Set<String> visited = new HashSet<>();
        private boolean looking;

        /** @param at the address of what it is about, without line and column */
        private record Complaint(String text, String at) { }

        private Tab(BrowserContext context, boolean javaScript, Function<Page, BrowserContext> reader) {
            this.context = context;
            this.javaScript = javaScript;
            this.reader = reader;
            this.page = context.newPage();
            page.onConsoleMessage(m -> {
                if (!looking && List.of("error", "warning").contains(m.type())) {
                    complaints.add(new Complaint(m.text(), m.location().replaceFirst(":\\d+:\\d+$", "")));
                }
            });
            page.onResponse(r -> {
                if (r.request().isNavigationRequest()) {
                    visited.add(r.url());
                }
            });
            page.onPageError(e -> complaints.add(new Complaint(e, "")));
        }

        public Page page() {
            return page;
        }

        public BrowserContext context() {
            return context;
        }

        /** No WCAG 2.2 AA violation, nothing in the console, nothing wider than the screen. */
        public void assertFine() {
            String where = page.url() + " " + page.viewportSize().width + " " + page.locator("html").getAttribute("lang");
            // a refused form is 422 and an error page has its own status: the browser says so of each page, and of nothing else
            assertEquals(List.of(), complaints.stream().filter(c -> !c.text().contains(BAD_STATUS) || !visited.contains(c.at()))
                .map(c -> c.text() + ' ' + c.at()).toList(), where);
            // asked by the test and not by the page, so it answers without JavaScript as well
            assertEquals(0, ((Number) page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")).intValue(),
                "wider than the screen: " + where);
            if (!javaScript) {
                assertEquals(List.of(), withoutItsScripts(), "without JavaScript: " + where);
                return;
            }
            // the button to leave stays in view, and may stand over a field where the page happens to be scrolled to
            page.evaluate("window.scrollTo(0, 0)");
            looking = true;
            List<String> violations = violations(page);
            looking = false;
            assertEquals(List.of(), violations, where);
        }

        /** axe needs timers, which stand still without JavaScript: so it reads the same HTML where none of the page's scripts may load. */
        private List<String> withoutItsScripts() {
            String html = page.content();
            try (BrowserContext other = reader.apply(page)) {
                Page same = other.newPage();
                same.route("**/*", route -> {
                    if (route.request().isNavigationRequest()) {
                        route.fulfill(new Route.FulfillOptions().setContentType("text/html; charset=utf-8").setBody(html));
                    } else if (route.request().resourceType().equals("script")) {
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
                same.navigate(page.url());
                return violations(same);
            }
        }

        private static List<String> violations(Page page) {
            return new AxeBuilder(page).withTags(WCAG).analyze().getViolations().stream()
                .map(v -> v.getId() + ": " + v.getNodes().stream().map(n -> n.getHtml()).toList()).toList();
        }

        /** A picture of the whole page, as PNG. */
        public byte[] picture() {
            looking = true;
            byte[] png = page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
            looking = false;
            return png;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
