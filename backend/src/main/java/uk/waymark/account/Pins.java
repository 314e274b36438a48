package uk.waymark.account;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import uk.waymark.account.Limits.Kind;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
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

    /** @throws SignInRefused where the last sign-in is more than five minutes ago */
    public void set(Caller.Person person, String pin) {
        acting.as(person, () -> null); // a session that has ended costs no hash
        requireFresh(person);
        limits.count(new Limits.Counted(Kind.PIN_CHANGES, person.account().toString()));
        store(person, sealing.sealText(HASH, person.account(), hash(pin)), "pin_set");
    }

    /** @throws SignInRefused where the last sign-in is more than five minutes ago */
    public void remove(Caller.Person person) {
        acting.as(person, () -> null);
        requireFresh(person);
        store(person, null, "pin_removed");
    }

    private void store(Caller.Person person, byte[] sealed, String action) {
        acting.as(person, c -> {
            Sql.run(c, "update waymark.account set pin_hash = ?::bytea where id = ?", sealed, person.account());
            audit.record(c, person, action, null, null);
            return null;
        });
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
     */
    boolean fits(UUID account, byte[] sealedHash, String pin) {
        if (sealedHash == null) {
            return true;
        }
        if (pin == null || !limits.open(Kind.PIN_FAILURES, account.toString())) {
            return false;
        }
        boolean right = matches(sealing.openText(HASH, account, sealedHash), pin);
        if (!right) {
            limits.failed(Kind.PIN_FAILURES, account.toString());
        }
        return right;
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
