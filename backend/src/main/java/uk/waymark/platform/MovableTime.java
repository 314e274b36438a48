package uk.waymark.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A source of time that runs on from another and can be moved: the sandbox's case time, and both clocks of the tests. */
public final class MovableTime implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public MovableTime(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    public void advance(Duration by) {
        offset.updateAndGet(o -> o.plus(by));
    }

    /** Time goes on from this moment. */
    public void moveTo(Instant moment) {
        offset.set(Duration.between(base.instant(), moment));
    }

    /** How far it is ahead of the source it runs on from. */
    public Duration offset() {
        return offset.get();
    }

    public void offset(Duration ahead) {
        offset.set(ahead);
    }
}
