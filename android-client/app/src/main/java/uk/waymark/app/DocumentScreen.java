package uk.waymark.app;

import android.widget.HorizontalScrollView;
import android.widget.ImageView;
import java.io.IOException;
import java.util.Optional;
import uk.waymark.client.Line;

/**
 * The signed document, page by page. It is drawn here and never given to another app: what was fetched lies in no folder, and is gone
 * with this screen.
 */
public final class DocumentScreen extends Screen {
    private static final int[] SIZES = {1, 2, 3};
    private static final int A4_WIDTH = 595; // points
    private static final int WIDEST = 2400; // pixels: a page of this width takes 32 MB

    private byte[] file;
    private int size;
    private int at;
    private boolean drawing;

    @Override
    protected void show() {
        title(getString(R.string.statement_document));
        if (file != null) {
            draw();
            return;
        }
        page.clear().text(getString(R.string.loading));
        later(() -> {
            try {
                return Optional.of(now().line().fetch("/v1/me/statements/" + about() + "/document", language()));
            } catch (IOException e) {
                return Optional.<Line.Fetched>empty();
            }
        }, this::fetched);
    }

    private void fetched(Optional<Line.Fetched> fetched) {
        if (fetched.isPresent() && fetched.get().file() != null) {
            file = fetched.get().file();
            draw();
            return;
        }
        page.clear();
        if (fetched.isPresent() && fetched.get().answer().status() == 401) {
            say(Optional.of(getString(R.string.fresh_sign_in)));
            page.button(getString(R.string.sign_in), () -> go(SignInScreen.class, "again"));
            return;
        }
        page.button(getString(R.string.try_again), this::show);
        Asking.not(this, fetched.map(Line.Fetched::answer));
    }

    /** One page at a time: what a phone can hold does not depend on how long the document is. */
    private void draw() {
        drawing = true;
        int which = at;
        byte[] document = file;
        int width = Math.min(WIDEST, Math.max(A4_WIDTH, content().getWidth()) * SIZES[size]);
        later(() -> {
            try {
                return Optional.of(((App) getApplication()).page(document, which, width));
            } catch (IOException | RuntimeException e) { // of a platform's drawing: its words are elsewhere, and nothing is lost
                return Optional.<Drawn>empty();
            }
        }, this::put);
    }

    private void put(Optional<Drawn> drawn) {
        drawing = false;
        page.clear();
        page.quiet(getString(R.string.statement_size), () -> {
            size = (size + 1) % SIZES.length;
            draw();
        });
        if (drawn.isPresent()) {
            put(drawn.get());
        } else {
            page.text(getString(R.string.newer_app));
        }
        page.text(getString(R.string.statement_words_are_there));
    }

    private void put(Drawn drawn) {
        ImageView picture = new ImageView(this);
        picture.setImageBitmap(drawn.bitmap());
        picture.setAdjustViewBounds(true);
        picture.setContentDescription(getString(R.string.statement_page, at + 1, drawn.pages()));
        if (drawn.pages() > 1) {
            page.text(getString(R.string.page_of, at + 1, drawn.pages()));
        }
        if (size == 0) {
            page.put(picture);
        } else {
            HorizontalScrollView across = new HorizontalScrollView(this);
            across.addView(picture);
            page.put(across);
        }
        if (at > 0) {
            page.quiet(getString(R.string.page_before), () -> turn(-1));
        }
        if (at + 1 < drawn.pages()) {
            page.button(getString(R.string.page_next), () -> turn(1));
        }
    }

    private void turn(int by) {
        if (!drawing) { // touched twice, it would go on past the last page
            at += by;
            draw();
        }
    }

    @Override
    protected void onDestroy() {
        file = null;
        super.onDestroy();
    }
}
