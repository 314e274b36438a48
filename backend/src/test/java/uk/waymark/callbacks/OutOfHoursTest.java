package uk.waymark.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.MessageEnded;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;

/** While a unit is closed whoever answers for the force is woken, once, and it is not left at that. */
class OutOfHoursTest extends CallBackDay {
    private static final String DESK = "+447700900990";
    private static final LocalTime NIGHT = LocalTime.of(2, 30);

    /** Texts leave when they are asked to. */
    @Override
    protected Map<String, Object> properties() {
        var all = new HashMap<>(super.properties());
        all.put("waymark.messaging.sends", "false");
        return all;
    }

    private String asks(Someone someone) {
        return someone.api().post(someone.path(), Map.of("reason", "not_safe")).expect(201).at("/id");
    }

    private List<String> desk() {
        SignUp.drain(this);
        var bodies = new ArrayList<String>();
        messages(DESK).body().path("items").forEach(m -> bodies.add(m.path("body").asText()));
        return bodies;
    }

    private double counted(String outcome) {
        return bean(MeterRegistry.class).get("waymark.out.of.hours.alerts").tag("outcome", outcome).counter().count();
    }

    @Test
    void atHalfPastTwoTheDeskIsWokenOnceInWordsThatNameNobody() {
        next(DayOfWeek.MONDAY, NIGHT);
        Someone her = someone();
        int before = desk().size();
        asks(her);
        List<String> texts = desk();
        assertEquals(before + 1, texts.size());
        assertEquals("Waymark: someone needs a call within the hour. Sign in to see.", texts.getFirst());
        drain();
        clocks.advanceCase(Duration.ofMinutes(20));
        drain();
        assertEquals(before + 1, desk().size(), "once, however often it is looked at");
        assertTrue(counted("asked") >= 1);
        assertTrue(items(her).contains("call_wanted not_safe"), "that a text arrived ends nothing");
        assertFalse(staff("supervisor").get("/v1/staff/notifications?limit=100").expect(200).text().contains("out_of_hours"));
    }

    @Test
    void nobodyIsWokenForWhatSomebodyHasTakenOn() {
        next(DayOfWeek.WEDNESDAY, NIGHT);
        Someone her = someone();
        int before = desk().size();
        String id = asks(her);
        staff("officer").post("/v1/staff/call-backs/" + id + "/claim", null).expect(200);
        assertEquals(before, desk().size());
        clocks.advanceCase(Duration.ofMinutes(40));
        drain();
        assertEquals(before + 1, desk().size(), "they let it go, and nobody had been woken");
        drain();
        assertEquals(before + 1, desk().size());
    }

    @Test
    void nobodyIsWokenForSomebodyWhoWasSpokenTo() {
        next(DayOfWeek.FRIDAY, NIGHT);
        nobodyWaits();
        Someone her = someone();
        String id = asks(her);
        rung(id, "reached");
        int before = desk().size();
        clocks.advanceCase(Duration.ofMinutes(40));
        drain();
        assertEquals(before, desk().size(), "the claim lapsed, and they were spoken to");
        staff("officer").post("/v1/staff/call-backs/" + id + "/completion", Map.of("outcome", "spoken")).expect(200);
        String other = asks(her);
        before = desk().size();
        rung(other, "reached");
        staff("officer").delete("/v1/staff/queue/" + listedItem(other) + "/claim").expect(204);
        assertEquals(before, desk().size(), "they gave it back, and they were spoken to");
        nobodyWaits();
    }

    @Test
    void whoWaitsWhenTheUnitClosesIsNotLeftForTheMorning() {
        next(DayOfWeek.TUESDAY, LocalTime.of(10, 0));
        clocks.advanceCase(Duration.ofMinutes(6 * 60 + 50));
        Someone her = someone();
        int before = desk().size();
        asks(her);
        drain();
        assertEquals(before, desk().size(), "somebody is there");
        clocks.advanceCase(Duration.ofMinutes(15));
        drain();
        assertEquals(before + 1, desk().size());
    }

    @Test
    void aTextThatDoesNotArriveIsRaisedAndSaysWhomToRing() {
        next(DayOfWeek.THURSDAY, NIGHT);
        Someone her = someone();
        String id = asks(her);
        UUID item = listedItem(id);
        double failed = counted("not_arrived");
        doesNotArrive(item);
        assertEquals(failed + 1, counted("not_arrived"));
        assertTrue(items(her).contains("out_of_hours_unreached text_not_arrived"), () -> items(her).toString());
        String raised = staff("supervisor").get("/v1/staff/queue?escalated=true&limit=100").expect(200).text();
        assertTrue(raised.contains("could not be woken by a text. Ring +448081570101 now"), raised);
        staff("officer").post("/v1/staff/call-backs/" + id + "/claim", null).expect(200);
        staff("officer").post("/v1/staff/call-backs/" + id + "/completion", Map.of("outcome", "not_needed")).expect(200);
        assertEquals(List.of(), items(her));
    }

    /** The text that was to wake somebody for this item. */
    private void doesNotArrive(UUID item) {
        acting().as(worker("northmoor"), (Connection c) -> {
            bean(ApplicationEventPublisher.class).publishEvent(new MessageEnded(c, force("northmoor"), null,
                new EndedMessage(UUID.randomUUID(), UUID.randomUUID(), force("northmoor"), force("northmoor"), item, "out_of_hours",
                    "out_of_hours", MessageState.FAILED, "provider", now())));
            return null;
        });
    }

    private record Raised(UUID item, Instant due) { }

    private Raised raised(Someone someone) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select id, due_at from waymark.work_item where person_id = ? and kind = 'call_back_failed' and completed_at is null""",
            r -> new Raised(Sql.uuid(r, "id"), Sql.instant(r, "due_at")), someone.person()).orElseThrow());
    }

    private void rung(String id, String outcome) {
        staff("officer").post("/v1/staff/call-backs/" + id + "/claim", null).expect(200);
        staff("officer").post("/v1/staff/call-backs/" + id + "/attempts", Map.of("outcome", outcome)).expect(201);
    }

    /** Whoever other tests have left waiting. */
    private void nobodyWaits() {
        drain();
        staff("supervisor").get("/v1/staff/call-backs?limit=100").expect(200).body().path("items").forEach(waits -> {
            String call = "/v1/staff/call-backs/" + waits.path("id").asText();
            if (waits.path("decision_needed").asBoolean()) {
                staff("supervisor").post(call + "/decision", Map.of("decision", "no_more_calls", "reason", "A test is over.")).expect(200);
            } else {
                var who = staff(waits.path("claimed_by").asText().endsWith("officer") ? "officer" : "supervisor");
                who.post(call + "/claim", null).expect(200);
                who.post(call + "/completion", Map.of("outcome", "not_needed")).expect(200);
            }
        });
        drain();
        assertEquals(0, urgentWaits());
    }

    private double urgentWaits() {
        return bean(MeterRegistry.class).get("waymark.call.backs.urgent.waiting").gauge().value();
    }

    @Test
    void whoWasRungInVainAtNightWaitsForADecisionThatSomebodyIsWokenFor() {
        next(DayOfWeek.WEDNESDAY, NIGHT);
        nobodyWaits();
        Someone her = someone();
        String id = asks(her);
        rung(id, "no_answer");
        clocks.advanceCase(Duration.ofMinutes(15));
        int before = desk().size();
        rung(id, "no_answer");
        Raised raised = raised(her);
        assertFalse(raised.due().isAfter(now().plus(Duration.ofMinutes(15))), "no four hours");
        assertEquals(List.of("call_wanted not_safe", "call_back_failed not_safe"), items(her));
        assertTrue(staff("supervisor").get("/v1/staff/queue?escalated=true&limit=100").expect(200).text()
            .contains("The unit is closed: Control room answers on +448081570101"));
        assertEquals(before + 1, desk().size(), "whoever decides is woken");
        drain();
        assertEquals(before + 1, desk().size(), "once");
        clocks.advanceCase(Duration.ofMinutes(11));
        drain();
        assertTrue(urgentWaits() > 600 && urgentWaits() < 1_200, () -> "the operator is paged, from the last call on: " + urgentWaits());
        doesNotArrive(raised.item());
        assertTrue(items(her).contains("out_of_hours_unreached text_not_arrived"), () -> items(her).toString());
        staff("supervisor").post("/v1/staff/call-backs/" + id + "/decision", Map.of("decision", "another_call", "reason", "A car is there."))
            .expect(200);
        assertEquals(List.of("call_wanted not_safe"), items(her), "nobody has to decide, or to be woken for it");
        rung(id, "reached");
        nobodyWaits();
    }

    @Test
    void aDecisionThatWaitsWhenTheUnitClosesIsNotLeftForTheMorning() {
        next(DayOfWeek.TUESDAY, LocalTime.of(10, 0));
        nobodyWaits();
        clocks.advanceCase(Duration.ofMinutes(6 * 60 + 50));
        Someone her = someone();
        String id = asks(her);
        int before = desk().size();
        rung(id, "unsafe_now");
        drain();
        assertEquals(before, desk().size(), "somebody is there");
        clocks.advanceCase(Duration.ofMinutes(15));
        drain();
        assertEquals(before + 1, desk().size());
        staff("supervisor").post("/v1/staff/queue/" + raised(her).item() + "/claim", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(11));
        drain();
        assertTrue(urgentWaits() > 600, "who has claimed it has not decided");
        nobodyWaits();
    }

    private UUID listedItem(String id) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select item_id from waymark.call_back where id = ?::uuid",
            r -> Sql.uuid(r, "item_id"), id).orElseThrow());
    }

    @Test
    void aDeskThatTakesNoTextsIsCounted() throws SQLException {
        next(DayOfWeek.FRIDAY, NIGHT);
        Someone her = someone();
        double none = counted("no_number");
        int before = desk().size();
        try (var owner = database.login("waymark_owner")) {
            Sql.run(owner, "update waymark.call_back_rule set out_of_hours_text = null where force_id = ?", force("northmoor"));
        }
        try {
            asks(her);
            assertEquals(none + 1, counted("no_number"));
            drain(); // of whoever else waits for a call here it is said as well, once
            double all = counted("no_number");
            drain();
            assertEquals(all, counted("no_number"));
        } finally {
            try (var owner = database.login("waymark_owner")) {
                Sql.run(owner, "update waymark.call_back_rule set out_of_hours_text = ? where force_id = ?", DESK, force("northmoor"));
            }
        }
        assertEquals(before, desk().size());
        assertEquals(List.of("call_wanted not_safe", "out_of_hours_unreached no_number"), items(her));
    }
}
