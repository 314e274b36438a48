package uk.waymark;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Settings;

/**
 * {@code force}: sets a force up from a file, in the database of the settings or of a running demo. What it did is on
 * standard output, a client's secret among it; what is wrong is on standard error.
 */
final class ForceCommand {
    private static final int USAGE = 64;
    private static final int FAILED = 1;
    private static final long LARGEST = 1_000_000;

    private ForceCommand() { }

    /**
     * @return the exit code: 0, 64 for arguments, 78 for a file or settings with mistakes, 1 where the database fails
     */
    static int run(String[] arguments, Map<String, String> environment) {
        System.setProperty("logback.configurationFile", "logback-command.xml"); // before anything logs
        try {
            ForceOptions options = ForceOptions.parse(arguments);
            return switch (CommandSettings.of(options.data(), environment)) {
                case Settings.Unfit unfit ->
                    refuse("Mend this first (docs/operate.md has all settings):", unfit.complaints());
                case Settings.Fit fit -> run(options, fit.settings());
            };
        } catch (ForceOptions.Wrong e) {
            System.err.println(e.getMessage());
            return USAGE;
        } catch (MalformedInputException e) {
            return refuse("The file cannot be taken:", List.of("it is not in UTF-8; save it so"));
        } catch (IOException e) {
            return refuse("Nothing was changed:",
                List.of("a file could not be read (" + e.getClass().getSimpleName() + "); check its name"));
        } catch (FlywayException | DatabaseFailure e) {
            System.err.println("Nothing was changed: the database cannot be reached or written as waymark_owner ("
                + Failures.sqlState(e) + "). Check that it runs, and the settings of the database.");
            return FAILED;
        }
    }

    private static int run(ForceOptions options, Settings settings) throws IOException {
        String file = options.verb() == ForceOptions.Verb.ADD ? text(Path.of(options.words().getFirst())) : "";
        var setUp = new ForceSetUp(settings, new MachineClock(InstantSource.system()));
        return switch (options.verb() == ForceOptions.Verb.ADD ? setUp.add(file)
                : setUp.rotate(options.words().get(0), options.words().get(1), options.atOnce())) {
            case ForceSetUp.Refused refused ->
                refuse("Nothing was changed. Mend this and run it again:", refused.complaints());
            case ForceSetUp.Done done -> say(done);
        };
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("too large");
        }
        return Files.readString(file);
    }

    private static int say(ForceSetUp.Done done) {
        System.out.println(done.changes().isEmpty() ? "Force " + done.code() + ": everything is so already."
            : "Force " + done.code() + (done.isNew() ? ", new:" : ":"));
        done.changes().forEach(change -> System.out.println("  " + change));
        done.secrets().forEach((client, secret) -> System.out.println(
            "Secret of " + client + ", shown now and never again; keep it where secrets are kept:\n" + secret));
        done.stillToDo().forEach(todo -> System.out.println("Still to do: " + todo));
        return 0;
    }

    private static int refuse(String title, List<String> complaints) {
        System.err.println(title);
        complaints.forEach(c -> System.err.println("  " + c));
        return Serve.UNFIT_SETTINGS;
    }
}
