package uk.waymark.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** News of a force's cases, a Twilio that writes down what it is asked for, and the staff who see to what is left. */
abstract class CaseworkTest extends WaymarkTest {
    final ScriptedTwilio twilio = new ScriptedTwilio();
    Casework northmoor;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.twilio.base-url", twilio.baseUrl());
    }

    @BeforeAll
    void people() {
        northmoor = new Casework(waymark, database, force("northmoor"));
    }

    @AfterAll
    void closeTwilio() {
        twilio.close();
    }

    Api staff() {
        return api().as(staffToken("witness_care", "northmoor"));
    }

    void drain() {
        bean(Messaging.class).drain();
    }

    /** What waits for staff about this person. @param query more of it, such as {@code &escalated=true} */
    List<JsonNode> queue(Person person, String query) {
        var items = new ArrayList<JsonNode>();
        staff().get("/v1/staff/queue?limit=100" + query).expect(200).body().path("items").forEach(i -> {
            if (i.path("person_id").asText().equals(person.id().toString())) {
                items.add(i);
            }
        });
        return items;
    }

    Answer claim(Person person) {
        return staff().post("/v1/staff/queue/" + queue(person, "").getFirst().path("id").asText() + "/claim", Map.of());
    }
}
