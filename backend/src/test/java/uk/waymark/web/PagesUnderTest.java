package uk.waymark.web;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import uk.waymark.testing.Browser.Tab;

/** Every page that Chromium looks at. A new page is a line here. */
final class PagesUnderTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(500);

    /** Whose pictures are kept beside the docs: name, width and language. */
    static final Set<String> MAIN = Set.of("start-360-en", "start-360-cy", "sign-in-wrong-360-en", "case-360-en", "case-360-cy",
        "date-360-en", "new-call-360-en", "messages-360-en", "messages-danger-360-en", "new-message-360-cy", "words-write-360-en", "words-through-360-en",
        "contact-360-en", "staff-queue-1280-en", "staff-find-1280-en", "staff-item-1280-en", "staff-week-1280-en");

    private PagesUnderTest() { }

    /** How to get to a page. */
    interface Way {
        /** Goes there. @param tab of a browser that is signed in where {@link Under#who} says so */
        void go(Tab tab);
    }

    /**
     * @param name   as in the file of its picture
     * @param who    who has to be signed in
     * @param sample whether it is looked at in every run of the tests, and not in the whole matrix alone
     */
    record Under(String name, Who who, boolean sample, Way way) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Under> ALL = List.of(
        new Under("start", Who.NOBODY, true, at("/")),
        new Under("sign-in", Who.NOBODY, false, at("/sign-in")),
        new Under("sign-in-wrong", Who.NOBODY, true, tab -> {
            at("/sign-in").go(tab);
            tab.page().locator("#mobile").fill("nonsense");
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("activate", Who.NOBODY, false, at("/activate")),
        new Under("sign-in-code", Who.NOBODY, false, tab -> {
            at("/sign-in").go(tab);
            // another one each time: a number is asked for only so often
            tab.page().locator("#mobile").fill("07700 900" + NUMBERS.incrementAndGet());
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator("#code").waitFor();
        }),
        new Under("not-found", Who.NOBODY, true, at("/nothing-here")),
        new Under("offline", Who.NOBODY, false, at("/offline")),
        new Under("case", Who.PERSON, true, at("/cases")),
        new Under("dates", Who.PERSON, false, ofCase("/dates")),
        new Under("date", Who.PERSON, true, tab -> {
            ofCase("/dates").go(tab);
            tab.page().locator("main h2 a").first().click();
            tab.page().locator("#answer").waitFor();
        }),
        new Under("needs", Who.PERSON, false, ofCase("/day")),
        new Under("away", Who.PERSON, false, ofCase("/away")),
        new Under("contact", Who.PERSON, true, at("/contact")),
        new Under("contact-words", Who.PERSON, false, at("/contact/change/words")),
        new Under("contact-ways", Who.PERSON, false, at("/contact/change/ways")),
        new Under("contact-times", Who.PERSON, false, at("/contact/change/times")),
        new Under("contact-amount", Who.PERSON, false, at("/contact/change/amount")),
        new Under("contact-calls", Who.PERSON, false, at("/contact/change/calls")),
        new Under("contact-help", Who.PERSON, false, at("/contact/change/help")),
        new Under("contact-pause", Who.PERSON, false, at("/contact/pause")),
        new Under("contact-history", Who.PERSON, false, at("/contact/history")),
        new Under("where", Who.PERSON, false, at("/contact/where")),
        new Under("calls", Who.PERSON, false, ofCase("/calls")),
        new Under("new-call", Who.PERSON, true, ofCase("/calls/new")),
        new Under("messages", Who.PERSON, false, ofCase("/messages")),
        new Under("messages-danger", Who.PERSON, true, tab -> {
            ofCase("/messages/new").go(tab);
            tab.page().locator("#body").fill("Can I bring my sister? He is outside my house.");
            tab.page().locator("form[action$='/messages/new'] button:not([name])").click();
            tab.page().locator(".app-message").first().waitFor();
        }),
        new Under("new-message", Who.PERSON, true, tab -> {
            ofCase("/messages/new").go(tab);
            tab.page().locator("button[value=add]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("words", Who.PERSON, false, ofCase("/words")),
        new Under("words-before", Who.PERSON, false, ofCase("/words/before")),
        new Under("words-write", Who.PERSON, true, words("Ring 07700 900123. He should go to prison.", "save")),
        new Under("words-wrong", Who.PERSON, false, tab -> {
            draft().go(tab);
            tab.page().locator("#text").fill("x".repeat(100_001));
            tab.page().locator("button[value=save]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("words-apart", Who.PERSON, false, tab -> {
            words("From one device", "save").go(tab);
            try (var other = tab.context().newPage()) {
                other.navigate("/cases");
                other.navigate(other.url().replaceAll("[?].*", "") + "/words/before");
                other.locator("main ul.govuk-list:not(.govuk-list--bullet) a").first().click();
                other.locator("#text").fill("From the other");
                other.locator("button[value=save]").click();
                other.locator(".govuk-notification-banner").waitFor();
            }
            tab.page().locator("#text").fill("From one device, and more");
            tab.page().locator("button[value=save]").click();
            tab.page().locator("#elsewhere").waitFor();
        }),
        new Under("words-through", Who.PERSON, true, words("I do not sleep.\n\nMy number is 07700 900123.", "look")),
        new Under("words-signed", Who.PERSON, true, signed()),
        new Under("words-aloud", Who.PERSON, false, tab -> {
            signed().go(tab);
            tab.page().locator("a[href$=aloud]").click();
            tab.page().locator("#aloud").waitFor();
        }),
        new Under("yours", Who.PERSON, false, at("/yours")),
        new Under("pin", Who.PERSON, false, at("/yours/pin")),
        new Under("lists", Who.PERSON, false, at("/yours/lists")),
        new Under("erase", Who.PERSON, false, at("/yours/erase")),
        new Under("sent", Who.PERSON, true, at("/yours/sent")),
        new Under("looked", Who.PERSON, false, at("/yours/looked")),
        new Under("devices", Who.PERSON, true, at("/yours/devices")),
        new Under("file", Who.PERSON, false, at("/yours/file")),
        new Under("rights", Who.PERSON, false, at("/rights")),
        new Under("help", Who.PERSON, false, at("/help")),
        new Under("staff-sign-in", Who.NOBODY, false, at("/staff/sign-in")),
        new Under("staff-queue", Who.STAFF, true, at("/staff")),
        new Under("staff-find", Who.STAFF, false, at("/staff/find")),
        new Under("staff-item", Who.STAFF, false, tab -> {
            at("/staff").go(tab);
            tab.page().locator("table button").first().click();
            tab.page().locator("#outcome").waitFor();
        }),
        new Under("staff-case", Who.STAFF, false, PagesUnderTest::staffCase),
        new Under("staff-ask", Who.STAFF, false, PagesUnderTest::staffAsk),
        new Under("staff-ask-wrong", Who.STAFF, false, tab -> {
            staffAsk(tab);
            tab.page().locator("form[action$='/calls/new'] button").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("staff-asked", Who.STAFF, false, tab -> {
            staffAsk(tab);
            tab.page().locator("#topic-4").check();
            tab.page().locator("form[action$='/calls/new'] button").click();
            tab.page().locator("main a[href^='/staff/cases/']").waitFor();
        }),
        new Under("staff-kept", Who.STAFF, true, tab -> {
            at("/staff/find").go(tab);
            tab.page().locator("#who").fill(WebTest.reference("waits"));
            tab.page().locator("#reason").check();
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".app-card button").click();
            tab.page().locator("#put-down").click();
            tab.page().locator("#translator").waitFor();
        }),
        new Under("staff-find-wrong", Who.STAFF, false, tab -> {
            at("/staff/find").go(tab);
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("staff-found", Who.STAFF, true, tab -> {
            at("/staff/find").go(tab);
            tab.page().locator("#who").fill("penrose alys");
            tab.page().locator("#reason").check();
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".app-card").first().waitFor();
        }),
        new Under("staff-queue-calls", Who.STAFF, false, at("/staff?group=calls&held=nobody")),
        new Under("staff-give", Who.STAFF, false, tab -> {
            at("/staff").go(tab);
            tab.page().locator("table a").first().click();
            tab.page().locator("#to").waitFor();
        }),
        new Under("staff-messages", Who.STAFF, false, at("/staff/messages")),
        new Under("staff-message", Who.STAFF, true, tab -> {
            at("/staff/messages").go(tab);
            tab.page().locator(".app-card button").first().click();
            if (tab.page().locator("#reason").count() > 0) {
                tab.page().locator("#reason").check();
                tab.page().locator("main button[type=submit]").click();
            }
            tab.page().locator("#body").waitFor();
        }),
        new Under("staff-call", Who.STAFF, true, tab -> {
            at("/staff?group=calls").go(tab);
            tab.page().locator("table button").first().click();
            tab.page().locator("#outcome").waitFor();
        }),
        new Under("staff-away", Who.STAFF, false, at("/staff/away")),
        new Under("staff-work", Who.STAFF, false, at("/staff/work")),
        new Under("staff-week", Who.STAFF, true, at("/staff/week?from=2027-06-08")),
        new Under("staff-date-person", Who.STAFF, true, tab -> {
            at("/staff/week?from=2027-06-08").go(tab);
            tab.page().locator("td a[href*='/people/']").first().click();
            tab.page().locator("#outcome").waitFor();
        }),
        new Under("staff-runs", Who.STAFF, false, at("/staff/runs")),
        new Under("staff-run-check", Who.STAFF, true, PagesUnderTest::checkedList),
        new Under("staff-run", Who.STAFF, false, tab -> {
            at("/staff/runs").go(tab);
            // a list is sent once: whoever comes later looks at how it went
            if (tab.page().locator("th a").count() == 0) {
                checkedList(tab);
                tab.page().locator("form[action='/staff/runs/start'] button").click();
            } else {
                tab.page().locator("th a").first().click();
            }
            tab.page().locator(".app-progress").waitFor();
        }),
        new Under("staff-words", Who.STAFF, false, at("/staff/words")),
        new Under("staff-plan", Who.STAFF, false, at("/staff/plans/trial")),
        new Under("staff-template", Who.STAFF, true, at("/staff/words/reminder_details")),
        new Under("staff-template-wrong", Who.STAFF, false, tab -> {
            at("/staff/words/reminder_details").go(tab);
            tab.page().locator("#en-neutral").fill("The police have news of your case.");
            tab.page().locator("button[value=preview]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("staff-trials", Who.STAFF, false, at("/staff/trials")),
        new Under("staff-systems", Who.STAFF, false, at("/staff/systems")),
        new Under("staff-held", Who.STAFF, false, at("/staff/held")),
        new Under("staff-changes", Who.STAFF, false, at("/staff/changes")),
        new Under("staff-figures", Who.STAFF, true, at("/staff/figures")),
        new Under("staff-figures-calls", Who.STAFF, false, at("/staff/figures?report=calls")),
        new Under("staff-figures-reminders", Who.STAFF, false, at("/staff/figures?report=reminders")));

    /** What the person has begun; there is only so much that can be, so it is gone on with. */
    static Way draft() {
        return tab -> {
            ofCase("/words/before").go(tab);
            var begun = tab.page().locator("main ul.govuk-list:not(.govuk-list--bullet) a");
            (begun.count() > 0 ? begun.first() : tab.page().locator("#begin")).click();
            tab.page().locator("#text").waitFor();
        };
    }

    /** @param go the button: {@code save} or {@code look} */
    static Way words(String text, String go) {
        return tab -> {
            draft().go(tab);
            tab.page().locator("#text").fill(text);
            tab.page().locator("button[value=" + go + "]").click();
            tab.page().locator(go.equals("look") ? "#aloud" : ".govuk-notification-banner").waitFor();
        };
    }

    static Way signed() {
        return tab -> {
            words("I do not sleep.", "look").go(tab);
            tab.page().locator("#aloud").check();
            tab.page().locator("#declare").check();
            tab.page().locator("form[action$=through] button[type=submit]").click();
            tab.page().locator("a[href$=aloud]").waitFor();
        };
    }

    private static void staffCase(Tab tab) {
        at("/staff/find").go(tab);
        tab.page().locator("#who").fill(WebTest.reference("waits"));
        tab.page().locator("#reason").check();
        tab.page().locator("main button[type=submit]").click();
        tab.page().locator(".app-card button").click();
        tab.page().locator("table").first().waitFor();
    }

    private static void staffAsk(Tab tab) {
        staffCase(tab);
        tab.page().locator("form[action$='/calls'] button").click();
        tab.page().locator("#topic").waitFor();
    }

    /** A list of reminders with a good and a bad line, as it is shown before it is sent. */
    private static void checkedList(Tab tab) {
        at("/staff/runs").go(tab);
        String list = "crime_reference,mobile,hearing_date\n" + WebTest.reference("look") + ",07700 900490,2027-06-08\n"
            + WebTest.reference("look") + ",07700 900490,8 June\n";
        tab.page().locator("#file").setInputFiles(new FilePayload("list.csv", "text/csv", list.getBytes(StandardCharsets.UTF_8)));
        tab.page().locator("form[action='/staff/runs/check'] button").first().click();
        tab.page().locator("button[name=table]").waitFor();
    }

    /** A page below the one case of the person. */
    static Way ofCase(String path) {
        return tab -> {
            tab.page().navigate("/cases");
            tab.page().navigate(tab.page().url().replaceAll("[?].*", "") + path);
        };
    }

    static Way at(String path) {
        return tab -> tab.page().navigate(path);
    }
}
