package uk.waymark.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;

/** The file over HTTP, as bytes. */
final class Zips {
    private Zips() { }

    static HttpResponse<byte[]> download(URI from, String token, String language) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(from).header("Authorization", "Bearer " + token).header("Accept-Language", language));
    }

    static HttpResponse<byte[]> post(URI to, String token, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(to).header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static Map<String, String> files(byte[] zip) throws IOException {
        var files = new HashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
