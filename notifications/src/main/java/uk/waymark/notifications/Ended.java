package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The events of ended messages, for the host to act on: take some, act, and mark them in the same transaction, so that
 * each is acted on once.
 */
public final class Ended {

    private static final String COLUMNS =
        "select id, message_id, tenant, recipient_ref, subject_ref, class, template, state, reason, ended_at ";

    /**
     * The oldest events of a tenant that nobody has handled, locked until the transaction ends; events that another
     * transaction has taken are passed over, and so are those that the caller does not want this time.
     */
    public List<EndedMessage> take(Connection connection, UUID tenant, int atMost, Collection<UUID> passedOver) {
        return Sql.of(connection, COLUMNS + """
            from notifications.ended where tenant = ? and handled_at is null and id <> all(?::uuid[])
            order by ended_at, id limit ? for update skip locked""", tenant, passedOver, atMost).list(Ended::event);
    }

    /** One event, locked until the transaction ends; none where it is handled, or another transaction has taken it. */
    public List<EndedMessage> take(Connection connection, UUID id) {
        return Sql.of(connection, COLUMNS + """
            from notifications.ended where id = ? and handled_at is null for update skip locked""", id).list(Ended::event);
    }

    private static EndedMessage event(ResultSet row) throws SQLException {
        return new EndedMessage(Sql.uuid(row, "id"), Sql.uuid(row, "message_id"), Sql.uuid(row, "tenant"),
            Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"), row.getString("class"),
            row.getString("template"), MessageState.fromStored(row.getString("state")), row.getString("reason"),
            Sql.instant(row, "ended_at"));
    }

    /** Marks events as handled, by {@link EndedMessage#id()}; answers how many were not marked before. */
    public int markHandled(Connection connection, List<UUID> ids) {
        return ids.isEmpty() ? 0 : Sql.of(connection, """
            update notifications.ended set handled_at = clock_timestamp()
            where id = any(?) and handled_at is null""", ids).update();
    }

    /** Case time since when the oldest event waits to be handled. */
    public Optional<Instant> oldestWaiting(DataSource dispatcherLogin) {
        return Sql.inTransaction(dispatcherLogin, connection -> Sql.of(connection,
            "select min(ended_at) as oldest from notifications.ended where handled_at is null")
            .list(row -> Optional.ofNullable(Sql.instant(row, "oldest"))).getFirst());
    }

    /** The tenants with events to handle, asked with the dispatcher's login, which sees all of them. */
    public Set<UUID> tenantsWaiting(DataSource dispatcherLogin) {
        return Sql.inTransaction(dispatcherLogin, connection -> new TreeSet<>(Sql.of(connection,
            "select distinct tenant from notifications.ended where handled_at is null")
            .list(row -> Sql.uuid(row, "tenant"))));
    }
}
