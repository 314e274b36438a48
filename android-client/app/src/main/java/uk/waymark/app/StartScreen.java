package uk.waymark.app;

import android.content.Intent;
import uk.waymark.client.Force;

/** The first one: which area it is, and in which language. Whoever is signed in goes straight on. */
public final class StartScreen extends Screen {
    @Override
    protected boolean needsSignIn() {
        return false;
    }

    @Override
    protected void show() {
        if (core().now().isPresent()) {
            if (!isTaskRoot() && core().signedIn() && Intent.ACTION_MAIN.equals(getIntent().getAction())) {
                finish(); // it goes on where the person was, who cannot come back by the list of recent apps
                return;
            }
            go(core().signedIn() ? CasesScreen.class : SignInScreen.class, null);
            finish();
            return;
        }
        title(getString(MoreScreen.discreet(this) ? R.string.discreet_name : R.string.app_name));
        page.clear();
        otherLanguage();
        page.heading(getString(R.string.which_force));
        page.text(getString(R.string.which_force_text));
        for (Force force : core().forces()) {
            page.button(force.name(language()), () -> choose(force));
        }
    }

    private void choose(Force force) {
        core().choose(force);
        Forgetting.daily(this);
        go(SignInScreen.class, null);
        finish();
    }
}
