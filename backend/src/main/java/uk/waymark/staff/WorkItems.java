package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Where every feature leaves what waits for staff. What is opened commits or goes with the caller's transaction, so
 * nothing that could not be told ends in silence.
 */
@Singleton
public final class WorkItems {
    static final String DETAIL = "work_item.detail";
    /** What staff are to do for a message: its detail says where to and in which words. */
    static final Set<String> TASKS = Set.of("call_to_make", "call_first", "letter_to_post");
    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;

    WorkItems(Sealing sealing, Ids ids, CaseClock clock) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Opens an item for the force that the transaction acts for; once per dedupe key, whether it was completed since or
     * not.
     *
     * @param connection of a transaction of staff, a system or a worker of the force; the database refuses any other
     * @return whether it is new
     */
    public boolean open(Connection connection, NewWorkItem item) {
        var id = ids.next();
        return Sql.run(connection, """
            insert into waymark.work_item (id, force_id, kind, dedupe_key, case_id, person_id, subject_id, reason,
                                           detail, due_at, created_at, about_staff, about_supervisor)
            values (?, waymark.ctx_force(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (force_id, dedupe_key) do nothing""",
            id, item.kind(), item.dedupeKey(), item.caseId(), item.personId(), item.subjectId(), item.reason(),
            sealing.sealText(DETAIL, id, item.sealedDetailPlain()), item.dueAt(), clock.instant(),
            item.aboutStaff(), item.aboutSupervisor()) == 1;
    }

    /** The item with this key, open or completed. */
    public Optional<UUID> idOf(Connection connection, String dedupeKey) {
        return Sql.one(connection,
            "select id from waymark.work_item where force_id = waymark.ctx_force() and dedupe_key = ?",
            r -> Sql.uuid(r, "id"), dedupeKey);
    }

    /** @param caseId or null; @param personId or null; @param claimed somebody is at it */
    public record Waits(String kind, UUID caseId, UUID personId, boolean claimed, Instant createdAt) { }

    /** What an item that nobody has completed is about; empty where it is completed. */
    public Optional<Waits> waits(Connection connection, UUID item) {
        return Sql.one(connection, """
            select kind, case_id, person_id, claimed_by is not null as claimed, created_at from waymark.work_item
             where id = ? and completed_at is null""", r -> new Waits(r.getString("kind"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"),
                r.getBoolean("claimed"), Sql.instant(r, "created_at")), item);
    }

    /** What an item of one of these kinds is about, for the feature that opened it; empty for items of others. Nothing is locked. */
    public Optional<UUID> subject(Connection connection, UUID item, Set<String> kinds) {
        return Sql.one(connection, "select subject_id from waymark.work_item where id = ? and kind = any (?)",
            r -> Sql.uuid(r, "subject_id"), item, kinds.toArray(String[]::new));
    }

    /** Whether something of this kind about the person has yet to be done. */
    public boolean anyOpen(Connection connection, String kind, UUID person) {
        return Sql.one(connection, """
            select 1 from waymark.work_item
             where force_id = waymark.ctx_force() and kind = ? and person_id = ? and completed_at is null limit 1""",
            r -> true, kind, person).orElse(false);
    }

    /** Whether somebody is at the item with this key, and has not completed it. */
    public boolean claimed(Connection connection, String dedupeKey) {
        return Sql.one(connection, """
            select 1 from waymark.work_item
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null and claimed_by is not null""",
            r -> true, dedupeKey).orElse(false);
    }

    /** When the item with this key is due; empty where it is completed. */
    public Optional<Instant> dueAt(Connection connection, String dedupeKey) {
        return Sql.one(connection, """
            select due_at from waymark.work_item
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null""",
            r -> Sql.instant(r, "due_at"), dedupeKey);
    }

    /**
     * More is known of what somebody is about to ring first for: it stays in the queue, with whoever has it and when it is due.
     *
     * @param words before what it says already
     * @return whether there is such an item, not completed
     */
    public boolean addToCallFirst(Connection connection, UUID messageId, String reason, String words) {
        record Known(UUID id, String reason, String detail) { }
        var open = Sql.list(connection, """
            select id, reason, detail from waymark.work_item
             where subject_id = ? and kind = 'call_first' and completed_at is null for update""",
            r -> new Known(Sql.uuid(r, "id"), r.getString("reason"),
                sealing.openText(DETAIL, Sql.uuid(r, "id"), r.getBytes("detail"))), messageId);
        for (Known item : open) {
            if (!reason.equals(item.reason())) {
                Sql.run(connection, "update waymark.work_item set reason = ?, detail = ? where id = ?", reason,
                    sealing.sealText(DETAIL, item.id(), item.detail() == null ? words : words + "\n\n" + item.detail()), item.id());
            }
        }
        return !open.isEmpty();
    }

    /** An item says what another one about the same says as well, which is to be settled: nothing that a person wrote is lost with it. */
    public void add(Connection connection, UUID item, UUID other) {
        Map<UUID, String> said = Sql.list(connection, """
            select id, detail from waymark.work_item where id in (?, ?) and completed_at is null order by id for update""",
            r -> Map.entry(Sql.uuid(r, "id"), Objects.toString(sealing.openText(DETAIL, Sql.uuid(r, "id"), r.getBytes("detail")), "")), item, other)
            .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (said.size() == 2 && !said.get(item).contains(said.get(other))) {
            Sql.run(connection, "update waymark.work_item set detail = ? where id = ?",
                sealing.sealText(DETAIL, item, said.get(item) + "\n\n" + said.get(other)), item);
        }
    }

    /** Nobody has to ring or post any more about a message: it has come to its person another way. */
    public void settleTasks(Connection connection, UUID messageId) {
        Sql.run(connection, """
            update waymark.work_item set completed_at = ?, outcome = 'done'
             where subject_id = ? and kind in ('call_to_make', 'letter_to_post', 'call_first') and completed_at is null""",
            clock.instant(), messageId);
    }

    /** What was to be done has come right by itself: takes the item off the queue if nobody has completed it. */
    public void settle(Connection connection, String dedupeKey) {
        Sql.run(connection, """
            update waymark.work_item set completed_at = ?, outcome = 'done'
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null""",
            clock.instant(), dedupeKey);
    }

    /** What was to be asked of these persons has been answered: takes items of this kind off the queue. */
    public void settleKind(Connection connection, String kind, UUID[] persons) {
        if (persons.length > 0) {
            Sql.run(connection, """
                update waymark.work_item set completed_at = ?, outcome = 'done'
                 where force_id = waymark.ctx_force() and kind = ? and person_id = any(?) and completed_at is null""",
                clock.instant(), kind, persons);
        }
    }

    /** Raises an item that is open to supervisors before it is due. */
    public void escalate(Connection connection, String dedupeKey) {
        Sql.run(connection, """
            update waymark.work_item set escalated_at = ?
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null and escalated_at is null""",
            clock.instant(), dedupeKey);
    }

    /** The same of an item by its id. */
    public void escalate(Connection connection, UUID item) {
        Sql.run(connection, """
            update waymark.work_item set escalated_at = ? where id = ? and completed_at is null and escalated_at is null""",
            clock.instant(), item);
    }

    /** It must be done sooner than it was thought, if it is not done yet; never later. */
    public void dueBy(Connection connection, String dedupeKey, Instant due) {
        Sql.run(connection, """
            update waymark.work_item set due_at = least(due_at, ?::timestamptz)
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null""", due, dedupeKey);
    }

    /** What it is about goes by another id from now on. */
    public void about(Connection connection, String dedupeKey, UUID subject) {
        Sql.run(connection, """
            update waymark.work_item set subject_id = ? where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null""",
            subject, dedupeKey);
    }

    /** More is known by now, and it is due anew: the item under this key, where it is open, becomes this one. */
    public void replace(Connection connection, NewWorkItem item) {
        Sql.list(connection, """
            select id from waymark.work_item
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null for update""", r -> Sql.uuid(r, "id"),
            item.dedupeKey()).forEach(id -> Sql.run(connection, """
                update waymark.work_item set kind = ?, case_id = ?, subject_id = ?, reason = ?, detail = ?, due_at = ? where id = ?""",
                item.kind(), item.caseId(), item.subjectId(), item.reason(), sealing.sealText(DETAIL, id, item.sealedDetailPlain()),
                item.dueAt(), id));
    }

    /**
     * Two people turned out to be one: what waits for staff about the one is about the other from now on. Where the same waits
     * about both, it is done once.
     */
    public void merge(Connection connection, UUID merged, UUID survivor) {
        String from = merged.toString();
        String to = survivor.toString();
        Sql.run(connection, """
            update waymark.work_item i set completed_at = ?, outcome = 'done'
             where i.force_id = waymark.ctx_force() and i.person_id = ? and i.completed_at is null
               and exists (select 1 from waymark.work_item o where o.force_id = i.force_id and o.id <> i.id and o.completed_at is null
                              and o.dedupe_key = replace(i.dedupe_key, ?, ?))""", clock.instant(), merged, from, to);
        Sql.run(connection, """
            update waymark.work_item i set person_id = ?, dedupe_key = case
                     when exists (select 1 from waymark.work_item o where o.force_id = i.force_id and o.dedupe_key = replace(i.dedupe_key, ?, ?))
                     then i.dedupe_key else replace(i.dedupe_key, ?, ?) end
             where i.force_id = waymark.ctx_force() and i.person_id = ? and i.completed_at is null""", survivor, from, to, from, to,
            merged);
    }

    /**
     * Whoever takes on what a feature shows for itself has its item in the queue as well.
     *
     * @param by as the force's identity provider names them
     * @return false where somebody else has it; an item that is completed is nobody's
     */
    public boolean claim(Connection connection, UUID item, String by) {
        return Sql.one(connection, """
            update waymark.work_item set claimed_by = case when completed_at is null then ? else claimed_by end,
                   claimed_at = case when completed_at is null then ? else claimed_at end
             where id = ? and (completed_at is not null or claimed_by is null or claimed_by = ?) returning 1 as one""",
            r -> true, by, clock.instant(), item, by).orElse(false);
    }

    /** Who has it, as the force's identity provider names them, and since when. */
    public record Held(String by, Instant since) { }

    /** Empty where nobody has it, or it is completed. */
    public Optional<Held> held(Connection connection, UUID item) {
        return Sql.one(connection, """
            select claimed_by, claimed_at from waymark.work_item
             where id = ? and completed_at is null and claimed_by is not null for update""",
            r -> new Held(r.getString("claimed_by"), Sql.instant(r, "claimed_at")), item);
    }

    /** Nobody has it any more; it is due when it was. */
    public void giveBack(Connection connection, UUID item) {
        Sql.run(connection, """
            update waymark.work_item set claimed_by = null, claimed_at = null where id = ? and completed_at is null""", item);
    }

    /** Nobody has it any more. @param dueAt by when somebody should take it on again */
    public void giveBack(Connection connection, UUID item, Instant dueAt) {
        Sql.run(connection, """
            update waymark.work_item set claimed_by = null, claimed_at = null, due_at = ? where id = ? and completed_at is null""",
            dueAt, item);
    }

    /** Takes this item off the queue, if nobody has completed it. */
    public void settle(Connection connection, UUID item) {
        Sql.run(connection, """
            update waymark.work_item set completed_at = ?, outcome = 'done' where id = ? and completed_at is null""",
            clock.instant(), item);
    }

    /** The same of an item that nobody has claimed in the meantime: whoever has it speaks of it at this moment. */
    public void settleUnclaimed(Connection connection, UUID item) {
        Sql.run(connection, """
            update waymark.work_item set completed_at = ?, outcome = 'done'
             where id = ? and completed_at is null and claimed_by is null""", clock.instant(), item);
    }

    /** What is open of this kind about one subject. */
    public List<UUID> openOf(Connection connection, String kind, UUID subject) {
        return Sql.list(connection, """
            select id from waymark.work_item
             where force_id = waymark.ctx_force() and kind = ? and subject_id = ? and completed_at is null order by id""",
            r -> Sql.uuid(r, "id"), kind, subject);
    }

    /** Takes what is open of this kind about one subject off the queue. */
    public void settleOf(Connection connection, String kind, UUID subject) {
        Sql.run(connection, """
            update waymark.work_item set completed_at = ?, outcome = 'done'
             where force_id = waymark.ctx_force() and kind = ? and subject_id = ? and completed_at is null""",
            clock.instant(), kind, subject);
    }

    /** More is known by now: changes what an item that is still open says. */
    public void changeKind(Connection connection, String dedupeKey, String kind, String reason) {
        Sql.run(connection, """
            update waymark.work_item set kind = ?, reason = ?
             where force_id = waymark.ctx_force() and dedupe_key = ? and completed_at is null""",
            kind, reason, dedupeKey);
    }
}
