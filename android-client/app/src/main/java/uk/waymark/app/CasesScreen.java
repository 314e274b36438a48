package uk.waymark.app;

import android.Manifest;
import android.os.Build;
import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.CaseList;
import uk.waymark.client.model.CaseSummary;
import uk.waymark.client.model.Me;

/** What somebody has here: each case with how far it has come. */
public final class CasesScreen extends Screen {
    private Page notice;
    private boolean pinNeeded;

    @Override
    protected void show() {
        title(getString(R.string.your_cases));
        read("/v1/me/cases?limit=100", json -> JSON.getGson().fromJson(json, CaseList.class), this::show);
        later(() -> now().reads().read("/v1/me", language(), json -> JSON.getGson().fromJson(json, Me.class)), seen -> {
            if (seen.trouble() == Seen.Trouble.NONE) { // what was so before may not be so any more
                News.language(core(), seen.value().get().getLanguage().getValue());
                DatesScreen.discreet(core(), Boolean.TRUE.equals(seen.value().get().getDiscreetMode()));
                pinNeeded = Boolean.TRUE.equals(seen.value().get().getPinNeeded());
                tell();
            }
        });
        if (Build.VERSION.SDK_INT >= 33 && !News.allowed(this)) { // also where the app looks for news by itself
            requestPermissions(new String[] {Manifest.permission.POST_NOTIFICATIONS}, 1);
        }
    }

    /** While somebody still can choose the PIN without which they cannot sign in again. */
    private void tell() {
        if (page.has(notice)) {
            notice.clear();
            if (pinNeeded) {
                notice.text(getString(R.string.pin_needed_soon));
                notice.button(getString(R.string.pin_choose), () -> go(PinScreen.class, null));
            }
        }
    }

    private void show(CaseList cases) {
        page.clear();
        notice = page.section();
        tell();
        if (cases.getItems().isEmpty()) {
            page.text(getString(R.string.no_cases));
        }
        for (CaseSummary one : cases.getItems()) {
            Page card = page.card(() -> go(CaseScreen.class, one.getId().toString()));
            card.heading(one.getStage().getWords());
            card.text(getString(R.string.reference_is, one.getCrimeReference()));
            if (one.getAsAtNote() != null) {
                card.text(one.getAsAtNote());
            }
            if (one.getNextExpectedUpdate() != null) {
                card.text(getString(R.string.next_news, day(one.getNextExpectedUpdate())));
            }
        }
        page.quiet(getString(R.string.contact), () -> go(ContactScreen.class, null));
        page.quiet(getString(R.string.unsent), () -> go(UnsentScreen.class, null));
        page.quiet(getString(R.string.more), () -> go(MoreScreen.class, null));
    }
}
