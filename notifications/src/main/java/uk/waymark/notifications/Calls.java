package uk.waymark.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.DispatchStore.Answer;

/** Calls providers, each attempt on a thread of its own, with no connection held, and hands what comes to the recorder. */
final class Calls {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** An attempt that has waited for so much of its lease is not called any more: another may be about to give it up. */
    private static final int SHARE_OF_LEASE = 4;

    private final Senders senders;
    private final MessageClasses classes;
    private final InstantSource caseTime;
    private final NextStep next;
    private final Recorder recorder;
    private final DispatchMetrics metrics;
    private final Duration callWithin;

    Calls(Senders senders, MessageClasses classes, InstantSource caseTime, NextStep next, Recorder recorder,
          DispatchMetrics metrics, Duration lease) {
        this.senders = senders;
        this.classes = classes;
        this.caseTime = caseTime;
        this.next = next;
        this.recorder = recorder;
        this.metrics = metrics;
        this.callWithin = lease.dividedBy(SHARE_OF_LEASE);
    }

    /**
     * Calls for attempts that are committed as started.
     *
     * @param startedAt machine time, by {@link System#nanoTime}, before they were
     * @param done      run for each once its outcome is recorded
     */
    void make(List<Attempt> attempts, long startedAt, Runnable done) {
        for (Attempt attempt : attempts) {
            Thread.ofVirtual().start(() -> recorder.add(answer(attempt, startedAt), done));
        }
    }

    /** Never throws: what is in flight is counted until it is recorded. */
    private Answer answer(Attempt a, long startedAt) {
        if (System.nanoTime() - startedAt > callWithin.toNanos()) {
            LOG.warn("attempt {} was not made: too much of its lease had gone", a.id());
            return new Answer(a, new SendOutcome.Unavailable("not_called"), MessageState.QUEUED, "not_called",
                caseTime.instant(), null, Set.of(), null);
        }
        long began = System.nanoTime();
        SendOutcome outcome = call(a);
        try {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            metrics.providerCall(a.channel()).record(took);
            senders.seen(a.channel(), a.via(), outcome, took);
            return next.after(a, outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("what follows attempt {} could not be said", a.id(), e);
            return new Answer(a, outcome, MessageState.UNKNOWN, "not_decided");
        }
    }

    private SendOutcome call(Attempt a) {
        try {
            return a.via().sender().send(request(a));
        } catch (RuntimeException | Error e) {
            // by class only: its text may quote the request
            LOG.error("sending attempt {} failed with {}", a.id(), e.getClass().getName());
            return new SendOutcome.Unknown("sender_failed");
        }
    }

    private SendRequest request(Attempt a) {
        Instant now = caseTime.instant();
        Instant valid = now.plus(classes.of(a.message().messageClass()).validity());
        // what the next channel has told is not to turn up on this one afterwards, nor anything at an hour that is not safe
        Instant worth = Stream.of(valid, a.message().expiresAt(), a.escalateAt(), a.to().notAfter()).filter(Objects::nonNull)
            .min(Comparator.naturalOrder()).orElseThrow();
        return new SendRequest(a.id(), a.message().tenant(), a.message().messageClass(), a.to().address(),
            a.rendered().text(), Duration.between(now, worth),
            new SendRequest.About(a.message().id(), a.message().recipientRef(), a.message().subjectRef()));
    }
}
