package uk.waymark.conversations;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.cases.PeopleMerged;
import uk.waymark.platform.Sql;

/**
 * Whoever is known under another record from now on keeps what they wrote and were written. Where both records had a conversation in one
 * case it is one: what waits in the other goes on waiting there.
 */
@Singleton
final class MergedConversations implements ApplicationEventListener<PeopleMerged> {

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
        Sql.run(event.connection(), """
            update waymark.conversation s set waiting_message = k.waiting_message, waiting_since = k.waiting_since, answer_by = k.answer_by
              from waymark.conversation k
             where k.person_id = ? and s.case_id = k.case_id and s.person_id = ? and s.answer_by is null""", event.merged(), event.survivor());
        Sql.run(event.connection(), """
            update waymark.conversation s set danger_message = k.danger_message, danger_by = k.danger_by
              from waymark.conversation k
             where k.person_id = ? and s.case_id = k.case_id and s.person_id = ? and s.danger_by is null""", event.merged(), event.survivor());
        Sql.run(event.connection(), """
            update waymark.conversation set waiting_message = null, waiting_since = null, answer_by = null, danger_message = null, danger_by = null
             where person_id = ?""", event.merged());
    }
}
