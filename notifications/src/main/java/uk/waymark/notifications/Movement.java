package uk.waymark.notifications;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.waymark.notifications.CircuitStore.Calls;
import uk.waymark.notifications.CircuitStore.Deliveries;
import uk.waymark.notifications.CircuitStore.Move;
import uk.waymark.notifications.CircuitStore.State;
import uk.waymark.notifications.Circuits.Account;

/** Which circuits take a step, and why. */
final class Movement {

    private static final int FULL = 100;

    private Movement() {
    }

    static List<Move> byErrors(CircuitRules rules, List<State> circuits, Map<Account, Calls> calls, Instant now) {
        CircuitRules.Errors rule = rules.errors();
        return bad(circuits, calls.keySet(), a -> rule.met(calls.get(a).calls(), calls.get(a).errors())).stream()
            .filter(s -> s.health() > 0 && !now.isBefore(s.changedAt().plus(rule.atMostEvery())) || untouched(s))
            .map(s -> down(s, rule.move(), "errors")).toList();
    }

    static List<Move> bySlowness(CircuitRules rules, List<State> circuits, Map<Account, Deliveries> deliveries, Instant now) {
        CircuitRules.Slow rule = rules.slow();
        return bad(circuits, deliveries.keySet(),
                a -> rule.met(deliveries.get(a).messages(), deliveries.get(a).slow())).stream()
            .filter(s -> s.health() > 0 && !now.isBefore(s.changedAt().plus(rule.atMostEvery())) || untouched(s))
            .map(s -> down(s, rule.move(), "slow_delivery")).toList();
    }

    static List<Move> byRecovery(CircuitRules rules, List<State> circuits, Instant now) {
        CircuitRules.Recovery rule = rules.recovery();
        return circuits.stream().filter(s -> s.health() < FULL && s.worsenedAt() != null
                && !now.isBefore(s.worsenedAt().plus(rule.quietFor())) && !now.isBefore(s.changedAt().plus(rule.every())))
            .map(s -> new Move(s, Math.min(FULL, s.health() + rule.move()), "recovery")).toList();
    }

    static List<State> without(List<State> all, List<Move> moves) {
        Set<Account> moved = moves.stream().map(m -> m.from().account()).collect(Collectors.toSet());
        return all.stream().filter(s -> !moved.contains(s.account())).toList();
    }

    /** Those that do badly, unless more than one account of their channel is at work and all of them do. */
    private static List<State> bad(List<State> circuits, Set<Account> atWork, Predicate<Account> badly) {
        Set<Account> bad = atWork.stream().filter(badly).collect(Collectors.toCollection(HashSet::new));
        Set<String> blameless = atWork.stream().collect(Collectors.groupingBy(Account::channel)).entrySet().stream()
            .filter(e -> e.getValue().size() > 1 && bad.containsAll(e.getValue())).map(Map.Entry::getKey)
            .collect(Collectors.toSet());
        return circuits.stream().filter(s -> bad.contains(s.account()) && !blameless.contains(s.account().channel())).toList();
    }

    /** A circuit that was made a moment ago has not been changed yet. */
    private static boolean untouched(State circuit) {
        return circuit.version() == 0;
    }

    private static Move down(State circuit, int by, String reason) {
        return new Move(circuit, Math.max(0, circuit.health() - by), reason);
    }
}
