package uk.waymark.bridge;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.Cases;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sealing;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Tells every case of a URN what is new in the court's schedule. */
@Singleton
final class CaseTelling {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private final Cases cases;
    private final SaidStore store;
    private final WorkItems workItems;
    private final Sealing sealing;
    private final CaseClock clock;
    private final Duration due;

    /** @param due by when staff should have asked the court about a hearing that has gone from its schedule */
    CaseTelling(Cases cases, SaidStore store, WorkItems workItems, Sealing sealing, CaseClock clock,
                @Value("${waymark.pulls.gone-due:4h}") Duration due) {
        this.cases = cases;
        this.store = store;
        this.workItems = workItems;
        this.sealing = sealing;
        this.clock = clock;
        this.due = due;
    }

    /** @return whether there was any news */
    boolean tell(Connection c, PullStore.Job job, CourtSchedule schedule) {
        boolean news = false;
        for (CaseOfUrn of : cases.ofUrns(c, java.util.List.of(job.urnKey()))) {
            news |= tell(c, job, of, schedule);
        }
        return news;
    }

    private boolean tell(Connection c, PullStore.Job job, CaseOfUrn of, CourtSchedule schedule) {
        SaidStore.Row row = store.row(c, job.claim().id(), of.caseId());
        if (store.equal(row, schedule)) {
            return false;
        }
        Instant now = clock.instant();
        ScheduleNews.News news = ScheduleNews.of(of, store.said(row), schedule, now);
        // what was accepted before, by somebody who died after, comes back as a duplicate
        news.events().forEach(e -> cases.accept(c, job.claim().force(), e));
        news.gone().forEach(gone -> open(c, of, gone, now));
        news.back().forEach(back -> workItems.settle(c, key(of, back)));
        store.write(c, row, job.claim().force(), job.claim().id(), of.caseId(), schedule, news.said());
        return !news.events().isEmpty() || !news.gone().isEmpty() || !news.back().isEmpty();
    }

    /** An empty answer may be a fault: people are told that a hearing is off by somebody who knows. */
    private void open(Connection c, CaseOfUrn of, ScheduleNews.Missing gone, Instant now) {
        workItems.open(c, new NewWorkItem("hearing_unconfirmed", key(of, gone), of.caseId(), null, null, "gone_from_court_schedule",
            detail(gone.day()), now.plus(due)));
    }

    private static String detail(LocalDate day) {
        return "The court's schedule no longer shows the hearing of " + DAY.format(day)
            + ". Nobody was told that it is off. Ask the court; if it is off, report hearing_vacated with its starts_on.";
    }

    /** Opaque: what HMCTS calls a hearing is nobody's business in a key. */
    private String key(CaseOfUrn of, ScheduleNews.Missing missing) {
        return "court-schedule:" + of.caseId() + ':'
            + java.util.HexFormat.of().formatHex(sealing.key("hearing", missing.hearingId()), 0, 12) + ':' + missing.time();
    }
}
