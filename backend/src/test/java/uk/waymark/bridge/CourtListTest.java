package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import uk.waymark.testing.Answer;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Lists posted over HTTP, read on a victim's phone. */
abstract class CourtListTest extends WaymarkTest {
    private int cases;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false, "waymark.limits.codes-of-address", 10_000, "waymark.limits.tries-of-address", 10_000,
            "waymark.limits.codes-of-day", 10_000);
    }

    /** A case with a victim who has signed up. */
    final class Crime {
        final String urn;
        final String mobile;
        final String force;
        private final String token;
        private int seen;

        Crime(String force, String urn) {
            int number = ++cases;
            this.force = force;
            this.urn = urn;
            mobile = "+447700900" + (300 + number);
            String reference = "CL/" + number;
            String id = "cl-" + number;
            report(force, recorded(id, reference, at(-90), victim(id, mobile)),
                event(id + "-urn", reference, at(-80), "urn_assigned", Map.of("urns", List.of(urn))));
            token = SignUp.person(CourtListTest.this, force, id);
            texts();
        }

        /** Texts with news since the last look. */
        int texts() {
            SignUp.drain(CourtListTest.this);
            int before = seen;
            seen = newsOn(mobile).size();
            return seen - before;
        }

        /** What the timeline says of court, newest first. */
        List<JsonNode> entries() {
            String id = api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
            var entries = new ArrayList<JsonNode>();
            api().as(token).get("/v1/me/cases/" + id + "/timeline?limit=100").expect(200).body().path("items").forEach(e -> {
                if (e.path("kind").asText().startsWith("hearing_")) {
                    entries.add(e);
                }
            });
            return entries;
        }

        /** The newest entry, short: what happened, when by the clock on the wall, where, what. */
        String newest() {
            List<JsonNode> entries = entries();
            if (entries.isEmpty()) {
                return "nothing";
            }
            JsonNode h = entries.getFirst().path("hearing");
            return String.join(" ", entries.getFirst().path("kind").asText(), h.path("local_date").asText("")
                + (h.has("week_commencing") ? "week of " + h.path("week_commencing").asText() : ""), h.path("local_time").asText("-"),
                h.at("/court/name").asText(), h.path("kind").asText());
        }
    }

    final Crime crime(String urn) {
        return new Crime("northmoor", urn);
    }

    @SafeVarargs
    final void report(String force, Map<String, Object>... events) {
        api().as(systemToken(force)).post("/v1/bridge/events", batch(events)).expect(200).body().path("results")
            .forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }

    final Answer post(String list) {
        return api().as(systemToken("northmoor")).post("/v1/bridge/court-lists", list);
    }

    final JsonNode take(Lists list) {
        return post(list.text()).expect(200).body();
    }

    /** Listed, changed, vacated, unchanged. */
    static String counts(JsonNode answer) {
        return answer.path("listed") + " " + answer.path("changed") + " " + answer.path("vacated") + " " + answer.path("unchanged");
    }

    final Instant now() {
        return clocks.caseNow().truncatedTo(ChronoUnit.SECONDS);
    }

    final String at(int minutes) {
        return now().plus(minutes, ChronoUnit.MINUTES).toString();
    }

    /** A Wednesday in this month, at least three weeks ahead. */
    final LocalDate day(int month) {
        LocalDate today = now().atZone(Lists.UK).toLocalDate();
        LocalDate day = LocalDate.of(today.getYear(), month, 10);
        return (day.isAfter(today.plusDays(21)) ? day : day.plusYears(1)).with(java.time.temporal.TemporalAdjusters.next(
            java.time.DayOfWeek.WEDNESDAY));
    }
}
