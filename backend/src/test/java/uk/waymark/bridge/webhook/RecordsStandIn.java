package uk.waymark.bridge.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A force's records system that is called, over real HTTP, as docs/outbound.md asks for it: it checks who calls, keeps one thing an
 * id, and misbehaves when it is told to.
 */
public final class RecordsStandIn implements AutoCloseable {
    public static final String CLIENT = "waymark";
    public static final String SECRET = "sandbox";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, JsonNode> held = new ConcurrentHashMap<>();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<String> called = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final Queue<Trouble> troubles = new ArrayDeque<>();
    private volatile Runnable before = () -> { };

    /** What befalls one call; those whose names begin with TAKEN have stored it. */
    public enum Trouble { DOWN, BUSY, UNAUTHORISED, NO_SUCH_PAGE, REFUSED, FAULT, TAKEN_FAULT, TAKEN_LOST, TAKEN_SLOW, SIGN_IN_PAGE,
        REDIRECT }

    public RecordsStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", this::token);
        server.createContext("/inbox", this::inbox);
        server.setExecutor(threads);
        server.start();
    }

    public URI inbox() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/inbox");
    }

    public URI tokens() {
        return inbox().resolve("/token");
    }

    /** Each befalls one call, in turn. */
    public RecordsStandIn trouble(Trouble... next) {
        synchronized (troubles) {
            troubles.addAll(Arrays.asList(next));
        }
        return this;
    }

    /** Done while the next call waits for its answer. */
    public void whileCalled(Runnable work) {
        before = work;
    }

    /** What it has, by id. */
    public Map<String, JsonNode> held() {
        return held;
    }

    /** Ids in the order in which they arrived for the first time. */
    public List<String> arrived() {
        return arrived;
    }

    /** Ids of all calls. */
    public List<String> called() {
        return called;
    }

    /** What it has against the calls. */
    public List<String> problems() {
        return problems;
    }

    public int tokensGiven() {
        return tokens.size();
    }

    private void token(HttpExchange e) throws IOException {
        try (e) {
            e.getRequestBody().readAllBytes();
            String basic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ':' + SECRET).getBytes(StandardCharsets.UTF_8));
            boolean known = basic.equals(e.getRequestHeaders().getFirst("Authorization"));
            tokens.add("token-" + (tokens.size() + 1));
            answer(e, known ? 200 : 401, "{\"access_token\": \"" + tokens.getLast() + "\", \"token_type\": \"Bearer\"}");
        }
    }

    private void inbox(HttpExchange e) throws IOException {
        Trouble trouble;
        synchronized (troubles) {
            trouble = troubles.poll();
        }
        Runnable work = before;
        before = () -> { };
        try (e) {
            byte[] body = e.getRequestBody().readAllBytes();
            JsonNode parcel = new ObjectMapper().readTree(body);
            String id = e.getRequestHeaders().getFirst("Idempotency-Key");
            called.add(id);
            work.run();
            if (!authentic(e, body) || !parcel.path("id").asText().equals(id) || !parcel.path("data").isObject()
                    || parcel.path("type").asText().isEmpty() || parcel.path("crime_reference").asText().isEmpty()) {
                problems.add("not as agreed: " + parcel.path("type").asText());
            }
            if (trouble != null && !trouble.name().startsWith("TAKEN")) {
                refuse(e, trouble);
                return;
            }
            if (held.putIfAbsent(id, parcel) == null) {
                arrived.add(id);
            } else if (trouble == null) {
                answer(e, 409, "{\"source_reference\": \"" + reference(id) + "\"}");
                return;
            }
            taken(e, trouble, id);
        }
    }

    /** What it calls it. */
    public static String reference(String id) {
        return "R-" + id.substring(id.length() - 6);
    }

    private boolean authentic(HttpExchange e, byte[] body) {
        String signed = e.getRequestHeaders().getFirst("Waymark-Signature");
        if (signed == null) {
            return ("Bearer " + (tokens.isEmpty() ? "" : tokens.getLast())).equals(e.getRequestHeaders().getFirst("Authorization"));
        }
        try {
            // as whoever receives it would write it, from the page
            String time = signed.replaceAll("^t=(\\d+),v1=.*$", "$1");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return signed.equals("t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void refuse(HttpExchange e, Trouble trouble) throws IOException {
        switch (trouble) {
            case DOWN -> answer(e, 503, "");
            case BUSY -> {
                e.getResponseHeaders().add("Retry-After", "120");
                answer(e, 429, "{}");
            }
            case UNAUTHORISED -> answer(e, 401, "");
            case NO_SUCH_PAGE -> answer(e, 404, "");
            case REFUSED -> answer(e, 422, "{\"detail\": \"closed\"}");
            case FAULT -> answer(e, 500, "");
            case SIGN_IN_PAGE -> answer(e, 200, "<html>Sign in</html>");
            default -> {
                e.getResponseHeaders().add("Location", "/elsewhere");
                answer(e, 302, "");
            }
        }
    }

    private void taken(HttpExchange e, Trouble trouble, String id) throws IOException {
        switch (trouble) {
            case null -> answer(e, 201, "{\"source_reference\": \"" + reference(id) + "\"}");
            case TAKEN_FAULT -> answer(e, 500, "");
            case TAKEN_SLOW -> {
                pause();
                answer(e, 201, "");
            }
            default -> {
                // in the midst of the answer
                e.sendResponseHeaders(201, 100);
                e.getResponseBody().write('{');
                e.getResponseBody().flush();
            }
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

    private static void answer(HttpExchange e, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        e.getResponseHeaders().add("Content-Type", "application/json");
        e.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            e.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
