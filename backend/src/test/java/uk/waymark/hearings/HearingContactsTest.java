package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** What staff put down of a court date is of the date that they spoke of, and a letter is read when it comes. In the order of case time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HearingContactsTest extends CourtDay {

    private void to(String local) {
        api().post("/sandbox/clock", Map.of("at", LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant().toString())).expect(200);
    }

    private static String line(Needed needed) {
        return "/v1/staff/hearings/" + needed.hearing() + "/people/" + needed.person();
    }

    private JsonNode put(Needed needed, Map<String, Object> contact) {
        return staff().post(line(needed) + "/contacts", contact).expect(201).body();
    }

    /** What, how, state and version of each word, the oldest first. */
    private List<String> told(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select what, how, state, version from waymark.hearing_told where person_id = ? order by told_at, id""",
            r -> r.getString("what") + ' ' + r.getString("how") + ' ' + r.getString("state") + " v" + r.getInt("version"), needed.person()));
    }

    @Test
    @Order(1)
    void aLetterInTimeHasToldThemAndOneThatComesTooLateHasNot() {
        to("2027-05-20T12:00");
        Needed early = neededWith("unsafe", "en");
        Needed late = neededWith("unsafe", "en");
        Needed texted = needed();
        to("2027-05-20T12:30");
        assertEquals("told", put(early, Map.of("how", "letter", "outcome", "told")).path("state").asText());
        assertEquals(List.of("notice letter reached v1"), told(early).stream().filter(t -> t.contains("letter")).distinct().toList());
        to("2027-06-07T09:00");
        JsonNode line = put(late, Map.of("how", "letter", "outcome", "told"));
        assertEquals("no_safe_channel", line.path("state").asText(), line::toString);
        assertTrue(told(late).stream().filter(t -> t.contains("letter")).allMatch(t -> t.contains("letter sent")), told(late)::toString);
        put(texted, Map.of("how", "letter", "outcome", "told"));
        to("2027-06-07T10:10");
        assertTrue(phone(texted).stream().anyMatch(t -> t.contains("Expect a bag search")), phone(texted)::toString);
        assertTrue(queue(late).stream().anyMatch(i -> i.startsWith("hearing_to_tell")), queue(late)::toString);
        assertFalse(queue(early).stream().anyMatch(i -> i.startsWith("hearing_to_tell")), queue(early)::toString);
    }
}
