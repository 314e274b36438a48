package uk.waymark.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import uk.waymark.notifications.DispatchStore.Answer;

/** Where an outcome takes its message: to its end, to another try, to another provider or to another channel. */
final class NextStep {

    /** How often an unavailable provider is tried where there is another channel: six minutes, as retries go. */
    private static final int TRIES_BEFORE_ANOTHER = 3;
    private static final String PROVIDER_UNAVAILABLE = "provider_unavailable";

    private final Senders senders;
    private final MessageClasses classes;
    private final InstantSource caseTime;
    private final double jitter;
    private final RandomGenerator random;

    NextStep(Senders senders, MessageClasses classes, InstantSource caseTime, double jitter, RandomGenerator random) {
        this.senders = senders;
        this.classes = classes;
        this.caseTime = caseTime;
        this.jitter = jitter;
        this.random = random;
    }

    Answer after(Attempt a, SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted ok ->
                new Answer(a, ok, MessageState.ACCEPTED, null, null, null, Set.of(), a.escalateAt());
            case SendOutcome.Rejected no -> a.to().another() ? elsewhere(a, no, no.meaning())
                : new Answer(a, no, MessageState.FAILED, no.meaning());
            case SendOutcome.Unknown unknown ->
                new Answer(a, unknown, MessageState.UNKNOWN, unknown.what(), null, null, Set.of(), a.escalateAt());
            case SendOutcome.Unavailable later -> unavailable(a, later);
        };
    }

    private Answer unavailable(Attempt a, SendOutcome.Unavailable later) {
        Set<String> passedOver = new TreeSet<>(a.message().unavailable());
        passedOver.add(a.via().name());
        Senders.Wanted again = new Senders.Wanted(a.message().id(), a.message().tenant(), a.message().recipientRef(),
            a.channel(), classOf(a), a.to().variant(), passedOver, DispatchRound.left(a.to(), caseTime.instant()));
        if (senders.hasAnother(again)) {
            return new Answer(a, later, MessageState.QUEUED, PROVIDER_UNAVAILABLE, caseTime.instant(), null, passedOver, null);
        }
        return a.to().another() && a.message().attempts() + 1 >= TRIES_BEFORE_ANOTHER
            ? elsewhere(a, later, PROVIDER_UNAVAILABLE)
            : new Answer(a, later, MessageState.QUEUED, PROVIDER_UNAVAILABLE, retryAt(a, later), null, Set.of(), null);
    }

    /** Nobody has the message: the policy is asked again at once, and finds another channel or none. */
    private Answer elsewhere(Attempt a, SendOutcome outcome, String reason) {
        return new Answer(a, outcome, MessageState.QUEUED, reason, caseTime.instant(), a.channel(), Set.of(), null);
    }

    /**
     * When the next channel follows unless this one was read; null where there is none, where none is waited for, or where
     * a receipt will say whether it arrived. Never later than halfway to when the message expires: what follows has to be in time.
     */
    Instant escalateAt(Claimed message, Decision.Send to) {
        Duration within = classes.of(message.messageClass()).readWithin();
        if (!to.another() || to.channel().confirms() || within == null) {
            return null;
        }
        Instant now = caseTime.instant();
        Duration half = Duration.between(now, message.expiresAt()).dividedBy(2);
        return now.plus(half.compareTo(within) < 0 ? half : within);
    }

    private Instant retryAt(Attempt a, SendOutcome.Unavailable later) {
        Instant now = caseTime.instant();
        Instant planned = retry(a.message(), now);
        Instant asked = now.plus(later.retryAfter());
        Instant at = planned.isAfter(asked) ? planned : asked;
        return at.isBefore(a.message().expiresAt()) ? at : a.message().expiresAt();
    }

    /** The moment of the next try, by the schedule of the message's class. */
    Instant retry(Claimed message, Instant now) {
        return new RetrySchedule(classes.of(message.messageClass()).retries(), jitter, random)
            .next(now, message.attempts() + 1);
    }

    private MessageClass classOf(Attempt a) {
        return classes.of(a.message().messageClass());
    }
}
