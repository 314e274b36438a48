package uk.waymark.account;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/** How long sessions and codes last, and by when staff act; data in {@code account/sign-in.properties}. */
@Singleton
final class SignInSettings {
    private final Properties file = new Properties();

    SignInSettings() {
        try (var in = new InputStreamReader(SignInSettings.class.getResourceAsStream("/account/sign-in.properties"),
                StandardCharsets.UTF_8)) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration of(String name) {
        return Duration.parse(file.getProperty(name).strip());
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
