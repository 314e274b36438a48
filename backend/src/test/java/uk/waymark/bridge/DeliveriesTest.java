package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.webhook.RecordsStandIn.Trouble;
import uk.waymark.outbound.Outages;
import uk.waymark.outbound.Parcels;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.testing.RunningWaymark;

/** A force's system is called with what waits for it: once on the other side, in order, whatever fails on the way. */
class DeliveriesTest extends HandingOver {

    @Test
    void whatIsPutIsHandedOverAndPassedOnOnlyThen() {
        called();
        wants("voicemail", false);
        records.trouble(Trouble.DOWN);
        handOver();
        assertEquals("", preferences().at("/passed_on_at"));
        assertEquals(1, gauge("waymark.outbound.waiting"));
        double before = tries("acknowledged");
        later(Duration.ofMinutes(1));
        assertEquals(before + 1, tries("acknowledged"));
        assertFalse(preferences().at("/passed_on_at").isEmpty());
        assertEquals(0, gauge("waymark.outbound.waiting"));
        JsonNode held = records.held().values().iterator().next();
        assertEquals(reference + " rms " + person, held.path("crime_reference").asText() + ' ' + held.path("source").asText() + ' '
            + held.path("source_person_id").asText());
        assertEquals("false", held.at("/data/voicemail").asText());
    }

    @Test
    void afterTroubleItWaitsByTheMachinesClockAndLongerEachTime() {
        called();
        records.trouble(Trouble.FAULT, Trouble.TAKEN_FAULT);
        put("statement_signed");
        double unknown = tries("unknown");
        handOver();
        assertEquals(unknown + 1, tries("unknown"));
        clocks.advanceCase(Duration.ofHours(2));
        handOver();
        assertEquals(1, records.called().size(), "the clock of cases does not hurry it");
        assertTrue(gauge("waymark.outbound.oldest.waiting.seconds") >= 7200);
        later(Duration.ofSeconds(35));
        assertEquals(2, records.called().size());
        later(Duration.ofSeconds(40));
        assertEquals(2, records.called().size(), "longer the second time");
        later(Duration.ofSeconds(40));
        assertEquals("acknowledged", states());
        assertEquals(1, new HashSet<>(records.called()).size(), "the same id each time");
        assertEquals(1, records.held().size());
        assertEquals(0, gauge("waymark.outbound.oldest.waiting.seconds"));
    }

    @Test
    void whoAsksToBeLeftAloneIsLeftAloneByAll() {
        called();
        records.trouble(Trouble.BUSY);
        put("statement_signed");
        handOver();
        put("call_back_outcome");
        later(Duration.ofSeconds(100));
        assertEquals(1, records.called().size());
        later(Duration.ofSeconds(21));
        assertEquals("acknowledged,acknowledged", states());
    }

    @Test
    void anOlderOneIsNeverOvertakenAndNothingElseWaitsForIt() {
        called();
        UUID subject = bean(Ids.class).next();
        String first = put("call_back_asked", subject, false);
        String second = put("call_back_moved", subject, false);
        String other = put("statement_signed");
        String third = put("call_back_asked");
        records.trouble(Trouble.FAULT, Trouble.FAULT);
        handOver();
        // which of the two that may go now met with trouble is chance; what follows the first waits for it
        assertFalse(records.called().contains(second) && !records.arrived().contains(first), records.called().toString());
        for (int i = 0; i < 5; i++) {
            later(Duration.ofMinutes(6));
        }
        assertEquals(4, records.arrived().size());
        assertTrue(records.arrived().indexOf(first) < records.arrived().indexOf(second), "of one subject");
        assertTrue(records.arrived().indexOf(first) < records.arrived().indexOf(third), "of one kind and person");
        assertTrue(records.arrived().contains(other));
    }

    @Test
    void aLaterPreferenceIsNotOvertakenByAnOlderOneThatWasRefused() {
        called();
        records.trouble(Trouble.REFUSED);
        double refused = tries("refused");
        wants("voicemail", false);
        handOver();
        assertEquals(refused + 1, tries("refused"));
        assertEquals(1, gauge("waymark.outbound.refused"));
        assertEquals(1, queue("outbound_refused").size());
        wants("voicemail", null);
        handOver();
        assertEquals("superseded,acknowledged", states());
        assertEquals(List.of(), queue("outbound_refused"), "the later one says all of it");
        assertEquals(0, gauge("waymark.outbound.refused"));
        assertFalse(preferences().at("/passed_on_at").isEmpty());
    }

    @Test
    void whatIsLateIsForStaffOnceAndGoesByItself() {
        put("call_back_outcome");
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        assertEquals(List.of(), queue("outbound_late"), "nobody has said that they would take it");
        assertEquals(0, gauge("waymark.outbound.oldest.untaken.seconds"));
        assertTrue(gauge("waymark.outbound.oldest.waiting.seconds") > 0);
        called();
        records.trouble(Trouble.DOWN);
        handOver();
        assertEquals(List.of(), queue("outbound_late"), "its time begins with the day on which a system is connected");
        assertTrue(gauge("waymark.outbound.oldest.untaken.seconds") > 0);
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        handOver();
        List<JsonNode> late = queue("outbound_late");
        assertEquals(1, late.size());
        assertEquals(caseId().toString(), late.getFirst().path("case_id").asText());
        later(Duration.ofMinutes(6));
        assertEquals("acknowledged", states());
        assertEquals(List.of(), queue("outbound_late"));
    }

    @Test
    void aStatementIsLateEvenWhereTheForcesSystemWasSwitchedOffMeanwhile() {
        called();
        put("statement_signed");
        put("call_back_outcome");
        superuser("update waymark.adapter set enabled = false");
        handOver();
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        assertEquals(1, queue("outbound_late").size());
        assertTrue(queue("outbound_late").getFirst().path("detail").asText().contains("statement_signed"));
        handOver();
        assertEquals(1, queue("outbound_late").size(), "once");
    }

    @Test
    void aLongOutageIsOneItemThatCountsAndGoesByItself() {
        called();
        for (int i = 0; i < 5; i++) {
            put(i < 2 ? "statement_signed" : "call_back_outcome");
        }
        records.trouble(Trouble.DOWN, Trouble.DOWN);
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        handOver();
        List<JsonNode> late = queue("outbound_late");
        assertEquals(1, late.size());
        assertEquals("outage", late.getFirst().path("reason").asText());
        assertTrue(late.getFirst().path("detail").asText().contains("call_back_outcome: 3, statement_signed: 2"), late::toString);
        assertFalse(late.getFirst().has("case_id"), "it is about the system");
        complete(late.getFirst(), "handled", 409); // nobody was shown which they are
        for (int i = 0; i < 6; i++) {
            later(Duration.ofMinutes(6));
        }
        assertEquals("acknowledged,acknowledged,acknowledged,acknowledged,acknowledged", states());
        assertEquals(List.of(), queue("outbound_late"));
        assertEquals("1", ask("select count(*) from waymark.outbound_outage where ended_at is not null"));
    }

    @Test
    void whatStaffSayOfAnOutageIsSaidOfAllOfIt() {
        called();
        put("statement_signed");
        put("call_back_outcome");
        superuser("update waymark.outbound_parcel set retry_at = '2199-01-01'");
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        complete(queue("outbound_late").getFirst(), "retry", 204);
        handOver();
        assertEquals("acknowledged,acknowledged", states());
        assertEquals(List.of(), queue("outbound_late"));
    }

    @Test
    void anOutageThatCannotBeEndedHoldsNeitherTheOthersNorTheFiguresUp() {
        called();
        put("statement_signed");
        put("call_back_outcome");
        records.trouble(Trouble.DOWN, Trouble.DOWN);
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        assertTrue(gauge("waymark.outbound.waiting") > 0);
        superuser("create function waymark.cannot() returns trigger language plpgsql as $$ begin raise exception 'cannot'; end $$");
        superuser("create trigger cannot before update on waymark.outbound_outage for each row execute function waymark.cannot()");
        try {
            for (int i = 0; i < 4; i++) {
                later(Duration.ofMinutes(6));
            }
            assertEquals("acknowledged,acknowledged", states());
            assertEquals(0, gauge("waymark.outbound.waiting"), "the figures are of now");
        } finally {
            superuser("drop trigger cannot on waymark.outbound_outage");
            superuser("drop function waymark.cannot()");
        }
        handOver();
        assertEquals(List.of(), queue("outbound_late"), "the next look ends it");
    }

    /** It was seen to be over a moment before one more was late. */
    @Test
    void whatHasJoinedAnOutageMeanwhileKeepsIt() {
        called();
        put("statement_signed");
        put("call_back_outcome");
        superuser("update waymark.outbound_parcel set retry_at = '2199-01-01'");
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        UUID outage = UUID.fromString(ask("select id from waymark.outbound_outage where ended_at is null"));
        acting().as(worker("northmoor"), (Connection c) -> {
            bean(Outages.class).endIfOver(c, new Outages.Over(outage, force("northmoor")));
            return null;
        });
        assertEquals(1, queue("outbound_late").size());
        assertEquals("1", ask("select count(*) from waymark.outbound_outage where ended_at is null"));
    }

    /** A worker holds the outages of its force and then changes the item; so does whoever completes it. */
    @Test
    void completingAnOutageWaitsForTheWorkerBeforeItHoldsTheItem() throws Exception {
        called();
        put("statement_signed");
        put("call_back_outcome");
        superuser("update waymark.outbound_parcel set retry_at = '2199-01-01'");
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        JsonNode item = queue("outbound_late").getFirst();
        UUID outage = UUID.fromString(ask("select id from waymark.outbound_outage where ended_at is null"));
        var staff = new CompletableFuture<?>[1];
        acting().as(worker("northmoor"), (Connection c) -> {
            bean(Outages.class).endIfOver(c, new Outages.Over(outage, force("northmoor"))); // it is not, and is held
            staff[0] = CompletableFuture.runAsync(() -> complete(item, "retry", 204));
            for (int i = 0; i < 20_000 && "0".equals(ask("select count(*) from pg_locks where locktype = 'advisory' and not granted"
                + " and database = (select oid from pg_database where datname = current_database())")); i++) {
                Thread.onSpinWait();
            }
            assertFalse(staff[0].isDone());
            Sql.one(c, "select 1 from waymark.work_item where id = ?::uuid for update nowait", r -> true, item.path("id").asText());
            return null;
        });
        staff[0].join();
        assertEquals(List.of(), queue("outbound_late"));
    }

    /** One that cannot be told of, whatever the fault is. */
    @Test
    void oneThatCannotBeToldOfHoldsNoOtherUp() {
        called();
        String broken = put("statement_signed");
        put("call_back_outcome");
        superuser("update waymark.outbound_parcel set retry_at = '2199-01-01'");
        clocks.advanceCase(Duration.ofDays(6));
        superuser("create function waymark.cannot() returns trigger language plpgsql as $$ begin raise exception 'cannot'; end $$");
        superuser("create trigger cannot before update on waymark.outbound_parcel for each row when (new.id = '" + broken
            + "' and new.late_at is null) execute function waymark.cannot()");
        try {
            handOver();
            assertEquals(1, queue("outbound_late").size());
            assertTrue(queue("outbound_late").getFirst().path("detail").asText().contains("call_back_outcome"));
        } finally {
            superuser("drop trigger cannot on waymark.outbound_parcel");
            superuser("drop function waymark.cannot()");
        }
        handOver();
        assertEquals("outage", queue("outbound_late").getFirst().path("reason").asText(), "the next look tells of it");
    }

    @Test
    void whatCannotBeOpenedIsForStaffAndTheRestGoesItsWay() {
        called();
        String broken = put("call_back_outcome");
        superuser("update waymark.outbound_parcel set data = 'x' where id = ?::uuid", broken);
        put("call_back_outcome");
        handOver();
        assertEquals("refused,acknowledged", states());
        assertEquals("unreadable", queue("outbound_refused").getFirst().path("reason").asText());
    }

    @Test
    void staffHaveItTriedAtOnce() {
        called();
        records.trouble(Trouble.FAULT);
        put("statement_signed");
        clocks.advanceCase(Duration.ofDays(6));
        handOver();
        complete(queue("outbound_late").getFirst(), "retry", 204);
        handOver();
        assertEquals("acknowledged", states());
    }

    @Test
    void twoInstancesAtOnceCallOnce() {
        called();
        for (int i = 0; i < 20; i++) {
            put("statement_signed");
        }
        try (RunningWaymark second = secondInstance()) {
            var other = CompletableFuture.runAsync(() -> second.bean(Deliveries.class).drain());
            handOver();
            other.join();
        }
        handOver();
        assertEquals(20, records.called().size());
        assertEquals(ids(), records.arrived(), "of one kind and person in the order in which they were put");
    }

    private List<String> ids() {
        return List.of(ask("select id::text from waymark.outbound_parcel order by number").split(","));
    }

    @Test
    void whoComesBackTooLateStillSaysThatItArrived() {
        called();
        put("statement_signed");
        double acknowledged = tries("acknowledged");
        records.whileCalled(() -> {
            leasesLapse();
            superuser("update waymark.outbound_parcel set lease = gen_random_uuid()");
        });
        handOver();
        assertEquals("acknowledged", states());
        assertEquals(acknowledged + 1, tries("acknowledged"));
    }

    /**
     * An instance dies at any point: before the call, while the other side has it and has not answered, or after its answer and before
     * that is recorded. Whoever takes it up sends the same id, and one is on the other side.
     */
    @Test
    void whoeverDiesBetweenCallAndRecordLeavesOneOnTheOtherSide() {
        called();
        var random = new Random(20270304);
        var expected = new ArrayList<String>();
        for (int n = 0; n < 12; n++) {
            expected.add(put(random.nextBoolean() ? "statement_signed" : "call_back_outcome"));
            while (random.nextInt(3) > 0) {
                dieOnce(random.nextInt(3));
                leasesLapse();
                clocks.advanceMachine(Duration.ofHours(2));
            }
            if (random.nextBoolean()) {
                handOver();
            }
        }
        for (int i = 0; i < 12; i++) {
            later(Duration.ofHours(2));
        }
        assertEquals(new HashSet<>(expected), new HashSet<>(records.arrived()));
        assertEquals(expected.size(), records.arrived().size());
        assertTrue(records.called().size() > expected.size(), "some were sent again");
        assertEquals(ask("select string_agg('acknowledged', ',') from waymark.outbound_parcel"), states());
        for (String type : List.of("statement_signed", "call_back_outcome")) {
            List<String> inOrder = List.of(ask("select id::text from waymark.outbound_parcel where type = ? order by number", type).split(","));
            assertEquals(inOrder, records.arrived().stream().filter(inOrder::contains).toList(), type);
        }
    }

    private void dieOnce(int point) {
        switch (point) {
            case 0 -> acting().as(new Caller.Nobody(), (Connection c) -> bean(Parcels.class).claim(c,
                List.of("http-json"), clocks.machineNow(), Duration.ofMinutes(2), 1));
            case 1 -> {
                records.trouble(Trouble.TAKEN_LOST);
                powerCut(); // the answer is lost, and so is that nobody knows
            }
            default -> powerCut();
        }
    }

    /** Nothing that a call came to can be recorded. */
    private void powerCut() {
        superuser("create function waymark.power_cut() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$");
        superuser("""
            create trigger power_cut before update on waymark.outbound_parcel for each row
            when (new.state <> old.state or new.attempts <> old.attempts) execute function waymark.power_cut()""");
        double lost = tries("lost");
        handOver();
        superuser("drop trigger power_cut on waymark.outbound_parcel");
        superuser("drop function waymark.power_cut()");
        assertTrue(tries("lost") >= lost);
    }
}
