package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.ReportedDate.Said;

/** What is news of a source, and what it said before. */
class ReportedDateTest {
    private static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");

    private static ReportedDate date(boolean quiet, boolean vacated) {
        return new ReportedDate("h", "trial", When.on(LocalDate.of(2027, 5, 11), LocalTime.of(10, 0)), null, null, null, quiet, vacated);
    }

    @Test
    void whatWasSaidQuietlyIsNewsOnceItIsSaidAloudAndNotTheOtherWayRound() {
        for (boolean vacated : new boolean[] {false, true}) {
            Said quietly = date(true, vacated).after(Said.NOTHING, "s", "C", false, NOW).orElseThrow().said();
            assertTrue(date(true, vacated).after(quietly, "s", "C", false, NOW).isEmpty());
            var aloud = date(false, vacated).after(quietly, "s", "C", false, NOW).orElseThrow();
            assertTrue(aloud.event().orElseThrow().data().path("notify").isMissingNode());
            assertTrue(date(false, vacated).after(aloud.said(), "s", "C", false, NOW).isEmpty());
            assertTrue(date(true, vacated).after(aloud.said(), "s", "C", false, NOW).isEmpty());
            assertEquals(vacated, aloud.said().vacated());
        }
    }
}
