package uk.waymark.notifications;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Stores replies, once each, and recognises keywords in them; what a keyword means is the host's. */
public final class Inbound {

    private static final String INSERT = """
        insert into notifications.inbound (id, tenant, provider, provider_account, provider_message_id, sender,
                                           recipient, body, keyword, received_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private final Sealer sealer;
    private final Ids ids;
    private final InstantSource caseTime;

    /** @param caseTime gives the time of receipt */
    public Inbound(Sealer sealer, Ids ids, InstantSource caseTime) {
        this.sealer = sealer;
        this.ids = ids;
        this.caseTime = caseTime;
    }

    /**
     * What was stored.
     *
     * @param fresh false where the provider had delivered this reply before
     */
    public record Reply(UUID id, Keyword keyword, boolean fresh) {
    }

    /**
     * Stores a reply in the caller's transaction, so that what the host makes of it commits with it or not at all. The
     * transaction must act for the reply's tenant, or use the dispatcher's login.
     */
    public Reply record(Connection connection, InboundText text) {
        UUID id = ids.next();
        Keyword keyword = Keyword.of(text.body());
        int stored = Sql.of(connection, INSERT, id, text.tenant(), text.provider(), text.providerAccount(),
            text.providerMessageId(), seal("sender", id, text.from()), seal("recipient", id, text.to()),
            seal("body", id, text.body()), keyword.stored(), caseTime.instant()).update();
        return stored == 1 ? new Reply(id, keyword, true) : known(connection, text, keyword);
    }

    /** Stores a reply in a transaction of its own. */
    public Reply record(DataSource source, InboundText text) {
        return Sql.inTransaction(source, connection -> {
            Sql.of(connection, "select set_config('notifications.tenant', ?, true)", text.tenant().toString())
                .list(row -> null);
            return record(connection, text);
        });
    }

    /** Marks replies as acted on. */
    public int markHandled(Connection connection, List<UUID> ids) {
        return ids.isEmpty() ? 0 : Sql.of(connection, """
            update notifications.inbound set handled_at = clock_timestamp()
            where id = any(?) and handled_at is null""", ids).update();
    }

    private Reply known(Connection connection, InboundText text, Keyword keyword) {
        return Sql.of(connection, """
            select id from notifications.inbound
            where provider = ? and provider_account = ? and provider_message_id = ?""",
            text.provider(), text.providerAccount(), text.providerMessageId())
            .first(row -> new Reply(Sql.uuid(row, "id"), keyword, false)).orElseThrow();
    }

    private byte[] seal(String column, UUID id, String value) {
        return sealer.seal("notifications.inbound." + column, id, value.getBytes(StandardCharsets.UTF_8));
    }
}
