package uk.waymark.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.inject.qualifiers.Qualifiers;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.WaymarkTest;

class OperationsTest extends WaymarkTest {

    @Test
    void healthIsOpenAndSaysLittle() {
        for (String path : new String[] {"/health", "/health/liveness", "/health/readiness"}) {
            var answer = api().get(path).expect(200);
            assertEquals("UP", answer.at("/status"), path);
        }
        assertTrue(api().get("/prometheus").expect(200).text().contains("jvm_memory"));
    }

    @Test
    void otherManagementIsNotThere() {
        for (String path : new String[] {"/beans", "/env", "/loggers", "/routes", "/refresh", "/info", "/metrics", "/threaddump"}) {
            api().get(path).expect(404);
        }
    }

    @Test
    void anUnknownAddressIs404AndAProblem() {
        var answer = api().get("/v1/nothing-here").expect(404);
        assertEquals("application/problem+json", answer.header("content-type").orElseThrow());
    }

    @Test
    void whatAClientGetsWrongIsNever500() {
        assertEquals(405, api().delete("/sandbox/tokens").status());
        assertEquals(415, api().send("POST", "/sandbox/tokens", "text/plain", "{}".getBytes(UTF_8)).status());
        assertEquals(406, api().with("Accept", "image/png").get("/sandbox/clock").status());
        assertEquals(400, api().post("/sandbox/tokens", "{\"as\":").status());
        assertEquals(400, api().post("/sandbox/tokens", "[".repeat(5_000)).status());
        assertEquals(400, api().post("/sandbox/tokens", "{\"as\":\"officer\",\"more\":1}").status());
        assertEquals(400, api().post("/sandbox/tokens", "{\"as\":7}").status());
        assertEquals(413, api().send("POST", "/sandbox/tokens", "application/json", new byte[9_000_000]).status());
    }

    /** Most clients ask for JSON whatever they call. */
    @Test
    void whoeverAsksForJsonIsAnsweredWhereThereIsNothingToSay() {
        var asked = api().with("Accept", "application/json").post("/sandbox/replies", Map.of("from", "+447700900999", "body", "Hello"));
        assertTrue(asked.expect(404).text().contains("No such phone"), "it was looked for, and not 406");
        var refused = api().with("Accept", "application/json").get("/v1/nothing-here").expect(404);
        assertEquals("application/problem+json", refused.header("content-type").orElseThrow());
    }

    @Test
    void answersCarryHeadersForBrowsersAndProxies() {
        var answer = api().get("/sandbox/clock").expect(200);
        assertEquals("nosniff", answer.header("x-content-type-options").orElseThrow());
        assertEquals("no-store", answer.header("cache-control").orElseThrow());
        assertTrue(answer.header("content-security-policy").orElseThrow().contains("default-src 'none'"));
        assertTrue(answer.header("server").isEmpty());
    }

    @Test
    void theContractIsServedAsADocumentAndAsAPage() {
        assertTrue(api().get("/docs/openapi.yaml").expect(200).text().contains("openapi: 3.0.3"));
        String page = api().get("/docs").expect(200).text();
        for (String part : new String[] {"/v1/sign-in/codes", "receiveEvents", "witness_care", "SandboxPerson"}) {
            assertTrue(page.contains(part), part);
        }
        assertFalse(page.contains("<script"));
        assertFalse(page.matches("(?s).*(src|href)=\"(https?:)?//.*"), "nothing from elsewhere");
        assertTrue(api().get("/docs/style.css").expect(200).text().contains("body"));
    }

    @Test
    void everyAnswerCarriesARequestId() {
        String mine = UUID.randomUUID().toString();
        assertEquals(mine, api().with("X-Request-Id", mine).get("/health").header("x-request-id").orElseThrow());
        String other = api().with("X-Request-Id", "+447700900001").get("/nothing").header("x-request-id").orElseThrow();
        assertEquals(36, other.length());
    }

    @Test
    void theDispatchersLoginWorksOutsideMicronautsTransactions() throws SQLException {
        var proxy = waymark.context().getBean(DataSource.class, Qualifiers.byName("dispatcher"));
        try (var c = DelegatingDataSource.unwrapDataSource(proxy).getConnection()) {
            assertEquals("waymark_dispatcher", Sql.one(c, "select current_user", r -> r.getString(1)).orElseThrow());
        }
    }
}
