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
            where %sstate in ('queued', 'held') and due_at <= ?
              and (lease_until is null or lease_until < clock_timestamp())
            order by %s limit ? for update skip locked)
        update notifications.message m set lease = ?, lease_until = clock_timestamp() + make_interval(secs => ?)
        from due where m.id = due.id and m.id_at = due.id_at
        returning m.id, m.id_at, m.lease, m.tenant, m.recipient_ref, m.subject_ref, m.class, m.template,
                  m.template_version, m.template_own, m.fields,
                  m.reason, m.due_at, m.expires_at, m.created_at, m.attempts, m.refused, m.unavailable""";
    static final String CLAIM_BY_PRIORITY = CLAIM.formatted("", "priority, due_at, id");
    static final String CLAIM_BY_AGE = CLAIM.formatted("", "due_at, id");
    static final String CLAIM_URGENT = CLAIM.formatted("priority = 0 and ", "priority, due_at, id");
    private static final String PUT_BACK = """
        update notifications.message m set lease_until = clock_timestamp() + make_interval(secs => ?)
        from unnest(?::uuid[], ?::timestamptz[], ?::uuid[]) as b(id, id_at, lease)
        where m.id = b.id and m.id_at = b.id_at and m.lease = b.lease and m.state in ('queued', 'held')""";
    private static final String MOVE_CLAIMED = """
        update notifications.message m
        set state = v.state, reason = v.reason, due_at = coalesce(v.until, m.due_at), ended_at = v.ended_at,
            lease = null, lease_until = null
        from unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                    ?::text[]) as v(id, id_at, lease, state, reason, until, ended_at, from_states)
        where m.id = v.id and m.id_at = v.id_at and m.lease = v.lease
          and m.state = any(string_to_array(v.from_states, E'\\n'))
        returning m.id""";
    private static final String START = """
        update notifications.message m
        set state = 'started', attempt_id = a.attempt, attempts = m.attempts + 1, tried = a.tried, escalate_at = a.escalate_at,
            lease_until = clock_timestamp() + make_interval(secs => ?)
        from unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[])
             as a(id, id_at, lease, attempt, tried, escalate_at)
        where m.id = a.id and m.id_at = a.id_at and m.lease = a.lease and m.lease_until > clock_timestamp()
          and m.state = any(?)
        returning m.id""";
    private static final String INSERT_ATTEMPT = """
        insert into notifications.attempt (id, id_at, message_id, message_id_at, tenant, number, channel,
            template_version, language, variant, segments, address, address_key, body, provider, provider_account, chosen_because,
            asks, state, started_at)
        select a.*, 'started', ?::timestamptz
        from unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::timestamptz[], ?::uuid[], ?::integer[], ?::text[],
                    ?::integer[], ?::text[], ?::text[], ?::integer[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[], ?::text[],
                    ?::text[], ?::boolean[]) as a""";

    private final Ids ids;

    DispatchStore(Ids ids) {
        this.ids = ids;
    }

    /** In which order what is due is claimed. */
    enum Order {
        /** The most urgent classes first, and of each what has been due for longest. */
        PRIORITY,
        /** What has been due for longest, whatever its class. */
        AGE,
        /** Only what somebody is waiting for: classes of priority 0. */
        URGENT
    }

    List<Claimed> claim(Connection connection, Order order, Instant now, int atMost, Duration lease) {
        String claim = switch (order) {
            case PRIORITY -> CLAIM_BY_PRIORITY;
            case AGE -> CLAIM_BY_AGE;
            case URGENT -> CLAIM_URGENT;
        };
        return Sql.of(connection, claim, now, atMost, ids.next(), seconds(lease)).list(Claimed::of);
    }

    /** Leaves the claim in place but shortens or lengthens it, so that the messages come back after {@code rest}. */
    void putBack(Connection connection, List<Claimed> messages, Duration rest) {
        List<Claimed> ordered = messages.stream().sorted(Comparator.comparing(Claimed::id)).toList();
        Sql.of(connection, PUT_BACK, seconds(rest), Sql.many("uuid", ordered, Claimed::id),
            Sql.many("timestamptz", ordered, Claimed::at), Sql.many("uuid", ordered, Claimed::lease)).update();
    }

    /** A message that is not to be sent now. {@code until} is null unless it is held. */
    record Verdict(Claimed message, MessageState state, String reason, Instant until) {
    }

    /** Carries out verdicts; answers those that still held, which a cancelled message's do not. */
    List<Verdict> settle(Connection connection, List<Verdict> verdicts, Instant now) {
        List<Verdict> ordered = verdicts.stream().sorted(Comparator.comparing(v -> v.message.id())).toList();
        Set<UUID> moved = Set.copyOf(Sql.of(connection, MOVE_CLAIMED, Sql.many("uuid", ordered, v -> v.message.id()),
            Sql.many("timestamptz", ordered, v -> v.message.at()), Sql.many("uuid", ordered, v -> v.message.lease()),
            Sql.many("text", ordered, Verdict::state), Sql.many("text", ordered, Verdict::reason),
            Sql.many("timestamptz", ordered, Verdict::until),
            Sql.many("timestamptz", ordered, v -> v.state.terminal() ? now : null),
            Sql.many("text", ordered, v -> AnswerStore.names(v.state.beforeWhileWaiting())))
            .list(row -> Sql.uuid(row, "id")));
        List<Verdict> done = ordered.stream().filter(v -> moved.contains(v.message.id())).toList();
        EndedMessage.insert(connection, done.stream().filter(v -> v.state.announced())
            .map(v -> v.message.ended(ids.next(), v.state, v.reason, now)).toList());
        return done;
    }

    /** Commits to sending: answers the attempts that may go out; a message cancelled meanwhile is not among them. */
    List<Attempt> start(Connection connection, List<Attempt> attempts, Duration lease, Instant now) {
        List<Attempt> ordered = attempts.stream().sorted(Comparator.comparing(a -> a.message().id())).toList();
        Set<UUID> started = Set.copyOf(Sql.of(connection, START, seconds(lease),
            Sql.many("uuid", ordered, a -> a.message().id()), Sql.many("timestamptz", ordered, a -> a.message().at()),
            Sql.many("uuid", ordered, a -> a.message().lease()), Sql.many("uuid", ordered, Attempt::id),
            Sql.many("text", ordered, Attempt::tried), Sql.many("timestamptz", ordered, Attempt::escalateAt),
            MessageState.STARTED.beforeWhileWaiting()).list(row -> Sql.uuid(row, "id")));
        List<Attempt> going = ordered.stream().filter(a -> started.contains(a.message().id())).toList();
        if (!going.isEmpty()) {
            insert(connection, going, now);
        }
        return going;
    }

    private static void insert(Connection connection, List<Attempt> going, Instant now) {
        Sql.of(connection, INSERT_ATTEMPT, now, Sql.many("uuid", going, Attempt::id),
            Sql.many("timestamptz", going, a -> IdTime.of(a.id())), Sql.many("uuid", going, a -> a.message().id()),
            Sql.many("timestamptz", going, a -> a.message().at()), Sql.many("uuid", going, a -> a.message().tenant()),
            Sql.many("integer", going, a -> a.message().attempts() + 1),
            Sql.many("text", going, a -> a.channel().stored()), Sql.many("integer", going, a -> a.rendered().version()),
            Sql.many("text", going, a -> a.rendered().language()), Sql.many("text", going, a -> a.rendered().variant()),
            Sql.many("integer", going, Attempt::segments), Sql.many("bytea", going, Attempt::sealedAddress),
            Sql.many("bytea", going, Attempt::addressKey), Sql.many("bytea", going, Attempt::sealedBody),
            Sql.many("text", going, a -> a.via().provider()), Sql.many("text", going, a -> a.via().account()),
            Sql.many("text", going, a -> a.via().because()), Sql.many("boolean", going, Attempt::asks)).update();
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
}
