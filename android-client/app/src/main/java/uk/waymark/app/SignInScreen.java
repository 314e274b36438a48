package uk.waymark.app;

import android.content.Intent;
import android.os.Build;
import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import java.io.IOException;
import java.util.Optional;
import uk.waymark.client.Answer;

/** Activating with an invitation, and signing in: first what the code is asked for with, then the code. */
public final class SignInScreen extends Screen {
    private static final int PIN = InputType.TYPE_CLASS_NUMBER | InputType.TYPE_NUMBER_VARIATION_PASSWORD;
    private boolean first = true;
    private long age;
    private String mobile;

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
        if (mobile != null) {
            return; // the code is looked up in another app
        }
        first = !"again".equals(about()) && first;
        ask();
    }

    private void ask() {
        title(getString(R.string.sign_in));
        page.clear();
        otherLanguage();
        page.text(getString(R.string.shared_phone));
        page.quiet(getString(first ? R.string.been_before : R.string.first_time), () -> {
            first = !first;
            ask();
        });
        TextInputEditText invitation = first ? page.field(getString(R.string.invitation_code), InputType.TYPE_CLASS_TEXT, 40) : null;
        TextInputEditText reference = first ? page.field(getString(R.string.reference), InputType.TYPE_CLASS_TEXT, 40) : null;
        TextInputEditText number = page.field(getString(R.string.mobile), InputType.TYPE_CLASS_PHONE, 40);
        TextInputEditText pin = page.field(getString(R.string.pin_if), PIN, 12);
        page.button(getString(R.string.send_code), () -> {
            if (missing(number) | first && (missing(invitation) | missing(reference))) {
                return;
            }
            String typed = text(number);
            String typedPin = text(pin).isEmpty() ? null : text(pin);
            tell(() -> first ? now().signIn().activate(text(invitation), text(reference), typed, typedPin, language())
                    : now().signIn().requestCode(typed, typedPin, language()), answer -> code(typed, answer.detail()));
        });
        if (core().mayChooseAgain()) {
            page.text(getString(R.string.force_chosen, now().force().name(language())));
            page.quiet(getString(R.string.other_force), () -> {
                core().unchoose();
                go(StartScreen.class, null);
                finish();
            });
        }
    }

    private void code(String typed, String words) {
        mobile = typed;
        page.clear();
        page.text(words);
        TextInputEditText code = page.field(getString(R.string.code), InputType.TYPE_CLASS_NUMBER, 24);
        TextInputEditText pin = first ? page.field(getString(R.string.new_pin), PIN, 12) : null;
        page.button(getString(R.string.sign_in), () -> {
            if (missing(code)) {
                return;
            }
            String newPin = pin == null || text(pin).isEmpty() ? null : text(pin);
            age = core().age();
            tell(() -> now().signIn().signIn(mobile, text(code), newPin, Build.MODEL, language()), answer -> signedIn());
        });
        page.quiet(getString(R.string.back), () -> {
            mobile = null;
            ask();
        });
    }

    private void signedIn() {
        core().used();
        Forgetting.daily(this);
        Push.start(this);
        Sending.soon(this); // what waited for somebody to sign in
        if ("again".equals(about()) && age == core().age() && !isTaskRoot()) {
            finish(); // back to what the new code was for, with what is typed there
            return;
        }
        startActivity(new Intent(this, CasesScreen.class).addFlags(Intent.FLAG_ACTIVITY_CLEAR_TASK | Intent.FLAG_ACTIVITY_NEW_TASK));
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
                String words = answer.get().detail();
                say(Optional.of(words.isEmpty() ? getString(R.string.server_trouble) : words));
            }
        });
    }

    private boolean missing(TextInputEditText field) {
        boolean missing = text(field).isEmpty();
        field.setError(missing ? getString(R.string.fill_in) : null);
        return missing;
    }

    private static String text(TextInputEditText field) {
        return field.getText() == null ? "" : field.getText().toString().trim();
    }
}
