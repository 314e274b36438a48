package uk.waymark.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;

/**
 * A server that keeps the contract's promises about repeating: an Idempotency-Key makes one thing, an old version is 412, the same
 * text again is 200. It can lose its answers and its line.
 */
final class Unit extends Dispatcher {
    final MockWebServer server = new MockWebServer();
    final List<String> calls = new ArrayList<>();
    final List<String> made = new ArrayList<>();
    final Map<String, String> texts = new LinkedHashMap<>();
    final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    int loseAnswers;
    int loseRefreshes;
    int refreshes;
    private String refresh = "refresh-1";
    private String exchanged = "";
    int busy;
    boolean signedOut;
    /** A token that is not good any more, before its time. */
    String unknown;
    boolean present;
    boolean readsFresh;
    String notices;
    /** What happens on the device while the next change is on its way. */
    Runnable meanwhile = () -> { };
    String refuse;
    /** What never gets through: what has this in its text breaks off on its way. */
    String broken;
    /** What is never answered: whatever has this in its text. */
    String silent;
    /** What the server cannot deal with: whatever has this in its text. */
    String poison;
    /** A path at which nothing is to be read any more. */
    String gone;
    String fileName;
    int reads200;
    int reads304;

    Unit() throws IOException {
        server.setDispatcher(this);
        server.start();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        calls.add(request.getMethod() + " " + request.getPath());
        if (busy > 0) {
            busy--;
            return new MockResponse().setResponseCode(503).setHeader("Retry-After", "7");
        }
        if (request.getPath().equals("/v1/sign-in/refreshes")) {
            return refresh(JsonParser.parseString(request.getBody().readUtf8()).getAsJsonObject());
        }
        if (request.getHeader("Authorization") == null || request.getHeader("Authorization").equals(unknown) || signedOut) {
            return new MockResponse().setResponseCode(401);
        }
        if (request.getHeader("File-Name") != null) {
            fileName = request.getHeader("File-Name");
        }
        String body = request.getBody().readUtf8();
        if (silent != null && body.contains(silent)) {
            notifyAll();
            return new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
        }
        if (broken != null && body.contains(broken)) {
            return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
        }
        MockResponse answer = answer(request, body);
        if (loseAnswers > 0 && !request.getMethod().equals("GET")) {
            loseAnswers--;
            return answer.setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST); // done, and nobody hears of it
        }
        return answer;
    }

    /** Each refresh token once; again only for who says the same attempt, as long as what came of it is unused. */
    private MockResponse refresh(JsonObject asked) {
        String token = asked.get("refresh_token").getAsString();
        String attempt = asked.get("attempt").getAsString();
        if (signedOut || !token.equals(refresh) && !(token + " " + attempt).equals(exchanged)) {
            signedOut = true;
            return new MockResponse().setResponseCode(401);
        }
        exchanged = token + " " + attempt;
        refreshes++;
        refresh = "refresh-" + (refreshes + 1);
        MockResponse answer = json(200, "{\"access_token\": \"access-" + (refreshes + 1) + "\", \"token_type\": \"Bearer\", \"expires_in\": 600, "
                + "\"refresh_token\": \"" + refresh + "\"}");
        if (loseRefreshes > 0) {
            loseRefreshes--;
            return answer.setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
        }
        return answer;
    }

    private MockResponse answer(RecordedRequest request, String body) {
        String path = request.getPath();
        if (refuse != null && !request.getMethod().equals("GET")) {
            return json(409, "{\"detail\": \"" + refuse + "\"}");
        }
        if (poison != null && body.contains(poison)) {
            return new MockResponse().setResponseCode(500);
        }
        if (path.equals(gone) && request.getMethod().equals("GET")) {
            return json(404, "{\"detail\": \"It is not there.\"}");
        }
        switch (request.getMethod()) {
            case "POST" -> {
                String id = keys.computeIfAbsent(request.getHeader("Idempotency-Key"), k -> {
                    made.add(body);
                    String next = "thing-" + made.size();
                    write("/v1/me/statements/" + next, body);
                    return next;
                });
                return json(201, "{\"id\": \"" + id + "\", \"next\": \"Thank you.\"}").setHeader("ETag", etag("/v1/me/statements/" + id));
            }
            case "PUT" -> {
                Runnable now = meanwhile;
                meanwhile = () -> { };
                now.run();
                if (!body.equals(texts.get(path)) && versions.containsKey(path) && !etag(path).equals(request.getHeader("If-Match"))) {
                    return json(request.getHeader("If-Match") == null ? 428 : 412, "{\"detail\": \"It has changed.\""
                            + (present ? ", \"present\": " + texts.get(path) : "") + "}").setHeader("ETag", etag(path));
                }
                if (!body.equals(texts.get(path))) {
                    write(path, body);
                }
                return json(200, notices == null ? body : "{\"state_words\": \"Saved.\", \"notices\": " + notices + "}").setHeader("ETag", etag(path));
            }
            default -> {
                if (readsFresh) {
                    return new MockResponse().setResponseCode(401)
                            .setHeader("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\"");
                }
                if (!texts.containsKey(path)) {
                    return json(404, "{\"detail\": \"It is not there.\"}");
                }
                if (etag(path).equals(request.getHeader("If-None-Match"))) {
                    reads304++;
                    return new MockResponse().setResponseCode(304);
                }
                reads200++;
                return json(200, texts.get(path)).setHeader("ETag", etag(path));
            }
        }
    }

    /** Waits until so many calls were made. */
    synchronized void awaits(int many) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (calls.size() < many) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(calls.toString());
            }
            wait(left);
        }
    }

    void write(String path, String body) {
        texts.put(path, body);
        versions.merge(path, 1, Integer::sum);
    }

    String etag(String path) {
        return "\"" + versions.getOrDefault(path, 0) + "\"";
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse().setResponseCode(status).setHeader("Content-Type", "application/json").setBody(body);
    }
}
