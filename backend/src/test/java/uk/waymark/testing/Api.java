package uk.waymark.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls an instance over HTTP, as anyone would. Immutable: {@link #as(String)}, {@link #with} and {@link #watchedBy} make
 * another.
 */
public final class Api {
    /** Is shown every answer. */
    @FunctionalInterface
    public interface Watcher {
        void saw(String method, URI uri, Answer answer);
    }

    public static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(30)).followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI base;
    private final Map<String, String> headers;
    private final Watcher watcher;

    public Api(URI base) {
        this(base, Map.of(), (method, uri, answer) -> { });
    }

    private Api(URI base, Map<String, String> headers, Watcher watcher) {
        this.base = base;
        this.headers = headers;
        this.watcher = watcher;
    }

    /** With every answer shown to this watcher. */
    public Api watchedBy(Watcher other) {
        return new Api(base, headers, other);
    }

    /** With this bearer token. */
    public Api as(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    /** With this header on every call. */
    public Api with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, more, watcher);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** @param body anything Jackson writes, or a text that is JSON already; null sends no body */
    public Answer post(String path, Object body) {
        return send(body(path, "POST", body));
    }

    public Answer put(String path, Object body) {
        return send(body(path, "PUT", body));
    }

    /** As a browser's form. */
    public Answer form(String path, Map<String, String> fields) {
        String text = fields.entrySet().stream().map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
        return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(text)));
    }

    /** Any method, body and media type: for requests that are wrong on purpose. */
    public Answer send(String method, String path, String contentType, byte[] body) {
        var request = request(path).method(method, body == null ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(body));
        return send(contentType == null ? request : request.header("Content-Type", contentType));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder body(String path, String method, Object body) {
        if (body == null) {
            return request(path).method(method, BodyPublishers.noBody());
        }
        try {
            String text = body instanceof String s ? s : JSON.writeValueAsString(body);
            return request(path).header("Content-Type", "application/json").method(method,
                BodyPublishers.ofString(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::setHeader);
        return request;
    }

    private Answer send(HttpRequest.Builder builder) {
        try {
            HttpRequest request = builder.build();
            var response = CLIENT.send(request, BodyHandlers.ofString());
            var answer = new Answer(response.statusCode(), response.headers(), json(response.body()), response.body());
            watcher.saw(request.method(), request.uri(), answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
