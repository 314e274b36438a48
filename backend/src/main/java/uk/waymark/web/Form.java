package uk.waymark.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a browser sent: {@code application/x-www-form-urlencoded}. */
public record Form(Map<String, List<String>> fields) {
    /** Names of fields that are ours and no part of what was typed. */
    static final String TOKEN = "form_token";
    static final String CARRIED = "carried";
    static final String ONCE = "once";
    static final String ETAG = "etag";
    /** What is never carried over a sign-in: whoever typed it types it again. */
    private static final List<String> SECRETS = List.of("pin", "present_pin", "new_pin");
    private static final int MOST_FIELDS = 2_000;

    /** @throws Refused 400 for what is no form */
    public static Form of(String text) {
        var fields = new LinkedHashMap<String, List<String>>();
        String[] pairs = text == null || text.isEmpty() ? new String[0] : text.split("&");
        if (pairs.length > MOST_FIELDS) {
            throw new Refused(Refusal.own(400, "bad-request"));
        }
        try {
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.own(400, "bad-request"));
        }
        return new Form(fields);
    }

    /** What was typed, without spaces around it and with line ends as the API keeps them; empty where nothing was. */
    public String text(String name) {
        return fields.getOrDefault(name, List.of("")).getFirst().replace("\r\n", "\n").strip();
    }

    /** As {@link #text}; empty for nothing. */
    public Optional<String> find(String name) {
        return Optional.of(text(name)).filter(t -> !t.isEmpty());
    }

    /** Every box of this name that was ticked. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** What was typed or chosen, by field, to be shown again; of several boxes the values with a comma between. */
    public Map<String, String> typed() {
        var typed = new LinkedHashMap<String, String>();
        fields.forEach((name, values) -> {
            if (!List.of(TOKEN, CARRIED, ONCE, ETAG).contains(name)) {
                typed.put(name, String.join(",", values));
            }
        });
        return typed;
    }

    /** The whole again as a browser would send it, without the token and what is secret. */
    public String encoded() {
        var text = new StringBuilder();
        fields.forEach((name, values) -> {
            if (!name.equals(TOKEN) && !SECRETS.contains(name)) {
                values.forEach(v -> text.append(text.isEmpty() ? "" : "&").append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=').append(URLEncoder.encode(v, StandardCharsets.UTF_8)));
            }
        });
        return text.toString();
    }

    /** Without what was typed. */
    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
