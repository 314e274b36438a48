package uk.waymark.notifications;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import uk.waymark.notifications.DispatchStore.Answer;

/** Records what came of attempts, many in one statement a table; in the order message, attempt, provider's id. */
final class AnswerStore {

    /**
     * An array cannot hold sets, so that sets of names go over as text, one name a line. A late answer that nobody has the message
     * queues it again, unless it was given up: then a person may be telling it already.
     */
    private static final String MOVE_STARTED = """
        update notifications.message m
        set state = a.state, reason = a.reason, due_at = coalesce(a.retry_at, m.due_at), ended_at = a.ended_at,
            refused = array_remove(array_append(m.refused, a.refused), null),
            unavailable = string_to_array(a.unavailable, E'\\n'), escalate_at = a.escalate_at,
            ask_at = case when a.state = 'queued' then '-infinity' else m.ask_at end,
            chase_at = case when a.state = 'accepted' then clock_timestamp() + make_interval(secs => a.chased_after)
                            else '-infinity' end,
            lease = null, lease_until = null
        from unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                    ?::text[], ?::text[], ?::timestamptz[], ?::float8[], ?::text[])
             as a(id, id_at, attempt, state, reason, retry_at, ended_at, refused, unavailable, escalate_at, chased_after,
                  from_states)
        where m.id = a.id and m.id_at = a.id_at and m.attempt_id = a.attempt
          and m.state = any(string_to_array(a.from_states, E'\\n'))
          and (a.state <> 'queued' or m.state = 'started' or m.ask_at is not null)
        returning m.id""";
    /** A receipt may have settled the attempt first: then only what is still missing is added. */
    private static final String ANSWER_ATTEMPT = """
        update notifications.attempt t
        set state = case when t.state in ('started', 'unknown') then a.state else t.state end,
            code = coalesce(t.code, a.code), meaning = coalesce(t.meaning, a.meaning), answered_at = ?,
            provider = coalesce(a.provider, t.provider), provider_account = coalesce(a.account, t.provider_account),
            provider_message_id = coalesce(t.provider_message_id, a.message_id)
        from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
             as a(id, id_at, state, code, meaning, provider, account, message_id)
        where t.id = a.id and t.id_at = a.id_at""";
    private static final String REMEMBER_PROVIDER_IDS = """
        insert into notifications.provider_message (provider, provider_account, provider_message_id, attempt_id,
                                                    attempt_id_at)
        select * from unnest(?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[]) on conflict do nothing""";

    private final Ids ids;
    private final BiFunction<Channel, String, Duration> firstAsk;

    /** @param firstAsk how long after its acceptance by a provider a message is asked about; null for never */
    AnswerStore(Ids ids, BiFunction<Channel, String, Duration> firstAsk) {
        this.ids = ids;
        this.firstAsk = firstAsk;
    }

    /** Records answers; answers those that moved their message, which an earlier receipt may have forestalled. */
    List<Answer> record(Connection connection, List<Answer> answers, Instant now) {
        List<Answer> ordered = answers.stream().sorted(Comparator.comparing(a -> a.attempt().message().id())).toList();
        Set<UUID> moved = Set.copyOf(move(connection, ordered, now));
        answer(connection, ordered.stream().map(Told::of).toList(), now);
        List<Answer> done = ordered.stream().filter(a -> moved.contains(a.attempt().message().id())).toList();
        EndedMessage.insert(connection, done.stream().filter(a -> a.next().announced())
            .map(a -> a.attempt().message().ended(ids.next(), a.next(), a.reason(), now)).toList());
        return done;
    }

    private List<UUID> move(Connection connection, List<Answer> answers, Instant now) {
        return Sql.of(connection, MOVE_STARTED, Sql.many("uuid", answers, a -> a.attempt().message().id()),
            Sql.many("timestamptz", answers, a -> a.attempt().message().at()),
            Sql.many("uuid", answers, a -> a.attempt().id()), Sql.many("text", answers, Answer::next),
            Sql.many("text", answers, Answer::reason), Sql.many("timestamptz", answers, Answer::retryAt),
            Sql.many("timestamptz", answers, a -> a.next().terminal() ? now : null),
            Sql.many("text", answers, a -> a.refused() == null ? null : a.refused().stored()),
            Sql.many("text", answers, a -> String.join("\n", a.unavailable())),
            Sql.many("timestamptz", answers, Answer::escalateAt),
            Sql.many("float8", answers, this::chasedAfter), Sql.many("text", answers, a -> names(a.next().beforeWithProvider())))
            .list(row -> Sql.uuid(row, "id"));
    }

    private Double chasedAfter(Answer answer) {
        Duration after = answer.outcome() instanceof SendOutcome.Accepted taken
            ? firstAsk.apply(answer.attempt().channel(), taken.provider()) : null;
        return after == null ? null : after.toMillis() / 1000.0;
    }

    private static void answer(Connection connection, List<Told> told, Instant now) {
        Sql.of(connection, ANSWER_ATTEMPT, now, Sql.many("uuid", told, t -> t.attempt),
            Sql.many("timestamptz", told, t -> IdTime.of(t.attempt)), Sql.many("text", told, t -> t.state),
            Sql.many("text", told, t -> t.code), Sql.many("text", told, t -> t.meaning),
            Sql.many("text", told, t -> t.provider), Sql.many("text", told, t -> t.account),
            Sql.many("text", told, t -> t.messageId)).update();
        List<Told> taken = told.stream().filter(t -> t.messageId != null).toList();
        if (!taken.isEmpty()) {
            Sql.of(connection, REMEMBER_PROVIDER_IDS, Sql.many("text", taken, t -> t.provider),
                Sql.many("text", taken, t -> t.account), Sql.many("text", taken, t -> t.messageId),
                Sql.many("uuid", taken, t -> t.attempt), Sql.many("timestamptz", taken, t -> IdTime.of(t.attempt)))
                .update();
        }
    }

    /** States as one text, for {@code string_to_array}. */
    static String names(Set<MessageState> states) {
        return states.stream().map(MessageState::stored).collect(Collectors.joining("\n"));
    }

    /** An outcome as its attempt's columns hold it; what it does not say is null. */
    private record Told(UUID attempt, String state, String code, String meaning, String provider, String account,
                        String messageId) {
        static Told of(Answer answer) {
            UUID id = answer.attempt().id();
            String state = answer.outcome().stored();
            return switch (answer.outcome()) {
                case SendOutcome.Accepted(String provider, String account, String messageId) ->
                    new Told(id, state, null, null, provider, account, messageId);
                case SendOutcome.Rejected(String code, String meaning) ->
                    new Told(id, state, code, meaning, null, null, null);
                case SendOutcome.Unavailable(String code, Duration wait) -> new Told(id, state, code, null, null, null, null);
                case SendOutcome.Unknown(String what) -> new Told(id, state, what, null, null, null, null);
            };
        }
    }
}
