package uk.waymark.bridge;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/**
 * How adapters ask ({@code waymark.pulls.*}).
 *
 * @param background false on an instance that only answers: others ask what is due
 * @param connectTimeout to reach the other side
 * @param answerTimeout from the first byte sent to the last received
 * @param wholeTimeout for all requests that asking for one URN takes
 * @param lease by when another instance takes up what this one did not bring back; longer than {@code wholeTimeout}
 * @param atOnce how many are asked at the same time by one instance
 * @param retryDelays after the first, second, … failure in a row; the last one from then on
 * @param housesKept how long a court house is known before it is asked for again
 */
@ConfigurationProperties("waymark.pulls")
public record PullSettings(
        @Bindable(defaultValue = "true") boolean background,
        @Bindable(defaultValue = "3s") Duration connectTimeout,
        @Bindable(defaultValue = "10s") Duration answerTimeout,
        @Bindable(defaultValue = "60s") Duration wholeTimeout,
        @Bindable(defaultValue = "2m") Duration lease,
        @Bindable(defaultValue = "8") int atOnce,
        @Bindable(defaultValue = "1m,5m,15m,1h") List<Duration> retryDelays,
        @Bindable(defaultValue = "30d") Duration housesKept) {

    /** @param failures in a row, at least 1 */
    Duration delay(int failures) {
        return retryDelays.get(Math.clamp(failures - 1, 0, retryDelays.size() - 1));
    }
}
