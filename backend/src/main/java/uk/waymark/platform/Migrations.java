package uk.waymark.platform;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database to what this version needs: {@code notifications} first, with a history of its own, then
 * {@code waymark}, then the sandbox's own schema where there is one. Runs as the owner.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() { }

    /** @return how many migrations were run */
    public static int run(Settings settings) {
        int done = migrate(settings, "notifications") + migrate(settings, "waymark");
        if (settings.sandbox()) {
            done += migrate(settings, "sandbox");
        }
        LOG.info("the database is up to date: {} migrations run", done);
        return done;
    }

    private static int migrate(Settings settings, String schema) {
        FluentConfiguration flyway = Flyway.configure()
            .dataSource(settings.databaseUrl(), "waymark_owner", settings.ownerPassword())
            .schemas(schema).defaultSchema(schema)
            .locations("classpath:db/" + schema)
            .validateMigrationNaming(true)
            .failOnMissingLocations(true);
        // a migration that cannot have its lock soon gives way: requests queue up behind it
        flyway.jdbcProperties(Databases.driverProperties("migrations", "-c lock_timeout=10s"));
        return flyway.load().migrate().migrationsExecuted;
    }
}
