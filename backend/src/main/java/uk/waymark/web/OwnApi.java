package uk.waymark.web;

import io.micronaut.core.type.Argument;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.OwnCalls;

/**
 * The API, asked by a page as an app would ask it: over HTTP on this machine, with the browser's own token. So a page can do
 * nothing that the API does not allow, and is held to the same authorisation, validation, limits, ETags, Idempotency-Keys and
 * audit (docs/adr/0042).
 */
@Singleton
public class OwnApi {
    private static final Duration TOO_LONG = Duration.ofSeconds(55);
    private static final int NO_CONTENT = 204;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5))
        .followRedirects(HttpClient.Redirect.NEVER).executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    private final Provider<EmbeddedServer> server;
    private final ObjectMapper json;
    private final OwnCalls own;
    private final CurrentCaller caller;

    OwnApi(Provider<EmbeddedServer> server, ObjectMapper json, OwnCalls own, CurrentCaller caller) {
        this.server = server;
        this.json = json;
        this.own = own;
        this.caller = caller;
    }

    /**
     * One call.
     *
     * @param ask  what and for whom
     * @param type of the body; {@code byte[]} for the bytes as they are, {@code Void} for none
     */
    public <T> Reply<T> send(Ask ask, Class<T> type) {
        var request = HttpRequest.newBuilder(address(ask.path())).timeout(TOO_LONG)
            .header(OwnCalls.HEADER, own.header(caller.address()))
            .header("Accept-Language", ask.lang().tag()).header("Accept", "*/*");
        if (ask.body() != null) {
            request.header("Content-Type", "application/json");
        }
        ask.headers().forEach(request::setHeader);
        if (ask.bearer() != null) {
            request.header("Authorization", "Bearer " + ask.bearer());
        }
        try {
            if (ask.body() == null) {
                request.method(ask.method(), BodyPublishers.noBody());
            } else {
                request.method(ask.method(), BodyPublishers.ofByteArray(
                    ask.body() instanceof byte[] bytes ? bytes : json.writeValueAsBytes(ask.body())));
            }
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return answer.statusCode() >= 300 ? new Reply.No<>(Refusal.of(answer.statusCode(), answer.body()))
                : new Reply.Done<>(answer.statusCode(), body(answer.statusCode(), answer.body(), type),
                    answer.headers().firstValue("ETag").orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asking the API");
        }
    }

    /**
     * @param bearer  null before anybody is signed in
     * @param body    null for none; bytes go as they are, with the Content-Type among the headers
     * @param headers instead of the usual ones of the same name
     */
    public record Ask(String method, String path, String bearer, Lang lang, Object body, Map<String, String> headers) {
        @Override
        public String toString() {
            return "Ask[" + method + "]";
        }
    }

    private URI address(String path) {
        EmbeddedServer here = server.get();
        return URI.create(here.getScheme() + "://localhost:" + here.getPort() + path);
    }

    private <T> T body(int status, byte[] bytes, Class<T> type) throws IOException {
        if (type == byte[].class) {
            return type.cast(bytes);
        }
        return status == NO_CONTENT || bytes.length == 0 || type == Void.class ? null : json.readValue(bytes, Argument.of(type));
    }
}
