package uk.waymark.app;

import com.google.android.material.button.MaterialButton;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What somebody needs so that they can be reached at all. */
public final class HelpScreen extends ContactPart {
    private static final Map<String, Integer> NEEDS = new LinkedHashMap<>();

    static {
        NEEDS.put("relay_uk", R.string.need_relay_uk);
        NEEDS.put("bsl", R.string.need_bsl);
        NEEDS.put("easy_read", R.string.need_easy_read);
        NEEDS.put("large_print", R.string.need_large_print);
        NEEDS.put("interpreter", R.string.need_interpreter);
    }

    private final Set<String> needed = new LinkedHashSet<>();
    private String interpreter = "";

    @Override
    protected int titled() {
        return R.string.help;
    }

    @Override
    protected void form(Page page, JsonObject from) {
        needed.clear();
        needed.addAll(Fields.texts(from, "accessibility_needs"));
        interpreter = Fields.text(from, "interpreter_language");
        NEEDS.forEach((need, words) -> page.choice(getString(words), needed.contains(need), on -> {
            if (on) {
                needed.add(need);
            } else {
                needed.remove(need);
            }
        }));
        MaterialButton[] chosen = new MaterialButton[1];
        chosen[0] = page.quiet(getString(R.string.interpreter_is, Spoken.name(this, interpreter)), () -> Spoken.choose(this, code -> {
            interpreter = code;
            chosen[0].setText(getString(R.string.interpreter_is, Spoken.name(this, code)));
        }));
    }

    @Override
    protected JsonObject filled() {
        JsonObject o = new JsonObject();
        o.add("accessibility_needs", Fields.ofTexts(new ArrayList<>(needed)));
        if (interpreter.isEmpty()) {
            o.add("interpreter_language", JsonNull.INSTANCE);
        } else {
            o.addProperty("interpreter_language", interpreter);
        }
        return o;
    }

    @Override
    protected List<String> words(JsonObject said) {
        return words(this, said);
    }

    static List<String> words(Screen screen, JsonObject said) {
        List<String> words = new ArrayList<>();
        Fields.texts(said, "accessibility_needs").stream().filter(NEEDS::containsKey).forEach(n -> words.add(screen.getString(NEEDS.get(n))));
        if (Fields.is(said, "interpreter_language")) {
            words.add(screen.getString(R.string.interpreter_is, Spoken.name(screen, Fields.text(said, "interpreter_language"))));
        }
        return words.isEmpty() ? List.of(screen.getString(R.string.nothing_said)) : words;
    }
}
