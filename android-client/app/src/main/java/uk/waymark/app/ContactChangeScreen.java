package uk.waymark.app;

import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.ContactChangeKind;
import uk.waymark.client.model.ContactChangeList;
import uk.waymark.client.model.ContactChangeState;
import uk.waymark.client.model.MyContactChange;

/** A new number or address: a code goes there, and is entered here. Only this phone sees what it has begun, and never what was entered. */
public final class ContactChangeScreen extends Screen {
    private static final String PATH = "/v1/me/contact-changes";
    private static final List<ContactChangeKind> KINDS = List.of(ContactChangeKind.MOBILE, ContactChangeKind.EMAIL,
            ContactChangeKind.POSTAL_ADDRESS);

    private TextInputEditText typed;
    private Page below;
    private int kind;
    private boolean signOut = true;
    private String key;
    private String asked; // what the key stands for

    @Override
    protected void show() {
        title(getString(R.string.contact_change));
        if (typed != null && typed.isAttachedToWindow() && typed.length() > 0) {
            return; // back from signing in, or from looking the code up
        }
        read(PATH + "?limit=20", json -> JSON.getGson().fromJson(json, ContactChangeList.class), this::show);
    }

    private void show(ContactChangeList changes) {
        page.clear();
        page.text(getString(R.string.contact_change_how));
        for (MyContactChange change : changes.getItems()) {
            show(page.card(), change);
        }
        page.heading(getString(R.string.contact_change_new));
        List<String> kinds = List.of(getString(R.string.kind_mobile), getString(R.string.kind_email), getString(R.string.kind_postal));
        page.oneOf(kinds, kind, which -> {
            kind = which;
            field();
        });
        below = page.section();
        field();
    }

    private void field() {
        below.clear();
        typed = switch (KINDS.get(kind)) {
            case EMAIL -> below.field(getString(R.string.contact_email), InputType.TYPE_CLASS_TEXT
                    | InputType.TYPE_TEXT_VARIATION_EMAIL_ADDRESS, 254);
            case POSTAL_ADDRESS -> below.words(getString(R.string.contact_postal), 500, 4);
            default -> below.field(getString(R.string.contact_mobile), InputType.TYPE_CLASS_PHONE, 40);
        };
        if (KINDS.get(kind) == ContactChangeKind.MOBILE) {
            below.choice(getString(R.string.contact_sign_out), signOut, on -> signOut = on);
        }
        below.button(getString(R.string.contact_send_code), this::begin);
    }

    private void show(Page card, MyContactChange change) {
        card.heading(getString(name(change.getKind())));
        card.text(time(change.getStartedAt().toInstant()));
        card.text(change.getMessage() != null ? change.getMessage() : getString(switch (change.getState()) {
            case RECEIVED -> R.string.contact_received;
            case CHECKING -> R.string.contact_checking;
            case DONE -> R.string.contact_done;
            default -> R.string.contact_ended;
        }));
        if (change.getState() == ContactChangeState.RECEIVED) {
            TextInputEditText code = card.field(getString(R.string.contact_code), InputType.TYPE_CLASS_NUMBER, 12);
            card.button(getString(R.string.contact_confirm), () -> confirm(change, code));
        }
        if (change.getState() == ContactChangeState.RECEIVED || change.getState() == ContactChangeState.CHECKING) {
            card.quiet(getString(R.string.take_back), () -> Asking.ask(this, () -> now().line().delete(PATH + "/" + change.getId()),
                    answer -> show()));
        }
    }

    private static int name(ContactChangeKind kind) {
        return switch (kind) {
            case EMAIL -> R.string.kind_email;
            case POSTAL_ADDRESS -> R.string.kind_postal;
            default -> R.string.kind_mobile;
        };
    }

    private void begin() {
        String words = String.valueOf(typed.getText()).trim();
        typed.setError(words.length() < 3 ? getString(R.string.fill_in) : null);
        if (words.length() < 3) {
            return;
        }
        JsonObject request = new JsonObject();
        request.addProperty(KINDS.get(kind).getValue(), words);
        if (KINDS.get(kind) == ContactChangeKind.MOBILE) {
            request.addProperty("sign_out_other_devices", signOut);
        }
        String body = request.toString();
        if (!body.equals(asked)) {
            key = UUID.randomUUID().toString(); // asked again as it is, it is the same change
            asked = body;
        }
        Asking.ask(this, () -> now().line().make(PATH, body, key, language()), answer -> {
            asked = null;
            typed.setText("");
            show();
            say(Optional.of(answer.text("message")).filter(m -> !m.isEmpty()));
        });
    }

    private void confirm(MyContactChange change, TextInputEditText code) {
        String digits = String.valueOf(code.getText()).trim();
        code.setError(digits.length() < 6 ? getString(R.string.fill_in) : null);
        if (digits.length() < 6) {
            return;
        }
        JsonObject request = new JsonObject();
        request.addProperty("code", digits);
        String path = PATH + "/" + change.getId() + "/confirmation";
        Asking.ask(this, () -> now().line().post(path, request.toString(), null, language()), answer -> {
            show();
            say(Optional.of(answer.text("message")).filter(m -> !m.isEmpty()));
        });
    }
}
