package uk.waymark.client;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What is kept on the device: texts by name, each sealed in a file of its own whose name says nothing. A text is either as it was or
 * as it is now, never half of it, whenever the power goes.
 */
public final class Vault {
    private static final int TRIES = 3; // a key store that is busy often answers the next time

    private static final String PART = ".part";

    private final File folder;
    private final Sealing sealing;
    private long age;

    public Vault(File folder, Sealing sealing) {
        this.folder = folder;
        this.sealing = sealing;
    }

    /** Which filling of the vault this is: another one after {@link #wipe}. Who began before does not write into the next. */
    public synchronized long age() {
        return age;
    }

    /** Keeps it only where nothing was wiped since {@code begun}, which {@link #age} said: whoever left is not brought back. */
    public synchronized boolean put(String name, String text, long begun) {
        if (begun != age) {
            return false;
        }
        put(name, text);
        return true;
    }

    public synchronized void put(String name, String text) {
        write(name, seal(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Keeps what is no text, such as a photo. Sealing it may take seconds, in which nobody waits.
     *
     * @param begun what {@link #age} said when this was begun
     * @return false where everything was wiped since: then it is not kept
     */
    public boolean putBytes(String name, byte[] bytes, long begun) {
        byte[] sealed = seal(name, bytes);
        synchronized (this) {
            if (begun != age) {
                return false;
            }
            write(name, sealed);
            return true;
        }
    }

    private byte[] seal(String name, byte[] plain) {
        try {
            return sealing.seal(plain, about(name));
        } catch (GeneralSecurityException e) {
            throw new VaultException(e);
        }
    }

    private void write(String name, byte[] sealed) {
        File file = file(name);
        File part = new File(folder, file.getName() + PART);
        try {
            if (!folder.isDirectory() && !folder.mkdirs()) {
                throw new IOException("the folder cannot be made");
            }
            try (FileOutputStream out = new FileOutputStream(part)) {
                out.write(sealed);
                out.getFD().sync();
            }
            if (!part.renameTo(file)) {
                throw new IOException("the file cannot be put in place");
            }
        } catch (IOException e) {
            part.delete();
            throw new VaultException(e);
        }
    }

    /**
     * The text; empty where there is none, and where it can never be opened again, which is then gone for good.
     *
     * @throws VaultException where it cannot be opened just now: nothing is lost by that
     */
    public synchronized Optional<String> get(String name) {
        return bytes(name).map(b -> new String(b, StandardCharsets.UTF_8));
    }

    /** What is no text; empty, or thrown, as in {@link #get}. Opening it may take seconds, in which nobody waits. */
    public Optional<byte[]> bytes(String name) {
        Optional<byte[]> sealed = read(name);
        if (!sealed.isPresent()) {
            return Optional.empty();
        }
        for (int tries = 1; ; tries++) {
            try {
                return Optional.of(sealing.open(sealed.get(), about(name)));
            } catch (Sealing.LostException e) {
                remove(name);
                return Optional.empty();
            } catch (GeneralSecurityException e) {
                if (tries == TRIES) {
                    throw new VaultException(e); // not removed: the key may be there again, and what was written with it
                }
            }
        }
    }

    private synchronized Optional<byte[]> read(String name) {
        File file = file(name);
        if (!file.exists()) {
            return Optional.empty();
        }
        try (InputStream in = new FileInputStream(file)) {
            byte[] sealed = new byte[(int) file.length()];
            int read = 0;
            while (read < sealed.length) {
                int n = in.read(sealed, read, sealed.length - read);
                if (n < 0) {
                    throw new IOException("the file is shorter than it was");
                }
                read += n;
            }
            return Optional.of(sealed);
        } catch (IOException e) {
            throw new VaultException(e);
        }
    }

    public synchronized void remove(String name) {
        file(name).delete();
    }

    /** Removes what was only begun to be written when the power went. */
    public synchronized void tidy() {
        File[] parts = folder.listFiles((where, name) -> name.endsWith(PART));
        if (parts != null) {
            for (File part : parts) {
                part.delete();
            }
        }
    }

    /**
     * Everything, at once and for good. The key goes first: what is left if the power goes then cannot be read.
     *
     * @return false where the key could not be destroyed; the files are gone all the same
     */
    public synchronized boolean wipe() {
        age++;
        boolean forgotten = forget() || forget();
        File[] files = folder.listFiles();
        if (files != null) {
            for (File file : files) {
                file.delete();
            }
        }
        return forgotten;
    }

    private boolean forget() {
        try {
            sealing.forget();
            return true;
        } catch (RuntimeException e) {
            return false; // whoever has to be quick does not wait for a key store
        }
    }

    /** Whether nothing is kept. */
    public synchronized boolean empty() {
        String[] names = folder.list();
        return names == null || names.length == 0;
    }

    private static byte[] about(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private File file(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(about(name));
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < 16; i++) {
                hex.append(Character.forDigit(digest[i] >> 4 & 15, 16)).append(Character.forDigit(digest[i] & 15, 16));
            }
            return new File(folder, hex.toString());
        } catch (GeneralSecurityException e) {
            throw new VaultException(e);
        }
    }

    /** The device does not keep what it is given: it is full, or its key store fails. */
    public static final class VaultException extends RuntimeException {
        VaultException(Exception cause) {
            super(cause.getClass().getSimpleName(), cause);
        }

        /** Whether there is no room; otherwise it is the key store, which may answer the next time. */
        public boolean full() {
            return getCause() instanceof IOException;
        }
    }
}
