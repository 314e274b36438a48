package uk.waymark.app;

import android.os.SystemClock;
import android.view.View;
import androidx.annotation.NonNull;
import androidx.biometric.BiometricManager;
import androidx.biometric.BiometricManager.Authenticators;
import androidx.biometric.BiometricPrompt;
import androidx.core.content.ContextCompat;

/** Asks for fingerprint, face or the phone's PIN, where the person has chosen so; until then the screen shows nothing. */
final class Lock {
    private static final String CHOICE = "lock";
    private static final int BY = Authenticators.BIOMETRIC_WEAK | Authenticators.DEVICE_CREDENTIAL;
    private static final long AWAY = 30_000; // ms: for as long as somebody looks something up in another app

    private static boolean open;
    private static long leftAt;

    private final Screen screen;
    private final View shown;

    Lock(Screen screen, View shown) {
        this.screen = screen;
        this.shown = shown;
    }

    static boolean chosen(Core core) {
        return core.kept(CHOICE).isPresent();
    }

    static void choose(Core core) {
        core.keep(CHOICE, "1");
        open = true;
    }

    static void unchoose(Core core) {
        core.drop(CHOICE);
    }

    /** Whether this phone has a lock at all. */
    static boolean possible(Screen screen) {
        return BiometricManager.from(screen).canAuthenticate(BY) == BiometricManager.BIOMETRIC_SUCCESS;
    }

    void left() {
        leftAt = SystemClock.elapsedRealtime();
    }

    void ask() {
        boolean stillOpen = open && SystemClock.elapsedRealtime() - leftAt < AWAY;
        if (!chosen(screen.core()) || stillOpen) {
            shown.setVisibility(View.VISIBLE);
            return;
        }
        open = false;
        shown.setVisibility(View.INVISIBLE);
        new BiometricPrompt(screen, ContextCompat.getMainExecutor(screen), new BiometricPrompt.AuthenticationCallback() {
            @Override
            public void onAuthenticationSucceeded(@NonNull BiometricPrompt.AuthenticationResult result) {
                open = true;
                leftAt = SystemClock.elapsedRealtime();
                shown.setVisibility(View.VISIBLE);
            }

            @Override
            public void onAuthenticationError(int code, @NonNull CharSequence words) {
                screen.moveTaskToBack(true);
            }
        }).authenticate(new BiometricPrompt.PromptInfo.Builder().setTitle(screen.getString(R.string.lock_title))
                .setAllowedAuthenticators(BY).build());
    }
}
