package uk.waymark.account;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.account.Limits.Counted;
import uk.waymark.account.Limits.Kind;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CrimeReferences;
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
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final Codes codes;
    private final TakingUp takingUp;
    private final Limits limits;
    private final Messaging messaging;
    private final PhoneNumbers numbers;
    private final Tokens tokens;
    private final Sealing sealing;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final Pins pins;
    private final MachineClock clock;
    private final ApplicationEventPublisher<DeviceSignedIn> signedIn;

    SignIn(ActingAs acting, Codes codes, TakingUp takingUp, Limits limits, Messaging messaging, PhoneNumbers numbers,
           Tokens tokens, Sealing sealing, Sessions sessions, KnownDevices devices, Pins pins, MachineClock clock,
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
        this.sessions = sessions;
        this.devices = devices;
        this.pins = pins;
        this.clock = clock;
    }

    /**
     * What a device signs in with from now on.
     *
     * @param pinTaken    whether the PIN that was chosen is asked for from now on; null without one
     * @param pinToChange the PIN that was typed is one that somebody near the person would try first
     */
    record Given(String accessToken, String refreshToken, Boolean pinTaken, boolean pinToChange) {
        @Override
        public String toString() {
            return "Given";
        }
    }

    /** @param easyPin that was typed for the code */
    private record Entered(Sessions.Opened session, boolean easyPin) { }

    /** @param name what the person recognises it by; @param platform of the contract's {@code DevicePlatform} */
    record NewDevice(String name, String platform) { }

    /** @param code as typed; @param crimeReference as typed; @param pin as typed, or null */
    record Activation(String code, String crimeReference, String mobile, String pin) {
        @Override
        public String toString() {
            return "Activation";
        }
    }

    /** Takes the wish for a code; whoever the number belongs to, and whoever of them asks. */
    void requestCode(String mobile, String pin, Asker asker) {
        String number = number(mobile);
        String known = countCode(number, asker);
        acting.as(NOBODY, c -> {
            codes.add(c, new Codes.Wanted(number, null, null, pin, known));
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
        String known = countCode(number, asker);
        if (bearer != null) {
            acting.as(bearer, () -> null); // 401 where the session has ended
        }
        boolean fits = acting.as(NOBODY, c -> {
            Optional<UUID> invitation = fitting(c, wanted);
            invitation.ifPresent(i -> codes.add(c,
                new Codes.Wanted(number, i, bearer == null ? null : bearer.session(), wanted.pin(), known)));
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

    /**
     * @param newPin the PIN to ask for from now on where there is none yet, or null; that it was not taken is part of the answer
     * @throws ProblemException 422 for a PIN that anybody would guess, before the code is used up
     * @throws SignInRefused the same for an unknown number and for a code that is wrong, old or used
     */
    Given signIn(String mobile, String code, NewDevice device, String newPin, Asker asker) {
        String number = number(mobile);
        if (newPin != null && EasyPins.common(newPin)) {
            throw Pins.notTaken("/new_pin");
        }
        Optional<String> known = devices.find(number, asker.device());
        limits.count(asker.counted(Kind.TRIES_OF_ADDRESS, Kind.TRIES_OF_DEVICE, known
            .map(k -> new Counted(Kind.TRIES_OF_KNOWN_DEVICE, k)).orElse(new Counted(Kind.TRIES_OF_NUMBER, number))));
        // a refused try commits: its failure counts
        Entered entered = acting.as(NOBODY, c -> open(c, number, code, device)).orElseThrow(SignInRefused::wrong);
        Sessions.Opened opened = entered.session();
        devices.remember(number, asker.device());
        // a birthday, or somebody else's PIN, is known only once the code has been used
        return given(opened, newPin == null ? null : pins.setFirst(opened.person(), newPin), entered.easyPin());
    }

    private Optional<Entered> open(Connection c, String number, String code, NewDevice device) {
        return codes.verify(c, number, code)
            .flatMap(v -> (v.invitation() == null ? Optional.ofNullable(v.account()) : takingUp.takeUp(c, v, number))
                .flatMap(account -> openSession(c, v.code(), account, device)).map(s -> new Entered(s, v.easyPin())));
    }

    private Optional<Sessions.Opened> openSession(Connection c, UUID code, UUID account, NewDevice device) {
        Sessions.New s = sessions.begin(device);
        boolean opened = Sql.one(c, "select waymark.gate_open_session(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as opened",
            r -> r.getBoolean("opened"), code, account, s.id(), s.name(), device.platform(), s.refresh().id(),
            s.refresh().key(), s.until().usual(), s.until().shortly(), s.until().longest(), s.until().now()).orElseThrow();
        if (!opened) {
            return Optional.empty();
        }
        signedIn.publishEvent(new DeviceSignedIn(c, account, s.id()));
        return Optional.of(s.opened(account));
    }

    /**
     * A refresh token works once; seen again, it ends its session, unless the same exchange is asked for again because its answer was lost.
     *
     * @param attempt what the device calls this exchange, or null
     * @throws SignInRefused whatever is wrong with it
     */
    Given refresh(String refreshToken, String attempt, Asker asker) {
        limits.count(new Counted(Kind.REFRESHES_OF_ADDRESS, asker.address()));
        Sessions.Refresh next = sessions.refresh();
        Sessions.Until until = sessions.until();
        return acting.as(NOBODY, c -> Sql.one(c,
                "select account_id, session_id, auth_time from waymark.gate_refresh(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                r -> new Sessions.Opened(Sql.uuid(r, "account_id"), Sql.uuid(r, "session_id"),
                    Sql.instant(r, "auth_time"), next.token()),
                sealing.keys(Sessions.KEY, refreshToken), attempt == null ? null : sealing.keys(Sessions.ATTEMPT, attempt), next.id(),
                next.key(), until.usual(), until.shortly(), until.longest(), until.now().minus(Sessions.REPEATED), until.now()))
            .map(opened -> given(opened, null, false)).orElseThrow(SignInRefused::wrong);
    }

    /** Ends the session that a token names, dead or alive; does nothing for anything else. */
    void exit(String accessToken) {
        tokens.sessionOf(accessToken).ifPresent(session -> acting.as(NOBODY, c -> {
            Sql.call(c, "select waymark.gate_end_session(?, 'exit', ?)", session, clock.instant());
            return null;
        }));
    }

    Given given(Sessions.Opened opened, Boolean pinTaken, boolean pinToChange) {
        return new Given(tokens.issue(opened.account(), opened.session(), opened.authTime()), opened.refreshToken(), pinTaken,
            pinToChange);
    }

    /**
     * The widest net first: who floods from one address does not use up somebody else's number, and a device that has signed
     * in on the number before does not share its count.
     *
     * @return what the device is known as, or null
     */
    private String countCode(String number, Asker asker) {
        Optional<String> known = devices.find(number, asker.device());
        limits.count(asker.counted(Kind.CODES_OF_ADDRESS, Kind.CODES_OF_DEVICE, known
            .map(k -> new Counted(Kind.CODES_OF_KNOWN_DEVICE, k)).orElse(new Counted(Kind.CODES_OF_NUMBER, number))));
        return known.orElse(null);
    }

    private String number(String mobile) {
        return numbers.parseMobile(mobile).orElseThrow(() -> ProblemException.badRequest("/mobile",
            "This is not a mobile number. Write it as 07700 900123, or with + and the country code."));
    }
}
