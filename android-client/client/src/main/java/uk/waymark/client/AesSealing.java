package uk.waymark.client;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256 in GCM. The key never has to leave where it is kept; the nonce is chosen there too, as Android's Keystore wants it. */
public final class AesSealing implements Sealing {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Keys keys;

    /** Where the key is. */
    public interface Keys {
        /** The key; a new one where there is none. */
        SecretKey key() throws GeneralSecurityException;

        /** Destroys it. */
        void forget();
    }

    public AesSealing(Keys keys) {
        this.keys = keys;
    }

    @Override
    public byte[] seal(byte[] plain, byte[] about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.ENCRYPT_MODE, keys.key());
        byte[] nonce = cipher.getIV();
        if (nonce.length != NONCE) {
            throw new GeneralSecurityException("a nonce of " + nonce.length + " bytes");
        }
        cipher.updateAAD(about);
        byte[] text = cipher.doFinal(plain);
        byte[] sealed = Arrays.copyOf(nonce, NONCE + text.length);
        System.arraycopy(text, 0, sealed, NONCE, text.length);
        return sealed;
    }

    @Override
    public byte[] open(byte[] sealed, byte[] about) throws GeneralSecurityException {
        if (sealed.length < NONCE) {
            throw new LostException("too short");
        }
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(Cipher.DECRYPT_MODE, keys.key(), new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
        cipher.updateAAD(about);
        try {
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new LostException(e);
        }
    }

    @Override
    public void forget() {
        keys.forget();
    }
}
