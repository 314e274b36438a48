package uk.waymark.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    public Force {
        if (!address.isHttps() && !List.of("localhost", "127.0.0.1", "10.0.2.2").contains(address.host())) {
            throw new IllegalArgumentException(code + ": the address must be https");
        }
        if (pins.size() == 1 || !pins.isEmpty() && pinsUntil == null) {
            throw new IllegalArgumentException(code + ": pins need a backup pin and an end date");
        }
        for (String pin : pins) {
            if (!pin.matches("sha256/[A-Za-z0-9+/]{43}=")) {
                throw new IllegalArgumentException(code + ": not a pin");
            }
        }
        if (!name.containsKey("en") || !name.containsKey("cy")) {
            throw new IllegalArgumentException(code + ": the name is needed in English and Welsh");
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
