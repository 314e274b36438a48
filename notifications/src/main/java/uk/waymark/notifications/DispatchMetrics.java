package uk.waymark.notifications;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is counted of sending. Tags have few values: a provider, a template, a channel, an outcome; never an id, a number or
 * a tenant.
 */
final class DispatchMetrics {

    /** From what nobody notices to what comes too late for a code. */
    private static final Duration[] HAND_OFF = seconds(0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800);
    /** From what a network takes to a phone that was off over night. */
    private static final Duration[] DELIVERY = seconds(1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200);

    private final MeterRegistry meters;
    private final AtomicLong due;
    private final AtomicLong oldestDueSeconds;
    /** {@code System.nanoTime()} of the last sweep; null before the first. */
    private final AtomicReference<Long> swept = new AtomicReference<>();

    DispatchMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.due = meters.gauge("notifications.queue.due", new AtomicLong());
        this.oldestDueSeconds = meters.gauge("notifications.queue.oldest.due.seconds", new AtomicLong());
        Gauge.builder("notifications.sweep.age.seconds", this, DispatchMetrics::sweptAgo)
            .description("since the last sweep that went well; infinite before the first").register(meters);
        // there from the first, so that a rate over it is 0 and not nothing
        meters.counter("notifications.policy.failures");
    }

    static void ended(MeterRegistry meters, MessageState state) {
        meters.counter("notifications.messages.ended", "state", state.stored()).increment();
    }

    /** A receipt was the last word on an attempt. @param took from its start, in case time */
    static void settled(MeterRegistry meters, String provider, String template, Channel channel, MessageState state,
                        Duration took) {
        Tags tags = tags(provider, template, channel);
        meters.counter("notifications.attempts.settled", tags.and("outcome", state.stored())).increment();
        if (state == MessageState.DELIVERED) {
            Timer.builder("notifications.delivery").description("case time from the start of an attempt to its receipt")
                .serviceLevelObjectives(DELIVERY).tags(tags).register(meters).record(positive(took));
        }
    }

    void ended(MessageState state) {
        ended(meters, state);
    }

    /** An attempt has an outcome, recorded at this moment of case time. */
    void answered(Attempt attempt, SendOutcome outcome, Instant now) {
        Tags tags = tags(attempt.via().provider(), attempt.message().template(), attempt.channel());
        meters.counter("notifications.attempts", tags.and("outcome", outcome.stored())).increment();
        if (!(outcome instanceof SendOutcome.Accepted)) {
            return;
        }
        if (attempt.segments() != null) {
            meters.counter("notifications.segments", tags).increment(attempt.segments());
        }
        if (attempt.message().attempts() == 0) {
            Timer.builder("notifications.handoff")
                .description("case time from due to taken over by the provider, first attempts only")
                .serviceLevelObjectives(HAND_OFF).tags(tags).register(meters)
                .record(positive(Duration.between(attempt.message().dueAt(), now)));
        }
    }

    /** An attempt has no outcome: its lease has lapsed. */
    static void lapsed(MeterRegistry meters, String provider, String template, Channel channel) {
        meters.counter("notifications.attempts", tags(provider, template, channel).and("outcome", "unknown")).increment();
    }

    void policyFailed() {
        meters.counter("notifications.policy.failures").increment();
    }

    void queue(long messages, long oldestSeconds) {
        swept.set(System.nanoTime());
        due.set(messages);
        oldestDueSeconds.set(oldestSeconds);
    }

    private double sweptAgo() {
        Long last = swept.get();
        return last == null ? Double.POSITIVE_INFINITY : (System.nanoTime() - last) / 1e9;
    }

    Timer providerCall(Channel channel) {
        return meters.timer("notifications.provider.call", "channel", channel.stored());
    }

    private static Tags tags(String provider, String template, Channel channel) {
        return Tags.of("provider", provider, "template", template, "channel", channel.stored());
    }

    private static Duration positive(Duration took) {
        return took.isNegative() ? Duration.ZERO : took;
    }

    private static Duration[] seconds(double... seconds) {
        return java.util.Arrays.stream(seconds).mapToObj(s -> Duration.ofMillis((long) (s * 1_000)))
            .toArray(Duration[]::new);
    }
}
