package uk.waymark.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;

/**
 * A force that the app can be used with, as the directory in the APK has it.
 *
 * @param code its code, as in the API
 * @param name its name by language, {@code en} and {@code cy}
 * @param address where its Waymark is: HTTPS, but for a server on this very device
 * @param pins SHA-256 pins of its certificates' keys ({@code sha256/…}), none or at least two: a backup for when the key changes
 * @param pinsUntil the last day on which the pins are held to; later ones are not, so that an old app is not shut out for good
 * @param firebase options of Firebase: {@code project_id}, {@code application_id}, {@code api_key}, {@code sender_id}; empty for none
 */
public record Force(String code, Map<String, String> name, HttpUrl address, List<String> pins, LocalDate pinsUntil,
        Map<String, String> firebase) {

    private static final Set<String> FIELDS = Set.of("code", "name", "address", "pins", "pins_until", "firebase");
    private static final Set<String> FIREBASE = Set.of("project_id", "application_id", "api_key", "sender_id");

    public Force {
        if (!address.isHttps() && !List.of("localhost", "127.0.0.1", "10.0.2.2").contains(address.host())) {
            throw new IllegalArgumentException(code + ": the address must be https");
        }
        if (!pins.isEmpty() && pins.stream().distinct().count() < 2 || !pins.isEmpty() && pinsUntil == null) {
            throw new IllegalArgumentException(code + ": pins need a backup pin and an end date");
        }
        for (String pin : pins) {
            if (!pin.matches("sha256/[A-Za-z0-9+/]{43}=")) {
                throw new IllegalArgumentException(code + ": not a pin");
            }
        }
        if (name.getOrDefault("en", "").trim().isEmpty() || name.getOrDefault("cy", "").trim().isEmpty()) {
            throw new IllegalArgumentException(code + ": the name is needed in English and Welsh");
        }
        if (!firebase.isEmpty() && !firebase.keySet().equals(FIREBASE)) {
            throw new IllegalArgumentException(code + ": firebase needs project_id, application_id, api_key and sender_id, or is left out");
        }
    }

    /** Its name in a language, {@code en} or {@code cy}. */
    public String name(String language) {
        return name.getOrDefault(language, name.get("en"));
    }

    /**
     * Reads a directory of forces, {@code {"forces": [{"code", "name": {"en", "cy"}, "address", "pins"?, "pins_until"?, "firebase"?}]}}.
     *
     * @throws RuntimeException where it is not one, or a force in it breaks a rule above
     */
    public static List<Force> directory(String json) {
        List<Force> forces = new ArrayList<>();
        for (JsonElement e : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("forces")) {
            JsonObject force = e.getAsJsonObject();
            if (!FIELDS.containsAll(force.keySet())) { // such as pins by a wrong name, which would be none
                throw new IllegalArgumentException(force.get("code") + ": a force has " + new TreeSet<>(FIELDS) + ", not " + force.keySet());
            }
            for (String needed : List.of("code", "name", "address")) {
                if (!force.has(needed)) {
                    throw new IllegalArgumentException(force.get("code") + ": the " + needed + " is missing");
                }
            }
            List<String> pins = new ArrayList<>();
            if (force.has("pins")) {
                JsonArray array = force.getAsJsonArray("pins");
                array.forEach(p -> pins.add(p.getAsString()));
            }
            forces.add(new Force(force.get("code").getAsString(), texts(force.get("name")),
                    HttpUrl.get(force.get("address").getAsString()), List.copyOf(pins),
                    force.has("pins_until") ? LocalDate.parse(force.get("pins_until").getAsString()) : null,
                    texts(force.get("firebase"))));
        }
        if (forces.isEmpty() || forces.stream().map(Force::code).distinct().count() < forces.size()) {
            throw new IllegalArgumentException("there is no force, or one code has two");
        }
        return forces;
    }

    /**
     * Reads a directory that goes into a release: all of it is reached by TLS, and its pins still hold today.
     *
     * @throws RuntimeException where it is not one, or a force in it breaks a rule, which the text of it says
     */
    public static List<Force> toRelease(String json) {
        return toRelease(json, LocalDate.now(ZoneOffset.UTC));
    }

    static List<Force> toRelease(String json, LocalDate today) {
        List<Force> forces = directory(json);
        for (Force force : forces) {
            if (!force.address().isHttps()) {
                throw new IllegalArgumentException(force.code() + ": the address must be https");
            }
            if (force.pinsUntil() != null && force.pinsUntil().isBefore(today)) {
                throw new IllegalArgumentException(force.code() + ": its pins have ended on " + force.pinsUntil() + "; give those of now, and a later day");
            }
        }
        return forces;
    }

    private static Map<String, String> texts(JsonElement object) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (object != null) {
            object.getAsJsonObject().entrySet().forEach(e -> texts.put(e.getKey(), e.getValue().getAsString()));
        }
        return texts;
    }
}
