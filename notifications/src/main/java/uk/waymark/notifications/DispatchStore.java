package uk.waymark.notifications;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The dispatcher's SQL. Every change is conditional on the lease or the attempt it belongs to, and on the states that
 * {@link MessageState} allows; rows are locked in the order of their ids.
 */
final class DispatchStore {

    static final String REMEMBER_PROVIDER_ID = """
        insert into notifications.provider_message (provider, provider_account, provider_message_id, attempt_id,
                                                    attempt_id_at)
        values (?, ?, ?, ?, ?) on conflict do nothing""";
    private static final String CLAIM = """
        with due as materialized (
            select id, id_at from notifications.message
            where state in ('queued', 'held') and due_at <= ?
              and (lease_until is null or lease_until < clock_timestamp())
            order by due_at, id limit ? for update skip locked)
        update notifications.message m set lease = ?, lease_until = clock_timestamp() + make_interval(secs => ?)
        from due where m.id = due.id and m.id_at = due.id_at
        returning m.id, m.id_at, m.lease, m.tenant, m.recipient_ref, m.subject_ref, m.class, m.template,
                  m.template_version, m.template_own, m.fields,
                  m.reason, m.due_at, m.expires_at, m.created_at, m.attempts, m.refused, m.unavailable""";
    private static final String MOVE_CLAIMED = """
        update notifications.message
        set state = ?, reason = ?, due_at = coalesce(?::timestamptz, due_at), ended_at = ?::timestamptz,
            lease = null, lease_until = null
        where id = ? and id_at = ? and lease = ? and state = any(?)""";
    private static final String START = """
        update notifications.message
        set state = 'started', attempt_id = ?, attempts = attempts + 1,
            lease_until = clock_timestamp() + make_interval(secs => ?)
        where id = ? and id_at = ? and lease = ? and state = any(?)""";
    private static final String INSERT_ATTEMPT = """
        insert into notifications.attempt (id, id_at, message_id, message_id_at, tenant, number, channel,
            template_version, language, variant, segments, address, address_key, body, provider, provider_account, chosen_because,
            state, started_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'started', ?)""";
    private static final String MOVE_STARTED = """
        update notifications.message
        set state = ?, reason = ?, due_at = coalesce(?::timestamptz, due_at), ended_at = ?::timestamptz,
            refused = array_remove(array_append(refused, ?::text), null), unavailable = ?, escalate_at = ?::timestamptz,
            lease = null, lease_until = null
        where id = ? and id_at = ? and attempt_id = ? and state = any(?)""";
    /** A receipt may have settled the attempt first: then only what is still missing is added. */
    private static final String ANSWER_ATTEMPT = """
        update notifications.attempt
        set state = case when state in ('started', 'unknown') then ? else state end,
            code = coalesce(code, ?), meaning = coalesce(meaning, ?), answered_at = ?,
            provider = coalesce(?, provider), provider_account = coalesce(?, provider_account),
            provider_message_id = coalesce(provider_message_id, ?)
        where id = ? and id_at = ?""";
    private static final String LAPSED = """
        select id, id_at, tenant, recipient_ref, subject_ref, class, template, attempt_id from notifications.message
        where state = 'started' and lease_until < clock_timestamp()
        order by id limit 500 for update skip locked""";

    private final Ids ids;

    DispatchStore(Ids ids) {
        this.ids = ids;
    }

    List<Claimed> claim(Connection connection, Instant now, int atMost, Duration lease) {
        return Sql.of(connection, CLAIM, now, atMost, ids.next(), seconds(lease)).list(Claimed::of).stream()
            .sorted(Comparator.comparing(Claimed::dueAt).thenComparing(Claimed::id)).toList();
    }

    /** Leaves the claim in place but shortens or lengthens it, so that the messages come back after {@code rest}. */
    void putBack(Connection connection, List<Claimed> messages, Duration rest) {
        Sql.batch(connection, """
            update notifications.message set lease_until = clock_timestamp() + make_interval(secs => ?)
            where id = ? and id_at = ? and lease = ? and state in ('queued', 'held')""",
            messages.stream().sorted(Comparator.comparing(Claimed::id))
                .map(m -> new Object[] {seconds(rest), m.id(), m.at(), m.lease()}).toList());
    }

    /** A message that is not to be sent now. {@code until} is null unless it is held. */
    record Verdict(Claimed message, MessageState state, String reason, Instant until) {
    }

    /** Carries out verdicts; answers those that still held, which a cancelled message's do not. */
    List<Verdict> settle(Connection connection, List<Verdict> verdicts, Instant now) {
        List<Verdict> ordered = verdicts.stream().sorted(Comparator.comparing(v -> v.message.id())).toList();
        int[] moved = Sql.batch(connection, MOVE_CLAIMED, ordered.stream().map(v -> new Object[] {
            v.state, v.reason, v.until, v.state.terminal() ? now : null, v.message.id(), v.message.at(),
            v.message.lease(), v.state.beforeWhileWaiting()}).toList());
        List<Verdict> done = changed(ordered, moved);
        EndedMessage.insert(connection, done.stream().filter(v -> v.state.announced())
            .map(v -> v.message.ended(ids.next(), v.state, v.reason, now)).toList());
        return done;
    }

    /** Commits to sending: answers the attempts that may go out; a message cancelled meanwhile is not among them. */
    List<Attempt> start(Connection connection, List<Attempt> attempts, Duration lease, Instant now) {
        List<Attempt> ordered = attempts.stream().sorted(Comparator.comparing(a -> a.message().id())).toList();
        int[] started = Sql.batch(connection, START, ordered.stream().map(a -> new Object[] {
            a.id(), seconds(lease), a.message().id(), a.message().at(), a.message().lease(),
            MessageState.STARTED.beforeWhileWaiting()}).toList());
        List<Attempt> going = changed(ordered, started);
        Sql.batch(connection, INSERT_ATTEMPT, going.stream().map(a -> new Object[] {
            a.id(), IdTime.of(a.id()), a.message().id(), a.message().at(), a.message().tenant(),
            a.message().attempts() + 1, a.channel().stored(), a.rendered().version(), a.rendered().language(),
            a.rendered().variant(), a.segments(), a.sealedAddress(), a.addressKey(), a.sealedBody(), a.via().provider(),
            a.via().account(), a.via().because(), now}).toList());
        return going;
    }

    /**
     * What came of one attempt, and where that takes its message.
     *
     * @param retryAt set if it is queued again
     * @param refused the channel that is not to be tried again, or null
     * @param unavailable accounts to be passed over when it is tried again
     * @param escalateAt  when the next channel follows unless it was read by then, or null
     */
    record Answer(Attempt attempt, SendOutcome outcome, MessageState next, String reason, Instant retryAt,
                  Channel refused, Set<String> unavailable, Instant escalateAt) {
        Answer(Attempt attempt, SendOutcome outcome, MessageState next, String reason) {
            this(attempt, outcome, next, reason, null, null, Set.of(), null);
        }
    }

    /** Records answers; answers those that moved their message, which an earlier receipt may have forestalled. */
    List<Answer> record(Connection connection, List<Answer> answers, Instant now) {
        List<Answer> ordered = answers.stream().sorted(Comparator.comparing(a -> a.attempt.message().id())).toList();
        int[] moved = Sql.batch(connection, MOVE_STARTED, ordered.stream().map(a -> new Object[] {
            a.next, a.reason, a.retryAt, a.next.terminal() ? now : null,
            a.refused == null ? null : a.refused.stored(), a.unavailable, a.escalateAt, a.attempt.message().id(),
            a.attempt.message().at(), a.attempt.id(), a.next.beforeWithProvider()}).toList());
        Sql.batch(connection, ANSWER_ATTEMPT, ordered.stream().map(a -> attemptValues(a, now)).toList());
        Sql.batch(connection, REMEMBER_PROVIDER_ID, ordered.stream()
            .filter(a -> a.outcome instanceof SendOutcome.Accepted).map(DispatchStore::providerIdValues).toList());
        List<Answer> done = changed(ordered, moved);
        EndedMessage.insert(connection, done.stream().filter(a -> a.next.announced())
            .map(a -> a.attempt.message().ended(ids.next(), a.next, a.reason, now)).toList());
        return done;
    }

    private static Object[] attemptValues(Answer answer, Instant now) {
        UUID id = answer.attempt.id();
        String code = null;
        String meaning = null;
        String[] taken = new String[3];
        switch (answer.outcome) {
            case SendOutcome.Accepted(String provider, String account, String messageId) ->
                taken = new String[] {provider, account, messageId};
            case SendOutcome.Rejected(String refused, String why) -> {
                code = refused;
                meaning = why;
            }
            case SendOutcome.Unavailable(String why, Duration wait) -> code = why;
            case SendOutcome.Unknown(String what) -> code = what;
        }
        return new Object[] {answer.outcome.stored(), code, meaning, now, taken[0], taken[1], taken[2], id,
            IdTime.of(id)};
    }

    private static Object[] providerIdValues(Answer answer) {
        SendOutcome.Accepted a = (SendOutcome.Accepted) answer.outcome;
        UUID id = answer.attempt.id();
        return new Object[] {a.provider(), a.providerAccount(), a.providerMessageId(), id, IdTime.of(id)};
    }

    /** Makes started messages whose lease lapsed unknown; answers how many. */
    int giveUpLapsed(Connection connection, Instant now) {
        String why = "no_outcome_recorded";
        List<UUID> attempts = new ArrayList<>();
        List<EndedMessage> lapsed = Sql.of(connection, LAPSED).list(row -> {
            attempts.add(Sql.uuid(row, "attempt_id"));
            return EndedMessage.of(row, ids.next(), MessageState.UNKNOWN, why, now);
        });
        Sql.batch(connection, """
            update notifications.message set state = 'unknown', reason = ?, lease = null, lease_until = null
            where id = ? and id_at = ?""",
            lapsed.stream().map(e -> new Object[] {why, e.messageId(), IdTime.of(e.messageId())}).toList());
        Sql.batch(connection, """
            update notifications.attempt set state = 'unknown', code = ?
            where id = ? and id_at = ? and state = 'started'""",
            attempts.stream().map(id -> new Object[] {why, id, IdTime.of(id)}).toList());
        EndedMessage.insert(connection, lapsed);
        return lapsed.size();
    }

    Optional<Instant> nextDue(Connection connection, Instant now) {
        return Sql.of(connection, """
            select due_at from notifications.message where state in ('queued', 'held') and due_at > ?
            order by due_at, id limit 1""", now).first(row -> Sql.instant(row, "due_at"));
    }

    /** How many messages are due (counted up to 10,000) and since when the oldest one is. */
    record Backlog(long due, Instant oldest) {
    }

    Backlog backlog(Connection connection, Instant now) {
        return Sql.of(connection, """
            select count(*) as due, min(due_at) as oldest from (
                select due_at from notifications.message where state in ('queued', 'held') and due_at <= ?
                order by due_at, id limit 10000) as waiting""", now)
            .first(row -> new Backlog(row.getLong("due"), Sql.instant(row, "oldest"))).orElseThrow();
    }

    void ensurePartitions(Connection connection, Instant idTime) {
        Sql.of(connection, "select notifications.ensure_partitions(?, ?)", idTime, idTime.plus(Duration.ofDays(92)))
            .list(row -> null);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <T> List<T> changed(List<T> rows, int[] counts) {
        List<T> changed = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                changed.add(rows.get(i));
            }
        }
        return changed;
    }
}
