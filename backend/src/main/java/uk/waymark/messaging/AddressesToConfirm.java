package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** What people confirmed by a code on itself counts no longer once there is a safety flag: staff ask about it. */
@Singleton
public final class AddressesToConfirm {
    private final WorkItems workItems;
    private final DueTimes dueTimes;

    AddressesToConfirm(WorkItems workItems, DueTimes dueTimes) {
        this.workItems = workItems;
        this.dueTimes = dueTimes;
    }

    /** Once for each address and confirmation. @param persons of the case, which is flagged */
    public void ask(Connection c, UUID caseId, List<UUID> persons, Instant now) {
        record Confirmed(UUID person, String channel, Instant at) { }
        Sql.list(c, """
            select person_id, channel, confirmed_at from waymark.contact_channel
             where person_id = any(?) and safety = 'safe' and said_by = 'person' and address is not null and place is not null""",
            r -> new Confirmed(Sql.uuid(r, "person_id"), r.getString("channel"), Sql.instant(r, "confirmed_at")),
            (Object) persons.toArray(UUID[]::new)).forEach(k -> workItems.open(c, new NewWorkItem("address_to_confirm",
                "address_to_confirm:" + k.person() + ':' + k.channel() + ':' + k.at(), caseId, k.person(), null, "flag_came",
                EndedMessages.reason("address_flag_came"), dueTimes.addressToConfirm(now))));
    }
}
