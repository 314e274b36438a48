package uk.waymark.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Whether this device is signed in, and with what. What was read goes with it; what was written waits for the next sign-in. */
public final class Session {
    private static final String NAME = "session";

    private final Vault vault;
    private final Vault seen;
    private volatile Tokens held; // by a phone that is full: for as long as the app lives

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

    /** @param seen where what was read is kept, and nothing else */
    public Session(Vault vault, Vault seen) {
        this.vault = vault;
        this.seen = seen;
    }

    /** @throws Vault.VaultException where that cannot be said just now */
    public Optional<Tokens> tokens() {
        Tokens inMemory = held;
        return inMemory != null ? Optional.of(inMemory) : vault.get(NAME).map(JsonParser::parseString).map(e -> {
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
        try {
            boolean kept = vault.put(NAME, o.toString(), age);
            held = null;
            return kept;
        } catch (Vault.VaultException e) {
            synchronized (vault) {
                held = vault.age() == age ? tokens : null; // a refresh token works once: without the new one nobody is signed in
                return held != null;
            }
        }
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
            try {
                vault.put(NAME, o.toString(), age);
            } catch (Vault.VaultException e) { // a full phone cannot ask again after its process has ended, but it can ask now
            }
        });
        return attempt;
    }

    /** Nobody is signed in here any more, for whatever reason: what was read is not to be read again, nor its key kept. */
    void end() {
        held = null;
        vault.remove(NAME);
        seen.wipe();
    }

    /** Destroys everything that is kept: whose session it was has left, or another account begins. */
    void wipe() {
        synchronized (vault) {
            held = null;
            vault.wipe();
            seen.wipe();
        }
    }
}
