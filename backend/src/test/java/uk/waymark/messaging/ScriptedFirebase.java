package uk.waymark.messaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Firebase as a test wants it: keeps what it gets and answers each token as told. */
final class ScriptedFirebase implements AutoCloseable {
    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private volatile Runnable beforeAnswer = () -> { };

    ScriptedFirebase() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/fcm/v1/projects/waymark-sandbox/messages:send", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort() + "/fcm";
    }

    /** From now on; 404 is UNREGISTERED. */
    void answer(String token, int status) {
        answers.put(token, status);
    }

    /** Done once, while the next request waits for its answer. */
    void beforeAnswer(Runnable work) {
        beforeAnswer = work;
    }

    /** Bodies sent to a token. */
    List<String> to(String token) {
        return bodies.stream().filter(b -> b.contains("\"token\":\"" + token + "\"")).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(body);
            String token = body.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
            Runnable work = beforeAnswer;
            beforeAnswer = () -> { };
            work.run();
            boolean admitted = "Bearer sandbox".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            int status = admitted ? answers.getOrDefault(token, 200) : 401;
            byte[] answer = (status == 200 ? "{\"name\":\"projects/waymark-sandbox/messages/" + bodies.size() + "\"}"
                : status == 404 ? """
                    {"error":{"code":404,"message":"x","status":"NOT_FOUND","details":[{"errorCode":"UNREGISTERED",
                     "@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError"}]}}""" : "{}")
                .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
