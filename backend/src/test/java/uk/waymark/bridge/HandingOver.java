package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import uk.waymark.bridge.webhook.RecordsStandIn;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A force with a records system of its own, and for each test a case with a victim who has signed up. */
abstract class HandingOver extends WaymarkTest {
    private static int cases;
    RecordsStandIn records;
    String reference;
    String person;
    String token;
    private int put;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.deliveries.background", "false", "waymark.messaging.sends", "false", "waymark.pulls.background", "false",
            "waymark.pulls.answer-timeout", "60s");
    }

    @BeforeEach
    void somebody() {
        records = new RecordsStandIn();
        superuser("delete from waymark.outbound_parcel");
        superuser("update waymark.work_item set completed_at = created_at, outcome = 'done' where kind like 'outbound%' and completed_at is null");
        superuser("delete from waymark.outbound_reader");
        superuser("delete from waymark.outbound_outage");
        superuser("delete from waymark.adapter");
        int n = ++cases;
        reference = "NM/OUT/" + n;
        person = "out-v" + n;
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(recorded("out-" + n, reference,
            clocks.caseNow().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS).toString(), victim(person, "07700 9006" + (10 + n)))))
            .expect(200);
        token = SignUp.person(this, person);
    }

    @AfterEach
    void asThePageSays() {
        records.close();
        assertEquals(List.of(), records.problems());
    }

    /** From now on the force's system is called. */
    void called() {
        try (Connection c = Databases.owner(waymark.settings())) {
            Sql.run(c, """
                insert into waymark.adapter (id, force_id, kind, base_url, credential_ref, enabled)
                values (gen_random_uuid(), ?, 'http-json', ?, 'northmoor', true)""", force("northmoor"), records.inbox().toString());
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

    String ask(String sql, Object... parameters) {
        try (Connection c = database.superuser()) {
            return String.join(",", Sql.list(c, sql, r -> String.valueOf(r.getString(1)), parameters));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    String states() {
        return ask("select state from waymark.outbound_parcel order by number");
    }

    UUID caseId() {
        return UUID.fromString(ask("select id::text from waymark.case_file where crime_reference = ?", reference));
    }

    UUID personId() {
        return UUID.fromString(ask("select id::text from waymark.person where source_person_id = ?", person));
    }

    /** As a feature would. @return the id of the parcel */
    String put(String type, UUID subject, boolean replaces) {
        String key = reference + ':' + ++put;
        UUID caseId = caseId();
        UUID personId = personId();
        acting().as(worker("northmoor"), (Connection c) -> bean(Outbound.class).put(c, new NewParcel(force("northmoor"), type, caseId, personId, subject,
            key, JsonNodeFactory.instance.objectNode().put("said", key), replaces)));
        return ask("select id::text from waymark.outbound_parcel where dedupe_key = ?", key);
    }

    String put(String type) {
        return put(type, bean(Ids.class).next(), false);
    }

    /** Hands over all that may be called now. */
    void handOver() {
        bean(Deliveries.class).drain();
    }

    void later(Duration machine) {
        clocks.advanceMachine(machine);
        handOver();
    }

    void leasesLapse() {
        superuser("update waymark.outbound_parcel set lease_until = clock_timestamp() - interval '1 second' where lease is not null");
    }

    Api system() {
        return api().as(systemToken("northmoor"));
    }

    List<JsonNode> fetched() {
        var items = new ArrayList<JsonNode>();
        system().get("/v1/bridge/outbound").expect(200).body().path("items").forEach(items::add);
        return items;
    }

    Answer preferences() {
        return api().as(token).get("/v1/me/contact-preferences").expect(200);
    }

    /** The person changes one thing. */
    Answer wants(String field, Object value) {
        Answer known = preferences();
        ObjectNode wanted = known.body().deepCopy();
        wanted.set(field, Api.JSON.valueToTree(value));
        return api().as(token).with("If-Match", known.header("etag").orElseThrow()).put("/v1/me/contact-preferences", wanted).expect(200);
    }

    double tries(String outcome) {
        return bean(MeterRegistry.class).get("waymark.outbound.tries").tag("outcome", outcome).counter().count();
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

    void complete(JsonNode item, String outcome, int status) {
        api().as(staffToken("witness_care", "northmoor")).post("/v1/staff/queue/" + item.path("id").asText() + "/completion",
            Map.of("outcome", outcome)).expect(status);
    }
}
