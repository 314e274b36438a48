package uk.waymark.bridge;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How what was said here is handed over to forces' systems ({@code waymark.deliveries.*}).
 *
 * @param background false on an instance that only answers: others hand over
 * @param lease by when another instance takes up what this one did not bring back; longer than any adapter takes
 * @param atOnce how many are handed over at the same time by one instance
 * @param retryDelays after the first, second, … failure in a row; the last one from then on
 * @param leaveAlone how long a system that took something for later is left alone altogether, where it says nothing itself
 */
@ConfigurationProperties("waymark.deliveries")
public record DeliverySettings(
        @Bindable(defaultValue = "true") boolean background,
        @Bindable(defaultValue = "2m") Duration lease,
        @Bindable(defaultValue = "8") int atOnce,
        @Bindable(defaultValue = "30s,1m,5m,15m,1h") List<Duration> retryDelays,
        @Bindable(defaultValue = "15s") Duration leaveAlone) {

    /** @param failures in a row, at least 1 */
    Duration delay(int failures) {
        return retryDelays.get(Math.clamp(failures - 1, 0, retryDelays.size() - 1));
    }
}
