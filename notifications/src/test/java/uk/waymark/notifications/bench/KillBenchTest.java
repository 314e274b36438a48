package uk.waymark.notifications.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short run of the kill benchmark; {@code ./waymark bench kill} is the long one. */
class KillBenchTest {

    @Test
    @Tag("slow")
    void whatever_is_killed_nothing_is_lost_and_nothing_sent_twice() throws Exception {
        long seed = System.nanoTime() % 1_000_000_000;
        KillResult result = new KillBench(300, 10, seed).run();
        assertEquals(0, result.lost(), result.json(seed));
        assertEquals(0, result.duplicated(), result.json(seed));
        assertEquals(300, result.figures().get("messages"));
        assertTrue((long) result.figures().get("attempts_lost_sight_of") > 0, result.json(seed));
    }
}
