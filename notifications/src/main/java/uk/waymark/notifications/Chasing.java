package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Lookup.Answer;

/**
 * Asks after receipts that do not come: a provider does not repeat one for ever that we could not take. What it says is
 * taken as the receipt; where it is still on its way nothing changes; and where nobody can say, the message fails in the end
 * ({@code no_receipt}), so that another channel follows or a person looks. A receipt that comes in between wins. No connection
 * is held while a provider is asked, and one is used at most.
 */
final class Chasing {

    static final String NO_RECEIPT = "no_receipt";
    private static final Logger LOG = LoggerFactory.getLogger(Chasing.class);
    /** Asked about side by side. */
    private static final int BATCH = 20;
    /** Whoever takes it sets its time ahead: another takes it only once that has passed. */
    private static final String CLAIM = """
        with due as materialized (
            select id, id_at from notifications.message
            where state = 'accepted' and chase_at is not null and chase_at <= clock_timestamp()
            order by chase_at limit ? for update skip locked)
        update notifications.message m set chase_at = clock_timestamp() + make_interval(secs => ?)
        from due where m.id = due.id and m.id_at = due.id_at
        returning m.id, m.attempt_id, clock_timestamp() as taken""";
    private static final String ATTEMPTS = """
        select id, tenant, channel, provider, provider_account, provider_message_id from notifications.attempt
        where id = any(?) and id_at between ? and ?""";
    private static final String NEXT = """
        update notifications.message set chase_at = ?::timestamptz
        where id = ? and id_at = ? and attempt_id = ? and state = 'accepted' and chase_at is not null""";

    private final DataSource source;
    private final Map<String, Lookup> lookups;
    private final ReceiptRules rules;
    private final Receipts receipts;
    private final InstantSource caseTime;
    private final Duration lease;
    private final MeterRegistry meters;

    /**
     * @param lookups by the providers' names
     * @param lease   machine time after which another instance asks about what this one has not
     */
    Chasing(DataSource source, Map<String, Lookup> lookups, ReceiptRules rules, Receipts receipts, InstantSource caseTime,
            Duration lease, MeterRegistry meters) {
        this.source = source;
        this.lookups = Map.copyOf(lookups);
        this.rules = rules;
        this.receipts = receipts;
        this.caseTime = caseTime;
        this.lease = lease;
        this.meters = meters;
        // there from the start, so that an alert can tell none from not counted
        this.lookups.forEach((provider, lookup) -> {
            if (lookup.chased()) {
                for (Result result : Result.values()) {
                    asked(provider, result, 0);
                }
            }
        });
    }

    /** What came of asking about one of them. */
    private enum Result {
        DELIVERED, FAILED, UNDERWAY, UNDECIDED, GIVEN_UP
    }

    private record Due(UUID message, UUID attempt, Instant taken) {
        static Due of(ResultSet row) throws SQLException {
            return new Due(Sql.uuid(row, "id"), Sql.uuid(row, "attempt_id"), Sql.instant(row, "taken"));
        }
    }

    private record Call(UUID attempt, UUID tenant, Channel channel, String provider, String account, String providerMessageId) {
        static Call of(ResultSet row) throws SQLException {
            return new Call(Sql.uuid(row, "id"), Sql.uuid(row, "tenant"), Channel.fromStored(row.getString("channel")),
                row.getString("provider"), row.getString("provider_account"), row.getString("provider_message_id"));
        }
    }

    /** How long after its acceptance a message is asked about first; null where no receipt is to be expected. */
    Duration firstAsk(Channel channel, String provider) {
        return expected(channel, provider) ? rules.askAfter() : null;
    }

    private boolean expected(Channel channel, String provider) {
        return channel.confirms() && (!lookups.containsKey(provider) || lookups.get(provider).chased());
    }

    /** Asks about some of what is due to be asked about; answers how many it looked at. */
    int round() {
        Map<Due, Call> due = Sql.manyRows(source, this::claim);
        Map<Due, Call> asked = new HashMap<>();
        due.forEach((d, call) -> {
            if (!expected(call.channel, call.provider)) {
                next(d, null);
            } else if (d.taken.isBefore(first(d))) {
                next(d, first(d)); // a receipt made it accepted before our own record did
            } else {
                asked.put(d, call);
            }
        });
        if (!asked.isEmpty()) {
            ask(asked);
        }
        return due.size();
    }

    private Map<Due, Call> claim(Connection connection) {
        List<Due> due = Sql.of(connection, CLAIM, BATCH, lease.toMillis() / 1000.0).list(Due::of);
        if (due.isEmpty()) {
            return Map.of();
        }
        List<UUID> attempts = due.stream().map(Due::attempt).toList();
        List<Instant> times = attempts.stream().map(IdTime::of).sorted().toList();
        Map<UUID, Call> calls = new HashMap<>();
        Sql.of(connection, ATTEMPTS, attempts, times.getFirst(), times.getLast()).list(Call::of)
            .forEach(call -> calls.put(call.attempt, call));
        Map<Due, Call> found = new HashMap<>();
        due.stream().filter(d -> calls.containsKey(d.attempt)).forEach(d -> found.put(d, calls.get(d.attempt)));
        return found;
    }

    private void ask(Map<Due, Call> due) {
        Map<Due, Future<Answer>> answers = new HashMap<>();
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach((d, call) -> answers.put(d, calls.submit(() -> ask(call))));
            for (Map.Entry<Due, Future<Answer>> answer : answers.entrySet()) {
                apply(answer.getKey(), due.get(answer.getKey()), answer.getValue().get());
            }
        } catch (InterruptedException e) {
            // what was not asked about is taken again when its time has come
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getClass().getName());
        }
    }

    private Answer ask(Call call) {
        Lookup lookup = lookups.get(call.provider);
        try {
            return lookup == null ? new Answer.Undecided("nobody_to_ask")
                : lookup.status(call.account, call.tenant, call.providerMessageId, call.attempt);
        } catch (RuntimeException | Error e) {
            // by class only: its text may quote what was answered
            LOG.error("asking for the receipt of attempt {} failed with {}", call.attempt, e.getClass().getName());
            return new Answer.Undecided("lookup_failed");
        }
    }

    private void apply(Due d, Call call, Answer answer) {
        Result result;
        try {
            result = Sql.inTransaction(source, connection -> decide(connection, d, call, answer));
        } catch (NotificationsException e) {
            throw e;
        } catch (RuntimeException e) {
            // one that cannot be decided must not keep the others waiting; by class only, as above
            LOG.error("chasing attempt {} failed with {}", d.attempt, e.getClass().getName());
            next(d, d.taken.plus(rules.askEvery()));
            result = Result.UNDECIDED;
        }
        asked(call.provider, result, 1);
    }

    private void asked(String provider, Result result, int times) {
        meters.counter("notifications.chased", "provider", provider, "result", result.name().toLowerCase(Locale.ROOT))
            .increment(times);
    }

    private Result decide(Connection connection, Due d, Call call, Answer answer) {
        Optional<Receipt.Status> says = answer instanceof Answer.Taken(Receipt r) ? Optional.of(r.status()) : Optional.empty();
        if (answer instanceof Answer.Taken(Receipt receipt) && receipt.status() != Receipt.Status.INTERMEDIATE
            && settled(receipts.apply(connection, receipt))) {
            return receipt.status() == Receipt.Status.DELIVERED ? Result.DELIVERED : Result.FAILED;
        }
        if (!d.taken.isBefore(IdTime.of(d.attempt).plus(rules.giveUp()))) {
            Receipt none = new Receipt(call.provider, call.account, call.providerMessageId, call.attempt, Receipt.Status.FAILED,
                NO_RECEIPT, caseTime.instant());
            if (receipts.missing(connection, none)) {
                return Result.GIVEN_UP;
            }
        }
        next(connection, d, d.taken.plus(rules.askEvery()));
        return says.isPresent() ? Result.UNDERWAY : Result.UNDECIDED;
    }

    private static boolean settled(Receipts.Result result) {
        return switch (result) {
            case APPLIED, LATE -> true;
            case DUPLICATE, UNMATCHED -> false;
        };
    }

    private Instant first(Due d) {
        return IdTime.of(d.attempt).plus(rules.askAfter());
    }

    private void next(Due d, Instant at) {
        Sql.inTransaction(source, connection -> next(connection, d, at));
    }

    private static int next(Connection connection, Due d, Instant at) {
        return Sql.of(connection, NEXT, at, d.message, IdTime.of(d.message), d.attempt).update();
    }
}
