package uk.waymark.client;

import java.io.File;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A phone with its storage, its clock and its line, for tests. */
final class Device {
    final Keys keys;
    final Keys seenKeys = new Keys();
    final Hands clock = new Hands();
    final Vault vault;
    final Vault seen;
    final Session session;
    final Line line;
    final Reads reads;
    final Outbox outbox;
    final SignIn signIn;

    Device(File folder, HttpUrl server, OkHttpClient http) {
        this(folder, server, http, new Keys());
    }

    /** The same phone, started again. */
    Device(File folder, HttpUrl server, OkHttpClient http, Keys keys) {
        this.keys = keys;
        vault = new Vault(new File(folder, "kept"), new AesSealing(keys));
        seen = new Vault(new File(folder, "seen"), new AesSealing(seenKeys));
        session = new Session(vault, seen);
        Force force = new Force("northshire", Map.of("en", "Northshire", "cy", "Northshire"), server, List.of(), null, Map.of());
        line = new Line(force, http, vault, session, clock);
        reads = new Reads(line, seen, Duration.ofDays(7));
        outbox = new Outbox(line, reads);
        signIn = new SignIn(line, session, "0123456789abcdef");
    }

    /** As if somebody had signed in; the access token lasts ten minutes. */
    void signedIn() {
        session.keep(new Session.Tokens("access-1", "refresh-1", clock.instant().plusSeconds(600)), vault.age());
    }

    static final class Keys implements AesSealing.Keys {
        private SecretKey key;
        /** How often the key store does not answer from here on. */
        int busy;
        /** After how many times that the key is asked for the phone ends the app. */
        int left = Integer.MAX_VALUE;
        /** Whether it does not destroy the key. */
        boolean stuck;

        @Override
        public SecretKey key() throws GeneralSecurityException {
            if (left-- <= 0) {
                left = 0;
                throw new Ended();
            }
            if (busy > 0) {
                busy--;
                throw new UnrecoverableKeyException("busy");
            }
            if (key == null) {
                KeyGenerator generator = KeyGenerator.getInstance("AES");
                generator.init(256);
                key = generator.generateKey();
            }
            return key;
        }

        /** Nobody catches it, as nothing is done any more by an app that was ended. */
        static final class Ended extends Error {}

        @Override
        public void forget() {
            if (stuck) {
                throw new IllegalStateException("stuck");
            }
            key = null;
        }
    }

    /** A clock that is moved. */
    static final class Hands extends Clock {
        private Instant now = Instant.parse("2027-03-04T18:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
