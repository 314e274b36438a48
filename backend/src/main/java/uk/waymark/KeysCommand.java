package uk.waymark;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import uk.waymark.keys.Remaining;
import uk.waymark.keys.Reseal;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.KeySource;
import uk.waymark.platform.Keysets;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Migrations;
import uk.waymark.platform.Settings;

/**
 * {@code keys}: the steps by which a key is replaced. Keysets are on standard output and nowhere else; counts and what is
 * wrong are on standard error.
 */
final class KeysCommand {
    private static final int USAGE = 64;
    private static final int FAILED = 1;

    private KeysCommand() { }

    /** @return the exit code: 0, 64 for arguments, 78 for settings or a keyset that does not allow it, 1 where the database fails */
    static int run(String[] arguments, Map<String, String> environment) {
        System.setProperty("logback.configurationFile", "logback-command.xml"); // before anything logs
        try {
            KeysOptions options = KeysOptions.parse(arguments);
            return switch (options.verb()) {
                case NEW -> print(Keysets.fresh(options.kind()));
                case ADD -> print(Keysets.add(options.kind(), keyset(options.kind(), environment)));
                case PROMOTE -> print(Keysets.promote(keyset(options.kind(), environment)));
                case WITHDRAW -> print(Keysets.withdraw(keyset(options.kind(), environment), options.id()));
                case STATUS, RESEAL -> withDatabase(options, environment);
            };
        } catch (KeysOptions.Wrong e) {
            System.err.println(e.getMessage());
            return USAGE;
        } catch (KeySource.Unavailable | Keysets.Unfit e) {
            return refuse(List.of("the keyset: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            return refuse(List.of(e.getMessage()));
        } catch (FlywayException | DatabaseFailure e) {
            System.err.println("It stopped (" + Failures.sqlState(e) + "). What was done is done; run it again to go on.");
            return FAILED;
        }
    }

    private static String keyset(Keysets.Kind kind, Map<String, String> environment) throws KeySource.Unavailable {
        return KeySource.json(KeySource.of(environment, kind.setting()).read());
    }

    private static int print(String keyset) {
        System.out.println(keyset);
        return 0;
    }

    private static int withDatabase(KeysOptions options, Map<String, String> environment) throws Keysets.Unfit {
        return switch (Settings.read(environment)) {
            case Settings.Unfit unfit -> refuse(unfit.complaints());
            case Settings.Fit fit -> withDatabase(options, fit.settings());
        };
    }

    private static int withDatabase(KeysOptions options, Settings settings) throws Keysets.Unfit {
        Migrations.run(settings);
        try (var reseal = new Reseal(settings, new MachineClock(InstantSource.system()))) {
            if (options.verb() == KeysOptions.Verb.RESEAL) {
                Reseal.Done done = reseal.run(options.batch(), Duration.ofMillis(options.pause()), () -> true, System.err::println);
                System.err.println(done.renewed() + " rows renewed.");
                done.unfit().forEach((column, values) -> System.err.println("Left as they were, since no key fits: " + column + " "
                    + values));
            }
            say(settings, reseal.remaining());
        }
        return 0;
    }

    private static void say(Settings settings, Remaining left) throws Keysets.Unfit {
        System.out.println("Sealing keys: " + names(Keysets.keys(settings.sealingKeyset())));
        left.sealed().forEach((column, values) -> System.out.println("  under an older key: " + column + " " + values));
        System.out.println(left.sealingKeyNeeded() ? "  Older sealing keys are needed: run ./waymark keys reseal."
            : "  Nothing is sealed under an older key: older sealing keys may be withdrawn.");
        System.out.println("Look-up keys: " + names(Keysets.keys(settings.lookupKeyset())));
        if (!left.began()) {
            System.out.println("  ./waymark keys reseal has not begun under the newest look-up key.");
            return;
        }
        left.hashes().forEach(h -> System.out.println("  under an older key: " + h.column() + " " + h.rows() + ", until they end: "
            + h.ends()));
        System.out.println(left.lookupKeyNeeded() ? "  Older look-up keys are needed until these have ended."
            : "  Nothing is looked up by an older key: older look-up keys may be withdrawn.");
    }

    private static String names(List<Keysets.Key> keys) {
        return keys.stream().map(k -> k.id() + (k.primary() ? " (in use for what is new)" : "")).collect(Collectors.joining(", "));
    }

    private static int refuse(List<String> complaints) {
        System.err.println("Nothing was changed. Mend this first (docs/operate.md, 'Keys'):");
        complaints.forEach(c -> System.err.println("  " + c));
        return Serve.UNFIT_SETTINGS;
    }
}
