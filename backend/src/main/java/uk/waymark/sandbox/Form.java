package uk.waymark.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uk.waymark.platform.ProblemException;

/** Fields of an HTML form or of Twilio's HTTP: {@code application/x-www-form-urlencoded}. */
record Form(Map<String, String> fields) {

    /** @throws IllegalArgumentException when it is no such text */
    static Form parse(String text) {
        var fields = new TreeMap<String, String>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                fields.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new Form(fields);
    }

    /** As {@link #parse}, for a form that a client sent. @throws ProblemException 400 when it is no form */
    static Form of(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("", "is not a form");
        }
    }

    /** @throws ProblemException 400 when it is not there */
    String needed(String name) {
        return get(name).orElseThrow(() -> ProblemException.badRequest("/" + name, "is missing"));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).filter(v -> !v.isBlank());
    }

    String encoded() {
        return fields.entrySet().stream().map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
