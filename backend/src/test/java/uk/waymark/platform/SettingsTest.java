package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final List<String> NEEDED = List.of("WAYMARK_DB_URL", "WAYMARK_DB_APP_PASSWORD",
        "WAYMARK_DB_DISPATCHER_PASSWORD", "WAYMARK_DB_OWNER_PASSWORD", "WAYMARK_SEALING_KEYSET", "WAYMARK_LOOKUP_KEYSET",
        "WAYMARK_TOKEN_SECRET", "WAYMARK_PUBLIC_URL");

    @Test
    void namesEverythingMissingAtOnce() {
        var complaints = complaints(Map.of());
        assertEquals(NEEDED, complaints.stream().map(c -> c.split(" ")[0]).toList());
    }

    @Test
    void takesAFitSet() {
        var fit = assertInstanceOf(Settings.Fit.class, Settings.read(fit()));
        assertEquals(8080, fit.settings().port());
        assertEquals("https://waymark.example.uk", fit.settings().publicUrl().toString());
        assertFalse(fit.settings().sandbox());
        assertEquals("a-twilio-auth-token", fit.settings().providerToken("northmoor").orElseThrow());
        assertTrue(fit.settings().providerToken("elsewhere").isEmpty());
        assertEquals("WAYMARK_ADAPTER_NORTH_MOOR_SECRET", Settings.adapterSetting("north-moor"));
        assertEquals("an-oauth-client-secret", fit.settings().adapterSecret("north-moor").orElseThrow());
        assertTrue(fit.settings().adapterSecret("elsewhere").isEmpty());
        new Sealing(fit.settings().sealingKeyset(), fit.settings().lookupKeyset());
    }

    @Test
    void takesTheServiceAccountOfAFirebaseProjectAndNothingElseInItsPlace() {
        String account = "{\"type\": \"service_account\", \"private_key\": \"x\"}";
        for (String form : List.of(account, base64(account))) {
            var environment = fit();
            environment.put("WAYMARK_FIREBASE_APP_CREDENTIALS", form);
            var settings = assertInstanceOf(Settings.Fit.class, Settings.read(environment)).settings();
            assertEquals(account, settings.firebaseCredentials("app").orElseThrow());
            assertTrue(settings.providerToken("app").isEmpty());
        }
        for (String wrong : List.of("sandbox", "{}", "c2FuZGJveA==", "{\"type\": \"authorized_user\"}")) {
            var environment = fit();
            environment.put("WAYMARK_FIREBASE_APP_CREDENTIALS", wrong);
            assertEquals(1, complaints(environment).size(), wrong);
        }
    }

    @Test
    void takesAKeyOfGovUkNotifyAndTheTokenOfItsCallbacks() {
        String key = "northmoor-8ba92f14-6b6d-4d2b-9a68-6d6a8d6a8d6a-f33517ff-2a88-4f6e-b855-c550268ce08a";
        var environment = fit();
        environment.put("WAYMARK_NOTIFY_NORTH_MOOR_KEY", key);
        environment.put("WAYMARK_NOTIFY_NORTH_MOOR_CALLBACK", "a-token-of-ours");
        var settings = assertInstanceOf(Settings.Fit.class, Settings.read(environment)).settings();
        assertEquals(key, settings.notifyKey("north-moor").orElseThrow());
        assertEquals("a-token-of-ours", settings.notifyCallback("north-moor").orElseThrow());
        assertTrue(settings.notifyCallback("elsewhere").isEmpty());
        environment.put("WAYMARK_NOTIFY_NORTH_MOOR_KEY", "f33517ff-2a88-4f6e-b855-c550268ce08a");
        environment.put("WAYMARK_NOTIFY_NORTH_MOOR_CALLBACK", "short");
        assertEquals(2, complaints(environment).size());
    }

    @Test
    void takesATokenForMetricsThatNobodyGuesses() {
        var environment = fit();
        assertTrue(assertInstanceOf(Settings.Fit.class, Settings.read(environment)).settings().metricsToken().isEmpty());
        environment.put("WAYMARK_METRICS_TOKEN", "figures-are-for-operators-only");
        assertEquals("figures-are-for-operators-only",
            assertInstanceOf(Settings.Fit.class, Settings.read(environment)).settings().metricsToken().orElseThrow());
        environment.put("WAYMARK_METRICS_TOKEN", "short-but-long-enough");
        assertEquals(1, complaints(environment).size());
    }

    @Test
    void takesKeysetsInBase64() {
        var environment = fit();
        environment.compute("WAYMARK_SEALING_KEYSET", (n, v) -> base64(v));
        var settings = assertInstanceOf(Settings.Fit.class, Settings.read(environment)).settings();
        assertTrue(settings.sealingKeyset().startsWith("{"));
    }

    @Test
    void refusesSecretsOfTheSandbox() {
        var environment = fit();
        environment.put("WAYMARK_DB_APP_PASSWORD", SandboxSecrets.password());
        environment.put("WAYMARK_SEALING_KEYSET", SandboxSecrets.sealingKeyset());
        environment.put("WAYMARK_LOOKUP_KEYSET", base64(SandboxSecrets.lookupKeyset()));
        environment.put("WAYMARK_TOKEN_SECRET", Base64.getEncoder().encodeToString(SandboxSecrets.tokenSecret()));
        environment.put("WAYMARK_TWILIO_NORTHMOOR_TOKEN", "sandbox");
        environment.put("MICRONAUT_ENVIRONMENTS", "sandbox");
        assertEquals(6, complaints(environment).size());
    }

    @Test
    void refusesWhatIsUnfit() {
        for (var wrong : Map.of("WAYMARK_DB_URL", "postgres://host/waymark", "WAYMARK_PUBLIC_URL", "http://waymark.example.uk",
                "WAYMARK_TOKEN_SECRET", "c2hvcnQ=", "PORT", "70000", "WAYMARK_DB_APP_PASSWORD", "short",
                "WAYMARK_SEALING_KEYSET", "{}").entrySet()) {
            var environment = fit();
            environment.put(wrong.getKey(), wrong.getValue());
            var complaints = complaints(environment);
            assertEquals(1, complaints.size(), wrong.getKey());
            assertTrue(complaints.get(0).startsWith(wrong.getKey() + " "));
            assertFalse(complaints.get(0).contains(" " + wrong.getValue() + " "), "a complaint repeats no value");
        }
        var swapped = fit();
        swapped.put("WAYMARK_SEALING_KEYSET", swapped.get("WAYMARK_LOOKUP_KEYSET"));
        assertEquals(1, complaints(swapped).size());
    }

    @Test
    void anotherHostIsReachedByVerifiedTlsOnly() {
        for (String fits : List.of("jdbc:postgresql://localhost:5432/waymark", "jdbc:postgresql://127.0.0.1/waymark",
                "jdbc:postgresql://db.example.uk/waymark?sslmode=verify-full&sslrootcert=/etc/waymark/db.pem")) {
            var environment = fit();
            environment.put("WAYMARK_DB_URL", fits);
            assertEquals(fits, assertInstanceOf(Settings.Fit.class, Settings.read(environment)).settings().databaseUrl(),
                "handed on as it stands");
        }
        for (String open : List.of("jdbc:postgresql://db.example.uk/waymark", "jdbc:postgresql://db.example.uk/waymark?sslmode=require",
                "jdbc:postgresql://db.example.uk/waymark?sslmode=verify-full-not",
                "jdbc:postgresql://db.example.uk/waymark?sslmode=verify-full&sslmode=disable",
                "jdbc:postgresql://localhost,db.example.uk/waymark", "jdbc:postgresql://localhost.example.uk/waymark")) {
            var environment = fit();
            environment.put("WAYMARK_DB_URL", open);
            assertTrue(complaints(environment).toString().contains("sslmode=verify-full"), open);
        }
    }

    @Test
    void printsNoSecret() {
        var settings = assertInstanceOf(Settings.Fit.class, Settings.read(fit())).settings();
        assertFalse(settings.toString().contains("password"));
        assertFalse(settings.toString().contains("key"));
    }

    private static List<String> complaints(Map<String, String> environment) {
        return assertInstanceOf(Settings.Unfit.class, Settings.read(environment)).complaints();
    }

    private static Map<String, String> fit() {
        var environment = new HashMap<String, String>();
        environment.put("WAYMARK_DB_URL", "jdbc:postgresql://db.example.uk/waymark?sslmode=verify-full");
        environment.put("WAYMARK_DB_APP_PASSWORD", "a-long-password-1");
        environment.put("WAYMARK_DB_DISPATCHER_PASSWORD", "a-long-password-2");
        environment.put("WAYMARK_DB_OWNER_PASSWORD", "a-long-password-3");
        environment.put("WAYMARK_SEALING_KEYSET", Sealing.newSealingKeyset());
        environment.put("WAYMARK_LOOKUP_KEYSET", Sealing.newLookupKeyset());
        environment.put("WAYMARK_TOKEN_SECRET", base64("0123456789abcdef0123456789abcdef"));
        environment.put("WAYMARK_PUBLIC_URL", "https://waymark.example.uk/");
        environment.put("WAYMARK_TWILIO_NORTHMOOR_TOKEN", "a-twilio-auth-token");
        environment.put("WAYMARK_ADAPTER_NORTH_MOOR_SECRET", "an-oauth-client-secret");
        return environment;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
