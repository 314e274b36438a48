package uk.waymark.web.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import uk.waymark.web.StaffWebTest;
import uk.waymark.web.Surf;
import uk.waymark.web.Visit;

/** How long staff may be away. By itself: what the provider signs is by the real time, which this moves away from. */
class StaffAwayTest extends StaffWebTest {

    @Test
    void aWayOnIsKeptAndAnHourAwayIsTooLong() {
        Surf surf = surf();
        String away = surf.only("/staff/sign-in/at/glanafon?next=" + Visit.encode("/staff?escalated=true")).header("Location");
        assertTrue(away.contains("code_challenge_method=S256"), away);
        Surf.Seen there = surf.get(atProvider(away, "supervisor").replace(waymark.settings().publicUrl().toString(), ""));
        assertEquals("/staff?escalated=true", there.expect(200).path());
        clocks.advanceMachine(Duration.ofMinutes(61));
        assertTrue(surf.get("/staff").path().startsWith("/staff/sign-in"));
    }
}
