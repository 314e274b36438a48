package uk.waymark.platform;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps by which a key is replaced, on keysets as Tink's JSON: another key that only opens, then seals, then the one
 * before goes. Where the keyset is kept is the operator's.
 */
public final class Keysets {
    static {
        Sealing.register();
    }

    private Keysets() { }

    /** What a keyset is for, and the setting that holds it. */
    public enum Kind {
        SEALING("WAYMARK_SEALING_KEYSET", PredefinedAeadParameters.AES256_GCM),
        LOOKUP("WAYMARK_LOOKUP_KEYSET", PredefinedPrfParameters.HMAC_SHA256_PRF);

        private final String setting;
        private final Parameters parameters;

        Kind(String setting, Parameters parameters) {
            this.setting = setting;
            this.parameters = parameters;
        }

        public String setting() {
            return setting;
        }
    }

    /** @param id as people read it; @param primary the one that seals or makes the hashes to store */
    public record Key(long id, boolean primary) { }

    /** The step cannot be taken; the text can be shown. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message, null, false, false);
        }
    }

    /** A keyset of one key. */
    public static String fresh(Kind kind) {
        try {
            return write(KeysetHandle.generateNew(kind.parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a keyset", e);
        }
    }

    /** The same with one more key, which opens and looks up and does no more. */
    public static String add(Kind kind, String keyset) throws Unfit {
        return changed(keyset, builder -> builder.addEntry(
            KeysetHandle.generateEntryFromParameters(kind.parameters).withRandomId()));
    }

    /** The same with the newest key as the one that seals. */
    public static String promote(String keyset) throws Unfit {
        List<Key> keys = keys(keyset);
        if (keys.getLast().primary()) {
            throw new Unfit("its newest key is the one that seals already: add one first");
        }
        return changed(keyset, builder -> builder.getAt(builder.size() - 1).makePrimary());
    }

    /** The same without this key. */
    public static String withdraw(String keyset, long id) throws Unfit {
        List<Key> keys = keys(keyset);
        Key gone = keys.stream().filter(k -> k.id() == id).findAny().orElseThrow(() -> new Unfit("it has no key with this id"));
        if (gone.primary()) {
            throw new Unfit("this key is the one that seals: promote another first");
        }
        return changed(keyset, builder -> builder.deleteAt(keys.indexOf(gone)));
    }

    /** Its keys in use, the oldest first. */
    public static List<Key> keys(String keyset) throws Unfit {
        KeysetHandle handle = read(keyset);
        var keys = new ArrayList<Key>();
        for (int i = 0; i < handle.size(); i++) {
            var entry = handle.getAt(i);
            if (!KeyStatus.ENABLED.equals(entry.getStatus())) {
                throw new Unfit("it has a key that is switched off: switch it on or take it out first");
            }
            keys.add(new Key(Integer.toUnsignedLong(entry.getId()), entry.isPrimary()));
        }
        return keys;
    }

    private interface Change {
        void to(KeysetHandle.Builder builder) throws GeneralSecurityException;
    }

    private static String changed(String keyset, Change change) throws Unfit {
        try {
            KeysetHandle.Builder builder = KeysetHandle.newBuilder(read(keyset));
            change.to(builder);
            return write(builder.build());
        } catch (GeneralSecurityException e) {
            throw new Unfit("it cannot be changed so");
        }
    }

    private static KeysetHandle read(String keyset) throws Unfit {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new Unfit("it is not a Tink keyset");
        }
    }

    private static String write(KeysetHandle handle) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
    }
}
