package uk.waymark.platform;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Ready while the database answers: without it nothing can be done here. */
@Singleton
@Readiness
final class DatabaseReadiness implements HealthIndicator {
    private final ActingAs acting;

    DatabaseReadiness(ActingAs acting) {
        this.acting = acting;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return Mono.fromCallable(this::check).subscribeOn(Schedulers.boundedElastic());
    }

    private HealthResult check() {
        try {
            acting.as(new Caller.Nobody(), c -> Sql.one(c, "select 1", r -> r.getInt(1)));
            return HealthResult.builder("database", HealthStatus.UP).build();
        } catch (RuntimeException e) {
            return HealthResult.builder("database", HealthStatus.DOWN).build();
        }
    }
}
