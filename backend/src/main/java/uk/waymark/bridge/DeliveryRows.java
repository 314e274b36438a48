package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/** By which adapter a force is handed things, and how that one fares. */
@Singleton
final class DeliveryRows {
    private static final JsonMapper JSON = new JsonMapper();
    private final Settings settings;

    DeliveryRows(Settings settings) {
        this.settings = settings;
    }

    /** @param access its secret is null where the surroundings do not hold it */
    record Adapter(String kind, AdapterAccess access) {

        /** Nobody is called without saying who calls. */
        boolean credible() {
            return access.secret() != null && (access.tokenUrl() == null || access.clientId() != null);
        }
    }

    /** The first by kind of those that are on: a force has one. */
    Optional<Adapter> of(Connection c, UUID force, Collection<String> kinds) {
        return Sql.one(c, """
            select id, kind, base_url, token_url, client_id, credential_ref, mapping::text as mapping from waymark.adapter
             where force_id = ? and enabled and kind = any (?::text[]) order by kind limit 1""", r -> adapter(r, force), force,
            kinds.toArray(String[]::new));
    }

    private Adapter adapter(ResultSet r, UUID force) throws SQLException {
        String reference = r.getString("credential_ref");
        String tokenUrl = r.getString("token_url");
        String secret = reference == null ? null : settings.adapterSecret(reference)
            .or(() -> settings.sandbox() ? Optional.of(Settings.SANDBOX_MARK) : Optional.empty()).orElse(null);
        return new Adapter(r.getString("kind"), new AdapterAccess(Sql.uuid(r, "id"), force, URI.create(r.getString("base_url")),
            tokenUrl == null ? null : URI.create(tokenUrl), r.getString("client_id"), secret, tree(r.getString("mapping"))));
    }

    /** It took something. @param now case time */
    void heard(Connection c, UUID adapter, Instant now) {
        Sql.run(c, "update waymark.adapter set heard_at = ? where id = ? and (heard_at is null or heard_at < ?)", now, adapter,
            now.minusSeconds(60));
    }

    /** Nothing is handed to the adapter before this machine time. */
    void pause(Connection c, UUID adapter, Instant until) {
        Sql.run(c, "update waymark.adapter set paused_until = ? where id = ? and (paused_until is null or paused_until < ?)", until,
            adapter, until);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mapping cannot be read");
        }
    }
}
