package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.hearings.Reminder.State;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Ids;
import uk.waymark.platform.WorkingDays;

/** Makes messages of reminders that have fallen due and are still so; what one person is to hear of several hearings is one message. */
@Singleton
final class ReminderSending {
    static final String TOLD_TODAY = "told_today";
    private final ReminderStore store;
    private final ReminderTruth truth;
    private final ReminderTimes times;
    private final ReminderRules rules;
    private final ReminderGaps gaps;
    private final Optional<HeldOut> heldOut;
    private final HearingMessages messages;
    private final WelshCourts courts;
    private final ToldAsItStands told;
    private final Outbox outbox;
    private final Ids ids;

    ReminderSending(ReminderStore store, ReminderTruth truth, ReminderTimes times, ReminderRules rules, ReminderGaps gaps,
                    Optional<HeldOut> heldOut, HearingMessages messages, WelshCourts courts, ToldAsItStands told, Outbox outbox, Ids ids) {
        this.told = told;
        this.store = store;
        this.truth = truth;
        this.times = times;
        this.rules = rules;
        this.gaps = gaps;
        this.heldOut = heldOut;
        this.messages = messages;
        this.courts = courts;
        this.outbox = outbox;
        this.ids = ids;
    }

    /**
     * What one message says: all questions; else the dates of one day at one court, or of one week of which no day is known.
     *
     * @param needed whether it says that they have to be there
     * @param court  null where the words name none
     */
    private record Together(Words words, boolean needed, LocalDate day, LocalDate week, String court) { }

    /** @param due locked by the caller's transaction, which acts for the force as its worker */
    void send(Connection c, UUID force, List<Reminder> due, Instant now) {
        Map<UUID, List<Reminder>> byPerson = due.stream()
            .collect(Collectors.groupingBy(Reminder::person, LinkedHashMap::new, Collectors.toList()));
        byPerson.forEach((person, theirs) -> send(c, force, person, theirs, now));
    }

    private void send(Connection c, UUID force, UUID person, List<Reminder> due, Instant now) {
        var all = new ArrayList<>(due);
        if (due.stream().anyMatch(r -> r.words() == Words.QUESTION)) {
            // a trial of several days asks once
            all.addAll(store.takeQuestions(c, person, now, now.plus(Duration.ofDays(rules.together()))));
        }
        ReminderTruth.Now so = truth.now(c, all);
        var groups = new LinkedHashMap<Together, List<Reminder>>();
        for (Reminder r : all) {
            CourtHearing h = so.hearing(r.hearing());
            String why = whyNot(c, force, so, r, now);
            if (why == null) {
                groups.computeIfAbsent(together(h, r, HearingNotices.needed(h, so.required(r))), g -> new ArrayList<>()).add(r);
            } else if (!r.due().isAfter(now)) { // one that is only taken along is asked again on its own day
                store.settle(c, r.id(), State.SKIPPED, why, now);
                if ("too_late".equals(why) && so.required(r)) {
                    late(c, h, r, now);
                }
            }
        }
        groups.forEach((group, theirs) -> enqueue(c, force, group, theirs, so, now));
    }

    private String whyNot(Connection c, UUID force, ReminderTruth.Now so, Reminder r, Instant now) {
        String why = so.whyNot(r, now);
        CourtHearing h = so.hearing(r.hearing());
        if (why == null && !HearingNotices.needed(h, so.required(r)) && h.on() != null && store.neededOn(c, r.person(), h.on())) {
            // 'you do not need to come' would be read as of the whole day
            return "needed_that_day";
        }
        if (why != null || r.askedIn() != null) {
            return why;
        }
        Instant today = ReminderTimes.day(now).atStartOfDay(WorkingDays.LONDON).toInstant();
        if (told.since(c, force, h, r.person(), today)) {
            return TOLD_TODAY;
        }
        if (heldOut.isPresent() && heldOut.get().extra(c, r.hearing(), r.person())) {
            return "held_out";
        }
        return store.saidByStaff(c, List.of(r), today).isEmpty() ? null : ReminderCheck.SAID_BY_STAFF;
    }

    private static Together together(CourtHearing h, Reminder r, boolean needed) {
        boolean question = r.words() == Words.QUESTION && h.on() != null && needed;
        boolean named = h.on() != null && !question;
        return new Together(r.words(), needed, question ? null : h.on(), h.on() == null ? h.weekOf() : null,
            named ? ReminderWords.court(h, "") : null);
    }

    private void enqueue(Connection c, UUID force, Together group, List<Reminder> theirs, ReminderTruth.Now so, Instant now) {
        List<CourtHearing> hearings = theirs.stream().map(r -> so.hearing(r.hearing())).distinct().toList();
        Instant from = times.within(now);
        Instant until = theirs.stream().map(Reminder::uselessFrom).min(Comparator.naturalOrder()).orElseThrow();
        if (!until.isAfter(from)) {
            theirs.forEach(r -> {
                store.settle(c, r.id(), State.SKIPPED, "too_late", now);
                late(c, so.hearing(r.hearing()), r, now);
            });
            return;
        }
        UUID subject = ids.next();
        ReminderWords.Said said = ReminderWords.of(hearings, group.words(), group.needed(),
            group.court() == null ? null : courts.name(c, force, hearings.getFirst().ouCode(), hearings.getFirst().court()), now);
        String key = "reminder:" + subject;
        UUID message = outbox.enqueue(c, new NewMessage(force, theirs.getFirst().person(), ReminderCheck.MESSAGE_CLASS, said.template(), said.fields(),
            key, subject, from, until)).id();
        hearings.forEach(h -> messages.add(c, force, HearingMessages.Row.of(message, key, h, theirs.getFirst().person(), What.REMINDER,
            group.needed(), HearingDay.of(h), now)));
        theirs.forEach(r -> store.queued(c, r.id(), subject));
    }

    /** Only where nothing else is to come that tells them, and they can still be rung before it begins. */
    private void late(Connection c, CourtHearing h, Reminder r, Instant now) {
        Instant leaves = h == null ? null : times.leaves(h);
        boolean begun = leaves == null || !now.isBefore(leaves.plus(rules.leaveHome()));
        if (!begun && h.listed() && !store.moreToCome(c, r.hearing(), r.person(), r.id())) {
            gaps.late(c, h, r, now);
        }
    }
}
