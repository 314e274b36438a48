package uk.waymark.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without anything: cookies, redirects and forms. For what no real one is needed for. */
public final class Surf {
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([a-z_]+)\" value=\"([^\"]*)\">");
    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30))
        .followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI base;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "text/html"));

    /** @param text of the page, or of where it leads on to */
    public record Seen(int status, String path, String text, HttpResponse<String> answer) {
        /** The hidden fields of the page's form with this action. */
        public Map<String, String> hidden(String action) {
            int start = text.indexOf("action=\"" + action + "\"");
            if (start < 0) {
                throw new AssertionError("no form to " + action + " on " + path + ":\n" + text);
            }
            var fields = new LinkedHashMap<String, String>();
            Matcher hidden = HIDDEN.matcher(text.substring(start, text.indexOf("</form>", start)));
            while (hidden.find()) {
                fields.put(hidden.group(1), hidden.group(2).replace("&#39;", "'").replace("&#34;", "\"").replace("&lt;", "<")
                    .replace("&gt;", ">").replace("&amp;", "&"));
            }
            return fields;
        }

        public Seen expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + ", got " + status + " from " + path + ":\n" + text);
            }
            return this;
        }

        public String header(String name) {
            return answer.headers().firstValue(name).orElse(null);
        }
    }

    public Surf(URI base) {
        this.base = base;
    }

    public Surf with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** Goes there, and on where it leads. */
    public Seen get(String path) {
        Seen seen = only(path);
        return seen.status() == 303 && seen.header("Location").startsWith("/") ? get(seen.header("Location")) : seen;
    }

    /** Goes there and no further. */
    public Seen only(String path) {
        return send(path, request(path).GET());
    }

    /** Sends the form that a page has for this action, with this typed in, and goes on where it leads. */
    public Seen fill(Seen page, String action, Map<String, String> typed) {
        var fields = new LinkedHashMap<>(page.hidden(action));
        fields.putAll(typed);
        return post(action, fields);
    }

    /** Sends the page's form with this action and a file. */
    public Seen upload(Seen page, String action, String field, String file) {
        var body = new StringBuilder();
        page.hidden(action).forEach((name, value) -> body.append("--edge\r\nContent-Disposition: form-data; name=\"").append(name)
            .append("\"\r\n\r\n").append(value).append("\r\n"));
        body.append("--edge\r\nContent-Disposition: form-data; name=\"").append(field).append("\"; filename=\"list.csv\"\r\n")
            .append("Content-Type: text/csv\r\n\r\n").append(file).append("\r\n--edge--\r\n");
        return send(action, request(action).header("Content-Type", "multipart/form-data; boundary=edge")
            .POST(BodyPublishers.ofString(body.toString())));
    }

    public Seen post(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream().map(e -> e.getKey() + '=' + Visit.encode(e.getValue())).collect(Collectors.joining("&"));
        Seen seen = send(path, request(path).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body)));
        return seen.status() == 303 && seen.header("Location").startsWith("/") ? get(seen.header("Location")) : seen;
    }

    /** Sends the fields and these files as a browser does where a form takes files, and goes on where it leads. @param files by name */
    public Seen upload(String path, Map<String, String> fields, String field, Map<String, byte[]> files) {
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"
            + value + "\r\n").getBytes(StandardCharsets.UTF_8)));
        (files.isEmpty() ? Map.of("", new byte[0]) : files).forEach((name, bytes) -> {
            body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(bytes);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(path, "multipart/form-data; boundary=edge", body.toByteArray());
    }

    /** Sends this as it is, and goes on where it leads. */
    public Seen send(String path, String type, byte[] body) {
        Seen seen = send(path, request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
        return seen.status() == 303 && seen.header("Location").startsWith("/") ? get(seen.header("Location")) : seen;
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofMinutes(2));
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.setHeader("Cookie", cookies.entrySet().stream().map(e -> e.getKey() + '=' + e.getValue()).collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Seen send(String path, HttpRequest.Builder request) {
        try {
            var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Seen(answer.statusCode(), path, answer.body(), answer);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
        if (pair[1].isEmpty()) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
