package uk.waymark.conversations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import uk.waymark.conversations.UsualTime.Wait;

class UsualTimeTest {
    private static final int LEAST = 5;

    private static List<Wait> answered(long... minutes) {
        var waits = new ArrayList<Wait>();
        for (long m : minutes) {
            waits.add(new Wait(m, true));
        }
        return waits;
    }

    @Test
    void halfOfThemHadTheirsWithinIt() {
        assertEquals(OptionalLong.of(30), UsualTime.median(answered(10, 20, 30, 40, 50), LEAST));
        assertEquals(OptionalLong.empty(), UsualTime.median(answered(10, 20, 30, 40), LEAST), "too few");
    }

    @Test
    void whoIsStillWaitingCounts() {
        List<Wait> waits = answered(10, 20, 30, 40, 50);
        for (int i = 0; i < 4; i++) {
            waits.add(new Wait(10_000, false));
        }
        assertEquals(OptionalLong.of(50), UsualTime.median(waits, LEAST));
        waits.add(new Wait(10_000, false));
        assertEquals(OptionalLong.of(50), UsualTime.median(waits, LEAST), "just half");
        waits.add(new Wait(10_000, false));
        assertEquals(OptionalLong.empty(), UsualTime.median(waits, LEAST), "more than half wait still");
    }

    @Test
    void whoHasJustWrittenSaysNothing() {
        List<Wait> waits = answered(60, 60, 60, 60, 120);
        waits.add(new Wait(1, false));
        assertEquals(OptionalLong.of(60), UsualTime.median(waits, LEAST));
    }

    @Property(tries = 200)
    void moreWhoWaitNeverMakeItQuicker(@ForAll @Size(min = 5, max = 40) List<@IntRange(max = 3000) Integer> replies,
                                       @ForAll @Size(max = 20) List<@IntRange(max = 3000) Integer> waiting) {
        List<Wait> waits = new ArrayList<>(replies.stream().map(m -> new Wait(m, true)).toList());
        long without = UsualTime.median(waits, LEAST).orElseThrow();
        waiting.forEach(m -> waits.add(new Wait(m, false)));
        assertTrue(UsualTime.median(waits, LEAST).orElse(Long.MAX_VALUE) >= without);
    }
}
