package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.cases.Acceptance;
import uk.waymark.cases.Cases;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What sources last said of court dates, sealed; takes in what is new and tells the case. */
@Singleton
final class ReportedDates {
    private static final String SAID = "reported_date.said";
    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private final Cases cases;
    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;

    ReportedDates(Cases cases, Sealing sealing, Ids ids, CaseClock clock) {
        this.cases = cases;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    private record Row(UUID id, ReportedDate.Said said) { }

    /** Cases of which this source has told of this hearing. */
    List<UUID> casesOf(Connection c, UUID force, String source, String hearingId) {
        return Sql.list(c, """
            select case_id from waymark.reported_date where force_id = ? and source = ? and hearing_id = ? order by case_id""",
            r -> Sql.uuid(r, "case_id"), force, source, hearingId);
    }

    /** What this source last said of dates of the case whose id begins so, by id. */
    Map<String, ReportedDate.Said> saidOf(Connection c, UUID force, UUID caseId, String source, String prefix) {
        var found = new TreeMap<String, ReportedDate.Said>();
        Sql.list(c, """
            select id, hearing_id, said from waymark.reported_date
             where force_id = ? and source = ? and case_id = ? and starts_with(hearing_id, ?)""",
            r -> found.put(r.getString("hearing_id"), read(sealing.openText(SAID, Sql.uuid(r, "id"), r.getBytes("said")))), force, source,
            caseId, prefix);
        return found;
    }

    /**
     * @param report what is said now, after what was said before
     * @param replay brought back by staff: nobody is told by it
     * @return whether it was news
     */
    boolean take(Connection c, UUID force, UUID caseId, String source, String hearingId, Function<ReportedDate.Said, ReportedDate> report,
                 boolean replay) {
        String reference = cases.hold(c, caseId);
        Optional<Row> known = Sql.one(c, """
            select id, said from waymark.reported_date where force_id = ? and source = ? and hearing_id = ? and case_id = ?""",
            r -> new Row(Sql.uuid(r, "id"), read(sealing.openText(SAID, Sql.uuid(r, "id"), r.getBytes("said")))), force, source,
            hearingId, caseId);
        ReportedDate.Said before = known.map(Row::said).orElse(ReportedDate.Said.NOTHING);
        Optional<ReportedDate.News> news = report.apply(before).after(before, source, reference, replay, clock.instant());
        news.ifPresent(n -> {
            UUID id = known.map(Row::id).orElseGet(ids::next);
            Sql.run(c, """
                insert into waymark.reported_date (id, force_id, case_id, source, hearing_id, said) values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set said = excluded.said""", id, force, caseId, source, hearingId,
                sealing.sealText(SAID, id, write(n.said())));
        });
        return news.flatMap(ReportedDate.News::event).map(e -> cases.accept(c, force, e) instanceof Acceptance.Accepted)
            .orElse(news.isPresent());
    }

    private static ReportedDate.Said read(String json) {
        try {
            return JSON.readValue(json, ReportedDate.Said.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was said cannot be read");
        }
    }

    private static String write(ReportedDate.Said said) {
        try {
            return JSON.writeValueAsString(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was said cannot be written");
        }
    }
}
