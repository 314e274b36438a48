package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.Browser;
import uk.waymark.testing.Browser.Size;
import uk.waymark.testing.Browser.Tab;
import uk.waymark.testing.Pictures;
import uk.waymark.testing.SignUp;

/** Pages with people and staff signed in, for Chromium to look at. */
public abstract class LookedAt extends StaffWebTest {
    private final Map<String, Map<String, String>> cookies = new HashMap<>();
    private Browser browser;
    private int activated;
    private Instant began;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("probe", "true");
    }

    @BeforeAll
    public void signIn() {
        browser = Browser.start(waymark.base());
        person(PagesUnderTest.PERSON, "+447700900490", Map.of());
        date(PagesUnderTest.PERSON);
        Surf theirs = surf();
        activate(theirs, PagesUnderTest.PERSON, "+447700900490").expect(200);
        cookies.put(PagesUnderTest.PERSON, Map.copyOf(theirs.cookies()));
        person("waits", "+447700900491", Map.of("mobile_safe", "unsafe"));
        waitForStaff();
        Surf desk = surf();
        signInAsStaff(desk, "northmoor", "supervisor");
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("bad-look", reference("look"),
            "2026-10-01T10:00:00Z", "hearing_listed", Map.of("kind", "trial"))))).expect(200);
        cookies.put(PagesUnderTest.STAFF, Map.copyOf(desk.cookies()));
        cookies.put(PagesUnderTest.NOBODY, Map.of());
        began = clocks.machineNow();
    }

    /** Somebody who has written and asked for a call. */
    private void waitForStaff() {
        person("asks", "+447700900492", Map.of());
        Api theirs = api().as(SignUp.person(this, "asks"));
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
        // hundreds of looks take longer than staff may be idle, or than a sign-in is fresh: for who is signed in no time goes by
        // but not where staff sign in: what their provider gives them has its own time
        clocks.machineTime().moveTo(page.as().equals(PagesUnderTest.LEAVING) ? Instant.now() : began);
        Tab tab = browser.open(size, language, javaScript);
        try {
            as(page.as()).forEach((name, value) -> tab.context().addCookies(List.of(cookie(name, value))));
            // the person's own language comes before the browser's: so it is chosen
            tab.context().addCookies(List.of(cookie(Visits.LANGUAGE, language)));
            bean(Rendered.class).forget();
            page.way().go(tab, this);
            tab.page().locator("h1").waitFor();
            assertTrue(bean(Rendered.class).endsWith(page.template()), () -> "another page than the one to be looked at: " + tab.page().url());
            return tab;
        } catch (AssertionError | RuntimeException e) {
            tab.close();
            throw e;
        }
    }

    /** The cookies of somebody who is signed in: prepared by the first page that wants them. */
    private Map<String, String> as(String who) {
        if (who.equals(PagesUnderTest.LEAVING)) {
            Surf desk = surf();
            signInAsStaff(desk, "northmoor", "supervisor").expect(200);
            return desk.cookies();
        }
        return cookies.computeIfAbsent(who, w -> {
            Surf theirs = surf();
            switch (w) {
                case PagesUnderTest.TWO -> withTwoCases(theirs);
                case PagesUnderTest.TALKS -> withAnswer(theirs);
                case PagesUnderTest.NO_PIN -> {
                    flagged(w, "+447700900495", Map.of());
                    activate(theirs, w, "+447700900495").expect(200);
                }
                default -> withDate(theirs, w);
            }
            return Map.copyOf(theirs.cookies());
        });
    }

    /** Takes an invitation up in a case with a flag, somebody else each time, and chooses no PIN with the code. */
    public void activatesWithoutPin(Tab tab) {
        String id = "first" + ++activated;
        String mobile = "+4477009008" + (89 + activated);
        flagged(id, mobile, Map.of());
        tab.page().navigate("/activate");
        tab.page().locator("#invitation").fill(invitation(id));
        tab.page().locator("#reference").fill(reference(id));
        tab.page().locator("#mobile").fill(mobile);
        tab.page().locator("main form[action='/activate'] button").click();
        tab.page().locator("#code").waitFor();
        tab.page().locator("#code").fill(code(mobile));
        tab.page().locator("main form[action='/sign-in/code'] button").click();
        tab.page().locator("button[value=later]").waitFor();
    }

    /** Somebody of a test's own, whose session may end in it. */
    private void withDate(Surf theirs, String id) {
        String mobile = "+4477009008" + (10 + cookies.size());
        person(id, mobile, Map.of());
        date(id);
        activate(theirs, id, mobile).expect(200);
    }

    private void withTwoCases(Surf theirs) {
        person(PagesUnderTest.TWO, "+447700900493", Map.of());
        String at = bean(CaseClock.class).instant().minusSeconds(3_600).toString();
        String before = bean(CaseClock.class).instant().minusSeconds(36_000).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(
            Batches.recorded("e-two-2", "NM/TWO/2", before, Batches.victim(PagesUnderTest.TWO, "+447700900493")),
            hard("two-1", reference(PagesUnderTest.TWO), at), hard("two-2", "NM/TWO/2", at)))).expect(200);
        SignUp.drain(this);
        activate(theirs, PagesUnderTest.TWO, "+447700900493").expect(200);
    }

    private static Map<String, Object> hard(String id, String reference, String at) {
        return Batches.event(id, reference, at, "sentence", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Four years.")));
    }

    /** Somebody who has sent a picture and has been answered. */
    private void withAnswer(Surf theirs) {
        person(PagesUnderTest.TALKS, "+447700900494", Map.of());
        String messages = activate(theirs, PagesUnderTest.TALKS, "+447700900494").expect(200).path() + "/messages";
        var fields = new HashMap<>(theirs.get(messages + "/new").expect(200).hidden(messages + "/new"));
        fields.put("body", "This was on the door.\nWhat do I do with it?");
        theirs.upload(messages + "/new", fields, "file", Map.of("door.jpg", Pictures.jpeg())).expect(200);
        Api staff = api().as(staffToken("witness_care", "northmoor")).with("Waymark-Reason", "enquiry");
        for (var one : staff.get("/v1/staff/conversations?limit=100").expect(200).body().path("items")) {
            if (one.path("case_id").asText().equals(messages.split("/")[2])) {
                String conversation = "/v1/staff/conversations/" + one.path("id").asText();
                staff.get(conversation).expect(200);
                staff.post(conversation + "/messages", Map.of("body", "Leave it there. Somebody comes today.")).expect(201);
            }
        }
    }

    /** Ends the session of a browser as time would, behind its back. */
    public void endSession(Tab tab) {
        tab.context().cookies(waymark.base().toString().replace("http:", "https:")).stream().filter(c -> c.name.equals(Visits.COOKIE))
            .forEach(c -> bean(PageSessions.class).end(c.value));
    }

    /** What was typed, as a page that asks to sign in carries it. */
    public String carried(Map<String, String> what) {
        return bean(Carried.class).pack(what);
    }

    /** @param wanted whether staff have to say why they read: {@code required} or {@code asked} */
    public void reasons(String wanted) {
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.force set read_reasons = ? where code = 'northmoor'", wanted);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String caseOf(String id) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select pa.case_id from waymark.participant pa join waymark.person p on p.id = pa.person_id where p.source_person_id = ?""",
            r -> r.getString("case_id"), id).orElseThrow());
    }

    /** The id of what waits for staff about somebody: made by the first page that wants it. */
    public String item(String kind, String id) {
        return found(kind, id).orElseGet(() -> {
            switch (id) {
                case "busy" -> busy();
                case "vain" -> inVain();
                default -> flagged();
            }
            return found(kind, id).orElseThrow();
        });
    }

    private Optional<String> found(String kind, String id) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select w.id from waymark.work_item w join waymark.person p on p.id = w.person_id
             where w.kind = ? and p.source_person_id = ? and w.completed_at is null""", r -> r.getString("id"), kind, id));
    }

    /** @return the id of a call that somebody has asked for */
    private String asksForCall(String id, String mobile) {
        person(id, mobile, Map.of());
        return api().as(SignUp.person(this, id)).post("/v1/me/cases/" + caseOf(id) + "/call-backs", Map.of("reason", "question"))
            .expect(201).at("/id");
    }

    /** A call that somebody else has taken on. */
    private void busy() {
        asksForCall("busy", "+447700900496");
        api().as(staffToken("witness_care", "northmoor")).post("/v1/staff/queue/" + found("call_wanted", "busy").orElseThrow() + "/claim",
            null).expect(200);
    }

    /** A call that somebody else answered: a supervisor decides. */
    private void inVain() {
        String call = "/v1/staff/call-backs/" + asksForCall("vain", "+447700900497");
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        staff.post(call + "/claim", null).expect(200);
        staff.post(call + "/attempts", Map.of("outcome", "wrong_person")).expect(201);
    }

    /** What was signed in a case with a flag: somebody asks on a safe call. */
    private void flagged() {
        flagged("flagged", "+447700900498", Map.of());
        Surf theirs = surf();
        String words = activate(theirs, "flagged", "+447700900498").expect(200).path() + "/words";
        Surf.Seen write = theirs.fill(theirs.get(words + "/before").expect(200), words + "/before", Map.of()).expect(200);
        var action = Pattern.compile("action=\"(" + words + "/[0-9a-f-]{36})\"").matcher(write.text());
        action.find();
        Surf.Seen through = theirs.fill(write, action.group(1), Map.of("go", "look", "language", "en", "text", "He watches my phone."));
        theirs.fill(through, action.group(1) + "/through", Map.of("aloud", "self", "declare", "true")).expect(200);
        Surf.Seen begun = theirs.fill(theirs.get("/contact/where").expect(200), "/contact/where", Map.of("kind", "mobile", "where",
            "07700 900469")).expect(200);
        theirs.fill(begun, begun.path(), Map.of("code", code("+447700900469"))).expect(200);
    }
}
