package uk.waymark.app;

import com.google.android.material.textfield.TextInputEditText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.waymark.client.Written;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CallBack;
import uk.waymark.client.model.CallBackList;
import uk.waymark.client.model.CallBackReason;
import uk.waymark.client.model.CallBackRequest;
import uk.waymark.client.model.CallBackState;

/** Asking to be rung, and what has come of it. Somebody rings at a time that is safe by the person's preferences. */
public final class CallBackScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.call_back));
        read(path() + "?limit=20", json -> JSON.getGson().fromJson(json, CallBackList.class), this::show);
    }

    private String path() {
        return "/v1/me/cases/" + about() + "/call-backs";
    }

    private void show(CallBackList calls) {
        page.clear();
        page.text(getString(R.string.emergency));
        page.heading(getString(R.string.why_call));
        TextInputEditText words = page.words(getString(R.string.about), 1000, 3);
        Map<CallBackReason, Integer> reasons = new LinkedHashMap<>();
        reasons.put(CallBackReason.NOT_SAFE, R.string.reason_not_safe);
        reasons.put(CallBackReason.QUESTION, R.string.reason_question);
        reasons.put(CallBackReason.DATE, R.string.reason_date);
        reasons.put(CallBackReason.CHANGE, R.string.reason_change);
        reasons.put(CallBackReason.OTHER, R.string.reason_other);
        reasons.forEach((reason, text) -> page.quiet(getString(text), () -> ask(reason, String.valueOf(words.getText()).trim())));
        page.heading(getString(R.string.calls));
        for (Written waiting : now().outbox().all()) {
            if (waiting.path().equals(path()) && waiting.unsent()) {
                page.card().text(waiting.state() == Written.State.REFUSED ? getString(R.string.not_taken, waiting.words())
                        : getString(R.string.kept_to_send));
            }
        }
        for (CallBack call : calls.getItems()) {
            Page card = page.card();
            card.text(call.getNext());
            if (call.getEmergency() != null) {
                card.text(call.getEmergency());
            }
            if (List.of(CallBackState.ASKED, CallBackState.BOOKED).contains(call.getState())) {
                card.quiet(getString(R.string.take_back), () -> {
                    now().outbox().remove("call_back", "/v1/me/call-backs/" + call.getId());
                    send();
                });
            }
        }
    }

    private void ask(CallBackReason reason, String words) {
        CallBackRequest request = new CallBackRequest();
        request.setReason(reason);
        request.setWithholdNumber(null); // as the person's preferences have it
        if (!words.isEmpty()) {
            request.setAbout(words);
        }
        now().outbox().make("call_back", path(), JSON.getGson().toJson(request));
        send();
    }

    private void send() {
        Sending.soon(this);
        say(Optional.of(getString(R.string.kept_to_send)));
        later(() -> now().outbox().send(), outcome -> show());
    }
}
