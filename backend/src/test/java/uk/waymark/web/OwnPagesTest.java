package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

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
}
