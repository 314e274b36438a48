package uk.waymark.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What waits for forces' systems, for whoever hands it over. Claims go across forces, everything else stays within one. */
@Singleton
public final class Parcels {
    private static final Logger LOG = LoggerFactory.getLogger(Parcels.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COLUMNS =
        "select id, force_id, number, type, case_id, person_id, subject_id, created_at, attempts, data from waymark.outbound_parcel ";
    private final Sealing sealing;
    private final Ids ids;
    private final OutboundTimes times;

    Parcels(Sealing sealing, Ids ids, OutboundTimes times) {
        this.sealing = sealing;
        this.ids = ids;
        this.times = times;
    }

    /** @param lease who has it */
    public record Claim(UUID id, UUID force, UUID lease) { }

    /** One that has waited for too long. */
    public record Late(UUID id, UUID force) { }

    /** @param oldest case time, or null @param oldestTaken the same, of forces alone whose system takes things */
    public record Backlog(long waiting, Instant oldest, long refused, Instant oldestTaken) { }

    /**
     * What may be called now, of all forces in turn.
     *
     * @param c of a transaction of nobody's
     * @param kinds of the adapters that hand over
     * @param now machine time
     * @param lease for how long nobody else takes it
     */
    public List<Claim> claim(Connection c, Collection<String> kinds, Instant now, Duration lease, int most) {
        UUID mine = ids.next();
        return Sql.list(c, "select id, force_id from waymark.gate_claim_parcels(?::text[], ?, ?, ?, ?)",
            r -> new Claim(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"), mine), kinds.toArray(String[]::new), now, mine,
            (int) lease.toSeconds(), most);
    }

    /** @return empty where it is another's by now, or has arrived meanwhile */
    public Optional<Waiting> claimed(Connection c, Claim claim) {
        return Sql.one(c, COLUMNS + "where id = ? and lease = ? and state = 'waiting'", this::waiting, claim.id(), claim.lease());
    }

    /** What waits for the system of the force that the transaction acts for, in order. @param after number of the last one, or 0 */
    public List<Waiting> page(Connection c, long after, int most) {
        return Sql.list(c, COLUMNS + """
            where force_id = waymark.ctx_force() and state = 'waiting' and number > ? order by number limit ?""", this::waiting, after,
            most);
    }

    /** What waits, by its id, for the system of the force that the transaction acts for. */
    public Optional<Waiting> waiting(Connection c, UUID id) {
        return Sql.one(c, COLUMNS + "where id = ? and force_id = waymark.ctx_force() and state = 'waiting'", this::waiting, id);
    }

    /** Gives it back uncalled. */
    public void release(Connection c, Claim claim) {
        Sql.run(c, "update waymark.outbound_parcel set lease = null, lease_until = null where id = ? and lease = ?", claim.id(),
            claim.lease());
    }

    /**
     * It was called in vain, or nobody knows whether it arrived: it is not called again before this machine time.
     *
     * @param why a short code in snake_case
     * @return false where it is another's by now
     */
    public boolean again(Connection c, Claim claim, Instant retryAt, String why) {
        return Sql.run(c, """
            update waymark.outbound_parcel
               set attempts = attempts + 1, retry_at = ?, why = ?, lease = null, lease_until = null
             where id = ? and lease = ? and state = 'waiting'""", retryAt, why, claim.id(), claim.lease()) == 1;
    }

    /** A system of the force fetches: from now on it can be late with it. @param now case time */
    public void fetched(Connection c, UUID force, Instant now) {
        Sql.run(c, """
            insert into waymark.outbound_reader (force_id, read_at) values (?, ?)
            on conflict (force_id) do update set read_at = excluded.read_at where outbound_reader.read_at < ?""", force, now,
            now.minus(Duration.ofMinutes(1)));
    }

    public Backlog backlog(Connection c) {
        return Sql.one(c, "select waiting, oldest, refused, oldest_taken from waymark.gate_parcel_backlog()",
            r -> new Backlog(r.getLong("waiting"), Sql.instant(r, "oldest"), r.getLong("refused"),
                Sql.instant(r, "oldest_taken"))).orElseThrow();
    }

    /**
     * Before asking what is late: of a force that takes nothing little is, and where one begins to take things its time begins.
     *
     * @param c of a transaction of nobody's
     * @param kinds of the adapters that hand over
     */
    public void putAside(Connection c, Collection<String> kinds, Instant caseNow) {
        Sql.one(c, "select waymark.gate_put_parcels_aside(?::text[], ?::text[], ?) as begun", r -> r.getInt("begun"),
            kinds.toArray(String[]::new), times.alwaysLate().toArray(String[]::new), times.lateAt(caseNow));
    }

    /** What staff should know of and do not. @param c of a transaction of nobody's */
    public List<Late> late(Connection c, Instant caseNow, int most) {
        return Sql.list(c, "select id, force_id from waymark.gate_late_parcels(?, ?)",
            r -> new Late(Sql.uuid(r, "id"), Sql.uuid(r, "force_id")), caseNow, most);
    }

    /** The next case time at which something is late. */
    public Optional<Instant> nextLate(Connection c, Instant caseNow) {
        return Sql.one(c, "select waymark.gate_next_late_parcel(?) as due", r -> Sql.instant(r, "due"), caseNow);
    }

    private Waiting waiting(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Waiting(id, Sql.uuid(r, "force_id"), r.getLong("number"), r.getString("type"), Sql.uuid(r, "case_id"),
            Sql.uuid(r, "person_id"), Sql.uuid(r, "subject_id"), Sql.instant(r, "created_at"), r.getInt("attempts"),
            opened(id, r.getBytes("data")));
    }

    /** Null where it cannot be opened: one such row keeps none of the others back. Without why, which may quote what a person wrote. */
    private JsonNode opened(UUID id, byte[] sealed) {
        try {
            return sealed == null ? null : JSON.readTree(sealing.open(Outbound.DATA, id, sealed));
        } catch (IOException | IllegalStateException e) {
            LOG.error("parcel {} cannot be opened", id);
            return null;
        }
    }
}
