package uk.waymark.app;

import android.content.Context;
import android.content.ContextWrapper;
import android.view.WindowManager;
import androidx.annotation.NonNull;
import androidx.appcompat.app.AlertDialog;
import com.google.android.material.dialog.MaterialAlertDialogBuilder;

/** A question in front of a screen. Its window is one of its own, so it has to be kept from screenshots and overlays by itself. */
final class Question extends MaterialAlertDialogBuilder {
    Question(Screen screen) {
        super(screen);
    }

    @NonNull
    @Override
    public AlertDialog create() {
        AlertDialog dialog = super.create();
        dialog.getWindow().setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE);
        dialog.getWindow().getDecorView().setFilterTouchesWhenObscured(true);
        screen(getContext()).asks(dialog);
        return dialog;
    }

    private static Screen screen(Context context) {
        Context inner = context;
        while (!(inner instanceof Screen)) {
            inner = ((ContextWrapper) inner).getBaseContext();
        }
        return (Screen) inner;
    }
}
