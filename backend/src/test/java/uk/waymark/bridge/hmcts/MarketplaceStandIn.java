package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * HMCTS's API Marketplace as a test wants it, over real HTTP: a token endpoint and the three APIs, each under a path of its
 * own. Every request, and every answer that is not trouble on purpose, is held against HMCTS's own OpenAPI documents.
 */
public final class MarketplaceStandIn implements AutoCloseable {
    public static final String CLIENT = "waymark:northmoor";
    public static final String SECRET = "sandbox";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Queue<Trouble> troubles = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final MarketplaceDescription description = MarketplaceDescription.get();
    private volatile int tokenStatus = 200;
    private volatile Runnable before = () -> { };
    private volatile boolean withTags = true;

    /** @param path as it was on the line, from the API's own path on */
    public record Asked(String path, String ifNoneMatch, int status) { }

    /** What goes wrong with one request. */
    public enum Trouble { UNAUTHORISED, TOO_MANY, SERVER_ERROR, UNAVAILABLE, RESET, SLOW, DRIP, GARBAGE, NO_OBJECT, HUGE, FORBIDDEN }

    public MarketplaceStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", this::token);
        server.createContext("/details/", e -> api("/details", e));
        server.createContext("/schedule/", e -> api("/schedule", e));
        server.createContext("/houses/", e -> api("/houses", e));
        server.setExecutor(threads);
        server.start();
    }

    public String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What the adapter's row says of the addresses. */
    public ObjectNode mapping() {
        return Json.MAPPER.createObjectNode().put("details_url", base() + "/details").put("schedule_url", base() + "/schedule/")
            .put("houses_url", base() + "/houses").put("scope", "courts.read");
    }

    public MarketplaceStandIn details(String urn, boolean active, boolean restricted) {
        bodies.put("/cases/" + urn, "{\"caseStatus\": \"" + (active ? "ACTIVE" : "INACTIVE") + "\", \"reportingRestrictions\": "
            + restricted + "}");
        return this;
    }

    /** @param hearings JSON objects */
    public MarketplaceStandIn schedule(String urn, String... hearings) {
        return body("/case/" + urn + "/courtschedule", "{\"courtSchedule\": [{\"hearings\": [" + String.join(",", hearings) + "]}]}");
    }

    public MarketplaceStandIn house(String id, String name) {
        return body("/courthouses/" + id, "{\"courtHouseType\": \"crown\", \"courtHouseCode\": \"C44SA00\", \"courtHouseName\": \"" + name
            + "\", \"address\": {\"address1\": \"The Law Courts\", \"address2\": \"\", \"postalCode\": \"SO15 2XQ\"}}");
    }

    /** @param path decoded, from the API's own path on; @param body null takes it away */
    public MarketplaceStandIn body(String path, String body) {
        if (body == null) {
            bodies.remove(path);
        } else {
            bodies.put(path, body);
        }
        return this;
    }

    /** Each befalls one request, in turn. */
    public MarketplaceStandIn trouble(Trouble... next) {
        synchronized (troubles) {
            troubles.addAll(Arrays.asList(next));
        }
        return this;
    }

    public void tokensAnswer(int status) {
        tokenStatus = status;
    }

    public void withoutTags() {
        withTags = false;
    }

    /** Done while the next request waits for its answer. */
    public void whileAsked(Runnable work) {
        before = work;
    }

    public List<Asked> asked() {
        return asked;
    }

    /** How often a schedule was asked for. */
    public long schedulesAsked() {
        return asked.stream().filter(a -> a.path().endsWith("/courtschedule")).count();
    }

    public int tokensGiven() {
        return tokens.size();
    }

    /** What HMCTS's documents have against what was asked and answered; empty where they are not at hand. */
    public List<String> problems() {
        return problems;
    }

    private void token(HttpExchange e) throws IOException {
        try (e) {
            String form = new String(e.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String basic = "Basic " + Base64.getEncoder()
                .encodeToString((CLIENT.replace(":", "%3A") + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
            boolean known = basic.equals(e.getRequestHeaders().getFirst("Authorization"))
                && form.equals("grant_type=client_credentials&scope=courts.read");
            int status = tokenStatus != 200 ? tokenStatus : known ? 200 : 401;
            String token = "token-" + (tokens.size() + 1);
            if (status == 200) {
                tokens.add(token);
            }
            answer(e, status, status == 200 ? "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": 600}"
                : "{\"error\": \"invalid_client\"}");
        }
    }

    private void api(String prefix, HttpExchange e) throws IOException {
        String path = e.getRequestURI().getRawPath().substring(prefix.length());
        Runnable work = before;
        before = () -> { };
        work.run();
        Trouble trouble;
        synchronized (troubles) {
            trouble = troubles.poll();
        }
        try (e) {
            description.request(prefix, path, e.getRequestHeaders()).forEach(problems::add);
            String authorised = "Bearer " + (tokens.isEmpty() ? "" : tokens.getLast());
            if (trouble != null) {
                trouble(e, trouble);
            } else if (!authorised.equals(e.getRequestHeaders().getFirst("Authorization"))) {
                answer(e, 401, "");
            } else {
                good(e, prefix, path, e.getRequestHeaders().getFirst("If-None-Match"));
            }
        }
    }

    /** Before the other side can know that it was answered. */
    private void answering(HttpExchange e, int status) {
        String path = e.getRequestURI().getRawPath();
        if (!path.equals("/token")) {
            asked.add(new Asked(path.substring(path.indexOf('/', 1)), e.getRequestHeaders().getFirst("If-None-Match"), status));
        }
    }

    private void good(HttpExchange e, String prefix, String path, String known) throws IOException {
        String body = bodies.get(decoded(path));
        if (body == null) {
            answer(e, 404, "");
            return;
        }
        description.answer(prefix, path, body).forEach(problems::add);
        String tag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
        if (withTags) {
            e.getResponseHeaders().add("ETag", tag);
        }
        boolean same = withTags && tag.equals(known);
        answer(e, same ? 304 : 200, same ? "" : body);
    }

    private void trouble(HttpExchange e, Trouble trouble) throws IOException {
        switch (trouble) {
            case UNAUTHORISED -> answer(e, 401, "");
            case FORBIDDEN -> answer(e, 403, "");
            case TOO_MANY -> {
                e.getResponseHeaders().add("Retry-After", "120");
                answer(e, 429, "{}");
            }
            case SERVER_ERROR -> answer(e, 500, "{\"error\": \"x\"}");
            case UNAVAILABLE -> answer(e, 503, "");
            case RESET -> {
                // in the midst of the answer: before it, HttpClient would quietly ask again
                answering(e, 200);
                e.sendResponseHeaders(200, 100);
                e.getResponseBody().write('{');
                e.getResponseBody().flush();
            }
            case SLOW -> {
                pause();
                answer(e, 200, "{}");
            }
            case DRIP -> {
                answering(e, 200);
                e.sendResponseHeaders(200, 0);
                e.getResponseBody().write('{');
                e.getResponseBody().flush();
                pause();
            }
            case GARBAGE -> answer(e, 200, "<html>Sign in</html>");
            case NO_OBJECT -> answer(e, 200, "[1, 2]");
            case HUGE -> answer(e, 200, "{\"courtSchedule\": \"" + "x".repeat(3_000_000) + "\"}");
        }
    }

    /** Longer than any test's timeout; ends when this is closed. */
    private static void pause() {
        try {
            new CountDownLatch(1).await(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange e, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        answering(e, status);
        e.getResponseHeaders().add("Content-Type", "application/json");
        e.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            e.getResponseBody().write(bytes);
        }
    }

    private static String decoded(String path) {
        return String.join("/", Arrays.stream(path.split("/")).map(s -> URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
