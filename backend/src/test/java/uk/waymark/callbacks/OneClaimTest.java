package uk.waymark.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.BeanContext;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;

/** A call back and its item in the queue are one thing to take on, by whichever way, and by whoever is quicker. */
class OneClaimTest extends CallBackDay {
    private static final int EACH = 12;

    private record Asked(String id, String item) { }

    private Asked asked() {
        return asked(someone());
    }

    private Asked asked(Someone her) {
        return with(her.api().post(her.path(), Map.of("reason", "question")).expect(201).at("/id"));
    }

    private Asked with(String id) {
        return new Asked(id, acting().as(worker("northmoor"), c -> Sql.one(c, "select item_id from waymark.call_back where id = ?::uuid",
            r -> r.getString("item_id"), id).orElseThrow()));
    }

    /** Who has the call back, and who its item. */
    private String held(Asked asked) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select b.claimed_by || ' ' || i.claimed_by as held from waymark.call_back b join waymark.work_item i on i.id = b.item_id
             where b.id = ?::uuid""", r -> r.getString("held"), asked.id()).orElse(null));
    }

    @Test
    void whoTakesOnTheItemHasTheCall() {
        next(DayOfWeek.TUESDAY, LocalTime.of(10, 0));
        Asked asked = asked();
        Api one = staff("witness_care");
        one.post("/v1/staff/queue/" + asked.item() + "/claim", null).expect(200);
        assertEquals("northmoor-witness-care northmoor-witness-care", held(asked));
        staff("victim_care").post("/v1/staff/call-backs/" + asked.id() + "/claim", null).expect(409);
        staff("victim_care").get("/v1/staff/queue").expect(200);
        one.post("/v1/staff/call-backs/" + asked.id() + "/claim", null).expect(200);
        staff("supervisor").post("/v1/staff/queue/" + asked.item() + "/assignment", Map.of("to", "northmoor-victim-care")).expect(204);
        assertEquals("northmoor-victim-care northmoor-victim-care", held(asked));
        one.post("/v1/staff/call-backs/" + asked.id() + "/attempts", Map.of("outcome", "reached")).expect(409);
        staff("victim_care").post("/v1/staff/call-backs/" + asked.id() + "/claim", null).expect(200);
    }

    @Test
    void ofTwoAtTheSameInstantOneHasBothAndNobodyWaitsForEver() throws Exception {
        next(DayOfWeek.TUESDAY, LocalTime.of(10, 0));
        Api one = staff("witness_care");
        Api other = staff("victim_care");
        var all = new ArrayList<Asked>();
        var claims = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < EACH; i++) {
            Asked asked = asked();
            all.add(asked);
            claims.add(() -> one.post("/v1/staff/queue/" + asked.item() + "/claim", null).status());
            claims.add(() -> other.post("/v1/staff/call-backs/" + asked.id() + "/claim", null).status());
        }
        List<Integer> statuses = atOnce(claims);
        for (int i = 0; i < EACH; i++) {
            assertEquals(609, statuses.get(2 * i) + statuses.get(2 * i + 1), "one has it, the other is told so");
            String[] held = held(all.get(i)).split(" ");
            assertEquals(held[0], held[1]);
        }
        var ends = new ArrayList<Callable<Integer>>();
        for (Asked asked : all) {
            Api who = held(asked).startsWith("northmoor-witness-care") ? one : other;
            ends.add(() -> staffDone(asked));
            ends.add(() -> who.post("/v1/staff/call-backs/" + asked.id() + "/attempts", Map.of("outcome", "no_answer")).status());
            ends.add(() -> who.post("/v1/staff/call-backs/" + asked.id() + "/completion", Map.of("outcome", "not_needed")).status());
        }
        List<Integer> ended = atOnce(ends);
        assertTrue(ended.stream().allMatch(s -> List.of(200, 201, 204, 409).contains(s)), ended::toString);
    }

    @Test
    void whoRangBeforeTheHourWasOverPutsItDownAfterwardsAndRingsNoMore() {
        next(DayOfWeek.TUESDAY, LocalTime.of(20, 50));
        Asked asked = asked(quietFromNine());
        Api one = staff("witness_care");
        one.post("/v1/staff/queue/" + asked.item() + "/claim", null).expect(200);
        assertFalse(one.post("/v1/staff/call-backs/" + asked.id() + "/claim", null).expect(200).body().path("number").isMissingNode());
        Asked another = asked(quietFromNine());
        clocks.advanceCase(Duration.ofMinutes(15));
        staff("victim_care").post("/v1/staff/call-backs/" + asked.id() + "/claim", null).expect(409);
        one.post("/v1/staff/queue/" + asked.item() + "/claim", null).expect(200);
        JsonNode again = one.post("/v1/staff/call-backs/" + asked.id() + "/claim", null).expect(200).body();
        assertTrue(again.path("number").isMissingNode() && again.path("before").asText().contains("Do not ring now"), again.toString());
        one.post("/v1/staff/call-backs/" + asked.id() + "/attempts", Map.of("outcome", "no_answer")).expect(201);
        assertTrue(staff("victim_care").post("/v1/staff/call-backs/" + another.id() + "/claim", null).expect(409).at("/type")
            .endsWith("not-a-safe-time"), "who did not have it before does not get it at this hour");
    }

    private Someone quietFromNine() {
        Someone her = someone();
        String preferences = "/v1/me/contact-preferences";
        her.api().with("If-Match", her.api().get(preferences).expect(200).header("ETag").orElseThrow()).put(preferences, Map.of("language", "en",
            "discreet_mode", false, "quiet_hours", Map.of("from", "21:00", "to", "08:00"))).expect(200);
        return her;
    }

    @Test
    void whoWasGivenTomorrowsCallHasItUntilTomorrow() {
        next(DayOfWeek.TUESDAY, LocalTime.of(10, 0));
        Someone her = someone();
        JsonNode free = her.api().get(her.path() + "/slots").expect(200).body().path("free");
        Asked asked = with(her.api().post(her.path(), Map.of("reason", "date", "preferred", List.of(free.get(free.size() - 1)))).expect(201)
            .at("/id"));
        staff("victim_care").get("/v1/staff/queue").expect(200);
        staff("supervisor").post("/v1/staff/queue/" + asked.item() + "/assignment", Map.of("to", "northmoor-victim-care")).expect(204);
        clocks.advanceCase(Duration.ofHours(3));
        bean(BeanContext.class).getBeansOfType(DueWork.class).forEach(DueWork::drain);
        assertEquals("northmoor-victim-care northmoor-victim-care", held(asked), "the queue says what the call back says");
        Instant over = Instant.parse(free.get(free.size() - 1).path("to").asText());
        clocks.advanceCase(Duration.between(now(), over).plusMinutes(31));
        bean(BeanContext.class).getBeansOfType(DueWork.class).forEach(DueWork::drain);
        assertNull(held(asked), "and nobody has it once the time has passed");
    }

    private int staffDone(Asked asked) {
        return staff("supervisor").post("/v1/staff/queue/" + asked.item() + "/completion", Map.of("outcome", "done")).status();
    }

    private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(calls)) {
                statuses.add(status.get());
            }
        }
        return statuses;
    }
}
