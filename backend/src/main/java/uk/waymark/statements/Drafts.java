package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Drafts, sealed. Whose they are is the database's to say; it shows them to nobody else. */
@Singleton
final class Drafts {
    private static final String WORDS = "statement_draft.words";
    private static final String SELECT = """
        select d.id, d.force_id, d.case_id, d.person_id, d.words, d.version, d.touched_at, d.warned_at,
               (select pa.role from waymark.participant pa where pa.case_id = d.case_id and pa.person_id = d.person_id) as role
          from waymark.statement_draft d\s""";
    private final Sealing sealing;

    Drafts(Sealing sealing) {
        this.sealing = sealing;
    }

    /**
     * @param role     of its person in the case; null where they take no part any more
     * @param version  counts the changes, from 1
     * @param warnedAt null where it does not go soon
     */
    record Draft(UUID id, UUID force, UUID caseId, UUID person, String role, DraftWords words, int version, Instant touchedAt,
                 Instant warnedAt) {
        String tag() {
            return ETags.of(id + ":" + version);
        }
    }

    Optional<Draft> one(Connection c, UUID id) {
        return Sql.one(c, SELECT + "where d.id = ?", this::draft, id);
    }

    /** Of the persons that the transaction acts for. */
    List<Draft> inCase(Connection c, UUID caseId) {
        return Sql.list(c, SELECT + "where d.case_id = ? order by d.id desc", this::draft, caseId);
    }

    List<Draft> own(Connection c) {
        return Sql.list(c, SELECT + "order by d.id desc", this::draft);
    }

    /** @return {@code begun}, {@code not_there}, {@code not_asked} or {@code too_many} */
    String begin(Connection c, UUID id, UUID person, UUID caseId, DraftWords words, int most, Instant now) {
        return Sql.one(c, "select waymark.gate_begin_statement(?, ?, ?, ?, ?, ?) as how", r -> r.getString("how"), id, person, caseId,
            seal(id, words), most, now).orElseThrow();
    }

    /** @return false where it is not the version that was read any more */
    boolean save(Connection c, Draft read, DraftWords words, Instant now) {
        return Sql.one(c, "select waymark.gate_save_statement(?, ?, ?, ?, ?) as saved", r -> r.getBoolean("saved"), read.id(),
            read.person(), seal(read.id(), words), read.version(), now).orElse(false);
    }

    /** @return false where it is not the version that was read any more */
    boolean drop(Connection c, Draft read) {
        return Sql.one(c, "select waymark.gate_drop_statement(?, ?, ?) as dropped", r -> r.getBoolean("dropped"), read.id(),
            read.person(), read.version()).orElse(false);
    }

    void offered(Connection c, UUID id, UUID person, UUID caseId, Instant now) {
        Sql.call(c, "select waymark.gate_offer_statement(?, ?, ?, ?)", id, person, caseId, now);
    }

    private byte[] seal(UUID id, DraftWords words) {
        return sealing.sealText(WORDS, id, StatementJson.write(words));
    }

    private Draft draft(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Draft(id, Sql.uuid(r, "force_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getString("role"),
            StatementJson.read(sealing.openText(WORDS, id, r.getBytes("words")), DraftWords.class), r.getInt("version"),
            Sql.instant(r, "touched_at"), Sql.instant(r, "warned_at"));
    }
}
