package uk.waymark.app;

import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What to know before ringing: whether a message may be left, the word, who else may be told, what to say to others. */
public final class RingingScreen extends ContactPart {
    private JsonObject from = new JsonObject();
    private int voicemail;
    private boolean noWord;
    private boolean forget;
    private TextInputEditText word;
    private TextInputEditText also;
    private TextInputEditText others;

    @Override
    protected int titled() {
        return R.string.ringing;
    }

    @Override
    protected void form(Page page, JsonObject stands) {
        from = stands;
        noWord = false;
        forget = false;
        voicemail = !Fields.is(stands, "voicemail") ? -1 : Fields.flag(stands, "voicemail") ? 0 : 1;
        page.heading(getString(R.string.may_voicemail));
        page.oneOf(List.of(getString(R.string.you_may), getString(R.string.you_may_not)), voicemail, which -> voicemail = which);
        if (Fields.flag(stands, "word_set")) {
            page.text(getString(R.string.word_set));
            page.choice(getString(R.string.word_gone), false, on -> noWord = on);
        }
        word = page.field(getString(R.string.word_label), InputType.TYPE_CLASS_TEXT, 60);
        word.setText(Fields.text(stands, "word"));
        page.text(getString(R.string.word_hint));
        boolean kept = keptBack(stands, "may_also_be_told") || keptBack(stands, "if_somebody_else_answers");
        if (kept) {
            page.text(getString(R.string.kept_hint));
        }
        also = page.words(getString(R.string.also_told), 1005, 2);
        also.setText(String.join("\n", Fields.texts(stands, "may_also_be_told")));
        others = page.words(getString(R.string.somebody_else), 300, 2);
        others.setText(Fields.text(stands, "if_somebody_else_answers"));
        if (kept) {
            page.choice(getString(R.string.forget), false, on -> forget = on);
        }
    }

    private List<String> told() {
        return Arrays.stream(typed(also).split("\n")).map(String::trim).filter(l -> !l.isEmpty()).collect(Collectors.toList());
    }

    @Override
    protected boolean right() {
        boolean right = told().size() <= 5 && told().stream().allMatch(l -> l.length() <= 200);
        also.setError(right ? null : getString(R.string.also_told_wrong));
        return right;
    }

    /** An empty field takes away what stood in it, but not what is not read back: that is taken away knowingly. */
    @Override
    protected JsonObject filled() {
        JsonObject o = new JsonObject();
        if (voicemail >= 0) {
            o.addProperty("voicemail", voicemail == 0);
        }
        if (noWord) {
            o.add("word", JsonNull.INSTANCE);
        } else if (!typed(word).isEmpty()) {
            o.addProperty("word", typed(word));
        }
        if (!told().isEmpty() && !told().equals(Fields.texts(from, "may_also_be_told"))) {
            o.add("may_also_be_told", Fields.ofTexts(told()));
        } else if (forget || told().isEmpty() && !Fields.texts(from, "may_also_be_told").isEmpty()) {
            o.add("may_also_be_told", new JsonArray());
        }
        if (!typed(others).isEmpty() && !typed(others).equals(Fields.text(from, "if_somebody_else_answers"))) {
            o.addProperty("if_somebody_else_answers", typed(others));
        } else if (forget || typed(others).isEmpty() && Fields.is(from, "if_somebody_else_answers")) {
            o.add("if_somebody_else_answers", JsonNull.INSTANCE);
        }
        return o;
    }

    @Override
    protected List<String> words(JsonObject said) {
        return words(this, said);
    }

    static List<String> words(Screen screen, JsonObject said) {
        List<String> words = new ArrayList<>();
        if (Fields.is(said, "voicemail")) {
            words.add(screen.getString(Fields.flag(said, "voicemail") ? R.string.voicemail : R.string.no_voicemail));
        }
        if (Fields.flag(said, "word_set") || Fields.is(said, "word")) {
            words.add(screen.getString(R.string.word_set));
        }
        Fields.texts(said, "may_also_be_told").forEach(who -> words.add(screen.getString(R.string.told_is, who)));
        if (Fields.is(said, "if_somebody_else_answers")) {
            words.add(screen.getString(R.string.else_is, Fields.text(said, "if_somebody_else_answers")));
        }
        if (keptBack(said, "may_also_be_told") || keptBack(said, "if_somebody_else_answers")) {
            words.add(screen.getString(R.string.kept_back));
        }
        return words.isEmpty() ? List.of(screen.getString(R.string.nothing_said)) : words;
    }
}
