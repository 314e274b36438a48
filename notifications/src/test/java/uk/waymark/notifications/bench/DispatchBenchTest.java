package uk.waymark.notifications.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark of dispatch still runs, each part of it counting its messages; what it measures here says nothing. */
@Tag("slow")
class DispatchBenchTest {

    @Test
    void dispatches_beside_db_scheduler_and_draws_it(@TempDir Path folder) throws Exception {
        Path plot = folder.resolve("plot.svg");
        Map<String, Object> figures =
            DispatchBench.measure(DispatchBench.Options.read("--quick", "--messages", "600", "--plot", plot.toString()));
        for (String key : List.of("rate_0ms", "rate_20ms", "rate_200ms", "ratio_0ms", "ratio_20ms", "ratio_200ms", "p50_ms",
            "p95_ms", "p99_ms", "peak_rss_mb")) {
            assertTrue(((Number) figures.get(key)).doubleValue() > 0, key + " in " + figures);
        }
        assertTrue(((Number) figures.get("handed_off_within_10s")).doubleValue() <= 1);
        assertEquals(600, figures.get("messages"));
        assertTrue(Files.readString(plot).endsWith("</svg>\n"));
    }
}
