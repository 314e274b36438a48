package uk.waymark.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import uk.waymark.platform.MovableTime;

/** Both clocks of a test. They run on from the machine's own and are moved apart from each other; nobody sleeps. */
public final class TestClocks {
    private final MovableTime caseTime = new MovableTime(InstantSource.system());
    private final MovableTime machineTime = new MovableTime(InstantSource.system());

    /** Case time: events, duties, message expiry. */
    public MovableTime caseTime() {
        return caseTime;
    }

    /** Machine time: tokens, codes, sessions, limits. */
    public MovableTime machineTime() {
        return machineTime;
    }

    public void advanceCase(Duration by) {
        caseTime.advance(by);
    }

    public void advanceMachine(Duration by) {
        machineTime.advance(by);
    }

    public Instant caseNow() {
        return caseTime.instant();
    }

    public Instant machineNow() {
        return machineTime.instant();
    }
}
