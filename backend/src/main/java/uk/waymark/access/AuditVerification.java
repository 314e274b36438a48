package uk.waymark.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Databases;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Goes through the audit log's chains from their beginnings, as the owner of the database, and names the first link that
 * does not fit: a row that was changed, taken away or put elsewhere, an end that was cut off, a signature that is not ours.
 */
public final class AuditVerification {
    private static final UUID NO_FORCE = new UUID(0, 0);
    private static final int ROWS_AT_ONCE = 5_000;
    private static final String ROW = """
        l.id, ((extract(epoch from l.at) * 1000000)::bigint)::text as at, l.force_id, l.caller, l.action, l.case_id,
        l.person_id, l.roles, l.unit, l.reason, l.reason_item, l.reason_id""";
    /** Signatures of the same by newer keys. */
    private static final String AGAIN = """
        case when s.mac is not null then array(select a.mac from waymark.audit_seal_again a
                                                where a.chain = k.chain and a.number = k.number) end as again,\s""";
    private static final List<String> COLUMNS = List.of("id", "at", "force_id", "caller", "action", "case_id", "person_id",
        "roles", "unit", "reason", "reason_item", "reason_id");
    private final Settings settings;
    private final Sealing sealing;

    /** What came of it. */
    public sealed interface Outcome { }

    /** @param waiting rows that are not sealed yet, as those of the last seconds are */
    public record Holds(List<Chain> chains, long waiting) implements Outcome { }

    /**
     * @param of   the force's code, or {@code none}
     * @param hash of its last link, in hex: kept elsewhere, it shows later that nothing was cut off
     */
    public record Chain(String of, long links, String hash) { }

    /**
     * @param of      the force's code, or {@code none}
     * @param link    its number in the chain; 0 where the row is in none
     * @param auditId the row of the audit log, or null where not even that is known
     * @param what    is wrong
     */
    public record Broken(String of, long link, Long auditId, String what) implements Outcome { }

    /** Ends the reading of a chain at its first link that does not fit. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Broken broken;

        Found(Broken broken) {
            super("broken", null, false, false);
            this.broken = broken;
        }
    }

    public AuditVerification(Settings settings) {
        this.settings = settings;
        this.sealing = new Sealing(settings.sealingKeyset(), settings.lookupKeyset());
    }

    /** @throws DatabaseFailure where the database cannot be read */
    public Outcome verify() {
        try (Connection c = Databases.owner(settings)) {
            c.setAutoCommit(false);
            c.setReadOnly(true);
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return verify(c);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private Outcome verify(Connection c) throws SQLException {
        Map<UUID, String> codes = new HashMap<>(Map.of(NO_FORCE, "none"));
        Sql.list(c, "select id, code from waymark.force", r -> codes.put(Sql.uuid(r, "id"), r.getString("code")));
        var chains = new ArrayList<Chain>();
        try {
            for (UUID chain : Sql.list(c, """
                    select chain from waymark.audit_link group by chain
                    union select coalesce(force_id, '00000000-0000-0000-0000-000000000000') from waymark.audit_log
                    order by 1""", r -> r.getObject(1, UUID.class))) {
                chains.add(follow(c, chain, codes.getOrDefault(chain, chain.toString())));
            }
        } catch (Found found) {
            return found.broken;
        }
        Optional<Broken> outside = outside(c, codes);
        if (outside.isPresent()) {
            return outside.get();
        }
        return new Holds(chains, Sql.one(c, "select count(*) from waymark.audit_unsealed", r -> r.getLong(1)).orElseThrow());
    }

    private Chain follow(Connection c, UUID chain, String of) throws SQLException, Found {
        long last = 0;
        long lastId = 0;
        long signed = 0;
        byte[] hash = AuditLink.NOTHING;
        try (var statement = c.prepareStatement("select k.number, k.audit_id, k.hash, s.mac, s.mac_version, " + AGAIN + ROW + """

                 from waymark.audit_link k left join waymark.audit_log l on l.id = k.audit_id
                 left join waymark.audit_seal s on s.chain = k.chain and s.number = k.number
                where k.chain = ? order by k.number""")) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setObject(1, chain);
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    last = inPlace(r, of, last);
                    lastId = r.getLong("audit_id");
                    hash = fits(r, chain, of, hash);
                    if (r.getBytes("mac") != null) {
                        checkSeal(r, chain, of, hash);
                        signed = last;
                    }
                }
            }
        }
        long known = Sql.one(c, "select coalesce(max(number), 0) from waymark.audit_seal where chain = ?", r -> r.getLong(1), chain)
            .orElseThrow();
        if (known > last) {
            throw new Found(new Broken(of, last + 1, null, "the chain is cut off here: it was signed up to link " + known));
        }
        if (signed != last) {
            throw new Found(new Broken(of, last, lastId, "the end of the chain is not signed"));
        }
        return new Chain(of, last, HexFormat.of().formatHex(hash));
    }

    private static long inPlace(ResultSet r, String of, long before) throws SQLException, Found {
        long number = r.getLong("number");
        if (number != before + 1) {
            throw new Found(new Broken(of, before + 1, null, "the link is missing"));
        }
        if (r.getObject("id") == null) {
            throw new Found(new Broken(of, number, r.getLong("audit_id"), "the row is missing from the audit log"));
        }
        return number;
    }

    private static byte[] fits(ResultSet r, UUID chain, String of, byte[] before) throws SQLException, Found {
        var columns = new ArrayList<String>();
        for (String column : COLUMNS) {
            columns.add(r.getString(column));
        }
        UUID force = Sql.uuid(r, "force_id");
        byte[] hash = new AuditLink(chain, r.getLong("number"), columns).hash(before);
        if (!chain.equals(force == null ? NO_FORCE : force) || !Arrays.equals(hash, r.getBytes("hash"))) {
            throw new Found(new Broken(of, r.getLong("number"), r.getLong("audit_id"),
                "the row is not what was sealed, or stands where another did"));
        }
        return hash;
    }

    private void checkSeal(ResultSet r, UUID chain, String of, byte[] hash) throws SQLException, Found {
        long number = r.getLong("number");
        var macs = new ArrayList<>(List.of(r.getBytes("mac")));
        macs.addAll(List.of((byte[][]) r.getArray("again").getArray()));
        byte[][] fitting = sealing.keys(AuditLink.purpose(), AuditLink.signed(chain, number, hash));
        if (macs.stream().noneMatch(mac -> Arrays.stream(fitting).anyMatch(key -> Arrays.equals(key, mac)))) {
            throw new Found(new Broken(of, number, r.getLong("audit_id"), "the signature does not fit; it names the key "
                + r.getInt("mac_version") + " of WAYMARK_LOOKUP_KEYSET, which must still be there"));
        }
    }

    /** What is in no chain must wait for one, and what waits must be there. */
    private static Optional<Broken> outside(Connection c, Map<UUID, String> codes) {
        Optional<Broken> lost = Sql.one(c, """
            select l.id, l.force_id from waymark.audit_log l
             where not exists (select 1 from waymark.audit_link k where k.audit_id = l.id)
               and not exists (select 1 from waymark.audit_unsealed u where u.audit_id = l.id)
             order by l.id limit 1""",
            r -> new Broken(codes.get(r.getObject("force_id") == null ? NO_FORCE : Sql.uuid(r, "force_id")), 0, r.getLong("id"),
                "the row is in no chain and does not wait for one"));
        return lost.isPresent() ? lost : Sql.one(c, """
            select u.audit_id from waymark.audit_unsealed u
             where not exists (select 1 from waymark.audit_log l where l.id = u.audit_id) order by 1 limit 1""",
            r -> new Broken("unknown", 0, r.getLong(1), "the row waited to be sealed and is missing from the audit log"));
    }
}
