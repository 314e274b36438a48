package uk.waymark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import uk.waymark.platform.Settings;

/**
 * What a demo leaves in its folder for other commands to find it by: where its database and its server listen. No
 * secrets.
 */
final class RunningDemo {
    private static final String FILE = "running";

    private RunningDemo() { }

    static void announce(Path folder, Settings settings) throws IOException {
        var properties = new Properties();
        properties.setProperty("database", settings.databaseUrl());
        properties.setProperty("port", Integer.toString(settings.port()));
        properties.setProperty("process", Long.toString(ProcessHandle.current().pid()));
        Path part = folder.resolve(FILE + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            properties.store(out, "Where this demo listens, while its process lives.");
        }
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether a demo that lives keeps its things in this folder. */
    static boolean in(Path folder) {
        return read(folder).isPresent();
    }

    /** The settings of the demo that runs with this folder. */
    static Settings.Read settings(Path folder) throws IOException {
        Optional<Properties> running = read(folder);
        if (running.isEmpty()) {
            return new Settings.Unfit(List.of("no demo runs with the folder " + folder
                + ": start ./waymark demo --data with it first"));
        }
        return new Settings.Fit(DemoSecrets.in(folder).settings(running.get().getProperty("database"),
            Integer.parseInt(running.get().getProperty("port"))));
    }

    private static Optional<Properties> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(properties.getProperty("process", "0"))).isPresent()
            ? Optional.of(properties) : Optional.empty();
    }
}
