package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.waymark.messaging.ContactChoices.Span;
import uk.waymark.messaging.ContactChoices.Telling;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.MessageClasses;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/**
 * When a person may be reached, and how much they want to be told. What would come too late by waiting is withheld at once, so
 * that staff find another way; what the law requires is never left out.
 */
@Singleton
final class Timing implements Reservation {
    static final String QUIET_HOURS = "quiet_hours";
    static final String NOT_A_SAFE_TIME = "not_a_safe_time";
    static final String TOO_LATE = "too_late_for_safe_time";
    static final String NO_SAFE_TIME = "no_safe_time";
    /** A provider that cannot be told when to stop would have too little of the safe time. */
    static final String TOO_SHORT = "too_shortly_before_end";
    static final String WEEKLY = "weekly_summary";
    static final String TOO_LATE_FOR_SUMMARY = "too_late_for_summary";
    static final String WANTS_NOTHING = "wants_nothing_now";
    /** It stands on the timeline, and that is all that the person wants of it. */
    static final String NOT_WANTED = "not_wanted";
    /** What is about a court date itself and no single event: no less soon than that one has changed. */
    private static final NewsKinds.News OF_A_DATE = new NewsKinds.News("hearing_changed", false);
    /** That somebody need not come is for nobody's summary: they would have gone by then. */
    private static final Set<String> CALLS_OFF = Set.of("hearing_off", "hearing_off_besides", "no_longer_needed",
        "no_longer_needed_besides");

    /** That something was wrong is never left out. */
    private static final String PUTS_RIGHT = "run_correction";

    private final ContactChoicesStore store;
    private final ContactTimes times;
    private final NewsKinds kinds;
    private final Outbox outbox;
    private final CaseClock clock;
    private final ProviderAccounts accounts;
    private final MessageClasses classes;

    Timing(ContactChoicesStore store, ContactTimes times, NewsKinds kinds, Outbox outbox, CaseClock clock, ProviderAccounts accounts,
           MessageClasses classes) {
        this.classes = classes;
        this.accounts = accounts;
        this.store = store;
        this.times = times;
        this.kinds = kinds;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * What bears on a batch.
     *
     * @param quiet  the force's quiet hours, or null
     * @param beside choices of others on the same account
     */
    private record Known(UUID force, Span quiet, Map<UUID, ContactChoices> choices, Map<UUID, List<ContactChoices>> beside,
                         Map<UUID, NewsKinds.News> news) {
        /** Whoever is told elsewhere by another force has its quiet hours there; here only what they chose themselves counts. */
        SafeForAll times(UUID person) {
            return new SafeForAll(Stream.concat(Stream.of(SafeTimes.of(choices(person), quiet)),
                beside.getOrDefault(person, List.of()).stream().map(b -> SafeTimes.of(b, null))).toList());
        }

        ContactChoices choices(UUID person) {
            return choices.getOrDefault(person, ContactChoices.NONE);
        }

        NewsKinds.News news(Pending message) {
            NewsKinds.News known = message.subjectRef() == null ? null : news.get(message.subjectRef());
            return known == null && Contacts.isOfHearing(message) ? OF_A_DATE : known;
        }
    }

    @Override
    public boolean ofTime() {
        return true;
    }

    @Override
    public List<Decision> before(Connection c, List<Pending> batch) {
        Map<UUID, ContactChoices> choices = choices(c, batch);
        List<Pending> fewer = batch.stream().filter(Timing::isNews).filter(m -> wantsLess(choices.get(m.recipientRef()))).toList();
        Map<UUID, NewsKinds.News> news = news(c, fewer);
        return each(batch, i -> {
            Pending m = batch.get(i);
            if (notWanted(m, choices.get(m.recipientRef()))) {
                return new Decision.Cancel(NOT_WANTED);
            }
            boolean known = m.subjectRef() != null && fewer.contains(m);
            return known && !times.required(news.get(m.subjectRef())) ? new Decision.Cancel(NOT_WANTED) : null;
        });
    }

    @Override
    public List<Decision> sending(Connection c, List<Pending> batch, List<Decision.Send> sends) {
        List<Pending> going = IntStream.range(0, batch.size()).filter(i -> sends.get(i) != null).mapToObj(batch::get).toList();
        Map<UUID, ContactChoices> choices = choices(c, going);
        Known known = ofForce(c, choices, store.beside(c, persons(going)));
        if (known.choices().isEmpty() && known.beside().isEmpty() && known.quiet() == null) {
            return each(batch, i -> null);
        }
        Known all = new Known(known.force(), known.quiet(), choices, known.beside(), news(c, going));
        Instant now = clock.instant();
        return each(batch, i -> sends.get(i) == null ? null : one(c, all, batch.get(i), sends.get(i), now));
    }

    private Decision one(Connection c, Known known, Pending m, Decision.Send by, Instant now) {
        Telling telling = known.choices(m.recipientRef()).telling();
        if ((isNews(m) || Contacts.isReminder(m)) && telling == Telling.NOTHING) {
            return new Decision.Withhold(WANTS_NOTHING);
        }
        if (telling == Telling.WEEKLY_SUMMARY && (Contacts.CASE_UPDATE.equals(m.template())
                || Contacts.isOfHearing(m) && !CALLS_OFF.contains(m.template()))) {
            return inSummary(c, known, m, now);
        }
        return byTheClock(known, m, by, now);
    }

    /** One message for all that has gathered; whichever of them is looked at first brings it about. */
    private Decision inSummary(Connection c, Known known, Pending m, Instant now) {
        Instant created = m.createdAt() == null ? now : m.createdAt();
        Instant moment = times.summaryAfter(created);
        if (moment.isAfter(now)) {
            return moment.isBefore(times.latest(known.news(m), created, m.expiresAt()))
                ? new Decision.HoldUntil(moment, WEEKLY) : new Decision.Withhold(TOO_LATE_FOR_SUMMARY);
        }
        Instant last = times.summaryAfter(now.atZone(SafeTimes.UK).minusWeeks(1).toInstant());
        outbox.enqueue(c, new NewMessage(known.force(), m.recipientRef(), WEEKLY, WEEKLY, Map.of(),
            "summary:" + m.recipientRef() + ':' + last, m.subjectRef(), now, now.plus(times.summaryKeeps())));
        return new Decision.Cancel(Outbox.IN_SUMMARY);
    }

    /**
     * A letter is read when it is read, and a reminder that comes after its day reminds nobody; whatever else lights up a
     * phone, and a phone that was off does so later. What would be handed to a provider that cannot be told when to stop
     * needs so much of a safe time that it has mostly arrived by its end; where no such time comes in time, the next channel
     * is asked for, or staff, now and not when it is too late.
     */
    private Decision byTheClock(Known known, Pending m, Decision.Send by, Instant now) {
        if (by.channel() == Channel.LETTER) {
            boolean afterwards = Contacts.isReminder(m) && m.expiresAt() != null && now.plus(times.post()).isAfter(m.expiresAt());
            return afterwards ? new Decision.Withhold(TOO_LATE) : null;
        }
        SafeForAll safe = known.times(m.recipientRef());
        Duration lasting = accounts.neverStops(known.force(), by.channel(), ContactRules.NEUTRAL.equals(by.variant()),
            classes.of(m.messageClass()).asks()) ? times.handedOverBefore() : Duration.ZERO;
        Optional<Instant> next = safe.next(now, lasting);
        if (next.filter(now::equals).isPresent()) {
            return safe.end(now).<Decision>map(by::until).orElse(null);
        }
        Instant latest = times.latest(known.news(m), m.createdAt() == null ? now : m.createdAt(), m.expiresAt());
        if (next.isPresent() && next.get().isBefore(latest)) {
            return new Decision.HoldUntil(next.get(), safe.isQuiet(now) ? QUIET_HOURS : safe.allows(now) ? TOO_SHORT : NOT_A_SAFE_TIME);
        }
        Optional<Instant> atAll = lasting.isZero() ? next : safe.next(now);
        if (atAll.filter(latest::isAfter).isPresent() && !lasting.isZero()) {
            return by.another() ? new Decision.NextChannel(by.channel(), TOO_SHORT) : new Decision.Withhold(TOO_SHORT);
        }
        return new Decision.Withhold(atAll.isEmpty() ? NO_SAFE_TIME : TOO_LATE);
    }

    /** When the person's present or next safe time is over; empty where it never is, or there is none. */
    Optional<Instant> endOfSafe(Connection c, UUID person, Instant from) {
        UUID[] one = {person};
        SafeForAll safe = ofForce(c, store.of(c, one), store.beside(c, one)).times(person);
        return safe.next(from).flatMap(safe::end);
    }

    private static boolean isNews(Pending m) {
        return Contacts.isNews(m);
    }

    /** The law has a date told, not told again: who does not answer is rung, and whoever has to know of a change is told of it. */
    private static boolean notWanted(Pending m, ContactChoices choices) {
        return Contacts.isReminder(m) && !PUTS_RIGHT.equals(m.template()) && choices != null && choices.telling() == Telling.ONLY_REQUIRED;
    }

    private static boolean wantsLess(ContactChoices choices) {
        return choices != null && (choices.telling() == Telling.ONLY_REQUIRED || choices.telling() == Telling.NOTHING);
    }

    private Map<UUID, ContactChoices> choices(Connection c, List<Pending> batch) {
        return store.of(c, persons(batch));
    }

    private static UUID[] persons(List<Pending> batch) {
        return batch.stream().map(Pending::recipientRef).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
    }

    private Map<UUID, NewsKinds.News> news(Connection c, List<Pending> batch) {
        List<UUID> subjects = batch.stream().map(Pending::subjectRef).filter(Objects::nonNull).distinct().toList();
        return subjects.isEmpty() ? Map.of() : kinds.of(c, subjects);
    }

    private static Known ofForce(Connection c, Map<UUID, ContactChoices> choices, Map<UUID, List<ContactChoices>> beside) {
        return Sql.one(c, "select id, quiet_from, quiet_to from waymark.force where id = waymark.ctx_force()", r -> {
            LocalTime from = r.getObject("quiet_from", LocalTime.class);
            return new Known(Sql.uuid(r, "id"), from == null ? null : new Span(from, r.getObject("quiet_to", LocalTime.class)),
                choices, beside, Map.of());
        }).orElseThrow();
    }

    private static List<Decision> each(List<Pending> batch, java.util.function.IntFunction<Decision> one) {
        var decisions = new ArrayList<Decision>();
        for (int i = 0; i < batch.size(); i++) {
            decisions.add(one.apply(i));
        }
        return decisions;
    }
}
