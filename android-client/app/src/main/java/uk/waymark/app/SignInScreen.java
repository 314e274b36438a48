package uk.waymark.app;

import android.content.Intent;
import android.os.Build;
import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.waymark.client.Answer;
import uk.waymark.client.SignIn;

/** Activating with an invitation, and signing in: first what the code is asked for with, then the code; or a code that was read out. */
public final class SignInScreen extends Screen {
    private static final int PIN = InputType.TYPE_CLASS_NUMBER | InputType.TYPE_NUMBER_VARIATION_PASSWORD;
    /** What staff read out has twelve digits, and what comes by text has six. */
    private static final String SPOKEN = "(?:[\\s\\p{Pd}]*\\d){12}[\\s\\p{Pd}]*";

    /** What somebody has to sign in with. */
    private enum With { INVITATION, NUMBER, CALL }

    private With with;
    private long age;
    private String mobile;
    private SignIn.Pin pin;

    @Override
    protected boolean needsSignIn() {
        return false;
    }

    @Override
    protected void show() {
        if (!core().now().isPresent()) {
            go(StartScreen.class, null);
            finish();
            return;
        }
        if (with != null) {
            return; // the code, or the call, is in another app
        }
        ask("again".equals(about()) ? With.NUMBER : With.INVITATION);
    }

    private void ask(With chosen) {
        with = chosen;
        mobile = null;
        title(getString(R.string.sign_in));
        page.clear();
        otherLanguage();
        page.text(getString(R.string.shared_phone));
        other(With.NUMBER, R.string.been_before);
        other(With.INVITATION, R.string.first_time);
        other(With.CALL, R.string.on_call);
        if (with == With.CALL) {
            call("");
        } else {
            number(with == With.INVITATION);
        }
        if (core().mayChooseAgain()) {
            page.text(getString(R.string.force_chosen, now().force().name(language())));
            page.quiet(getString(R.string.other_force), () -> {
                core().unchoose();
                go(StartScreen.class, null);
                finish();
            });
        }
    }

    private void other(With way, int words) {
        if (way != with) {
            page.quiet(getString(words), () -> ask(way));
        }
    }

    private void number(boolean first) {
        TextInputEditText invitation = first ? page.field(getString(R.string.invitation_code), InputType.TYPE_CLASS_TEXT, 40) : null;
        TextInputEditText reference = first ? page.field(getString(R.string.reference), InputType.TYPE_CLASS_TEXT, 40) : null;
        TextInputEditText number = page.field(getString(R.string.mobile), InputType.TYPE_CLASS_PHONE, 40);
        TextInputEditText present = page.field(getString(R.string.pin_if), PIN, 12);
        page.button(getString(R.string.send_code), () -> {
            if (missing(number) | first && (missing(invitation) | missing(reference))) {
                return;
            }
            String typed = text(number);
            String typedPin = orNull(present);
            tell(() -> first ? now().signIn().activate(text(invitation), text(reference), typed, typedPin, language())
                    : now().signIn().requestCode(typed, typedPin, language()), answer -> code(typed, answer.detail(), first));
        });
    }

    /** For a code that was read out. @param before what was typed of it already */
    private void call(String before) {
        page.text(getString(R.string.on_call_lead));
        TextInputEditText code = page.field(getString(R.string.on_call_code), InputType.TYPE_CLASS_PHONE, 24);
        code.setText(before);
        boolean known = mobile != null;
        if (!known) {
            page.text(getString(R.string.on_call_who));
        }
        TextInputEditText reference = known ? null : page.field(getString(R.string.reference), InputType.TYPE_CLASS_TEXT, 40);
        TextInputEditText number = known ? null : page.field(getString(R.string.mobile), InputType.TYPE_CLASS_PHONE, 40);
        TextInputEditText present = page.field(getString(R.string.on_call_pin), PIN, 12);
        TextInputEditText wanted = page.field(getString(R.string.on_call_new_pin), PIN, 12);
        page.button(getString(R.string.sign_in), () -> {
            if (missing(code) | !known && text(number).isEmpty() && missing(reference)) {
                return;
            }
            String who = known ? mobile : orNull(number);
            String by = known ? null : orNull(reference);
            enter(() -> now().signIn().onCall(who, by, text(code), orNull(present), orNull(wanted), Build.MODEL, language()));
        });
    }

    private void code(String typed, String words, boolean first) {
        mobile = typed;
        page.clear();
        page.text(words);
        TextInputEditText code = page.field(getString(R.string.code), InputType.TYPE_CLASS_NUMBER, 24);
        TextInputEditText wanted = first ? page.field(getString(R.string.new_pin), PIN, 12) : null;
        page.button(getString(R.string.sign_in), () -> {
            if (missing(code)) {
                return;
            }
            if (text(code).matches(SPOKEN)) {
                onCall(text(code)); // without the PIN it would be a failed try, and a few of those end the code
                return;
            }
            enter(() -> now().signIn().signIn(mobile, text(code), wanted == null ? null : orNull(wanted), Build.MODEL, language()));
        });
        page.quiet(getString(R.string.on_call), () -> onCall(""));
        page.quiet(getString(R.string.back), () -> ask(with));
    }

    /** On with the number that was typed already. */
    private void onCall(String code) {
        page.clear();
        call(code);
        page.quiet(getString(R.string.back), () -> ask(with));
    }

    private interface Enter {
        SignIn.Entered enter() throws IOException;
    }

    private void enter(Enter enter) {
        age = core().age();
        tell(() -> {
            SignIn.Entered entered = enter.enter();
            pin = entered.pin();
            return entered.answer();
        }, answer -> signedIn());
    }

    private void signedIn() {
        core().used();
        Forgetting.daily(this);
        Push.start(this);
        Sending.soon(this); // what waited for somebody to sign in
        List<Intent> next = new ArrayList<>();
        if (!"again".equals(about()) || age != core().age() || isTaskRoot()) {
            next.add(new Intent(this, CasesScreen.class).addFlags(Intent.FLAG_ACTIVITY_CLEAR_TASK | Intent.FLAG_ACTIVITY_NEW_TASK));
        } // else back to what the new code was for, with what is typed there
        if (pin != SignIn.Pin.FINE) {
            next.add(new Intent(this, PinScreen.class).putExtra("about", PinScreen.AFTER + pin.name()));
        }
        if (!next.isEmpty()) {
            startActivities(next.toArray(new Intent[0]));
        }
        finish();
    }

    private interface Ask {
        Answer ask() throws IOException;
    }

    private void tell(Ask ask, java.util.function.Consumer<Answer> then) {
        later(() -> {
            try {
                return Optional.of(ask.ask());
            } catch (IOException e) {
                return Optional.<Answer>empty();
            }
        }, answer -> {
            if (!answer.isPresent()) {
                say(Optional.of(getString(R.string.no_line)));
            } else if (answer.get().ok()) {
                say(Optional.empty());
                then.accept(answer.get());
            } else {
                String words = Asking.words(answer.get());
                say(Optional.of(words.isEmpty() ? getString(R.string.server_trouble) : words));
            }
        });
    }

    private boolean missing(TextInputEditText field) {
        boolean missing = text(field).isEmpty();
        field.setError(missing ? getString(R.string.fill_in) : null);
        return missing;
    }

    private static String orNull(TextInputEditText field) {
        return text(field).isEmpty() ? null : text(field);
    }

    private static String text(TextInputEditText field) {
        return field.getText() == null ? "" : field.getText().toString().trim();
    }
}
