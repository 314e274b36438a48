package uk.waymark.app;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import uk.waymark.client.AesSealing;
import uk.waymark.client.Vault;

/** The key as the app asks Android's Keystore for it. What stands in for the Keystore holds keys by name, and fails when it is told to. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = android.app.Application.class)
public class KeystoreTest {
    private static final Map<String, SecretKey> KEPT = new LinkedHashMap<>();
    private static final Map<String, KeyGenParameterSpec> ASKED = new LinkedHashMap<>();
    private static boolean fails;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void begin() {
        KEPT.clear();
        ASKED.clear();
        fails = false;
        Security.addProvider(new Phones());
    }

    @After
    public void end() {
        Security.removeProvider("AndroidKeyStore");
    }

    private Vault vault() {
        return new Vault(folder.getRoot(), new AesSealing(new App().keys("kept"))); // as each start of the app makes it
    }

    @Test
    public void a_key_is_made_once_for_nothing_but_this_and_each_has_its_own() throws Exception {
        SecretKey kept = new KeystoreKeys("kept").key();
        assertEquals("the next start has the same", kept, new KeystoreKeys("kept").key());
        assertNotEquals(kept, new KeystoreKeys("seen").key());
        KeyGenParameterSpec asked = ASKED.get("kept");
        assertEquals(256, asked.getKeySize());
        assertEquals(KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT, asked.getPurposes());
        assertArrayEquals(new String[] {KeyProperties.BLOCK_MODE_GCM}, asked.getBlockModes());
        assertArrayEquals(new String[] {KeyProperties.ENCRYPTION_PADDING_NONE}, asked.getEncryptionPaddings());
        assertTrue("the Keystore chooses each nonce", asked.isRandomizedEncryptionRequired());
        assertFalse("it opens in the background too", asked.isUserAuthenticationRequired());
    }

    @Test
    public void what_is_kept_is_there_after_a_restart_and_never_again_once_its_key_is_forgotten() throws Exception {
        vault().put("outbox", "what was written");
        assertEquals(Optional.of("what was written"), vault().get("outbox"));
        SecretKey before = KEPT.get("kept");
        new KeystoreKeys("seen").forget();
        assertEquals("of the other nothing goes", Optional.of("what was written"), vault().get("outbox"));
        new KeystoreKeys("kept").forget();
        assertFalse(KEPT.containsKey("kept"));
        assertEquals(Optional.empty(), vault().get("outbox"));
        assertNotEquals(before, new KeystoreKeys("kept").key());
    }

    @Test
    public void a_key_store_that_does_not_answer_loses_nothing_and_keeps_nobody_from_leaving() {
        vault().put("outbox", "what was written");
        fails = true;
        assertThrows(Vault.VaultException.class, () -> vault().get("outbox"));
        fails = false;
        assertEquals(Optional.of("what was written"), vault().get("outbox"));
        fails = true;
        assertThrows(IllegalStateException.class, () -> new KeystoreKeys("kept").forget());
        assertFalse(vault().wipe());
        assertEquals(0, new File(folder.getRoot().getPath()).list().length);
    }

    /** Stands in for Android's. */
    public static final class Phones extends Provider {
        public Phones() {
            super("AndroidKeyStore", "1", "");
            put("KeyStore.AndroidKeyStore", Store.class.getName());
            put("KeyGenerator.AES", Generator.class.getName());
        }
    }

    public static final class Generator extends KeyGeneratorSpi {
        private KeyGenParameterSpec asked;

        @Override
        protected void engineInit(AlgorithmParameterSpec spec, SecureRandom random) {
            asked = (KeyGenParameterSpec) spec;
        }

        @Override
        protected SecretKey engineGenerateKey() {
            byte[] bytes = new byte[asked.getKeySize() / 8];
            new SecureRandom().nextBytes(bytes);
            SecretKey key = new SecretKeySpec(bytes, "AES");
            KEPT.put(asked.getKeystoreAlias(), key);
            ASKED.put(asked.getKeystoreAlias(), asked);
            return key;
        }

        @Override
        protected void engineInit(SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(int size, SecureRandom random) {
            throw new UnsupportedOperationException();
        }
    }

    public static final class Store extends KeyStoreSpi {
        @Override
        public Key engineGetKey(String name, char[] password) throws UnrecoverableKeyException {
            if (fails) {
                throw new UnrecoverableKeyException("busy");
            }
            return KEPT.get(name);
        }

        @Override
        public void engineDeleteEntry(String name) throws KeyStoreException {
            if (fails) {
                throw new KeyStoreException("busy");
            }
            KEPT.remove(name);
        }

        @Override
        public void engineLoad(InputStream in, char[] password) {}

        @Override
        public boolean engineContainsAlias(String name) {
            return KEPT.containsKey(name);
        }

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.enumeration(KEPT.keySet());
        }

        @Override
        public int engineSize() {
            return KEPT.size();
        }

        @Override
        public boolean engineIsKeyEntry(String name) {
            return KEPT.containsKey(name);
        }

        @Override
        public boolean engineIsCertificateEntry(String name) {
            return false;
        }

        @Override
        public Certificate[] engineGetCertificateChain(String name) {
            return null;
        }

        @Override
        public Certificate engineGetCertificate(String name) {
            return null;
        }

        @Override
        public String engineGetCertificateAlias(Certificate certificate) {
            return null;
        }

        @Override
        public Date engineGetCreationDate(String name) {
            return null;
        }

        @Override
        public void engineSetKeyEntry(String name, Key key, char[] password, Certificate[] chain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineSetKeyEntry(String name, byte[] key, Certificate[] chain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineSetCertificateEntry(String name, Certificate certificate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void engineStore(OutputStream out, char[] password) {
            throw new UnsupportedOperationException();
        }
    }
}
