package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;

/** The PIN, what lists show, what is to be erased, and what was sent. */
class OwnPagesTest extends WebTest {
    private static final Pattern READ = Pattern.compile("action=\"(/yours/sent/[0-9a-f-]{36})\"");

    @Test
    void aPinIsSetChangedAndRemovedAndNeverShown() {
        person("pin", "+447700900641", Map.of());
        Surf surf = surf();
        activate(surf, "pin", "+447700900641").expect(200);
        Surf.Seen page = surf.get("/yours/pin").expect(200);
        assertTrue(page.text().contains("You have no PIN.") && !page.text().contains("/yours/pin/remove"), page.text());
        assertTrue(surf.fill(page, "/yours/pin", Map.of()).expect(422).text().contains("id=\"pin-error\""));
        Surf.Seen weak = surf.fill(page, "/yours/pin", Map.of("pin", "1234")).expect(422);
        assertTrue(weak.text().contains("Choose another PIN") && !weak.text().contains("1234"), weak.text());
        assertTrue(surf.fill(weak, "/yours/pin", Map.of("pin", "7392")).expect(200).text().contains("Your PIN is set"));
        Surf.Seen there = surf.get("/yours/pin").expect(200);
        assertTrue(there.text().contains("You have a PIN."));
        assertTrue(surf.fill(there, "/yours/pin/remove", Map.of()).expect(200).text().contains("There is no PIN now"));
        clocks.advanceMachine(Duration.ofMinutes(6));
        Surf.Seen door = surf.get("/yours/pin").expect(200);
        assertTrue(door.path().startsWith("/sign-in?again=true"), "before a PIN is typed: " + door.path());
        Surf.Seen kept = surf.fill(there, "/yours/pin", Map.of("pin", "7392")).expect(401);
        Surf.Seen code = surf.fill(kept, "/sign-in", Map.of("mobile", "07700 900641")).expect(200);
        Surf.Seen on = surf.fill(code, "/sign-in/code", Map.of("code", code("+447700900641"))).expect(200);
        assertFalse(on.text().contains("7392"), "a PIN is carried nowhere");
        assertTrue(surf.fill(on, "/yours/pin", Map.of()).expect(422).text().contains("id=\"pin-error\""));
    }

    @Test
    void listsAreHiddenAtOnceAndShownAfterAFreshSignIn() {
        person("lis", "+447700900642", Map.of());
        Surf surf = surf();
        activate(surf, "lis", "+447700900642").expect(200);
        Surf.Seen page = surf.get("/yours/lists").expect(200);
        assertTrue(surf.fill(page, "/yours/lists", Map.of()).expect(422).text().contains("id=\"hidden-error\""));
        clocks.advanceMachine(Duration.ofMinutes(6));
        assertTrue(surf.get("/yours/sent").text().contains("Text message: "));
        assertTrue(surf.fill(surf.get("/yours/devices"), "/yours/lists", Map.of()).expect(200).text().contains("The lists are hidden"));
        assertFalse(surf.get("/yours/sent").text().contains("Text message: "));
        surf.fill(page, "/yours/lists", Map.of("hidden", "false")).expect(401);
    }

    @Test
    void erasureIsAskedForAndSaysWhatIsKept() {
        person("era", "+447700900643", Map.of());
        Surf surf = surf();
        activate(surf, "era", "+447700900643").expect(200);
        Surf.Seen asked = surf.fill(surf.get("/yours/erase").expect(200), "/yours/erase", Map.of()).expect(200);
        assertTrue(asked.text().contains("Somebody will ring you first") && asked.text().contains("Data Protection Act 2018"),
            asked.text());
        assertTrue(surf.get("/yours").text().contains("href=\"/yours/erase\""));
    }

    @Test
    void whatWasSentIsReadAndSaidToBe() {
        person("sen", "+447700900644", Map.of());
        Surf surf = surf();
        activate(surf, "sen", "+447700900644").expect(200);
        Surf.Seen list = surf.get("/yours/sent").expect(200);
        assertTrue(list.text().contains("Text message: ") && list.text().contains("Its words are not kept."), list.text());
        var read = READ.matcher(list.text());
        assertTrue(read.find(), list.text());
        assertTrue(surf.fill(list, read.group(1), Map.of()).expect(200).text().contains("You said that you have read it"));
    }

    /** What staff read out once somebody has said the agreed word. @param what {@code sign-in-codes} or {@code pin-reset} */
    private String readOut(String id, String what) {
        UUID person = acting().as(worker("northmoor"), (Connection c) -> {
            UUID found = Sql.one(c, "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id"), id).orElseThrow();
            var choices = new ContactChoices(null, null, null, null, null, null, "Heron", null, null, null, null, null, null, true);
            Sql.run(c, "insert into waymark.contact_choice (person_id, force_id, choices) values (?, ?, ?) on conflict do nothing", found,
                force("northmoor"), bean(ContactChoicesStore.class).seal(found, choices));
            return found;
        });
        return api().as(staffToken("supervisor", "northmoor")).post("/v1/staff/people/" + person + "/" + what,
            Map.of("agreed_word", "heron", "call", Map.of())).expect(201).at("/code");
    }

    private Surf.Seen withPin(Surf surf, String id, String mobile, String pin) {
        activate(surf, id, mobile).expect(200);
        return surf.fill(surf.get("/yours/pin").expect(200), "/yours/pin", Map.of("pin", pin)).expect(200);
    }

    @Test
    void whoHasNoSafeNumberSignsInWithTheReferenceAndACodeFromACall() {
        person("cal", "+447700900645", Map.of());
        Surf surf = surf();
        assertTrue(surf.get("/sign-in").expect(200).text().contains("href=\"/sign-in/call\""));
        Surf.Seen form = surf.get("/sign-in/call").expect(200);
        Surf.Seen empty = surf.fill(form, "/sign-in/call", Map.of("code", "")).expect(422);
        assertTrue(empty.text().contains("id=\"code-error\"") && empty.text().contains("id=\"reference-error\""), empty.text());
        String code = readOut("cal", "sign-in-codes");
        Surf.Seen other = surf.fill(empty, "/sign-in/call", Map.of("code", code, "reference", "NM/NOBODY/1", "pin", "7392")).expect(422);
        assertTrue(other.text().contains("This does not fit") && other.text().contains("value=\"" + code + "\"")
            && other.text().contains("value=\"NM/NOBODY/1\"") && !other.text().contains("7392"), other.text());
        Surf.Seen mine = surf.fill(other, "/sign-in/call", Map.of("code", code, "reference", reference("cal"))).expect(200);
        assertTrue(mine.path().startsWith("/cases/"), mine.path());
    }

    @Test
    void aCodeFromACallTakesThePinAndIsNotTriedWithoutIt() {
        person("cpn", "+447700900646", Map.of());
        withPin(surf(), "cpn", "+447700900646", "7392");
        Surf surf = surf();
        Surf.Seen asked = surf.fill(surf.get("/sign-in"), "/sign-in", Map.of("mobile", "07700 900646")).expect(200);
        String code = readOut("cpn", "sign-in-codes");
        Surf.Seen here = surf.fill(asked, "/sign-in/code", Map.of("code", code.replace(" ", "-"))).expect(200);
        assertTrue(here.text().contains("Enter the code from the call") && !here.text().contains("error") && !here.text().contains("900646")
            && here.text().contains("href=\"/sign-in/call?lang=cy\""), here.text());
        assertEquals(0, failures("cpn"), "nothing was tried");
        Surf.Seen wrong = surf.fill(here, "/sign-in/call", Map.of("code", code, "pin", "8136")).expect(422);
        assertTrue(wrong.text().contains("id=\"code-error\"") && !wrong.text().contains("8136"), wrong.text());
        assertEquals(1, failures("cpn"));
        Surf.Seen kept = surf.fill(wrong, "/sign-in/call", Map.of("code", code, "pin", "7392", "new_pin", "8136")).expect(200);
        assertTrue(kept.text().contains("You have a PIN already, and it stays"), kept.text());
        assertTrue(surf.fill(kept, "/yours/pin", Map.of("go", "later")).expect(200).path().startsWith("/cases/"));
        // from the page that says that no code has come, too
        Surf.Seen waits = surf.fill(surf.get("/sign-in"), "/sign-in", Map.of("mobile", "07700 900646")).expect(200);
        Surf.Seen there = surf.fill(waits, "/sign-in/call", Map.of()).expect(200);
        assertFalse(there.text().contains("id=\"mobile\"") || there.text().contains("error"), "the number has been typed");
        assertTrue(surf.fill(there, "/sign-in/call", Map.of("code", readOut("cpn", "sign-in-codes"), "pin", "7392")).expect(200).path()
            .startsWith("/cases/"));
    }

    private int failures(String id) {
        try (var c = database.superuser()) {
            return Sql.one(c, """
                select s.failures from waymark.spoken_code s join waymark.person p on p.id = s.person_id
                 where p.source_person_id = ? order by s.id desc limit 1""", r -> r.getInt(1), id).orElseThrow();
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterAResetTheNewPinIsChosenWithTheCode() {
        person("rst", "+447700900647", Map.of());
        withPin(surf(), "rst", "+447700900647", "7392");
        Surf surf = surf();
        String code = readOut("rst", "pin-reset");
        Surf.Seen none = surf.fill(surf.get("/sign-in/call"), "/sign-in/call", Map.of("code", code, "mobile", "07700 900647")).expect(422);
        assertTrue(none.text().contains("id=\"new_pin-error\"") && none.text().contains("id=\"new_pin\""), none.text());
        Surf.Seen mine = surf.fill(none, "/sign-in/call", Map.of("code", code, "mobile", "07700 900647", "new_pin", "8136")).expect(200);
        assertTrue(mine.path().startsWith("/cases/"), mine.path());
        clocks.advanceMachine(Duration.ofMinutes(11));
        Surf again = surf();
        Surf.Seen asked = again.fill(again.get("/sign-in"), "/sign-in", Map.of("mobile", "07700 900647", "pin", "8136")).expect(200);
        assertTrue(again.fill(asked, "/sign-in/code", Map.of("code", code("+447700900647"))).expect(200).path().startsWith("/cases/"));
    }

    private Surf.Seen first(Surf surf, String id, String mobile, String pin) {
        Surf.Seen asked = surf.fill(surf.get("/activate").expect(200), "/activate", Map.of("invitation", invitation(id), "reference",
            reference(id), "mobile", mobile)).expect(200);
        return surf.fill(asked, "/sign-in/code", Map.of("code", code(mobile), "pin", pin));
    }

    @Test
    void whoCannotSignInAgainWithoutAPinIsToldAtOnceAndOnTheCase() {
        flagged("nop", "+447700900648", Map.of());
        Surf surf = surf();
        Surf.Seen told = first(surf, "nop", "+447700900648", "").expect(200);
        assertTrue(told.text().contains("Choose a PIN now. Without one you cannot sign in again.")
            && told.text().contains("href=\"/yours/pin?lang=cy\""), told.text());
        assertTrue(surf.get("/yours/pin?lang=cy").expect(200).text().contains("Dewiswch PIN nawr."));
        surf.get("/yours?lang=en").expect(200);
        Surf.Seen mine = surf.fill(told, "/yours/pin", Map.of("go", "later")).expect(200);
        assertTrue(mine.path().startsWith("/cases/") && mine.text().contains("You need a PIN before you can sign in again"), mine.text());
        Surf.Seen weak = surf.fill(told, "/yours/pin", Map.of("pin", "1234")).expect(422);
        Surf.Seen set = surf.fill(weak, "/yours/pin", Map.of("pin", "7392")).expect(200);
        assertTrue(set.text().contains("Your PIN is set") && set.text().contains("href=\"/cases\""), set.text());
        assertFalse(surf.get(mine.path()).expect(200).text().contains("You need a PIN"));
    }

    @Test
    void aPinThatWasNotTakenIsSaidToBeSo() {
        flagged("bir", "+447700900649", Map.of("date_of_birth", "1991-05-17"));
        Surf surf = surf();
        Surf.Seen told = first(surf, "bir", "+447700900649", "170591").expect(200);
        assertTrue(told.text().contains("The PIN that you chose was not taken.") && told.text().contains("Choose a PIN now.")
            && !told.text().contains("170591"), told.text());
        // with nothing to keep them from signing in again they are told all the same
        person("bif", "+447700900651", Map.of("date_of_birth", "1991-05-17"));
        Surf.Seen free = first(surf(), "bif", "+447700900651", "170591").expect(200);
        assertTrue(free.text().contains("The PIN that you chose was not taken.") && !free.text().contains("Choose a PIN now."), free.text());
        person("tak", "+447700900652", Map.of());
        assertTrue(first(surf(), "tak", "+447700900652", "7392").expect(200).path().startsWith("/cases/"));
    }

    @Test
    void anEasyPinIsAskedForAnotherOnceItHasBeenTyped() {
        person("eas", "+447700900653", Map.of());
        withPin(surf(), "eas", "+447700900653", "170591");
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("b-eas", reference("eas"),
            bean(CaseClock.class).instant().minusSeconds(60).toString(), "person_changed", Map.of("source_person_id", "eas",
                "date_of_birth", "1991-05-17"))))).expect(200);
        SignUp.drain(this);
        clocks.advanceMachine(Duration.ofMinutes(11));
        Surf surf = surf();
        surf.get("/contact"); // where they were going
        Surf.Seen asked = surf.fill(surf.get("/contact"), "/sign-in", Map.of("mobile", "07700 900653", "pin", "170591")).expect(200);
        Surf.Seen told = surf.fill(asked, "/sign-in/code", Map.of("code", code("+447700900653"))).expect(200);
        assertTrue(told.text().contains("Please choose another PIN now."), told.text());
        assertFalse(surf.get("/yours/pin").expect(200).text().contains("Please choose another PIN"), "only to who has just typed it");
        assertEquals("/contact", surf.fill(told, "/yours/pin", Map.of("go", "later")).expect(200).path());
        Surf.Seen set = surf.fill(told, "/yours/pin", Map.of("pin", "8136", "present_pin", "170591")).expect(200);
        assertTrue(set.text().contains("href=\"/contact\""), set.text());
    }

    @Test
    void whatWasTypedGoesThroughACodeFromACallAndAPinToChoose() {
        person("thr", "+447700900654", Map.of());
        Surf surf = surf();
        activate(surf, "thr", "+447700900654").expect(200);
        Surf.Seen form = surf.get("/yours/lists").expect(200);
        clocks.advanceMachine(Duration.ofDays(31));
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("f-thr", reference("thr"),
            bean(CaseClock.class).instant().minusSeconds(60).toString(), "case_changed", Map.of("flags", List.of("stalking")))))).expect(200);
        Surf.Seen ended = surf.fill(form, "/yours/lists", Map.of("hidden", "true")).expect(401);
        Surf.Seen call = surf.fill(ended, "/sign-in/call", Map.of()).expect(200);
        Surf.Seen told = surf.fill(call, "/sign-in/call", Map.of("code", readOut("thr", "sign-in-codes"), "reference", reference("thr")))
            .expect(200);
        assertTrue(told.text().contains("Choose a PIN now."), told.text());
        Surf.Seen on = surf.fill(told, "/yours/pin", Map.of("pin", "7392")).expect(200);
        assertTrue(on.text().contains("You are signed in again") && on.text().contains("Your PIN is set"), on.text());
        assertTrue(surf.fill(on, "/yours/lists", Map.of()).expect(200).text().contains("The lists are hidden"));
    }
}
