package uk.waymark.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.callbacks.CallBack.Details;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.callbacks.CallBack.Outcome;
import uk.waymark.callbacks.CallBack.Reason;
import uk.waymark.callbacks.CallBack.Via;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The rows of call backs. Whose they are is the database's to say. */
@Singleton
final class CallBackStore {
    static final String DETAILS = "call_back.details";
    static final String NOTE = "call_back.note";
    static final String ATTEMPT_NOTE = "call_back_attempt.note";
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private static final String SELECT = "select b.* from waymark.call_back b ";
    private final Sealing sealing;

    CallBackStore(Sealing sealing) {
        this.sealing = sealing;
    }

    Optional<CallBack> one(Connection c, UUID id) {
        return Sql.one(c, SELECT + "where b.id = ?", this::row, id);
    }

    /** Held until the transaction ends; not for a person, who may read only. */
    Optional<CallBack> locked(Connection c, UUID id) {
        return Sql.one(c, SELECT + "where b.id = ? for update", this::row, id);
    }

    /** Those that still wait by this item of the work queue. */
    Optional<CallBack> ofItem(Connection c, UUID item) {
        return Sql.one(c, SELECT + "where b.item_id = ? and b.ended_at is null for update", this::row, item);
    }

    /** Of a person's own in a case, the newest first. @param before the last one of the page before, or null */
    List<CallBack> inCase(Connection c, UUID caseId, UUID before, int limit) {
        return Sql.list(c, SELECT + "where b.case_id = ? and (?::uuid is null or b.id < ?::uuid) order by b.id desc limit ?", this::row,
            caseId, before, before, limit);
    }

    /** All that the persons of an account asked for, in a transaction of theirs. */
    List<CallBack> own(Connection c) {
        return Sql.list(c, SELECT + "where b.person_id = any ((select waymark.ctx_persons())::uuid[]) order by b.id", this::row);
    }

    /** What waits: who does not feel safe first, then by what is due first. @param after the last one of the page before, or null */
    List<CallBack> waiting(Connection c, UUID force, String unit, UUID caseId, Place after, int limit) {
        return Sql.list(c, SELECT + """
            where b.force_id = ? and b.ended_at is null and (?::text is null or b.unit = ?::text)
              and (?::uuid is null or b.case_id = ?::uuid)
              and (?::timestamptz is null or (b.reason <> 'not_safe', b.next_at, b.id) > (?::boolean, ?::timestamptz, ?::uuid))
            order by (b.reason <> 'not_safe'), b.next_at, b.id limit ?""", this::row, force, unit, unit, caseId, caseId,
            after == null ? null : after.nextAt(), after == null ? null : after.later(), after == null ? null : after.nextAt(),
            after == null ? null : after.id(), limit);
    }

    /** Where a page ends. */
    record Place(boolean later, Instant nextAt, UUID id) { }

    /** @return {@code taken}, {@code too_many}, or empty where the case is not theirs */
    Optional<String> ask(Connection c, UUID id, UUID person, UUID caseId, Reason reason, String language, Details details, int most,
                         Instant now) {
        return Sql.one(c, "select waymark.gate_ask_call_back(?, ?, ?, ?, ?, ?, ?, ?, ?) as said", r -> r.getString("said"), id, person,
            caseId, CallBack.wire(reason), language, seal(id, details), now, most, now);
    }

    /** For staff, or a text. */
    void insert(Connection c, UUID id, UUID force, UUID person, UUID caseId, Reason reason, Via via, String by, String language,
                Details details, Instant now) {
        Sql.run(c, """
            insert into waymark.call_back (id, force_id, case_id, person_id, reason, via, asked_by, asked_at, to_confirm, language, details,
                                           due_at, next_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?, ?, ?)""", id, force, caseId, person, CallBack.wire(reason), CallBack.wire(via), by,
            now, language, seal(id, details), now, now);
    }

    /** Somebody asked again for what waits already: it is due sooner, and never later. */
    void sooner(Connection c, UUID id, Instant due) {
        Sql.run(c, """
            update waymark.call_back set due_at = least(due_at, ?::timestamptz), next_at = least(next_at, ?::timestamptz),
                   version = version + 1 where id = ?""", due, due, id);
    }

    /** Asked for by a text, or by an answer that said nothing else, and not over, in one case, the oldest first; held until the transaction ends. */
    List<CallBack> byAnswer(Connection c, UUID person, UUID caseId, Via via) {
        return Sql.list(c, SELECT + """
            where b.person_id = ? and b.case_id = ? and b.via = ? and b.ended_at is null order by b.id for update""", this::row,
            person, caseId, CallBack.wire(via)).stream()
            .filter(b -> via == Via.SMS || b.reason() == Reason.OTHER && b.details().equals(Details.NONE)).toList();
    }

    /** When somebody rings, for one that was just asked for or moved. */
    void place(Connection c, UUID id, String unit, boolean toConfirm, Instant due, Instant next, Slot slot, UUID item) {
        Sql.run(c, """
            update waymark.call_back set unit = ?, to_confirm = ?, due_at = ?, next_at = ?, slot_from = ?::timestamptz,
                   slot_to = ?::timestamptz, item_id = ? where id = ?""", unit, toConfirm, due, next, slot == null ? null : slot.from(),
            slot == null ? null : slot.to(), item, id);
    }

    /** @param times whether they would like other times: then a call that they missed is behind them */
    void change(Connection c, UUID id, String language, Details details, boolean toConfirm, boolean times) {
        Sql.run(c, """
            update waymark.call_back set language = ?, details = ?, to_confirm = ?, version = version + 1, lapsed_by = null,
                   missed_at = case when decision_needed or not ? then missed_at end where id = ?""", language, seal(id, details),
            toConfirm, times, id);
    }

    void claim(Connection c, UUID id, String by, Instant now) {
        Sql.run(c, """
            update waymark.call_back set claimed_by = ?, claimed_at = ?, lapsed_by = null, version = version + 1 where id = ?""", by, now,
            id);
    }

    /** Whoever has it may still be speaking to the person: what they put down is taken while nobody else has taken it on. */
    void lapse(Connection c, UUID id) {
        Sql.run(c, """
            update waymark.call_back set lapsed_by = claimed_by, claimed_by = null, claimed_at = null, version = version + 1
             where id = ?""", id);
    }

    void giveBack(Connection c, UUID id) {
        Sql.run(c, "update waymark.call_back set claimed_by = null, claimed_at = null, version = version + 1 where id = ?", id);
    }

    /** The next call is due then, and has no slot of its own. */
    void missed(Connection c, UUID id, Instant at, Instant next) {
        Sql.run(c, """
            update waymark.call_back set missed_at = ?, next_at = ?, slot_from = null, slot_to = null, claimed_by = null,
                   claimed_at = null, version = version + 1 where id = ?""", at, next, id);
    }

    void tried(Connection c, UUID id, Outcome outcome, boolean inVain, boolean decide, Instant now) {
        Sql.run(c, """
            update waymark.call_back set tried = tried + 1, failed = failed + ?, last_outcome = ?, decision_needed = ?,
                   reached_at = case when ? then coalesce(reached_at, ?) else reached_at end, version = version + 1 where id = ?""",
            inVain ? 1 : 0, CallBack.wire(outcome), decide, outcome == Outcome.REACHED, now, id);
    }

    void attempt(Connection c, UUID attempt, CallBack b, Outcome outcome, String note, String by, Instant now) {
        Sql.run(c, """
            insert into waymark.call_back_attempt (id, call_back_id, force_id, case_id, person_id, outcome, note, by_staff, at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", attempt, b.id(), b.force(), b.caseId(), b.person(), CallBack.wire(outcome),
            sealing.sealText(ATTEMPT_NOTE, attempt, note), by, now);
    }

    /** One more call may be made. @param allowed calls in vain that count from now on */
    void decided(Connection c, UUID id, int allowed, Instant next, String why) {
        Sql.run(c, """
            update waymark.call_back set decision_needed = false, failed = ?, next_at = ?, note = ?, version = version + 1
             where id = ?""", allowed, next, sealing.sealText(NOTE, id, why), id);
    }

    void end(Connection c, UUID id, Ending ending, String note, Instant now) {
        Sql.run(c, """
            update waymark.call_back set ended_at = ?, ending = ?, note = coalesce(?, note), claimed_by = null, claimed_at = null,
                   lapsed_by = null, decision_needed = false, version = version + 1 where id = ?""", now, CallBack.wire(ending),
            sealing.sealText(NOTE, id, note), id);
    }

    /** What staff wrote when it ended, or was decided; or null. */
    String note(Connection c, UUID id) {
        return Sql.one(c, "select note from waymark.call_back where id = ?", r -> sealing.openText(NOTE, id, r.getBytes("note")), id)
            .orElse(null);
    }

    private CallBack row(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        Instant from = Sql.instant(r, "slot_from");
        return new CallBack(id, Sql.uuid(r, "force_id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"), r.getString("unit"),
            value(Reason.class, r.getString("reason")), value(Via.class, r.getString("via")), r.getString("asked_by"),
            Sql.instant(r, "asked_at"), r.getBoolean("to_confirm"), r.getString("language"), open(id, r.getBytes("details")),
            Sql.instant(r, "due_at"), Sql.instant(r, "next_at"), from == null ? null : new Slot(from, Sql.instant(r, "slot_to")),
            r.getString("claimed_by"), Sql.instant(r, "claimed_at"), r.getString("lapsed_by"), r.getInt("failed"), r.getInt("tried"),
            value(Outcome.class, r.getString("last_outcome")), Sql.instant(r, "missed_at"), Sql.instant(r, "reached_at"),
            r.getBoolean("decision_needed"), Sql.instant(r, "ended_at"), value(Ending.class, r.getString("ending")),
            Sql.uuid(r, "item_id"), r.getInt("version"), Sql.instant(r, "passed_on_at"));
    }

    private static <E extends Enum<E>> E value(Class<E> type, String stored) {
        return stored == null ? null : Enum.valueOf(type, stored.toUpperCase(Locale.ROOT));
    }

    private byte[] seal(UUID id, Details details) {
        try {
            return sealing.sealText(DETAILS, id, JSON.writeValueAsString(details));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was asked for cannot be written");
        }
    }

    private Details open(UUID id, byte[] sealed) {
        try {
            return JSON.readValue(sealing.openText(DETAILS, id, sealed), Details.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was asked for cannot be read");
        }
    }
}
