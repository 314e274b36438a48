package uk.waymark.app;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** In which language messages are, and whether they say what they are about. */
public final class WordingScreen extends ContactPart {
    private boolean welsh;
    private boolean discreet;

    @Override
    protected int titled() {
        return R.string.wording;
    }

    @Override
    protected void form(Page page, JsonObject from) {
        welsh = Fields.text(from, "language").equals("cy");
        discreet = Fields.flag(from, "discreet_mode");
        page.heading(getString(R.string.language));
        page.oneOf(List.of(getString(R.string.english), getString(R.string.welsh)), welsh ? 1 : 0, which -> welsh = which == 1);
        page.choice(getString(R.string.discreet), discreet, on -> discreet = on);
    }

    @Override
    protected JsonObject filled() {
        JsonObject o = new JsonObject();
        o.addProperty("language", welsh ? "cy" : "en");
        o.addProperty("discreet_mode", discreet);
        return o;
    }

    /** From here on, also without a line, what is kept on this phone is as discreet as the person wants it. */
    @Override
    protected void saved(JsonObject fields) {
        boolean on = Fields.flag(fields, "discreet_mode");
        DatesScreen.discreet(core(), on);
        if (on) {
            now().reads().forget(); // statements and whatever else was seen while it was off
        } else {
            now().reads().forget("/v1/me", "en");
            now().reads().forget("/v1/me", "cy");
        }
    }

    @Override
    protected List<String> words(JsonObject said) {
        return words(this, said);
    }

    static List<String> words(Screen screen, JsonObject said) {
        List<String> words = new ArrayList<>();
        words.add(screen.getString(Fields.text(said, "language").equals("cy") ? R.string.welsh : R.string.english));
        words.add(screen.getString(Fields.flag(said, "discreet_mode") ? R.string.discreet : R.string.not_discreet));
        return words;
    }
}
