package uk.waymark.app;

import uk.waymark.client.http.JSON;
import uk.waymark.client.model.AccessEntry;
import uk.waymark.client.model.AccessLogPage;

/** Who looked at the person's information. It takes a sign-in of the last minutes, and nothing of it stays on this phone. */
public final class WhoLookedScreen extends Screen {
    private static final String PATH = "/v1/me/access-log?limit=100";

    @Override
    protected void show() {
        title(getString(R.string.who_looked));
        read(PATH, WhoLookedScreen::parse, seen -> show(seen.value().get()), false);
    }

    private static AccessLogPage parse(String json) {
        return JSON.getGson().fromJson(json, AccessLogPage.class);
    }

    private void show(AccessLogPage log) {
        page.clear();
        if (log.getItems().isEmpty()) {
            page.text(getString(R.string.nobody_looked));
        }
        add(log);
    }

    private void add(AccessLogPage log) {
        for (AccessEntry entry : log.getItems()) {
            Page card = page.card();
            card.text(time(entry.getAt().toInstant()));
            card.heading(entry.getWhat());
            if (entry.getRoles() != null && !entry.getRoles().isEmpty()) {
                card.text(String.join(", ", entry.getRoles()));
            }
            for (String who : new String[] {entry.getName(), entry.getUnit(), entry.getForce()}) {
                if (who != null) {
                    card.text(who);
                }
            }
        }
        older(page, PATH, log.getNextCursor(), WhoLookedScreen::parse, this::add, false);
    }
}
