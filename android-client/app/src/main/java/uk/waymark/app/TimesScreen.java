package uk.waymark.app;

import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** When it is safe to ring or to make a phone light up, and when nothing may. */
public final class TimesScreen extends ContactPart {
    private static final int TIME = InputType.TYPE_CLASS_DATETIME | InputType.TYPE_DATETIME_VARIATION_TIME;
    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";

    private final List<JsonObject> times = new ArrayList<>();
    private final Set<DayOfWeek> days = new LinkedHashSet<>();
    private Page said;
    private TextInputEditText from;
    private TextInputEditText to;
    private TextInputEditText quietFrom;
    private TextInputEditText quietTo;

    @Override
    protected int titled() {
        return R.string.times;
    }

    @Override
    protected void form(Page page, JsonObject stands) {
        times.clear();
        times.addAll(Fields.objects(stands, "safe_times"));
        days.clear();
        page.text(getString(R.string.times_lead));
        said = page.section();
        showTimes();
        page.heading(getString(R.string.add_times));
        for (DayOfWeek day : DayOfWeek.values()) {
            page.choice(name(day), false, on -> {
                if (on) {
                    days.add(day);
                } else {
                    days.remove(day);
                }
            });
        }
        from = page.field(getString(R.string.time_from), TIME, 5);
        to = page.field(getString(R.string.time_to), TIME, 5);
        page.quiet(getString(R.string.add), () -> {
            if (clock(from, false) & clock(to, false) && !days.isEmpty()) {
                times.clear();
                times.addAll(Fields.objects(filled(), "safe_times"));
                from.setText("");
                to.setText("");
                showTimes();
            }
        });
        page.heading(getString(R.string.quiet));
        page.text(getString(R.string.quiet_lead));
        JsonObject quiet = Fields.is(stands, "quiet_hours") ? stands.getAsJsonObject("quiet_hours") : new JsonObject();
        quietFrom = page.field(getString(R.string.quiet_from), TIME, 5);
        quietFrom.setText(Fields.text(quiet, "from"));
        quietTo = page.field(getString(R.string.quiet_to), TIME, 5);
        quietTo.setText(Fields.text(quiet, "to"));
    }

    private String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL_STANDALONE, getResources().getConfiguration().getLocales().get(0));
    }

    private void showTimes() {
        said.clear();
        if (times.isEmpty()) {
            said.text(getString(R.string.times_any));
        }
        for (JsonObject one : times) {
            Page card = said.card();
            card.text(words(this, one));
            card.quiet(getString(R.string.remove), () -> {
                times.remove(one);
                showTimes();
            }).setContentDescription(getString(R.string.remove_what, words(this, one)));
        }
    }

    /** Both times of a span, or neither. */
    @Override
    protected boolean right() {
        boolean adds = !typed(from).isEmpty() || !typed(to).isEmpty();
        boolean added = !adds || clock(from, false) & clock(to, false);
        boolean any = !typed(quietFrom).isEmpty() || !typed(quietTo).isEmpty();
        boolean quiet = clock(quietFrom, !any) & clock(quietTo, !any);
        return added && quiet && (!adds || !days.isEmpty());
    }

    /** @param empty whether it may be */
    private boolean clock(TextInputEditText field, boolean empty) {
        boolean right = empty && typed(field).isEmpty() || time(field).matches(CLOCK);
        field.setError(right ? null : getString(R.string.time_wrong));
        return right;
    }

    /** As it is sent: people write 9:00 and 18.30 as well. */
    private static String time(TextInputEditText field) {
        String typed = typed(field).replace('.', ':');
        return typed.matches("[0-9]:[0-9]{2}") ? "0" + typed : typed;
    }

    @Override
    protected JsonObject filled() {
        List<JsonObject> all = new ArrayList<>(times);
        if (time(from).matches(CLOCK) && time(to).matches(CLOCK)) {
            for (DayOfWeek day : days) {
                JsonObject one = new JsonObject();
                one.addProperty("day", day.name().toLowerCase(Locale.ROOT));
                one.addProperty("from", time(from));
                one.addProperty("to", time(to));
                all.add(one);
            }
        }
        JsonObject o = new JsonObject();
        o.add("safe_times", Fields.array(all));
        JsonObject quiet = new JsonObject();
        quiet.addProperty("from", time(quietFrom));
        quiet.addProperty("to", time(quietTo));
        o.add("quiet_hours", typed(quietFrom).isEmpty() && typed(quietTo).isEmpty() ? JsonNull.INSTANCE : quiet);
        return o;
    }

    @Override
    protected List<String> words(JsonObject all) {
        return summary(this, all);
    }

    static List<String> summary(Screen screen, JsonObject all) {
        List<String> words = new ArrayList<>();
        Fields.objects(all, "safe_times").forEach(one -> words.add(words(screen, one)));
        if (words.isEmpty()) {
            words.add(screen.getString(R.string.times_any));
        }
        if (Fields.is(all, "quiet_hours")) {
            JsonObject quiet = all.getAsJsonObject("quiet_hours");
            words.add(screen.getString(R.string.quiet_is, Fields.text(quiet, "from"), Fields.text(quiet, "to")));
        }
        return words;
    }

    private static String words(Screen screen, JsonObject one) {
        DayOfWeek day = DayOfWeek.valueOf(Fields.text(one, "day").toUpperCase(Locale.ROOT));
        return screen.getString(R.string.safe_time, day.getDisplayName(TextStyle.FULL_STANDALONE,
                screen.getResources().getConfiguration().getLocales().get(0)), Fields.text(one, "from"), Fields.text(one, "to"));
    }
}
