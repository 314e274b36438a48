package uk.waymark.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Case time that stands still until it is moved. */
final class TestClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-09-01T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration by) {
        now = now.plus(by);
    }

    void moveTo(Instant moment) {
        now = moment;
    }
}
