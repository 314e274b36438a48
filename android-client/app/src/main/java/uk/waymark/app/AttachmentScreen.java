package uk.waymark.app;

import android.graphics.Bitmap;
import android.widget.ImageView;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Optional;
import uk.waymark.client.Line;
import uk.waymark.client.model.Attachment;
import uk.waymark.client.model.AttachmentType;

/** A photo or a document of a message, drawn in the app: no other app is given it, and nothing of it stays on this phone. */
public final class AttachmentScreen extends Screen {
    private byte[] bytes;
    private int at;
    private boolean drawing;

    /** What this screen has to be told. @param path where the file is */
    static String about(String path, Attachment file) {
        JsonObject o = new JsonObject();
        o.addProperty("path", path);
        o.addProperty("name", file.getName());
        o.addProperty("document", file.getType() == AttachmentType.APPLICATION_PDF);
        return o.toString();
    }

    @Override
    protected void show() {
        JsonObject told = JsonParser.parseString(about()).getAsJsonObject();
        title(told.get("name").getAsString());
        if (bytes != null) {
            draw(told.get("document").getAsBoolean());
            return;
        }
        page.clear().text(getString(R.string.loading));
        later(() -> fetched(told.get("path").getAsString()), fetched -> {
            if (fetched.isPresent() && fetched.get().file() != null) {
                say(Optional.empty());
                bytes = fetched.get().file();
                draw(told.get("document").getAsBoolean());
                return;
            }
            page.clear().button(getString(R.string.try_again), this::show);
            Asking.not(this, fetched.map(Line.Fetched::answer));
        });
    }

    private Optional<Line.Fetched> fetched(String path) {
        try {
            return Optional.of(now().line().fetch(path, language()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    protected void onStop() {
        super.onStop();
        if (isFinishing()) {
            bytes = null;
            page.clear();
        }
    }

    private void draw(boolean document) {
        drawing = true;
        int which = at;
        byte[] file = bytes;
        later(() -> {
            try {
                return Optional.of(document ? Drawn.page(this, file, which, Drawn.wide(this)) : Drawn.photo(file));
            } catch (IOException | RuntimeException e) { // of a platform's drawing: it is shown elsewhere, and nothing is lost
                return Optional.<Drawn>empty();
            }
        }, drawn -> {
            drawing = false;
            page.clear().text(getString(R.string.file_stays));
            if (!drawn.isPresent()) {
                page.text(getString(R.string.file_not_shown));
                return;
            }
            int pages = drawn.get().pages();
            put(drawn.get().bitmap(), pages);
            if (which > 0) {
                page.quiet(getString(R.string.page_before), () -> turn(-1));
            }
            if (which + 1 < pages) {
                page.button(getString(R.string.page_next), () -> turn(1));
            }
        });
    }

    private void turn(int by) {
        if (!drawing) { // touched twice, it would go on past the last page
            at += by;
            draw(true);
        }
    }

    private void put(Bitmap bitmap, int pages) {
        if (pages > 1) {
            page.text(getString(R.string.page_of, at + 1, pages));
        }
        ImageView picture = page.put(new ImageView(this));
        picture.setImageBitmap(bitmap);
        picture.setAdjustViewBounds(true);
        picture.setContentDescription(getString(R.string.picture_of, getTitle()));
    }
}
