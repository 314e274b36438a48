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
 * @param error what OAuth 2.0 calls it (RFC 6749, section 5.2), where a system asked for a token; otherwise null
 */
record Problem(HttpStatus status, String code, String title, String detail, List<Field> errors, Long retryAfter,
               String error) {
    static final String MEDIA_TYPE = "application/problem+json";

    Problem(HttpStatus status, String code, String title, String detail, List<Field> errors, Long retryAfter) {
        this(status, code, title, detail, errors, retryAfter, null);
    }

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
        if (error != null) {
            body.put("error", error);
        }
        if (retryAfter != null) {
            body.put("retry_after", retryAfter);
        }
        return body;
    }
}
