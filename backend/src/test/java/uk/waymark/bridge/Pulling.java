package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import uk.waymark.bridge.hmcts.MarketplaceStandIn;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/** A force with an adapter for HMCTS's API Marketplace, and for each test a case of its own with a victim who has signed up. */
abstract class Pulling extends WaymarkTest {
    private static final String HOUSE = "223e4567-e89b-12d3-a456-426614174111";
    static int cases;
    MarketplaceStandIn hmcts;
    String urn;
    String reference;
    String mobile;
    Instant hearingDay;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.pulls.background", "false", "waymark.messaging.sends", "false", "waymark.pulls.answer-timeout", "60s");
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

    int superuser(String sql, Object... parameters) {
        try (Connection c = database.superuser()) {
            return Sql.run(c, sql, parameters);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    String hearing(String id, Instant start) {
        return """
            {"hearingId": "%s", "hearingType": "Trial", "hearingDescription": "R v Bloggs", "listNote": "Judge prefers mornings",
             "courtSittings": [{"sittingStart": "%s", "sittingEnd": "%s", "courtHouse": "%s"}]}"""
            .formatted(id, start, start.plus(Duration.ofHours(6)), HOUSE);
    }

    @SafeVarargs
    final void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(events)).expect(200).body().path("results")
            .forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }

    String at(int minutes) {
        return clocks.caseNow().plus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    void assign() {
        assign(reference);
    }

    void assign(String to) {
        send(event("urn-" + to, to, at(-5), "urn_assigned", Map.of("urns", List.of(urn))));
    }

    void settle() {
        bean(Messaging.class).drain();
    }

    /** Asks all that is due, and sends what follows. */
    void pull() {
        bean(Pulls.class).drain();
        settle();
    }

    void later(Duration time) {
        clocks.advanceCase(time);
        pull();
    }

    List<String> news() {
        return newsOn(mobile);
    }

    int events(String type) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select count(*) from waymark.case_event e join waymark.case_file f on f.id = e.case_id
             where f.crime_reference = ? and e.source = 'court-schedule' and e.type = ?""", r -> r.getInt(1), reference, type)
            .orElseThrow());
    }

    double pulls(String outcome) {
        var counter = bean(MeterRegistry.class).find("waymark.pulls").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    double gauge(String name) {
        return bean(MeterRegistry.class).get(name).gauge().value();
    }

    List<JsonNode> queue(String kind) {
        var items = new ArrayList<JsonNode>();
        api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(i -> {
            if (i.path("kind").asText().equals(kind)) {
                items.add(i);
            }
        });
        return items;
    }
}
