package uk.waymark.platform;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadKey;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Seals what must not be read from the database alone (AES-256-GCM by Google Tink) and makes keyed hashes for look-ups
 * (HMAC-SHA-256). The associated data is table, column and row: a sealed value moved to another row or column does not
 * open. Keysets come from outside the database; how a key is replaced stands in docs/operate.md, 'Keys'.
 */
public final class Sealing implements uk.waymark.notifications.Sealer {
    static {
        register();
    }

    private final Aead aead;
    private final PrfSet prf;
    private final byte[] mark;
    private final int sealingKey;
    private final int lookupKey;
    private final int lookupKeys;

    /** A keyed hash and the id of the key that made it. */
    public record LookupKey(byte[] value, int version) { }

    /** @param sealingKeyset Tink JSON keyset for AEAD; @param lookupKeyset Tink JSON keyset for the look-up hash */
    public Sealing(String sealingKeyset, String lookupKeyset) {
        try {
            KeysetHandle keyset = parse(sealingKeyset);
            this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.sealingKey = keyset.getPrimary().getId();
            this.mark = keyset.getPrimary().getKey() instanceof AeadKey key ? key.getOutputPrefix().toByteArray() : new byte[0];
            this.prf = parse(lookupKeyset).getPrimitive(RegistryConfiguration.get(), PrfSet.class);
            this.lookupKey = prf.getPrimaryId();
            this.lookupKeys = prf.getPrfs().size();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a keyset cannot be read; see docs/operate.md, 'Keys'");
        }
    }

    /** The id of the key that seals; others only open. */
    public int sealingKey() {
        return sealingKey;
    }

    /** What everything begins with that is sealed under {@link #sealingKey}: its type and id. Empty for a key without a mark. */
    public byte[] mark() {
        return mark.clone();
    }

    /** The id of the key that makes the keyed hashes to store. */
    public int lookupKeyId() {
        return lookupKey;
    }

    /** Whether there is another look-up key beside the one that makes hashes: rows may then stand under either. */
    public boolean looksUpByMore() {
        return lookupKeys > 1;
    }

    static void register() {
        try {
            AeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static KeysetHandle parse(String json) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
    }

    @Override
    public byte[] seal(String column, UUID row, byte[] plain) {
        try {
            return plain == null ? null : aead.encrypt(plain, place(column, row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + column);
        }
    }

    @Override
    public byte[] open(String column, UUID row, byte[] sealed) {
        try {
            return sealed == null ? null : aead.decrypt(sealed, place(column, row));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + column);
        }
    }

    /** @param column table and column, such as {@code person.mobile} */
    public byte[] sealText(String column, UUID row, String plain) {
        return plain == null ? null : seal(column, row, plain.getBytes(StandardCharsets.UTF_8));
    }

    public String openText(String column, UUID row, byte[] sealed) {
        byte[] plain = open(column, row, sealed);
        return plain == null ? null : new String(plain, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] key(String purpose, String value) {
        return lookupKey(purpose, value).value();
    }

    /** The keyed hash to store. Purposes keep the same value in two places from being matched. */
    public LookupKey lookupKey(String purpose, String value) {
        try {
            return new LookupKey(prf.computePrimary(message(purpose, value), 32), prf.getPrimaryId());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot hash for " + purpose);
        }
    }

    /** The keyed hashes to search by: one for each key still in the keyset, newest first. */
    @Override
    public byte[][] keys(String purpose, String value) {
        try {
            List<byte[]> keys = new ArrayList<>();
            keys.add(prf.computePrimary(message(purpose, value), 32));
            for (var entry : prf.getPrfs().entrySet()) {
                if (entry.getKey() != prf.getPrimaryId()) {
                    keys.add(entry.getValue().compute(message(purpose, value), 32));
                }
            }
            return keys.toArray(byte[][]::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot hash for " + purpose);
        }
    }

    private static byte[] place(String column, UUID row) {
        return (column + ":" + row).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] message(String purpose, String value) {
        return (purpose + '\0' + value).getBytes(StandardCharsets.UTF_8);
    }

    /** A fresh sealing keyset, for operators, the sandbox and tests. */
    public static String newSealingKeyset() {
        return Keysets.fresh(Keysets.Kind.SEALING);
    }

    /** A fresh look-up keyset, for operators, the sandbox and tests. */
    public static String newLookupKeyset() {
        return Keysets.fresh(Keysets.Kind.LOOKUP);
    }
}
