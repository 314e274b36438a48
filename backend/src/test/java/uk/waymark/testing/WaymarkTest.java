package uk.waymark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Settings;
import uk.waymark.sandbox.SandboxForces;

/**
 * A test of the whole application: real PostgreSQL with the real logins, real HTTP, clocks that the test moves. One fresh
 * database and one started instance a test class, in the sandbox environment: two forces (codes {@code northmoor} and
 * {@code glanafon}), their identity providers and everybody's phones, and no people.
 *
 * <pre>{@code
 * class SomethingTest extends WaymarkTest {
 *     @Test
 *     void works() {
 *         api().as(systemToken("northmoor")).post("/v1/bridge/events", batch).expect(200);
 *     }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WaymarkTest {
    protected final TestClocks clocks = new TestClocks();
    protected TestDatabase database;
    protected RunningWaymark waymark;

    @BeforeAll
    final void startWaymark() {
        database = TestDatabase.fresh();
        Settings settings = database.settings(RunningWaymark.freePort());
        SandboxForces.prepare(settings);
        waymark = RunningWaymark.start(settings, clocks, properties());
    }

    @AfterAll
    final void stopWaymark() {
        if (waymark != null) {
            waymark.close();
        }
        if (database != null) {
            database.drop();
        }
    }

    /** Micronaut properties for this class only. */
    protected Map<String, Object> properties() {
        return Map.of();
    }

    /** Another instance on the same database; the caller closes it. Receipts and tokens still go through the first. */
    protected RunningWaymark secondInstance() {
        int publicPort = waymark.settings().port();
        return RunningWaymark.start(database.settings(RunningWaymark.freePort(), publicPort), clocks, properties());
    }

    protected Api api() {
        return waymark.api();
    }

    protected <T> T bean(Class<T> type) {
        return waymark.bean(type);
    }

    /** The id of a force by its code. */
    protected UUID force(String code) {
        return SandboxForces.byCode(code).id();
    }

    /** A worker of a force, for reading and preparing by SQL: {@code acting().as(worker("northmoor"), c -> …)}. */
    protected Caller worker(String forceCode) {
        return new Caller.Worker(force(forceCode));
    }

    protected ActingAs acting() {
        return bean(ActingAs.class);
    }

    /** A staff token from the sandbox's identity provider. */
    protected String staffToken(String role, String forceCode) {
        return api().post("/sandbox/tokens", Map.of("as", role, "force", forceCode)).expect(200).at("/access_token");
    }

    protected String systemToken(String forceCode) {
        return staffToken("system", forceCode);
    }

    /** What a phone of the sandbox received, newest first. */
    protected Answer messages(String mobile) {
        return api().get("/sandbox/messages?to=" + Api.encode(mobile)).expect(200);
    }

    /** What a phone was told of its case or its court dates, newest first: neither an invitation nor a code. */
    protected List<String> newsOn(String mobile) {
        var bodies = new ArrayList<String>();
        for (JsonNode sms : messages(mobile).body().path("items")) {
            String body = sms.path("body").asText();
            if (!body.startsWith("You can now follow your case") && !body.contains("is your sign-in code")) {
                bodies.add(body);
            }
        }
        return bodies;
    }
}
