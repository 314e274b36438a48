package uk.waymark;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Migrations;
import uk.waymark.platform.ProviderCredentials;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Startup;

/** Production: settings from the environment, migrations as the owner, then the server. */
final class Serve {
    /** EX_CONFIG of sysexits.h. */
    static final int UNFIT_SETTINGS = 78;
    private static final int FAILED = 1;

    private Serve() { }

    /** Starts, and returns 0 while the server goes on; otherwise the exit code. */
    static int run(Map<String, String> environment) {
        return switch (Settings.read(environment)) {
            case Settings.Unfit unfit -> refuse(unfit.complaints());
            case Settings.Fit fit -> start(fit.settings());
        };
    }

    /** Migrates and ends: for those who do so before they bring new instances up. */
    static int migrate(Map<String, String> environment) {
        return switch (Settings.read(environment)) {
            case Settings.Unfit unfit -> refuse(unfit.complaints());
            case Settings.Fit fit -> prepare(fit.settings());
        };
    }

    private static int start(Settings settings) {
        int prepared = prepare(settings);
        if (prepared != 0) {
            return prepared;
        }
        List<String> missing = missingDesks(settings);
        if (!missing.isEmpty()) {
            return refuse(missing);
        }
        warnOfDesks(settings);
        try {
            Server.start(Startup.application(settings, InstantSource.system(), InstantSource.system())).stopWithJvm();
        } catch (Server.NotStarted e) {
            System.err.println("Waymark could not start: " + e.getMessage());
            return FAILED;
        }
        Server.waitUntilTold();
        return 0;
    }

    private static int prepare(Settings settings) {
        try {
            Migrations.run(settings);
            List<String> missing = missingCredentials(settings);
            return missing.isEmpty() ? 0 : refuse(missing);
        } catch (FlywayException | DatabaseFailure | SQLException e) {
            System.err.println("Waymark could not start: the database cannot be reached or migrated as waymark_owner ("
                + Failures.sqlState(e) + "). Check WAYMARK_DB_URL, WAYMARK_DB_OWNER_PASSWORD and the database's own log.");
            return FAILED;
        }
    }

    private static List<String> missingDesks(Settings settings) {
        try (Connection owner = Databases.owner(settings)) {
            return ForceSetUp.missing(owner);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** It serves all the same: what is urgent at night is an item for supervisors, and pages the operator. */
    private static void warnOfDesks(Settings settings) {
        try (Connection owner = Databases.owner(settings)) {
            ForceSetUp.notWoken(owner).forEach(line -> System.err.println("Waymark serves, but " + line));
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static List<String> missingCredentials(Settings settings) throws SQLException {
        try (Connection owner = Databases.owner(settings)) {
            return ProviderCredentials.missing(owner, settings);
        }
    }

    private static int refuse(List<String> complaints) {
        System.err.println("Waymark cannot start. Mend these settings (docs/operate.md has them all):");
        complaints.forEach(c -> System.err.println("  " + c));
        return UNFIT_SETTINGS;
    }
}
