package uk.waymark.account;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import uk.waymark.account.Limits.Kind;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;

/** The PIN that is checked before a code is sent: whoever holds the phone has every SMS, so the phone is not enough. */
@Singleton
public final class Pins {
    private static final String HASH = "account.pin_hash";
    private static final String SCHEME = "pbkdf2-sha256";
    private static final int ITERATIONS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private final SecureRandom random = new SecureRandom();
    private final ActingAs acting;
    private final Limits limits;
    private final Sealing sealing;
    private final Audit audit;
    private final MachineClock clock;

    Pins(ActingAs acting, Limits limits, Sealing sealing, Audit audit, MachineClock clock) {
        this.acting = acting;
        this.limits = limits;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param needed somebody on the account is in a case with a safety flag, and there is none */
    public record State(boolean has, boolean needed) { }

    private record Guard(byte[] hash, boolean flagged) { }

    /** @param c of a transaction of a person */
    public State state(Connection c) {
        Guard guard = guard(c);
        return new State(guard.hash() != null, guard.flagged() && guard.hash() == null);
    }

    /**
     * @param present the PIN that there is now, as typed, or null: asked for in a case with a safety flag, and looked at
     *     wherever it is given
     * @throws SignInRefused where the last sign-in is more than five minutes ago
     * @throws ProblemException 422 where the present PIN is asked for and wrong
     */
    public void set(Caller.Person person, String pin, String present) {
        Guard guard = acting.as(person, this::guard); // a session that has ended costs no hash
        requireFresh(person);
        limits.count(new Limits.Counted(Kind.PIN_CHANGES, person.account().toString()));
        boolean asked = guard.hash() != null && (guard.flagged() || present != null);
        if (asked && !fits(person.account(), guard.hash(), present, null)) {
            throw ProblemException.unprocessable("/present_pin",
                "To change the PIN, send the PIN that there is now. If it is forgotten, ask the officer.");
        }
        store(person, sealed(person.account(), pin), "pin_set");
    }

    /** Chosen at a sign-in. Where there is one already nothing changes. */
    void setFirst(Caller.Person person, String pin) {
        if (acting.as(person, this::guard).hash() == null) {
            store(person, sealed(person.account(), pin), "pin_set");
        }
    }

    /**
     * @throws SignInRefused where the last sign-in is more than five minutes ago
     * @throws ProblemException 409 in a case with a safety flag
     */
    public void remove(Caller.Person person) {
        Guard guard = acting.as(person, this::guard);
        requireFresh(person);
        if (guard.flagged()) {
            throw ProblemException.conflict("pin-stays", "The PIN stays",
                "For your safety it cannot be removed. You can change it to another one.");
        }
        store(person, null, "pin_removed");
    }

    private Guard guard(Connection c) {
        return Sql.one(c, """
            select pin_hash, exists (select 1 from waymark.person where safety) as flagged from waymark.account""",
            r -> new Guard(r.getBytes("pin_hash"), r.getBoolean("flagged"))).orElseThrow();
    }

    private void store(Caller.Person person, byte[] sealed, String action) {
        acting.as(person, c -> {
            Sql.run(c, "update waymark.account set pin_hash = ?::bytea where id = ?", sealed, person.account());
            audit.record(c, person, action, null, null);
            return null;
        });
    }

    /** The PIN as it is kept. */
    byte[] sealed(UUID account, String pin) {
        return sealing.sealText(HASH, account, hash(pin));
    }

    private void requireFresh(Caller.Person person) {
        if (person.authTime().isBefore(clock.instant().minus(SignInRefused.FRESH))) {
            throw SignInRefused.tooLongAgo();
        }
    }

    /**
     * Whether this opens the account. Failures have a limit of their own; past it the right PIN does not help either.
     *
     * @param sealedHash of the account, or null: no PIN is asked for
     * @param pin        as typed, or null
     * @param knownDevice of {@link KnownDevices}, or null: its failures count by themselves, so that whoever knows the number
     *     alone cannot keep the owner out
     */
    boolean fits(UUID account, byte[] sealedHash, String pin, String knownDevice) {
        if (sealedHash == null) {
            return true;
        }
        String counted = knownDevice == null ? account.toString() : account + " " + knownDevice;
        if (pin == null || !limits.open(Kind.PIN_FAILURES, counted)) {
            return false;
        }
        boolean right = matches(sealing.openText(HASH, account, sealedHash), pin);
        if (!right) {
            limits.failed(Kind.PIN_FAILURES, counted);
        }
        return right;
    }

    /** Costs what a comparison costs, where there is nothing to compare with. */
    void pretend() {
        derive("0000", new byte[SALT_BYTES], ITERATIONS);
    }

    private String hash(String pin) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var base64 = Base64.getEncoder().withoutPadding();
        return String.join("$", SCHEME, Integer.toString(ITERATIONS), base64.encodeToString(salt),
            base64.encodeToString(derive(pin, salt, ITERATIONS)));
    }

    private static boolean matches(String hash, String pin) {
        String[] parts = hash.split("\\$");
        var base64 = Base64.getDecoder();
        return MessageDigest.isEqual(base64.decode(parts[3]),
            derive(pin, base64.decode(parts[2]), Integer.parseInt(parts[1])));
    }

    private static byte[] derive(String pin, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(pin.toCharArray(), salt, iterations, HASH_BITS)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot hash a PIN");
        }
    }
}
