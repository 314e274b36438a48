package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;

/** All {@link Reservation}s together with the rules of contact: what becomes of each message of a batch. */
@Singleton
final class Reservations {
    private static final Comparator<Decision> STRICTER = Comparator.comparingInt(Reservations::strictness)
        .thenComparing(d -> d instanceof Decision.HoldUntil h ? h.until().toEpochMilli() : 0L);

    private final List<Reservation> all;

    Reservations(List<Reservation> all) {
        this.all = List.copyOf(all);
    }

    /** Where nothing is urgent. */
    List<Decision> apply(Connection c, List<Pending> batch, List<Decision> rules) {
        return apply(c, batch, rules, Set.of());
    }

    /**
     * @param rules  what the rules of contact say of each, in the order of the batch
     * @param urgent places in the batch of what must not wait for an hour
     */
    List<Decision> apply(Connection c, List<Pending> batch, List<Decision> rules, Set<Integer> urgent) {
        List<Decision> before = strictest(batch.size(), all.stream().map(r -> r.before(c, batch)).toList(),
            Collections.nCopies(batch.size(), null));
        var sends = new ArrayList<Decision.Send>();
        for (int i = 0; i < batch.size(); i++) {
            sends.add(before.get(i) == null && rules.get(i) instanceof Decision.Send send ? send : null);
        }
        List<Decision> sending = sends.stream().allMatch(s -> s == null) ? Collections.nCopies(batch.size(), null)
            : strictest(batch.size(), all.stream().map(r -> r.sending(c, batch, asked(r, sends, urgent))).toList(), sends);
        var decisions = new ArrayList<Decision>();
        for (int i = 0; i < batch.size(); i++) {
            decisions.add(one(rules.get(i), before.get(i), sending.get(i)));
        }
        return decisions;
    }

    private static List<Decision.Send> asked(Reservation by, List<Decision.Send> sends, Set<Integer> urgent) {
        if (!by.ofTime() || urgent.isEmpty()) {
            return sends;
        }
        var later = new ArrayList<>(sends);
        urgent.forEach(i -> later.set(i, null));
        return later;
    }

    /** What is over is over, whatever else stands against it. */
    private static Decision one(Decision rule, Decision before, Decision sending) {
        if (rule instanceof Decision.Cancel) {
            return rule;
        }
        if (before instanceof Decision.Send) {
            throw new IllegalStateException("a reservation never sends");
        }
        if (before != null) {
            return before;
        }
        return rule instanceof Decision.Send && sending != null ? sending : rule;
    }

    private static List<Decision> strictest(int size, List<List<Decision>> said, List<Decision.Send> asked) {
        var strictest = new ArrayList<Decision>();
        for (int i = 0; i < size; i++) {
            int message = i;
            strictest.add(said.stream().map(s -> s.get(message)).filter(d -> d != null)
                .reduce((a, b) -> together(a, b, asked.get(message))).orElse(null));
        }
        return strictest;
    }

    /** Of two that send, the earlier end and the language that either changed hold. */
    private static Decision together(Decision a, Decision b, Decision.Send asked) {
        if (a instanceof Decision.Send one && b instanceof Decision.Send other) {
            Instant end = one.notAfter() == null || other.notAfter() != null && other.notAfter().isBefore(one.notAfter())
                ? other.notAfter() : one.notAfter();
            String language = one.language().equals(asked.language()) ? other.language() : one.language();
            return new Decision.Send(one.channel(), one.address(), language, one.variant(), one.another(), end);
        }
        return STRICTER.compare(a, b) >= 0 ? a : b;
    }

    private static int strictness(Decision decision) {
        return switch (decision) {
            case Decision.Cancel c -> 3;
            case Decision.Withhold w -> 2;
            case Decision.HoldUntil h -> 1;
            case Decision.NextChannel n -> 0;
            case Decision.Send s -> -1;
        };
    }
}
