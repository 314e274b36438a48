package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import uk.waymark.platform.DataFile;

/** Times, the least figure that is shown, and words of outcomes and of the report; data in {@code hearings/trial.properties}. */
@Singleton
final class TrialSettings {
    private final DataFile file = DataFile.of("/hearings/trial.properties");

    String text(String key) {
        return file.text(key);
    }

    int number(String key) {
        return file.number(key);
    }
}
