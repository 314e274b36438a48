package uk.waymark.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Where every feature leaves what a force's own system has to have. What is put commits or goes with the caller's transaction: it
 * leaves if, and only if, what it tells about is so.
 */
@Singleton
public final class Outbound {
    static final String DATA = "outbound_parcel.data";
    private static final JsonMapper JSON = new JsonMapper();
    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;

    Outbound(Sealing sealing, Ids ids, CaseClock clock) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Puts something out, once per dedupe key.
     *
     * @param connection of a transaction of the person it is about, or of staff, a system or a worker of the force; the database
     *     refuses any other
     * @return whether it is new
     */
    public boolean put(Connection connection, NewParcel parcel) {
        UUID id = ids.next();
        return Sql.one(connection, "select waymark.put_outbound(?, ?, ?, ?, ?, ?, ?, ?, ?) as new", r -> r.getBoolean("new"),
            id, parcel.force(), parcel.type(), parcel.caseId(), parcel.personId(), parcel.subject(), parcel.dedupeKey(),
            sealing.seal(DATA, id, bytes(parcel)), clock.instant()).orElseThrow();
    }

    private byte[] bytes(NewParcel parcel) {
        try {
            return JSON.writeValueAsBytes(parcel.data());
        } catch (JsonProcessingException e) {
            // without its message, which may quote what a person wrote
            throw new IllegalStateException("a parcel cannot be written as JSON: " + parcel.type());
        }
    }
}
