package uk.waymark.web.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.api.model.CallBackReport;
import uk.waymark.api.model.CallBackReportLine;
import uk.waymark.api.model.MessageReport;
import uk.waymark.api.model.MessageReportBy;
import uk.waymark.api.model.MessageReportLine;
import uk.waymark.web.Lang;
import uk.waymark.web.Page;
import uk.waymark.web.Who;

/** Plots say what the table says, and nothing that the API hides. */
class FiguresTest {
    private static final LocalDate FROM = LocalDate.of(2027, 3, 1);
    private static final LocalDate TO = LocalDate.of(2027, 3, 31);
    private static final Page PAGE = new Page(Lang.EN, "/staff/figures", "", "", Who.STAFF, TO, null, null, List.of(), Map.of(), null);

    @Test
    void barsAreAsLongAsTheirFiguresOfTheLongest() {
        var figures = Figures.of(PAGE, new MessageReport(FROM, TO, MessageReportBy.PROVIDER, List.of(
            new MessageReportLine("twilio", 80L, 60L, 10L, 0L, 15L, 5L, 90L), new MessageReportLine("none", 0L, 0L, 0L, 0L, 20L, 5L, 0L))));
        assertEquals(List.of(60.0, 10.0, 10.0, 20.0), figures.bars().getFirst().parts());
        assertEquals(List.of(0.0, 0.0, 0.0, 25.0), figures.bars().getLast().parts());
        assertEquals(70.0, figures.bars().getFirst().start(2));
        assertEquals("Arrived 60, Sent, not known to have arrived 10, Failed 10, Not sent: too late, or not safe 20",
            figures.bars().getFirst().words());
    }

    @Test
    void whatIsHiddenHasNoBarAndNoNumber() {
        var figures = Figures.of(PAGE, new CallBackReport(FROM, TO, 10, List.of(new CallBackReportLine("a").asked(40).attempts(50),
            new CallBackReportLine("all").asked(60).metInTime(45))));
        assertEquals(1, figures.bars().size());
        assertEquals(List.of(75.0, 25.0), figures.bars().getFirst().parts());
        assertEquals(List.of("a", "40", "not shown", "50", "not shown"), figures.rows().getFirst());
    }

    @Test
    void anIntervalIsDrawnAroundNoDifference() {
        var interval = new Figures.Interval(-4, 2, 8, "");
        assertEquals(50, interval.at(0));
        assertEquals(95, interval.at(8));
        assertTrue(interval.at(-4) > 5 && interval.at(-4) < interval.at(2), "in the picture, and in order");
    }
}
