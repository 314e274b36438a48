package uk.waymark.cases;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import java.util.Map;

/**
 * How old an event may be and still be told, by type; 14 days unless set otherwise
 * ({@code waymark.event-age.types.sentence: 30d}). Older ones change the timeline and send nothing.
 */
@ConfigurationProperties("waymark.event-age")
record EventAges(Map<String, Duration> types) {
    private static final Duration USUAL = Duration.ofDays(14);

    Duration of(EventType type) {
        return types == null ? USUAL : types.getOrDefault(type.wireName().replace('_', '-'), USUAL);
    }
}
