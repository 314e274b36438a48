package uk.waymark.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Caller;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** What supervisors are asked to look into. */
class UnusualReadingTest extends WaymarkTest {
    private Reading northmoor;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.reading.many-people", 6, "waymark.reading.without-reason", 4);
    }

    @BeforeAll
    void staff() {
        // once for each hour: none begins while this goes on
        clocks.machineTime().moveTo(clocks.machineNow().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(70)));
        northmoor = new Reading(waymark, api(), "northmoor");
    }

    private List<String> raised() {
        return northmoor.queue("supervisor", "unusual_reading").stream().map(i -> i.path("reason").asText() + " by "
            + i.path("detail").asText().replaceAll("Staff member (\\S+) .*", "$1")).sorted().toList();
    }

    private double counted(String kind) {
        return bean(MeterRegistry.class).get("waymark.unusual.reading").tag("kind", kind).counter().count();
    }

    private String people(String reference, int count, String familyName) {
        var people = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            people.put(reference + "-" + i, "");
        }
        return "/v1/staff/cases/" + northmoor.crime(reference, List.of(), familyName, people);
    }

    /** Each is written down with the item that it came from or as without any, and four people without one are unusual. */
    private void everyKindOfReadCounts() {
        var glanafon = new Reading(waymark, api(), "glanafon");
        List<String> paths = List.of("contact-preferences", "contact-preferences/history", "availability", "needs");
        for (int i = 0; i < paths.size(); i++) {
            glanafon.crime("UG/" + i, List.of(), "Penrose", Map.of("ug-" + i, ""));
            assertEquals(List.of(), glanafon.queue("supervisor", "unusual_reading"), "so far " + i);
            glanafon.as("victim_care").get("/v1/staff/people/" + glanafon.person("ug-" + i) + '/' + paths.get(i)).expect(200);
            assertEquals(List.of("none_given"), glanafon.reasonsOf(glanafon.person("ug-" + i)), paths.get(i));
        }
        assertEquals(List.of("no_task"), glanafon.queue("supervisor", "unusual_reading").stream()
            .map(item -> item.path("reason").asText()).toList());
    }

    @Test
    void readingWithoutAReasonManyPeopleAndTheOwnFamilyIsRaisedOnce() {
        String four = people("UN/1", 4, "Penrose");
        northmoor.as("witness_care").get(four).expect(200);
        northmoor.as("witness_care").get(four).expect(200);
        assertEquals(List.of("no_task by northmoor-witness-care"), raised());

        String seven = people("UN/2", 7, "Penrose");
        northmoor.as("victim_care").with("Waymark-Reason", "enquiry").get(seven).expect(200);
        northmoor.as("victim_care").with("Waymark-Reason", "enquiry").get(seven).expect(200);
        assertTrue(raised().contains("many_people by northmoor-victim-care"), raised().toString());

        // every way to read about people counts, and so does finding them
        for (int i = 0; i < 6; i++) {
            people("UN/4" + i, 1, "Penrose");
        }
        Api supervisor = northmoor.as("supervisor");
        for (int i = 0; i < 3; i++) {
            supervisor.with("Waymark-Reason", "enquiry").get("/v1/staff/cases?crime_reference=UN%2F4" + i).expect(200);
            supervisor.with("Waymark-Reason", "enquiry")
                .get("/v1/staff/people/" + northmoor.person("UN/4" + (i + 3) + "-0") + "/contact-preferences/history").expect(200);
        }
        assertTrue(raised().contains("many_people by northmoor-supervisor"), raised().toString());

        // the sandbox's officer is called Strand
        String own = people("UN/3", 1, "STRÁND");
        northmoor.as("officer").with("Waymark-Reason", "enquiry").get(own).expect(200);
        northmoor.as("officer").with("Waymark-Reason", "enquiry").get(own).expect(200);
        assertEquals(List.of("many_people by northmoor-supervisor", "many_people by northmoor-victim-care",
            "no_task by northmoor-witness-care", "own_name by northmoor-officer"), raised());
        assertEquals(1, counted("no_task"));
        assertEquals(2, counted("many_people"));
        assertEquals(1, counted("own_name"));
        assertEquals(0, counted("own_address"));

        everyKindOfReadCounts();

        var neighbour = new Caller.Staff(force("northmoor"), "neighbour", Set.of("officer"), null,
            new Caller.Self(null, null, "NM1 2AB", null));
        UUID person = UUID.fromString(northmoor.person("UN/3-0"));
        for (String address : List.of("7 Mill Lane, Northmoor NM3 4CD", "7 Mill Lane\nNorthmoor\nnm12ab", "8 Mill Lane NM1 2AB")) {
            acting().as(neighbour, c -> {
                bean(UnusualReading.class).shownAddress(c, neighbour, person, address);
                return null;
            });
        }
        assertEquals(1, counted("own_address"));

        var item = northmoor.queue("supervisor", "unusual_reading").stream()
            .filter(i -> !i.path("detail").asText().contains("northmoor-supervisor")).findFirst().orElseThrow();
        assertEquals(List.of(), northmoor.queue("officer", "unusual_reading"), "only supervisors look into it");
        northmoor.as("officer").post("/v1/staff/queue/" + item.path("id").asText() + "/claim", null).expect(404);
        northmoor.as("officer").post("/v1/staff/queue/" + item.path("id").asText() + "/completion", Map.of("outcome", "done"))
            .expect(404);
        northmoor.as("supervisor").post("/v1/staff/queue/" + item.path("id").asText() + "/completion",
            Map.of("outcome", "done", "note", "It was her shift.")).expect(204);
        var herOwn = northmoor.queue("supervisor", "unusual_reading").stream()
            .filter(i -> i.path("detail").asText().contains("northmoor-supervisor")).findFirst().orElseThrow();
        supervisor.post("/v1/staff/queue/" + herOwn.path("id").asText() + "/completion", Map.of("outcome", "done")).expect(409);
    }
}
