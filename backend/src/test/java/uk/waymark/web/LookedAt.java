package uk.waymark.web;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import uk.waymark.bridge.Batches;
import uk.waymark.testing.Browser;
import uk.waymark.testing.Browser.Size;
import uk.waymark.testing.Browser.Tab;
import uk.waymark.testing.SignUp;

/** Pages with a person and staff signed in, for Chromium to look at. */
public abstract class LookedAt extends StaffWebTest {
    private Browser browser;
    private Map<String, String> person;
    private Map<String, String> staff;

    @BeforeAll
    public void signIn() {
        browser = Browser.start(waymark.base());
        person("look", "+447700900490", Map.of());
        date("look");
        Surf theirs = surf();
        activate(theirs, "look", "+447700900490").expect(200);
        person = Map.copyOf(theirs.cookies());
        person("waits", "+447700900491", Map.of("mobile_safe", "unsafe"));
        waitForStaff();
        Surf desk = surf();
        signInAsStaff(desk, "northmoor", "supervisor");
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("bad-look", reference("look"),
            "2026-10-01T10:00:00Z", "hearing_listed", Map.of("kind", "trial"))))).expect(200);
        staff = Map.copyOf(desk.cookies());
    }

    /** Somebody who has written and asked for a call. */
    private void waitForStaff() {
        person("asks", "+447700900492", Map.of());
        var theirs = api().as(SignUp.person(this, "asks"));
        String mine = "/v1/me/cases/" + theirs.get("/v1/me/cases").expect(200).at("/items/0/id");
        theirs.post(mine + "/messages", Map.of("body", "Can I bring my sister?\nShe is very tall.")).expect(201);
        theirs.post(mine + "/call-backs", Map.of("reason", "not_safe", "word", "Heron", "about", "I hear him outside.")).expect(201);
    }

    @AfterAll
    public void close() {
        if (browser != null) {
            browser.close();
        }
    }

    public Browser browser() {
        return browser;
    }

    /** Looks at one page. @return the tab, for the caller to close */
    public Tab look(PagesUnderTest.Under page, Size size, String language, boolean javaScript) {
        Tab tab = browser.open(size, language, javaScript);
        Map<String, String> cookies = switch (page.who()) {
            case NOBODY -> Map.of();
            case PERSON -> person;
            case STAFF -> staff;
        };
        cookies.forEach((name, value) -> tab.context().addCookies(List.of(cookie(name, value))));
        // the person's own language comes before the browser's: so it is chosen
        tab.context().addCookies(List.of(cookie(Visits.LANGUAGE, language)));
        page.way().go(tab);
        tab.page().locator("h1").waitFor();
        return tab;
    }
}
