package uk.waymark.notifications;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One question about many messages; where it fails, asked again by halves, so that a message about which it always fails does
 * not keep the others waiting. Not for ever: what fails for all of them is not to be asked for each.
 */
final class Asking<M, T> {

    private static final int FAILURES = 24;

    private final Function<List<M>, List<T>> question;
    private final long end;
    private final List<Answered<M, T>> answered = new ArrayList<>();
    private final List<M> failed = new ArrayList<>();
    private RuntimeException why;
    private int failures;

    private Asking(Function<List<M>, List<T>> question, Duration atMost) {
        this.question = question;
        this.end = System.nanoTime() + atMost.toNanos();
    }

    /** A message and what was answered on it. */
    record Answered<M, T>(M message, T answer) {
    }

    /**
     * Asks.
     *
     * @param question answers a list as long as the one that it is given
     * @param atMost   after which no failure leads to another question
     */
    static <M, T> Asking<M, T> of(List<M> messages, Function<List<M>, List<T>> question, Duration atMost) {
        Asking<M, T> asking = new Asking<>(question, atMost);
        asking.ask(messages);
        return asking;
    }

    /** Those on which there is an answer, in their order. */
    List<Answered<M, T>> answered() {
        return answered;
    }

    /** The others. */
    List<M> failed() {
        return failed;
    }

    /** The latest failure, or null. */
    RuntimeException why() {
        return why;
    }

    private void ask(List<M> messages) {
        if (failures > 0 && (failures == FAILURES || System.nanoTime() - end > 0)) {
            failed.addAll(messages);
            return;
        }
        try {
            List<T> answers = List.copyOf(question.apply(messages));
            if (answers.size() != messages.size()) {
                throw new IllegalStateException(answers.size() + " answers on " + messages.size() + " messages");
            }
            for (int i = 0; i < answers.size(); i++) {
                answered.add(new Answered<>(messages.get(i), answers.get(i)));
            }
        } catch (RuntimeException e) {
            why = e;
            failures++;
            int half = messages.size() / 2;
            if (half == 0) {
                failed.addAll(messages);
            } else {
                ask(messages.subList(0, half));
                ask(messages.subList(half, messages.size()));
            }
        }
    }
}
