package uk.waymark.hearings.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.DatabaseFailure;

/** What a line means, and what is said of it. */
class RunLineTest {
    private static RunLine line(String column, String value) {
        return RunLine.of(Map.of(column, value)::get);
    }

    @Test
    void daysAndTimesAreReadAsPeopleWriteThemAndNothingIsGuessed() {
        for (String day : new String[] {"2026-12-07", "07/12/2026", "7/12/2026", " 07/12/2026 "}) {
            assertEquals(Optional.of(LocalDate.of(2026, 12, 7)), line("hearing_date", day).day(), day);
        }
        for (String day : new String[] {"", "31/02/2026", "12/31/2026", "7 Dec", "46363", "2026-13-01", "07/12/26"}) {
            assertEquals(Optional.empty(), line("hearing_date", day).day(), day);
        }
        for (String time : new String[] {"09:30", "9:30", "9.30", "09:30:00"}) {
            assertEquals(Optional.of(LocalTime.of(9, 30)), line("hearing_time", time).startsAt(), time);
        }
        for (String time : new String[] {"25:00", "9", "half nine", "09:60"}) {
            assertEquals(Optional.empty(), line("hearing_time", time).startsAt(), time);
        }
        assertEquals("cy", line("language", "Cymraeg").asked());
        assertTrue(line("language", "fr").languageUnknown());
        assertFalse(line("court", "x").languageUnknown());
    }

    @Test
    void whatIsPutDownIsReadBackAndShowsNothingByItself() {
        RunLine line = RunLine.of(Map.of("crime_reference", "NM/1,\n\"x\"", "mobile", "07700 900123", "court", "Ty\u0302")::get);
        assertEquals(line, RunLine.ofText(line.toText()));
        assertEquals("RunLine", line.toString());
        var said = new RunSaid(LocalDate.of(2026, 12, 8), null, null);
        assertEquals(said, RunSaid.ofText(said.toText()));
    }

    @Test
    void onlyWhatIsTheLinesOwnFaultIsHeldAgainstIt() {
        for (String state : new String[] {"40P01", "40001", "57P01", "53300", "08006", "55P03", null}) {
            assertTrue(RunWorker.ofTheMoment(new DatabaseFailure(new SQLException("", state))), state);
            assertTrue(RunWorker.ofTheMoment(new IllegalStateException(new SQLException("", state))), state);
        }
        assertFalse(RunWorker.ofTheMoment(new DatabaseFailure(new SQLException("", "22001"))));
        assertFalse(RunWorker.ofTheMoment(new IllegalStateException("a line cannot be read")));
    }

    @Test
    void dayAndTimeAreSaidAsPeopleSayThem() {
        var ten = new RunSaid(LocalDate.of(2026, 12, 8), LocalTime.of(10, 0), "Leeds");
        assertEquals("Tuesday 8 December, 10am", ten.when("en"));
        assertEquals("ddydd Mawrth 8 Rhagfyr, 10am", ten.when("cy"));
        var noon = new RunSaid(LocalDate.of(2026, 7, 8), LocalTime.of(12, 5), "Leeds");
        assertEquals("Wednesday 8 July, 12:05pm", noon.when("en"));
        assertTrue(ten.differs(new RunSaid(ten.day(), LocalTime.of(11, 0), "Leeds"), Set.of("time")));
        assertFalse(ten.differs(new RunSaid(ten.day(), LocalTime.of(11, 0), "York"), Set.of("date")));
    }
}
