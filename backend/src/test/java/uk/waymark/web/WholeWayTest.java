package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Browser;
import uk.waymark.testing.Browser.Tab;
import uk.waymark.testing.SignUp;

/** The whole way on the web, on a phone in real Chromium, and the unit's side of each step at a desk. */
class WholeWayTest extends StaffWebTest {
    private static final String MOBILE = "+447700900495";
    private static final Pattern INVITATION = Pattern.compile("\\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\\b");
    private Browser browser;
    private Tab phone;
    private Tab desk;

    @BeforeAll
    void open() {
        browser = Browser.start(waymark.base());
        phone = browser.open(Browser.PHONE, "en", true);
        desk = browser.open(Browser.DESK, "en", true);
        Surf staff = surf();
        signInAsStaff(staff, "northmoor", "witness_care").expect(200);
        staff.cookies().forEach((name, value) -> desk.context().addCookies(List.of(cookie(name, value))));
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void fromTheInvitationToTheWayOut() {
        person("whole", MOBILE, Map.of());
        date("whole");
        String home = signUp();
        readAndAnswerADate(home);
        theUnitDeals("Somebody cannot come");
        say(home);
        theUnitDeals("Statement to put on the file");
        askForACall(home);
        theUnitRings(home);
        write(home);
        leave(home);
    }

    /** @return the address of the case */
    private String signUp() {
        phone.page().navigate("/");
        phone.assertFine();
        phone.page().locator("a[href='/activate']").click();
        phone.page().locator("#invitation").fill(invited());
        phone.page().locator("#reference").fill(reference("whole"));
        phone.page().locator("#mobile").fill("07700 900495");
        send(phone, "/activate");
        phone.page().locator("#code").waitFor();
        phone.page().locator("#code").fill(code(MOBILE));
        send(phone, "/sign-in/code");
        phone.page().locator(".app-timeline").waitFor();
        phone.assertFine();
        return phone.page().url().replaceAll("^https?://[^/]+|[?].*", "");
    }

    /** From the text on the phone of the sandbox, as the person would read it. */
    private String invited() {
        for (var sms : messages(MOBILE).body().path("items")) {
            var code = INVITATION.matcher(sms.path("body").asText());
            if (code.find()) {
                return code.group();
            }
        }
        throw new AssertionError("no invitation on that phone");
    }

    private void readAndAnswerADate(String home) {
        assertTrue(phone.page().locator("main").innerText().contains("What comes next"), phone.page().locator("main").innerText());
        phone.page().locator("main a[href='" + home + "/dates']").click();
        phone.page().waitForURL("**" + home + "/dates");
        phone.page().locator("main h2 a").first().click();
        until(phone, "h1", "8 June");
        phone.page().locator("input[name=answer][value=cannot]").check();
        phone.page().locator("#reason").fill("I have an operation that week.");
        send(phone, "/dates/");
        until(phone, "main", "something stops me");
        phone.assertFine();
    }

    private void say(String home) {
        phone.page().navigate(home);
        phone.page().locator("main a[href='" + home + "/words']").click();
        phone.page().locator("a[href$='/words/before']").click();
        phone.page().locator("#begin").click();
        phone.page().locator("#text").fill("I do not sleep. I am afraid to open the door.");
        phone.page().locator("button[value=look]").click();
        phone.page().locator("#aloud").check();
        phone.page().locator("#declare").check();
        phone.assertFine();
        send(phone, "/through");
        phone.page().locator("a[href$=aloud]").waitFor();
        assertTrue(phone.page().locator("main").innerText().contains("I am afraid to open the door."));
        phone.assertFine();
    }

    private void askForACall(String home) {
        phone.page().navigate(home);
        phone.page().locator("main a[href='" + home + "/calls']").click();
        phone.page().locator("a[href$='/calls/new']").click();
        phone.page().locator("input[name=reason][value=question]").check();
        phone.page().locator("#about").fill("Where do I wait on the day?");
        phone.page().locator("input[name=voicemail][value=false]").check();
        send(phone, "/calls/new");
        phone.page().locator("dl").waitFor();
        phone.assertFine();
    }

    private void write(String home) {
        phone.page().navigate(home);
        phone.page().locator("main a[href='" + home + "/messages']").click();
        phone.page().locator("a[href$='/messages/new']").click();
        phone.page().locator("#body").fill("Can I bring my sister on the day?");
        phone.page().locator("form[action$='/messages/new'] button:not([name])").click();
        phone.page().locator(".app-message--own").waitFor();
        assertTrue(phone.page().locator("main").innerText().contains("Nobody has read this yet"));
        theUnitSees("Somebody has written");
        send(desk, "/staff/messages/");
        until(desk, "main", "Can I bring my sister on the day?");
        desk.assertFine();
        desk.page().locator("#body").fill("Yes. Come to the side entrance.");
        send(desk, "/reply");
        desk.page().locator(".govuk-notification-banner").waitFor();
        desk.page().navigate("/staff");
        assertEquals(0, row("Somebody has written").count(), "answered, it is no work any more");
        phone.page().navigate(home + "/messages");
        assertTrue(phone.page().locator("main").innerText().contains("Come to the side entrance"));
        phone.assertFine();
    }

    private void leave(String home) {
        phone.context().route("https://www.bbc.co.uk/**", route -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
            .setBody("<title>Weather</title>")));
        phone.page().locator(".govuk-exit-this-page__button").first().click();
        phone.page().waitForURL("https://www.bbc.co.uk/**");
        phone.page().navigate(waymark.base() + home);
        assertTrue(phone.page().url().contains("/sign-in"), phone.page().url());
        assertFalse(phone.page().content().contains("sister"));
    }

    /** Whoever takes it on reads what to say and the number, rings, and puts down how it went; the person's page says so. */
    private void theUnitRings(String home) {
        theUnitSees("Somebody would like to be rung");
        String known = desk.page().locator("main").innerText();
        assertTrue(known.contains("Where do I wait on the day?") && known.contains(MOBILE), known);
        desk.page().locator("input[name=outcome][value=spoken]").check();
        desk.page().locator("#note").fill("Told them about the waiting room for witnesses.");
        send(desk, "/staff/calls/");
        desk.page().locator(".govuk-notification-banner").waitFor();
        assertEquals(0, row("Somebody would like to be rung").count(), "rung, it is no work any more");
        phone.page().navigate(home + "/calls");
        assertTrue(phone.page().locator("main").innerText().contains("Dealt with"), phone.page().locator("main").innerText());
        phone.assertFine();
    }

    /** What came of the step is in the queue; whoever takes it on sees what it is about, and completes it. */
    private void theUnitDeals(String what) {
        theUnitSees(what);
        desk.page().locator("#outcome").check();
        desk.page().locator("#note").fill("Put down by the test.");
        send(desk, "/done");
        assertTrue(desk.page().locator(".govuk-notification-banner").innerText().contains("completed"));
        assertEquals(0, row(what).count(), what + " is still there");
    }

    private void theUnitSees(String what) {
        SignUp.drain(this);
        desk.page().navigate("/staff");
        assertEquals(1, row(what).count(), what + " in " + desk.page().locator("main").innerText());
        row(what).locator("button").click();
        until(desk, "h1", what);
        desk.assertFine();
    }

    private Locator row(String what) {
        return desk.page().locator("tbody tr").filter(new Locator.FilterOptions().setHasText(what));
    }

    /** Until the page that a press leads to is there: what was read before would be the page before. */
    private static void until(Tab tab, String selector, String text) {
        tab.page().locator(selector).filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
    }

    /** Presses the button of the form whose address has this in it. */
    private static void send(Tab tab, String action) {
        Page page = tab.page();
        page.locator("main form[action*='" + action + "'] button[type=submit]").last().click();
    }
}
