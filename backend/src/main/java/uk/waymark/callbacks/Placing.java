package uk.waymark.callbacks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import uk.waymark.callbacks.CallBack.Via;
import uk.waymark.callbacks.Offices.Office;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.cases.CaseUnits;
import uk.waymark.messaging.Ringing;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * When somebody rings: in a place that is booked, or by a due time. As a worker of the force, since a person learns nothing of who else
 * has which place; in the transaction that takes the wish, so that it is there with its place, its due time and its item, or not at all.
 */
@Singleton
final class Placing {
    static final String ITEM = "call_wanted";
    static final String URGENT = "call_back_urgent";
    private static final int DAYS_SHOWN = 14;
    private static final int MOST_SHOWN = 100;
    private final CallBackStore store;
    private final Offices offices;
    private final OutOfHours outOfHours;
    private final Slots slots;
    private final CaseUnits units;
    private final Ringing ringing;
    private final WorkItems workItems;
    private final Outbound outbound;
    private final CallBackSettings settings;
    private final CaseClock clock;

    Placing(CallBackStore store, Offices offices, OutOfHours outOfHours, Slots slots, CaseUnits units, Ringing ringing, WorkItems workItems,
            Outbound outbound, CallBackSettings settings, CaseClock clock) {
        this.store = store;
        this.offices = offices;
        this.outOfHours = outOfHours;
        this.slots = slots;
        this.units = units;
        this.ringing = ringing;
        this.workItems = workItems;
        this.outbound = outbound;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Of one that was just asked for.
     *
     * @param item of the queue that stands for it already, or null
     * @param due  by when at the latest without a place, where something else says so; or null
     */
    CallBack place(Connection c, UUID id, UUID item, Instant due) {
        CallBack asked = store.locked(c, id).orElseThrow();
        String unit = units.of(c, asked.caseId()).orElse(null);
        Office office = offices.of(c, asked.force(), unit);
        boolean flagged = ringing.way(c, asked.person()).flagged();
        return put(c, asked, office, unit, asked.via() != Via.STAFF && flagged, item, due);
    }

    /** Of one whose person would like other times. */
    CallBack again(Connection c, CallBack changed) {
        return put(c, changed, offices.of(c, changed.force(), changed.unit()), changed.unit(), changed.toConfirm(), changed.itemId(),
            changed.urgent() || changed.via() == Via.SMS ? changed.dueAt() : null);
    }

    private CallBack put(Connection c, CallBack asked, Office office, String unit, boolean toConfirm, UUID item, Instant latest) {
        Instant now = clock.instant();
        Slot slot = null;
        Instant due;
        if (asked.urgent()) {
            due = now.plus(settings.time("due.not_safe"));
            slots.giveBack(c, asked.id());
        } else {
            List<Slot> wanted = wanted(c, asked, office, now);
            slot = slots.book(c, asked.force(), office, asked.id(), wanted).orElse(null);
            if (slot == null && !wanted.isEmpty()) {
                slot = asked.slot(); // all taken: the place they had is theirs still
            }
            due = slot == null ? unbooked(asked, offices.due(office, now), now) : slot.to();
        }
        // a place that they chose is when they are rung, whatever was due before
        due = slot == null ? sooner(due, latest) : due;
        Instant next = due;
        boolean moved = asked.itemId() != null;
        if (moved && slot == null) {
            // what was promised is not put off by asking again; after a call in vain the next one has a time of its own
            next = sooner(due, asked.nextAt());
            due = sooner(due, asked.dueAt());
        }
        UUID known = item == null ? open(c, asked, office, due, now) : item;
        if (moved) {
            workItems.giveBack(c, item, next);
        }
        store.place(c, asked.id(), unit, toConfirm, due, next, slot, known);
        if (asked.urgent()) {
            tell(c, asked, office, due, now);
        }
        return store.one(c, asked.id()).orElseThrow();
    }

    /** Nobody rings outside the times that were asked for: nothing sooner than the end of the first of them can be promised. */
    private static Instant unbooked(CallBack asked, Instant usual, Instant now) {
        Instant first = asked.toCome(now).stream().map(Slot::to).min(Instant::compareTo).orElse(usual);
        return first.isAfter(usual) ? first : usual;
    }

    private static Instant sooner(Instant one, Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    /** The force's own system is what wakes whom it has at night: it is given who to, and never the person's number. */
    private void tell(Connection c, CallBack asked, Office office, Instant due, Instant now) {
        var data = JsonNodeFactory.instance.objectNode().put("call_back_id", asked.id().toString()).put("due_at", due.toString());
        desk(asked, office, now).ifPresent(desk -> data.putObject("out_of_hours").put("name", desk.name()).put("phone", desk.phone()));
        outbound.put(c, new NewParcel(asked.force(), URGENT, asked.caseId(), asked.person(), asked.id(), URGENT + ':' + asked.id(), data));
    }

    private List<Slot> wanted(Connection c, CallBack asked, Office office, Instant now) {
        List<Slot> times = asked.details().preferred();
        if (times.isEmpty()) {
            return List.of();
        }
        Predicate<Instant> safe = ringing.times(c, asked.person());
        return Preferred.slots(times, office, safe, now, Duration.ofDays(settings.number("furthest_days")),
            most -> free(c, asked.force(), office, safe, now).stream().limit(most).toList());
    }

    /** When the person can be rung, from this moment on: in the next two weeks. */
    List<Slot> free(Connection c, UUID force, UUID caseId, UUID person, Instant from) {
        Instant now = clock.instant();
        Office office = offices.of(c, force, units.of(c, caseId).orElse(null));
        return free(c, force, office, ringing.times(c, person), from.isBefore(now) ? now : from).stream().limit(MOST_SHOWN).toList();
    }

    private List<Slot> free(Connection c, UUID force, Office office, Predicate<Instant> safe, Instant from) {
        Instant now = clock.instant();
        var weeks = new Slot(from, from.atZone(WorkingDays.LONDON).plusDays(DAYS_SHOWN).toInstant());
        return slots.free(c, force, office, Preferred.possible(weeks, office, safe, now, Duration.ofDays(settings.number("furthest_days"))));
    }

    private UUID open(Connection c, CallBack asked, Office office, Instant due, Instant now) {
        String detail = settings.text(asked.urgent() ? "detail.call_wanted.not_safe" : "detail.call_wanted");
        Optional<Offices.Desk> desk = desk(asked, office, now);
        if (desk.isPresent()) {
            detail += "\n\n" + settings.text("detail.call_wanted.out_of_hours").replace("{name}", desk.get().name())
                .replace("{phone}", desk.get().phone());
        }
        String key = "call_back:" + asked.id();
        // who does not feel safe comes before everything else, as who asks for help does
        workItems.open(c, new NewWorkItem(ITEM, key, asked.caseId(), asked.person(), asked.id(),
            asked.urgent() ? "not_safe" : CallBack.wire(asked.via()), detail, due));
        UUID item = workItems.idOf(c, key).orElseThrow();
        if (desk.isPresent()) {
            workItems.escalate(c, key);
            outOfHours.alert(c, asked.force(), asked.caseId(), item);
        }
        return item;
    }

    /** Whom the force has for what cannot wait until it opens, where that is so now. */
    Optional<Offices.Desk> desk(Connection c, CallBack b) {
        return desk(b, offices.of(c, b.force(), b.unit()), clock.instant());
    }

    private static Optional<Offices.Desk> desk(CallBack b, Office office, Instant now) {
        return b.urgent() && !office.hours().open(now) ? Optional.ofNullable(office.outOfHours()) : Optional.empty();
    }

    /**
     * Until when somebody who speaks their language is waited for: a time of opening from when they could take it on; for who does not
     * feel safe a time of the day, at any hour.
     */
    Instant speakerUntil(Connection c, CallBack b) {
        Duration within = settings.time("speaker_within", b.urgent());
        Instant from = b.openFrom(settings.time("claim_before"));
        return b.urgent() ? from.plus(within) : offices.of(c, b.force(), b.unit()).hours().after(from, within);
    }

    /** By when somebody tries again: where that is at no time of those that were asked for, by the end of the first one after it. */
    Instant next(Connection c, CallBack b) {
        Instant now = clock.instant();
        if (b.urgent()) {
            return now.plus(settings.time("again.not_safe"));
        }
        Instant usual = offices.of(c, b.force(), b.unit()).hours().after(now, settings.time("again"));
        return b.suits(usual) ? usual : b.toCome(usual).stream().map(Slot::to).min(Instant::compareTo).orElse(usual);
    }
}
