package uk.waymark.platform;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets for a sandbox or a test: random, and marked so that {@code serve} knows and refuses them. */
public final class SandboxSecrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SandboxSecrets() { }

    /** A password or client secret. */
    public static String password() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return Settings.SANDBOX_MARK + "-" + HexFormat.of().formatHex(random);
    }

    /** A secret that signs tokens. */
    public static byte[] tokenSecret() {
        return (password() + password()).getBytes(StandardCharsets.UTF_8);
    }

    public static String sealingKeyset() {
        return keyset(PredefinedAeadParameters.AES256_GCM);
    }

    public static String lookupKeyset() {
        return keyset(PredefinedPrfParameters.HMAC_SHA256_PRF);
    }

    private static String keyset(Parameters parameters) {
        try {
            AeadConfig.register();
            PrfConfig.register();
            var handle = KeysetHandle.newBuilder().addEntry(KeysetHandle.generateEntryFromParameters(parameters)
                .withFixedId(KeysetCheck.SANDBOX_KEY_ID).makePrimary()).build();
            return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a keyset", e);
        }
    }
}
