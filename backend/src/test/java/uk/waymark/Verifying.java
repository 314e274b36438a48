package uk.waymark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import uk.waymark.platform.Settings;

/** {@code verify} as an operator runs it, on the database of a demo that runs. */
public final class Verifying {
    private Verifying() { }

    /** @param code the exit code @param said on standard output and standard error */
    public record Ended(int code, String said) { }

    /** Makes the folder look as that of a demo with these settings does. */
    public static void demoIn(Path folder, Settings settings) throws IOException {
        var secrets = new Properties();
        secrets.putAll(Map.of("owner", settings.ownerPassword(), "app", settings.appPassword(), "dispatcher",
            settings.dispatcherPassword(), "sealing", settings.sealingKeyset(), "lookup", settings.lookupKeyset(),
            "token", new String(settings.tokenSecret(), StandardCharsets.UTF_8)));
        try (OutputStream out = Files.newOutputStream(folder.resolve("secrets"))) {
            secrets.store(out, null);
        }
        RunningDemo.announce(folder, settings);
    }

    public static Ended run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        var to = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(to);
        System.setErr(to);
        try {
            return new Ended(VerifyCommand.run(arguments, Map.of()), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
