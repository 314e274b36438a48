package uk.waymark.account;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;

/**
 * How often anything may be tried, counted in PostgreSQL for all instances together. What is counted is known by keyed
 * hash only. When the count cannot be kept, nobody gets through.
 */
@Singleton
final class Limits {
    private static final int CLEANED_AT_ONCE = 1000;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final LimitSettings settings;
    private final Sealing sealing;

    /** What is counted. */
    enum Kind {
        CODES_OF_NUMBER, CODES_OF_DEVICE, CODES_OF_ADDRESS,
        TRIES_OF_NUMBER, TRIES_OF_DEVICE, TRIES_OF_ADDRESS,
        REFRESHES_OF_ADDRESS, PIN_FAILURES, PIN_CHANGES
    }

    Limits(DataSource source, LimitSettings settings, Sealing sealing, MachineClock clock) {
        this.settings = settings;
        this.sealing = sealing;
        this.buckets = Bucket4jPostgreSQL
            // transactions of its own: a try counts even where what follows is rolled back
            .selectForUpdateBasedBuilder(DelegatingDataSource.unwrapDataSource(source))
            .table("waymark.rate_limit_bucket").primaryKeyMapper(PrimaryKeyMapper.STRING)
            .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
            .clientClock(new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return TimeUnit.MILLISECONDS.toNanos(clock.millis());
                }

                @Override
                public boolean isWallClockBased() {
                    return true;
                }
            })
            .build();
    }

    /** Counts one try. @throws ProblemException 429 with Retry-After where there were too many */
    void count(Kind kind, String what) {
        ConsumptionProbe probe = bucket(kind, what).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw ProblemException.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Whether another failure may still happen; counts nothing. */
    boolean open(Kind kind, String what) {
        return bucket(kind, what).getAvailableTokens() > 0;
    }

    /** Counts one failure, past the limit as well. */
    void failed(Kind kind, String what) {
        bucket(kind, what).tryConsume(1);
    }

    /** Removes counters that are full again. */
    void cleanUp() {
        while (buckets.removeExpired(CLEANED_AT_ONCE) == CLEANED_AT_ONCE) {
            Thread.onSpinWait();
        }
    }

    private io.github.bucket4j.distributed.BucketProxy bucket(Kind kind, String what) {
        BucketConfiguration configuration = settings.of(kind);
        return buckets.getProxy(HexFormat.of().formatHex(sealing.key("limit." + kind, what).value()), () -> configuration);
    }
}
