package uk.waymark.endtoend;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The backend as {@code ./waymark demo} starts it, in a process of its own, and what its sandbox offers. */
final class Demo implements Closeable {
    private static final Pattern CODE = Pattern.compile("\\b([0-9]{6})\\b");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Deque<String> lines = new ArrayDeque<>();
    private final Process process;
    final int port;

    Demo(Path data) throws IOException, InterruptedException {
        File backend = new File(System.getProperty("backend"));
        port = freePort();
        String classPath = new File(backend, "backend-0.1.0-SNAPSHOT.jar") + File.pathSeparator + new File(backend, "lib") + "/*"
                + File.pathSeparator + new File(backend, "lib-demo") + "/*";
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Dmicronaut.environments=sandbox",
                "uk.waymark.Application", "demo", "--port", Integer.toString(port), "--data", data.toString())
                .redirectErrorStream(true).start();
        CountDownLatch ready = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(ready));
        reader.setDaemon(true);
        reader.start();
        if (!ready.await(15, TimeUnit.MINUTES) || !process.isAlive()) {
            close();
            throw new IOException("the demo did not start:\n" + said());
        }
    }

    /** None of those that systems give to whoever asks for any: it takes a while until the demo listens there. */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 200; tries++) {
            try (ServerSocket free = new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 30_000))) {
                return free.getLocalPort();
            } catch (BindException e) {
                continue; // somebody listens there
            }
        }
        throw new IOException("no port is free");
    }

    private void read(CountDownLatch ready) {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    if (lines.size() > 60) {
                        lines.remove();
                    }
                }
                if (line.startsWith("Waymark is ready: ")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add(e.toString());
            }
        } finally {
            ready.countDown();
        }
    }

    private String said() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Sends events as a force's system does. */
    void events(String events) throws IOException, InterruptedException {
        String token = post("/sandbox/tokens", "{\"as\": \"system\"}", null).get("access_token").getAsString();
        JsonObject answer = post("/v1/bridge/events", "{\"source\": \"records\", \"events\": " + events + "}", token);
        for (JsonElement result : answer.getAsJsonArray("results")) {
            if (!result.getAsJsonObject().get("status").getAsString().equals("accepted")) {
                throw new AssertionError(answer.toString());
            }
        }
    }

    String now() throws IOException, InterruptedException {
        return get("/sandbox/clock").get("now").getAsString();
    }

    String invitation(String reference) throws IOException, InterruptedException {
        for (JsonElement person : list("/sandbox/people")) {
            if (person.getAsJsonObject().get("crime_reference").getAsString().equals(reference)) {
                return person.getAsJsonObject().get("invitation_code").getAsString();
            }
        }
        throw new AssertionError("nobody was invited");
    }

    /** The code in the newest text to a number that has one; waits until it is there. */
    String code(String mobile) throws IOException, InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            for (JsonElement message : list("/sandbox/messages?to=" + mobile.replace("+", "%2B"))) {
                Matcher code = CODE.matcher(message.getAsJsonObject().get("body").getAsString());
                if (code.find()) {
                    return code.group(1);
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("no code came");
    }

    private JsonArray list(String path) throws IOException, InterruptedException {
        JsonElement answer = ask(HttpRequest.newBuilder(uri(path)).build());
        return answer.isJsonArray() ? answer.getAsJsonArray() : answer.getAsJsonObject().getAsJsonArray("items");
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(uri(path)).build()).getAsJsonObject();
    }

    private JsonObject post(String path, String body, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return ask(request.build()).getAsJsonObject();
    }

    private JsonElement ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonParser.parseString(answer.body());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) { // its database goes with it, and its folder is deleted next
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
