package uk.waymark.platform;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything that the surroundings decide, read once at start. Secrets come from outside and are never printed.
 *
 * @param databaseUrl JDBC URL of the database, without user and password
 * @param sealingKeyset Tink JSON; see {@link Sealing}
 * @param lookupKeyset Tink JSON; see {@link Sealing}
 * @param tokenSecret at least 32 bytes; signs access tokens
 * @param publicUrl what the world calls this server, without a slash at the end; receipts come back to it
 * @param port 0 takes any free one
 * @param poolSize database connections for requests
 * @param providerTokens secrets of provider accounts, of adapters and of metrics by the name of their setting
 * @param clientAddressHeader where a proxy in front says who called; empty where there is none
 * @param sandbox fictional forces, phones and clock; never in {@code serve}
 */
public record Settings(
        String databaseUrl, String appPassword, String dispatcherPassword, String ownerPassword, String sealingKeyset,
        String lookupKeyset, byte[] tokenSecret, URI publicUrl, int port, int poolSize,
        Map<String, String> providerTokens, Optional<String> clientAddressHeader, boolean sandbox) {

    /** What secrets made for a sandbox begin with: {@code serve} refuses them. */
    public static final String SANDBOX_MARK = "sandbox";
    /** What goes there leaves the machine by no network. */
    private static final Pattern LOCAL_DATABASE = Pattern.compile("jdbc:postgresql://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?/");
    private static final Pattern VERIFIED_TLS = Pattern.compile("[?&]sslmode=verify-full(?=&|$)(?!.*[?&]sslmode=)");
    static final int DEFAULT_PORT = 8080;
    private static final String METRICS_TOKEN = "WAYMARK_METRICS_TOKEN";
    private static final int DEFAULT_POOL = 16;

    /** What reading came to. */
    public sealed interface Read permits Fit, Unfit { }

    public record Fit(Settings settings) implements Read { }

    /** @param complaints one line a setting that is missing or unfit: its name, what it is for, what is wrong; no values */
    public record Unfit(List<String> complaints) implements Read { }

    /** The secret of a provider account, by the reference in its row. */
    public Optional<String> providerToken(String credentialRef) {
        return Optional.ofNullable(providerTokens.get(providerSetting(credentialRef)));
    }

    /** The name of the setting that holds a provider account's secret: {@code WAYMARK_TWILIO_<REFERENCE>_TOKEN}. */
    public static String providerSetting(String credentialRef) {
        return "WAYMARK_TWILIO_" + credentialRef.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_TOKEN";
    }

    /** The secret with which an adapter asks for a token, by the reference in its row. */
    public Optional<String> adapterSecret(String credentialRef) {
        return Optional.ofNullable(providerTokens.get(adapterSetting(credentialRef)));
    }

    /** The name of the setting that holds an adapter's secret: {@code WAYMARK_ADAPTER_<REFERENCE>_SECRET}. */
    public static String adapterSetting(String credentialRef) {
        return "WAYMARK_ADAPTER_" + credentialRef.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_SECRET";
    }

    /** The service account of a Firebase project, as JSON, by the reference in its row. */
    public Optional<String> firebaseCredentials(String credentialRef) {
        return Optional.ofNullable(providerTokens.get(firebaseSetting(credentialRef)));
    }

    /** The name of the setting that holds a Firebase project's service account. */
    public static String firebaseSetting(String credentialRef) {
        return "WAYMARK_FIREBASE_" + credentialRef.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_CREDENTIALS";
    }

    /** The API key of a service at GOV.UK Notify, by the reference in its row. */
    public Optional<String> notifyKey(String credentialRef) {
        return Optional.ofNullable(providerTokens.get(notifySetting(credentialRef)));
    }

    /** The bearer token of its callbacks; without one it calls nobody. */
    public Optional<String> notifyCallback(String credentialRef) {
        return Optional.ofNullable(providerTokens.get(notifySetting(credentialRef).replaceFirst("_KEY$", "_CALLBACK")));
    }

    /** The name of the setting that holds a Notify service's API key; that of its callbacks ends in {@code _CALLBACK}. */
    public static String notifySetting(String credentialRef) {
        return "WAYMARK_NOTIFY_" + credentialRef.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_KEY";
    }

    /** The secret with which the pages get tokens of staff at a force's identity provider, by the reference in its row. */
    public Optional<String> signInSecret(String credentialRef) {
        return Optional.ofNullable(providerTokens.get("WAYMARK_SIGN_IN_" + credentialRef.toUpperCase(Locale.ROOT)
            .replaceAll("[^A-Z0-9]", "_") + "_SECRET"));
    }

    /** The bearer token with which operators' tools read metrics; without one nobody does. */
    public Optional<String> metricsToken() {
        return Optional.ofNullable(providerTokens.get(METRICS_TOKEN));
    }

    /** Reads the settings of {@code serve}. Goes on after the first complaint, so that all are named at once. */
    public static Read read(Map<String, String> environment) {
        return new Reader(environment).read();
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "Settings[" + databaseUrl.replaceAll("\\?.*", "") + ", " + publicUrl + ", sandbox=" + sandbox + "]";
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> complaints = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        Read read() {
            noSandbox();
            var settings = new Settings(
                databaseUrl(),
                secret("WAYMARK_DB_APP_PASSWORD", "password of the login waymark_app"),
                secret("WAYMARK_DB_DISPATCHER_PASSWORD", "password of the login waymark_dispatcher"),
                secret("WAYMARK_DB_OWNER_PASSWORD", "password of the login waymark_owner, used for migrations only"),
                keyset("WAYMARK_SEALING_KEYSET", "seals names, numbers and texts", KeysetCheck.SEALING),
                keyset("WAYMARK_LOOKUP_KEYSET", "makes the keyed hashes for look-ups", KeysetCheck.LOOKUP),
                tokenSecret(),
                publicUrl(),
                number("PORT", DEFAULT_PORT, 0, 65_535, "port to listen on"),
                number("WAYMARK_DB_POOL_SIZE", DEFAULT_POOL, 2, 500, "database connections for requests"),
                providerTokens(),
                clientAddressHeader(),
                false);
            return complaints.isEmpty() ? new Fit(settings) : new Unfit(List.copyOf(complaints));
        }

        private Optional<String> clientAddressHeader() {
            String header = environment.getOrDefault("WAYMARK_CLIENT_ADDRESS_HEADER", "").strip();
            if (!header.matches("[A-Za-z0-9-]{0,60}")) {
                complain("WAYMARK_CLIENT_ADDRESS_HEADER", "header in which a proxy says who called", "is not the name of a header");
            }
            return header.isEmpty() ? Optional.empty() : Optional.of(header);
        }

        /** Micronaut would take it, and open what must not be open. */
        private void noSandbox() {
            for (String name : List.of("MICRONAUT_ENVIRONMENTS", "micronaut.environments")) {
                String environments = environment.getOrDefault(name, System.getProperty(name, ""));
                if (environments.contains("sandbox")) {
                    complain(name, "Micronaut's environments", "names the sandbox");
                }
            }
        }

        private String databaseUrl() {
            String url = required("WAYMARK_DB_URL", "JDBC URL of the database, such as jdbc:postgresql://host:5432/waymark");
            if (url != null && !url.startsWith("jdbc:postgresql://")) {
                complain("WAYMARK_DB_URL", "JDBC URL of the database", "does not begin with jdbc:postgresql://");
            } else if (url != null && url.matches("(?i).*[?&](user|password)=.*")) {
                complain("WAYMARK_DB_URL", "JDBC URL of the database", "must not hold a user or password");
            } else if (url != null && !LOCAL_DATABASE.matcher(url).lookingAt() && !VERIFIED_TLS.matcher(url).find()) {
                complain("WAYMARK_DB_URL", "JDBC URL of the database", "names another host: add sslmode=verify-full, and sslrootcert "
                    + "where its certificate is of an own authority (docs/operate.md)");
            }
            return url;
        }

        private String secret(String name, String purpose) {
            String value = required(name, purpose);
            if (value != null && value.startsWith(SANDBOX_MARK)) {
                complain(name, purpose, "is a secret of the sandbox; make one of your own");
            } else if (value != null && value.length() < 12) {
                complain(name, purpose, "is shorter than 12 characters");
            }
            return value;
        }

        private String keyset(String name, String purpose, KeysetCheck check) {
            try {
                String json = KeySource.json(KeySource.of(environment, name).read());
                check.fault(json).ifPresent(fault -> complain(name, purpose, fault));
                return json;
            } catch (KeySource.Unavailable e) {
                complain(name, purpose + "; Tink keyset as JSON, or base64 of it", e.getMessage());
                return null;
            }
        }

        private byte[] tokenSecret() {
            String name = "WAYMARK_TOKEN_SECRET";
            String purpose = "signs access tokens; base64 of at least 32 random bytes";
            String value = required(name, purpose);
            if (value == null) {
                return new byte[0];
            }
            byte[] bytes = decoded(value).orElse(new byte[0]);
            if (bytes.length < 32) {
                complain(name, purpose, "is not base64 of at least 32 bytes");
            } else if (text(bytes).startsWith(SANDBOX_MARK)) {
                complain(name, purpose, "is a secret of the sandbox; make one of your own");
            }
            return bytes;
        }

        private URI publicUrl() {
            String name = "WAYMARK_PUBLIC_URL";
            String purpose = "what the world calls this server, such as https://waymark.example.uk";
            String value = required(name, purpose);
            try {
                URI uri = value == null ? null : URI.create(value.replaceAll("/+$", ""));
                if (uri != null && (!"https".equals(uri.getScheme()) || uri.getHost() == null)) {
                    complain(name, purpose, "is not an https address");
                }
                return uri;
            } catch (IllegalArgumentException e) {
                complain(name, purpose, "is not an https address");
                return null;
            }
        }

        private int number(String name, int otherwise, int least, int most, String purpose) {
            String value = environment.getOrDefault(name, "").strip();
            if (value.isEmpty()) {
                return otherwise;
            }
            if (value.matches("\\d{1,5}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
                return Integer.parseInt(value);
            }
            complain(name, purpose, "is not a number from " + least + " to " + most);
            return otherwise;
        }

        /** Which of them are needed is known once provider accounts and adapters can be read: see {@link ProviderCredentials}. */
        private Map<String, String> providerTokens() {
            var tokens = new TreeMap<String, String>();
            environment.forEach((name, value) -> {
                if (name.matches("WAYMARK_TWILIO_[A-Z0-9_]+_TOKEN")) {
                    tokens.put(name, secret(name, "auth token of a Twilio account"));
                } else if (name.matches("WAYMARK_ADAPTER_[A-Z0-9_]+_SECRET")) {
                    tokens.put(name, secret(name, "client secret of an adapter"));
                } else if (name.matches("WAYMARK_SIGN_IN_[A-Z0-9_]+_SECRET")) {
                    tokens.put(name, secret(name, "client secret of the pages at an identity provider"));
                } else if (name.matches("WAYMARK_FIREBASE_[A-Z0-9_]+_CREDENTIALS")) {
                    tokens.put(name, serviceAccount(name));
                } else if (name.matches("WAYMARK_NOTIFY_[A-Z0-9_]+_KEY")) {
                    tokens.put(name, notifyKey(name));
                } else if (name.matches("WAYMARK_NOTIFY_[A-Z0-9_]+_CALLBACK")) {
                    tokens.put(name, secret(name, "bearer token of GOV.UK Notify's callbacks"));
                } else if (name.equals(METRICS_TOKEN)) {
                    tokens.put(name, metricsToken());
                }
            });
            return tokens;
        }

        private String metricsToken() {
            String value = secret(METRICS_TOKEN, "bearer token with which metrics are read");
            if (value != null && !value.matches("[!-~]{24,}")) {
                complain(METRICS_TOKEN, "bearer token with which metrics are read",
                    "is not one of 24 characters or more without spaces");
            }
            return value;
        }

        private String notifyKey(String name) {
            String purpose = "API key of a service at GOV.UK Notify";
            String value = secret(name, purpose);
            if (value != null && !value.matches("\\S+-[0-9a-fA-F-]{36}-[0-9a-fA-F-]{36}")) {
                complain(name, purpose, "is not an API key: its name, the service's id and the secret, with a - between");
            }
            return value;
        }

        private String serviceAccount(String name) {
            String purpose = "service account of a Firebase project; Google's JSON, or base64 of it";
            String value = required(name, purpose);
            if (value == null) {
                return "";
            }
            String json = value.strip().startsWith("{") ? value : decoded(value).map(Reader::text).orElse("");
            if (!json.matches("(?s).*\"type\"\\s*:\\s*\"service_account\".*")
                    || !json.contains("\"private_key\"")) {
                complain(name, purpose, "is not the JSON of a service account");
            }
            return json;
        }

        private String required(String name, String purpose) {
            String value = environment.get(name);
            if (value == null || value.isBlank()) {
                complain(name, purpose, "is not set");
                return null;
            }
            return value;
        }

        private void complain(String name, String purpose, String fault) {
            complaints.add(name + " " + fault + " (" + purpose + ")");
        }

        private static Optional<byte[]> decoded(String base64) {
            try {
                return Optional.of(Base64.getDecoder().decode(base64.strip()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
