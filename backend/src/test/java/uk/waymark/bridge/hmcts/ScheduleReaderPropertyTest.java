package uk.waymark.bridge.hmcts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import uk.waymark.bridge.CourtSchedule;

/** Whatever comes under HMCTS's names, of whatever type, is read or refused, and what is read can be kept and read again. */
class ScheduleReaderPropertyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIELDS = List.of("courtSchedule", "hearings", "hearingId", "hearingType", "weekCommencing",
        "startDate", "endDate", "durationInWeeks", "courtHouse", "courtRoom", "courtSittings", "sittingStart", "sittingEnd",
        "caseStatus", "reportingRestrictions", "courtHouseName", "courtHouseCode", "address", "address1", "courtRoomName");
    private static final List<String> TEXTS = List.of("", " ", "HRG-1", "Trial", "2027-03-01", "2027-03-01T10:00:00Z",
        "2027-03-01T10:00:00+01:00", "2027-03-28T01:30:00", "2027-02-30", "-999999999-01-01", "+999999999-12-31T23:59:59Z", "\0", "\ud800",
        "ACTIVE", "\u202e\u0000x", "x".repeat(200), "2027-03-01T10:00:00.123456789Z", "24:00", "null");

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 6 ? 5 : 9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3, 4 -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5, 6 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                yield array;
            }
            default -> object(random, depth + 1);
        };
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(8); i > 0; i--) {
            object.set(FIELDS.get(random.nextInt(FIELDS.size())), value(random, depth));
        }
        return object;
    }

    /** A hearing as it should be, with something else in one place now and then. */
    private static ObjectNode nearlyRight(Random random) {
        ObjectNode sitting = JSON.objectNode().put("sittingStart", TEXTS.get(4 + random.nextInt(6))).put("courtHouse", "h");
        ObjectNode hearing = JSON.objectNode().put("hearingId", "HRG-" + random.nextInt(3)).put("hearingType", "Trial");
        hearing.putArray("courtSittings").add(sitting);
        hearing.putObject("weekCommencing").put("startDate", TEXTS.get(random.nextInt(TEXTS.size()))).put("durationInWeeks", random.nextInt());
        ObjectNode changed = random.nextBoolean() ? hearing : sitting;
        changed.set(FIELDS.get(random.nextInt(FIELDS.size())), value(random, 3));
        ObjectNode answer = JSON.objectNode();
        answer.putArray("courtSchedule").addObject().putArray("hearings").add(hearing).add(value(random, 4));
        return answer;
    }

    @Property(tries = 3000)
    void anythingIsReadOrRefused(@ForAll long seed) {
        var random = new Random(seed);
        JsonNode answer = random.nextBoolean() ? object(random, 0) : nearlyRight(random);
        ScheduleReader.details(answer);
        CourtSchedule.Court court = HouseReader.court(answer);
        assertTrue(court == null || !court.name().isBlank() && court.name().length() <= 150);
        try {
            List<ScheduleReader.Hearing> hearings = ScheduleReader.hearings(answer);
            var kept = new Inquiry.Checkpoint("u", null, new ScheduleReader.Details(true, false), null, hearings);
            assertTrue(kept.equals(Inquiry.Checkpoint.read(kept.write())), "kept and read again");
            hearings.forEach(h -> assertTrue(!h.id().isBlank() && h.id().length() <= 100 && (h.week() != null ^ !h.sittings().isEmpty())));
        } catch (Stopped refused) {
            assertTrue(refused.result() != null);
        }
    }

    @Property(tries = 300)
    void whatIsNoJsonIsRefused(@ForAll byte[] bytes, @ForAll String text) {
        for (byte[] body : List.of(bytes, text.getBytes(StandardCharsets.UTF_8))) {
            try {
                assertTrue(Json.object(body).isObject());
            } catch (Stopped refused) {
                assertTrue(refused.result() != null);
            }
        }
    }
}
