package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.attachments.WhoseConversation;
import uk.waymark.platform.Sql;

/**
 * For whom those on an account write in a case: whoever has a conversation already, or else the first of them who takes part. Sending,
 * reading and giving files ask here, so that all three meet in one conversation.
 */
@Singleton
final class OwnPart implements WhoseConversation {

    record Part(UUID person, UUID force, boolean discreet) { }

    Optional<Part> of(Connection c, UUID caseId) {
        return Sql.one(c, """
            select pa.person_id, pa.force_id, coalesce(p.chosen_discreet, false) or p.safety as discreet
              from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id join waymark.person p on p.id = pa.person_id
             where pa.case_id = ? and not pa.removed and pa.person_id = any ((select waymark.ctx_persons())::uuid[])
             order by pa.quiet,
                      not exists (select 1 from waymark.conversation k where k.case_id = pa.case_id and k.person_id = pa.person_id),
                      pa.person_id limit 1""",
            r -> new Part(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), r.getBoolean("discreet")), caseId);
    }

    @Override
    public Optional<UUID> person(Connection c, UUID caseId) {
        return of(c, caseId).map(Part::person);
    }
}
