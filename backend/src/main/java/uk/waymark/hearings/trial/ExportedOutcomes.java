package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/** What the unit noted of the person's own dates, as far as they see those dates. */
@Singleton
final class ExportedOutcomes implements Exported {
    private final ActingAs acting;

    ExportedOutcomes(ActingAs acting) {
        this.acting = acting;
    }

    @Override
    public String name() {
        return "outcomes";
    }

    @Override
    public int place() {
        return 43;
    }

    private record Noted(LocalDate day, String outcome, Instant at) { }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        List<Noted> noted = acting.as(person, c -> Sql.list(c, """
            select o.day, o.outcome, o.recorded_at from waymark.hearing_outcome o
             where o.person_id = any ((select waymark.ctx_persons())::uuid[])
             order by o.recorded_at desc, o.hearing_id, o.person_id""",
            r -> new Noted(r.getObject("day", LocalDate.class), r.getString("outcome"), Sql.instant(r, "recorded_at"))));
        for (Noted one : noted) {
            var item = new LinkedHashMap<String, Object>();
            item.put("recorded_at", one.at());
            item.put("day", one.day().toString());
            item.put("outcome", one.outcome());
            items.accept(item);
        }
    }
}
