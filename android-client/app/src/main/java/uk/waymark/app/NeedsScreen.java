package uk.waymark.app;

import com.google.android.material.button.MaterialButton;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody would like to have on the day. It is a wish: what is possible is for others to decide. */
public final class NeedsScreen extends FormScreen {
    private static final Map<String, Integer> WISHES = new LinkedHashMap<>();

    static {
        WISHES.put("screens", R.string.need_screens);
        WISHES.put("live_link", R.string.need_live_link);
        WISHES.put("separate_waiting", R.string.need_separate_waiting);
        WISHES.put("expenses", R.string.need_expenses);
        WISHES.put("visit_before", R.string.need_visit_before);
    }

    private final Map<String, Boolean> on = new LinkedHashMap<>();
    private String language = "";
    private TextInputEditText other;

    @Override
    protected String path() {
        return "/v1/me/cases/" + about() + "/needs";
    }

    @Override
    protected int titled() {
        return R.string.needs;
    }

    @Override
    protected String what() {
        return "needs";
    }

    @Override
    protected void form(Page page, JsonObject from) {
        page.text(getString(R.string.needs_lead));
        WISHES.forEach((field, words) -> {
            on.put(field, Fields.flag(from, field));
            page.choice(getString(words), on.get(field), now -> on.put(field, now));
        });
        language = interpreter(from);
        MaterialButton[] chosen = new MaterialButton[1];
        chosen[0] = page.quiet(getString(R.string.interpreter_is, Spoken.name(this, language)), () -> Spoken.choose(this, code -> {
            language = code;
            chosen[0].setText(getString(R.string.interpreter_is, Spoken.name(this, code)));
        }));
        if (Fields.flag(from, "words_left_out")) {
            page.text(getString(R.string.kept_hint));
        }
        other = page.words(getString(R.string.needs_other), 2000, 2);
        other.setText(Fields.text(from, "other"));
    }

    private static String interpreter(JsonObject from) {
        return Fields.is(from, "interpreter") ? Fields.text(from.getAsJsonObject("interpreter"), "language") : "";
    }

    @Override
    protected JsonObject filled() {
        JsonObject o = new JsonObject();
        on.forEach(o::addProperty);
        if (!language.isEmpty()) {
            JsonObject interpreter = new JsonObject();
            interpreter.addProperty("language", language);
            o.add("interpreter", interpreter);
        }
        if (!typed(other).isEmpty()) {
            o.addProperty("other", typed(other));
        }
        return o;
    }

    @Override
    protected List<String> words(JsonObject said) {
        List<String> words = new ArrayList<>();
        WISHES.forEach((field, text) -> {
            if (Fields.flag(said, field)) {
                words.add(getString(text));
            }
        });
        if (!interpreter(said).isEmpty()) {
            words.add(getString(R.string.interpreter_is, Spoken.name(this, interpreter(said))));
        }
        if (!Fields.text(said, "other").isEmpty()) {
            words.add(Fields.text(said, "other"));
        }
        return words.isEmpty() ? List.of(getString(R.string.nothing_said)) : words;
    }
}
