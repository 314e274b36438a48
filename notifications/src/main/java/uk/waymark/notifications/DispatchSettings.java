package uk.waymark.notifications;

import java.time.Duration;

/**
 * How the dispatcher works. It uses one connection for each lane and three more: for what is urgent, to record outcomes, and to sweep.
 *
 * @param batch         messages claimed at once by one lane
 * @param lanes         how many batches are claimed, decided and started side by side
 * @param inFlight      how many messages may be under way, from claim to recorded outcome: what bounds how many calls to
 *                      providers are open at one time, and the memory that they take; a tenth is kept for messages of priority 0
 * @param lease         machine time a claim holds; must be well above what policy and provider together may take,
 *                      since a started attempt whose lease lapses becomes unknown
 * @param poll          machine time between looks at an empty queue
 * @param policyBackOff machine time a batch rests after the policy failed
 * @param sweepEvery    machine time between sweeps
 * @param jitter        share by which a retry delay is lengthened or shortened at random, 0 to below 1
 */
public record DispatchSettings(int batch, int lanes, int inFlight, Duration lease, Duration poll, Duration policyBackOff,
                               Duration sweepEvery, double jitter) {

    /** @throws IllegalArgumentException for what cannot work */
    public DispatchSettings {
        if (batch < 1 || lanes < 1 || inFlight < 1 || jitter < 0 || jitter >= 1
            || !lease.isPositive() || !poll.isPositive() || !sweepEvery.isPositive()) {
            throw new IllegalArgumentException("batch, lanes, inFlight, lease, poll and sweepEvery must be positive, "
                + "and jitter below 1");
        }
    }

    /** A tenth of jitter; 2 lanes of 200; 1,500 in flight, as many as a sender has connections; a lease of 60 seconds. */
    public static DispatchSettings defaults() {
        return new DispatchSettings(200, 2, 1_500, Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofSeconds(10),
            Duration.ofSeconds(10), 0.1);
    }

    /** The same with another lease. */
    public DispatchSettings withLease(Duration other) {
        return new DispatchSettings(batch, lanes, inFlight, other, poll, policyBackOff, sweepEvery, jitter);
    }

    /** The same with other numbers of messages a batch and batches side by side. */
    public DispatchSettings withBatch(int messages, int sideBySide) {
        return new DispatchSettings(messages, sideBySide, inFlight, lease, poll, policyBackOff, sweepEvery, jitter);
    }

    /** The same with another rest after the policy failed. */
    public DispatchSettings withPolicyBackOff(Duration other) {
        return new DispatchSettings(batch, lanes, inFlight, lease, poll, other, sweepEvery, jitter);
    }

    /** The same with another poll interval. */
    public DispatchSettings withPoll(Duration other) {
        return new DispatchSettings(batch, lanes, inFlight, lease, other, policyBackOff, sweepEvery, jitter);
    }

    /** The same with another bound on what is under way. */
    public DispatchSettings withInFlight(int messages) {
        return new DispatchSettings(batch, lanes, messages, lease, poll, policyBackOff, sweepEvery, jitter);
    }
}
