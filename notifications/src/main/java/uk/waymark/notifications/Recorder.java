package uk.waymark.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.DispatchStore.Answer;

/**
 * Records what came of attempts, one transaction at a time and in it all that have come meanwhile, of whatever batch. Its
 * thread lives only while there is something to record.
 */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int AT_ONCE = 500;
    /** A commit costs the same for one as for many: where many are under way, more are waited for a moment. */
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final int MANY = 50;

    private final DataSource source;
    private final AnswerStore store;
    private final InstantSource caseTime;
    private final Persistently persistently;
    private final InFlight inFlight;
    private final DispatchMetrics metrics;
    private final LinkedBlockingQueue<Came> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    Recorder(DataSource source, AnswerStore store, InstantSource caseTime, Persistently persistently, InFlight inFlight,
             DispatchMetrics metrics) {
        this.source = source;
        this.store = store;
        this.caseTime = caseTime;
        this.persistently = persistently;
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    private record Came(Answer answer, Runnable done) {
    }

    /** Records an answer soon. @param done run once it is recorded, or has been given up */
    void add(Answer answer, Runnable done) {
        waiting.add(new Came(answer, done));
        begin();
    }

    private void begin() {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("notifications-recorder").start(this::work);
        }
    }

    private void work() {
        try {
            List<Came> batch = next();
            while (!batch.isEmpty()) {
                record(batch);
                batch = next();
            }
        } finally {
            busy.set(false);
        }
        if (!waiting.isEmpty()) {
            begin(); // one that came between the last look and the flag
        }
    }

    private List<Came> next() {
        if (waiting.size() < MANY && inFlight.count() >= 2 * MANY) {
            gather();
        }
        List<Came> batch = new ArrayList<>();
        waiting.drainTo(batch, AT_ONCE);
        return batch;
    }

    private static void gather() {
        try {
            Thread.sleep(GATHER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(List<Came> batch) {
        try {
            record(batch.stream().map(Came::answer).toList(), true);
        } finally {
            inFlight.leave(batch.size());
            batch.forEach(c -> c.done.run());
        }
    }

    /** @param together whether one that the database refuses may be looked for among the others */
    private void record(List<Answer> answers, boolean together) {
        Instant now = caseTime.instant();
        try {
            List<Answer> moved =
                persistently.run(() -> Sql.manyRows(source, c -> store.record(c, answers, now)));
            answers.forEach(a -> metrics.answered(a.attempt(), a.outcome(), now));
            moved.stream().filter(a -> a.next().announced()).forEach(a -> metrics.ended(a.next()));
        } catch (RuntimeException | Error e) {
            if (together && answers.size() > 1 && !Outage.is(e)) {
                answers.forEach(a -> record(List.of(a), false));
                return;
            }
            // what is not recorded becomes unknown when its lease lapses
            LOG.error("the outcomes of {} attempts could not be recorded, the first of them {}", answers.size(),
                answers.getFirst().attempt().id(), e);
        }
    }
}
