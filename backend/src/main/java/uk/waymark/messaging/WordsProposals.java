package uk.waymark.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The rows of proposed words, and of how each version went live. All within the force that the transaction acts for. */
@Singleton
final class WordsProposals {
    static final String WAITING = "waiting";
    static final String APPROVED = "approved";
    static final String WITHDRAWN = "withdrawn";
    static final String REPLACED = "replaced";
    /** {@code back_to} of a change that went back to the words that all forces share. */
    static final int SHARED = 0;
    private static final String REASON = "template_proposal.reason";
    private static final String ENDED_REASON = "template_proposal.ended_reason";
    private static final String CHANGE_REASON = "template_change.reason";
    private static final String COLUMNS = """
        id, name, texts, reason, proposed_by, by_supervisor, proposed_at, state, ended_by, ended_at, ended_reason""";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Map<String, String>>> TEXTS = new TypeReference<>() { };

    private final Sealing sealing;
    private final Ids ids;

    WordsProposals(Sealing sealing, Ids ids) {
        this.sealing = sealing;
        this.ids = ids;
    }

    /**
     * Words that somebody would like a message to have.
     *
     * @param reason       or null
     * @param proposedBy   as their identity provider names them
     * @param bySupervisor whether a supervisor proposed it, and not an administrator
     * @param endedBy      who approved, withdrew or replaced it; null while it waits
     * @param endedReason  why it was withdrawn, or null
     */
    record Proposal(UUID id, String name, Map<String, Map<String, String>> texts, String reason, String proposedBy,
                    boolean bySupervisor, Instant proposedAt, String state, String endedBy, Instant endedAt, String endedReason) {
        boolean waits() {
            return state.equals(WAITING);
        }
    }

    /**
     * How a version went live.
     *
     * @param proposal what was approved; null where it was rolled back
     * @param backTo   the version whose words came back, {@link #SHARED} for those of all forces; null where it was approved
     * @param reason   why it was rolled back, or null
     */
    record Change(int version, UUID proposal, Integer backTo, String reason, String madeBy, Instant madeAt) { }

    /** The newest proposal of these words, whatever has become of it. */
    Optional<Proposal> latest(Connection c, String name) {
        return Sql.one(c, "select " + COLUMNS + """
             from waymark.template_proposal where force_id = waymark.ctx_force() and name = ?
            order by proposed_at desc, id desc limit 1""", this::proposal, name);
    }

    /** The one that waits, and nobody else decides about it until the transaction ends. */
    Optional<Proposal> held(Connection c, String name) {
        return Sql.one(c, "select " + COLUMNS + """
             from waymark.template_proposal where force_id = waymark.ctx_force() and name = ? and state = 'waiting'
            for update""", this::proposal, name);
    }

    List<Proposal> of(Connection c, UUID[] wanted) {
        return Sql.list(c, "select " + COLUMNS + " from waymark.template_proposal where id = any(?)", this::proposal, (Object) wanted);
    }

    /** @return the new one; empty where another one has come to wait meanwhile */
    Optional<Proposal> add(Connection c, UUID force, String name, Map<String, Map<String, String>> texts, String reason, String by,
                           boolean bySupervisor, Instant at) {
        UUID id = ids.next();
        int added = Sql.run(c, """
            insert into waymark.template_proposal (id, force_id, name, texts, reason, proposed_by, by_supervisor, proposed_at)
            values (?, ?, ?, ?::jsonb, ?, ?, ?, ?) on conflict (force_id, name) where state = 'waiting' do nothing""",
            id, force, name, json(texts), sealing.sealText(REASON, id, reason), by, bySupervisor, at);
        return added == 0 ? Optional.empty()
            : Optional.of(new Proposal(id, name, texts, reason, by, bySupervisor, at, WAITING, null, null, null));
    }

    /** @param reason or null */
    void end(Connection c, Proposal proposal, String state, String by, Instant at, String reason) {
        Sql.run(c, """
            update waymark.template_proposal set state = ?, ended_by = ?, ended_at = ?, ended_reason = ?
             where id = ? and state = 'waiting'""", state, by, at, sealing.sealText(ENDED_REASON, proposal.id(), reason), proposal.id());
    }

    /** How a version went live, in the transaction that brings it. */
    void changed(Connection c, UUID force, String name, Change change) {
        UUID id = ids.next();
        Sql.run(c, """
            insert into waymark.template_change (id, force_id, name, version, proposal_id, back_to, reason, made_by, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, force, name, change.version(), change.proposal(), change.backTo(),
            sealing.sealText(CHANGE_REASON, id, change.reason()), change.madeBy(), change.madeAt());
    }

    /** By version. One that was saved before two people were asked for has none. */
    Map<Integer, Change> changes(Connection c, String name) {
        var changes = new LinkedHashMap<Integer, Change>();
        Sql.list(c, """
            select id, version, proposal_id, back_to, reason, made_by, made_at from waymark.template_change
             where force_id = waymark.ctx_force() and name = ? order by version desc""",
            r -> new Change(r.getInt("version"), Sql.uuid(r, "proposal_id"), r.getObject("back_to", Integer.class),
                sealing.openText(CHANGE_REASON, Sql.uuid(r, "id"), r.getBytes("reason")), r.getString("made_by"),
                Sql.instant(r, "made_at")), name).forEach(change -> changes.put(change.version(), change));
        return changes;
    }

    private Proposal proposal(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Proposal(id, r.getString("name"), texts(r.getString("texts")), sealing.openText(REASON, id, r.getBytes("reason")),
            r.getString("proposed_by"), r.getBoolean("by_supervisor"), Sql.instant(r, "proposed_at"), r.getString("state"),
            r.getString("ended_by"), Sql.instant(r, "ended_at"), sealing.openText(ENDED_REASON, id, r.getBytes("ended_reason")));
    }

    private static String json(Map<String, Map<String, String>> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("proposed words cannot be written as JSON", e);
        }
    }

    private static Map<String, Map<String, String>> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("proposed words cannot be read", e);
        }
    }
}
