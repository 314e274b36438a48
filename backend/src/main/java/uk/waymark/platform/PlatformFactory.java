package uk.waymark.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The parts that are made from settings. Settings and the two clocks are handed in at start: see {@link Startup}. */
@Factory
final class PlatformFactory {

    @Singleton
    Sealing sealing(Settings settings) {
        return new Sealing(settings.sealingKeyset(), settings.lookupKeyset());
    }

    @Singleton
    PhoneNumbers phoneNumbers(Settings settings) {
        return new PhoneNumbers(settings.sandbox());
    }

    @Singleton
    Tokens tokens(Settings settings, MachineClock clock) {
        return new Tokens(settings.tokenSecret(), clock);
    }

    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
