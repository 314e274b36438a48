package uk.waymark.account;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.account.Limits.Counted;
import uk.waymark.account.Limits.Kind;
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

/** Signs in with a code that staff read out. The PIN is asked for at the same time, where there is one. */
@Singleton
final class SpokenSignIn {
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final Limits limits;
    private final Pins pins;
    private final Sessions sessions;
    private final PhoneNumbers numbers;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;
    private final ApplicationEventPublisher<DeviceSignedIn> signedIn;

    SpokenSignIn(ActingAs acting, Limits limits, Pins pins, Sessions sessions, PhoneNumbers numbers, Sealing sealing, Ids ids,
                 MachineClock clock, ApplicationEventPublisher<DeviceSignedIn> signedIn) {
        this.signedIn = signedIn;
        this.acting = acting;
        this.limits = limits;
        this.pins = pins;
        this.sessions = sessions;
        this.numbers = numbers;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param code           without spaces
     * @param mobile         as typed, or null
     * @param crimeReference as typed, or null; one of the two is there
     * @param pin            as typed, or null
     * @param newPin         as typed, or null
     */
    record Try(String code, String mobile, String crimeReference, String pin, String newPin) {
        @Override
        public String toString() {
            return "Try";
        }
    }

    /** @param account null where one begins; @param pinHash sealed, null where there is none */
    private record Found(UUID code, UUID account, byte[] pinHash, boolean newPin) {
        /** Whether a PIN that comes with the code is taken; where there is one that stays, nobody learns from another whose it is. */
        boolean takes(String pin) {
            return pin != null && (newPin || pinHash == null);
        }
    }

    /** @param pinTaken null where no PIN was chosen; @param easyPin that was typed, and stays */
    record Done(Sessions.Opened opened, Boolean pinTaken, boolean easyPin) { }

    /**
     * @throws SignInRefused for whatever does not fit, the PIN included
     * @throws ProblemException 400 for a number that cannot be one; 422 where a new PIN has to be chosen, or another one; 429
     */
    Done signIn(Try tried, SignIn.NewDevice device, Asker asker) {
        byte[][] numberKeys = tried.mobile() == null ? null : numbers.parseMobile(tried.mobile())
            .map(n -> sealing.keys("mobile", n)).orElseThrow(() -> ProblemException.badRequest("/mobile",
                "This is not a mobile number. Write it as 07700 900123, or with + and the country code."));
        limits.count(asker.counted(Kind.SPOKEN_TRIES_OF_ADDRESS, Kind.TRIES_OF_DEVICE, null));
        Optional<Found> fitting = acting.as(NOBODY, c -> find(c, tried, numberKeys));
        if (fitting.isEmpty()) {
            pins.pretend();
            throw SignInRefused.wrong();
        }
        Found found = fitting.get();
        if (found.newPin() && tried.newPin() == null) {
            throw ProblemException.unprocessable("/new_pin", "This code sets a new PIN. Choose one of 4 to 12 digits.");
        }
        if (!found.newPin() && !pins.fits(found.account(), found.pinHash(), tried.pin(), found.code().toString())) {
            acting.as(NOBODY, c -> {
                Sql.call(c, "select waymark.gate_spoken_code_failed(?)", found.code());
                return null;
            });
            throw SignInRefused.wrong();
        }
        return use(found, tried, device);
    }

    private Optional<Found> find(Connection c, Try tried, byte[][] numberKeys) {
        return Sql.one(c, "select code_id, account_id, pin_hash, purpose from waymark.gate_spoken_code(?, ?::bytea[], ?::text, ?)",
            r -> new Found(Sql.uuid(r, "code_id"), Sql.uuid(r, "account_id"), r.getBytes("pin_hash"),
                "new_pin".equals(r.getString("purpose"))),
            sealing.keys(SpokenCodes.KEY, tried.code()), numberKeys,
            tried.crimeReference() == null ? null : CrimeReferences.typed(tried.crimeReference()), clock.instant());
    }

    private Done use(Found found, Try tried, SignIn.NewDevice device) {
        String newPin = tried.newPin();
        UUID account = found.account() == null ? ids.next() : found.account();
        byte[] pinHash = newPin == null ? null : pins.sealed(account, newPin);
        Sessions.New s = sessions.begin(device);
        boolean opened = acting.as(NOBODY, c -> {
            if (found.takes(newPin) && !pins.free(c, found.code(), newPin)) {
                throw Pins.notTaken("/new_pin");
            }
            boolean done = Sql.one(c,
                "select waymark.gate_use_spoken_code(?, ?, ?::bytea, ?, ?, ?, ?, ?, ?, ?, ?, ?) as opened",
                r -> r.getBoolean("opened"), found.code(), account, pinHash, s.id(), s.name(), device.platform(), s.refresh().id(),
                s.refresh().key(), s.until().usual(), s.until().shortly(), s.until().longest(), s.until().now()).orElseThrow();
            if (done) {
                signedIn.publishEvent(new DeviceSignedIn(c, account, s.id()));
                if (found.takes(newPin)) {
                    pins.requireUneasy(c, s.opened(account).person(), newPin);
                }
            }
            return done;
        });
        if (!opened) {
            throw SignInRefused.wrong();
        }
        boolean asked = !found.newPin() && found.pinHash() != null;
        return new Done(s.opened(account), newPin == null ? null : found.takes(newPin),
            asked && pins.easy(s.opened(account).person(), tried.pin()));
    }
}
