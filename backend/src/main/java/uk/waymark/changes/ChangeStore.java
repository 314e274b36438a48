package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Changes in the database. What may be asked about which change follows from whom the transaction acts for. */
@Singleton
final class ChangeStore {
    private static final String DESTINATION = "contact_change.destination";
    private static final String REASON = "contact_change.decision_reason";
    private static final String NUMBER_KEY = "mobile";
    private static final String CODE_KEY = "contact_change";
    private static final byte[][] NO_KEYS = new byte[0][];

    private final Sealing sealing;
    private final MachineClock machine;
    private final CaseClock caseTime;

    ChangeStore(Sealing sealing, MachineClock machine, CaseClock caseTime) {
        this.sealing = sealing;
        this.machine = machine;
        this.caseTime = caseTime;
    }

    /** What the device that began it sees. @param state of the contract's {@code ContactChangeState} */
    record Mine(UUID id, ChangeKind kind, String state, Instant startedAt, Instant expiresAt) {
        Mine in(String other) {
            return new Mine(id, kind, other, startedAt, expiresAt);
        }
    }

    /**
     * @param to        null once it is over
     * @param suspects  the number is held for a suspect
     * @param unsafe    a force says so of it
     * @param begunHere the device that began it is still signed in
     */
    record Change(UUID id, UUID account, UUID session, Destination to, ChangeKind kind, boolean decided, boolean released,
                  Instant expiresAt, boolean confirmed, boolean over, boolean suspects, boolean unsafe, String language,
                  boolean begunHere) {
        /** Without the destination. */
        @Override
        public String toString() {
            return "Change[" + id + "]";
        }
    }

    /** Somebody on the account. */
    record Concerned(UUID person, UUID force, boolean flagged) { }

    /** @param note why, or null; @param by opaque name of staff, or null */
    record Decided(String by, String note) {
        static final Decided BY_ITSELF = new Decided(null, null);

        @Override
        public String toString() {
            return "Decided";
        }
    }

    /** @param c of a transaction of the person whose device begins it */
    void start(Connection c, UUID id, Destination to, boolean signOutOthers, String code, Instant expiresAt) {
        Sql.call(c, "select waymark.gate_start_change(?, ?, ?, ?, ?, ?, ?, ?)", id, to.kind().stored(),
            sealing.sealText(DESTINATION, id, to.value()),
            to.kind() == ChangeKind.MOBILE ? sealing.keys(NUMBER_KEY, to.value()) : NO_KEYS, signOutOthers,
            sealing.key(CODE_KEY, secret(id, code)), caseTime.instant(), expiresAt);
    }

    /** @return {@code right}, {@code wrong} or {@code before}; empty where it is not this device's */
    Optional<String> confirm(Connection c, UUID id, String code) {
        return Sql.one(c, "select waymark.gate_confirm_change(?, ?, ?, ?) as said", r -> r.getString("said"), id,
            sealing.keys(CODE_KEY, secret(id, code)), machine.instant(), caseTime.instant());
    }

    private static String secret(UUID id, String code) {
        return id + " " + code;
    }

    /** Of the device that asks, the newest first. @param before or null */
    List<Mine> mine(Connection c, UUID before, int limit) {
        return Sql.list(c, """
            select id, kind, started_at, expires_at, confirmed_at, done_at, ended_at from waymark.contact_change
             where session_id = (select waymark.ctx_session()) and (?::uuid is null or id < ?::uuid)
             order by id desc limit ?""", this::mine, before, before, limit);
    }

    Optional<Mine> mine(Connection c, UUID id) {
        return Sql.one(c, """
            select id, kind, started_at, expires_at, confirmed_at, done_at, ended_at from waymark.contact_change
             where session_id = (select waymark.ctx_session()) and id = ?""", this::mine, id);
    }

    private Mine mine(ResultSet r) throws SQLException {
        Instant expires = Sql.instant(r, "expires_at");
        String state = r.getObject("done_at") != null ? "done"
            : r.getObject("ended_at") != null ? "ended"
            : r.getObject("confirmed_at") != null ? "checking"
            : expires.isAfter(machine.instant()) ? "received" : "ended";
        return new Mine(Sql.uuid(r, "id"), ChangeKind.of(r.getString("kind")), state, Sql.instant(r, "started_at"), expires);
    }

    Optional<Change> find(Connection c, UUID id) {
        return Sql.one(c, "select * from waymark.gate_change(?)", r -> {
            ChangeKind kind = ChangeKind.of(r.getString("kind"));
            String value = sealing.openText(DESTINATION, id, r.getBytes("destination"));
            return new Change(id, Sql.uuid(r, "account_id"), Sql.uuid(r, "session_id"),
                value == null ? null : new Destination(kind, value), kind, r.getBoolean("decided"), r.getBoolean("released"),
                Sql.instant(r, "expires_at"), r.getBoolean("confirmed"), r.getBoolean("over"), r.getBoolean("suspects"),
                r.getBoolean("unsafe"), r.getString("language"), r.getBoolean("begun_here"));
        }, id);
    }

    /** Everyone on the account, force by force. */
    List<Concerned> people(Connection c, UUID id) {
        return Sql.list(c, "select person_id, force_id, safety from waymark.gate_change_people(?)",
            r -> new Concerned(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), r.getBoolean("safety")), id);
    }

    void release(Connection c, UUID id, boolean released) {
        Sql.call(c, "select waymark.gate_release_change(?, ?, ?)", id, released, machine.instant());
    }

    /** @param due when it takes effect by itself, or null: when staff allow it */
    void waits(Connection c, UUID id, Instant due, Decided decided) {
        Sql.call(c, "select waymark.gate_change_waits(?, ?::timestamptz, ?::text, ?::bytea)", id, due, decided.by(),
            note(id, decided));
    }

    boolean end(Connection c, UUID id, String reason, Decided decided) {
        return Sql.one(c, "select waymark.gate_end_change(?, ?, ?::text, ?::bytea, ?) as ended", r -> r.getBoolean("ended"), id,
            reason, decided.by(), note(id, decided), caseTime.instant()).orElse(false);
    }

    boolean done(Connection c, UUID id, Decided decided) {
        return Sql.one(c, "select waymark.gate_change_done(?, ?::text, ?::bytea, ?) as done", r -> r.getBoolean("done"), id,
            decided.by(), note(id, decided), caseTime.instant()).orElse(false);
    }

    private byte[] note(UUID id, Decided decided) {
        return sealing.sealText(REASON, id, decided.note());
    }

    /** @param c of a transaction of nobody, as for {@link #nextDue} and {@link #cleanUp} */
    List<UUID> due(Connection c) {
        return Sql.list(c, "select id from waymark.gate_changes_due(?) as id", r -> Sql.uuid(r, "id"), caseTime.instant());
    }

    Optional<Instant> nextDue(Connection c) {
        return Sql.one(c, "select waymark.gate_next_change(?) as due", r -> Sql.instant(r, "due"), caseTime.instant());
    }

    void cleanUp(Connection c) {
        Sql.call(c, "select waymark.gate_clean_up_changes(?, ?)", machine.instant(), caseTime.instant());
    }
}
