package uk.waymark.notifications;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Real AES-GCM, with a key of this run unless one is given. */
public final class AesSealer implements Sealer {

    private final SecureRandom random = new SecureRandom();
    private final byte[] key;
    /** Oldest first; the last is the one that is used. */
    private final List<byte[]> lookUps = new CopyOnWriteArrayList<>();

    AesSealer() {
        this(SecureRandom.getSeed(32));
    }

    /** @param key of 32 bytes: processes that share one open what the others sealed */
    public AesSealer(byte[] key) {
        this.key = key.clone();
        lookUps.add(this.key);
    }

    /** Hashes by another key from now on; what was hashed before is found by both. */
    void anotherLookUpKey() {
        lookUps.add(SecureRandom.getSeed(32));
    }

    @Override
    public byte[] seal(String column, UUID row, byte[] plain) {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, column, row, nonce, plain);
        return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
    }

    @Override
    public byte[] open(String column, UUID row, byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[12];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return run(Cipher.DECRYPT_MODE, column, row, nonce, rest);
    }

    private byte[] run(int mode, String column, UUID row, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD((column + ":" + row).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] key(String purpose, String value) {
        return hash(lookUps.getLast(), purpose, value);
    }

    private static byte[] hash(byte[] by, String purpose, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(by, "HmacSHA256"));
            return mac.doFinal((purpose + '\0' + value).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[][] keys(String purpose, String value) {
        return lookUps.stream().map(by -> hash(by, purpose, value)).toArray(byte[][]::new);
    }
}
