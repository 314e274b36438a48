package uk.waymark.app;

import com.google.android.material.button.MaterialButton;
import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How much somebody is told and when, and how news that cannot wait is to come. */
public final class AmountScreen extends ContactPart {
    private static final List<String> TELLING = List.of("everything", "weekly_summary", "only_required", "nothing");
    private static final List<Integer> TELLING_WORDS = List.of(R.string.telling_everything, R.string.telling_weekly, R.string.telling_required,
            R.string.telling_nothing);
    private static final List<String> BY = List.of("call", "usual");
    private static final List<Integer> BY_WORDS = List.of(R.string.urgent_call, R.string.urgent_usual);

    private int telling;
    private int by;
    private int night;
    private String askAgain = "";

    @Override
    protected int titled() {
        return R.string.amount;
    }

    @Override
    protected void form(Page page, JsonObject from) {
        telling = TELLING.indexOf(Fields.text(from, "telling"));
        askAgain = Fields.text(from, "ask_again_on");
        JsonObject urgent = urgent(from);
        by = BY.indexOf(Fields.text(urgent, "by"));
        night = !Fields.is(urgent, "at_night") ? -1 : Fields.flag(urgent, "at_night") ? 0 : 1;
        page.oneOf(texts(TELLING_WORDS), telling, which -> telling = which);
        MaterialButton[] day = new MaterialButton[1];
        day[0] = page.quiet(askAgainWords(), () -> choose(day[0]));
        page.heading(getString(R.string.urgent));
        page.oneOf(texts(BY_WORDS), by, which -> by = which);
        page.heading(getString(R.string.at_night));
        page.oneOf(List.of(getString(R.string.it_may), getString(R.string.it_may_not)), night, which -> night = which);
    }

    private List<String> texts(List<Integer> ids) {
        return ids.stream().map(this::getString).collect(Collectors.toList());
    }

    private static JsonObject urgent(JsonObject from) {
        return Fields.is(from, "urgent_news") ? from.getAsJsonObject("urgent_news") : new JsonObject();
    }

    private String askAgainWords() {
        return askAgain.isEmpty() ? getString(R.string.ask_again) : getString(R.string.ask_again_on, day(LocalDate.parse(askAgain)));
    }

    private void choose(MaterialButton button) {
        LocalDate today = LocalDate.now(core().clock().withZone(ZoneId.of("Europe/London")));
        LocalDate at = askAgain.isEmpty() ? today.plusMonths(1) : LocalDate.parse(askAgain);
        WhichDay.ask(this, R.string.ask_again_title, at, day -> {
            askAgain = day.toString();
            button.setText(askAgainWords());
        });
    }

    @Override
    protected boolean right() {
        return telling != TELLING.indexOf("nothing") || !askAgain.isEmpty();
    }

    @Override
    protected JsonObject filled() {
        JsonObject o = new JsonObject();
        if (telling >= 0) {
            o.addProperty("telling", TELLING.get(telling));
            if (TELLING.get(telling).equals("nothing") && !askAgain.isEmpty()) {
                o.addProperty("ask_again_on", askAgain);
            }
        }
        if (by >= 0) {
            JsonObject urgent = new JsonObject();
            urgent.addProperty("by", BY.get(by));
            if (night >= 0) {
                urgent.addProperty("at_night", night == 0);
            }
            o.add("urgent_news", urgent);
        }
        return o;
    }

    @Override
    protected List<String> words(JsonObject said) {
        return words(this, said);
    }

    static List<String> words(Screen screen, JsonObject said) {
        List<String> words = new ArrayList<>();
        int telling = TELLING.indexOf(Fields.text(said, "telling"));
        if (telling >= 0) {
            words.add(screen.getString(TELLING_WORDS.get(telling)));
        }
        if (Fields.is(said, "ask_again_on")) {
            words.add(screen.getString(R.string.ask_again_on, screen.day(LocalDate.parse(Fields.text(said, "ask_again_on")))));
        }
        JsonObject urgent = urgent(said);
        int by = BY.indexOf(Fields.text(urgent, "by"));
        if (by >= 0) {
            words.add(screen.getString(R.string.urgent_is, screen.getString(BY_WORDS.get(by))));
        }
        if (Fields.is(urgent, "at_night")) {
            words.add(screen.getString(Fields.flag(urgent, "at_night") ? R.string.night_yes : R.string.night_no));
        }
        return words;
    }
}
