package uk.waymark.messaging;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Has staff ask again before a confirmation lapses that a channel is safe, in cases with a safety flag: when it lapses, nothing
 * goes there any more. Once for each confirmation, on whichever instance looks first.
 */
@Singleton
class Lapses implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(Lapses.class);
    private static final String NUMBER = "number";
    /** What an instance that did not run may have missed. */
    private static final int LOOK_BACK_DAYS = 366;

    private final ActingAs acting;
    private final EachForce forces;
    private final WorkItems workItems;
    private final Confirmations confirmations;
    private final CaseClock clock;

    Lapses(ActingAs acting, EachForce forces, WorkItems workItems, Confirmations confirmations, CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.workItems = workItems;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    /** @param channel or {@link #NUMBER}: the force's word on it */
    private record Confirmed(UUID person, String channel, Instant at) { }

    @Scheduled(initialDelay = "1m", fixedDelay = "1h")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("what is about to lapse could not be looked into; in an hour it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        forces.run("confirmations that lapse", force -> acting.as(new Caller.Worker(force), (Connection c) -> {
            countFrom(c, now);
            confirmed(c, since(now), confirmations.notYetAsked(now)).stream()
                .filter(k -> !confirmations.askAgain(k.at()).isAfter(now)).forEach(k -> workItems.open(c, item(k)));
            return null;
        }));
    }

    /** What was said before the day was kept counts from the first day on which somebody looks. */
    private static void countFrom(Connection c, Instant now) {
        Sql.run(c, """
            update waymark.person set mobile_confirmed_at = ?
             where safety and mobile_safe = 'safe' and mobile_confirmed_at is null""",
            now);
        Sql.run(c, "update waymark.contact_channel set confirmed_at = ? where safety = 'safe' and confirmed_at is null", now);
    }

    private NewWorkItem item(Confirmed confirmed) {
        return new NewWorkItem("channel_to_confirm",
            "lapses:" + confirmed.person() + ':' + confirmed.channel() + ':' + confirmations.day(confirmed.at()), null,
            confirmed.person(), null, "lapses_soon",
            "Ask whether it is still safe to reach the person by this way, and record it: " + confirmed.channel() + ". From "
                + confirmations.lapsesOn(confirmed.at(), true) + " nothing goes there any more.",
            confirmations.startOf(confirmations.lapsesOn(confirmed.at(), true)));
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().flatMap(force -> acting.as(new Caller.Worker(force), (Connection c) ->
            confirmed(c, since(now), now)).stream())
            .map(k -> confirmations.askAgain(k.at())).filter(due -> due.isAfter(now)).min(Instant::compareTo);
    }

    /** What the force said of numbers, and staff of channels, in flagged cases. */
    private static List<Confirmed> confirmed(Connection c, Instant since, Instant until) {
        return Stream.concat(Sql.list(c, """
            select id, mobile_confirmed_at from waymark.person
             where safety and mobile_safe = 'safe' and mobile_confirmed_at between ? and ?
               and not deceased and merged_into is null""",
            r -> new Confirmed(Sql.uuid(r, "id"), NUMBER, Sql.instant(r, "mobile_confirmed_at")), since, until).stream(),
            Sql.list(c, """
                select ch.person_id, ch.channel, ch.confirmed_at
                  from waymark.contact_channel ch join waymark.person p on p.id = ch.person_id
                 where p.safety and ch.safety = 'safe' and ch.confirmed_at between ? and ? and ch.place is not null
                   and not p.deceased and p.merged_into is null""",
                r -> new Confirmed(Sql.uuid(r, "person_id"), r.getString("channel"), Sql.instant(r, "confirmed_at")), since,
                until).stream()).toList();
    }

    private static Instant since(Instant now) {
        return now.minus(LOOK_BACK_DAYS, ChronoUnit.DAYS);
    }
}
