package uk.waymark.app;

import android.text.InputType;
import com.google.android.material.button.MaterialButton;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import uk.waymark.client.model.CallBackTime;

/** How a call is to be: when, in which language, whether a message may be left, the word, with which number, with which interpreter. */
final class CallFields {
    private static final List<String> LANGUAGES = List.of("en", "cy");
    private final Screen screen;
    private final JsonObject before;
    private int voicemail;
    private boolean withhold;
    private String language;
    private String interpreter;
    private boolean soon;
    private JsonObject chosen;
    private final TextInputEditText word;
    private final Page when;
    private final String caseId;

    /** @param before the call as it stands; empty for one that is not asked for yet */
    CallFields(Screen screen, Page page, JsonObject before, String caseId) {
        this.screen = screen;
        this.before = before;
        this.caseId = caseId;
        List<JsonObject> preferred = Fields.objects(before, "preferred");
        chosen = before.has("id") || preferred.isEmpty() ? null : preferred.get(0);
        soon = before.has("preferred") && preferred.isEmpty() && !before.has("id");
        voicemail = !Fields.is(before, "voicemail") ? -1 : Fields.flag(before, "voicemail") ? 0 : 1;
        withhold = Fields.flag(before, "withhold_number");
        interpreter = Fields.text(before, "interpreter");
        language = Fields.is(before, "language") ? Fields.text(before, "language") : usual(screen);
        page.heading(screen.getString(R.string.when_ring));
        page.text(screen.getString(R.string.when_hint));
        when = page.section();
        showWhen();
        page.heading(screen.getString(R.string.ring_in));
        page.oneOf(List.of(screen.getString(R.string.english), screen.getString(R.string.welsh)), LANGUAGES.indexOf(language),
                which -> language = LANGUAGES.get(which));
        page.heading(screen.getString(R.string.may_voicemail));
        page.oneOf(List.of(screen.getString(R.string.you_may), screen.getString(R.string.you_may_not)), voicemail, which -> voicemail = which);
        page.choice(screen.getString(R.string.withhold), withhold, on -> withhold = on);
        word = page.field(screen.getString(R.string.word_label), InputType.TYPE_CLASS_TEXT, 40);
        word.setText(Fields.text(before, "word"));
        page.text(screen.getString(R.string.call_word_hint));
        MaterialButton[] language = new MaterialButton[1];
        language[0] = page.quiet(screen.getString(R.string.interpreter_is, Spoken.name(screen, interpreter)), () -> Spoken.choose(screen, code -> {
            interpreter = code;
            language[0].setText(screen.getString(R.string.interpreter_is, Spoken.name(screen, code)));
        }));
    }

    /** Welsh for whoever reads it here, or has chosen it for what they are sent. */
    static String usual(Screen screen) {
        return screen.language().equals("cy") ? "cy" : News.chosen(screen.core(), "en");
    }

    private void showWhen() {
        when.clear();
        when.text(chosen != null ? CallTimes.words(screen, chosen)
                : screen.getString(before.has("id") && !soon ? R.string.leave_time : R.string.as_soon_as));
        when.quiet(screen.getString(R.string.choose_time), () -> CallTimes.choose(screen, caseId, this::at));
        if (chosen != null || before.has("id") && !soon) {
            when.quiet(screen.getString(R.string.rather_soon), () -> {
                chosen = null;
                soon = true;
                showWhen();
            });
        }
    }

    private void at(CallBackTime time) {
        chosen = CallTimes.json(time);
        soon = false;
        showWhen();
    }

    /** What is to be sent of them. */
    JsonObject filled() {
        JsonObject o = new JsonObject();
        if (chosen != null) {
            o.add("preferred", Fields.array(List.of(chosen)));
        } else if (soon) {
            o.add("preferred", new JsonArray());
        }
        if (voicemail >= 0) {
            o.addProperty("voicemail", voicemail == 0);
        }
        if (!FormScreen.typed(word).isEmpty()) {
            o.addProperty("word", FormScreen.typed(word));
        }
        o.addProperty("withhold_number", withhold);
        o.addProperty("language", language);
        if (!interpreter.isEmpty()) {
            o.addProperty("interpreter", interpreter);
        }
        return o;
    }

    /** What stands or was filled in, one thing a line. */
    static List<String> words(Screen screen, JsonObject said) {
        List<String> words = new ArrayList<>();
        if (Fields.is(said, "slot")) {
            words.add(CallTimes.words(screen, said.getAsJsonObject("slot")));
        } else {
            Fields.objects(said, "preferred").forEach(t -> words.add(CallTimes.words(screen, t)));
        }
        if (Fields.is(said, "preferred") && Fields.objects(said, "preferred").isEmpty() && !Fields.is(said, "slot")) {
            words.add(screen.getString(R.string.as_soon_as));
        }
        if (Fields.is(said, "language")) {
            words.add(screen.getString(Fields.text(said, "language").equals("cy") ? R.string.welsh : R.string.english));
        }
        if (Fields.is(said, "voicemail")) {
            words.add(screen.getString(Fields.flag(said, "voicemail") ? R.string.voicemail : R.string.no_voicemail));
        }
        if (Fields.flag(said, "withhold_number")) {
            words.add(screen.getString(R.string.withhold));
        }
        if (Fields.is(said, "interpreter")) {
            words.add(screen.getString(R.string.interpreter_is, Spoken.name(screen, Fields.text(said, "interpreter"))));
        }
        if (Fields.is(said, "next")) {
            words.add(Fields.text(said, "next"));
        }
        return words;
    }
}
