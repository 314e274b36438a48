package uk.waymark.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** In the demo a preference is passed on by itself: its forces fetch. */
class ForceRecordsTest extends WaymarkTest {

    @Override
    protected Map<String, Object> properties() {
        return Map.of(ForceRecords.ON, "true", "waymark.messaging.sends", "false");
    }

    @Test
    void whatWaitsIsFetchedAndAcknowledged() {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(recorded("f-1", "NM/F/1",
            clocks.caseNow().minusSeconds(600).toString(), victim("f-v", "07700 900702")))).expect(200);
        String token = SignUp.person(this, "f-v");
        var known = api().as(token).get("/v1/me/contact-preferences").expect(200);
        var wanted = ((ObjectNode) known.body().deepCopy()).put("voicemail", false);
        api().as(token).with("If-Match", known.header("etag").orElseThrow()).put("/v1/me/contact-preferences", wanted).expect(200);
        bean(ForceRecords.class).drain();
        assertFalse(api().as(token).get("/v1/me/contact-preferences").expect(200).at("/passed_on_at").isEmpty());
        assertEquals(0, api().as(systemToken("northmoor")).get("/v1/bridge/outbound").expect(200).body().path("items").size());
    }
}
