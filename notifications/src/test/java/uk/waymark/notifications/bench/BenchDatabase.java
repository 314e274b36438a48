package uk.waymark.notifications.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that writes to disk as in production, with the schema of notifications and the table of db-scheduler. */
final class BenchDatabase implements AutoCloseable {

    /** As db-scheduler 16.12 gives it for PostgreSQL. */
    private static final String SCHEDULED_TASKS = """
        create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,
            execution_time timestamptz, picked boolean not null, picked_by text, last_success timestamptz,
            last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint not null,
            priority smallint, state text, primary key (task_name, task_instance));
        create index execution_time_idx on scheduled_tasks (execution_time);
        create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
        create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc);
        alter table scheduled_tasks owner to waymark_dispatcher;
        grant usage on schema public to waymark_dispatcher""";

    private final EmbeddedPostgres server;

    BenchDatabase() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on").setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "1GB").setServerConfig("max_wal_size", "4GB")
            .setServerConfig("checkpoint_timeout", "15min").setServerConfig("jit", "off").start();
        run("postgres", "create role waymark_owner login", "create role waymark_app login",
            "create role waymark_dispatcher login", "create database bench owner waymark_owner");
        Flyway.configure().dataSource(url(), "waymark_owner", "").schemas("notifications")
            .locations("classpath:db/notifications").load().migrate();
        run("bench", SCHEDULED_TASKS);
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!text("show " + setting).equals("on")) {
                throw new IllegalStateException(setting + " is off");
            }
        }
    }

    /** Without a user. */
    String url() {
        return server.getJdbcUrl("postgres", "bench").replace("?user=postgres", "");
    }

    /** As at the start of a measurement: nothing in it. */
    void clear() throws SQLException {
        run("bench", """
            truncate notifications.message, notifications.message_key, notifications.attempt,
                notifications.provider_message, notifications.receipt, notifications.inbound, notifications.ended,
                scheduled_tasks""");
    }

    /** Lets no work of loading fall into the measurement. */
    void settle() throws SQLException {
        run("bench", "vacuum (analyze) notifications.message", "vacuum (analyze) scheduled_tasks", "checkpoint");
    }

    Connection connect() throws SQLException {
        return server.getDatabase("postgres", "bench").getConnection();
    }

    String text(String query) throws SQLException {
        return texts(query).getFirst();
    }

    /** The columns of the first row. */
    List<String> texts(String query) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(query)) {
            row.next();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getString(i));
            }
            return columns;
        }
    }

    private void run(String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
             Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** For a process that works on a database of this kind. */
    static HikariDataSource pool(String url, String user, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
