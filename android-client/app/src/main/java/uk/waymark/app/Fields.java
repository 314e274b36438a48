package uk.waymark.app;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads what a form is filled with: what stands on the server, what somebody has typed, and what comes of both have the same fields. */
final class Fields {
    private Fields() {}

    /** Empty where there is none. */
    static String text(JsonObject o, String field) {
        return is(o, field) && o.get(field).isJsonPrimitive() ? o.get(field).getAsString() : "";
    }

    static boolean flag(JsonObject o, String field) {
        return text(o, field).equals("true");
    }

    /** Whether it is there and not null. */
    static boolean is(JsonObject o, String field) {
        return o.has(field) && !o.get(field).isJsonNull();
    }

    static List<JsonObject> objects(JsonObject o, String field) {
        List<JsonObject> all = new ArrayList<>();
        array(o, field).forEach(e -> all.add(e.getAsJsonObject()));
        return all;
    }

    static List<String> texts(JsonObject o, String field) {
        List<String> all = new ArrayList<>();
        array(o, field).forEach(e -> all.add(e.getAsString()));
        return all;
    }

    static JsonArray array(List<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    static JsonArray ofTexts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static JsonArray array(JsonObject o, String field) {
        return is(o, field) && o.get(field).isJsonArray() ? o.getAsJsonArray(field) : new JsonArray();
    }
}
