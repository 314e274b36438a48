package uk.waymark.app;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import uk.waymark.client.AesSealing;

/** A key in Android's Keystore: it never leaves it, and in most phones it is in hardware. */
final class KeystoreKeys implements AesSealing.Keys {
    private static final String STORE = "AndroidKeyStore";

    private final String name;

    /** @param name under which the key is */
    KeystoreKeys(String name) {
        this.name = name;
    }

    @Override
    public SecretKey key() throws GeneralSecurityException {
        SecretKey key = (SecretKey) store().getKey(name, null);
        if (key != null) {
            return key;
        }
        KeyGenerator generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE);
        generator.init(new KeyGenParameterSpec.Builder(name, KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT)
                .setKeySize(256).setBlockModes(KeyProperties.BLOCK_MODE_GCM).setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .build());
        return generator.generateKey();
    }

    @Override
    public void forget() {
        try {
            store().deleteEntry(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key cannot be destroyed", e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(STORE);
        try {
            store.load(null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return store;
    }
}
