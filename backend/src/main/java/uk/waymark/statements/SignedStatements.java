package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Statements as they were signed, and what became of them. */
@Singleton
final class SignedStatements {
    static final String CONTENT = "statement.content";
    private static final String REFERENCE = "statement_standing.reference";
    private static final String SELECT = """
        select s.id, s.force_id, s.case_id, t.person_id, s.number, s.medium, s.signed_at, s.content, s.hash, t.state, t.decided_at,
               t.passed_on_at, t.reference, t.together, t.read_aloud, t.read_aloud_changes, t.read_aloud_sure,
               t.read_aloud_disowned is not distinct from t.read_aloud_changes as disowned
          from waymark.statement s join waymark.statement_standing t on t.statement_id = s.id\s""";
    private final Sealing sealing;

    SignedStatements(Sealing sealing) {
        this.sealing = sealing;
    }

    /**
     * @param person    whose it is now
     * @param reference what the force's own system calls it, or null
     * @param wish      who is to read it aloud, where that was changed since it was signed; or null
     * @param changes   how often that was changed
     * @param disowned  staff have heard from its person that the last change was not theirs
     * @param sure      what they wished for certain, where it was changed since it was signed; or null
     * @param together  checked because of somebody else with the same number: no answer to its person may show that
     */
    record Signed(UUID id, UUID force, UUID caseId, UUID person, long number, String medium, Instant signedAt, SignedContent content,
                  byte[] hash, String state, Instant decidedAt, Instant passedOnAt, String reference, boolean together, String wish,
                  int changes, boolean disowned, String sure) {
        /**
         * Who is to read it aloud, as its person is shown it: whoever holds their phone does not learn that they disowned a change; null for
         * what is kept elsewhere.
         */
        String readAloud() {
            return wish != null ? wish : asSigned();
        }

        /** The same for staff and the force's system: by what its person said themselves, where somebody else had changed it. */
        String readAloudByThem() {
            return wishByThem() != null ? wishByThem() : asSigned();
        }

        /** Null where it is as it was signed. */
        String wishByThem() {
            return disowned ? sure : wish;
        }

        private String asSigned() {
            return content.signing() == null ? null : content.signing().readAloud();
        }

        boolean here() {
            return medium.equals(SignedContent.APP);
        }

        /** The state that its person is shown: whoever looks over their shoulder does not learn that they disowned it. */
        String told() {
            boolean checked = state.equals(Onward.BEING_CHECKED) || state.equals("set_aside");
            return !checked ? state : together ? "signed" : Onward.BEING_CHECKED;
        }
    }

    /** @param version of the draft; @param hash of the last link, empty before the first */
    record Held(int version, long number, byte[] hash) { }

    Optional<Signed> one(Connection c, UUID id) {
        return Sql.one(c, SELECT + "where s.id = ?", this::signed, id);
    }

    /** Of the persons that the transaction acts for. */
    List<Signed> own(Connection c) {
        return Sql.list(c, SELECT + "where t.person_id = any ((select waymark.ctx_persons())::uuid[]) order by t.signed_at desc, s.id desc",
            this::signed);
    }

    List<Signed> page(Connection c, UUID force, UUID caseId, String state, Instant before, UUID beforeId, int most) {
        return Sql.list(c, SELECT + """
             where t.force_id = ? and (?::uuid is null or t.case_id = ?::uuid) and (?::text is null or t.state = ?)
               and (?::timestamptz is null or (t.signed_at, t.statement_id) < (?::timestamptz, ?::uuid))
             order by t.signed_at desc, t.statement_id desc limit ?""", this::signed, force, caseId, caseId, state, state, before,
            before, beforeId, most);
    }

    /** The last one of a person in a case that was signed here or kept elsewhere, translations left out. */
    static Optional<UUID> latest(Connection c, UUID caseId, UUID person) {
        return Sql.one(c, """
            select s.id from waymark.statement s join waymark.statement_standing t on t.statement_id = s.id
             where s.case_id = ? and t.person_id = ? and s.medium <> 'translation' and t.state <> 'set_aside'
             order by s.number desc limit 1""", r -> Sql.uuid(r, "id"), caseId, person);
    }

    /** In a transaction of the person: nobody changes or signs this draft, nor adds to the force's chain, until it ends. */
    static Optional<Held> hold(Connection c, UUID id, UUID person) {
        return Sql.one(c, "select version, number, hash from waymark.gate_hold_statement(?, ?)",
            r -> new Held(r.getInt("version"), r.getLong("number"), r.getBytes("hash")), id, person);
    }

    /** In a transaction of staff: nobody adds to the force's chain until it ends. */
    static Held holdChain(Connection c, UUID caseId) {
        return Sql.one(c, "select number, hash from waymark.gate_hold_chain(?)",
            r -> new Held(0, r.getLong("number"), r.getBytes("hash")), caseId).orElseThrow();
    }

    /** @return the state */
    Optional<String> sign(Connection c, Held held, SignedContent content) {
        String canonical = content.canonical();
        return Sql.one(c, "select waymark.gate_sign_statement(?, ?, ?, ?, ?, ?, ?, ?) as state", r -> r.getString("state"),
            content.id(), content.person(), held.version(), content.number(), content.signedAt(),
            sealing.sealText(CONTENT, content.id(), canonical), held.hash(), SignedContent.hash(canonical));
    }

    void record(Connection c, Held held, SignedContent content) {
        String canonical = content.canonical();
        Sql.call(c, "select waymark.gate_record_statement(?, ?, ?, ?, ?, ?, ?, ?, ?)", content.id(), content.caseId(), content.person(),
            content.number(), content.medium(), content.signedAt(), sealing.sealText(CONTENT, content.id(), canonical), held.hash(),
            SignedContent.hash(canonical));
    }

    /** Somebody has spoken to the person. @return false where that was decided before */
    static boolean decide(Connection c, UUID id, String state, String by, Instant now) {
        return Sql.run(c, """
            update waymark.statement_standing set state = ?, decided_at = ?, decided_by = ?
             where statement_id = ? and state = 'signed_being_checked'""", state, now, by, id) == 1;
    }

    /**
     * A flag has come since it was signed: it is checked before it goes any further.
     *
     * @return false where it is nobody's with a flag, has been checked, or is with the force already
     */
    static boolean holdBack(Connection c, UUID id) {
        return Sql.run(c, """
            update waymark.statement_standing t set state = 'signed_being_checked', together = not p.safety from waymark.person p
             where t.statement_id = ? and t.state = 'signed' and t.decided_at is null and p.id = t.person_id
               and (p.safety or waymark.gate_flagged_together(p.id))""", id) == 1;
    }

    /** Whether whose it is, or somebody reached on the same number, is in a case with a safety flag. */
    static boolean flagged(Connection c, UUID id) {
        return Sql.one(c, """
            select p.safety or waymark.gate_flagged_together(p.id) as flagged from waymark.statement_standing t
              join waymark.person p on p.id = t.person_id where t.statement_id = ?""", r -> r.getBoolean("flagged"), id).orElse(false);
    }

    /** Signed here, by somebody in this case or reached on the same number, and never checked; in this state. */
    static List<UUID> unchecked(Connection c, UUID caseId, String state) {
        return Sql.list(c, """
            select t.statement_id from waymark.statement_standing t join waymark.statement s on s.id = t.statement_id
             where t.force_id = waymark.ctx_force() and t.state = ? and t.decided_at is null and s.medium = 'app'
               and t.person_id in (select pa.person_id from waymark.participant pa where pa.case_id = ? and not pa.removed
                                   union select waymark.gate_reached_together(?))
             order by t.statement_id""", r -> Sql.uuid(r, "statement_id"), state, caseId, caseId);
    }

    /** Who is to read it aloud is known from themselves: by what they said last. */
    static void sureOfReadAloud(Connection c, UUID id) {
        Sql.run(c, "update waymark.statement_standing set read_aloud_sure = read_aloud, read_aloud_disowned = null where statement_id = ?", id);
    }

    /** The last change was not theirs: what was sure before holds for all but the phone, which shows what was said on it. */
    static void disownReadAloud(Connection c, UUID id) {
        Sql.run(c, "update waymark.statement_standing set read_aloud_disowned = read_aloud_changes where statement_id = ?", id);
    }

    /** In a transaction of the force: nothing of what became of it changes until that ends. */
    static void holdStanding(Connection c, UUID id) {
        Sql.one(c, "select 1 from waymark.statement_standing where statement_id = ? for update", r -> true, id);
    }

    /** @return false where it was changed since it was read */
    static boolean changeReadAloud(Connection c, Signed read, String choice, Instant now) {
        return Sql.one(c, "select waymark.gate_change_read_aloud(?, ?, ?, ?, ?) as changed", r -> r.getBoolean("changed"), read.id(),
            read.person(), read.changes(), choice, now).orElse(false);
    }

    /** The force has it. */
    void passedOn(Connection c, UUID id, String reference, Instant at) {
        Sql.run(c, """
            update waymark.statement_standing set state = 'passed_on', passed_on_at = ?, reference = ?
             where statement_id = ? and state = 'signed'""", at, sealing.sealText(REFERENCE, id, reference), id);
    }

    /** Whoever is one person from now on has what they signed under the other name. */
    static void merge(Connection c, UUID merged, UUID survivor) {
        Sql.run(c, "update waymark.statement_standing set person_id = ? where person_id = ?", survivor, merged);
        Sql.call(c, "select waymark.gate_merge_statements(?, ?)", merged, survivor);
    }

    private Signed signed(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Signed(id, Sql.uuid(r, "force_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getLong("number"),
            r.getString("medium"), Sql.instant(r, "signed_at"),
            SignedContent.of(sealing.openText(CONTENT, id, r.getBytes("content"))), r.getBytes("hash"), r.getString("state"),
            Sql.instant(r, "decided_at"), Sql.instant(r, "passed_on_at"), sealing.openText(REFERENCE, id, r.getBytes("reference")),
            r.getBoolean("together"), r.getString("read_aloud"), r.getInt("read_aloud_changes"),
            r.getBoolean("disowned"), r.getString("read_aloud_sure"));
    }
}
