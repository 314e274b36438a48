package uk.waymark.notifications;

import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Makes STOP hold at once. A dispatcher may have asked the policy about a message a moment before the host learned that
 * it must not go; it has not started it, but would.
 */
public final class Recall {

    private Recall() {
    }

    /**
     * Has the policy asked again about everything that waits for these recipients: a decision taken before is void, and what
     * was not started when this returns starts only by a decision taken after. Call it after the commit that the policy is
     * to see. What it then makes of the messages (another channel, staff) is the policy's.
     *
     * @param dispatcherLogin connections of {@code waymark_dispatcher}
     * @return how many decisions were voided
     */
    public static int of(DataSource dispatcherLogin, UUID tenant, Collection<UUID> recipients) {
        return recipients.isEmpty() ? 0 : Sql.inTransaction(dispatcherLogin, c -> Sql.of(c, """
            with waiting as materialized (
                select id, id_at from notifications.message
                where tenant = ? and recipient_ref = any(?) and state in ('queued', 'held') and lease is not null
                order by id for update)
            update notifications.message m set lease = null, lease_until = null
            from waiting where m.id = waiting.id and m.id_at = waiting.id_at""", tenant, recipients).update());
    }
}
