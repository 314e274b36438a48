package uk.waymark.account;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.account.Limits.Counted;
import uk.waymark.account.Limits.Kind;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;
import uk.waymark.platform.Tokens;

/** Codes asked for, invitations taken up, tokens given and renewed. No answer tells whether a number is known. */
@Singleton
final class SignIn {
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);
    private static final int REFRESH_BYTES = 32;
    private static final Caller NOBODY = new Caller.Nobody();
    private final SecureRandom random = new SecureRandom();
    private final ActingAs acting;
    private final Codes codes;
    private final TakingUp takingUp;
    private final Limits limits;
    private final Messaging messaging;
    private final PhoneNumbers numbers;
    private final Tokens tokens;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;
    private final ApplicationEventPublisher<DeviceSignedIn> signedIn;

    SignIn(ActingAs acting, Codes codes, TakingUp takingUp, Limits limits, Messaging messaging, PhoneNumbers numbers,
           Tokens tokens, Sealing sealing, Ids ids, MachineClock clock,
           ApplicationEventPublisher<DeviceSignedIn> signedIn) {
        this.signedIn = signedIn;
        this.acting = acting;
        this.codes = codes;
        this.takingUp = takingUp;
        this.limits = limits;
        this.messaging = messaging;
        this.numbers = numbers;
        this.tokens = tokens;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a device signs in with from now on. */
    record Given(String accessToken, String refreshToken) {
        @Override
        public String toString() {
            return "Given";
        }
    }

    /** @param name what the person recognises it by; @param platform of the contract's {@code DevicePlatform} */
    record NewDevice(String name, String platform) { }

    /** @param code as typed; @param crimeReference as typed; @param pin as typed, or null */
    record Activation(String code, String crimeReference, String mobile, String pin) {
        @Override
        public String toString() {
            return "Activation";
        }
    }

    private record Opened(UUID account, UUID session, Instant authTime, String refreshToken) { }

    /** Takes the wish for a code; whoever the number belongs to. */
    void requestCode(String mobile, String pin, Asker asker) {
        String number = number(mobile);
        countCode(number, asker);
        acting.as(NOBODY, c -> {
            codes.add(c, new Codes.Wanted(number, null, null, pin));
            return null;
        });
        messaging.wake();
    }

    /**
     * Sends a code to take an invitation up with.
     *
     * @param bearer who is signed in already, or null: the case is added to that account where the number is its own
     * @throws ProblemException 422, the same for every reason
     */
    void activate(Activation wanted, Caller.Person bearer, Asker asker) {
        String number = number(wanted.mobile());
        countCode(number, asker);
        if (bearer != null) {
            acting.as(bearer, () -> null); // 401 where the session has ended
        }
        boolean fits = acting.as(NOBODY, c -> {
            Optional<UUID> invitation = fitting(c, wanted);
            invitation.ifPresent(i -> codes.add(c,
                new Codes.Wanted(number, i, bearer == null ? null : bearer.session(), wanted.pin())));
            return invitation.isPresent();
        });
        if (!fits) {
            throw ProblemException.unprocessable("/invitation_code", "The invitation code and the crime reference do "
                + "not fit an open invitation. Check both, or ask the officer for a new invitation.");
        }
        messaging.wake();
    }

    private Optional<UUID> fitting(Connection c, Activation wanted) {
        return Sql.one(c, "select waymark.gate_fitting_invitation(?, ?, ?) as id", r -> Sql.uuid(r, "id"),
            sealing.keys("invitation", InvitationCode.normalised(wanted.code())),
            CrimeReferences.typed(wanted.crimeReference()), clock.instant());
    }

    /** @throws SignInRefused the same for an unknown number and for a code that is wrong, old or used */
    Given signIn(String mobile, String code, NewDevice device, Asker asker) {
        String number = number(mobile);
        limits.count(asker.counted(Kind.TRIES_OF_ADDRESS, Kind.TRIES_OF_DEVICE, Kind.TRIES_OF_NUMBER, number));
        // a refused try commits: its failure counts
        return acting.as(NOBODY, c -> open(c, number, code.replaceAll("\\s", ""), device))
            .map(this::given).orElseThrow(SignInRefused::wrong);
    }

    private Optional<Opened> open(Connection c, String number, String code, NewDevice device) {
        return codes.verify(c, number, code)
            .flatMap(v -> (v.invitation() == null ? Optional.ofNullable(v.account()) : takingUp.takeUp(c, v, number))
                .flatMap(account -> openSession(c, v.code(), account, device)));
    }

    private Optional<Opened> openSession(Connection c, UUID code, UUID account, NewDevice device) {
        UUID session = ids.next();
        String refreshToken = newRefreshToken();
        Instant now = clock.instant();
        boolean opened = Sql.one(c, "select waymark.gate_open_session(?, ?, ?, ?, ?, ?, ?, ?, ?) as opened",
            r -> r.getBoolean("opened"), code, account, session, sealing.sealText(Devices.NAME, session, device.name()),
            device.platform(), ids.next(), key(refreshToken), now.plus(REFRESH_LIFETIME), now).orElseThrow();
        if (!opened) {
            return Optional.empty();
        }
        signedIn.publishEvent(new DeviceSignedIn(c, account, session));
        return Optional.of(new Opened(account, session, now, refreshToken));
    }

    /** A refresh token works once; seen again, it ends its session. @throws SignInRefused whatever is wrong with it */
    Given refresh(String refreshToken, Asker asker) {
        limits.count(new Counted(Kind.REFRESHES_OF_ADDRESS, asker.address()));
        String next = newRefreshToken();
        Instant now = clock.instant();
        return acting.as(NOBODY, c -> Sql.one(c,
                "select account_id, session_id, auth_time from waymark.gate_refresh(?, ?, ?, ?, ?)",
                r -> new Opened(
                    Sql.uuid(r, "account_id"), Sql.uuid(r, "session_id"), Sql.instant(r, "auth_time"), next),
                sealing.keys("refresh", refreshToken), ids.next(), key(next), now.plus(REFRESH_LIFETIME), now))
            .map(this::given).orElseThrow(SignInRefused::wrong);
    }

    /** Ends the session that a token names, dead or alive; does nothing for anything else. */
    void exit(String accessToken) {
        tokens.sessionOf(accessToken).ifPresent(session -> acting.as(NOBODY, c -> {
            Sql.call(c, "select waymark.gate_end_session(?, 'exit', ?)", session, clock.instant());
            return null;
        }));
    }

    private Given given(Opened opened) {
        return new Given(tokens.issue(opened.account(), opened.session(), opened.authTime()), opened.refreshToken());
    }

    private String newRefreshToken() {
        byte[] bytes = new byte[REFRESH_BYTES];
        random.nextBytes(bytes);
        return "rt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] key(String refreshToken) {
        return sealing.key("refresh", refreshToken);
    }

    /** The widest net first: who floods from one address does not use up somebody else's number. */
    private void countCode(String number, Asker asker) {
        limits.count(asker.counted(Kind.CODES_OF_ADDRESS, Kind.CODES_OF_DEVICE, Kind.CODES_OF_NUMBER, number));
    }

    private String number(String mobile) {
        return numbers.parseMobile(mobile).orElseThrow(() -> ProblemException.badRequest("/mobile",
            "This is not a mobile number. Write it as 07700 900123, or with + and the country code."));
    }
}
