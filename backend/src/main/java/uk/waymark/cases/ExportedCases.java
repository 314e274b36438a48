package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.api.model.Case;
import uk.waymark.api.model.TimelineEntry;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** The person's cases and what happened in them, as they read them: the same views, so nothing is here that is not shown there. */
@Singleton
final class ExportedCases implements Exported {
    private static final int PAGE = 50;
    private final ActingAs acting;
    private final CaseReader reader;
    private final CaseViews views;

    ExportedCases(ActingAs acting, CaseReader reader, CaseViews views) {
        this.acting = acting;
        this.reader = reader;
        this.views = views;
    }

    @Override
    public String name() {
        return "cases";
    }

    @Override
    public int place() {
        return 20;
    }

    @Override
    public void to(Caller.Person person, String language, Consumer<Map<String, Object>> items) {
        CaseReader.Row last = null;
        List<CaseReader.Row> page;
        do {
            CaseReader.Row from = last;
            page = acting.as(person, c -> from == null ? reader.page(c, null, null, PAGE)
                : reader.page(c, from.updatedAt(), from.id(), PAGE));
            for (CaseReader.Row row : page) {
                items.accept(fields(views.full(row, null, language)));
                timeline(person, row, language, items);
                last = row;
            }
        } while (page.size() == PAGE);
    }

    private static Map<String, Object> fields(Case shown) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", shown.getCrimeReference());
        item.put("force", shown.getForce().getName());
        item.put("role", shown.getRole().getValue());
        item.put("stage", shown.getStage().getWords());
        item.put("offence", shown.getOffence());
        item.put("officer", shown.getOfficer() == null ? null : shown.getOfficer().getName());
        item.put("liaison_officer", shown.getLiaisonOfficer() == null ? null : shown.getLiaisonOfficer().getName());
        item.put("unit", shown.getUnit() == null ? null : shown.getUnit().getName());
        return item;
    }

    private void timeline(Caller.Person person, CaseReader.Row row, String language, Consumer<Map<String, Object>> items) {
        CaseReader.Last last = null;
        int size;
        do {
            CaseReader.Last from = last;
            var page = new ArrayList<>(acting.as(person, c -> reader.timeline(c, row.id(), from, PAGE)));
            size = page.size();
            for (CaseReader.EntryRow entry : page) {
                items.accept(fields(row, views.whole(entry, language)));
                last = CaseReader.Last.of(entry);
            }
        } while (size == PAGE);
    }

    private static Map<String, Object> fields(CaseReader.Row row, TimelineEntry entry) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", row.crimeReference());
        item.put("occurred_at", entry.getOccurredAt().toInstant());
        item.put("headline", entry.getHeadline());
        item.put("detail", entry.getDetail());
        return item;
    }
}
