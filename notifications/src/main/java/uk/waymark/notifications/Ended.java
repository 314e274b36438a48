package uk.waymark.notifications;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The events of ended messages, for the host to act on: take some, act, and mark them in the same transaction, so that
 * each is acted on once.
 */
public final class Ended {

    /**
     * The oldest events of a tenant that nobody has handled, locked until the transaction ends; events that another
     * transaction has taken are passed over.
     */
    public List<EndedMessage> take(Connection connection, UUID tenant, int atMost) {
        return Sql.of(connection, """
            select id, message_id, tenant, recipient_ref, subject_ref, class, template, state, reason, ended_at
            from notifications.ended where tenant = ? and handled_at is null
            order by ended_at, id limit ? for update skip locked""", tenant, atMost)
            .list(row -> new EndedMessage(Sql.uuid(row, "id"), Sql.uuid(row, "message_id"), Sql.uuid(row, "tenant"),
                Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"), row.getString("class"),
                row.getString("template"), MessageState.fromStored(row.getString("state")), row.getString("reason"),
                Sql.instant(row, "ended_at")));
    }

    /** Marks events as handled, by {@link EndedMessage#id()}; answers how many were not marked before. */
    public int markHandled(Connection connection, List<UUID> ids) {
        return ids.isEmpty() ? 0 : Sql.of(connection, """
            update notifications.ended set handled_at = clock_timestamp()
            where id = any(?) and handled_at is null""", ids).update();
    }

    /** The tenants with events to handle, asked with the dispatcher's login, which sees all of them. */
    public Set<UUID> tenantsWaiting(DataSource dispatcherLogin) {
        return Sql.inTransaction(dispatcherLogin, connection -> new TreeSet<>(Sql.of(connection,
            "select distinct tenant from notifications.ended where handled_at is null")
            .list(row -> Sql.uuid(row, "tenant"))));
    }
}
