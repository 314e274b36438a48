package uk.waymark.conversations;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.cases.PeopleMerged;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/**
 * Whoever is known under another record from now on keeps what they wrote and were written. Where both records had a conversation in one
 * case it is one: what waits in the other goes on waiting there.
 */
@Singleton
final class MergedConversations implements ApplicationEventListener<PeopleMerged> {
    private final WorkItems workItems;

    MergedConversations(WorkItems workItems) {
        this.workItems = workItems;
    }

    private record Both(UUID from, UUID into, UUID waiting, Instant since, UUID otherWaiting, Instant otherSince, UUID danger, Instant by,
                        UUID otherDanger, Instant otherBy) { }

    /** Where both wait for a reply, or for somebody to acknowledge, the one that has waited longer goes on and the other is part of it. */
    private void oneItem(Connection c, Both both) {
        one(c, Incoming.ANSWER, both, both.waiting(), both.since(), both.otherWaiting(), both.otherSince(), """
            update waymark.conversation s set waiting_message = k.waiting_message, waiting_since = k.waiting_since, answer_by = k.answer_by
              from waymark.conversation k where k.id = ? and s.id = ?""");
        one(c, Incoming.DANGER, both, both.danger(), both.by(), both.otherDanger(), both.otherBy(), """
            update waymark.conversation s set danger_message = k.danger_message, danger_by = k.danger_by
              from waymark.conversation k where k.id = ? and s.id = ?""");
    }

    private void one(Connection c, String kind, Both both, UUID from, Instant since, UUID into, Instant otherSince, String take) {
        if (from == null) {
            return;
        }
        if (into != null && !since.isBefore(otherSince)) {
            workItems.settle(c, Incoming.item(kind, from));
            return;
        }
        if (into != null) {
            workItems.settle(c, Incoming.item(kind, into));
        }
        workItems.about(c, Incoming.item(kind, from), both.into());
        Sql.run(c, take, both.from(), both.into());
    }

    @Override
    public void onApplicationEvent(PeopleMerged event) {
        Sql.run(event.connection(), """
            update waymark.conversation k set person_id = ? where k.person_id = ?
               and not exists (select 1 from waymark.conversation s where s.case_id = k.case_id and s.person_id = ?)""", event.survivor(),
            event.merged(), event.survivor());
        Sql.run(event.connection(), """
            update waymark.conversation_message m set conversation_id = s.id
              from waymark.conversation k join waymark.conversation s on s.case_id = k.case_id and s.person_id = ?
             where k.person_id = ? and m.conversation_id = k.id""", event.survivor(), event.merged());
        Sql.run(event.connection(), "update waymark.conversation_message set person_id = ? where person_id = ?", event.survivor(),
            event.merged());
        Sql.list(event.connection(), """
            select k.id as from_id, s.id as into_id, k.waiting_message, k.waiting_since, s.waiting_message as other_waiting,
                   s.waiting_since as other_since, k.danger_message, k.danger_by, s.danger_message as other_danger, s.danger_by as other_by
              from waymark.conversation k join waymark.conversation s on s.case_id = k.case_id and s.person_id = ?
             where k.person_id = ? for update""", r -> new Both(Sql.uuid(r, "from_id"), Sql.uuid(r, "into_id"),
                Sql.uuid(r, "waiting_message"), Sql.instant(r, "waiting_since"), Sql.uuid(r, "other_waiting"), Sql.instant(r, "other_since"),
                Sql.uuid(r, "danger_message"), Sql.instant(r, "danger_by"), Sql.uuid(r, "other_danger"), Sql.instant(r, "other_by")),
            event.survivor(), event.merged()).forEach(both -> oneItem(event.connection(), both));
        Sql.run(event.connection(), """
            update waymark.conversation set waiting_message = null, waiting_since = null, answer_by = null, danger_message = null, danger_by = null
             where person_id = ?""", event.merged());
    }
}
