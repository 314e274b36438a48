package uk.waymark.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the benchmarks still run; what they measure here says nothing. */
@Tag("slow")
class BenchSmokeTest {

    private static JsonNode run(Measure measure, String... options) throws Exception {
        String separator = System.getProperty("path.separator");
        String classPath = String.join(separator, Arrays.stream(System.getProperty("java.class.path").split(separator))
            .filter(p -> !p.endsWith("test-classes")).toList());
        String[] arguments = Stream.of(Arrays.stream(options), Stream.of("--seconds", "1", "--rounds", "1", "--", System.getProperty(
            "java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-cp", classPath, "uk.waymark.Application", "serve"))
            .flatMap(s -> s).toArray(String[]::new);
        return new ObjectMapper().readTree(measure.run(arguments));
    }

    private interface Measure {
        String run(String... arguments) throws Exception;
    }

    private static void assertMeasured(JsonNode json, List<String> figures) {
        figures.forEach(f -> assertTrue(json.path(f).asDouble() > 0, f + " in " + json));
    }

    @Test
    void reading() throws Exception {
        assertMeasured(run(ReadBench::measure, "--cases", "50,100", "--warm-up", "1"),
            List.of("rate", "ceiling", "ratio", "p50_ms", "p99_ms", "rate_1m", "rss_mb"));
    }

    @Test
    void bringingIn() throws Exception {
        assertMeasured(run(IngestBench::measure, "--cases", "20"), List.of("rate", "ceiling", "ratio"));
    }

    @Test
    void reminderRuns() throws Exception {
        assertMeasured(run(RunsBench::measure, "--cases", "40", "--warm-up", "0"), List.of("lines_per_second", "dry_run_seconds", "rss_mb", "queue",
            "queue_first_ms", "queue_last_ms"));
    }

    @Test
    void aWeekOfHearings() throws Exception {
        assertMeasured(run(HearingsBench::measure, "--cases", "200"), List.of("hearings", "reminders", "listed_s", "moved_s", "peak_mb",
            "lists_s", "lists_again_s", "merged", "new", "unknown_urns", "not_taken", "unchanged", "peak_after_lists_mb"));
    }
}
