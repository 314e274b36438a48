package uk.waymark.app;

import android.text.InputType;
import com.google.android.material.textfield.TextInputEditText;
import java.util.Optional;
import uk.waymark.client.SignIn;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Me;
import uk.waymark.client.model.NewPin;

/** The PIN that is asked for before a code is sent: choosing one, changing it, removing it. */
public final class PinScreen extends Screen {
    private static final String PATH = "/v1/me/pin";
    private static final int PIN = InputType.TYPE_CLASS_NUMBER | InputType.TYPE_NUMBER_VARIATION_PASSWORD;

    /** What this is opened about after a sign-in: this, and the name of a {@link SignIn.Pin}. */
    static final String AFTER = "after ";

    private TextInputEditText present;
    private TextInputEditText wanted;
    private TextInputEditText again;

    @Override
    protected void show() {
        title(getString(R.string.pin));
        if (wanted != null && wanted.isAttachedToWindow()) {
            return; // back from signing in
        }
        read("/v1/me", json -> JSON.getGson().fromJson(json, Me.class), this::show);
    }

    private void show(Me me) {
        if (wanted != null && wanted.isAttachedToWindow() && wanted.length() > 0) {
            return; // typed while this was asked for
        }
        boolean has = Boolean.TRUE.equals(me.getHasPin());
        page.clear();
        if (about() != null && about().startsWith(AFTER)) {
            said(SignIn.Pin.valueOf(about().substring(AFTER.length())));
        }
        page.text(getString(has ? R.string.pin_there : R.string.pin_none));
        if (Boolean.TRUE.equals(me.getPinNeeded())) {
            page.text(getString(R.string.pin_needed));
        }
        present = has ? page.field(getString(R.string.pin_present), PIN, 12) : null;
        wanted = page.field(getString(R.string.pin_wanted), PIN, 12);
        again = page.field(getString(R.string.pin_again), PIN, 12);
        page.button(getString(R.string.save), this::save);
        if (has) {
            page.quiet(getString(R.string.pin_remove), () -> new Question(this).setTitle(R.string.pin_remove)
                    .setMessage(R.string.pin_remove_sure).setPositiveButton(R.string.pin_remove, (d, w) ->
                            Asking.ask(this, () -> now().line().delete(PATH), answer -> done()))
                    .setNegativeButton(R.string.cancel, null).show());
        }
    }

    /** What only the sign-in said, to who had just typed a PIN. */
    private void said(SignIn.Pin pin) {
        switch (pin) {
            case NOT_TAKEN -> page.text(getString(R.string.pin_not_taken));
            case STAYS -> page.text(getString(R.string.pin_stays));
            case TO_CHANGE -> page.text(getString(R.string.pin_another));
            default -> { } // the screen says what is so
        }
    }

    private void save() {
        String pin = String.valueOf(wanted.getText());
        wanted.setError(pin.length() < 4 ? getString(R.string.pin_short) : null);
        again.setError(!pin.equals(String.valueOf(again.getText())) ? getString(R.string.pin_differs) : null);
        if (wanted.getError() != null || again.getError() != null) {
            return;
        }
        NewPin request = new NewPin();
        request.setPin(pin);
        request.setPresentPin(present == null || present.length() == 0 ? null : String.valueOf(present.getText()));
        String body = JSON.getGson().toJson(request);
        Asking.ask(this, () -> now().line().put(PATH, body, null, language()), answer -> done());
    }

    private void done() {
        getIntent().removeExtra("about"); // it is not said again, also where the phone is turned
        wanted = null;
        show();
        say(Optional.of(getString(R.string.saved_there)));
    }
}
