package uk.waymark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.waymark.access.AuditVerification;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Settings;
import uk.waymark.statements.StatementVerification;

/**
 * {@code verify audit} and {@code verify statements}: checks the chains of the audit log, or of what people have signed, in the
 * database of the settings or of a running demo. That it holds is on standard output; the first link that does not is on standard
 * error.
 */
final class VerifyCommand {
    private static final Set<String> WHAT = Set.of("audit", "statements");
    private static final int USAGE = 64;
    private static final int BROKEN = 1;
    private static final int FAILED = 2;

    private VerifyCommand() { }

    /**
     * @return the exit code: 0 where it holds, 1 where it is broken, 2 where the database cannot be read, 64 for arguments, 78
     *         for unfit settings
     */
    static int run(String[] arguments, Map<String, String> environment) {
        System.setProperty("logback.configurationFile", "logback-command.xml"); // before anything logs
        boolean folder = arguments.length == 3 && arguments[1].equals("--data");
        if (arguments.length != 1 && !folder || !WHAT.contains(arguments[0])) {
            System.err.println("There is: verify audit [--data DIR], verify statements [--data DIR]");
            return USAGE;
        }
        try {
            Path data = folder ? Path.of(arguments[2]).toAbsolutePath().normalize() : null;
            return switch (CommandSettings.of(data, environment)) {
                case Settings.Unfit unfit -> refuse(unfit.complaints());
                case Settings.Fit fit -> arguments[0].equals("audit") ? say(new AuditVerification(fit.settings()).verify())
                    : say(new StatementVerification(fit.settings()).verify());
            };
        } catch (IOException e) {
            System.err.println("A file could not be read (" + e.getClass().getSimpleName() + "); check its name.");
            return FAILED;
        } catch (DatabaseFailure e) {
            System.err.println("Nothing is known: the database cannot be reached or read as waymark_owner ("
                + Failures.sqlState(e) + "). Check that it runs, and the settings of the database.");
            return FAILED;
        }
    }

    private static int say(AuditVerification.Outcome outcome) {
        return switch (outcome) {
            case AuditVerification.Broken broken -> {
                System.err.println("The audit log is broken: force " + broken.of() + ", "
                    + (broken.link() == 0 ? "in no chain" : "link " + broken.link())
                    + (broken.auditId() == null ? "" : ", row " + broken.auditId()) + ": " + broken.what()
                    + ". What comes after it was not looked at. See docs/audit.md, 'When it is broken'.");
                yield BROKEN;
            }
            case AuditVerification.Holds holds -> {
                holds.chains().forEach(chain -> System.out.println("Force " + chain.of() + ": " + chain.links()
                    + " links, the last " + chain.hash()));
                System.out.println("The audit log holds: " + holds.chains().stream().mapToLong(AuditVerification.Chain::links).sum()
                    + " links in " + holds.chains().size() + " chains; " + holds.waiting() + " rows not sealed yet.");
                yield 0;
            }
        };
    }

    private static int say(StatementVerification.Outcome outcome) {
        return switch (outcome) {
            case StatementVerification.Broken broken -> {
                System.err.println("A statement does not fit: force " + broken.of() + ", number " + broken.number()
                    + (broken.id() == null ? "" : ", statement " + broken.id()) + ": " + broken.what()
                    + ". What comes after it was not looked at. See docs/statements.md, 'When one does not fit'.");
                yield BROKEN;
            }
            case StatementVerification.Holds holds -> {
                holds.chains().forEach(chain -> System.out.println("Force " + chain.of() + ": " + chain.statements()
                    + " statements, the last " + chain.hash()));
                System.out.println("All statements are as they were signed: "
                    + holds.chains().stream().mapToLong(StatementVerification.Chain::statements).sum() + " in " + holds.chains().size()
                    + " chains.");
                yield 0;
            }
        };
    }

    private static int refuse(List<String> complaints) {
        System.err.println("Mend this first (docs/operate.md has all settings):");
        complaints.forEach(c -> System.err.println("  " + c));
        return Serve.UNFIT_SETTINGS;
    }
}
