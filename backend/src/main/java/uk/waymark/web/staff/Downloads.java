package uk.waymark.web.staff;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import uk.waymark.web.Answers;
import uk.waymark.web.Visit;

/** Tables to take away. */
final class Downloads {
    private Downloads() { }

    /** What the API gives as a table, as it is. */
    static HttpResponse<byte[]> csv(Visit visit, String path, String name) {
        return csv(visit.api().send("GET", path, null, byte[].class, Map.of("Accept", MediaType.TEXT_CSV)).orRefuse(), name);
    }

    static HttpResponse<byte[]> csv(String table, String name) {
        return csv(table.getBytes(StandardCharsets.UTF_8), name);
    }

    private static HttpResponse<byte[]> csv(byte[] table, String name) {
        return Answers.headers(HttpResponse.ok(table).contentType(new MediaType(MediaType.TEXT_CSV + "; charset=utf-8"))
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + '"'));
    }
}
