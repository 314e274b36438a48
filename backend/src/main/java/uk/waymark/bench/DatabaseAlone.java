package uk.waymark.bench;

import java.io.IOException;
import java.sql.SQLException;

/** Runs a script of pgbench's language as the application's login: what the database can do without the application. */
interface DatabaseAlone {

    /**
     * Runs a script over and over.
     *
     * @param clients connections
     * @return transactions a second
     */
    double run(String script, int clients, int seconds) throws IOException, InterruptedException, SQLException;

    /** For the JSON: what runs it. */
    String name();

    /** pgbench, or plain JDBC where it is not installed. */
    static DatabaseAlone of(ProductionSite site) throws IOException {
        return PgBench.find(site).map(DatabaseAlone.class::cast).orElseGet(() -> new JdbcScript(site));
    }
}
