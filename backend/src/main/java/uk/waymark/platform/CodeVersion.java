package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Which code and which words run here: a hash of the application's jar (or, in a build, of its folder of classes) and of
 * the version of Java, whose locale data name days and months. What one version rendered and kept is not another's.
 */
@Singleton
public final class CodeVersion {
    private static final int BYTES = 16;
    private final byte[] hash;

    CodeVersion() {
        this.hash = hash(home());
    }

    /** The same on every instance that runs the same jar on the same Java. */
    public byte[] hash() {
        return hash.clone();
    }

    private static Path home() {
        try {
            return Path.of(CodeVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the application's classes is no address", e);
        }
    }

    private static byte[] hash(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(home.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return Arrays.copyOf(digest.digest(), BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
