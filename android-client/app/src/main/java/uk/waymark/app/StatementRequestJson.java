package uk.waymark.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Comparator;
import java.util.UUID;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Statement;
import uk.waymark.client.model.StatementAnswer;
import uk.waymark.client.model.StatementRequest;

/** The words of a statement as they are kept and sent. */
final class StatementRequestJson {
    private static final String[] FIELDS = {"text", "language", "answers", "organisation", "authority", "about"};

    private StatementRequestJson() {}

    static String write(StatementRequest words) {
        return JSON.getGson().toJson(words);
    }

    /** @param json of words, or of a whole statement */
    static StatementRequest read(String json) {
        JsonObject all = JsonParser.parseString(json).getAsJsonObject();
        JsonObject words = new JsonObject();
        for (String field : FIELDS) {
            JsonElement value = all.get(field);
            if (value != null && !value.isJsonNull()) {
                words.add(field, value);
            }
        }
        if (!words.has("text")) {
            words.addProperty("text", "");
        }
        return JSON.getGson().fromJson(words, StatementRequest.class);
    }

    /** Whether both say the same, in whatever order the questions are answered. */
    static boolean same(StatementRequest one, StatementRequest other) {
        return sorted(one).equals(sorted(other));
    }

    private static String sorted(StatementRequest words) {
        StatementRequest copy = read(write(words));
        if (copy.getAnswers() != null) {
            copy.getAnswers().sort(Comparator.comparing(StatementAnswer::getQuestion));
        }
        if (copy.getAbout() != null) {
            copy.getAbout().sort(Comparator.comparing(UUID::toString));
        }
        return write(copy);
    }

    static StatementRequest of(Statement statement) {
        return read(JSON.getGson().toJson(statement));
    }
}
