package uk.waymark.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Factory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The three logins. The application's is Micronaut's default data source; the dispatcher's has rights on the schema
 * {@code notifications} only; the owner's is used for migrations and closed after.
 */
@Factory
public final class Databases {
    private static final int DISPATCHER_CONNECTIONS = 6;
    /**
     * Every hot statement is a look-up by key, for which one plan is right: planning it anew under row-level security each time
     * cost a fifth of the intake of events (12,000 in 34 and 55 s with one plan, in 44 and 66 s without, in turn on a busy
     * machine; HistoryTest).
     */
    private static final String APP_LIMITS = "-c plan_cache_mode=force_generic_plan "
        + "-c statement_timeout=15s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s";
    private static final String DISPATCHER_LIMITS =
        "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s";
    private static final String COMMAND_LIMITS =
        "-c statement_timeout=300s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s";
    private HikariDataSource pool;

    /**
     * Connections for what sends messages, without a transaction begun for it. Micronaut hands out a proxy that wants one
     * of its own transactions: use {@code DelegatingDataSource.unwrapDataSource(it)}.
     */
    @Singleton
    @Named("dispatcher")
    DataSource dispatcher(Settings settings) {
        var config = new HikariConfig();
        config.setPoolName("dispatcher");
        config.setJdbcUrl(settings.databaseUrl());
        config.setUsername("waymark_dispatcher");
        config.setPassword(settings.dispatcherPassword());
        config.setMaximumPoolSize(DISPATCHER_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        driverProperties("dispatcher", DISPATCHER_LIMITS).forEach(config::addDataSourceProperty);
        pool = new HikariDataSource(config);
        return pool;
    }

    @PreDestroy
    void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Micronaut's properties for the application's login. */
    static Map<String, Object> properties(Settings settings) {
        String prefix = "datasources.default.";
        var properties = new HashMap<String, Object>();
        properties.put(prefix + "url", settings.databaseUrl());
        properties.put(prefix + "username", "waymark_app");
        properties.put(prefix + "password", settings.appPassword());
        properties.put(prefix + "pool-name", "app");
        properties.put(prefix + "dialect", "POSTGRES");
        properties.put(prefix + "driver-class-name", "org.postgresql.Driver");
        properties.put(prefix + "maximum-pool-size", settings.poolSize());
        properties.put(prefix + "minimum-idle", 2);
        properties.put(prefix + "connection-timeout", 5_000);
        properties.put(prefix + "initialization-fail-timeout", -1);
        properties.put(prefix + "data-source-properties", driverProperties("app", APP_LIMITS));
        return properties;
    }

    /** The owner's connection, for migrations and the sandbox's set-up. The caller closes it. */
    public static Connection owner(Settings settings) throws SQLException {
        var properties = new Properties();
        properties.putAll(driverProperties("owner", "-c lock_timeout=10s"));
        properties.put("user", "waymark_owner");
        properties.put("password", settings.ownerPassword());
        return DriverManager.getConnection(settings.databaseUrl(), properties);
    }

    /** The application's login, for commands: row-level security applies. The caller closes it. */
    public static Connection app(Settings settings) throws SQLException {
        return command(settings, "waymark_app", settings.appPassword());
    }

    /** The dispatcher's login, for commands. The caller closes it. */
    public static Connection dispatcherLogin(Settings settings) throws SQLException {
        return command(settings, "waymark_dispatcher", settings.dispatcherPassword());
    }

    private static Connection command(Settings settings, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.putAll(driverProperties("command", COMMAND_LIMITS));
        properties.put("user", user);
        properties.put("password", password);
        return DriverManager.getConnection(settings.databaseUrl(), properties);
    }

    /** PostgreSQL's messages quote rows: details stay in its own log. */
    static Map<String, String> driverProperties(String who, String limits) {
        return Map.of("ApplicationName", "waymark-" + who, "logServerErrorDetail", "false", "tcpKeepAlive", "true",
            "connectTimeout", "5", "options", limits);
    }
}
