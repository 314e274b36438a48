package uk.waymark.account;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.RemoteStat;
import io.github.bucket4j.distributed.serialization.InternalSerializationHelper;
import io.github.bucket4j.distributed.versioning.Versions;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * How often anything may be tried, counted in PostgreSQL for all instances together. What is counted is known by keyed
 * hash only. When the count cannot be kept, nobody gets through.
 */
@Singleton
final class Limits {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private final ActingAs acting;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final LimitSettings settings;
    private final Sealing sealing;
    private final MachineClock clock;

    /** What is counted. */
    enum Kind {
        CODES_OF_NUMBER, CODES_OF_DEVICE, CODES_OF_ADDRESS,
        TRIES_OF_NUMBER, TRIES_OF_DEVICE, TRIES_OF_ADDRESS,
        REFRESHES_OF_ADDRESS, PIN_FAILURES, PIN_CHANGES, SYSTEM_TOKENS_OF_ADDRESS,
        CHANGES_OF_ACCOUNT, CHANGES_TO_NUMBER,
        CODES_OF_KNOWN_DEVICE, TRIES_OF_KNOWN_DEVICE, SPOKEN_TRIES_OF_ADDRESS, WORD_TRIES, SEARCHES_OF_STAFF
    }

    Limits(ActingAs acting, DataSource source, LimitSettings settings, Sealing sealing, MachineClock clock) {
        this.acting = acting;
        this.settings = settings;
        this.sealing = sealing;
        this.clock = clock;
        this.buckets = Bucket4jPostgreSQL
            // transactions of its own: a try counts even where what follows is rolled back
            .selectForUpdateBasedBuilder(DelegatingDataSource.unwrapDataSource(source))
            .table("waymark.rate_limit_bucket").primaryKeyMapper(PrimaryKeyMapper.STRING)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
            .clientClock(new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanos();
                }

                @Override
                public boolean isWallClockBased() {
                    return true;
                }
            })
            .build();
    }

    /** One thing to count. @param what a number, a device, an address: kept as a keyed hash */
    record Counted(Kind kind, String what) {
        /** Never what is counted. */
        @Override
        public String toString() {
            return "Counted[" + kind + "]";
        }
    }

    /**
     * Counts one try of each, in this order, up to the first that has had too many.
     *
     * @throws ProblemException 429 with Retry-After
     */
    void count(Counted... tries) {
        begin(tries);
        for (Counted one : tries) {
            ConsumptionProbe probe = bucket(one.kind(), one.what()).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw ProblemException.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        }
    }

    /**
     * Writes a full counter where there is none. Bucket4j would do so itself, but in more steps than it counts in:
     * whoever watched the time could tell a number that somebody used here today from one that nobody did.
     */
    private void begin(Counted... tries) {
        var full = new TreeMap<String, byte[]>(); // in one order, so that two of these never wait for each other
        for (Counted one : tries) {
            full.put(id(one.kind(), one.what()), full(settings.of(one.kind())));
        }
        long expires = clock.millis() + DAY_MILLIS;
        acting.as(new Caller.Nobody(), c -> {
            full.forEach((id, state) -> Sql.run(c, """
                insert into waymark.rate_limit_bucket (id, state, expires_at) values (?, ?, ?)
                on conflict (id) do update set id = excluded.id""", id, state, expires));
            return null;
        });
    }

    private byte[] full(BucketConfiguration configuration) {
        BucketState state = BucketState.createInitialState(configuration, MathType.INTEGER_64_BITS, nanos());
        return InternalSerializationHelper.serializeState(new RemoteBucketState(state, new RemoteStat(0), null),
            Versions.getLatest());
    }

    /** Whether another failure may still happen; counts nothing. */
    boolean open(Kind kind, String what) {
        return bucket(kind, what).getAvailableTokens() > 0;
    }

    /** Counts one failure, past the limit as well. */
    void failed(Kind kind, String what) {
        bucket(kind, what).tryConsume(1);
    }

    private BucketProxy bucket(Kind kind, String what) {
        BucketConfiguration configuration = settings.of(kind);
        return buckets.getProxy(id(kind, what), () -> configuration);
    }

    private String id(Kind kind, String what) {
        return HexFormat.of().formatHex(sealing.key("limit." + kind, what));
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }
}
