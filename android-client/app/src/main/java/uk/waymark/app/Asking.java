package uk.waymark.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import uk.waymark.client.Answer;

/** Asks the server for something that is done at once or not at all, and says to the person what came of it. */
final class Asking {
    private Asking() {}

    /** What is asked; it takes time. */
    interface Ask {
        Answer ask() throws IOException;
    }

    /** @param done is given a good answer; of any other the screen says what the server says, and where a new code helps, goes there */
    static void ask(Screen screen, Ask ask, Consumer<Answer> done) {
        screen.later(() -> asked(ask), answer -> {
            if (answer.filter(Answer::ok).isPresent()) {
                screen.say(Optional.empty());
                done.accept(answer.get());
            } else {
                not(screen, answer);
            }
        });
    }

    /** Empty where there was no line. */
    static Optional<Answer> asked(Ask ask) {
        try {
            return Optional.of(ask.ask());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Says why nothing came of it. @param answer empty where there was no line */
    static void not(Screen screen, Optional<Answer> answer) {
        if (!answer.isPresent()) {
            screen.say(Optional.of(screen.getString(R.string.no_line)));
        } else if (answer.get().fresh() || answer.get().status() == 401) {
            screen.say(Optional.of(screen.getString(R.string.fresh_sign_in)));
            screen.go(SignInScreen.class, "again");
        } else {
            String words = words(answer.get());
            screen.say(Optional.of(words.isEmpty() ? screen.getString(R.string.server_trouble) : words));
        }
    }

    /** What the server says of a problem, and of each field. */
    static String words(Answer answer) {
        Set<String> words = new LinkedHashSet<>();
        words.add(answer.detail());
        JsonElement errors = answer.object().get("errors");
        if (errors != null && errors.isJsonArray()) {
            for (JsonElement e : errors.getAsJsonArray()) {
                JsonObject error = e.isJsonObject() ? e.getAsJsonObject() : new JsonObject();
                if (error.has("detail")) {
                    words.add(error.get("detail").getAsString());
                }
            }
        }
        return String.join(" ", words).trim();
    }
}
