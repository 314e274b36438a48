package uk.waymark.app;

import android.os.SystemClock;
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
    private static int begun; // screens that are to be seen
    private static long leftAt;

    private static final long SETTLE = 1_000; // ms: until what came of asking is said at the latest

    private final Screen screen;
    private boolean asking;
    private boolean counted;

    Lock(Screen screen) {
        this.screen = screen;
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

    /** The screen is not to be seen any more. Going from one screen to another is not leaving: the next begins before the last ends. */
    void left() {
        if (counted) {
            counted = false;
            begun--;
        }
        if (begun == 0) {
            leftAt = SystemClock.elapsedRealtime();
        }
    }

    void ask() {
        boolean stillOpen = open && (begun > 0 || SystemClock.elapsedRealtime() - leftAt < AWAY);
        begun += counted ? 0 : 1;
        counted = true;
        if (!chosen(screen.core()) || stillOpen) {
            screen.reveal(true);
            return;
        }
        open = false;
        screen.reveal(false);
        if (!asking) {
            prompt();
            return;
        }
        // back from the phone's own lock screen, which older phones show in place of a prompt: its answer is on its way
        screen.content().postDelayed(() -> {
            if (asking && !open && screen.hasWindowFocus()) {
                prompt();
            }
        }, SETTLE);
    }

    private void prompt() {
        asking = true;
        new BiometricPrompt(screen, ContextCompat.getMainExecutor(screen), new BiometricPrompt.AuthenticationCallback() {
            @Override
            public void onAuthenticationSucceeded(@NonNull BiometricPrompt.AuthenticationResult result) {
                asking = false;
                open = true;
                leftAt = SystemClock.elapsedRealtime();
                screen.reveal(true);
            }

            @Override
            public void onAuthenticationError(int code, @NonNull CharSequence words) {
                asking = false;
                screen.moveTaskToBack(true);
            }
        }).authenticate(new BiometricPrompt.PromptInfo.Builder().setTitle(screen.getString(R.string.lock_title))
                .setAllowedAuthenticators(BY).build());
    }
}
