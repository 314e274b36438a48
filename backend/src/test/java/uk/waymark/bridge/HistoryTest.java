package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.WaymarkTest;

/** A force brings its history: 40,000 cases of the last two years, over HTTP, in batches of 1,000. Nobody hears of it. */
@Tag("slow")
class HistoryTest extends WaymarkTest {
    private static final int CASES = 40_000;
    private static final int CASES_A_BATCH = 250;

    /** By the jobs neither. */
    @Override
    protected Map<String, Object> properties() {
        return Map.of(RunningWaymark.JOBS, "true");
    }

    @Test
    void fortyThousandCasesWithTwoYearsOfHistorySendNoMessage() throws Exception {
        Instant now = bean(CaseClock.class).instant();
        String system = systemToken("northmoor");
        try (var senders = Executors.newFixedThreadPool(3)) {
            var answers = new ArrayList<Future<Integer>>();
            for (int first = 0; first < CASES; first += CASES_A_BATCH) {
                int from = first;
                answers.add(senders.submit(() -> {
                    var results = api().as(system).post("/v1/bridge/events", Batches.batch(batch(from, now))).expect(200).body()
                        .path("results");
                    int accepted = 0;
                    for (var result : results) {
                        accepted += "accepted".equals(result.path("status").asText()) ? 1 : 0;
                    }
                    return accepted;
                }));
            }
            int accepted = 0;
            for (Future<Integer> answer : answers) {
                accepted += answer.get();
            }
            assertEquals(CASES * 3, accepted);
        }
        assertEquals(CASES, count("select count(*) from waymark.case_file where recorded"));
        assertEquals(0, count("select count(*) from notifications.message"));
        assertEquals(0, count("select count(*) from waymark.announcement"));
        assertEquals(0, count("select count(*) from waymark.invitation"));
    }

    /** Half marked as history, half simply old: neither may be told. */
    private static List<Map<String, Object>> batch(int from, Instant now) {
        var events = new ArrayList<Map<String, Object>>();
        for (int i = from; i < from + CASES_A_BATCH; i++) {
            String reference = "NM/H/" + i;
            Instant start = now.minus(Duration.ofDays(30 + i % 700));
            boolean marked = i % 2 == 0;
            events.add(marked(marked, Batches.recorded("h" + i + "-1", reference, start.toString(),
                Batches.victim("hv" + i, "07700 900%03d".formatted(i % 1000)))));
            events.add(marked(marked, Batches.event("h" + i + "-3", reference, start.plusSeconds(7200).toString(), "suspect_charged",
                Map.of("suspect_ref", "s"))));
            events.add(marked(marked, Batches.event("h" + i + "-4", reference, start.plusSeconds(86400).toString(), "sentence",
                Map.of("suspect_ref", "s", "explanation", Map.of("en", "A fine.")))));
        }
        return events;
    }

    private static Map<String, Object> marked(boolean backfill, Map<String, Object> event) {
        var marked = new HashMap<>(event);
        marked.put("backfill", backfill);
        return marked;
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }
}
