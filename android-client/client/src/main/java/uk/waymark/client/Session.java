package uk.waymark.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;

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
