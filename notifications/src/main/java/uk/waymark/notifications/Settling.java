package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Lookup.Answer;
import uk.waymark.notifications.Lookup.Candidate;
import uk.waymark.notifications.SettlingStore.Call;
import uk.waymark.notifications.SettlingStore.Open;
import uk.waymark.notifications.SettlingStore.Unknown;

/**
 * Finds out what became of attempts whose outcome was lost, by asking their provider where it can be asked. A receipt that
 * comes in between wins. What the provider turns out to have goes on as its receipts would take it; what it does not have
 * after the quiet time is sent again, by a new attempt; what cannot be settled in time is never sent again and is told to
 * the host, so that a person looks. No connection is held while a provider is asked, and one is used at most.
 */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    /** Looked at, and asked about, side by side. */
    private static final int BATCH = 20;
    /** Older attempts have no text any more that could be compared. */
    private static final Duration COMPARED = Duration.ofDays(7);
    /** As what an attempt is put down that the provider, asked, does not have; a receipt may prove that wrong. */
    static final String NOT_TAKEN = "not_taken";

    private final DataSource source;
    private final SettlingStore store;
    private final Map<String, Lookup> lookups;
    private final SettlingRules rules;
    private final Receipts receipts;
    private final Sealer sealer;
    private final InstantSource caseTime;
    private final Duration lease;
    private final MeterRegistry meters;

    /**
     * @param lookups by the providers' names
     * @param lease   machine time after which another instance looks at what this one has not settled
     */
    Settling(DataSource source, Map<String, Lookup> lookups, SettlingRules rules, Receipts receipts, Sealer sealer, Ids ids,
             InstantSource caseTime, Duration lease, MeterRegistry meters) {
        this.source = source;
        this.store = new SettlingStore(ids);
        this.lookups = Map.copyOf(lookups);
        this.rules = rules;
        this.receipts = receipts;
        this.sealer = sealer;
        this.caseTime = caseTime;
        this.lease = lease;
        this.meters = meters;
    }

    /** What came of looking at one of them. */
    private enum Result {
        TAKEN, NOT_TAKEN, GIVEN_UP, LATER
    }

    /** What was done in one round. @param again how many are queued again */
    record Done(int looked, int again) {
    }

    /** Makes started messages whose lease lapsed unknown; answers how many. */
    int lapse() {
        List<SettlingStore.Lapsed> lapsed = Sql.manyRows(source, store::lapse);
        lapsed.forEach(l -> DispatchMetrics.lapsed(meters, l.provider(), l.template(), l.channel()));
        return lapsed.size();
    }

    /** Looks at some of what is due to be looked at. */
    Done round() {
        Map<Unknown, Optional<Call>> unknown = Sql.manyRows(source, connection -> {
            List<Unknown> claimed = store.claim(connection, caseTime.instant(), BATCH, lease);
            Map<UUID, Call> calls = claimed.isEmpty() ? Map.of()
                : store.calls(connection, claimed.stream().map(Unknown::attempt).toList());
            return claimed.stream().collect(Collectors.toMap(u -> u,
                u -> Optional.ofNullable(calls.get(u.attempt())).filter(call -> call.address() != null && call.body() != null)));
        });
        return new Done(unknown.size(), unknown.isEmpty() ? 0 : settle(unknown));
    }

    /** @param answer null where nobody was asked */
    private record Answered(Unknown unknown, Call call, Answer answer) {
    }

    private int settle(Map<Unknown, Optional<Call>> unknown) {
        int again = 0;
        BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            unknown.forEach((u, call) -> calls.execute(() -> answers.add(new Answered(u, call.orElse(null), ask(u, call)))));
            for (int open = unknown.size(); open > 0; open--) {
                again += apply(answers.take()) == Result.NOT_TAKEN ? 1 : 0;
            }
        } catch (InterruptedException e) {
            // what was not settled is looked at again when its lease has lapsed
            Thread.currentThread().interrupt();
        }
        return again;
    }

    private Answer ask(Unknown u, Optional<Call> call) {
        Lookup lookup = call.map(c -> lookups.get(c.provider())).orElse(null);
        if (lookup == null || u.fresh() && !over(u)) {
            return null;
        }
        try {
            Call c = call.get();
            return lookup.ask(new Lookup.Asked(u.attempt(), c.tenant(), c.account(),
                text(Attempt.ADDRESS, u.attempt(), c.address()), text(Attempt.BODY, u.attempt(), c.body()), earliest(u.attempt())));
        } catch (RuntimeException | Error e) {
            // by class only: its text may quote what was asked
            LOG.error("looking attempt {} up failed with {}", u.attempt(), e.getClass().getName());
            return new Answer.Undecided("lookup_failed");
        }
    }

    private Result apply(Answered a) {
        Result result;
        try {
            result = Sql.manyRows(source, connection -> decide(connection, a));
        } catch (NotificationsException e) {
            throw e;
        } catch (RuntimeException e) {
            // what cannot be opened or compared must come to its end as well; by class only, as above
            LOG.error("settling attempt {} failed with {}", a.unknown.attempt(), e.getClass().getName());
            result = Sql.inTransaction(source, connection -> wait(connection, a));
        }
        if (result != Result.LATER) {
            meters.counter("notifications.settled", "provider", a.call == null ? "none" : a.call.provider(), "result",
                result.name().toLowerCase(Locale.ROOT)).increment();
        }
        if (result == Result.GIVEN_UP) {
            DispatchMetrics.ended(meters, MessageState.UNKNOWN);
        }
        return result;
    }

    private Result decide(Connection connection, Answered a) {
        Answer answer = a.answer instanceof Answer.Candidates(List<Candidate> found)
            ? choose(connection, a.unknown, a.call, found) : a.answer;
        return switch (answer) {
            case null -> wait(connection, a);
            case Answer.Taken(Receipt receipt) -> taken(connection, a, receipt);
            case Answer.NotThere none -> quiet(a.unknown)
                && store.notTaken(connection, a.unknown, NOT_TAKEN, caseTime.instant()) ? Result.NOT_TAKEN : wait(connection, a);
            case Answer.Undecided why -> wait(connection, a);
            case Answer.Candidates many -> throw new IllegalStateException("chosen from above");
        };
    }

    private Result taken(Connection connection, Answered a, Receipt receipt) {
        return switch (receipts.apply(connection, receipt)) {
            case APPLIED, LATE -> Result.TAKEN;
            // meanwhile known to be another attempt's
            case DUPLICATE, UNMATCHED -> wait(connection, a);
        };
    }

    /** Another look later, unless it is time to leave it to a person. */
    private Result wait(Connection connection, Answered a) {
        Unknown u = a.unknown;
        boolean asks = a.call != null && lookups.containsKey(a.call.provider());
        // nobody to be asked, but another channel will follow and settle it
        boolean follows = !asks && u.escalateAt() != null && !expired(u);
        if (!follows && (!asks || over(u))) {
            return store.giveUp(connection, u, caseTime.instant()) ? Result.GIVEN_UP : Result.LATER;
        }
        Duration untilQuiet = Duration.between(u.taken(), u.since().plus(rules.quiet()));
        boolean sooner = untilQuiet.isPositive() && untilQuiet.compareTo(rules.askEvery()) < 0;
        store.later(connection, u, sooner ? untilQuiet : rules.askEvery(), a.answer != null);
        return Result.LATER;
    }

    /**
     * Which of the messages that fit is this attempt's. Other attempts of ours may fit as well; as each may have brought
     * one message at most, as many messages as attempts means that all were taken, and which is whose makes no difference.
     * None means that none was. Anything between cannot be told apart. The order of the two queries matters: an attempt that
     * is accepted between them must count as open while its message may count as found, never the other way round.
     */
    private Answer choose(Connection connection, Unknown u, Call call, List<Candidate> found) {
        Instant latest = latest(u.since());
        String text = text(Attempt.BODY, u.attempt(), call.body());
        byte[][] keys = sealer.keys(Attempt.ADDRESS_KEY, text(Attempt.ADDRESS, u.attempt(), call.address()));
        List<UUID> open = store.open(connection, call, keys, earliest(u.attempt()).minus(COMPARED)).stream()
            .filter(o -> meets(o, u) && says(o, text)).map(Open::attempt).toList();
        Set<String> matched = store.matched(connection, found.stream().map(Candidate::receipt).toList());
        List<Candidate> free = found.stream()
            .filter(c -> !matched.contains(c.receipt().providerMessageId()) && !c.takenAt().isAfter(latest))
            .sorted(Comparator.comparing(Candidate::takenAt).thenComparing(c -> c.receipt().providerMessageId())).toList();
        int mine = open.indexOf(u.attempt());
        if (free.isEmpty()) {
            return new Answer.NotThere();
        }
        return free.size() == open.size() && mine >= 0 ? new Answer.Taken(free.get(mine).receipt())
            : new Answer.Undecided("several_fit");
    }

    /** Whether a message that this attempt brought could be taken for one that {@code u} brought. */
    private boolean meets(Open o, Unknown u) {
        return !earliest(o.attempt()).isAfter(latest(u.since())) && (o.since() == null || !latest(o.since()).isBefore(earliest(u.attempt())));
    }

    /** What was wiped may have said anything. */
    private boolean says(Open o, String text) {
        return o.body() == null || text(Attempt.BODY, o.attempt(), o.body()).equals(text);
    }

    /** The provider cannot have taken it before. The id is made just before the attempt is started. */
    private Instant earliest(UUID attempt) {
        return IdTime.of(attempt).minus(rules.clocksApart());
    }

    /** What the provider takes later is not reckoned with. */
    private Instant latest(Instant since) {
        return since.plus(rules.quiet()).plus(rules.clocksApart());
    }

    private boolean quiet(Unknown u) {
        return !u.taken().isBefore(u.since().plus(rules.quiet()));
    }

    private boolean expired(Unknown u) {
        return !caseTime.instant().isBefore(u.expiresAt());
    }

    private boolean over(Unknown u) {
        return expired(u) || !u.taken().isBefore(u.since().plus(rules.giveUp()));
    }

    private String text(String column, UUID attempt, byte[] sealed) {
        return new String(sealer.open(column, attempt, sealed), StandardCharsets.UTF_8);
    }
}
