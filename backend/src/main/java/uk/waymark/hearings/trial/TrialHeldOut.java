package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.cases.SpecialCare;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingStore;
import uk.waymark.hearings.HeldOut;
import uk.waymark.hearings.wishes.CourtWishes;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/**
 * Draws lots when the first extra reminder of somebody falls due in the days of an experiment, and keeps to what was drawn. Those who
 * may not be part of it are looked for each time: what has become so since ends it for them.
 */
@Singleton
final class TrialHeldOut implements HeldOut {
    private final TrialStore store;
    private final TrialLots lots;
    private final HearingStore hearings;
    private final SpecialCare care;
    private final ContactChoicesStore choices;
    private final CourtWishes wishes;
    private final CaseClock clock;

    TrialHeldOut(TrialStore store, TrialLots lots, HearingStore hearings, SpecialCare care, ContactChoicesStore choices, CourtWishes wishes,
                 CaseClock clock) {
        this.store = store;
        this.lots = lots;
        this.hearings = hearings;
        this.care = care;
        this.choices = choices;
        this.wishes = wishes;
        this.clock = clock;
    }

    @Override
    public boolean extra(Connection c, UUID hearing, UUID person) {
        Optional<ReminderTrial> open = store.open(c);
        if (open.isEmpty()) {
            return false;
        }
        CourtHearing h = hearings.one(c, hearing).orElse(null);
        LocalDate day = h == null || h.on() != null ? h == null ? null : h.on() : h.weekOf();
        ReminderTrial trial = open.get();
        if (day == null || day.isBefore(trial.from()) || day.isAfter(trial.to()) || !required(c, hearing, person)) {
            return false;
        }
        Instant now = clock.instant();
        boolean may = !care.owed(c, person, LocalDate.ofInstant(now, WorkingDays.LONDON)) && !interpreted(c, person);
        Optional<TrialStore.Arm> arm = store.arm(c, trial.id(), person);
        if (!may) {
            if (arm.isPresent()) {
                store.endFor(c, trial.id(), person, null, now);
            }
            return false;
        }
        return arm.isPresent() ? arm.get().heldOut() && arm.get().endedAt() == null : drawn(c, trial, h, person, now);
    }

    @Override
    public Optional<Without> standing(Connection c, Collection<UUID> persons) {
        return store.open(c).map(trial -> new Without(trial.from(), trial.to(), store.without(c, trial.id(), persons)));
    }

    private boolean drawn(Connection c, ReminderTrial trial, CourtHearing h, UUID person, Instant now) {
        // one at a time: a place is nobody else's. It may have been ended, or drawn for this person, while we waited
        Optional<ReminderTrial> held = store.held(c, trial.id()).filter(t -> t.endedAt() == null);
        if (held.isEmpty()) {
            return false;
        }
        Optional<TrialStore.Arm> meanwhile = store.arm(c, trial.id(), person);
        if (meanwhile.isPresent()) {
            return meanwhile.get().heldOut() && meanwhile.get().endedAt() == null;
        }
        String stratum = h.kind().wireName() + '/' + (h.unit() == null ? "" : h.unit());
        int place = store.next(c, trial.id(), stratum);
        boolean heldOut = lots.heldOut(trial.id(), stratum, place, trial.share());
        UUID force = Sql.one(c, "select waymark.ctx_force() as force", r -> Sql.uuid(r, "force")).orElseThrow();
        store.draw(c, force, trial.id(), person, h.caseId(), stratum, place, heldOut, now);
        return heldOut;
    }

    private static boolean required(Connection c, UUID hearing, UUID person) {
        return Sql.one(c, "select required from waymark.hearing_person where hearing_id = ? and person_id = ?",
            r -> r.getBoolean("required"), hearing, person).orElse(false);
    }

    private boolean interpreted(Connection c, UUID person) {
        ContactChoices chosen = choices.of(c, new UUID[] {person}).get(person);
        return chosen != null && (chosen.interpreter() != null || chosen.needs().contains(ContactChoices.Need.INTERPRETER)
                || chosen.needs().contains(ContactChoices.Need.BSL))
            || wishes.of(c, person, CourtWishes.Kind.NEEDS).stream()
                .anyMatch(w -> w.words().needs() != null && w.words().needs().interpreter() != null);
    }
}
