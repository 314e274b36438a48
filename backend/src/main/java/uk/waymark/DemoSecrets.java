package uk.waymark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import uk.waymark.platform.SandboxSecrets;
import uk.waymark.platform.Settings;

/** The secrets of a demo: made once for its folder, readable by its owner alone, refused by {@code serve}. */
record DemoSecrets(Properties properties) {
    private static final String FILE = "secrets";
    private static final int POOL = 8;

    /** Those of this folder; made now if it has none. */
    static DemoSecrets in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        var properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
            return new DemoSecrets(properties);
        }
        for (String login : new String[] {"owner", "app", "dispatcher"}) {
            properties.setProperty(login, SandboxSecrets.password());
        }
        properties.setProperty("token", new String(SandboxSecrets.tokenSecret(), StandardCharsets.UTF_8));
        properties.setProperty("sealing", SandboxSecrets.sealingKeyset());
        properties.setProperty("lookup", SandboxSecrets.lookupKeyset());
        write(properties, file);
        return new DemoSecrets(properties);
    }

    /** Beside its place first: a kill half-way leaves no half of it. */
    private static void write(Properties properties, Path file) throws IOException {
        Path part = file.resolveSibling(FILE + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(part)) {
            properties.store(out, "Secrets of this demo. They are refused in production.");
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The settings that these secrets and the demo's own database and port make. */
    Settings settings(String databaseUrl, int port) {
        return new Settings(databaseUrl, get("app"), get("dispatcher"), get("owner"), get("sealing"), get("lookup"),
            get("token").getBytes(StandardCharsets.UTF_8), URI.create("http://localhost:" + port), port, POOL, Map.of(), java.util.Optional.empty(), true);
    }

    private String get(String name) {
        return properties.getProperty(name);
    }
}
