package uk.waymark.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What each case was told of an adapter's answers, sealed, with a keyed hash by which an equal answer is known unopened. */
@Singleton
final class SaidStore {
    private static final String SAID = "pull_case.said";
    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private final Sealing sealing;
    private final Ids ids;

    SaidStore(Sealing sealing, Ids ids) {
        this.sealing = sealing;
        this.ids = ids;
    }

    /** @param hash of the answer after which it was written; null where nothing was told yet */
    record Row(UUID id, byte[] hash, byte[] said) { }

    Row row(Connection c, UUID pull, UUID caseId) {
        return Sql.one(c, "select id, content_hash, said from waymark.pull_case where pull_id = ? and case_id = ?",
            r -> new Row(Sql.uuid(r, "id"), r.getBytes("content_hash"), r.getBytes("said")), pull, caseId)
            .orElseGet(() -> new Row(ids.next(), null, null));
    }

    boolean equal(Row row, CourtSchedule schedule) {
        boolean equal = false;
        for (byte[] key : sealing.keys("pull", content(schedule))) {
            equal |= row.hash() != null && MessageDigest.isEqual(key, row.hash());
        }
        return equal;
    }

    Map<String, ScheduleNews.Said> said(Row row) {
        try {
            return row.said() == null ? Map.of()
                : JSON.readValue(sealing.openText(SAID, row.id(), row.said()), new TypeReference<Map<String, ScheduleNews.Said>>() { });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was said cannot be read");
        }
    }

    void write(Connection c, Row row, UUID force, UUID pull, UUID caseId, CourtSchedule schedule, Map<String, ScheduleNews.Said> said) {
        Sql.run(c, """
            insert into waymark.pull_case (id, pull_id, case_id, force_id, content_hash, said) values (?, ?, ?, ?, ?, ?)
            on conflict (id) do update set content_hash = excluded.content_hash, said = excluded.said""",
            row.id(), pull, caseId, force, sealing.key("pull", content(schedule)), sealing.sealText(SAID, row.id(), json(said)));
    }

    /** Whether the case is active over there is no news to anybody. */
    private static String content(CourtSchedule schedule) {
        return schedule.hearings().toString();
    }

    private static String json(Map<String, ScheduleNews.Said> said) {
        try {
            return JSON.writeValueAsString(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was said cannot be written");
        }
    }
}
