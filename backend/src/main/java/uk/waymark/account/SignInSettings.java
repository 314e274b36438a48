package uk.waymark.account;

import jakarta.inject.Singleton;
import java.time.Duration;
import uk.waymark.platform.DataFile;

/** How long sessions and codes last, and by when staff act; data in {@code account/sign-in.properties}. */
@Singleton
final class SignInSettings {
    private final DataFile file = DataFile.of("/account/sign-in.properties");

    private Duration of(String name) {
        return file.duration(name);
    }

    /** Between two refreshes. */
    Duration usualIdle() {
        return of("usual.idle");
    }

    /** Between two refreshes, where sessions are short. */
    Duration shortIdle() {
        return of("short.idle");
    }

    /** From the sign-in to the end, where sessions are short. */
    Duration shortLongest() {
        return of("short.longest");
    }

    Duration spokenCode() {
        return of("spoken-code");
    }

    Duration knownDevice() {
        return of("known-device");
    }

    Duration dueSignInWithoutPin() {
        return of("due.sign-in-without-pin");
    }

    Duration dueFlaggedWithoutPin() {
        return of("due.flagged-without-pin");
    }

    Duration dueCodeReadOut() {
        return of("due.code-read-out");
    }
}
