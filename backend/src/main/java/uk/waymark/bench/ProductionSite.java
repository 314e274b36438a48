package uk.waymark.bench;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Tokens;
import uk.waymark.platform.embedded.EmbeddedDatabase;
import uk.waymark.platform.embedded.EmbeddedOptions;

/**
 * What {@code serve} needs around it: a database that writes to disk, with its roles, and an environment with secrets
 * of its own, made for this run and gone with it.
 */
final class ProductionSite implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EmbeddedDatabase database;
    private final Map<String, String> environment;
    private final int port;

    private ProductionSite(EmbeddedDatabase database, int port, Map<String, String> environment) {
        this.database = database;
        this.port = port;
        this.environment = environment;
    }

    static ProductionSite start() throws IOException {
        var database = EmbeddedDatabase.start(EmbeddedOptions.temporary().onDisk());
        try {
            int port = freePort();
            var environment = environment(database.jdbcUrl("waymark"), port);
            bootstrap(database, environment);
            return new ProductionSite(database, port, Map.copyOf(environment));
        } catch (IOException | SQLException | GeneralSecurityException | RuntimeException e) {
            database.close();
            throw new IllegalStateException("Could not prepare the benchmark's database", e);
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    int port() {
        return port;
    }

    /** A connection as the superuser, past all rules; the caller closes it. */
    Connection superuser() throws SQLException {
        return database.connect("waymark");
    }

    /** A connection as one of the logins; the caller closes it. */
    Connection login(String role) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl("waymark"), role, password(role));
    }

    /** @param role waymark_owner, waymark_app or waymark_dispatcher */
    String password(String role) {
        return environment.get("WAYMARK_DB_" + role.replace("waymark_", "").toUpperCase(Locale.ROOT) + "_PASSWORD");
    }

    int databasePort() {
        return database.port();
    }

    /** Seals as the server does. */
    Sealing sealing() {
        return new Sealing(environment.get("WAYMARK_SEALING_KEYSET"), environment.get("WAYMARK_LOOKUP_KEYSET"));
    }

    /** Signs access tokens as the server does. */
    Tokens tokens() {
        return new Tokens(Base64.getDecoder().decode(environment.get("WAYMARK_TOKEN_SECRET")),
                new MachineClock(InstantSource.system()));
    }

    @Override
    public void close() {
        database.close();
    }

    private static Map<String, String> environment(String databaseUrl, int port) throws GeneralSecurityException {
        AeadConfig.register();
        PrfConfig.register();
        var environment = new LinkedHashMap<String, String>();
        environment.put("PORT", Integer.toString(port));
        environment.put("WAYMARK_PUBLIC_URL", "https://waymark.example.uk");
        environment.put("WAYMARK_DB_URL", databaseUrl);
        environment.put("WAYMARK_DB_OWNER_PASSWORD", secret());
        environment.put("WAYMARK_DB_APP_PASSWORD", secret());
        environment.put("WAYMARK_DB_DISPATCHER_PASSWORD", secret());
        environment.put("WAYMARK_SEALING_KEYSET", keyset(PredefinedAeadParameters.AES256_GCM));
        environment.put("WAYMARK_LOOKUP_KEYSET", keyset(PredefinedPrfParameters.HMAC_SHA256_PRF));
        environment.put("WAYMARK_TOKEN_SECRET", Base64.getEncoder().encodeToString(randomBytes()));
        return environment;
    }

    /** The same steps as in docs/operate.md. */
    private static void bootstrap(EmbeddedDatabase database, Map<String, String> environment)
            throws IOException, SQLException {
        var roles = rolesScript()
                .replace(":owner_password", environment.get("WAYMARK_DB_OWNER_PASSWORD"))
                .replace(":app_password", environment.get("WAYMARK_DB_APP_PASSWORD"))
                .replace(":dispatcher_password", environment.get("WAYMARK_DB_DISPATCHER_PASSWORD"));
        try (var connection = database.connect("postgres"); var statement = connection.createStatement()) {
            statement.execute(roles);
            statement.execute("create database waymark owner waymark_owner");
        }
    }

    private static String rolesScript() throws IOException {
        try (var in = ProductionSite.class.getResourceAsStream("/db/bootstrap/roles.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String keyset(Parameters parameters) throws GeneralSecurityException {
        var handle = KeysetHandle.newBuilder().addEntry(
                KeysetHandle.generateEntryFromParameters(parameters).withRandomId().makePrimary()).build();
        return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
    }

    private static String secret() {
        return HexFormat.of().formatHex(randomBytes());
    }

    private static byte[] randomBytes() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
