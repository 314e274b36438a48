package uk.waymark.callbacks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.messaging.CallMissed;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What comes about by itself: claims that lapse, booked times that pass without a call, and calls in Welsh that nobody takes on. That
 * something is overdue its item in the work queue says; for how long somebody who does not feel safe has waited for anybody to take their
 * call on, or for a supervisor to decide after calls in vain, stands in {@code waymark_call_backs_urgent_waiting_seconds}.
 */
@Singleton
final class CallBackWatch implements DueWork {
    /** Whom nobody who speaks their language has taken on so far; once somebody has rung, somebody was found. */
    private static final String SPEAKER = "language <> 'en' and claimed_by is null and not language_raised and tried = 0";
    private static final Logger LOG = LoggerFactory.getLogger(CallBackWatch.class);
    private final ActingAs acting;
    private final EachForce forces;
    private final CallBackStore store;
    private final Placing placing;
    private final Slots slots;
    private final CallMissed missed;
    private final OutOfHours outOfHours;
    private final WorkItems workItems;
    private final CallBackSettings settings;
    private final CaseClock clock;
    private final Map<UUID, Long> urgentWaits = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    CallBackWatch(ActingAs acting, EachForce forces, CallBackStore store, Placing placing, Slots slots, CallMissed missed,
                  OutOfHours outOfHours, WorkItems workItems, CallBackSettings settings, CaseClock clock, MeterRegistry meters) {
        this.placing = placing;
        this.acting = acting;
        this.forces = forces;
        this.store = store;
        this.slots = slots;
        this.missed = missed;
        this.outOfHours = outOfHours;
        this.workItems = workItems;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("waymark.call.backs.urgent.waiting", this, w -> w.urgentWaits.values().stream().mapToLong(Long::longValue).max().orElse(0)).baseUnit("seconds")
            .description("For how long the first of those who do not feel safe has waited for anybody to take their call on, or to decide")
            .register(meters);
    }

    @Scheduled(initialDelay = "25s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("call backs could not be looked into; in a minute it will be tried again", e);
        }
    }

    /** One caller at a time, so that whoever returns knows that it is done. */
    @Override
    public void drain() {
        oneAtATime.lock();
        try {
            Instant now = clock.instant();
            forces.ask("call backs", urgentWaits, force -> look(force, now));
        } finally {
            oneAtATime.unlock();
        }
    }

    /** @return for how many seconds the first of those who do not feel safe has waited */
    private long look(UUID force, Instant now) {
        return acting.as(new Caller.Worker(force), (Connection c) -> {
            ids(c, "claimed_by is not null and greatest(claimed_at, slot_to) <= ?", now.minus(settings.time("claim_holds")))
                .forEach(id -> lapse(c, id));
            ids(c, "slot_to <= ? and claimed_by is null and reached_at is null", now).forEach(id -> pass(c, id, now));
            ids(c, SPEAKER + " and asked_at <= ?", now.minus(settings.time("speaker_within", true))).stream()
                .map(id -> store.one(c, id).orElseThrow()).filter(b -> !placing.speakerUntil(c, b).isAfter(now))
                .forEach(b -> raise(c, b, now));
            // asked for while somebody was there, and they have gone home: once each, whatever is asked here
            ids(c, "reason = 'not_safe' and claimed_by is null and reached_at is null and not decision_needed and asked_at <= ?", now)
                .forEach(id -> atNight(c, store.one(c, id).orElseThrow()));
            ids(c, "reason = 'not_safe' and decision_needed and missed_at <= ?", now)
                .forEach(id -> undecided(c, store.one(c, id).orElseThrow()));
            return Sql.one(c, """
                select coalesce(extract(epoch from ?::timestamptz - min(case when decision_needed then missed_at else asked_at end)),
                                0)::bigint as waits
                  from waymark.call_back
                 where force_id = waymark.ctx_force() and ended_at is null and reason = 'not_safe'
                   and (decision_needed or reached_at is null and claimed_by is null)""", r -> r.getLong("waits"), now).orElse(0L);
        });
    }

    private static List<UUID> ids(Connection c, String which, Instant moment) {
        return Sql.list(c, "select id from waymark.call_back where force_id = waymark.ctx_force() and ended_at is null and " + which
            + " order by id for update skip locked", r -> Sql.uuid(r, "id"), moment);
    }

    private void atNight(Connection c, CallBack b) {
        if (b.itemId() != null && outOfHours.alert(c, b.force(), b.caseId(), b.itemId()).isPresent()) {
            workItems.escalate(c, b.itemId());
        }
    }

    /** Their supervisor's item is raised already; the unit may have closed since. */
    private void undecided(Connection c, CallBack b) {
        workItems.openOf(c, Attempts.FAILED, b.id()).forEach(item -> outOfHours.alert(c, b.force(), b.caseId(), item));
    }

    private void lapse(Connection c, UUID id) {
        CallBack b = store.one(c, id).orElseThrow();
        store.lapse(c, id);
        workItems.giveBack(c, b.itemId(), b.nextAt());
        if (b.urgent() && b.reachedAt() == null) {
            outOfHours.again(c, b.force(), b.caseId(), b.itemId());
        }
    }

    /** Nobody rang in the time that the person was told. */
    private void pass(Connection c, UUID id, Instant now) {
        CallBack b = store.one(c, id).orElseThrow();
        store.missed(c, id, now, b.nextAt());
        slots.giveBack(c, id);
        workItems.escalate(c, b.itemId());
        if (b.lastOutcome() == null || !b.lastOutcome().unsafe()) {
            // a second place that passes is told as well
            missed.tell(c, b.force(), b.person(), UUID.nameUUIDFromBytes((id + ":" + b.slot().from()).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void raise(Connection c, CallBack b, Instant now) {
        String item = CallBackEndings.LANGUAGE + ':' + b.id() + ':' + b.version();
        workItems.open(c, new NewWorkItem(CallBackEndings.LANGUAGE, item, b.caseId(), b.person(), b.id(), "nobody_speaks_it",
            settings.text("detail.language"), now.plus(settings.time("due.check"))));
        workItems.escalate(c, item);
        Sql.run(c, "update waymark.call_back set language_raised = true where id = ?", b.id());
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().flatMap(force -> acting.as(new Caller.Worker(force), (Connection c) -> {
            List<Instant> due = new ArrayList<>(Sql.one(c, """
                select min(greatest(claimed_at, slot_to))
                         filter (where claimed_by is not null and greatest(claimed_at, slot_to) > ?) as claimed, min(slot_to) filter (where slot_to > ?) as slot
                  from waymark.call_back where force_id = waymark.ctx_force() and ended_at is null""",
                r -> Arrays.asList(plus(Sql.instant(r, "claimed"), "claim_holds"), Sql.instant(r, "slot")),
                now.minus(settings.time("claim_holds")), now).orElseThrow());
            Sql.list(c, "select id from waymark.call_back where force_id = waymark.ctx_force() and ended_at is null and " + SPEAKER,
                r -> Sql.uuid(r, "id")).forEach(id -> store.one(c, id).ifPresent(b -> due.add(placing.speakerUntil(c, b))));
            return due;
        }).stream()).filter(Objects::nonNull).filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    private Instant plus(Instant moment, String time) {
        return moment == null ? null : moment.plus(settings.time(time));
    }
}
