package uk.waymark.app;

import android.text.InputFilter;
import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import uk.waymark.client.Seen;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CallBack;
import uk.waymark.client.model.CallBackList;
import uk.waymark.client.model.CallBackState;

/** Asking to be rung, and what has come of it. Somebody rings at a time that is safe by the person's preferences. */
public final class CallBackScreen extends Screen {
    private static final int LONGEST = 1000;
    private static final List<String> REASONS = List.of("question", "date", "change", "other");

    private TextInputEditText words;
    private TextInputEditText number;
    private CallFields fields;
    private int reason = -1;
    private Page known;

    @Override
    protected void show() {
        title(getString(R.string.call_back));
        if (words == null) {
            build();
        }
        refresh();
    }

    private String path() {
        return "/v1/me/cases/" + about() + "/call-backs";
    }

    private String draft() {
        return "call draft " + about();
    }

    private void build() {
        JsonObject kept = core().kept(draft()).map(json -> JsonParser.parseString(json).getAsJsonObject()).orElse(new JsonObject());
        page.clear();
        page.text(getString(R.string.emergency));
        page.button(getString(R.string.reason_not_safe), () -> ask("not_safe"));
        page.text(getString(R.string.not_safe_hint));
        known = page.section();
        words = page.words(getString(R.string.about), LONGEST, 3);
        if (Fields.text(kept, "about").length() > LONGEST) {
            words.setFilters(new InputFilter[0]); // two texts together: the person shortens them, and nothing is cut off
        }
        words.setText(Fields.text(kept, "about"));
        page.heading(getString(R.string.why_call));
        reason = REASONS.indexOf(Fields.text(kept, "reason"));
        page.oneOf(List.of(getString(R.string.reason_question), getString(R.string.reason_date), getString(R.string.reason_change),
                getString(R.string.reason_other)), reason, which -> reason = which);
        fields = new CallFields(this, page, kept, about());
        number = page.field(getString(R.string.other_number), InputType.TYPE_CLASS_PHONE, 40);
        number.setText(Fields.text(kept, "mobile"));
        page.text(getString(R.string.other_number_hint));
        page.button(getString(R.string.ask_for_call), () -> {
            if (reason < 0) {
                say(Optional.of(getString(R.string.choose_reason)));
            } else {
                ask(REASONS.get(reason));
            }
        });
    }

    private String newest() {
        return path() + "?limit=20";
    }

    private void showKnown() {
        show(now().reads().last(newest(), language(), CallBackScreen::parse).value());
    }

    private void refresh() {
        String newest = newest();
        showKnown();
        later(() -> now().reads().read(newest, language(), CallBackScreen::parse), seen -> {
            if (seen.trouble() == Seen.Trouble.NONE) {
                core().used();
            }
            say(trouble(seen));
            show(seen.value());
            if (seen.trouble() == Seen.Trouble.SIGN_IN) {
                known.button(getString(R.string.sign_in), () -> go(SignInScreen.class, "again"));
            }
        });
    }

    private static CallBackList parse(String json) {
        return JSON.getGson().fromJson(json, CallBackList.class);
    }

    private void show(Optional<CallBackList> calls) {
        known.clear();
        List<Written> waiting = now().outbox().all().stream().filter(w -> w.path().equals(path()) && w.unsent()).collect(Collectors.toList());
        if (!waiting.isEmpty() || calls.filter(c -> !c.getItems().isEmpty()).isPresent()) {
            known.heading(getString(R.string.calls));
        }
        for (Written w : waiting) {
            Page card = known.card();
            card.text(switch (w.state()) {
                case REFUSED -> getString(R.string.not_taken, w.words());
                case UNSURE -> getString(R.string.unsure);
                default -> getString(R.string.kept_to_send);
            });
            if (w.state() == Written.State.REFUSED) {
                card.quiet(getString(R.string.write_again), () -> {
                    keep(draft(), together(drafted(), JsonParser.parseString(w.body()).getAsJsonObject()).toString());
                    now().outbox().drop(w.id());
                    build();
                    show();
                });
            }
        }
        calls.ifPresent(this::add);
    }

    private void add(CallBackList calls) {
        calls.getItems().forEach(this::show);
        older(known, newest(), calls.getNextCursor(), CallBackScreen::parse, this::add, true);
    }

    private void show(CallBack call) {
        Page card = known.card();
        if (call.getSlot() != null) {
            card.heading(CallTimes.words(this, call.getSlot().getFrom(), call.getSlot().getTo()));
        }
        card.text(call.getNext());
        if (call.getEmergency() != null) {
            card.text(call.getEmergency());
        }
        boolean open = call.getState() == CallBackState.MISSED ? call.getEndedAt() == null
                : List.of(CallBackState.ASKED, CallBackState.BOOKED).contains(call.getState());
        if (open) {
            card.quiet(getString(R.string.change_call), () -> go(CallScreen.class, call.getId().toString()));
            card.quiet(getString(R.string.take_back), () -> {
                now().outbox().remove("call_back", "/v1/me/call-backs/" + call.getId());
                send(core().sends());
            });
        }
    }

    /** What is in the form, and below it the words of a call that was not taken; what else that one said, where the form says nothing. */
    private JsonObject together(JsonObject form, JsonObject refused) {
        JsonObject both = refused.deepCopy();
        form.entrySet().forEach(e -> both.add(e.getKey(), e.getValue()));
        both.addProperty("withhold_number", Fields.flag(form, "withhold_number") || Fields.flag(refused, "withhold_number"));
        if (Fields.is(refused, "language") && Fields.text(form, "language").equals(CallFields.usual(this))) {
            both.add("language", refused.get("language")); // the form's is only what is usual
        }
        if (Fields.is(form, "about") && Fields.is(refused, "about")) {
            both.addProperty("about", Fields.text(form, "about") + "\n\n" + Fields.text(refused, "about"));
        }
        return both;
    }

    private JsonObject drafted() {
        JsonObject o = filled();
        if (reason >= 0) {
            o.addProperty("reason", REASONS.get(reason));
        }
        return o;
    }

    private JsonObject filled() {
        JsonObject o = fields.filled();
        if (!String.valueOf(words.getText()).trim().isEmpty()) {
            o.addProperty("about", String.valueOf(words.getText()).trim());
        }
        if (!FormScreen.typed(number).isEmpty()) {
            o.addProperty("mobile", FormScreen.typed(number));
        }
        return o;
    }

    private void ask(String why) {
        JsonObject request = filled();
        if (request.has("withhold_number") && !Fields.flag(request, "withhold_number")) {
            request.remove("withhold_number"); // as the person's preferences have it
        }
        request.addProperty("reason", why);
        String body = request.toString();
        boolean twice = now().outbox().all().stream().anyMatch(w -> w.state() == Written.State.WAITING && w.path().equals(path())
                && w.body().equals(body)); // pressed again while it is on its way
        if (!twice) {
            now().outbox().make("call_back", path(), body);
        }
        core().drop(draft());
        build(); // at once: what is typed from here on is for another call
        showKnown();
        send(why.equals("not_safe") ? core().hurries() : core().sends());
    }

    private void send(Rounds rounds) {
        Sending.soon(this);
        send(rounds, outcome -> show());
        say(Optional.of(getString(R.string.kept_to_send)));
    }

    @Override
    protected void onStop() {
        keep();
        super.onStop();
    }

    @Override
    public void finish() {
        keep();
        super.finish();
    }

    /** What is typed and not sent is there again when the person comes back. */
    private void keep() {
        if (words == null || !theirs()) {
            return;
        }
        JsonObject o = drafted();
        if (o.size() == 2 && !Fields.flag(o, "withhold_number") && Fields.text(o, "language").equals(CallFields.usual(this))) {
            core().drop(draft());
        } else {
            keep(draft(), o.toString());
        }
    }
}
