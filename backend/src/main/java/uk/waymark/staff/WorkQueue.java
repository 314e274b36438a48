package uk.waymark.staff;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final String DONE = "done";
    /** By kind; every other one is completed with done. Who has to ring or to post says how it went. */
    private static final Map<String, Set<String>> OUTCOMES = Map.of(
        "text_held", Set.of(DONE, "show_text", "keep_hidden"),
        "call_to_make", Set.of("told", "no_answer", "left_no_message", "wrong_number"),
        "letter_to_post", Set.of("posted", "wrong_address"),
        "tell_in_person", Set.of("told"));
    private static final int NAME_LENGTH = 100;
    private static final String COLUMNS =
        "id, kind, case_id, person_id, subject_id, reason, detail, due_at, created_at, claimed_by, claimed_at";

    private final ActingAs acting;
    private final Sealing sealing;
    private final Audit audit;
    private final CaseClock clock;
    private final ApplicationEventPublisher<WorkItemCompleted> completions;
    private final TaskCheck tasks;

    WorkQueue(ActingAs acting, Sealing sealing, Audit audit, CaseClock clock,
              ApplicationEventPublisher<WorkItemCompleted> completions, TaskCheck tasks) {
        this.acting = acting;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
        this.completions = completions;
        this.tasks = tasks;
    }

    /** @param detail opened; may be a person's own words */
    record Item(UUID id, String kind, UUID caseId, UUID personId, UUID subjectId, String reason, String detail,
                Instant dueAt, Instant createdAt, String claimedBy, Instant claimedAt) {

        /** Where to ring or to post is not for reading in a list that may be hours old. */
        private Item listed() {
            return WorkItems.TASKS.contains(kind) ? new Item(id, kind, caseId, personId, subjectId, reason, null, dueAt,
                createdAt, claimedBy, claimedAt) : this;
        }
    }

    private record Open(String kind, UUID caseId, UUID personId, UUID subjectId, boolean completed) { }

    /**
     * Without the detail of what is to be rung or posted: {@link #claim} gives it.
     *
     * @param afterDue with {@code afterId}, the last item of the page before; null for the first page
     */
    List<Item> page(Caller.Staff staff, Instant afterDue, UUID afterId, int limit) {
        return acting.as(staff, c -> {
            List<Item> items = Sql.list(c, "select " + COLUMNS + """
                 from waymark.work_item
                where completed_at is null and (?::timestamptz is null or (due_at, id) > (?::timestamptz, ?::uuid))
                order by due_at, id limit ?""", this::item, afterDue, afterDue, afterId, limit);
            auditReads(c, staff, items);
            return items.stream().map(Item::listed).toList();
        });
    }

    /**
     * Takes an item on. Whether a person may be rung or written to is asked again each time, and last of all: what was right
     * when the item was opened may have changed since.
     *
     * @throws ProblemException 404; 409 where somebody else has it, it is completed or must not be done any more
     */
    Item claim(Caller.Staff staff, UUID id) {
        Item item = take(staff, id);
        if (WorkItems.TASKS.contains(item.kind()) && !tasks.stillRight(staff.force(), id)) {
            takeBack(staff, id);
            throw ProblemException.conflict("no-longer-safe", "This must not be done any more",
                "The person, the case or what is known of the number or address has changed. Do not ring or write; read the "
                    + "queue again.");
        }
        return item;
    }

    /** The item is completed by itself; whoever it was opened for finds another way. */
    private void takeBack(Caller.Staff staff, UUID id) {
        acting.as(staff, c -> {
            Open item = open(c, id);
            Sql.run(c, "update waymark.work_item set completed_at = ?, outcome = ?, detail = null where id = ?",
                clock.instant(), DONE, id);
            audit.record(c, staff, "queue_item_taken_back", item.caseId(), item.personId());
            completions.publishEvent(new WorkItemCompleted(c, staff, id, item.kind(), item.caseId(), item.personId(),
                item.subjectId(), WorkItemCompleted.NO_LONGER_SAFE));
            return null;
        });
    }

    private Item take(Caller.Staff staff, UUID id) {
        return acting.as(staff, c -> {
            String name = name(staff);
            int claimed = Sql.run(c, """
                update waymark.work_item set claimed_by = ?, claimed_at = coalesce(claimed_at, ?)
                 where id = ? and completed_at is null and (claimed_by is null or claimed_by = ?)""",
                name, clock.instant(), id, name);
            if (claimed == 0) {
                open(c, id);
                throw ProblemException.conflict("already-claimed", "Somebody else is dealing with it",
                    "Take another item, or ask whoever has claimed this one.");
            }
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
            Open item = open(c, id);
            Set<String> fitting = OUTCOMES.getOrDefault(item.kind(), Set.of(DONE));
            if (!fitting.contains(outcome)) {
                throw ProblemException.unprocessable("/outcome", "This outcome does not fit what had to be done. Complete "
                    + "this item with " + String.join(", or with ", new TreeSet<>(fitting)) + ".");
            }
            Sql.run(c, """
                update waymark.work_item
                   set completed_at = ?, outcome = ?, note = ?, claimed_by = coalesce(claimed_by, ?),
                       claimed_at = coalesce(claimed_at, ?)
                 where id = ?""",
                clock.instant(), outcome, sealing.sealText(NOTE, id, note), name(staff), clock.instant(), id);
            audit.record(c, staff, "queue_item_completed", item.caseId(), item.personId());
            completions.publishEvent(new WorkItemCompleted(c, staff, id, item.kind(), item.caseId(), item.personId(),
                item.subjectId(), outcome));
            return null;
        });
    }

    /** Locks the item, so that two who complete it at once are told apart. */
    private static Open open(Connection c, UUID id) {
        Open item = Sql.one(c, """
            select kind, case_id, person_id, subject_id, completed_at is not null as completed
              from waymark.work_item where id = ? for update""",
            r -> new Open(r.getString("kind"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"),
                Sql.uuid(r, "subject_id"), r.getBoolean("completed")), id).orElseThrow(ProblemException::notFound);
        if (item.completed()) {
            throw ProblemException.conflict("already-completed", "It is completed already",
                "Somebody has dealt with this item. Read the queue again.");
        }
        return item;
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
            Sql.uuid(r, "subject_id"), r.getString("reason"),
            sealing.openText(WorkItems.DETAIL, id, r.getBytes("detail")), Sql.instant(r, "due_at"),
            Sql.instant(r, "created_at"), r.getString("claimed_by"), Sql.instant(r, "claimed_at"));
    }

    private static String name(Caller.Staff staff) {
        return staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
    }
}
