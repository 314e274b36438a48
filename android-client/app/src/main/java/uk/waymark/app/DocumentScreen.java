package uk.waymark.app;

import android.graphics.Bitmap;
import android.widget.HorizontalScrollView;
import android.widget.ImageView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    private void draw() {
        page.clear();
        page.quiet(getString(R.string.statement_size), () -> {
            size = (size + 1) % SIZES.length;
            draw();
        });
        int width = Math.min(WIDEST, Math.max(A4_WIDTH, content().getWidth()) * SIZES[size]);
        List<Bitmap> drawn = new ArrayList<>();
        try {
            drawn.addAll(((App) getApplication()).pages(file, width));
        } catch (IOException | SecurityException e) {
            page.text(getString(R.string.newer_app));
        }
        for (int i = 0; i < drawn.size(); i++) {
            ImageView picture = new ImageView(this);
            picture.setImageBitmap(drawn.get(i));
            picture.setAdjustViewBounds(true);
            picture.setContentDescription(getString(R.string.statement_page, i + 1, drawn.size()));
            if (size == 0) {
                page.put(picture);
            } else {
                HorizontalScrollView across = new HorizontalScrollView(this);
                across.addView(picture);
                page.put(across);
            }
        }
        page.text(getString(R.string.statement_words_are_there));
    }

    @Override
    protected void onDestroy() {
        file = null;
        super.onDestroy();
    }
}
