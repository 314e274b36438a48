package uk.waymark.app;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Optional;
import uk.waymark.client.Answer;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.ContactPreferences;
import uk.waymark.client.model.Language;

/** How somebody is contacted: language, discreet mode, voicemail, and stopping everything. What is not changed stays as it is. */
public final class ContactScreen extends Screen {
    private static final String PATH = "/v1/me/contact-preferences";

    @Override
    protected void show() {
        title(getString(R.string.contact));
        read(PATH, json -> JSON.getGson().fromJson(json, ContactPreferences.class), this::show);
    }

    private void show(ContactPreferences now) {
        page.clear();
        if (Boolean.TRUE.equals(now.getPaused())) {
            page.text(getString(R.string.paused_now));
            page.button(getString(R.string.resume), () -> pause(false));
        }
        page.heading(getString(R.string.language));
        page.choice(getString(R.string.welsh), now.getLanguage() == Language.CY, welsh -> put(now, "language", welsh ? "cy" : "en"));
        page.choice(getString(R.string.discreet), now.getDiscreetMode(), on -> put(now, "discreet_mode", on));
        page.choice(getString(R.string.voicemail), Boolean.TRUE.equals(now.getVoicemail()), on -> put(now, "voicemail", on));
        if (!Boolean.TRUE.equals(now.getPaused())) {
            page.quiet(getString(R.string.pause), () -> new Question(this).setTitle(R.string.pause)
                    .setMessage(R.string.pause_sure).setPositiveButton(R.string.pause, (d, w) -> pause(true))
                    .setNegativeButton(R.string.cancel, null).show());
        }
    }

    /** Changes one thing at once: how somebody is contacted is not left to a later line. */
    private void put(ContactPreferences now, String field, Object value) {
        JsonObject body = new JsonObject();
        body.addProperty("language", now.getLanguage().getValue());
        body.addProperty("discreet_mode", now.getDiscreetMode());
        if (value instanceof Boolean on) {
            body.addProperty(field, on);
        } else {
            body.addProperty(field, String.valueOf(value));
        }
        String etag = now().reads().last(PATH, language(), json -> json).etag();
        ask(() -> now().line().put(PATH, body.toString(), etag, language()));
    }

    private void pause(boolean on) {
        later(() -> asked(() -> on ? now().line().post(PATH + "/pause") : now().line().delete(PATH + "/pause")), answer -> {
            if (on && answer.filter(Answer::ok).isPresent()) {
                leave(); // nothing is left on the phone while everything is stopped
            } else {
                said(answer);
            }
        });
    }

    private interface Ask {
        Answer ask() throws IOException;
    }

    private void ask(Ask ask) {
        later(() -> asked(ask), this::said);
    }

    private static Optional<Answer> asked(Ask ask) {
        try {
            return Optional.of(ask.ask());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void said(Optional<Answer> answer) {
        show();
        if (!answer.isPresent()) {
            say(Optional.of(getString(R.string.no_line)));
        } else if (answer.get().fresh()) {
            go(SignInScreen.class, "again");
        } else if (!answer.get().ok()) {
            String words = answer.get().detail();
            say(Optional.of(words.isEmpty() ? getString(R.string.server_trouble) : words));
        }
    }
}
