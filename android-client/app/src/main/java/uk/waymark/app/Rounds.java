package uk.waymark.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import uk.waymark.client.Outbox;

/**
 * Sends on a thread of its own: on a bad line one thing may take minutes, and whoever reads does not wait for it. However often it is asked
 * for while a round is on its way, one more follows, and sends what all of them have written.
 */
final class Rounds {
    private final Core core;
    private final Executor thread;
    private final Round round;
    private List<Asked> waiting = new ArrayList<>();

    /** What is done in a round. */
    interface Round {
        /** @param age of what is kept, when it was asked for */
        Outbox.Outcome send(Outbox outbox, long age);
    }

    private record Asked(long age, Consumer<Supplier<Outbox.Outcome>> then) {}

    /** @param thread does one thing after the other */
    Rounds(Core core, Executor thread, Round round) {
        this.core = core;
        this.thread = thread;
        this.round = round;
    }

    /**
     * Asks for a round that sends what is written by now. Where somebody leaves before it begins it is for nobody any more.
     *
     * @param then is given how it went, on that thread: what it gives, or what it throws
     */
    void ask(Consumer<Supplier<Outbox.Outcome>> then) {
        Asked asked = new Asked(core.age(), then);
        boolean first;
        synchronized (this) {
            first = waiting.isEmpty();
            waiting.add(asked);
        }
        if (first) {
            thread.execute(this::begin);
        }
    }

    private void begin() {
        List<Asked> all;
        synchronized (this) {
            all = waiting;
            waiting = new ArrayList<>();
        }
        long age = core.age(); // before what is there is looked up: who leaves in between ends this round
        Optional<Core.Now> now = core.now();
        List<Asked> asked = all.stream().filter(a -> a.age() == age).collect(Collectors.toList());
        if (asked.isEmpty() || !now.isPresent()) {
            return;
        }
        Supplier<Outbox.Outcome> went = went(now.get().outbox(), age);
        asked.forEach(a -> a.then().accept(went));
    }

    private Supplier<Outbox.Outcome> went(Outbox outbox, long age) {
        try {
            Outbox.Outcome outcome = round.send(outbox, age);
            return () -> outcome;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }
}
