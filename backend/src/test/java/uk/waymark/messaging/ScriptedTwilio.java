package uk.waymark.messaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Twilio as a test wants it: takes messages, answers as told and sends nothing by itself. */
final class ScriptedTwilio implements AutoCloseable {
    static final String TOKEN = "sandbox";
    private final HttpServer server;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    /** Messages come side by side, and no two have one sid. */
    private final AtomicInteger sids = new AtomicInteger();
    private volatile int status = 201;
    private volatile int code = 21211;

    /** @param fields as posted */
    record Taken(String accountSid, String sid, Map<String, String> fields) {
        String to() {
            return fields.get("To");
        }

        String body() {
            return fields.get("Body");
        }

        /** The address for receipts, from the path on. */
        String callbackPath() {
            return fields.get("StatusCallback").replaceFirst("^https?://[^/]+", "");
        }
    }

    ScriptedTwilio() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/twilio/2010-04-01/Accounts/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** With a path in front, as a stand-in behind another address has. */
    String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort() + "/twilio";
    }

    void answerWith(int newStatus) {
        refuseWith(newStatus, 21211);
    }

    /** With one of Twilio's own codes. */
    void refuseWith(int newStatus, int newCode) {
        code = newCode;
        status = newStatus;
    }

    List<Taken> to(String number) {
        return taken.stream().filter(t -> number.equals(t.to())).toList();
    }

    Taken onlyTo(String number) {
        List<Taken> all = to(number);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " messages");
        }
        return all.getFirst();
    }

    private void take(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            list(exchange);
            return;
        }
        try (exchange) {
            String account = exchange.getRequestURI().getPath().split("/")[4];
            String basic = "Basic "
                + Base64.getEncoder().encodeToString((account + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
            var message = new Taken(account, "SM" + String.format("%032x", sids.incrementAndGet()),
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            boolean admitted = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            taken.add(message);
            byte[] answer = (admitted && status == 201
                ? "{\"sid\":\"" + message.sid() + "\",\"status\":\"queued\"}"
                : "{\"code\":" + code + ",\"message\":\"no\",\"status\":" + status + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(admitted ? status : 401, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Its list holds nothing, whatever is asked. */
    private void list(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = "{\"messages\":[],\"page_size\":200,\"next_page_uri\":null}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status == 201 ? 200 : status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static Map<String, String> form(String body) {
        var fields = new TreeMap<String, String>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** As Twilio signs: HMAC-SHA-1 of the address and the fields by name. */
    static String signature(String token, String url, Map<String, String> fields) {
        var text = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
