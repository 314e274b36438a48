package uk.waymark.changes;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.account.AccountNumbers;
import uk.waymark.account.AccountNumbers.Moved;
import uk.waymark.changes.ChangeStore.Change;
import uk.waymark.changes.ChangeStore.Concerned;
import uk.waymark.changes.ChangeStore.Decided;
import uk.waymark.messaging.ConfirmedAddresses;
import uk.waymark.messaging.NoticeBars;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;

/**
 * What follows once a change is confirmed: it takes effect, with the announcement, or it waits for staff. One transaction each,
 * which begins as whoever confirmed, allowed or found it due, and goes on as a worker of each force that has somebody on the
 * account. What the caller may see is out of its sight afterwards.
 */
@Singleton
final class Effects {
    private final ActingAs acting;
    private final ChangeStore store;
    private final AccountNumbers accounts;
    private final ConfirmedAddresses addresses;
    private final UnitItems items;
    private final Outbox outbox;
    private final Audit audit;
    private final ChangeSettings settings;
    private final CaseClock clock;
    private final ApplicationEventPublisher<ContactChanged> events;

    Effects(ActingAs acting, ChangeStore store, AccountNumbers accounts, ConfirmedAddresses addresses, UnitItems items,
            Outbox outbox, Audit audit, ChangeSettings settings, CaseClock clock,
            ApplicationEventPublisher<ContactChanged> events) {
        this.acting = acting;
        this.store = store;
        this.accounts = accounts;
        this.addresses = addresses;
        this.items = items;
        this.outbox = outbox;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /** @param people whose messages have to be decided anew after the commit; empty where it has not taken effect */
    record Outcome(Moved moved, List<Concerned> people) {
        boolean done() {
            return moved == Moved.MOVED;
        }

        /** By force. */
        Map<UUID, List<UUID>> concerned() {
            return people.stream().collect(Collectors.groupingBy(Concerned::force,
                Collectors.mapping(Concerned::person, Collectors.toList())));
        }
    }

    /** The code was right. In a flagged case it waits, and the unit is told at once; otherwise it takes effect now. */
    Outcome confirmed(Connection c, UUID id) {
        Change change = store.find(c, id).orElseThrow();
        List<Concerned> people = store.people(c, id);
        if (people.stream().noneMatch(Concerned::flagged)) {
            return orWait(c, change, people, apply(c, change, people, Decided.BY_ITSELF, null));
        }
        Instant due = clock.instant().plus(settings.waiting());
        store.waits(c, id, due, Decided.BY_ITSELF);
        items.change(c, change, people, "flagged_case");
        return new Outcome(Moved.OVER, List.of());
    }

    /** The waiting time is over and nobody has held it or refused it. What was begun on a device that is signed out waits on. */
    Outcome due(Connection c, UUID id) {
        Change change = store.find(c, id).orElseThrow();
        List<Concerned> people = store.people(c, id);
        if (!change.over() && !change.begunHere()) {
            // nobody could cancel it any more: it is not for time to decide
            store.waits(c, id, null, Decided.BY_ITSELF);
            items.change(c, change, people, "device_gone");
            return new Outcome(Moved.OVER, List.of());
        }
        Outcome outcome = orWait(c, change, people, apply(c, change, people, Decided.BY_ITSELF, null));
        if (outcome.done()) {
            items.settle(c, id, people);
        }
        return outcome;
    }

    /** What cannot take effect by itself is for staff: it waits until they allow it. */
    private Outcome orWait(Connection c, Change change, List<Concerned> people, Moved moved) {
        if (moved == Moved.TAKEN || moved == Moved.SUSPECT) {
            store.waits(c, change.id(), null, Decided.BY_ITSELF);
        }
        switch (moved) {
            case TAKEN -> items.change(c, change, people, "number_in_use");
            case SUSPECT -> items.suspect(c, change, people);
            case MOVED, OVER -> { }
        }
        return new Outcome(moved, moved == Moved.MOVED ? people : List.of());
    }

    /**
     * Staff allow it.
     *
     * @param c    of a transaction of theirs
     * @param safe whether the person has said that it is safe to be reached there
     */
    Outcome allowed(Connection c, Change change, Decided decided, boolean safe, UUID force) {
        List<Concerned> people = store.people(c, change.id());
        Moved moved = apply(c, change, people, decided, safe ? force : null);
        if (moved == Moved.MOVED) {
            items.settle(c, change.id(), people);
        }
        return new Outcome(moved, moved == Moved.MOVED ? people : List.of());
    }

    /** @param safeFor the force whose staff call it safe, or null */
    private Moved apply(Connection c, Change change, List<Concerned> people, Decided decided, UUID safeFor) {
        if (!change.confirmed() || change.over()) {
            return Moved.OVER;
        }
        if (change.kind() == ChangeKind.MOBILE) {
            Moved moved = accounts.move(c, change.id(), change.account(), change.to().value());
            if (moved != Moved.MOVED) {
                return moved;
            }
        }
        if (!store.done(c, change.id(), decided)) {
            return Moved.OVER;
        }
        boolean flagged = people.stream().anyMatch(Concerned::flagged);
        for (Concerned one : people) {
            var worker = new Caller.Worker(one.force());
            acting.goOn(c, worker);
            if (change.kind() != ChangeKind.MOBILE) {
                takeIn(c, change, one, !flagged, one.force().equals(safeFor));
            } else if (one.force().equals(safeFor)) {
                addresses.numberIsSafe(c, one.person(), change.to().value());
            }
            audit.record(c, worker, "contact_changed", null, one.person());
            events.publishEvent(new ContactChanged(c, one.force(), one.person(), change.kind().stored(), decided.by() != null));
            announce(c, change, one);
        }
        return Moved.MOVED;
    }

    private void takeIn(Connection c, Change change, Concerned one, boolean unflagged, boolean byStaff) {
        boolean safe = unflagged || byStaff;
        addresses.put(c, one.person(), change.kind().channel(), change.to().value(), safe, byStaff);
        if (!safe) {
            items.confirmAddress(c, change, one);
        }
    }

    /** Where to is decided at sending: only what is known to be safe, and never what was replaced. */
    private void announce(Connection c, Change change, Concerned one) {
        Instant now = clock.instant();
        outbox.enqueue(c, new NewMessage(one.force(), one.person(), NoticeBars.MESSAGE_CLASS, NoticeBars.CHANGED, Map.of(),
            "contact-change:" + change.id() + ":told:" + one.person(), change.id(), now,
            now.plus(settings.tried("announce"))));
    }
}
