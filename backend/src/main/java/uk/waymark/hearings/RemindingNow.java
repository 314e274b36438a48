package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.HeldCases;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.hearings.ReminderStore.Standing;
import uk.waymark.messaging.ContactPolicy;
import uk.waymark.messaging.Messaging;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.Wording;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;

/** Staff remind people of a hearing now: by the same rules as a plan does, once for each request. */
@Singleton
class RemindingNow {
    private static final Duration JUST_NOW = Duration.ofHours(1);
    private static final String NONE = "none";
    private final ActingAs acting;
    private final HearingStore hearings;
    private final HeldCases cases;
    private final ReminderStore store;
    private final ReminderTruth truth;
    private final ReminderTimes times;
    private final ReminderSending sending;
    private final ContactPolicy policy;
    private final Templates templates;
    private final TemplateStore wordings;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Messaging messaging;
    private final Ids ids;
    private final CaseClock clock;
    private final Optional<HeldOut> heldOut;

    RemindingNow(ActingAs acting, HearingStore hearings, HeldCases cases, ReminderStore store, ReminderTruth truth,
                 ReminderTimes times, ReminderSending sending, ContactPolicy policy, Templates templates, TemplateStore wordings,
                 Idempotency idempotency, Audit audit, Messaging messaging, Ids ids, CaseClock clock,
                 Optional<HeldOut> heldOut) {
        this.heldOut = heldOut;
        this.acting = acting;
        this.hearings = hearings;
        this.cases = cases;
        this.store = store;
        this.truth = truth;
        this.times = times;
        this.sending = sending;
        this.policy = policy;
        this.templates = templates;
        this.wordings = wordings;
        this.idempotency = idempotency;
        this.audit = audit;
        this.messaging = messaging;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param reason null unless there is no reminder */
    record Person(UUID id, String outcome, String reason) { }

    /** @param english and {@code welsh}: the neutral words @param heldOut whom an experiment leaves without the reminders of a plan */
    record Result(UUID hearing, Words words, String english, String welsh, List<Person> people, Set<UUID> heldOut) { }

    /** @param people null for everybody who has to be there */
    record Asked(UUID hearing, Set<UUID> people, Words words) { }

    /**
     * Reminds them, or only says who would be.
     *
     * @throws ProblemException 404; 409 where there is nothing to remind of; 422 for words that do not fit
     */
    Result remind(Caller.Staff staff, Asked asked, boolean dryRun, String key) {
        Result result = acting.as(staff, c -> {
            CourtHearing seen = hearings.one(c, asked.hearing()).orElseThrow(ProblemException::notFound);
            CourtHearing h = dryRun ? seen : held(c, seen);
            Words words = words(h, asked);
            if (dryRun) {
                return result(c, staff, h, words, previewed(c, staff, h, asked, words));
            }
            var decided = new ArrayList<Person>();
            Idempotency.Created created = idempotency.once(c, staff, "remindOfHearing", key, asked.toString(), () -> {
                UUID request = ids.next();
                decided.addAll(made(c, staff, h, asked, words, request));
                return request;
            });
            return result(c, staff, h, words, created.repeated() ? earlier(c, created.id()) : decided);
        });
        if (!dryRun) {
            messaging.wake();
        }
        return result;
    }

    /** Of two who remind at the same time, the second finds what the first has done. */
    private CourtHearing held(Connection c, CourtHearing seen) {
        cases.hold(c, seen.caseId());
        return hearings.held(c, seen.id()).orElseThrow(ProblemException::notFound);
    }

    private Words words(CourtHearing h, Asked asked) {
        Instant leaves = times.leaves(h);
        if (!h.listed() || h.listOnly() || !h.onPhones() || leaves == null || !leaves.isAfter(clock.instant())) {
            throw ProblemException.conflict("nothing-to-remind", "There is nothing to remind of",
                "The hearing is off, over or has no date yet, only a published list tells of it, or its case is kept off phones. Read it "
                    + "again, and ring people where they have to know something.");
        }
        if (asked.words() == Words.DETAILS && h.on() == null) {
            throw ProblemException.unprocessable("/words", "Only the week of this hearing is known. Leave words out, or ask the question.");
        }
        return asked.words() != null ? asked.words() : h.on() == null ? Words.QUESTION : Words.DETAILS;
    }

    private List<Person> previewed(Connection c, Caller.Staff staff, CourtHearing h, Asked asked, Words words) {
        acting.goOn(c, new Caller.Worker(staff.force()));
        List<Reminder> theirs = reminders(c, h, asked, words, ids.next());
        ReminderTruth.Now so = truth.of(c, h);
        return theirs.stream().map(r -> preview(c, h, so, r)).toList();
    }

    private List<Person> made(Connection c, Caller.Staff staff, CourtHearing h, Asked asked, Words words, UUID request) {
        Instant now = clock.instant();
        List<Reminder> theirs = reminders(c, h, asked, words, request);
        theirs.forEach(r -> audit.record(c, staff, "reminded_now", h.caseId(), r.person()));
        acting.goOn(c, new Caller.Worker(staff.force()));
        ReminderTruth.Now so = truth.of(c, h);
        var people = theirs.stream().map(r -> preview(c, h, so, r)).toList();
        Set<UUID> reminded = people.stream().filter(p -> !NONE.equals(p.outcome())).map(Person::id).collect(Collectors.toSet());
        List<Reminder> due = theirs.stream().filter(r -> reminded.contains(r.person())).toList();
        due.forEach(r -> store.add(c, staff.force(), r, now));
        sending.send(c, staff.force(), due, now);
        acting.goOn(c, staff);
        return people;
    }

    /** One for each person, as yet unwritten. */
    private List<Reminder> reminders(Connection c, CourtHearing h, Asked asked, Words words, UUID request) {
        List<Standing> standings = store.standings(c, List.of(h.id()));
        Set<UUID> wanted = asked.people() != null ? asked.people()
            : standings.stream().filter(Standing::required).map(Standing::person).collect(Collectors.toSet());
        Set<UUID> unknown = new HashSet<>(wanted);
        standings.forEach(s -> unknown.remove(s.person()));
        if (!unknown.isEmpty()) {
            throw ProblemException.unprocessable("/people", "Somebody named here has no part in this hearing. Name people of its list.");
        }
        if (wanted.isEmpty()) {
            throw ProblemException.conflict("nobody-to-remind", "Nobody has to be there",
                "Name the people who are to be reminded.");
        }
        return wanted.stream().sorted().map(person -> new Reminder(ids.next(), h.caseId(), h.id(), person, h.version(), words, false,
            clock.instant(), times.leaves(h), Reminder.State.PLANNED, null, null, request)).toList();
    }

    private Person preview(Connection c, CourtHearing h, ReminderTruth.Now so, Reminder r) {
        Instant now = clock.instant();
        String why = Optional.ofNullable(so.whyNot(r, now)).orElseGet(() ->
            store.remindedByStaff(c, r.hearing(), r.person(), r.version(), now.minus(JUST_NOW)) ? "reminded_just_now" : null);
        if (why == null && !r.uselessFrom().isAfter(times.within(now))) {
            why = "too_late";
        }
        boolean needed = HearingNotices.needed(h, so.required(r));
        if (why == null && !needed && h.on() != null && store.neededOn(c, r.person(), h.on())) {
            why = "needed_that_day";
        }
        if (why != null) {
            return new Person(r.person(), NONE, why);
        }
        String template = ReminderWords.of(List.of(h), r.words(), needed, now).template();
        return switch (policy.preview(c, r.person(), ReminderCheck.MESSAGE_CLASS, template)) {
            case "send" -> new Person(r.person(), times.within(now).isAfter(now) ? "wait" : "send", null);
            case "hold" -> new Person(r.person(), "wait", null);
            case "withhold" -> new Person(r.person(), "staff", null);
            case "not_wanted" -> new Person(r.person(), NONE, "not_wanted");
            default -> new Person(r.person(), NONE, "nothing_known");
        };
    }

    private List<Person> earlier(Connection c, UUID request) {
        return store.askedIn(c, request).stream().map(r -> r.state() == Reminder.State.SKIPPED
            ? new Person(r.person(), NONE, r.reason()) : new Person(r.person(), "send", null)).toList();
    }

    private Result result(Connection c, Caller.Staff staff, CourtHearing h, Words words, List<Person> people) {
        ReminderWords.Said said = ReminderWords.of(List.of(h), words, HearingNotices.needed(h, true), clock.instant());
        Wording wording = wordings.current(c, staff.force(), said.template()).map(TemplateStore.Kept::wording)
            .orElseGet(() -> templates.shipped(said.template()));
        return new Result(h.id(), words, text(wording, said, "en"), text(wording, said, "cy"), people, without(c, h, people));
    }

    /** What staff send is theirs to decide; they see whom it takes out of a comparison. */
    private Set<UUID> without(Connection c, CourtHearing h, List<Person> people) {
        return heldOut.flatMap(held -> held.standing(c, people.stream().map(Person::id).toList()))
            .map(w -> people.stream().map(Person::id).filter(p -> w.reminders(h, p)).collect(Collectors.toSet())).orElse(Set.of());
    }

    /** In the words that the force has for it now: a message that leaves by this request has the same. */
    private String text(Wording wording, ReminderWords.Said said, String language) {
        return templates.render(wording, language, "neutral", Map.copyOf(said.fields())).text();
    }
}
