package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.api.model.Case;
import uk.waymark.api.model.Officer;
import uk.waymark.api.model.TimelineEntry;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** The person's cases and what happened in them, as they read them: the same views, so nothing is here that is not shown there. */
@Singleton
final class ExportedCases implements Exported {
    private static final int PAGE = 50;
    private final ActingAs acting;
    private final OwnCases own;
    private final CaseReader reader;
    private final CaseViews views;

    ExportedCases(ActingAs acting, OwnCases own, CaseReader reader, CaseViews views) {
        this.own = own;
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
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        own.rows(person, row -> {
            items.accept(fields(views.full(row, null, language)));
            eachEntry(person, row, entry -> items.accept(fields(row, views.whole(entry, language))));
        });
    }

    /** The newest first. */
    private void eachEntry(Caller.OwnView person, CaseReader.Row row, Consumer<CaseReader.EntryRow> entries) {
        CaseReader.Last last = null;
        List<CaseReader.EntryRow> page;
        do {
            CaseReader.Last from = last;
            page = acting.as(person, c -> reader.timeline(c, row.id(), from, PAGE));
            page.forEach(entries);
            last = page.isEmpty() ? null : CaseReader.Last.of(page.getLast());
        } while (page.size() == PAGE);
    }

    private static Map<String, Object> fields(Case shown) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", shown.getCrimeReference());
        item.put("force", shown.getForce().getName());
        item.put("role", shown.getRole().getValue());
        item.put("stage", shown.getStage().getWords());
        item.put("offence", shown.getOffence());
        item.put("urns", shown.getUrns() == null || shown.getUrns().isEmpty() ? null : String.join(", ", shown.getUrns()));
        officer("officer", shown.getOfficer(), item);
        officer("liaison_officer", shown.getLiaisonOfficer(), item);
        item.put("unit", shown.getUnit() == null ? null : shown.getUnit().getName());
        item.put("told_in_person", shown.getToldInPerson());
        return item;
    }

    private static void officer(String name, Officer officer, Map<String, Object> to) {
        if (officer != null) {
            to.put(name, officer.getName());
            to.put(name + "_number", officer.getCollarNumber());
            to.put(name + "_team", officer.getTeam());
        }
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
