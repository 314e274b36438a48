package uk.waymark.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import uk.waymark.notifications.Ended;
import uk.waymark.notifications.Inbound;
import uk.waymark.platform.CaseClock;

/**
 * How many seconds of case time the oldest ended message ({@code what="ended"}) and the oldest reply ({@code what="reply"})
 * have waited to be acted on: {@code waymark_not_acted_on_oldest_seconds}. Grows also while nobody can look.
 */
@Singleton
class NotActedOn {
    private final Ended ended;
    private final Inbound inbound;
    private final DataSource dispatcherLogin;
    private final CaseClock clock;
    private volatile Instant oldestEnded;
    private volatile Instant oldestReply;

    NotActedOn(Ended ended, Inbound inbound, @Named("dispatcher") DataSource dispatcherLogin, CaseClock clock,
               MeterRegistry meters) {
        this.ended = ended;
        this.inbound = inbound;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.clock = clock;
        gauge("ended", n -> n.age(n.oldestEnded), meters);
        gauge("reply", n -> n.age(n.oldestReply), meters);
    }

    private void gauge(String what, ToDoubleFunction<NotActedOn> age, MeterRegistry meters) {
        Gauge.builder("waymark.not.acted.on.oldest.seconds", this, age).tag("what", what)
            .description("How long the oldest ended message or reply has waited to be acted on").register(meters);
    }

    /** Makes this bean at start, so that the figure is there before anything has gone wrong. */
    @EventListener
    void start(ServerStartupEvent event) { }

    @Scheduled(initialDelay = "15s", fixedDelay = "15s")
    void look() {
        oldestEnded = ended.oldestWaiting(dispatcherLogin).orElse(null);
        oldestReply = inbound.oldestWaiting(dispatcherLogin).orElse(null);
    }

    private double age(Instant oldest) {
        return oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
    }
}
