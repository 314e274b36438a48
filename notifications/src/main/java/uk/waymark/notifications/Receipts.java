package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what providers report, as it comes, and lets it move messages: only while a provider may have them and as
 * {@link MessageState#mayBecome} allows, only for a message's latest attempt, and never backwards. What waits to be sent again
 * because an attempt was taken to be lost is taken out of the queue by a receipt of that attempt. Runs under the dispatcher's
 * login.
 */
public final class Receipts {

    /** What a receipt did. */
    public enum Result {
        /** It moved its message. */
        APPLIED,
        /** Its message had moved past it already. */
        LATE,
        /** The same report had been dealt with before. */
        DUPLICATE,
        /** No attempt of ours fits yet; it stays and is tried again by {@link Dispatcher#sweep()}. */
        UNMATCHED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String STORE = """
        insert into notifications.receipt (id, provider, provider_account, provider_message_id, attempt_id, status,
                                           code, meaning, reported_at)
        values (?, ?, ?, ?, ?::uuid, ?, ?, ?, ?)
        on conflict (provider, provider_account, provider_message_id, status, code)
        do update set attempt_id = coalesce(notifications.receipt.attempt_id, excluded.attempt_id)
        returning id, applied_at is not null as dealt_with""";
    /** Whoever was called is known from the start, but where a channel has one sender and no accounts. */
    private static final String ATTEMPT = """
        select a.id, a.id_at, a.message_id, a.message_id_at, a.channel, a.started_at from notifications.attempt a
        where a.id = ? and a.id_at = ? and (a.provider_message_id is null or a.provider_message_id = ?)
          and (coalesce(a.provider_account, '') = '' or (a.provider = ? and a.provider_account = ?))""";
    private static final String BY_PROVIDER_ID = """
        select a.id, a.id_at, a.message_id, a.message_id_at, a.channel, a.started_at from notifications.provider_message p
        join notifications.attempt a on a.id = p.attempt_id and a.id_at = p.attempt_id_at
        where p.provider = ? and p.provider_account = ? and p.provider_message_id = ?""";
    private static final String WAITING = """
        select r.id from notifications.receipt r
        join notifications.provider_message p using (provider, provider_account, provider_message_id)
        where r.applied_at is null order by r.id limit 500""";
    private static final String TAKE = """
        select provider, provider_account, provider_message_id, attempt_id, status, code, meaning, reported_at
        from notifications.receipt where id = ? and applied_at is null for update skip locked""";

    private final Ids ids;
    private final InstantSource caseTime;
    private final MeterRegistry meters;

    /** @param caseTime gives ended times */
    public Receipts(Ids ids, InstantSource caseTime, MeterRegistry meters) {
        this.ids = ids;
        this.caseTime = caseTime;
        this.meters = meters;
    }

    /** Stores a receipt and applies it, in a transaction of its own. */
    public Result apply(DataSource dispatcherLogin, Receipt receipt) {
        return Sql.inTransaction(dispatcherLogin, connection -> apply(connection, receipt));
    }

    /** Stores a receipt and applies it in the caller's transaction, which must be the dispatcher's login. */
    public Result apply(Connection connection, Receipt receipt) {
        Stored stored = store(connection, receipt);
        Result result = stored.dealtWith ? Result.DUPLICATE : settle(connection, stored.id, receipt);
        meters.counter("notifications.receipts", "provider", receipt.provider(), "result",
            result.name().toLowerCase(Locale.ROOT)).increment();
        return result;
    }

    /**
     * Ends a message whose receipt never came as one that says failed would; nothing is stored, since nobody reported it.
     *
     * @param none what the provider would have reported
     * @return whether the message still waited for it
     */
    boolean missing(Connection connection, Receipt none) {
        Optional<Attempt> attempt = attempt(connection, none);
        attempt.ifPresent(a -> lockMessage(connection, a));
        return attempt.isPresent() && move(connection, attempt.get(), none);
    }

    /** Applies receipts that came before the provider's id was known; answers how many were dealt with. */
    int applyWaiting(DataSource dispatcherLogin) {
        List<UUID> waiting = Sql.inTransaction(dispatcherLogin, c -> Sql.of(c, WAITING).list(row -> Sql.uuid(row, "id")));
        return (int) waiting.stream().filter(id -> applyWaiting(dispatcherLogin, id)).count();
    }

    /** In a transaction of its own: it locks one message, and what fails keeps no other receipt waiting. */
    private boolean applyWaiting(DataSource dispatcherLogin, UUID id) {
        try {
            return Sql.inTransaction(dispatcherLogin, c -> Sql.of(c, TAKE, id).first(Receipts::read)
                .filter(receipt -> settle(c, id, receipt) != Result.UNMATCHED).isPresent());
        } catch (NotificationsException e) {
            if (Outage.is(e)) {
                throw e;
            }
            LOG.error("receipt {} could not be applied and waits: {}", id, e.getMessage());
            return false;
        }
    }

    private Stored store(Connection connection, Receipt r) {
        return Sql.of(connection, STORE, ids.next(), r.provider(), r.providerAccount(), r.providerMessageId(),
            r.attemptId(), r.status().stored(), r.code(), r.meaning(), r.at())
            .first(row -> new Stored(Sql.uuid(row, "id"), row.getBoolean("dealt_with"))).orElseThrow();
    }

    private Result settle(Connection connection, UUID receiptId, Receipt receipt) {
        Optional<Attempt> attempt = attempt(connection, receipt);
        if (attempt.isEmpty()) {
            return Result.UNMATCHED;
        }
        lockMessage(connection, attempt.get());
        if (!attempt.get().known && !learn(connection, attempt.get(), receipt)) {
            return Result.UNMATCHED;
        }
        boolean moved = move(connection, attempt.get(), receipt);
        Sql.of(connection, "update notifications.receipt set applied_at = ?, result = ? where id = ?",
            caseTime.instant(), moved ? "applied" : "late", receiptId).update();
        return moved ? Result.APPLIED : Result.LATE;
    }

    /**
     * The dispatcher records an answer in the order message, attempt, provider's id. A receipt that began with the
     * provider's id met it head-on (deadlock, SQL state 40P01), and a provider that is answered 500 may not try again.
     */
    private static void lockMessage(Connection connection, Attempt attempt) {
        Sql.of(connection, "select id from notifications.message where id = ? and id_at = ? for update",
            attempt.messageId, attempt.messageAt).first(row -> Sql.uuid(row, "id"));
    }

    /** By the provider's id where that is known: our mark alone may have been put on by somebody who was asked later. */
    private Optional<Attempt> attempt(Connection connection, Receipt r) {
        Optional<Attempt> known = Sql.of(connection, BY_PROVIDER_ID, r.provider(), r.providerAccount(), r.providerMessageId())
            .first(row -> Attempt.of(row, true));
        return known.isPresent() || r.attemptId() == null || r.attemptId().version() != 7 ? known
            : Sql.of(connection, ATTEMPT, r.attemptId(), IdTime.of(r.attemptId()), r.providerMessageId(), r.provider(),
                r.providerAccount()).first(row -> Attempt.of(row, false));
    }

    private boolean move(Connection connection, Attempt attempt, Receipt receipt) {
        MessageState next = receipt.status().leadsTo();
        Instant now = caseTime.instant();
        String reason = next == MessageState.FAILED ? receipt.meaning() : null;
        if (next == MessageState.FAILED
            && PassingOn.failed(connection, attempt.messageId, attempt.id, reason, now, meters)) {
            settleAttempt(connection, attempt, receipt, next, now);
            return true;
        }
        Optional<EndedMessage> moved = Sql.of(connection, """
            update notifications.message
            set state = ?, reason = ?, ended_at = ?, attempt_id = ?, lease = null, lease_until = null
            where id = ? and id_at = ? and (attempt_id = ? and state = any(?) or state = any(?) and exists (
                select from notifications.attempt where id = ? and id_at = ? and state = 'unavailable' and code = ?))
            returning id, tenant, recipient_ref, subject_ref, class, template""",
            next, reason, next.terminal() ? now : null, attempt.id, attempt.messageId, attempt.messageAt, attempt.id,
            next.beforeWithProvider(), next == MessageState.FAILED ? Set.of() : next.beforeWhileWaiting(), attempt.id,
            attempt.at, Settling.NOT_TAKEN)
            .first(row -> EndedMessage.of(row, ids.next(), next, reason, now));
        if (moved.isEmpty()) {
            return false;
        }
        settleAttempt(connection, attempt, receipt, next, now);
        if (next.announced()) {
            EndedMessage.insert(connection, List.of(moved.get()));
            DispatchMetrics.ended(meters, next);
            DispatchMetrics.settled(meters, receipt.provider(), moved.get().template(), attempt.channel, next,
                Duration.between(attempt.startedAt, now));
        }
        return true;
    }

    private static void settleAttempt(Connection connection, Attempt attempt, Receipt r, MessageState next,
                                      Instant now) {
        Sql.of(connection, """
            update notifications.attempt set state = ?, code = ?, meaning = ?, settled_at = ?::timestamptz,
                   provider = ?, provider_account = ?, provider_message_id = ?
            where id = ? and id_at = ?""",
            next, r.code(), r.meaning(), next.terminal() ? now : null, r.provider(), r.providerAccount(),
            r.providerMessageId(), attempt.id, attempt.at).update();
    }

    /**
     * A receipt that comes before our own record of the provider's answer teaches us the provider's id. Answers false where
     * that id has become known to be another attempt's a moment ago: the receipt stays, and the next sweep finds it there.
     */
    private static boolean learn(Connection connection, Attempt attempt, Receipt r) {
        Sql.of(connection, DispatchStore.REMEMBER_PROVIDER_ID, r.provider(), r.providerAccount(), r.providerMessageId(),
            attempt.id, attempt.at).update();
        return Sql.of(connection, BY_PROVIDER_ID, r.provider(), r.providerAccount(), r.providerMessageId())
            .first(row -> Sql.uuid(row, "id")).filter(attempt.id::equals).isPresent();
    }

    private static Receipt read(ResultSet row) throws SQLException {
        return new Receipt(row.getString("provider"), row.getString("provider_account"),
            row.getString("provider_message_id"), Sql.uuid(row, "attempt_id"),
            Receipt.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getString("code"),
            row.getString("meaning"), Sql.instant(row, "reported_at"));
    }

    private record Stored(UUID id, boolean dealtWith) {
    }

    /** @param known whether it was found by the provider's id */
    private record Attempt(UUID id, Instant at, UUID messageId, Instant messageAt, Channel channel, Instant startedAt,
                           boolean known) {
        static Attempt of(ResultSet row, boolean known) throws SQLException {
            return new Attempt(Sql.uuid(row, "id"), Sql.instant(row, "id_at"), Sql.uuid(row, "message_id"),
                Sql.instant(row, "message_id_at"), Channel.fromStored(row.getString("channel")),
                Sql.instant(row, "started_at"), known);
        }
    }
}
