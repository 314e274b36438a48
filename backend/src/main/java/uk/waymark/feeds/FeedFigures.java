package uk.waymark.feeds;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import uk.waymark.platform.CaseClock;

/**
 * What operators see of the sources, at most a minute old: how many seconds of case time each has been silent
 * ({@code waymark_feed_silence_seconds}, by force and source), how many are silent for too long
 * ({@code waymark_feeds_silent}), and the same in the details of {@code /health}, where details are switched on. A
 * silent source is no reason to take an instance out of service, so it is never DOWN.
 */
@Singleton
final class FeedFigures implements HealthIndicator {
    private static final int MOST = 1_000;
    private final MultiGauge silence;
    private final CaseClock clock;
    private volatile List<SilentFeeds.Feed> feeds;

    FeedFigures(MeterRegistry meters, CaseClock clock) {
        this.clock = clock;
        this.silence = MultiGauge.builder("waymark.feed.silence").baseUnit("seconds")
            .description("How long a source of a force has not been heard").register(meters);
        Gauge.builder("waymark.feeds.silent", this, f -> f.silent().size())
            .description("Sources that are silent for longer than they may be").register(meters);
    }

    void show(List<SilentFeeds.Feed> all) {
        feeds = all;
        silence.register(all.stream().limit(MOST).map(f -> MultiGauge.Row.of(
            Tags.of("force", f.forceCode(), "source", f.source()), f, this::seconds)).toList(), true);
    }

    private double seconds(SilentFeeds.Feed feed) {
        return Math.max(0, Duration.between(feed.lastHeard(), clock.instant()).toMillis() / 1000.0);
    }

    /** False also where nobody has looked yet on this instance. */
    boolean noneIsSilent() {
        return feeds != null && silent().isEmpty();
    }

    private List<SilentFeeds.Feed> silent() {
        List<SilentFeeds.Feed> known = feeds;
        return known == null ? List.of() : known.stream().filter(f -> f.silentSince() != null).toList();
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Map<String, Instant> details = silent().stream()
            .collect(Collectors.toMap(f -> f.forceCode() + " " + f.source(), SilentFeeds.Feed::lastHeard));
        return Mono.just(HealthResult.builder("feeds", HealthStatus.UP)
            .details(Map.of("silent_since", details)).build());
    }
}
