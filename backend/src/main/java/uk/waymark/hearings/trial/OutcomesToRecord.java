package uk.waymark.hearings.trial;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.hearings.CourtHearing;
import uk.waymark.hearings.HearingStore;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** From the day after a court date the unit is asked what came of it. Every instance may do it, and twice does no harm. */
@Singleton
class OutcomesToRecord implements DueWork {
    static final String KIND = "outcome_to_record";
    private static final Logger LOG = LoggerFactory.getLogger(OutcomesToRecord.class);
    private static final String LISTED = " from waymark.hearing h where h.force_id = waymark.ctx_force() and h.state = 'listed' "
        + "and not h.list_only and exists (select 1 from waymark.hearing_person p where p.hearing_id = h.id and p.required";
    private final ActingAs acting;
    private final EachForce forces;
    private final WorkItems workItems;
    private final TrialSettings settings;
    private final WorkingDays days;
    private final CaseClock clock;

    OutcomesToRecord(ActingAs acting, EachForce forces, WorkItems workItems, TrialSettings settings, WorkingDays days, CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.workItems = workItems;
        this.settings = settings;
        this.days = days;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "40s", fixedDelay = "10m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("nobody could be asked what came of court dates; in ten minutes it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, WorkingDays.LONDON);
        LocalDate first = today.minusDays(settings.number("outcome.look_back_days"));
        forces.run("what came of court dates", force -> acting.as(new Caller.Worker(force), (Connection c) -> {
            Sql.list(c, "select " + HearingStore.COLUMNS + LISTED
                    + " and not exists (select 1 from waymark.hearing_outcome o where o.hearing_id = h.id and o.person_id = p.person_id"
                    + " and o.day = coalesce(h.on_date, h.week_of)))"
                    + " and coalesce(h.on_date, h.week_of + 6) between ? and ? order by coalesce(h.on_date, h.week_of + 6), h.id",
                HearingStore::hearing, first, today.minusDays(1)).forEach(h -> ask(c, h, now));
            return null;
        }));
    }

    private void ask(Connection c, CourtHearing h, Instant now) {
        Instant over = lastDay(h).plusDays(1).atStartOfDay(WorkingDays.LONDON).toInstant();
        workItems.open(c, new NewWorkItem(KIND, HearingOutcomes.key(h), h.caseId(), null, h.id(), "hearing_over",
            settings.text("item.outcome_to_record"), days.after(over.isAfter(now) ? now : over,
                settings.number("outcome.due_working_days"))));
    }

    /** Of a week of which no day was ever said, its Sunday. */
    private static LocalDate lastDay(CourtHearing h) {
        return h.on() != null ? h.on() : h.weekOf().plusDays(6);
    }

    @Override
    public Optional<Instant> nextDue() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), WorkingDays.LONDON);
        return forces.all().stream().map(force -> acting.as(new Caller.Worker(force), (Connection c) -> Sql.one(c,
                "select min(coalesce(h.on_date, h.week_of + 6)) as day" + LISTED + ") and coalesce(h.on_date, h.week_of + 6) >= ?",
                r -> Optional.ofNullable(r.getObject("day", LocalDate.class)), today).flatMap(day -> day).orElse(null)))
            .filter(Objects::nonNull).min(LocalDate::compareTo).map(day -> day.plusDays(1).atStartOfDay(WorkingDays.LONDON).toInstant());
    }
}
