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
    /** How often an unavailable provider is tried where there is another channel: six minutes, as retries go. */
    private static final int TRIES_BEFORE_ANOTHER = 3;
    private static final String PROVIDER_UNAVAILABLE = "provider_unavailable";

    private final DataSource source;
    private final DispatchStore store;
    private final DeliveryPolicy policy;
    private final Templates templates;
    private final Map<Channel, Sender> senders;
    private final Sealer sealer;
    private final Ids ids;
    private final InstantSource caseTime;
    private final DispatchSettings settings;
    private final RetrySchedule retries;
    private final DispatchMetrics metrics;

    DispatchRound(DataSource source, DispatchStore store, DeliveryPolicy policy, Templates templates,
                  Map<Channel, Sender> senders, Sealer sealer, Ids ids, InstantSource caseTime,
                  DispatchSettings settings, RetrySchedule retries, DispatchMetrics metrics) {
        this.source = source;
        this.store = store;
        this.policy = policy;
        this.templates = templates;
        this.senders = Map.copyOf(senders);
        this.sealer = sealer;
        this.ids = ids;
        this.caseTime = caseTime;
        this.settings = settings;
        this.retries = retries;
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

    private void decide(UUID tenant, List<Claimed> batch, Instant now, List<Verdict> verdicts, List<Attempt> attempts) {
        List<Decision> decisions = ask(tenant, batch);
        for (int i = 0; i < decisions.size(); i++) {
            Claimed message = batch.get(i);
            switch (decisions.get(i)) {
                case Decision.Send send -> prepare(message, send, verdicts, attempts);
                case Decision.HoldUntil hold -> verdicts.add(held(message, hold, now));
                case Decision.Withhold no ->
                    verdicts.add(new Verdict(message, MessageState.WITHHELD, no.reason(), null));
                case Decision.Cancel gone ->
                    verdicts.add(new Verdict(message, MessageState.CANCELLED, gone.reason(), null));
            }
        }
    }

    /** The policy's decisions, or none where it failed: then the batch rests and comes back. */
    private List<Decision> ask(UUID tenant, List<Claimed> batch) {
        try {
            List<Decision> decisions = policy.decide(tenant, batch.stream().map(Claimed::pending).toList());
            if (decisions.size() == batch.size()) {
                return List.copyOf(decisions);
            }
            LOG.error("the delivery policy made {} decisions on {} messages of tenant {}", decisions.size(),
                batch.size(), tenant);
        } catch (RuntimeException e) {
            LOG.error("the delivery policy failed for {} messages of tenant {}", batch.size(), tenant, e);
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

    private void prepare(Claimed message, Decision.Send send, List<Verdict> verdicts, List<Attempt> attempts) {
        if (!senders.containsKey(send.channel())) {
            verdicts.add(new Verdict(message, MessageState.FAILED, "no_sender_for_channel", null));
            return;
        }
        try {
            attempts.add(render(message, send));
        } catch (RuntimeException e) {
            LOG.error("message {} with template {} cannot be rendered: {}", message.id(), message.template(),
                e.getMessage());
            verdicts.add(new Verdict(message, MessageState.FAILED, "cannot_be_rendered", null));
        }
    }

    private Attempt render(Claimed message, Decision.Send send) {
        Templates.Rendered raw = templates.render(message.template(), send.language(), send.variant(),
            Fields.open(sealer, message.id(), message.fields()));
        boolean sms = send.channel() == Channel.SMS;
        Templates.Rendered clean = !sms ? raw
            : new Templates.Rendered(SmsText.sanitise(raw.text()), raw.version(), raw.language(), raw.variant());
        UUID id = ids.next();
        return new Attempt(id, message, send, clean, sms ? SmsText.segments(clean.text()) : null,
            sealer.seal(Attempt.ADDRESS, id, send.address().getBytes(StandardCharsets.UTF_8)),
            sealer.seal(Attempt.BODY, id, clean.text().getBytes(StandardCharsets.UTF_8)));
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
            attempts.forEach(a -> calls.execute(() -> answers.add(answer(a, call(a)))));
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
        Duration validity = Duration.between(caseTime.instant(), a.message().expiresAt());
        SendRequest request = new SendRequest(a.id(), a.message().tenant(), a.message().messageClass(),
            a.to().address(), a.rendered().text(), validity);
        try {
            return metrics.providerCall(a.channel()).record(() -> senders.get(a.channel()).send(request));
        } catch (RuntimeException | Error e) {
            // by class only: its text may quote the request
            LOG.error("sending attempt {} failed with {}", a.id(), e.getClass().getName());
            return new SendOutcome.Unknown("sender_failed");
        }
    }

    private Answer answer(Attempt a, SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted ok -> new Answer(a, ok, MessageState.ACCEPTED, null, null, null);
            case SendOutcome.Rejected no -> a.to().another() ? elsewhere(a, no, no.meaning())
                : new Answer(a, no, MessageState.FAILED, no.meaning(), null, null);
            case SendOutcome.Unknown unknown ->
                new Answer(a, unknown, MessageState.UNKNOWN, unknown.what(), null, null);
            case SendOutcome.Unavailable later ->
                a.to().another() && a.message().attempts() + 1 >= TRIES_BEFORE_ANOTHER
                    ? elsewhere(a, later, PROVIDER_UNAVAILABLE)
                    : new Answer(a, later, MessageState.QUEUED, PROVIDER_UNAVAILABLE, retryAt(a, later), null);
        };
    }

    /** Nobody has the message: the policy is asked again at once, and finds another channel or none. */
    private Answer elsewhere(Attempt a, SendOutcome outcome, String reason) {
        return new Answer(a, outcome, MessageState.QUEUED, reason, caseTime.instant(), a.channel());
    }

    private Instant retryAt(Attempt a, SendOutcome.Unavailable later) {
        Instant now = caseTime.instant();
        Instant planned = retries.next(now, a.message().attempts() + 1);
        Instant asked = now.plus(later.retryAfter());
        return earlier(planned.isAfter(asked) ? planned : asked, a.message().expiresAt());
    }

    private void record(List<Answer> answers) {
        Instant now = caseTime.instant();
        List<Answer> moved = Persistently.run("recording outcomes", settings.lease(),
            () -> Sql.inTransaction(source, c -> store.record(c, answers, now)));
        for (Answer a : answers) {
            metrics.attempt(a.attempt().channel(), a.outcome());
            if (a.outcome() instanceof SendOutcome.Accepted && a.attempt().message().attempts() == 0) {
                metrics.handedOff(a.attempt().message().dueAt(), now);
            }
        }
        moved.stream().filter(a -> a.next().announced()).forEach(a -> metrics.ended(a.next()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
