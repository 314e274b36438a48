package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.cases.HearingWords;
import uk.waymark.cases.OwnCases;
import uk.waymark.export.Exported;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/** The court dates that the person may know of, as they stand, and whether the person has to be there. */
@Singleton
final class ExportedCourtDates implements Exported {
    private final ActingAs acting;
    private final OwnCases cases;
    private final HearingWords words;

    private record Own(CourtHearing hearing, boolean required) { }

    ExportedCourtDates(ActingAs acting, OwnCases cases, HearingWords words) {
        this.acting = acting;
        this.cases = cases;
        this.words = words;
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
        cases.each(person, (id, reference) -> acting.as(person, c -> own(c, id))
            .forEach(own -> items.accept(fields(reference, own, language))));
    }

    /** Of one case, which has a few; what was taken back is not among them. */
    private static List<Own> own(Connection c, UUID caseId) {
        return Sql.list(c, "select " + HearingStore.COLUMNS + """
            , (select bool_or(p.required) from waymark.hearing_person p
                 where p.hearing_id = h.id and p.person_id = any ((select waymark.ctx_persons())::uuid[])) as required
              from waymark.hearing h
             where h.case_id = ? and h.state <> 'gone' order by coalesce(h.on_date, h.week_of), h.starts_at, h.id""",
            r -> new Own(HearingStore.hearing(r), r.getBoolean("required")), caseId);
    }

    private Map<String, Object> fields(String reference, Own own, String language) {
        CourtHearing hearing = own.hearing();
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", reference);
        item.put("kind", words.kind(language, hearing.kind()));
        item.put("state", hearing.state() == State.VACATED ? "called_off" : "stands");
        item.put("starts_at", hearing.startsAt());
        item.put("day", hearing.startsAt() != null || hearing.on() == null ? null : hearing.on().toString());
        item.put("week_commencing", hearing.weekOf() == null ? null : hearing.weekOf().toString());
        item.put("court", hearing.court());
        item.put("address", hearing.address());
        item.put("room", hearing.room());
        item.put("required", own.required());
        item.put("note", words.note(language, hearing.kind(), hearing.listOnly()));
        item.put("said_at", hearing.saidAt());
        return item;
    }
}
