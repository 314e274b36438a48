package uk.waymark.staff;

import static java.util.Map.entry;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What waits for a force's staff, by what is due first. Who saw whose item is written down. */
@Singleton
class WorkQueue {
    static final String NOTE = "work_item.note";
    static final String DONE = "done";
    private static final String ME = "me";
    private static final String NOBODY = "nobody";
    /** By kind; every other one is completed with done. Who has to ring or to post says how it went. */
    static final Map<String, Set<String>> OUTCOMES = Map.ofEntries(
        entry("text_held", Set.of(DONE, "show_text", "keep_hidden")),
        entry("call_to_make", Set.of("told", "no_answer", "left_no_message", "wrong_number")),
        entry("call_first", Set.of("told", "no_answer", "left_no_message", "wrong_number")),
        entry("call_now", Set.of("told", "no_answer", "wrong_number")),
        entry("letter_to_post", Set.of("posted", "wrong_address")),
        entry("quiet_change", Set.of("tell", "keep_quiet")),
        entry("hearing_kinds_differ", Set.of("put_right", "both_right")),
        entry("no_answer_call", Set.of("told", "no_answer", "left_no_message", "wrong_number")),
        entry("hearing_to_tell", Set.of("told", "no_answer", "left_no_message", "wrong_number")),
        entry("tell_in_person", Set.of("told")),
        entry("statement_signed", Set.of("filed")),
        entry("statement_read_aloud", Set.of(DONE, "confirmed", "not_theirs")),
        entry("outbound_refused", Set.of("handled", "retry")),
        entry("outbound_late", Set.of("handled", "retry")));
    private static final String RESTRICTED = "restricted_case";
    private static final int NAME_LENGTH = 100;
    /** Who does not come first; the expression of the index {@code work_item_urgent}. */
    private static final String LATER = "(reason not in ('danger', 'not_safe', 'reply_help'))";
    private static final String COLUMNS =
        "id, kind, case_id, person_id, subject_id, reason, detail, due_at, created_at, claimed_by, claimed_at, escalated_at, "
        // behind each of them there may be a call that somebody asked for, which is what is taken on
        + "case when kind = 'call_wanted' then (select b.id from waymark.call_back b where b.item_id = work_item.id and b.ended_at is null) "
        + "end as call_back_id, " + LATER + " as later, "
        + OpenItem.CLOSED;

    private final ActingAs acting;
    private final Sealing sealing;
    private final Audit audit;
    private final CaseClock clock;
    private final Completions completions;
    private final ApplicationEventPublisher<WorkItemCompleted> completed;
    private final TaskCheck tasks;
    private final List<BehindItem> behind;

    WorkQueue(ActingAs acting, Sealing sealing, Audit audit, CaseClock clock, Completions completions,
              ApplicationEventPublisher<WorkItemCompleted> completed, TaskCheck tasks, List<BehindItem> behind) {
        this.acting = acting;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
        this.completions = completions;
        this.completed = completed;
        this.tasks = tasks;
        this.behind = List.copyOf(behind);
    }

    /** @param detail opened; may be a person's own words @param later false for who is in danger, does not feel safe or asked for help: they come first */
    record Item(UUID id, String kind, UUID caseId, UUID personId, UUID subjectId, UUID callBackId, String reason, String detail,
                Instant dueAt, Instant createdAt, String claimedBy, Instant claimedAt, Instant escalatedAt, boolean later, boolean closed) {

        /** Where to ring or to post is not for reading in a list that may be hours old. */
        private Item listed() {
            if (closed) {
                return new Item(id, kind, caseId, null, null, null, RESTRICTED, null, dueAt, createdAt, claimedBy, claimedAt, escalatedAt, later,
                    true);
            }
            return WorkItems.TASKS.contains(kind) ? new Item(id, kind, caseId, personId, subjectId, callBackId, reason, null,
                dueAt, createdAt, claimedBy, claimedAt, escalatedAt, later, closed) : this;
        }
    }

    /**
     * What is wanted of the queue.
     *
     * @param escalated only what was raised to supervisors
     * @param group     or null
     * @param claimedBy {@code me}, {@code nobody}, a name, or null
     */
    record Wanted(boolean escalated, String group, String claimedBy) { }

    /** Where a page ends. */
    record Place(boolean later, Instant dueAt, UUID id) { }

    /** @param claimedBy null for what nobody has */
    record Count(String claimedBy, String group, int open, int overdue, int escalated) { }

    /**
     * Who is in danger, does not feel safe or asked for help first, then by what is due first. Without the detail of what is to be rung
     * or posted: {@link #claim} gives it.
     *
     * @param after the last item of the page before; null for the first page
     */
    List<Item> page(Caller.Staff staff, Wanted wanted, Place after, int limit) {
        var values = new ArrayList<Object>();
        String sql = sql(staff, wanted, after, values);
        values.add(limit);
        return acting.as(staff, c -> {
            List<Item> items = Sql.list(c, sql, this::item, values.toArray());
            auditReads(c, staff, items);
            return items.stream().map(Item::listed).toList();
        });
    }

    /**
     * Only what is asked for stands in the statement, so that the database finds the index for it.
     *
     * @param values of its parameters, but for the limit
     */
    static String sql(Caller.Staff staff, Wanted wanted, Place after, List<Object> values) {
        var sql = new StringBuilder("select " + COLUMNS + " from waymark.work_item where completed_at is null");
        if (wanted.escalated()) {
            sql.append(" and escalated_at is not null");
        }
        if (wanted.group() != null) {
            sql.append(" and kind = any (?)");
            values.add(QueueGroups.KINDS.get(wanted.group()).toArray(String[]::new));
        }
        if (NOBODY.equals(wanted.claimedBy())) {
            sql.append(" and claimed_by is null");
        } else if (wanted.claimedBy() != null) {
            sql.append(" and claimed_by = ?");
            values.add(ME.equals(wanted.claimedBy()) ? name(staff) : wanted.claimedBy());
        }
        if (after != null) {
            sql.append(" and (" + LATER + ", due_at, id) > (?::boolean, ?::timestamptz, ?::uuid)");
            values.addAll(List.of(after.later(), after.dueAt(), after.id()));
        }
        overseen(staff, sql, values);
        return sql.append(" order by " + LATER + ", due_at, id limit ?").toString();
    }

    private static void overseen(Caller.Staff staff, StringBuilder sql, List<Object> values) {
        if (!staff.supervises()) {
            sql.append(" and kind <> all (?)");
            values.add(Oversight.kinds());
        }
        if (Oversight.only(staff)) {
            sql.append(" and kind = any (?) and about_supervisor");
            values.add(Oversight.kinds());
        }
    }

    /** How many wait, by who has them and what they are about; what nobody has first. */
    List<Count> counts(Caller.Staff staff) {
        var values = new ArrayList<Object>(List.of(clock.instant()));
        var sql = new StringBuilder("""
            select kind, claimed_by, count(*) as open, count(*) filter (where due_at < ?) as overdue,
                   count(*) filter (where escalated_at is not null) as escalated
              from waymark.work_item where completed_at is null""");
        overseen(staff, sql, values);
        List<Count> byKind = acting.as(staff, c -> Sql.list(c, sql.append(" group by kind, claimed_by").toString(),
            r -> new Count(r.getString("claimed_by"), QueueGroups.of(r.getString("kind")), r.getInt("open"), r.getInt("overdue"),
                r.getInt("escalated")), values.toArray()));
        var counts = new TreeMap<String, Count>();
        for (Count one : byKind) {
            // what nobody has sorts before any name
            String key = (one.claimedBy() == null ? "" : one.claimedBy()) + '\0' + one.group();
            counts.merge(key, one, (a, b) -> new Count(a.claimedBy(), a.group(), a.open() + b.open(), a.overdue() + b.overdue(),
                a.escalated() + b.escalated()));
        }
        return List.copyOf(counts.values());
    }

    /**
     * Takes an item on. Whether a person may be rung or written to is asked again each time, and last of all: what was right
     * when the item was opened may have changed since.
     *
     * @throws ProblemException 404; 409 where somebody else has it, it is completed, must not be done any more, or not at this hour
     */
    Item claim(Caller.Staff staff, UUID id) {
        Item item = take(staff, id);
        if (!WorkItems.TASKS.contains(item.kind())) {
            return item;
        }
        return switch (tasks.ask(staff.force(), id)) {
            case RIGHT -> item;
            case NOT_NOW -> {
                putBack(staff, id);
                throw ProblemException.conflict("not-a-safe-time", "This must not be done at this hour",
                    "The person has asked not to be reached at this time, or it is quiet hours. Take the item on again later.");
            }
            case WRONG -> {
                takeBack(staff, id);
                throw ProblemException.conflict("no-longer-safe", "This must not be done any more",
                    "The person, the case or what is known of the number or address has changed. Do not ring or write; read the "
                        + "queue again.");
            }
        };
    }

    /** Whoever is there at a better hour takes it on. It may have been given to somebody while it was asked. */
    private void putBack(Caller.Staff staff, UUID id) {
        acting.as(staff, c -> {
            OpenItem item = OpenItem.locked(c, id);
            int mine = Sql.run(c, "update waymark.work_item set claimed_by = null, claimed_at = null where id = ? and claimed_by = ?", id,
                name(staff));
            if (mine > 0) {
                audit.record(c, staff, "queue_item_given_back", item.caseId(), item.personId());
            }
            return null;
        });
    }

    /** The item is completed by itself; whoever it was opened for finds another way. */
    private void takeBack(Caller.Staff staff, UUID id) {
        acting.as(staff, c -> {
            OpenItem item = OpenItem.locked(c, id);
            Sql.run(c, "update waymark.work_item set completed_at = ?, outcome = ?, detail = null where id = ?",
                clock.instant(), DONE, id);
            audit.record(c, staff, "queue_item_taken_back", item.caseId(), item.personId());
            completed.publishEvent(new WorkItemCompleted(c, staff, id, item.kind(), item.caseId(), item.personId(),
                item.subjectId(), WorkItemCompleted.NO_LONGER_SAFE));
            return null;
        });
    }

    private Item take(Caller.Staff staff, UUID id) {
        return acting.as(staff, c -> {
            behind.forEach(b -> b.hold(c, id));
            OpenItem.locked(c, id).allowedTo(staff);
            String name = name(staff);
            int claimed = Sql.run(c, """
                update waymark.work_item set claimed_by = ?, claimed_at = coalesce(claimed_at, ?)
                 where id = ? and completed_at is null and (claimed_by is null or claimed_by = ?)""",
                name, clock.instant(), id, name);
            if (claimed == 0) {
                OpenItem.locked(c, id);
                throw ProblemException.conflict("already-claimed", "Somebody else is dealing with it",
                    "Take another item, or ask whoever has claimed this one.");
            }
            behind.forEach(b -> b.claimed(c, staff, id));
            Item item = Sql.one(c, "select " + COLUMNS + " from waymark.work_item where id = ?", this::item, id)
                .orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "queue_item_claimed", item.caseId(), item.personId());
            return item;
        });
    }

    /**
     * @param outcome of the contract's {@code QueueOutcome}
     * @param note    or null
     * @throws ProblemException 404; 409 where it is completed; 422 where the outcome does not fit the kind
     */
    void complete(Caller.Staff staff, UUID id, String outcome, String note) {
        acting.as(staff, c -> {
            completions.complete(c, staff, id, outcome, note);
            return null;
        });
    }

    private void auditReads(Connection c, Caller.Staff staff, List<Item> items) {
        record Concerned(UUID caseId, UUID personId) { }
        Set<Concerned> seen = new HashSet<>();
        for (Item item : items) {
            if ((item.caseId() != null || item.personId() != null)
                    && seen.add(new Concerned(item.caseId(), item.personId()))) {
                audit.record(c, staff, "queue_read", item.caseId(), item.personId());
            }
        }
    }

    private Item item(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Item(id, r.getString("kind"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"),
            Sql.uuid(r, "subject_id"), Sql.uuid(r, "call_back_id"), r.getString("reason"),
            sealing.openText(WorkItems.DETAIL, id, r.getBytes("detail")), Sql.instant(r, "due_at"),
            Sql.instant(r, "created_at"), r.getString("claimed_by"), Sql.instant(r, "claimed_at"),
            Sql.instant(r, "escalated_at"), r.getBoolean("later"), r.getBoolean("closed"));
    }

    static String name(Caller.Staff staff) {
        return staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
    }
}
