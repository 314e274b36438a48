package uk.waymark.app;

import com.google.android.material.button.MaterialButton;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The days on which somebody cannot come. They are passed on; nobody can promise that they are kept free. */
public final class DaysScreen extends FormScreen {
    private final List<JsonObject> days = new ArrayList<>();
    private Page said;
    private LocalDate first;
    private LocalDate last;
    private MaterialButton from;
    private MaterialButton to;
    private TextInputEditText why;

    @Override
    protected String path() {
        return "/v1/me/cases/" + about() + "/availability";
    }

    @Override
    protected int titled() {
        return R.string.days;
    }

    @Override
    protected String what() {
        return "availability";
    }

    @Override
    protected void form(Page page, JsonObject stands) {
        page.text(getString(R.string.days_lead));
        if (Fields.flag(stands, "words_left_out")) {
            page.text(getString(R.string.kept_hint));
        }
        days.clear();
        days.addAll(Fields.objects(stands, "dates_to_avoid"));
        said = page.section();
        showDays();
        page.heading(getString(R.string.add_days));
        from = page.quiet("", () -> choose(R.string.first_day, first, day -> span(day, last == null || last.isBefore(day) ? day : last)));
        to = page.quiet("", () -> choose(R.string.last_day, last == null ? first : last, day -> span(first == null || first.isAfter(day) ? day : first, day)));
        why = page.field(getString(R.string.days_why), android.text.InputType.TYPE_CLASS_TEXT, 500);
        page.quiet(getString(R.string.add), () -> {
            if (first == null) {
                return;
            }
            days.add(one(first, last, typed(why)));
            showDays();
            why.setText("");
            span(null, null);
        });
        span(null, null);
    }

    void span(LocalDate begins, LocalDate ends) {
        first = begins;
        last = ends;
        from.setText(begins == null ? getString(R.string.first_day) : getString(R.string.first_day_is, day(begins)));
        to.setText(ends == null ? getString(R.string.last_day) : getString(R.string.last_day_is, day(ends)));
    }

    private void choose(int title, LocalDate begin, Consumer<LocalDate> chosen) {
        LocalDate at = begin == null ? LocalDate.now(core().clock().withZone(ZoneId.of("Europe/London"))) : begin;
        WhichDay.ask(this, title, at, chosen);
    }

    private static JsonObject one(LocalDate begins, LocalDate ends, String reason) {
        JsonObject day = new JsonObject();
        day.addProperty("from", begins.toString());
        day.addProperty("to", ends.toString());
        if (!reason.isEmpty()) {
            day.addProperty("reason", reason);
        }
        return day;
    }

    private void showDays() {
        said.clear();
        if (days.isEmpty()) {
            said.text(getString(R.string.no_days));
        }
        for (JsonObject one : days) {
            Page card = said.card();
            card.text(words(one, false));
            if (Fields.is(one, "reason")) {
                card.text(Fields.text(one, "reason"));
            }
            card.quiet(getString(R.string.remove), () -> {
                days.remove(one);
                showDays();
            }).setContentDescription(getString(R.string.remove_what, words(one, false)));
        }
    }

    @Override
    protected JsonObject filled() {
        JsonObject o = new JsonObject();
        List<JsonObject> all = new ArrayList<>(days);
        if (first != null) {
            all.add(one(first, last, typed(why))); // chosen, and 'add' was not pressed
        }
        o.add("dates_to_avoid", Fields.array(all));
        return o;
    }

    @Override
    protected List<String> words(JsonObject stands) {
        List<String> words = Fields.objects(stands, "dates_to_avoid").stream().map(d -> words(d, true)).collect(Collectors.toList());
        return words.isEmpty() ? List.of(getString(R.string.no_days)) : words;
    }

    private String words(JsonObject one, boolean reason) {
        LocalDate begins = LocalDate.parse(Fields.text(one, "from"));
        LocalDate ends = LocalDate.parse(Fields.text(one, "to"));
        String span = begins.equals(ends) ? day(begins) : getString(R.string.span, day(begins), day(ends));
        return reason && Fields.is(one, "reason") ? span + ": " + Fields.text(one, "reason") : span;
    }
}
