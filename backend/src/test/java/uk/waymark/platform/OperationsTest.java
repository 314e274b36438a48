package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
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
