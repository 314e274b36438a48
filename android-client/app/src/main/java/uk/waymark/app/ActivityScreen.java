package uk.waymark.app;

import java.util.Optional;

/**
 * Keeping back the lists that tell where and how the account is used. The screen looks the same whether they are or not: whoever holds
 * the phone does not learn from it that something is kept back.
 */
public final class ActivityScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.activity));
        page.clear();
        page.text(getString(R.string.activity_what));
        page.button(getString(R.string.activity_hide), () -> put(true));
        page.quiet(getString(R.string.activity_show), () -> put(false));
        page.text(getString(R.string.activity_show_fresh));
    }

    private void put(boolean hidden) {
        Asking.ask(this, () -> now().line().put("/v1/me/activity", "{\"hidden\":" + hidden + "}", null, language()), answer -> {
            now().reads().forget("/v1/me/devices?limit=100", language()); // nothing that was seen before shows more than the server would
            now().reads().forget("/v1/me/access-log?limit=100", language());
            say(Optional.of(getString(R.string.saved_there)));
        });
    }
}
