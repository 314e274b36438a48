package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import uk.waymark.notifications.MessageRecord;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Page;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/** What was sent to a force's people and how it went, failures first: never the words or the number. */
@Singleton
class SentMessages {
    /** What goes to a desk of the force is about nobody who could be shown: its item in the queue says how it went. */
    private static final String DESK = "out_of_hours";
    private final ActingAs acting;
    private final Outbox outbox;
    private final Audit audit;

    SentMessages(ActingAs acting, Outbox outbox, Audit audit) {
        this.acting = acting;
        this.outbox = outbox;
        this.audit = audit;
    }

    /**
     * @param caseId or null, where the message is not about one case
     * @param hidden it is about a person or a case that this member of staff may not know of: not to be shown
     */
    record Sent(MessageRecord message, UUID caseId, boolean hidden) { }

    private record Told(UUID event, UUID person) { }

    /** @param caseId only messages about this case, or null for all */
    List<Sent> page(Caller.Staff staff, UUID caseId, Page page) {
        return acting.as(staff, c -> {
            List<MessageRecord> messages = caseId == null ? outbox.list(c, staff.force(), page)
                : outbox.listByKeys(c, staff.force(), keys(c, caseId), page);
            Map<Told, UUID> cases = cases(c, messages);
            Set<UUID> hidden = hidden(c, messages);
            List<Sent> sent = messages.stream()
                .map(m -> new Sent(m, cases.get(new Told(m.subjectRef(), m.recipientRef())),
                    DESK.equals(m.messageClass()) || hidden.contains(m.recipientRef()) || hidden.contains(m.subjectRef()))).toList();
            auditReads(c, staff, sent);
            return sent;
        });
    }

    private static List<String> keys(Connection c, UUID caseId) {
        return Sql.list(c, "select dedupe_key from waymark.announcement where case_id = ?",
            r -> r.getString("dedupe_key"), caseId);
    }

    private static Map<Told, UUID> cases(Connection c, List<MessageRecord> messages) {
        UUID[] subjects = messages.stream().map(MessageRecord::subjectRef).filter(Objects::nonNull).distinct()
            .toArray(UUID[]::new);
        var cases = new HashMap<Told, UUID>();
        Sql.list(c, "select event_id, person_id, case_id from waymark.announcement where event_id = any(?)",
            r -> cases.put(new Told(Sql.uuid(r, "event_id"), Sql.uuid(r, "person_id")), Sql.uuid(r, "case_id")),
            (Object) subjects);
        return cases;
    }

    /** Events and people of restricted cases; the list goes on past them, so they are left out only when it is shown. */
    private static Set<UUID> hidden(Connection c, List<MessageRecord> messages) {
        UUID[] events = messages.stream().map(MessageRecord::subjectRef).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
        UUID[] people = messages.stream().map(MessageRecord::recipientRef).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
        return new HashSet<>(Sql.list(c, """
            select id from waymark.closed_events(?) id
            union all select p from unnest(?::uuid[]) p where not waymark.person_open(p)""", r -> r.getObject(1, UUID.class), events,
            people));
    }

    private void auditReads(Connection c, Caller.Staff staff, List<Sent> sent) {
        record Concerned(UUID caseId, UUID personId) { }
        Set<Concerned> seen = new HashSet<>();
        for (Sent s : sent) {
            if (!s.hidden() && seen.add(new Concerned(s.caseId(), s.message().recipientRef()))) {
                audit.record(c, staff, "notifications_read", s.caseId(), s.message().recipientRef());
            }
        }
    }
}
