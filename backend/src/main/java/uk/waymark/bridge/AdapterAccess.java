package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;

/**
 * A configured adapter: a row of {@code waymark.adapter} with its secret.
 *
 * @param baseUrl where its API is, without a slash at the end
 * @param tokenUrl where OAuth 2.0 client credentials get a token; null where it wants none
 * @param clientId or null
 * @param secret or null
 * @param mapping an object: what differs from force to force; each kind of adapter says what it knows
 */
public record AdapterAccess(UUID id, UUID force, URI baseUrl, URI tokenUrl, String clientId, String secret, JsonNode mapping) {

    public AdapterAccess {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(mapping, "mapping");
    }

    /** Names no secret and no address. */
    @Override
    public String toString() {
        return "AdapterAccess[" + id + "]";
    }
}
