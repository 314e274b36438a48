package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.waymark.bridge.hmcts.MarketplaceStandIn;
import uk.waymark.bridge.hmcts.MarketplaceStandIn.Trouble;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Sql;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** From a URN that a force assigns to a hearing on a phone: the court's schedule is asked for, and nothing is said twice. */
class PullsTest extends WaymarkTest {
    private static final String HOUSE = "223e4567-e89b-12d3-a456-426614174111";
    private static int cases;
    private MarketplaceStandIn hmcts;
    private String urn;
    private String reference;
    private String mobile;
    private Instant hearingDay;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.pulls.background", "false", "waymark.messaging.sends", "false", "waymark.pulls.answer-timeout", "1s");
    }

    @BeforeAll
    void warm() {
        new MarketplaceStandIn().close();
    }

    /** An adapter of the force, and a case of its own with a signed-up victim. */
    @BeforeEach
    void adapter() {
        hmcts = new MarketplaceStandIn();
        superuser("delete from waymark.pull");
        superuser("delete from waymark.court_house");
        superuser("delete from waymark.adapter");
        owner("""
            insert into waymark.adapter (id, force_id, kind, base_url, token_url, client_id, credential_ref, mapping, enabled, silent_after,
                                         planned_at)
            values (gen_random_uuid(), ?, 'hmcts-marketplace', ?, ?, ?, 'northmoor', ?::jsonb, true, '6 hours', ?)""",
            // the URNs of other tests are left alone
            force("northmoor"), hmcts.base(), hmcts.base() + "/token", MarketplaceStandIn.CLIENT, hmcts.mapping().toString(),
            clocks.machineNow());
        int n = ++cases;
        urn = "62GD94613" + (20 + n);
        reference = "NM/PULL/" + n;
        mobile = "07700 9005" + (10 + n);
        hearingDay = clocks.caseNow().plus(Duration.ofDays(40)).truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(10));
        hmcts.details(urn, true, false).house(HOUSE, "Southampton Crown Court");
        send(recorded("pull-" + n, reference, at(-60), victim("pull-v" + n, mobile)));
        settle();
    }

    @AfterEach
    void asHmctsHasIt() {
        hmcts.close();
        assertEquals(List.of(), hmcts.problems());
    }

    private void owner(String sql, Object... parameters) {
        try (Connection c = Databases.owner(waymark.settings())) {
            Sql.run(c, sql, parameters);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int superuser(String sql, Object... parameters) {
        try (Connection c = database.superuser()) {
            return Sql.run(c, sql, parameters);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String hearing(String id, Instant start) {
        return """
            {"hearingId": "%s", "hearingType": "Trial", "hearingDescription": "R v Bloggs", "listNote": "Judge prefers mornings",
             "courtSittings": [{"sittingStart": "%s", "sittingEnd": "%s", "courtHouse": "%s"}]}"""
            .formatted(id, start, start.plus(Duration.ofHours(6)), HOUSE);
    }

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(events)).expect(200).body().path("results")
            .forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }

    private String at(int minutes) {
        return clocks.caseNow().plus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void assign() {
        assign(reference);
    }

    private void assign(String to) {
        send(event("urn-" + to, to, at(-5), "urn_assigned", Map.of("urns", List.of(urn))));
    }

    private void settle() {
        bean(Messaging.class).drain();
    }

    /** Asks all that is due, and sends what follows. */
    private void pull() {
        bean(Pulls.class).drain();
        settle();
    }

    private void later(Duration time) {
        clocks.advanceCase(time);
        pull();
    }

    private List<String> news() {
        return news(mobile);
    }

    private List<String> news(String number) {
        var bodies = new ArrayList<String>();
        messages(number).body().path("items").forEach(m -> {
            if (m.path("body").asText().startsWith("There is news")) {
                bodies.add(m.path("body").asText());
            }
        });
        return bodies;
    }

    private int events(String type) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select count(*) from waymark.case_event e join waymark.case_file f on f.id = e.case_id
             where f.crime_reference = ? and e.source = 'court-schedule' and e.type = ?""", r -> r.getInt(1), reference, type)
            .orElseThrow());
    }

    private double pulls(String outcome) {
        var counter = bean(MeterRegistry.class).find("waymark.pulls").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    private double gauge(String name) {
        return bean(MeterRegistry.class).get(name).gauge().value();
    }

    private List<JsonNode> queue(String kind) {
        var items = new ArrayList<JsonNode>();
        api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(i -> {
            if (i.path("kind").asText().equals(kind)) {
                items.add(i);
            }
        });
        return items;
    }

    @Test
    void aUrnIsAskedForAtOnceAndItsHearingIsToldOnce() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        double before = pulls("news");
        assign();
        pull();
        assertEquals(1, hmcts.schedulesAsked());
        assertEquals(1, news().size());
        assertEquals(before + 1, pulls("news"));
        String token = SignUp.person(this, "pull-v" + cases);
        String caseId = api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
        JsonNode entry = api().as(token).get("/v1/me/cases/" + caseId + "/timeline").expect(200).body().at("/items/0");
        assertEquals("hearing_listed", entry.path("kind").asText());
        assertTrue(entry.toString().contains("Southampton Crown Court"), entry::toString);
        assertFalse(entry.toString().contains("Bloggs") || entry.toString().contains("mornings"), entry::toString);

        later(Duration.ofMinutes(50));
        assertEquals(1, hmcts.schedulesAsked(), "not due yet");
        double same = pulls("same");
        later(Duration.ofMinutes(20));
        assertEquals(2, hmcts.schedulesAsked());
        assertEquals(same + 1, pulls("same"));
        assertEquals(1, news().size());

        hmcts.schedule(urn, hearing("HRG-1", hearingDay.plus(Duration.ofDays(7))));
        later(Duration.ofMinutes(70));
        assertEquals(2, news().size());
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, events("hearing_changed"));
        later(Duration.ofMinutes(70));
        assertEquals(2, news().size());
        assertEquals(0, gauge("waymark.pulls.overdue"));
    }

    @Test
    void aUrnFromBeforeTheAdapterIsAskedForToo() {
        superuser("delete from waymark.pull");
        superuser("update waymark.adapter set enabled = false");
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        superuser("delete from waymark.pull");
        pull();
        assertEquals(0, hmcts.schedulesAsked());
        superuser("update waymark.adapter set enabled = true, planned_at = null");
        pull();
        assertEquals(1, hmcts.asked().stream().filter(a -> a.path().equals("/case/" + urn + "/courtschedule")).count());
        assertEquals(1, news().size());
    }

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
    void aUrnOfTwoCasesIsAskedForOnceAndToldToBoth() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        String other = reference + "B";
        String otherMobile = mobile.replace("07700 9005", "07700 9006");
        send(recorded("two-" + cases, other, at(-60), victim("two-v" + cases, otherMobile)));
        assign();
        assign(other);
        pull();
        assertEquals(1, hmcts.schedulesAsked());
        assertEquals(1, news().size());
        assertEquals(1, news(otherMobile).size());
        String third = reference + "C";
        String thirdMobile = mobile.replace("07700 9005", "07700 9007");
        send(recorded("three-" + cases, third, at(-60), victim("three-v" + cases, thirdMobile)));
        assign(third);
        pull();
        assertEquals(1, news(thirdMobile).size(), "one that joins is told what the others know");
        assertEquals(1, news().size());
    }

    @Test
    void theForcesOwnHearingOfThatDayIsToldOnce() {
        var data = new HashMap<String, Object>(Map.of("hearing_id", "rms-1", "kind", "trial", "starts_at", hearingDay.toString(),
            "court", Map.of("name", "Southampton Crown Court")));
        send(event("own-" + cases, reference, at(-10), "hearing_listed", data));
        settle();
        assertEquals(1, news().size());
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        pull();
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, news().size());
    }

    @Test
    void aHearingThatHasGoneIsForStaffUntilItIsBack() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        pull();
        hmcts.schedule(urn);
        int before = queue("hearing_unconfirmed").size();
        later(Duration.ofMinutes(70));
        assertEquals(1, news().size());
        assertEquals(0, events("hearing_vacated"));
        List<JsonNode> items = queue("hearing_unconfirmed");
        assertEquals(before + 1, items.size());
        assertEquals("gone_from_court_schedule", items.getLast().path("reason").asText());
        assertFalse(items.toString().contains("HRG-1"));
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        later(Duration.ofMinutes(70));
        assertEquals(before, queue("hearing_unconfirmed").size());
        assertEquals(1, news().size());
        hmcts.body("/case/" + urn + "/courtschedule", null);
        later(Duration.ofMinutes(70));
        assertEquals(before, queue("hearing_unconfirmed").size(), "to be unknown there says nothing of a hearing");
    }

    @Test
    void aCaseThatHasEndedThereIsAskedForSeldomAndOneThatIsTakenBackNever() {
        hmcts.details(urn, false, false).schedule(urn);
        assign();
        pull();
        later(Duration.ofHours(20));
        assertEquals(1, hmcts.schedulesAsked());
        later(Duration.ofHours(8));
        assertEquals(2, hmcts.schedulesAsked());
        send(event("back-" + cases, reference, at(0), "event_retracted", Map.of("source_event_id", "urn-" + reference)));
        double nobodys = pulls("nobodys");
        later(Duration.ofHours(30));
        assertEquals(2, hmcts.schedulesAsked());
        assertEquals(nobodys + 1, pulls("nobodys"));
    }

    @Test
    void aPastHearingIsShownAndNotSent() {
        hmcts.schedule(urn, hearing("HRG-1", clocks.caseNow().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS)));
        assign();
        pull();
        assertEquals(1, events("hearing_listed"));
        assertEquals(List.of(), news());
    }

    @Test
    void silenceIsSeenAndNothingThatIsAskedIsInALog() {
        var logged = new ListAppender<ILoggingEvent>();
        logged.list = java.util.Collections.synchronizedList(new ArrayList<>());
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
        for (Trouble trouble : Trouble.values()) {
            hmcts.trouble(trouble);
            clocks.advanceMachine(Duration.ofHours(2));
            later(Duration.ofHours(2));
        }
        String log = String.join("\n", logged.list.stream().map(e -> e.getFormattedMessage() + e.getKeyValuePairs()
            + (e.getThrowableProxy() == null ? "" : e.getThrowableProxy().getMessage())).toList());
        assertTrue(log.contains("answer_5xx"), log);
        for (String never : List.of(urn, hmcts.base(), "token-1", "HRG-1", "courtschedule", "Southampton")) {
            assertFalse(log.contains(never), never);
        }
    }
}
