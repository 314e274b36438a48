package uk.waymark.bridge;

import java.util.Objects;
import java.util.Optional;

/**
 * What is to be asked.
 *
 * @param adapter whom, and as who
 * @param urn as the force wrote it
 * @param urnKey as {@link uk.waymark.platform.Urns#key} has it
 * @param checkpoint what the adapter wanted remembered after the last good answer; empty the first time
 * @param courts court houses that are known already
 */
public record PullRequest(AdapterAccess adapter, String urn, String urnKey, Optional<String> checkpoint, CourtHouses courts) {

    public PullRequest {
        Objects.requireNonNull(adapter, "adapter");
        Objects.requireNonNull(urn, "urn");
        Objects.requireNonNull(urnKey, "urnKey");
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(courts, "courts");
    }

    /** Without the URN: it ends up in logs. */
    @Override
    public String toString() {
        return "PullRequest[" + adapter + "]";
    }
}
