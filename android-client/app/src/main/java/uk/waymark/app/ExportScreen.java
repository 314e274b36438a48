package uk.waymark.app;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import uk.waymark.client.Line;

/**
 * One's own information as a file. It is the only thing that this app lets out, so the person is told first what that means, and chooses
 * the place. Where a case has a safety flag the server gives none, and the unit finds another way.
 */
public final class ExportScreen extends Screen {
    static final int PLACE = 7;
    private byte[] file;

    @Override
    protected void show() {
        title(getString(R.string.export));
        page.clear();
        page.text(getString(R.string.export_what));
        page.text(getString(R.string.export_careful));
        page.button(getString(R.string.export_get), () -> new Question(this).setTitle(R.string.export)
                .setMessage(R.string.export_sure).setPositiveButton(R.string.export_get, (d, w) -> fetch())
                .setNegativeButton(R.string.cancel, null).show());
    }

    private void fetch() {
        say(Optional.of(getString(R.string.loading)));
        later(() -> {
            try {
                return Optional.of(now().line().fetch("/v1/me/export", language()));
            } catch (IOException e) {
                return Optional.<Line.Fetched>empty();
            }
        }, fetched -> {
            if (!fetched.isPresent() || fetched.get().file() == null) {
                Asking.not(this, fetched.map(Line.Fetched::answer));
                return;
            }
            file = fetched.get().file();
            say(Optional.empty());
            place();
        });
    }

    private void place() {
        try {
            startActivityForResult(new Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE)
                    .setType("application/zip").putExtra(Intent.EXTRA_TITLE, getString(R.string.export_name)), PLACE);
        } catch (ActivityNotFoundException e) {
            file = null;
            say(Optional.of(getString(R.string.no_app)));
        }
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        super.onActivityResult(request, result, data);
        byte[] zip = file;
        file = null;
        if (request != PLACE || result != Activity.RESULT_OK || data == null || data.getData() == null) {
            return;
        }
        if (zip == null) {
            say(Optional.of(getString(R.string.export_again)));
            return;
        }
        Uri place = data.getData();
        later(() -> write(place, zip), written -> say(Optional.of(getString(written ? R.string.export_done : R.string.export_not))));
    }

    private boolean write(Uri place, byte[] zip) {
        try (OutputStream out = getContentResolver().openOutputStream(place)) {
            out.write(zip);
            return true;
        } catch (IOException | SecurityException | NullPointerException e) {
            return false;
        }
    }

    @Override
    protected void onDestroy() {
        file = null;
        super.onDestroy();
    }
}
