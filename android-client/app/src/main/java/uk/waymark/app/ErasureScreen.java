package uk.waymark.app;

import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Erasure;

/** Asking for erasure: somebody rings first, nothing goes before, and what is kept is said with the reason. */
public final class ErasureScreen extends Screen {
    private Erasure asked;

    @Override
    protected void show() {
        title(getString(R.string.erasure));
        page.clear();
        if (asked != null) {
            answered();
            return;
        }
        page.text(getString(R.string.erasure_how));
        page.text(getString(R.string.erasure_only));
        page.button(getString(R.string.erasure_ask), () -> new Question(this).setTitle(R.string.erasure)
                .setMessage(R.string.erasure_sure).setPositiveButton(R.string.erasure_ask, (d, w) -> ask())
                .setNegativeButton(R.string.cancel, null).show());
    }

    private void ask() {
        Asking.ask(this, () -> now().line().post("/v1/me/erasure-requests"), answer -> {
            asked = JSON.getGson().fromJson(answer.body(), Erasure.class);
            show();
        });
    }

    private void answered() {
        page.heading(getString(R.string.erasure_asked));
        page.text(getString(R.string.erasure_rings));
        page.heading(getString(R.string.erasure_goes));
        asked.getErased().forEach(part -> page.text(part.getDetail()));
        page.heading(getString(R.string.erasure_stays));
        asked.getKept().forEach(part -> page.text(part.getReason()));
    }
}
