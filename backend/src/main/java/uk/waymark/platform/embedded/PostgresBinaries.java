package uk.waymark.platform.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per user and version beside the temporary data folders. */
final class PostgresBinaries {
    private PostgresBinaries() { }

    /**
     * The folder that holds {@code bin} and {@code lib}. Several processes may ask at the same time: the first unpacks
     * under a lock and moves the finished folder into place, so that nobody ever runs half of it.
     */
    static synchronized Path unpackedIn(Path home) {
        try {
            var archive = archive();
            var name = "postgresql-" + fingerprint(archive);
            var target = home.resolve(name);
            if (Files.isDirectory(target)) {
                return target;
            }
            try (var channel = FileChannel.open(home.resolve(name + ".lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); var lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(target)) {
                    var half = Files.createDirectories(home.resolve(name + ".part"));
                    Folders.delete(half);
                    unpack(archive, Folders.createReadable(half));
                    Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return target;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Could not unpack PostgreSQL in " + home + ": " + e.getMessage(), e);
        }
    }

    /** The archive as io.zonky.test.postgres publishes it: one jar for each system and machine. */
    private static byte[] archive() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var machine = switch (System.getProperty("os.arch")) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
        try (var in = PostgresBinaries.class.getResourceAsStream("/postgres-" + system + "-" + machine + ".txz")) {
            if (in == null) {
                throw new EmbeddedDatabaseException("This build holds no PostgreSQL for " + system + " on " + machine
                        + ". Use Linux on x86_64, or ./waymark serve with a PostgreSQL of your own.");
            }
            return in.readAllBytes();
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("The archive points outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Folders.createReadable(path);
            return;
        }
        Folders.createReadable(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            Folders.setReadable(path, (entry.getMode() & 0100) != 0);
        }
    }
}
