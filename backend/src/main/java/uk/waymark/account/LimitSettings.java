package uk.waymark.account;

import io.github.bucket4j.BucketConfiguration;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Map;
import uk.waymark.account.Limits.Kind;

/**
 * How many of each within 15 minutes ({@code waymark.limits.*}); numbers and PINs have a daily limit as well.
 *
 * @param codesOfNumber  codes asked for to one number
 * @param codesOfDay     codes asked for to one number in a day
 * @param codesOfDevice  codes asked for from one device
 * @param codesOfAddress codes asked for from one network address: a mobile network puts thousands of phones behind one
 * @param systemTokensOfAddress tokens asked for by systems from one network address; never by client, so that nobody
 *     who knows its name can keep a force's system out
 * @param changesOfAccount changes of a number or address begun on one account
 * @param searchesOfStaff searches for people by one member of staff: who deals with a call needs a few, who reads a directory needs many
 * @param spokenTriesOfAddress tries of codes that staff read out, from one network address: each costs a hash, and they are rare
 */
@ConfigurationProperties("waymark.limits")
record LimitSettings(
        @Bindable(defaultValue = "5") int codesOfNumber, @Bindable(defaultValue = "20") int codesOfDay,
        @Bindable(defaultValue = "10") int codesOfDevice, @Bindable(defaultValue = "300") int codesOfAddress,
        @Bindable(defaultValue = "20") int triesOfNumber, @Bindable(defaultValue = "30") int triesOfDevice,
        @Bindable(defaultValue = "600") int triesOfAddress, @Bindable(defaultValue = "3000") int refreshesOfAddress,
        @Bindable(defaultValue = "300") int systemTokensOfAddress, @Bindable(defaultValue = "10") int changesOfAccount,
        @Bindable(defaultValue = "60") int spokenTriesOfAddress, @Bindable(defaultValue = "60") int searchesOfStaff) {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int PIN_FAILURES = 5;
    private static final int PIN_FAILURES_OF_DAY = 20;
    private static final int WORD_TRIES = 5;
    private static final int WORD_TRIES_OF_DAY = 20;

    BucketConfiguration of(Kind kind) {
        return switch (kind) {
            case CODES_OF_NUMBER, CODES_OF_KNOWN_DEVICE -> within(Map.of(QUARTER, codesOfNumber, DAY, codesOfDay));
            case CODES_OF_DEVICE -> within(Map.of(QUARTER, codesOfDevice));
            case CODES_OF_ADDRESS -> within(Map.of(QUARTER, codesOfAddress));
            case TRIES_OF_NUMBER, TRIES_OF_KNOWN_DEVICE -> within(Map.of(QUARTER, triesOfNumber));
            case TRIES_OF_DEVICE -> within(Map.of(QUARTER, triesOfDevice));
            case TRIES_OF_ADDRESS -> within(Map.of(QUARTER, triesOfAddress));
            case REFRESHES_OF_ADDRESS -> within(Map.of(QUARTER, refreshesOfAddress));
            case SYSTEM_TOKENS_OF_ADDRESS -> within(Map.of(QUARTER, systemTokensOfAddress));
            case CHANGES_OF_ACCOUNT -> within(Map.of(QUARTER, changesOfAccount, DAY, 2 * changesOfAccount));
            // counted apart from codes asked for: nobody keeps a number's owner from signing in by naming it here
            case CHANGES_TO_NUMBER -> within(Map.of(QUARTER, codesOfNumber, DAY, codesOfDay));
            // to choose a PIN that somebody else with the number has is a guess at it
            case PIN_FAILURES, PIN_CHANGES -> within(Map.of(QUARTER, PIN_FAILURES, DAY, PIN_FAILURES_OF_DAY));
            case SPOKEN_TRIES_OF_ADDRESS -> within(Map.of(QUARTER, spokenTriesOfAddress));
            case SEARCHES_OF_STAFF -> within(Map.of(QUARTER, searchesOfStaff));
            case WORD_TRIES -> within(Map.of(QUARTER, WORD_TRIES, DAY, WORD_TRIES_OF_DAY));
        };
    }

    private static BucketConfiguration within(Map<Duration, Integer> limits) {
        var builder = BucketConfiguration.builder();
        limits.forEach((period, count) -> builder.addLimit(l -> l.capacity(count).refillGreedy(count, period)));
        return builder.build();
    }
}
