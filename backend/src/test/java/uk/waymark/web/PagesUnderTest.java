package uk.waymark.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    static final String NOBODY = "nobody";
    static final String STAFF = "staff";
    /** Staff who sign in anew for each look, since their session ends in it. */
    static final String LEAVING = "leaving";
    /** Somebody with one case, and what of it does not change. */
    static final String PERSON = "look";
    /** Of these each has one thing to show: two cases, news that is hard to read, a conversation with an answer and a file. */
    static final String TWO = "two";
    static final String TALKS = "talks";
    /** Somebody in a case with a flag, who has chosen no PIN yet. */
    static final String NO_PIN = "no-pin";
    private static final String WEEK = "/staff/week?from=2027-06-08";

    private PagesUnderTest() { }

    /** How to get to a page. */
    interface Way {
        /** Goes there. @param tab of a browser that is signed in as {@link Under#as} */
        void go(Tab tab, LookedAt here);
    }

    /**
     * @param name     as in the file of its picture
     * @param template what it is made from, as its file below {@code jte/pages} is called
     * @param as       who has to be signed in: nobody, staff, or a person that {@link LookedAt} has prepared
     * @param sample   whether it is looked at in every run of the tests, and not in the whole matrix alone
     */
    record Under(String name, String template, String as, boolean sample, Way way) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Under> ALL = List.of(
        new Under("start", "start", NOBODY, true, at("/")),
        new Under("sign-in", "signIn", NOBODY, false, at("/sign-in")),
        new Under("sign-in-wrong", "signIn", NOBODY, true, (tab, here) -> {
            at("/sign-in").go(tab, here);
            tab.page().locator("#mobile").fill("nonsense");
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("activate", "activate", NOBODY, false, at("/activate")),
        new Under("sign-in-code", "signInCode", NOBODY, false, (tab, here) -> {
            at("/sign-in").go(tab, here);
            // another one each time: a number is asked for only so often
            tab.page().locator("#mobile").fill("07700 900" + NUMBERS.incrementAndGet());
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator("#code").waitFor();
        }),
        new Under("sign-in-call", "signInCall", NOBODY, false, at("/sign-in/call")),
        new Under("sign-in-call-wrong", "signInCall", NOBODY, true, (tab, here) -> {
            at("/sign-in/call").go(tab, here);
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("not-found", "problem", NOBODY, true, at("/nothing-here")),
        new Under("safety", "signIn", NOBODY, false, (tab, here) -> {
            at("/sign-in").go(tab, here);
            tab.page().locator("main details:not(form details)").first().locator("summary").click();
        }),
        new Under("old-form", "problem", NOBODY, true, (tab, here) -> {
            at("/sign-in").go(tab, here);
            tab.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName(Visits.COOKIE));
            tab.page().locator("#mobile").fill("07700 900123");
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator("#mobile").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }),
        new Under("forbidden", "problem", NOBODY, false, at("/probe/refused/403")),
        new Under("too-large", "problem", NOBODY, false, at("/probe/refused/413")),
        new Under("busy", "problem", NOBODY, false, at("/probe/refused/429")),
        new Under("failed", "problem", NOBODY, true, at("/probe/broken")),
        new Under("offline", "offline", NOBODY, false, at("/offline")),
        new Under("case", "oneCase", PERSON, true, at("/cases")),
        new Under("case-no-pin", "oneCase", NO_PIN, false, at("/cases")),
        new Under("pin-first", "pin", NOBODY, false, (tab, here) -> here.activatesWithoutPin(tab)),
        new Under("dates", "dates", PERSON, false, ofCase("/dates")),
        new Under("date", "oneDate", PERSON, true, (tab, here) -> {
            ofCase("/dates").go(tab, here);
            tab.page().locator("main h2 a").first().click();
            tab.page().locator("#answer").waitFor();
        }),
        new Under("needs", "needs", PERSON, false, ofCase("/day")),
        new Under("away", "away", PERSON, false, ofCase("/away")),
        new Under("contact", "contact", PERSON, true, at("/contact")),
        new Under("contact-words", "contactWords", PERSON, false, at("/contact/change/words")),
        new Under("contact-ways", "contactWays", PERSON, false, at("/contact/change/ways")),
        new Under("contact-times", "contactTimes", PERSON, false, at("/contact/change/times")),
        new Under("contact-amount", "contactAmount", PERSON, false, at("/contact/change/amount")),
        new Under("contact-calls", "contactCalls", PERSON, false, at("/contact/change/calls")),
        new Under("contact-help", "contactHelp", PERSON, false, at("/contact/change/help")),
        new Under("contact-pause", "contactPause", PERSON, false, at("/contact/pause")),
        new Under("contact-history", "contactHistory", PERSON, false, at("/contact/history")),
        new Under("where", "where", PERSON, false, at("/contact/where")),
        new Under("calls", "calls", PERSON, false, ofCase("/calls")),
        new Under("new-call", "newCall", PERSON, true, ofCase("/calls/new")),
        new Under("messages", "messages", PERSON, false, ofCase("/messages")),
        new Under("messages-danger", "messages", PERSON, true, (tab, here) -> {
            ofCase("/messages/new").go(tab, here);
            tab.page().locator("#body").fill("Can I bring my sister? He is outside my house.");
            tab.page().locator("form[action$='/messages/new'] button:not([name])").click();
            tab.page().locator(".app-message").first().waitFor();
        }),
        new Under("new-message", "newMessage", PERSON, true, (tab, here) -> {
            ofCase("/messages/new").go(tab, here);
            tab.page().locator("button[value=add]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("words", "statements", PERSON, false, ofCase("/words")),
        new Under("words-all", "statementsAll", PERSON, false, (tab, here) -> {
            words("I do not sleep.", "save").go(tab, here);
            at("/yours/words").go(tab, here);
        }),
        new Under("words-before", "statementBefore", PERSON, false, ofCase("/words/before")),
        new Under("words-write", "statementWrite", PERSON, true, words("Ring 07700 900123. He should go to prison.", "save")),
        new Under("words-wrong", "statementWrite", PERSON, false, (tab, here) -> {
            draft().go(tab, here);
            tab.page().locator("#text").fill("x".repeat(100_001));
            tab.page().locator("button[value=save]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("words-apart", "statementWrite", PERSON, false, (tab, here) -> {
            words("From one device", "save").go(tab, here);
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
        new Under("words-through", "statementThrough", PERSON, true, words("I do not sleep.\n\nMy number is 07700 900123.", "look")),
        new Under("words-signed", "statementRead", PERSON, true, signed()),
        new Under("words-aloud", "statementAloud", PERSON, false, (tab, here) -> {
            signed().go(tab, here);
            tab.page().locator("a[href$=aloud]").click();
            tab.page().locator("#aloud").waitFor();
        }),
        new Under("yours", "yours", PERSON, false, at("/yours")),
        new Under("pin", "pin", PERSON, false, at("/yours/pin")),
        new Under("lists", "lists", PERSON, false, at("/yours/lists")),
        new Under("erase", "erase", PERSON, false, at("/yours/erase")),
        new Under("sent", "sent", PERSON, true, at("/yours/sent")),
        new Under("looked", "looked", PERSON, false, at("/yours/looked")),
        new Under("devices", "devices", PERSON, true, at("/yours/devices")),
        new Under("file", "takeAway", PERSON, false, at("/yours/file")),
        new Under("rights", "rights", PERSON, false, at("/rights")),
        new Under("help", "help", PERSON, false, at("/help")),
        new Under("cases", "cases", TWO, true, at("/cases")),
        new Under("news", "news", TWO, false, (tab, here) -> {
            at("/cases").go(tab, here);
            tab.page().locator("main h2 a").last().click();
            tab.page().locator("main a[href*='/news/']").first().click();
            tab.page().waitForURL("**/news/*");
        }),
        new Under("one-call", "oneCall", TWO, false, (tab, here) -> {
            at("/cases").go(tab, here);
            String mine = tab.page().locator("main h2 a").last().getAttribute("href");
            at(mine + "/calls").go(tab, here);
            var there = tab.page().locator("main ul a[href*='/calls/']:not([href$=new])");
            // there may be so many at once: whoever comes later looks at the first
            if (there.count() > 0) {
                there.first().click();
            } else {
                at(mine + "/calls/new").go(tab, here);
                tab.page().locator("#reason").check();
                tab.page().locator("main form[action$='/calls/new'] button[type=submit]").click();
            }
            tab.page().locator("form[action$=cancel]").waitFor();
        }),
        new Under("one-where", "oneWhere", TWO, false, (tab, here) -> {
            at("/contact/where").go(tab, here);
            var begun = tab.page().locator("main ul a[href^='/contact/where/']");
            if (begun.count() > 0) {
                begun.first().click();
            } else {
                tab.page().locator("input[name=kind][value=postal_address]").check();
                tab.page().locator("#where").fill("1 High Street\nLeeds\nLS1 1AA");
                tab.page().locator("main form[action='/contact/where'] button[type=submit]").click();
            }
            tab.page().locator("main .govuk-inset-text").waitFor();
        }),
        new Under("messages-answered", "messages", TALKS, false, (tab, here) -> {
            ofCase("/messages").go(tab, here);
            tab.page().locator(".app-message:not(.app-message--own)").first().waitFor();
        }),
        new Under("taken", "taken", TWO, false, (tab, here) -> {
            at("/yours/lists").go(tab, here);
            tab.page().locator("input[name=hidden][value=false]").check();
            tab.page().locator("main form[action='/yours/lists'] button[type=submit]").click();
            tab.page().locator("input[name=hidden]").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }),
        new Under("erased", "erased", TWO, false, (tab, here) -> {
            at("/yours/erase").go(tab, here);
            tab.page().locator("main form[action='/yours/erase'] button[type=submit]").click();
            tab.page().locator("main form[action='/yours/erase']").waitFor(new Locator.WaitForOptions()
                .setState(WaitForSelectorState.DETACHED));
        }),
        new Under("words-throw", "statementThrow", PERSON, false, (tab, here) -> {
            words("I do not sleep.", "save").go(tab, here);
            tab.page().locator("a[href$=throw]").click();
            tab.page().locator("#throw").waitFor();
        }),
        new Under("words-late", "statementLate", PERSON, false, (tab, here) -> {
            draft().go(tab, here);
            try (var other = tab.context().newPage()) {
                other.navigate(tab.page().locator("a[href$=throw]").getAttribute("href"));
                other.locator("#throw").click();
                other.locator("a[href$=before]").waitFor();
            }
            tab.page().locator("#text").fill("Typed too late");
            tab.page().locator("button[value=save]").click();
            tab.page().locator("#text").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }),
        new Under("carry-on", "carryOn", PERSON, false, (tab, here) -> {
            at("/contact/pause").go(tab, here);
            String token = tab.page().locator("main input[name=form_token]").first().inputValue();
            // as it stands in the page that asks to sign in; what it says is sealed
            String packed = here.carried(Map.of(SignInSteps.FORM, "note=My+words", SignInSteps.NEXT, "/contact/pause",
                SignInSteps.OWNER, FormTokens.ownerOf(token)));
            tab.page().locator("main form").first().evaluate("(form, packed) => { form.action = '/carry-on'; const one = "
                + "document.createElement('input'); one.type = 'hidden'; one.name = 'carried'; one.value = packed; form.append(one) }", packed);
            tab.page().locator("main form button").first().click();
            tab.page().locator("main input[name=note]").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        }),
        new Under("staff-sign-in", "staffSignIn", NOBODY, false, at("/staff/sign-in")),
        new Under("staff-queue", "staffQueue", STAFF, true, at("/staff")),
        new Under("staff-find", "staffFind", STAFF, false, at("/staff/find")),
        new Under("staff-item", "staffItem", STAFF, false, (tab, here) -> {
            at("/staff").go(tab, here);
            tab.page().locator("table button").first().click();
            tab.page().locator("#outcome").waitFor();
        }),
        new Under("staff-case", "staffCase", STAFF, false, PagesUnderTest::staffCase),
        new Under("staff-ask", "staffAsk", STAFF, false, PagesUnderTest::staffAsk),
        new Under("staff-ask-wrong", "staffAsk", STAFF, false, (tab, here) -> {
            staffAsk(tab, here);
            tab.page().locator("form[action$='/calls/new'] button").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("staff-asked", "staffAsked", STAFF, false, (tab, here) -> {
            staffAsk(tab, here);
            tab.page().locator("#topic-4").check();
            tab.page().locator("form[action$='/calls/new'] button").click();
            tab.page().locator("main a[href^='/staff/cases/']").waitFor();
        }),
        new Under("staff-kept", "staffKept", STAFF, true, (tab, here) -> {
            staffCase(tab, here);
            tab.page().locator("#put-down").click();
            tab.page().locator("#translator").waitFor();
        }),
        new Under("staff-find-wrong", "staffFind", STAFF, false, (tab, here) -> {
            at("/staff/find").go(tab, here);
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("staff-found", "staffFind", STAFF, true, (tab, here) -> {
            at("/staff/find").go(tab, here);
            tab.page().locator("#who").fill("penrose alys");
            tab.page().locator("#reason").check();
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator(".app-card").first().waitFor();
        }),
        new Under("staff-queue-calls", "staffQueue", STAFF, false, at("/staff?group=calls&held=nobody")),
        new Under("staff-give", "staffGive", STAFF, false, (tab, here) -> {
            at("/staff").go(tab, here);
            tab.page().locator("table a").first().click();
            tab.page().locator("#to").waitFor();
        }),
        new Under("staff-messages", "staffMessages", STAFF, false, at("/staff/messages")),
        new Under("staff-message", "staffMessage", STAFF, true, (tab, here) -> {
            at("/staff/messages").go(tab, here);
            tab.page().locator(".app-card button").first().click();
            if (tab.page().locator("#reason").count() > 0) {
                tab.page().locator("#reason").check();
                tab.page().locator("main button[type=submit]").click();
            }
            tab.page().locator("#body").waitFor();
        }),
        new Under("staff-call", "staffItem", STAFF, true, (tab, here) -> {
            at("/staff?group=calls").go(tab, here);
            tab.page().locator("table button").first().click();
            tab.page().locator("#outcome").waitFor();
        }),
        new Under("staff-away", "staffAway", STAFF, false, at("/staff/away")),
        new Under("staff-work", "staffWork", STAFF, false, at("/staff/work")),
        new Under("staff-week", "staffWeek", STAFF, true, at(WEEK)),
        new Under("staff-week-print", "staffPrint", STAFF, true, at("/staff/week/print?from=2027-06-08")),
        new Under("staff-date-print", "staffPrint", STAFF, false, (tab, here) -> {
            at(WEEK).go(tab, here);
            tab.page().locator("main a[href^='/staff/dates/']:not([href*='/people/'])").first().click();
            tab.page().locator("a[href$='/print']").click();
            tab.page().locator(".app-as-at").waitFor();
        }),
        new Under("staff-date-person", "staffDatePerson", STAFF, true, (tab, here) -> {
            at(WEEK).go(tab, here);
            tab.page().locator("td a[href*='/people/']").first().click();
            tab.page().locator("#outcome").waitFor();
        }),
        new Under("staff-runs", "staffRuns", STAFF, false, at("/staff/runs")),
        new Under("staff-run-check", "staffRunCheck", STAFF, true, PagesUnderTest::checkedList),
        new Under("staff-run", "staffRun", STAFF, false, (tab, here) -> {
            at("/staff/runs").go(tab, here);
            // a list is sent once: whoever comes later looks at how it went
            if (tab.page().locator("th a").count() == 0) {
                checkedList(tab, here);
                tab.page().locator("form[action='/staff/runs/start'] button").click();
            } else {
                tab.page().locator("th a").first().click();
            }
            tab.page().locator(".app-progress").waitFor();
        }),
        new Under("staff-words", "staffWords", STAFF, false, at("/staff/words")),
        new Under("staff-plan", "staffPlan", STAFF, false, at("/staff/plans/trial")),
        new Under("staff-template", "staffTemplate", STAFF, true, at("/staff/words/reminder_details")),
        new Under("staff-template-wrong", "staffTemplate", STAFF, false, (tab, here) -> {
            at("/staff/words/reminder_details").go(tab, here);
            tab.page().locator("#en-neutral").fill("The police have news of your case.");
            tab.page().locator("button[value=preview]").click();
            tab.page().locator(".govuk-error-summary").waitFor();
        }),
        new Under("staff-trials", "staffTrials", STAFF, false, at("/staff/trials")),
        new Under("staff-signed-out", "staffSignedOut", NOBODY, false, at("/staff/signed-out")),
        new Under("staff-session-over", "signedOutStaff", LEAVING, false, (tab, here) -> {
            at("/staff/find").go(tab, here);
            here.endSession(tab);
            tab.page().locator("#who").fill("penrose");
            tab.page().locator("main button[type=submit]").click();
            tab.page().locator("form[action='/carry-on']").waitFor();
        }),
        new Under("staff-reason", "staffReason", STAFF, false, (tab, here) -> {
            here.reasons("required");
            at("/staff/cases/" + here.caseOf("waits")).go(tab, here);
            here.reasons("asked");
            tab.page().locator("#reason").waitFor();
        }),
        new Under("staff-refused", "staffRefused", STAFF, false, (tab, here) -> {
            String item = here.item("call_wanted", "busy");
            at("/staff?group=calls").go(tab, here);
            tab.page().locator("form[action$='" + item + "'] button").click();
            tab.page().locator("form[action^='/staff/items/']").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }),
        new Under("staff-decides", "staffItem", STAFF, false, item("call_back_failed", "vain", "input[name=decision]")),
        new Under("staff-confirms", "staffItem", STAFF, false, item("statement_to_confirm", "flagged", "input[name=confirmed]")),
        new Under("staff-change", "staffItem", STAFF, false, item("contact_change", "flagged", "input[name=decision]")),
        new Under("staff-date", "staffDate", STAFF, false, (tab, here) -> {
            at(WEEK).go(tab, here);
            tab.page().locator("main a[href^='/staff/dates/']:not([href*='/people/'])").first().click();
            tab.page().locator("a[href$='/print']").waitFor();
        }),
        new Under("staff-came", "staffCame", STAFF, false, (tab, here) -> {
            at(WEEK).go(tab, here);
            tab.page().locator("main a[href^='/staff/dates/']:not([href*='/people/'])").first().click();
            tab.page().locator("a[href$='/came']").click();
            tab.page().locator("select").first().waitFor();
        }),
        new Under("staff-trial", "staffTrial", STAFF, false, (tab, here) -> {
            at("/staff/trials").go(tab, here);
            var there = tab.page().locator("main .app-card a[href^='/staff/trials/']");
            if (there.count() == 0) {
                tab.page().locator("#from").fill("2027-07-01");
                tab.page().locator("#to").fill("2027-07-31");
                tab.page().locator("#share").check();
                tab.page().locator("#approved_by").fill("Head of unit");
                tab.page().locator("main form[action='/staff/trials'] button[type=submit]").click();
            }
            there.first().click();
            tab.page().waitForURL("**/staff/trials/*");
        }),
        new Under("staff-systems", "staffSystems", STAFF, false, at("/staff/systems")),
        new Under("staff-held", "staffHeld", STAFF, false, at("/staff/held")),
        new Under("staff-changes", "staffChanges", STAFF, false, at("/staff/changes")),
        new Under("staff-figures", "staffFigures", STAFF, true, at("/staff/figures")),
        new Under("staff-figures-calls", "staffFigures", STAFF, false, at("/staff/figures?report=calls")),
        new Under("staff-figures-reminders", "staffFigures", STAFF, false, at("/staff/figures?report=reminders")));

    /** One item of the queue, taken on by whoever looks. @param shown what is there then */
    private static Way item(String kind, String person, String shown) {
        return (tab, here) -> {
            String item = here.item(kind, person);
            at("/staff").go(tab, here);
            tab.page().locator("form[action$='" + item + "'] button").click();
            tab.page().locator(shown).first().waitFor();
        };
    }

    /** What the person has begun; there is only so much that can be, so it is gone on with. */
    static Way draft() {
        return (tab, here) -> {
            ofCase("/words/before").go(tab, here);
            var begun = tab.page().locator("main ul.govuk-list:not(.govuk-list--bullet) a");
            (begun.count() > 0 ? begun.first() : tab.page().locator("#begin")).click();
            tab.page().locator("#text").waitFor();
        };
    }

    /** @param go the button: {@code save} or {@code look} */
    static Way words(String text, String go) {
        return (tab, here) -> {
            draft().go(tab, here);
            tab.page().locator("#text").fill(text);
            tab.page().locator("button[value=" + go + "]").click();
            tab.page().locator(go.equals("look") ? "#aloud" : ".govuk-notification-banner").waitFor();
        };
    }

    static Way signed() {
        return (tab, here) -> {
            words("I do not sleep.", "look").go(tab, here);
            tab.page().locator("#aloud").check();
            tab.page().locator("#declare").check();
            tab.page().locator("form[action$=through] button[type=submit]").click();
            tab.page().locator("a[href$=aloud]").waitFor();
        };
    }

    private static void staffCase(Tab tab, LookedAt here) {
        at("/staff/find").go(tab, here);
        tab.page().locator("#who").fill(WebTest.reference("waits"));
        tab.page().locator("#reason").check();
        tab.page().locator("main button[type=submit]").click();
        tab.page().locator(".app-card button").click();
        tab.page().locator("table").first().waitFor();
    }

    private static void staffAsk(Tab tab, LookedAt here) {
        staffCase(tab, here);
        tab.page().locator("form[action$='/calls'] button").click();
        tab.page().locator("#topic").waitFor();
    }

    /** A list of reminders with a good and a bad line, as it is shown before it is sent. */
    private static void checkedList(Tab tab, LookedAt here) {
        at("/staff/runs").go(tab, here);
        String list = "crime_reference,mobile,hearing_date\n" + WebTest.reference("look") + ",07700 900490,2027-06-08\n"
            + WebTest.reference("look") + ",07700 900490,8 June\n";
        tab.page().locator("#file").setInputFiles(new FilePayload("list.csv", "text/csv", list.getBytes(StandardCharsets.UTF_8)));
        tab.page().locator("form[action='/staff/runs/check'] button").first().click();
        tab.page().locator("button[name=table]").waitFor();
    }

    /** A page below the one case of the person. */
    static Way ofCase(String path) {
        return (tab, here) -> {
            tab.page().navigate("/cases");
            tab.page().navigate(tab.page().url().replaceAll("[?].*", "") + path);
        };
    }

    static Way at(String path) {
        return (tab, here) -> tab.page().navigate(path);
    }
}
