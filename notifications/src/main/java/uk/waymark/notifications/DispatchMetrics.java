package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What the dispatcher counts. Tags have few values: never an id, a number or a tenant. */
final class DispatchMetrics {

    private final MeterRegistry meters;
    private final AtomicLong due;
    private final AtomicLong oldestDueSeconds;
    private final Timer handOff;

    DispatchMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.due = meters.gauge("notifications.queue.due", new AtomicLong());
        this.oldestDueSeconds = meters.gauge("notifications.queue.oldest.due.seconds", new AtomicLong());
        this.handOff = Timer.builder("notifications.handoff")
            .description("case time from due to taken over by the provider, first attempts only")
            .publishPercentileHistogram().minimumExpectedValue(Duration.ofMillis(10))
            .maximumExpectedValue(Duration.ofMinutes(5)).register(meters);
    }

    static void ended(MeterRegistry meters, MessageState state) {
        meters.counter("notifications.messages.ended", "state", state.stored()).increment();
    }

    void ended(MessageState state) {
        ended(meters, state);
    }

    void attempt(Channel channel, SendOutcome outcome) {
        meters.counter("notifications.attempts", "channel", channel.stored(), "outcome", outcome.stored()).increment();
    }

    void handedOff(Instant due, Instant now) {
        handOff.record(Duration.between(due, now).isNegative() ? Duration.ZERO : Duration.between(due, now));
    }

    void policyFailed() {
        meters.counter("notifications.policy.failures").increment();
    }

    void queue(long messages, long oldestSeconds) {
        due.set(messages);
        oldestDueSeconds.set(oldestSeconds);
    }

    Timer providerCall(Channel channel) {
        return meters.timer("notifications.provider.call", "channel", channel.stored());
    }
}
