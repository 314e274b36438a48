package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.api.model.CourtDate;
import uk.waymark.api.model.TimelineEntry;
import uk.waymark.export.Exported;
import uk.waymark.platform.Caller;

/** What the person read of court dates, field by field: the newest of a hearing says how it stands. */
@Singleton
final class ExportedCourtDates implements Exported {
    private final ExportedCases cases;
    private final CaseViews views;

    ExportedCourtDates(ExportedCases cases, CaseViews views) {
        this.cases = cases;
        this.views = views;
    }

    @Override
    public String name() {
        return "court_dates";
    }

    @Override
    public int place() {
        return 25;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        cases.each(person, row -> cases.eachEntry(person, row, entry -> {
            TimelineEntry shown = views.whole(entry, language);
            if (shown.getHearing() != null) {
                items.accept(fields(row, shown, shown.getHearing()));
            }
        }));
    }

    private static Map<String, Object> fields(CaseReader.Row row, TimelineEntry entry, CourtDate date) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", row.crimeReference());
        item.put("said_at", entry.getOccurredAt().toInstant());
        item.put("headline", entry.getHeadline());
        item.put("state", state(entry));
        item.put("kind", date.getKindWords());
        item.put("starts_at", date.getStartsAt() == null ? null : date.getStartsAt().toInstant());
        item.put("day", date.getLocalDate() == null || date.getStartsAt() != null ? null : date.getLocalDate().toString());
        item.put("week_commencing", date.getWeekCommencing() == null ? null : date.getWeekCommencing().toString());
        item.put("court", date.getCourt() == null ? null : date.getCourt().getName());
        item.put("room", date.getCourt() == null ? null : date.getCourt().getRoom());
        item.put("note", date.getNote());
        return item;
    }

    /** What became of it by this entry, of {@code court_dates.state} in the words. */
    private static String state(TimelineEntry entry) {
        return switch (entry.getKind()) {
            case HEARING_VACATED -> "called_off";
            case HEARING_CHANGED -> "changed";
            default -> "set";
        };
    }
}
