package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DataFileTest {
    @Test
    void whatIsMissingIsNamedWithItsFile() {
        DataFile week = DataFile.of("/hearings/week.properties");
        assertEquals("Told", week.text("state.told"));
        assertEquals("otherwise", week.text("state.unheard_of", "otherwise"));
        assertFalse(week.find("state.unheard_of").isPresent());
        assertEquals("no state.unheard_of in /hearings/week.properties",
            assertThrows(IllegalArgumentException.class, () -> week.text("state.unheard_of")).getMessage());
        assertEquals("there is no /hearings/nowhere.properties",
            assertThrows(IllegalArgumentException.class, () -> DataFile.of("/hearings/nowhere.properties")).getMessage());
    }

    @Test
    void timesAndNumbersMayHaveRoomAroundThem() {
        DataFile times = DataFile.of("/platform/data-file.properties");
        assertEquals(Duration.ofMinutes(90), times.duration("time"));
        assertEquals(40, times.number("places"));
    }

    @Test
    void welshIsReadAsItIsWritten() {
        assertEquals("tŷ", DataFile.inBoth("/platform/data-file").get("cy").text("house"));
        assertEquals("house", DataFile.inBoth("/platform/data-file").get("en").text("house"));
    }
}
