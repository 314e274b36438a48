package uk.waymark.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MediaType;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Startup;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pages;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.WaymarkTest;

/** What the server routes is what the contract says, no more and no less; in production without the sandbox. */
class RoutesTest extends WaymarkTest {
    /** The one route of Micronaut's that stands for several of the contract's. */
    private static final Map<String, Set<String>> STANDS_FOR =
        Map.of("GET /health/{selector}", Set.of("GET /health/liveness", "GET /health/readiness"));

    @Test
    void theSandboxRoutesWhatTheContractSays() {
        assertEquals(contract(true), routes(waymark.context()));
    }

    @Test
    void productionRoutesTheSameWithoutTheSandbox() {
        Settings serving = database.servingSettings(RunningWaymark.freePort());
        var builder = Startup.application(serving, InstantSource.system(), InstantSource.system());
        try (ApplicationContext context = builder.start()) {
            assertFalse(context.getEnvironment().getActiveNames().contains("sandbox"));
            assertEquals(contract(false), routes(context));
            context.getBean(EmbeddedServer.class).start();
            var api = new Api(URI.create("http://localhost:" + serving.port()));
            assertEquals(401, api.get("/prometheus").status(), "figures without a token");
            for (var operation : Contract.operations()) {
                if (sandbox(operation)) {
                    int status = api.send(operation.method(), operation.at(Map.of("force", "northmoor", "account_sid",
                        "AC0", "project", "waymark-sandbox", "message_sid", "SM0")),
                        null, null).status();
                    assertEquals(404, status, operation.toString());
                }
            }
        }
    }

    /** A JSON body is held to its schema by the name of the model it is bound to: so the two must have one name. */
    @Test
    void everyJsonBodyIsBoundToTheModelOfItsSchema() {
        var wanted = new TreeMap<String, String>();
        for (var operation : Contract.operations()) {
            operation.bodySchema().ifPresent(schema -> wanted.put(operation.toString(), schema));
        }
        // read by hand: event by event, and in formats of others
        wanted.remove("POST /v1/bridge/events");
        wanted.remove("POST /v1/bridge/court-lists");
        wanted.remove("POST /v1/bridge/listing-events");
        wanted.keySet().removeIf(operation -> operation.startsWith("POST /v1/webhooks/"));
        assertFalse(wanted.isEmpty());
        var bound = new TreeMap<String, String>();
        routesOf(waymark.context()).filter(r -> wanted.containsKey(name(r)) && r.doesConsume(MediaType.APPLICATION_JSON_TYPE)).forEach(r -> {
            Class<?> body = r.getRequestBodyType().orElseThrow().getType();
            assertTrue(body.getName().startsWith("uk.waymark.api.model."), () -> r + " takes " + body);
            bound.put(name(r), body.getSimpleName());
        });
        assertEquals(wanted, bound);
    }

    private static boolean sandbox(Contract.Operation operation) {
        return operation.path().startsWith("/sandbox");
    }

    private static Set<String> contract(boolean withSandbox) {
        return Contract.operations().stream().filter(o -> withSandbox || !sandbox(o)).map(Contract.Operation::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> routes(ApplicationContext context) {
        var routes = new TreeSet<String>();
        routesOf(context).map(RoutesTest::name).forEach(name -> routes.addAll(STANDS_FOR.getOrDefault(name,
            Set.of(name))));
        return routes;
    }

    /** Without HEAD, which Micronaut answers wherever there is a GET, and without pages, which are for people and have no contract. */
    private static java.util.stream.Stream<UriRouteInfo<?, ?>> routesOf(ApplicationContext context) {
        return context.getBean(Router.class).uriRoutes().filter(r -> r.getHttpMethod() != HttpMethod.HEAD && !Pages.has(r));
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + ' ' + route.getUriMatchTemplate().toPathString();
    }
}
