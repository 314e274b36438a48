package uk.waymark.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

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

    /**
     * What this device calls its exchange of these tokens: made and kept before it is asked for the first time, so that it can be asked
     * for again where the answer was lost. Whoever has copied the tokens before does not know it.
     *
     * @param age of the vault when the exchange began
     */
    String attempt(Tokens tokens, long age) {
        Optional<JsonObject> kept = vault.get(NAME).map(text -> JsonParser.parseString(text).getAsJsonObject())
                .filter(o -> o.get("refresh").getAsString().equals(tokens.refresh()));
        if (kept.isPresent() && kept.get().has("attempt")) {
            return kept.get().get("attempt").getAsString();
        }
        String attempt = UUID.randomUUID().toString();
        kept.ifPresent(o -> {
            o.addProperty("attempt", attempt);
            vault.put(NAME, o.toString(), age);
        });
        return attempt;
    }

    void end() {
        vault.remove(NAME);
    }
}
