package uk.waymark.messaging;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.messaging.ContactChoices.Telling;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * On the day that somebody who wanted to be told nothing has named, staff are asked to ask again; and what nobody has to
 * ask any more goes from the queue. The choices are sealed, so all of them are opened: only who has chosen something has any.
 */
@Singleton
class ChoicesDue implements DueWork {
    static final String ASK_AGAIN = "ask_again";
    private static final Logger LOG = LoggerFactory.getLogger(ChoicesDue.class);
    private static final int BATCH = 1_000;

    private final ActingAs acting;
    private final EachForce forces;
    private final ContactChoicesStore store;
    private final ContactTimes times;
    private final WorkItems workItems;
    private final WordsToConfirm words;
    private final CaseClock clock;

    ChoicesDue(ActingAs acting, EachForce forces, ContactChoicesStore store, ContactTimes times, WorkItems workItems, WordsToConfirm words, CaseClock clock) {
        this.forces = forces;
        this.words = words;
        this.acting = acting;
        this.store = store;
        this.times = times;
        this.workItems = workItems;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "1m", fixedDelay = "10m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("who is to be asked again could not be looked into; in ten minutes it will be tried again", e);
        }
    }

    private record Chosen(UUID person, ContactChoices choices) {
        /** When staff are to ask, or nothing. */
        Optional<Instant> due() {
            LocalDate day = choices.telling() == Telling.NOTHING ? choices.askAgainOn() : null;
            return Optional.ofNullable(day).map(d -> d.atStartOfDay(SafeTimes.UK).toInstant());
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        forces.run("what people chose", force -> all(force).forEach(some -> acting.as(new Caller.Worker(force), c -> {
            some.stream().filter(p -> p.due().filter(due -> !due.isAfter(now)).isPresent()).forEach(p -> askAgain(c, p, now));
            settle(c, some);
            words.askOfOlder(c, some.stream().collect(Collectors.toMap(Chosen::person, Chosen::choices)));
            return null;
        })));
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().flatMap(force -> all(force).stream()).flatMap(List::stream).map(Chosen::due)
            .flatMap(Optional::stream).filter(due -> due.isAfter(now)).min(Instant::compareTo);
    }

    private void askAgain(Connection c, Chosen p, Instant now) {
        workItems.open(c, new NewWorkItem(ASK_AGAIN, "ask-again:" + p.person() + ':' + p.choices().askAgainOn(), null, p.person(),
            null, Timing.WANTS_NOTHING, EndedMessages.reason(ASK_AGAIN), now.plus(times.askAgain())));
    }

    /** What was asked has been answered. */
    private void settle(Connection c, List<Chosen> some) {
        UUID[] askedNow = ids(some.stream().filter(p -> UrgentWishes.asked(p.choices())).toList());
        UUID[] wantAgain = ids(some.stream().filter(p -> p.choices().telling() != Telling.NOTHING).toList());
        workItems.settleKind(c, UrgentWishes.KIND, askedNow);
        workItems.settleKind(c, ASK_AGAIN, wantAgain);
    }

    private static UUID[] ids(List<Chosen> some) {
        return some.stream().map(Chosen::person).toArray(UUID[]::new);
    }

    private List<List<Chosen>> all(UUID force) {
        var all = new ArrayList<List<Chosen>>();
        UUID after = new UUID(0, 0);
        List<Chosen> some;
        do {
            some = page(force, after);
            if (!some.isEmpty()) {
                all.add(some);
                after = some.getLast().person();
            }
        } while (some.size() == BATCH);
        return all;
    }

    private List<Chosen> page(UUID force, UUID after) {
        return acting.as(new Caller.Worker(force), c -> {
            List<UUID> persons = Sql.list(c, """
                select person_id from waymark.contact_choice where force_id = waymark.ctx_force() and person_id > ?
                 order by person_id limit ?""", r -> Sql.uuid(r, "person_id"), after, BATCH);
            Map<UUID, ContactChoices> choices = store.of(c, persons.toArray(UUID[]::new));
            return persons.stream().filter(choices::containsKey).map(p -> new Chosen(p, choices.get(p))).toList();
        });
    }
}
