package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.conversations.Conversation.Goes;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.conversations.Conversation.Sender;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The rows of conversations and their messages. Whose they are is the database's to say. */
@Singleton
final class ConversationStore {
    private static final String BODY = "conversation_message.body";
    private static final String NOTE = "conversation_message.disclosure_note";
    private static final String OFFICER = "conversation.officer";
    /** What became part of another one has nothing in it any more. */
    private static final String OF_CASE = """
        select k.* from waymark.conversation k join waymark.person p on p.id = k.person_id and p.merged_into is null
         where k.case_id = ? order by k.id""";
    private static final String MESSAGES = "select m.* from waymark.conversation_message m ";
    private final Sealing sealing;

    ConversationStore(Sealing sealing) {
        this.sealing = sealing;
    }

    /** Where a page of what waits ends. @param quiet whether nothing there sounds like danger */
    record Place(boolean quiet, Instant due, UUID id) { }

    /** Of a person in one case. */
    Optional<Conversation> own(Connection c, UUID caseId, UUID person) {
        return Sql.one(c, "select * from waymark.conversation where case_id = ? and person_id = ?", this::conversation, caseId, person);
    }

    Optional<Conversation> one(Connection c, UUID id) {
        return Sql.one(c, "select * from waymark.conversation where id = ?", this::conversation, id);
    }

    /** Held until the transaction ends; not for a person, who may read only. */
    Optional<Conversation> locked(Connection c, UUID id) {
        return Sql.one(c, "select * from waymark.conversation where id = ? for update", this::conversation, id);
    }

    List<Conversation> lockedOfCase(Connection c, UUID caseId) {
        return Sql.list(c, OF_CASE + " for update of k", this::conversation, caseId);
    }

    List<Conversation> ofCase(Connection c, UUID caseId) {
        return Sql.list(c, OF_CASE, this::conversation, caseId);
    }

    /** What waits: what sounds like danger first, then by what is due first. @param after the last of the page before, or null */
    List<Conversation> waiting(Connection c, UUID force, Place after, int limit) {
        return Sql.list(c, """
            select * from waymark.conversation
             where force_id = ? and (answer_by is not null or danger_by is not null)
               and (?::timestamptz is null or (danger_by is null, least(answer_by, danger_by), id) > (?::boolean, ?::timestamptz, ?::uuid))
             order by (danger_by is null), least(answer_by, danger_by), id limit ?""", this::conversation, force,
            after == null ? null : after.due(), after == null ? null : after.quiet(), after == null ? null : after.due(),
            after == null ? null : after.id(), limit);
    }

    /** @return {@code taken}, {@code too_many}, or empty where the case is not theirs */
    Optional<String> send(Connection c, UUID id, UUID conversation, UUID person, UUID caseId, String body, boolean danger, int most,
                          Instant now) {
        return Sql.one(c, "select waymark.gate_send_message(?, ?, ?, ?, ?, ?, ?, ?) as said", r -> r.getString("said"), id, conversation,
            person, caseId, sealing.sealText(BODY, id, body), danger, most, now);
    }

    void reply(Connection c, UUID id, Conversation in, String body, String by, Instant now) {
        Sql.run(c, """
            insert into waymark.conversation_message (id, conversation_id, force_id, case_id, person_id, sender, body, by_staff, sent_at)
            values (?, ?, ?, ?, ?, 'staff', ?, ?, ?)""", id, in.id(), in.force(), in.caseId(), in.person(),
            sealing.sealText(BODY, id, body), by, now);
    }

    void notice(Connection c, UUID id, Conversation in, String notice, Instant now) {
        Sql.run(c, """
            insert into waymark.conversation_message (id, conversation_id, force_id, case_id, person_id, sender, notice, sent_at)
            values (?, ?, ?, ?, ?, 'notice', ?, ?)""", id, in.id(), in.force(), in.caseId(), in.person(), notice, now);
    }

    Optional<Message> message(Connection c, UUID id) {
        return Sql.one(c, MESSAGES + "where m.id = ?", this::message, id);
    }

    /** The newest first. @param before the last of the page before, or null */
    List<Message> page(Connection c, UUID conversation, UUID before, int limit) {
        return Sql.list(c, MESSAGES + "where m.conversation_id = ? and (?::uuid is null or m.id < ?::uuid) order by m.id desc limit ?",
            this::message, conversation, before, before, limit);
    }

    /** All that the persons of an account have written and were written, in a transaction of theirs; the oldest first. */
    List<Message> own(Connection c, UUID after, int limit) {
        return Sql.list(c, MESSAGES + """
            where m.person_id = any ((select waymark.ctx_persons())::uuid[]) and m.sender <> 'notice' and (?::uuid is null or m.id > ?::uuid)
            order by m.id limit ?""", this::message, after, after, limit);
    }

    /** Held until the transaction ends: what waits and is theirs, the officer's, or taken on by them. */
    List<Conversation> lockedWaitingFor(Connection c, UUID force, String subject) {
        return Sql.list(c, """
            select k.* from waymark.conversation k
             where k.force_id = ? and (k.answer_by is not null or k.danger_by is not null)
               and (k.held_by = ? or k.held_by is null and k.goes_to = 'officer' or exists (
                     select 1 from waymark.work_item i
                      where i.force_id = k.force_id and i.subject_id = k.id and i.completed_at is null and i.claimed_by = ?))
             order by k.id for update of k""", this::conversation, force, subject, subject);
    }

    int unread(Connection c, UUID conversation) {
        return Sql.one(c, """
            select count(*) as n from waymark.conversation_message where conversation_id = ? and sender = 'person' and read_at is null""",
            r -> r.getInt("n"), conversation).orElse(0);
    }

    /** What the person has written after this message and nobody has answered; the first of it. */
    Optional<Message> firstAfter(Connection c, UUID conversation, UUID message) {
        return Sql.one(c, MESSAGES + "where m.conversation_id = ? and m.sender = 'person' and m.id > ? order by m.id limit 1", this::message,
            conversation, message);
    }

    /** Those of staff that the person has not read, the first one first. */
    List<UUID> unreadByPerson(Connection c, UUID conversation) {
        return Sql.list(c, """
            select id from waymark.conversation_message where conversation_id = ? and sender = 'staff' and read_at is null
             order by id""", r -> Sql.uuid(r, "id"), conversation);
    }

    /** What nobody has opened and goes on waiting, or, of what sounds like danger, what nobody has acknowledged; the first of them. */
    Optional<Message> firstUnread(Connection c, UUID conversation, boolean danger) {
        return Sql.one(c, MESSAGES + "where m.conversation_id = ? and m.sender = 'person' and "
            + (danger ? "m.danger and m.acknowledged_at is null" : "m.read_at is null") + " order by m.id limit 1", this::message,
            conversation);
    }

    /** Messages of the person that a member of staff has before them now. */
    void opened(Connection c, UUID[] messages, String by, Instant now) {
        Sql.run(c, """
            update waymark.conversation_message set read_at = ?, read_by = ?
             where id = any (?) and sender = 'person' and read_at is null""", now, by, messages);
    }

    /** What was opened. @return how many that nobody had acknowledged */
    int acknowledge(Connection c, UUID conversation, String by, Instant now) {
        return Sql.run(c, """
            update waymark.conversation_message set acknowledged_at = ?, acknowledged_by = ?
             where conversation_id = ? and sender = 'person' and read_at is not null and acknowledged_at is null""", now, by, conversation);
    }

    void answered(Connection c, UUID message, Instant now) {
        Sql.run(c, "update waymark.conversation_message set answered_at = ? where id = ? and answered_at is null", now, message);
    }

    /** Whether how long a reply took is reckoned from this one. */
    void began(Connection c, UUID message, boolean begins) {
        Sql.run(c, "update waymark.conversation_message set began_wait = ? where id = ?", begins, message);
    }

    void disclose(Connection c, UUID message, String by, String note, Instant now) {
        Sql.run(c, "update waymark.conversation_message set disclosed_at = ?, disclosed_by = ?, disclosure_note = ? where id = ?", now, by,
            sealing.sealText(NOTE, message, note), message);
    }

    void waits(Connection c, UUID id, UUID message, Instant since, Instant by) {
        Sql.run(c, "update waymark.conversation set waiting_message = ?::uuid, waiting_since = ?::timestamptz, "
            + "answer_by = ?::timestamptz where id = ?",
            message, since, by, id);
    }

    void danger(Connection c, UUID id, UUID message, Instant by) {
        Sql.run(c, "update waymark.conversation set danger_message = ?::uuid, danger_by = ?::timestamptz where id = ?", message, by, id);
    }

    void goes(Connection c, UUID id, String unit, Goes to, String officer, String heldBy) {
        Sql.run(c, "update waymark.conversation set unit = ?, goes_to = ?, officer = ?, held_by = ? where id = ?", unit,
            Conversation.wire(to), sealing.sealText(OFFICER, id, officer), heldBy, id);
    }

    /** Whether it goes to the next officer that there is. */
    void awaitsOfficer(Connection c, UUID id, boolean awaits) {
        Sql.run(c, "update waymark.conversation set awaits_officer = ? where id = ? and awaits_officer <> ?", awaits, id, awaits);
    }

    /** By staff, where there is none yet. */
    Conversation begin(Connection c, UUID id, UUID force, UUID caseId, UUID person) {
        Sql.run(c, """
            insert into waymark.conversation (id, force_id, case_id, person_id, goes_to) values (?, ?, ?, ?, 'witness_care')
            on conflict (case_id, person_id) do nothing""", id, force, caseId, person);
        return Sql.one(c, "select * from waymark.conversation where case_id = ? and person_id = ? for update", this::conversation, caseId, person)
            .orElseThrow();
    }

    private Conversation conversation(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Conversation(id, Sql.uuid(r, "force_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getString("unit"),
            Goes.valueOf(r.getString("goes_to").toUpperCase(Locale.ROOT)), sealing.openText(OFFICER, id, r.getBytes("officer")),
            r.getString("held_by"), Sql.uuid(r, "waiting_message"), Sql.instant(r, "waiting_since"), Sql.instant(r, "answer_by"),
            Sql.uuid(r, "danger_message"), Sql.instant(r, "danger_by"), r.getBoolean("awaits_officer"));
    }

    private Message message(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Message(id, Sql.uuid(r, "conversation_id"), Sql.uuid(r, "force_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"),
            Sender.valueOf(r.getString("sender").toUpperCase(Locale.ROOT)), r.getString("notice"),
            sealing.openText(BODY, id, r.getBytes("body")), r.getString("by_staff"), Sql.instant(r, "sent_at"), r.getBoolean("danger"),
            Sql.instant(r, "read_at"), Sql.instant(r, "acknowledged_at"), Sql.instant(r, "passed_on_at"), Sql.instant(r, "disclosed_at"),
            Sql.instant(r, "disclosure_passed_on_at"));
    }
}
