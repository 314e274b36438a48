package uk.waymark.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.DispatchStore.Verdict;

/**
 * One batch from claim to calls, which go on by themselves. No connection is held while the policy or a provider is asked:
 * claiming, starting and recording are transactions of their own.
 */
final class DispatchRound {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BY_AGE = 8;
    /** What is held for a provider that might deliver it too late. */
    private static final String TOO_SHORT = "too_shortly_before_end";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final DataSource source;
    private final DispatchStore store;
    private final DeliveryPolicy policy;
    private final Rendering rendering;
    private final Senders senders;
    private final MessageClasses classes;
    private final InstantSource caseTime;
    private final DispatchSettings settings;
    private final NextStep next;
    private final Calls calls;
    private final InFlight inFlight;
    private final DispatchMetrics metrics;
    private final AtomicInteger claims = new AtomicInteger();

    DispatchRound(DataSource source, DispatchStore store, DeliveryPolicy policy, Templates templates,
                  Senders senders, MessageClasses classes, Sealer sealer, Ids ids, InstantSource caseTime, DispatchSettings settings,
                  NextStep next, Calls calls, InFlight inFlight, DispatchMetrics metrics) {
        this.source = source;
        this.store = store;
        this.policy = policy;
        this.rendering = new Rendering(templates, classes, sealer, ids, next);
        this.senders = senders;
        this.classes = classes;
        this.caseTime = caseTime;
        this.settings = settings;
        this.next = next;
        this.calls = calls;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    /**
     * What a round has begun.
     *
     * @param claimed how many messages were due and claimed
     * @param full    whether as many as there was room for, so that there may be more
     * @param calls   counts down to zero as outcomes are recorded
     */
    record Begun(int claimed, boolean full, CountDownLatch calls) {
    }

    /**
     * Waits for room, and works on one batch until its calls are under way.
     *
     * @param closing asked once there is room: whether nothing more is to be claimed
     */
    Begun run(BooleanSupplier closing) {
        return run(inFlight.enter(settings.batch()), this::order, closing);
    }

    /** The same with what somebody is waiting for and nothing else, in places that are kept for it. */
    Begun runUrgent(BooleanSupplier closing) {
        return run(inFlight.enterUrgently(settings.batch()), () -> DispatchStore.Order.URGENT, closing);
    }

    private Begun run(int room, Supplier<DispatchStore.Order> order, BooleanSupplier closing) {
        int going = 0;
        try {
            if (closing.getAsBoolean()) {
                return new Begun(0, false, new CountDownLatch(0));
            }
            Instant now = caseTime.instant();
            List<Claimed> claimed =
                Sql.manyRows(source, c -> store.claim(c, order.get(), now, room, settings.lease()));
            List<Attempt> attempts = orPutBack(claimed, () -> claimed.isEmpty() ? List.of() : decide(claimed, now));
            long startedAt = System.nanoTime();
            List<Attempt> started = orPutBack(claimed, () -> start(attempts));
            CountDownLatch open = new CountDownLatch(started.size());
            going = started.size();
            calls.make(started, startedAt, open::countDown);
            return new Begun(claimed.size(), claimed.size() == room, open);
        } finally {
            inFlight.leave(room - going); // what is called leaves once it is recorded
        }
    }

    /** What fails here is not to keep the batch until its lease lapses. */
    private <T> T orPutBack(List<Claimed> claimed, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            try {
                putBack(claimed, SOON);
            } catch (RuntimeException also) {
                e.addSuppressed(also); // then the lease has to lapse
            }
            throw e;
        }
    }

    private void putBack(List<Claimed> messages, Duration rest) {
        Sql.manyRows(source, c -> {
            store.putBack(c, messages, rest);
            return null;
        });
    }

    /** Once more where it met another transaction: nothing of it has happened then. */
    private <T> T twice(Sql.Work<T> work) {
        try {
            return Sql.manyRows(source, work);
        } catch (NotificationsException e) {
            if (Outage.met(e)) {
                return Sql.manyRows(source, work);
            }
            throw e;
        }
    }

    /** Mostly by priority. Where the urgent never ends, the rest is not to wait for ever: it has one claim in eight. */
    private DispatchStore.Order order() {
        return claims.getAndIncrement() % BY_AGE == BY_AGE - 1 ? DispatchStore.Order.AGE : DispatchStore.Order.PRIORITY;
    }

    private List<Attempt> decide(List<Claimed> claimed, Instant now) {
        List<Verdict> verdicts = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        Map<Boolean, List<Claimed>> late =
            claimed.stream().collect(Collectors.partitioningBy(m -> !m.expiresAt().isAfter(now)));
        late.get(true).forEach(m -> verdicts.add(expired(m)));
        byTenant(late.get(false)).forEach((tenant, batch) -> decide(tenant, batch, now, verdicts, attempts));
        settle(verdicts);
        return attempts;
    }

    private static Verdict expired(Claimed message) {
        String why = message.reason() == null ? "expired" : message.reason();
        return new Verdict(message, MessageState.EXPIRED, why, null);
    }

    private static Map<UUID, List<Claimed>> byTenant(List<Claimed> messages) {
        return messages.stream()
            .collect(Collectors.groupingBy(Claimed::tenant, LinkedHashMap::new, Collectors.toList()));
    }

    /** A message and what the policy says of it. */
    private record Going(Claimed message, Decision.Send send) {
        Senders.Wanted wanted(MessageClass of, Instant now) {
            return new Senders.Wanted(message.id(), message.tenant(), message.recipientRef(), send.channel(), of, send.variant(),
                message.unavailable(), left(send, now));
        }
    }

    private void decide(UUID tenant, List<Claimed> batch, Instant now, List<Verdict> verdicts, List<Attempt> attempts) {
        List<Going> going = new ArrayList<>();
        for (Asking.Answered<Claimed, Decision> told : ask("the delivery policy", tenant, batch, m -> m,
            some -> policy.decide(tenant, some.stream().map(Claimed::pending).toList()), now)) {
            Claimed message = told.message();
            switch (told.answer()) {
                case Decision.Send send -> going.add(new Going(message, send));
                case Decision.HoldUntil hold -> verdicts.add(held(message, hold, now));
                case Decision.NextChannel over -> Sql.inTransaction(source, c -> PassingOn.passed(c, message, over.passed(), now));
                case Decision.Withhold no ->
                    verdicts.add(new Verdict(message, MessageState.WITHHELD, no.reason(), null));
                case Decision.Cancel gone ->
                    verdicts.add(new Verdict(message, MessageState.CANCELLED, gone.reason(), null));
            }
        }
        if (!going.isEmpty()) {
            choose(tenant, going, now, verdicts, attempts);
        }
    }

    private void choose(UUID tenant, List<Going> going, Instant now, List<Verdict> verdicts, List<Attempt> attempts) {
        for (Asking.Answered<Going, Senders.Choice> told : ask("the choice of senders", tenant, going, Going::message,
            some -> senders.choose(tenant, some.stream().map(g -> g.wanted(classes.of(g.message.messageClass()), now)).toList()), now)) {
            Claimed message = told.message().message;
            switch (told.answer()) {
                case Senders.Choice.Via via when tooShort(told.message().send, via, now) ->
                    verdicts.add(held(message, new Decision.HoldUntil(told.message().send.notAfter(), TOO_SHORT), now));
                case Senders.Choice.Via via -> prepare(message, told.message().send, via, verdicts, attempts);
                case Senders.Choice.Later later -> verdicts.add(held(message,
                    new Decision.HoldUntil(next.retry(message, now), later.reason()), now));
                case Senders.Choice.Never never -> nobodySends(told.message(), never.reason(), now, verdicts);
            }
        }
    }

    /** Whether it could arrive when it must not any more, since the provider cannot be told until when it is worth. */
    private static boolean tooShort(Decision.Send send, Senders.Choice.Via via, Instant now) {
        Duration before = via.sender().before();
        return send.notAfter() != null && before.isPositive() && now.plus(before).isAfter(send.notAfter());
    }

    static Duration left(Decision.Send send, Instant now) {
        return send.notAfter() == null ? null : Duration.between(now, send.notAfter());
    }

    private void nobodySends(Going going, String reason, Instant now, List<Verdict> verdicts) {
        if (going.send.another()) {
            Sql.inTransaction(source, c -> PassingOn.passed(c, going.message, going.send.channel(), now));
        } else {
            verdicts.add(new Verdict(going.message, MessageState.FAILED, reason, null));
        }
    }

    /** Those on which there is an answer; the others rest and come back. */
    private <M, T> List<Asking.Answered<M, T>> ask(String whom, UUID tenant, List<M> batch, Function<M, Claimed> message,
                                                   Function<List<M>, List<T>> question, Instant now) {
        Asking<M, T> asking = Asking.of(batch, question, settings.lease().dividedBy(4));
        List<Claimed> failed = asking.failed().stream().map(message).toList();
        if (!failed.isEmpty()) {
            LOG.error("{} failed for {} of {} messages of tenant {}, the first of them {}", whom, failed.size(), batch.size(),
                tenant, failed.getFirst().id(), asking.why());
            metrics.policyFailed();
            putBack(failed, asking.answered().isEmpty() ? settings.policyBackOff() : longerEachTime(failed, now));
        }
        return asking.answered();
    }

    /** Where others had an answer it is the message: it rests half as long as it has waited already. */
    private Duration longerEachTime(List<Claimed> failed, Instant now) {
        Instant due = failed.stream().map(Claimed::dueAt).max(Comparator.naturalOrder()).orElse(now);
        Duration rest = Duration.between(due, now).dividedBy(2);
        Duration most = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        return most.compareTo(settings.policyBackOff()) > 0 ? most : settings.policyBackOff();
    }

    /** Never past the expiry, so that it ends then; never at once again, or the queue would not drain. */
    private static Verdict held(Claimed message, Decision.HoldUntil hold, Instant now) {
        Instant soonest = now.plusSeconds(1);
        Instant until = hold.until().isBefore(soonest) ? soonest : hold.until();
        return new Verdict(message, MessageState.HELD, hold.reason(), earlier(until, message.expiresAt()));
    }

    private void prepare(Claimed message, Decision.Send send, Senders.Choice.Via via, List<Verdict> verdicts,
                         List<Attempt> attempts) {
        try {
            attempts.add(rendering.of(message, send, via));
        } catch (NotificationsException e) {
            // the words could not be read now
            if (Outage.is(e)) {
                throw e;
            }
            LOG.error("message {} with template {} rests: {}", message.id(), message.template(), e.getMessage());
            putBack(List.of(message), settings.policyBackOff());
        } catch (RuntimeException e) {
            LOG.error("message {} with template {} cannot be rendered: {}", message.id(), message.template(),
                e.getMessage());
            verdicts.add(new Verdict(message, MessageState.FAILED, "cannot_be_rendered", null));
        }
    }

    private void settle(List<Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            twice(c -> store.settle(c, verdicts, caseTime.instant())).stream()
                .filter(v -> v.state().announced()).forEach(v -> metrics.ended(v.state()));
        }
    }

    private List<Attempt> start(List<Attempt> attempts) {
        return attempts.isEmpty() ? attempts
            : twice(c -> store.start(c, attempts, settings.lease(), caseTime.instant()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
