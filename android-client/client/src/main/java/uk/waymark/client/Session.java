package uk.waymark.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;

/** Whether this device is signed in, and with what. */
public final class Session {
    private static final String NAME = "session";

    private final Vault vault;

    /**
     * Tokens of a signed-in device.
     *
     * @param until when the access token ends, by the device's clock
     */
    public record Tokens(String access, String refresh, Instant until) {
        @Override
        public String toString() {
            return "Tokens"; // never in a log
        }
    }

    public Session(Vault vault) {
        this.vault = vault;
    }

    public Optional<Tokens> tokens() {
        return vault.get(NAME).map(JsonParser::parseString).map(e -> {
            JsonObject o = e.getAsJsonObject();
            return new Tokens(o.get("access").getAsString(), o.get("refresh").getAsString(),
                    Instant.ofEpochSecond(o.get("until").getAsLong()));
        });
    }

    /** @param age of the vault when the tokens were asked for; where it is another by now they are not kept */
    boolean keep(Tokens tokens, long age) {
        JsonObject o = new JsonObject();
        o.addProperty("access", tokens.access());
        o.addProperty("refresh", tokens.refresh());
        o.addProperty("until", tokens.until().getEpochSecond());
        return vault.put(NAME, o.toString(), age);
    }

    void end() {
        vault.remove(NAME);
    }
}
