package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.waymark.bridge.hmcts.MarketplaceStandIn.Trouble;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Databases;
import uk.waymark.platform.ProviderCredentials;
import uk.waymark.testing.RunningWaymark;

/** When the other side, an instance or the line fails while the court's schedule is asked for. */
class PullTroubleTest extends Pulling {

    @Test
    void whoeverDiesBetweenRequestAndCommitSaidNothing() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        superuser("create function waymark.fail_once() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$");
        superuser("create trigger fail before update of checkpoint on waymark.pull for each row execute function waymark.fail_once()");
        double failed = pulls("failed");
        pull();
        superuser("drop trigger fail on waymark.pull");
        superuser("drop function waymark.fail_once()");
        assertEquals(failed + 1, pulls("failed"));
        assertEquals(0, events("hearing_listed"));
        assertEquals(List.of(), news());
        pull();
        assertEquals(1, hmcts.schedulesAsked(), "another holds it");
        superuser("update waymark.pull set lease_until = clock_timestamp() - interval '1 second'");
        pull();
        assertEquals(2, hmcts.schedulesAsked());
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, news().size());
    }

    @Test
    void whoComesBackTooLateSaysNothing() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        double lost = pulls("lost");
        try (RunningWaymark second = secondInstance()) {
            hmcts.whileAsked(() -> {
                superuser("update waymark.pull set lease_until = clock_timestamp() - interval '1 second'");
                second.bean(Pulls.class).drain();
            });
            pull();
        }
        assertEquals(lost + 1, pulls("lost"));
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, news().size());
    }

    @Test
    void twoInstancesAtOnceAskOnce() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        try (RunningWaymark second = secondInstance()) {
            var other = CompletableFuture.runAsync(() -> second.bean(Pulls.class).drain());
            bean(Pulls.class).drain();
            other.join();
        }
        settle();
        assertEquals(1, hmcts.schedulesAsked());
        assertEquals(1, news().size());
    }

    @Test
    void afterTroubleItWaitsByTheMachinesClock() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay)).trouble(Trouble.SERVER_ERROR);
        assign();
        pull();
        assertEquals(List.of(), news());
        assertEquals(1, gauge("waymark.pulls.overdue"));
        later(Duration.ofMinutes(30));
        assertEquals(0, hmcts.schedulesAsked(), "the clock of cases does not hurry it");
        assertTrue(gauge("waymark.pulls.oldest.overdue.seconds") >= 1800);
        clocks.advanceMachine(Duration.ofSeconds(70));
        hmcts.trouble(Trouble.RESET);
        pull();
        assertEquals(List.of(), news());
        clocks.advanceMachine(Duration.ofMinutes(4));
        pull();
        assertEquals(0, hmcts.schedulesAsked(), "longer the second time");
        clocks.advanceMachine(Duration.ofMinutes(2));
        pull();
        assertEquals(1, news().size());
        assertEquals(0, gauge("waymark.pulls.overdue"));
    }

    @Test
    void whoAsksToBeLeftAloneIsLeftAloneByEveryUrn() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay)).trouble(Trouble.TOO_MANY);
        assign();
        pull();
        send(event("other-urn-" + cases, reference, at(-4), "urn_assigned", Map.of("urns", List.of("TFL12222" + cases))));
        int asked = hmcts.asked().size();
        pull();
        assertEquals(asked, hmcts.asked().size());
        clocks.advanceMachine(Duration.ofSeconds(121));
        pull();
        assertEquals(1, news().size());
    }

    @Test
    void silenceIsSeenAndNothingThatIsAskedIsInALog() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.list = new CopyOnWriteArrayList<>(); // what works in the background logs while it is read
        logged.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        pull();
        assertEquals(0, gauge("waymark.pulls.silent.adapters"));
        hmcts.tokensAnswer(500);
        clocks.advanceMachine(Duration.ofMinutes(10));
        later(Duration.ofHours(7));
        assertEquals(1, gauge("waymark.pulls.silent.adapters"));
        hmcts.tokensAnswer(200);
        clocks.advanceMachine(Duration.ofMinutes(10));
        try (RunningWaymark hasty = RunningWaymark.start(database.settings(RunningWaymark.freePort(), waymark.settings().port()), clocks,
                Map.of("waymark.pulls.background", "false", "waymark.messaging.sends", "false", "waymark.pulls.answer-timeout", "1s"))) {
            for (Trouble trouble : Trouble.values()) {
                hmcts.trouble(trouble);
                clocks.advanceMachine(Duration.ofHours(2));
                clocks.advanceCase(Duration.ofHours(2));
                hasty.bean(Pulls.class).drain();
            }
        }
        settle();
        String log = String.join("\n", logged.list.stream().map(e -> e.getFormattedMessage() + e.getKeyValuePairs()
            + (e.getThrowableProxy() == null ? "" : e.getThrowableProxy().getMessage())).toList());
        assertTrue(log.contains("answer_5xx"), log);
        for (String never : List.of(urn, hmcts.base(), "token-1", "HRG-1", "courtschedule", "Southampton")) {
            assertFalse(log.contains(never), never);
        }
    }

    @Test
    void anInstanceAsksByItselfAndMayBeStoppedMeanwhile() throws InterruptedException {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        var asked = new CountDownLatch(1);
        hmcts.whileAsked(asked::countDown);
        try (RunningWaymark ofItself = RunningWaymark.start(database.settings(RunningWaymark.freePort(),
                waymark.settings().port()), clocks, Map.of("waymark.messaging.sends", "false"))) {
            assign();
            assertTrue(asked.await(60, TimeUnit.SECONDS));
        }
        superuser("update waymark.pull set lease_until = clock_timestamp() - interval '1 second' where lease is not null");
        clocks.advanceMachine(Duration.ofMinutes(2));
        pull();
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, news().size());
    }

    @Test
    void anAdapterThatIsOnNeedsItsSecret() throws SQLException {
        String line = "WAYMARK_ADAPTER_NORTHMOOR_SECRET is not set (client secret of an adapter that the database names)";
        try (Connection owner = Databases.owner(waymark.settings())) {
            assertTrue(ProviderCredentials.missing(owner, waymark.settings()).contains(line));
            superuser("update waymark.adapter set enabled = false");
            assertFalse(ProviderCredentials.missing(owner, waymark.settings()).contains(line));
        }
    }

    @Test
    void aForceThatIsBehindMakesNoOtherWait() {
        superuser("""
            insert into waymark.adapter (id, force_id, kind, base_url, enabled, planned_at)
            values (gen_random_uuid(), ?, 'hmcts-marketplace', ?, true, ?)""", force("glanafon"), hmcts.base(), clocks.machineNow());
        for (int i = 0; i < 5; i++) {
            superuser("""
                insert into waymark.pull (id, force_id, adapter_id, urn_key, urn, next_due_at)
                select gen_random_uuid(), force_id, id, ?, ?, ?::timestamptz - make_interval(days => ?) from waymark.adapter
                 where force_id = ?""", "U" + i, "U" + i, clocks.caseNow(), i < 4 ? 9 - i : 1, force(i < 4 ? "northmoor" : "glanafon"));
        }
        List<PullStore.Claim> claims = acting().as(new Caller.Nobody(), (Connection c) -> bean(PullStore.class)
            .claim(c, clocks.caseNow(), clocks.machineNow(), Duration.ofMinutes(2), 3));
        assertEquals(List.of(force("northmoor"), force("northmoor"), force("glanafon")),
            claims.stream().map(PullStore.Claim::force).sorted().toList());
    }
}
