package uk.waymark.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** That the port's contract can be held: by the smallest adapter there is, over HTTP, with an idempotency key. */
class DeliverPortTest extends DeliverPortContract {
    private final Map<String, String> held = new ConcurrentHashMap<>();
    private HttpServer server;
    private volatile int status = 201;
    private volatile boolean lost;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/inbox", this::take);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void take(HttpExchange e) throws IOException {
        try (e) {
            e.getRequestBody().readAllBytes();
            int now = status;
            status = 201;
            if (now == 201) {
                String reference = held.computeIfAbsent(e.getRequestHeaders().getFirst("Idempotency-Key"), k -> "R" + held.size());
                if (lost) {
                    lost = false;
                    e.sendResponseHeaders(201, 100);
                    e.getResponseBody().flush();
                    return;
                }
                e.getResponseHeaders().add("X-Reference", reference);
            }
            e.sendResponseHeaders(now, -1);
        }
    }

    @Override
    protected DeliverAdapter adapter() {
        return new Inbox();
    }

    @Override
    protected AdapterAccess access() {
        return new AdapterAccess(UUID.randomUUID(), UUID.randomUUID(), URI.create("http://localhost:" + server.getAddress().getPort()),
            null, null, null, JsonNodeFactory.instance.objectNode());
    }

    @Override
    protected int held() {
        return held.size();
    }

    @Override
    protected List<Runnable> refusedForNow() {
        return List.of(() -> status = 503, () -> status = 429);
    }

    @Override
    protected void answerLost() {
        lost = true;
    }

    @Override
    protected void refused() {
        status = 422;
    }

    /** Posts a parcel with its id as the key. */
    private static final class Inbox implements DeliverAdapter {
        private final HttpClient http = HttpClient.newHttpClient();

        @Override
        public String kind() {
            return "inbox";
        }

        @Override
        public Delivered deliver(AdapterAccess adapter, Parcel parcel) {
            var request = HttpRequest.newBuilder(URI.create(adapter.baseUrl() + "/inbox")).timeout(Duration.ofSeconds(10))
                .header("Idempotency-Key", parcel.id().toString()).POST(BodyPublishers.ofString(parcel.data().toString())).build();
            try {
                var answer = http.send(request, BodyHandlers.ofString());
                return switch (answer.statusCode()) {
                    case 201 -> new Delivered.Acknowledged(answer.headers().firstValue("X-Reference").orElse(null));
                    case 429, 503 -> new Delivered.Later(null, "answer_" + answer.statusCode());
                    default -> new Delivered.Refused("answer_" + answer.statusCode());
                };
            } catch (IOException e) {
                return new Delivered.Unknown("connection_lost");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Delivered.Unknown("interrupted");
            }
        }
    }
}
