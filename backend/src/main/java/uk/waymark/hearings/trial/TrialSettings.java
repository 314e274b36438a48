package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Times, the least figure that is shown, and words of outcomes and of the report; data in {@code hearings/trial.properties}. */
@Singleton
final class TrialSettings {
    private final Properties file = new Properties();

    TrialSettings() {
        try (var in = new InputStreamReader(TrialSettings.class.getResourceAsStream("/hearings/trial.properties"), StandardCharsets.UTF_8)) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String key) {
        String text = file.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("trial.properties says nothing of " + key);
        }
        return text;
    }

    int number(String key) {
        return Integer.parseInt(text(key).strip());
    }
}
