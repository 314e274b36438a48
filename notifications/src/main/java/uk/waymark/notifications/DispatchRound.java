package uk.waymark.notifications;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.DispatchStore.Answer;
import uk.waymark.notifications.DispatchStore.Verdict;
import uk.waymark.notifications.sms.SmsText;

/**
 * One batch from claim to record. No connection is held while the policy or a provider is asked: claiming, starting and
 * recording are transactions of their own.
 */
final class DispatchRound {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final DataSource source;
    private final DispatchStore store;
    private final DeliveryPolicy policy;
    private final Templates templates;
    private final Senders senders;
    private final MessageClasses classes;
    private final Sealer sealer;
    private final Ids ids;
    private final InstantSource caseTime;
    private final DispatchSettings settings;
    private final NextStep next;
    private final DispatchMetrics metrics;

    DispatchRound(DataSource source, DispatchStore store, DeliveryPolicy policy, Templates templates,
                  Senders senders, MessageClasses classes, Sealer sealer, Ids ids, InstantSource caseTime, DispatchSettings settings,
                  RandomGenerator random, DispatchMetrics metrics) {
        this.source = source;
        this.store = store;
        this.policy = policy;
        this.templates = templates;
        this.senders = senders;
        this.classes = classes;
        this.sealer = sealer;
        this.ids = ids;
        this.caseTime = caseTime;
        this.settings = settings;
        this.next = new NextStep(senders, classes, caseTime, settings.jitter(), random);
        this.metrics = metrics;
    }

    /** Works on one batch; answers how many messages it claimed. */
    int run() {
        Instant now = caseTime.instant();
        List<Claimed> claimed =
            Sql.inTransaction(source, c -> store.claim(c, now, settings.batch(), settings.lease()));
        if (claimed.isEmpty()) {
            return 0;
        }
        List<Verdict> verdicts = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        Map<Boolean, List<Claimed>> late =
            claimed.stream().collect(Collectors.partitioningBy(m -> !m.expiresAt().isAfter(now)));
        late.get(true).forEach(m -> verdicts.add(expired(m)));
        byTenant(late.get(false)).forEach((tenant, batch) -> decide(tenant, batch, now, verdicts, attempts));
        settle(verdicts);
        send(start(attempts));
        return claimed.size();
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
        Senders.Wanted wanted(MessageClass of) {
            return new Senders.Wanted(message.id(), message.tenant(), message.recipientRef(), send.channel(), of, send.variant(),
                message.unavailable());
        }
    }

    private void decide(UUID tenant, List<Claimed> batch, Instant now, List<Verdict> verdicts, List<Attempt> attempts) {
        List<Decision> decisions = ask("the delivery policy", tenant, batch,
            () -> policy.decide(tenant, batch.stream().map(Claimed::pending).toList()));
        List<Going> going = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            Claimed message = batch.get(i);
            switch (decisions.get(i)) {
                case Decision.Send send -> going.add(new Going(message, send));
                case Decision.HoldUntil hold -> verdicts.add(held(message, hold, now));
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
        List<Senders.Wanted> wanted = going.stream().map(g -> g.wanted(classes.of(g.message.messageClass()))).toList();
        List<Senders.Choice> choices = ask("the choice of senders", tenant, going.stream().map(Going::message).toList(),
            () -> senders.choose(tenant, wanted));
        for (int i = 0; i < choices.size(); i++) {
            Claimed message = going.get(i).message;
            switch (choices.get(i)) {
                case Senders.Choice.Via via -> prepare(message, going.get(i).send, via, verdicts, attempts);
                case Senders.Choice.Later later -> verdicts.add(held(message,
                    new Decision.HoldUntil(next.retry(message, now), later.reason()), now));
                case Senders.Choice.Never never ->
                    verdicts.add(new Verdict(message, MessageState.FAILED, never.reason(), null));
            }
        }
    }

    /** One answer a message, or none where it failed: then the batch rests and comes back. */
    private <T> List<T> ask(String whom, UUID tenant, List<Claimed> batch, Supplier<List<T>> question) {
        try {
            List<T> answers = question.get();
            if (answers.size() == batch.size()) {
                return List.copyOf(answers);
            }
            LOG.error("{} gave {} answers on {} messages of tenant {}", whom, answers.size(), batch.size(), tenant);
        } catch (RuntimeException e) {
            LOG.error("{} failed for {} messages of tenant {}", whom, batch.size(), tenant, e);
        }
        metrics.policyFailed();
        Sql.inTransaction(source, c -> {
            store.putBack(c, batch, settings.policyBackOff());
            return null;
        });
        return List.of();
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
            attempts.add(render(message, send, via));
        } catch (RuntimeException e) {
            LOG.error("message {} with template {} cannot be rendered: {}", message.id(), message.template(),
                e.getMessage());
            verdicts.add(new Verdict(message, MessageState.FAILED, "cannot_be_rendered", null));
        }
    }

    private Attempt render(Claimed message, Decision.Send send, Senders.Choice.Via via) {
        Templates.Rendered raw = templates.render(message.template(), send.language(), send.variant(),
            Fields.open(sealer, message.id(), message.fields()));
        boolean sms = send.channel() == Channel.SMS;
        Templates.Rendered clean = !sms ? raw
            : new Templates.Rendered(SmsText.sanitise(raw.text()), raw.version(), raw.language(), raw.variant());
        UUID id = ids.next();
        return new Attempt(id, message, send, via, clean, sms ? SmsText.segments(clean.text()) : null,
            sealer.seal(Attempt.ADDRESS, id, send.address().getBytes(StandardCharsets.UTF_8)),
            sealer.key(Attempt.ADDRESS_KEY, send.address()), sealer.seal(Attempt.BODY, id, clean.text().getBytes(StandardCharsets.UTF_8)));
    }

    private void settle(List<Verdict> verdicts) {
        if (!verdicts.isEmpty()) {
            Sql.inTransaction(source, c -> store.settle(c, verdicts, caseTime.instant())).stream()
                .filter(v -> v.state().announced()).forEach(v -> metrics.ended(v.state()));
        }
    }

    private List<Attempt> start(List<Attempt> attempts) {
        return attempts.isEmpty() ? attempts
            : Sql.inTransaction(source, c -> store.start(c, attempts, settings.lease(), caseTime.instant()));
    }

    /** Calls providers side by side and records answers as they come, as many at a time as have come. */
    private void send(List<Attempt> attempts) {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            attempts.forEach(a -> calls.execute(() -> answers.add(next.after(a, call(a)))));
            int open = attempts.size();
            while (open > 0) {
                List<Answer> come = new ArrayList<>(List.of(answers.take()));
                answers.drainTo(come);
                open -= come.size();
                record(come);
            }
        } catch (InterruptedException e) {
            // what has not been recorded becomes unknown when its lease lapses
            Thread.currentThread().interrupt();
        }
    }

    private SendOutcome call(Attempt a) {
        Instant now = caseTime.instant();
        Instant worth = earlier(now.plus(classOf(a).validity()), a.message().expiresAt());
        SendRequest request = new SendRequest(a.id(), a.message().tenant(), a.message().messageClass(),
            a.to().address(), a.rendered().text(), Duration.between(now, worth));
        long began = System.nanoTime();
        SendOutcome outcome;
        try {
            outcome = a.via().sender().send(request);
        } catch (RuntimeException | Error e) {
            // by class only: its text may quote the request
            LOG.error("sending attempt {} failed with {}", a.id(), e.getClass().getName());
            outcome = new SendOutcome.Unknown("sender_failed");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        metrics.providerCall(a.channel()).record(took);
        senders.seen(a.via(), outcome, took);
        return outcome;
    }

    private MessageClass classOf(Attempt a) {
        return classes.of(a.message().messageClass());
    }

    private void record(List<Answer> answers) {
        Instant now = caseTime.instant();
        List<Answer> moved = Persistently.run("recording outcomes", settings.lease(),
            () -> Sql.inTransaction(source, c -> store.record(c, answers, now)));
        for (Answer a : answers) {
            metrics.answered(a.attempt(), a.outcome(), now);
        }
        moved.stream().filter(a -> a.next().announced()).forEach(a -> metrics.ended(a.next()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
