package uk.waymark.bridge;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import uk.waymark.bridge.ReportedDate.Said;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Dates of spreadsheets that name no hearing: nothing says which of them another row moves, so a person asks. */
@Singleton
final class NamelessDates {
    static final String PREFIX = "csv-";
    private final ReportedDates dates;
    private final WorkItems workItems;
    private final CaseClock clock;
    private final Duration due;

    /** @param due by when staff should have asked whether the other date stands */
    NamelessDates(ReportedDates dates, WorkItems workItems, CaseClock clock, @Value("${waymark.pulls.gone-due:4h}") Duration due) {
        this.dates = dates;
        this.workItems = workItems;
        this.clock = clock;
        this.due = due;
    }

    /** A row without an id, and the id that its date has here. */
    record Told(long line, UUID caseId, String hearing) { }

    /** The one that a row of this day means: its own, or the only one of the day; null where there is none or are several. */
    String ofDay(Connection c, UUID force, UUID caseId, String source, String own, When when) {
        Map<String, Said> known = dates.saidOf(c, force, caseId, source, PREFIX);
        if (known.containsKey(own)) {
            return own;
        }
        List<String> same = known.entrySet().stream().filter(d -> !d.getValue().vacated() && when.on() != null && d.getValue().on(when.on()))
            .map(Map.Entry::getKey).toList();
        return same.size() == 1 ? same.getFirst() : null;
    }

    /**
     * Leaves each other date of the case, to come and of the same kind, that the file does not repeat to staff, once.
     *
     * @param file all rows without an id
     * @return whether there is any
     */
    boolean standBeside(Connection c, UUID force, String source, Told row, List<Told> file) {
        Map<String, Said> known = dates.saidOf(c, force, row.caseId(), source, PREFIX);
        String kind = known.get(row.hearing()).data().path("kind").asText("");
        Predicate<String> repeated = id -> file.stream().anyMatch(t -> t.caseId().equals(row.caseId()) && t.hearing().equals(id));
        List<String> others = known.entrySet().stream().filter(d -> !repeated.test(d.getKey()) && !d.getValue().vacated()
            && !d.getValue().past(clock.instant()) && like(kind, d.getValue().data().path("kind").asText(""))).map(Map.Entry::getKey).toList();
        others.forEach(id -> workItems.open(c, new NewWorkItem("hearing_unconfirmed", key(row.caseId(), id), row.caseId(), null, null,
            "other_date_stands", "A spreadsheet gave a date of the case without saying which hearing it is, and another date that it gave "
                + "before still stands. Nobody was told that it is off. Ask the court; if it is off, report it as vacated.",
            clock.instant().plus(due))));
        return !others.isEmpty();
    }

    /** It was called off: there is nothing to ask. */
    void settled(Connection c, UUID caseId, String hearing) {
        workItems.settle(c, key(caseId, hearing));
    }

    /** A trial does not become a sentence by moving. */
    private static boolean like(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private static String key(UUID caseId, String hearing) {
        return "other_date:" + caseId + ':' + hearing;
    }
}
