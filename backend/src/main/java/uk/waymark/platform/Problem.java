package uk.waymark.platform;

import io.micronaut.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Problem details (RFC 9457).
 *
 * @param code last part of {@code type}: {@code urn:waymark:problem:CODE}
 * @param retryAfter seconds, where waiting helps
 */
record Problem(HttpStatus status, String code, String title, String detail, List<Field> errors, Long retryAfter) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** @param pointer JSON pointer (RFC 6901) of the invalid field */
    record Field(String pointer, String detail) { }

    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:waymark:problem:" + code);
        body.put("title", title);
        body.put("status", status.getCode());
        body.put("detail", detail);
        if (!errors.isEmpty()) {
            body.put("errors", errors.stream()
                .map(e -> Map.of("pointer", e.pointer(), "detail", e.detail())).toList());
        }
        if (retryAfter != null) {
            body.put("retry_after", retryAfter);
        }
        return body;
    }
}
