package uk.waymark.account;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;

/** What a session begins with and how long it may go on; which of the two ends holds is the database's to say. */
@Singleton
final class Sessions {
    /** What refresh tokens are hashed for. */
    static final String KEY = "refresh";
    /** What devices call an exchange is hashed for. */
    static final String ATTEMPT = "refresh_attempt";
    /** For how long an exchange whose answer was lost may be asked for again: a journey without a line. */
    static final Duration REPEATED = Duration.ofHours(1);
    private static final int REFRESH_BYTES = 32;
    private final SecureRandom random = new SecureRandom();
    private final SignInSettings settings;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;

    Sessions(SignInSettings settings, Sealing sealing, Ids ids, MachineClock clock) {
        this.settings = settings;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param longest seconds from the sign-in to the end of a short session */
    record Until(Instant now, Instant usual, Instant shortly, int longest) { }

    /** @param key keyed hash of the token */
    record Refresh(UUID id, String token, byte[] key) {
        @Override
        public String toString() {
            return "Refresh[id=" + id + "]";
        }
    }

    /** @param name sealed */
    record New(UUID id, byte[] name, Refresh refresh, Until until) {

        Opened opened(UUID account) {
            return new Opened(account, id, until.now(), refresh.token());
        }
    }

    /** A session that somebody has signed in to. */
    record Opened(UUID account, UUID session, Instant authTime, String refreshToken) {

        Caller.Person person() {
            return new Caller.Person(account, session, authTime);
        }

        @Override
        public String toString() {
            return "Opened[session=" + session + "]";
        }
    }

    New begin(SignIn.NewDevice device) {
        UUID id = ids.next();
        return new New(id, sealing.sealText(Devices.NAME, id, device.name()), refresh(), until());
    }

    Refresh refresh() {
        byte[] bytes = new byte[REFRESH_BYTES];
        random.nextBytes(bytes);
        String token = "rt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Refresh(ids.next(), token, sealing.key(KEY, token));
    }

    Until until() {
        Instant now = clock.instant();
        return new Until(now, now.plus(settings.usualIdle()), now.plus(settings.shortIdle()),
            (int) settings.shortLongest().toSeconds());
    }
}
