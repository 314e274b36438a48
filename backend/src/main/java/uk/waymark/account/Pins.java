package uk.waymark.account;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
    private final EasyPins easy;

    Pins(ActingAs acting, Limits limits, Sealing sealing, Audit audit, MachineClock clock, EasyPins easy) {
        this.easy = easy;
        this.acting = acting;
        this.limits = limits;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param needed a safety flag, or somebody else had the number first, and there is none */
    public record State(boolean has, boolean needed) { }

    /** @param line what failures of all who share the number are counted by */
    private record Guard(byte[] hash, boolean needed, UUID line) { }

    /** The PIN of one account. @param hash sealed, or null */
    record Kept(UUID account, byte[] hash) { }

    /** @param c of a transaction of a person */
    public State state(Connection c) {
        Guard guard = guard(c);
        return new State(guard.hash() != null, guard.needed() && guard.hash() == null);
    }

    /**
     * @param present the PIN that there is now, as typed, or null: asked for where a PIN is a must, and looked at wherever
     *     it is given
     * @throws SignInRefused where the last sign-in is more than five minutes ago
     * @throws ProblemException 422 where the present PIN is asked for and wrong, and for one that cannot be taken
     */
    public void set(Caller.Person person, String pin, String present) {
        Guard guard = acting.as(person, this::guard); // a session that has ended costs no hash
        requireFresh(person);
        limits.count(new Limits.Counted(Kind.PIN_CHANGES, person.account().toString()));
        boolean asked = guard.hash() != null && (guard.needed() || present != null);
        if (asked && whose(guard.line(), List.of(new Kept(person.account(), guard.hash())), present, null).isEmpty()) {
            throw ProblemException.unprocessable("/present_pin",
                "To change the PIN, send the PIN that there is now. If it is forgotten, ask the officer.");
        }
        if (!choose(person, pin)) {
            throw notTaken("/pin");
        }
    }

    /** Chosen at a sign-in. Where there is one already, or it cannot be taken, nothing changes. @return whether it was taken */
    boolean setFirst(Caller.Person person, String pin) {
        return acting.as(person, this::guard).hash() == null && choose(person, pin);
    }

    private boolean choose(Caller.Person person, String pin) {
        byte[] sealed = sealed(person.account(), pin);
        return acting.as(person, c -> {
            boolean free = !easy.easy(c, pin) && free(c, null, pin);
            if (free) {
                store(c, person, sealed, "pin_set");
            }
            return free;
        });
    }

    /**
     * Whether nobody else with the number has this PIN: it says whose account opens. Others who choose one wait meanwhile.
     * To hit somebody else's is a guess, and counts as one.
     *
     * @param c    of a transaction of the person, or of nobody with a code
     * @param code that staff read out, or null where the person is signed in
     */
    boolean free(Connection c, UUID code, String pin) {
        record Beside(UUID line, Kept kept) { }
        List<Beside> others = Sql.list(c, "select line_id, account_id, pin_hash from waymark.gate_pins_beside(?::uuid, ?)",
            r -> new Beside(Sql.uuid(r, "line_id"), new Kept(Sql.uuid(r, "account_id"), r.getBytes("pin_hash"))), code, clock.instant());
        if (others.isEmpty()) {
            pretend(); // the time it takes does not say whether there is somebody
        }
        boolean free = others.stream().noneMatch(o -> matches(o.kept(), pin));
        if (!free) {
            limits.failed(Kind.PIN_FAILURES, others.getFirst().line().toString());
        }
        return free;
    }

    /**
     * Before a PIN that was chosen with a code is kept; what has happened in this transaction is taken back where it is too easy.
     *
     * @param c of the transaction that opened the session; it goes on as that person
     * @throws ProblemException 422
     */
    void requireUneasy(Connection c, Caller.Person person, String pin) {
        acting.goOn(c, person);
        if (easy.easy(c, pin)) {
            throw notTaken("/new_pin");
        }
    }

    /** Whether the PIN of who has just signed in is one that somebody near them would try first. */
    boolean easy(Caller.Person person, String pin) {
        return acting.as(person, c -> easy.easy(c, pin));
    }

    /** In words that do not say why: it is like a PIN that somebody would think of. */
    static ProblemException notTaken(String pointer) {
        return ProblemException.unprocessable(pointer,
            "This PIN cannot be taken. Choose another one, of digits that nobody near you would think of: no row of digits, "
                + "no year, no birthday.");
    }

    /**
     * @throws SignInRefused where the last sign-in is more than five minutes ago
     * @throws ProblemException 409 where a PIN is a must
     */
    public void remove(Caller.Person person) {
        Guard guard = acting.as(person, this::guard);
        requireFresh(person);
        if (guard.needed()) {
            throw ProblemException.conflict("pin-stays", "The PIN stays",
                "For your safety it cannot be removed. You can change it to another one.");
        }
        acting.as(person, c -> {
            store(c, person, null, "pin_removed");
            return null;
        });
    }

    private Guard guard(Connection c) {
        return Sql.one(c, "select pin_hash, line_id, waymark.gate_pin_needed() as needed from waymark.account",
            r -> new Guard(r.getBytes("pin_hash"), r.getBoolean("needed"), Sql.uuid(r, "line_id"))).orElseThrow();
    }

    private void store(Connection c, Caller.Person person, byte[] sealed, String action) {
        Sql.run(c, "update waymark.account set pin_hash = ?::bytea where id = ?", sealed, person.account());
        audit.record(c, person, action, null, null);
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
        return sealedHash == null || whose(account, List.of(new Kept(account, sealedHash)), pin, knownDevice).isPresent();
    }

    /**
     * Whose PIN this is, of several with one number. A wrong one is one failure, whoever it was meant for.
     *
     * @param line what failures are counted by, with the device where it is known; of an account that is alone, its id
     */
    Optional<UUID> whose(UUID line, List<Kept> accounts, String pin, String knownDevice) {
        String counted = knownDevice == null ? line.toString() : line + " " + knownDevice;
        if (pin == null || accounts.stream().allMatch(k -> k.hash() == null) || !limits.open(Kind.PIN_FAILURES, counted)) {
            return Optional.empty();
        }
        List<Kept> fitting = accounts.stream().filter(k -> k.hash() != null && matches(k, pin)).toList();
        if (fitting.size() != 1) {
            limits.failed(Kind.PIN_FAILURES, counted);
            return Optional.empty();
        }
        return Optional.of(fitting.getFirst().account());
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

    private boolean matches(Kept kept, String pin) {
        String[] parts = sealing.openText(HASH, kept.account(), kept.hash()).split("\\$");
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
