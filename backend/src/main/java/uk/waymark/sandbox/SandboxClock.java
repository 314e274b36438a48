package uk.waymark.sandbox;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.MovableTime;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Case time in the sandbox: it runs on by itself and can be moved forward, from due moment to due moment. */
@Context
@Requires(env = "sandbox")
final class SandboxClock {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Duration FURTHEST = Duration.ofDays(3660);
    private static final Duration RECEIPTS = Duration.ofSeconds(20);
    private static final int MOST_STEPS = 10_000;
    private final MovableTime time;
    private final ActingAs acting;
    private final List<DueWork> work;
    private final TwilioStandIn twilio;
    private final ReentrantLock moving = new ReentrantLock();

    SandboxClock(MovableTime time, ActingAs acting, List<DueWork> work, TwilioStandIn twilio) {
        this.time = time;
        this.acting = acting;
        this.work = work;
        this.twilio = twilio;
        acting.as(new Caller.Nobody(), c -> Sql.one(c, "select ahead_millis from sandbox.clock", r -> r.getLong(1)))
            .ifPresent(ahead -> time.offset(Duration.ofMillis(ahead)));
    }

    Instant now() {
        return time.instant();
    }

    /** @param amount an ISO 8601 duration or period, such as {@code PT2H} or {@code P1M} */
    Instant advance(String amount) {
        moving.lock();
        try {
            return move(later(amount));
        } finally {
            moving.unlock();
        }
    }

    /** Answers when what fell due has been done. */
    Instant moveTo(Instant target) {
        moving.lock();
        try {
            return move(target);
        } finally {
            moving.unlock();
        }
    }

    private Instant move(Instant target) {
        Instant now = time.instant();
        if (target.isBefore(now)) {
            throw ProblemException.conflict("clock-goes-forward", "The clock only goes forward",
                "Case time is " + now + ". Give a later time, or start the sandbox anew.");
        }
        if (target.isAfter(now.plus(FURTHEST))) {
            throw ProblemException.badRequest("", "is more than ten years ahead; move in smaller steps");
        }
        drain();
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<Instant> next = nextDue().filter(due -> !due.isAfter(target));
            if (next.isEmpty()) {
                break;
            }
            jump(next.get());
        }
        jump(target);
        return time.instant();
    }

    private void jump(Instant moment) {
        if (moment.isAfter(time.instant())) {
            time.moveTo(moment);
            remember();
        }
        drain();
    }

    /** Receipts may bring about more, so what is due is done again after they came. */
    private void drain() {
        work.forEach(DueWork::drain);
        twilio.awaitReceipts(RECEIPTS);
        work.forEach(DueWork::drain);
    }

    private Optional<Instant> nextDue() {
        return work.stream().map(DueWork::nextDue).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private void remember() {
        acting.as(new Caller.Nobody(), c -> Sql.run(c, """
            insert into sandbox.clock (ahead_millis) values (?)
            on conflict (one) do update set ahead_millis = excluded.ahead_millis""", time.offset().toMillis()));
    }

    private Instant later(String amount) {
        Instant now = time.instant();
        try {
            return amount.contains("T") || amount.matches("[-+]?P[-+]?\\d+D")
                ? now.plus(Duration.parse(amount))
                : now.atZone(LONDON).plus(Period.parse(amount)).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw ProblemException.badRequest("/advance", "is not an ISO 8601 duration or period, such as P1D or PT2H");
        }
    }
}
