package uk.waymark.bridge;

/**
 * The port 'pull': asks another system what it knows of a case, by URN. One bean a kind of adapter, in a package of its own
 * under {@code bridge} that nothing else knows; which force uses it, where and how often is a row of {@code waymark.adapter}.
 *
 * <p>What an adapter holds (its test extends {@code PullPortContract}):
 * <ul>
 * <li>It is called outside a transaction, by many threads, and returns within about a minute whatever the other side does.
 * <li>It never throws for what the other side does or sends: each is a {@link Pulled}.
 * <li>It reads only what is needed. The other side's words, ids of its people and free text never leave it.
 * <li>The same state over there gives an equal {@link CourtSchedule}, whether it was sent anew or 'not modified'.
 * <li>No secret, token, URN or address is in a log, a metric or an exception.
 * </ul>
 */
public interface PullAdapter {

    /** What {@code waymark.adapter.kind} says for it, such as {@code hmcts-marketplace}. */
    String kind();

    /** Asks once. */
    Pulled pull(PullRequest request);
}
