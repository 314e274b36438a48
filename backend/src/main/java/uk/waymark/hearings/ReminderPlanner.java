package uk.waymark.hearings;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.hearings.ReminderStore.Standing;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Ids;

/**
 * Keeps what is planned in line with the court dates, in the transaction that changes them: what is no longer so is skipped, what
 * waits to be sent is taken back, and what lies ahead is planned anew.
 */
@Singleton
final class ReminderPlanner implements ApplicationEventListener<HearingChanged>, Ordered {
    static final String KEPT_QUIET = "kept_quiet";
    private final ReminderPlans plans;
    private final ReminderStore store;
    private final ReminderTimes times;
    private final ReminderTruth truth;
    private final ReminderGaps gaps;
    private final Outbox outbox;
    private final Ids ids;

    ReminderPlanner(ReminderPlans plans, ReminderStore store, ReminderTimes times, ReminderTruth truth, ReminderGaps gaps,
                    Outbox outbox, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.times = times;
        this.truth = truth;
        this.gaps = gaps;
        this.outbox = outbox;
        this.ids = ids;
    }

    /** Before anybody is told of the change: what was about to remind them is taken back first. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /**
     * What is to be planned.
     *
     * @param untold for whom nothing is to be planned, since they are not to be told of it before the unit decides
     */
    private record Matter(Connection c, UUID force, CourtHearing hearing, Predicate<UUID> untold, Set<UUID> otherwise, Instant now) { }

    @Override
    public void onApplicationEvent(HearingChanged change) {
        CourtHearing now = change.now();
        CourtHearing before = change.before();
        boolean otherwise = before == null || before.version() != now.version();
        var roles = new HashSet<>(change.called());
        roles.addAll(change.dewarned());
        List<Reminder> known = store.lockedOf(change.connection(), now.id());
        if (before != null && otherwise) {
            gaps.closed(change.connection(), before);
        }
        Set<UUID> knowing = knowing(change.connection(), now);
        Predicate<UUID> untold = p -> now.quiet() && (otherwise
            || !knowing.contains(p) && (change.called().contains(p) || before.quiet() && !reminded(known, now, p)));
        plan(new Matter(change.connection(), change.force(), now, untold, roles, change.at()), known,
            plans.of(change.connection(), now.kind()));
    }

    /** After the plan of its kind was changed. */
    void plan(Connection c, UUID force, CourtHearing hearing, ReminderPlan plan, Instant now) {
        List<Reminder> known = store.lockedOf(c, hearing.id());
        Set<UUID> knowing = knowing(c, hearing);
        Predicate<UUID> untold = p -> hearing.quiet() && !knowing.contains(p) && !reminded(known, hearing, p);
        plan(new Matter(c, force, hearing, untold, Set.of(), now), known, plan);
    }

    /** Who was to be told of it as it stands before it became quiet: an officer may have been the first to. */
    private Set<UUID> knowing(Connection c, CourtHearing h) {
        return !h.quiet() ? Set.of() : store.standings(c, List.of(h.id())).stream().filter(Standing::knows).map(Standing::person)
            .collect(Collectors.toSet());
    }

    /** Of the date as it stands: they are told of it, whatever came in quietly since. */
    private static boolean reminded(List<Reminder> known, CourtHearing h, UUID person) {
        return known.stream().anyMatch(r -> r.person().equals(person) && r.version() == h.version()
            && r.state() != Reminder.State.SKIPPED);
    }

    private record Key(UUID person, Words words, Instant due) { }

    private void plan(Matter m, List<Reminder> known, ReminderPlan plan) {
        List<Standing> standings = store.standings(m.c(), List.of(m.hearing().id()));
        Map<Key, Reminder> wanted = wanted(m, plan.steps(), standings);
        ReminderTruth.Now now = truth.of(m.c(), m.hearing());
        var takenBack = new HashSet<UUID>();
        var said = new ArrayList<Reminder>();
        for (Reminder r : known) {
            boolean stands = wanted.containsKey(key(r)) && same(r, wanted.get(key(r)));
            if (r.state() == Reminder.State.PLANNED && r.askedIn() == null && !stands) {
                String why = now.whyNot(r, m.now());
                store.settle(m.c(), r.id(), Reminder.State.SKIPPED, why == null ? m.untold().test(r.person()) ? KEPT_QUIET : "plan_changed" : why, m.now());
            } else if (r.state() == Reminder.State.PLANNED || r.state() == Reminder.State.DONE && r.version() == m.hearing().version()) {
                wanted.remove(key(r));
                said.addAll(r.state() == Reminder.State.DONE ? List.of(r) : List.of());
            } else if (r.state() == Reminder.State.QUEUED) {
                String why = now.whyNot(r, m.now());
                if (why == null && !m.otherwise().contains(r.person())) {
                    wanted.remove(key(r));
                    said.add(r);
                } else if (takenBack.add(r.subject())) {
                    takeBack(m.c(), m.force(), r.subject(), m.now());
                }
            }
        }
        notTwiceADay(wanted, said, m.hearing(), plan);
        wanted.values().forEach(r -> store.add(m.c(), m.force(), r, m.now()));
        gaps.look(m.c(), m.hearing(), gap(m, plan, standings), m.now());
    }

    private Map<Key, Reminder> wanted(Matter m, List<Step> steps, List<Standing> standings) {
        CourtHearing h = m.hearing();
        var wanted = new HashMap<Key, Reminder>();
        if (!h.listed() || h.listOnly() || !h.onPhones()) {
            return wanted;
        }
        for (Standing s : standings) {
            if (!s.shown() || !s.required() && s.dewarnedAt() != null || m.untold().test(s.person())) {
                continue;
            }
            for (ReminderTimes.Planned p : times.of(h, steps, s.required(), m.now())) {
                var r = new Reminder(ids.next(), h.caseId(), h.id(), s.person(), h.version(), p.step().words(), p.step().onlyRequired(),
                    p.due(), p.uselessFrom(), Reminder.State.PLANNED, null, null, null);
                wanted.putIfAbsent(key(r), r);
            }
        }
        return wanted;
    }

    /** What was said, or is about to be, at another hour of the same day is not said again because the plan was changed at noon. */
    private void notTwiceADay(Map<Key, Reminder> wanted, List<Reminder> said, CourtHearing h, ReminderPlan plan) {
        if (said.isEmpty() || wanted.isEmpty()) {
            return;
        }
        Set<Instant> planned = times.dues(h, plan.steps());
        said.stream().filter(r -> !planned.contains(r.due())).forEach(r -> wanted.keySet().removeIf(k -> k.person().equals(r.person())
            && k.words() == r.words() && ReminderTimes.day(k.due()).equals(ReminderTimes.day(r.due()))));
    }

    private static Key key(Reminder r) {
        return new Key(r.person(), r.words(), r.due());
    }

    private static boolean same(Reminder a, Reminder b) {
        return a.version() == b.version() && a.onlyRequired() == b.onlyRequired() && a.uselessFrom().equals(b.uselessFrom());
    }

    /**
     * Takes a message back that has not left, and has what it said of other hearings said anew. What has left cannot be called
     * back: it ends as it ends, and who was told is told of the change.
     */
    void takeBack(Connection c, UUID force, UUID subject, Instant now) {
        if (outbox.cancelBySubject(c, force, subject, ReminderCheck.NO_LONGER_SO) == 0) {
            return;
        }
        again(c, force, store.ofSubjects(c, List.of(subject), true).getOrDefault(subject, List.of()), now);
    }

    /** Of these, which one message was to say: what is still so waits anew, and the rest is over. */
    void again(Connection c, UUID force, List<Reminder> together, Instant now) {
        List<Reminder> open = together.stream().filter(r -> r.state() == Reminder.State.QUEUED).toList();
        ReminderTruth.Now so = truth.now(c, open);
        for (Reminder r : open) {
            String why = so.whyNot(r, now);
            store.settle(c, r.id(), Reminder.State.SKIPPED, why == null ? "said_anew" : why, now);
            if (why == null) {
                store.add(c, force, r.anew(ids.next()), now);
            }
        }
    }

    /** Why nobody who has to be there is reminded of it, in a word; null where somebody is, or nobody has to be there. */
    private static String gap(Matter m, ReminderPlan plan, List<Standing> standings) {
        CourtHearing h = m.hearing();
        List<Standing> required = standings.stream().filter(Standing::required).collect(Collectors.toCollection(ArrayList::new));
        if (h.state() != State.LISTED || h.on() == null && h.weekOf() == null || required.isEmpty()) {
            return null;
        }
        return Stream.of(h.onPhones() ? null : "kept_off_phones", required.stream().allMatch(s -> m.untold().test(s.person())) ? KEPT_QUIET : null,
                required.stream().noneMatch(Standing::shown) ? "not_shown" : null, plan.steps().isEmpty() ? "no_plan" : null)
            .filter(why -> why != null).findFirst().orElse(null);
    }
}
