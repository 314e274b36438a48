package uk.waymark.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Asks the policy again about an attempt that somebody of the host's is to carry out by hand: hours may have passed since it
 * was decided on.
 */
public final class SecondLook {
    /** Only the latest attempt of a message that nobody has settled, or was read meanwhile: some are rung about all the same. */
    private static final String IN_HAND = """
        select m.id, m.recipient_ref, m.subject_ref, m.class, m.template, m.created_at, m.expires_at, m.refused, a.channel, a.variant,
               a.address_key
        from notifications.attempt a
        join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at
        where a.id = ? and a.id_at = ? and a.tenant = ? and m.attempt_id = a.id
          and (m.state = any(?) or m.state = 'delivered' and m.reason = ?)""";

    private final DeliveryPolicy policy;
    private final Sealer sealer;

    /** @param sealer as the dispatcher's */
    public SecondLook(DeliveryPolicy policy, Sealer sealer) {
        this.policy = policy;
        this.sealer = sealer;
    }

    private record InHand(Pending message, String channel, String variant, byte[] addressKey) {
        static InHand of(ResultSet row) throws SQLException {
            Set<Channel> refused = Arrays.stream((String[]) row.getArray("refused").getArray()).map(Channel::fromStored)
                .collect(Collectors.toSet());
            return new InHand(new Pending(Sql.uuid(row, "id"), Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"),
                row.getString("class"), row.getString("template"), Sql.instant(row, "created_at"), refused,
                Sql.instant(row, "expires_at")),
                row.getString("channel"), row.getString("variant"), row.getBytes("address_key"));
        }
    }

    /** {@code NOT_NOW}: the policy would hold it by now; {@code WRONG}: it would not send it, or not so. */
    public enum Answer { RIGHT, NOT_NOW, WRONG }

    /**
     * Whether the policy would still send the message by the attempt's channel, to its address and in its words. Called with
     * no transaction open, as the policy is.
     *
     * @param dispatcherLogin connections of {@code waymark_dispatcher}
     * @return {@link Answer#WRONG} also where the message has gone on without this attempt
     */
    public Answer ask(DataSource dispatcherLogin, UUID tenant, UUID attempt) {
        return Sql.inTransaction(dispatcherLogin, c -> Sql.of(c, IN_HAND, attempt, IdTime.of(attempt), tenant,
            MessageState.FAILED.beforeWithProvider(), Outbox.READ).first(InHand::of)).map(h -> ask(tenant, h)).orElse(Answer.WRONG);
    }

    private Answer ask(UUID tenant, InHand inHand) {
        return switch (policy.decide(tenant, List.of(inHand.message)).getFirst()) {
            case Decision.Send send -> same(send, inHand) ? Answer.RIGHT : Answer.WRONG;
            case Decision.HoldUntil hold -> Answer.NOT_NOW;
            case Decision.NextChannel next -> Answer.WRONG;
            case Decision.Withhold no -> Answer.WRONG;
            case Decision.Cancel gone -> Answer.WRONG;
        };
    }

    private boolean same(Decision.Send send, InHand inHand) {
        return send.channel().stored().equals(inHand.channel) && send.variant().equals(inHand.variant)
            && Arrays.stream(sealer.keys(Attempt.ADDRESS_KEY, send.address()))
                .anyMatch(key -> Arrays.equals(key, inHand.addressKey));
    }
}
