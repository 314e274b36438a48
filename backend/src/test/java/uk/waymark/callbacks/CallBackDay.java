package uk.waymark.callbacks;

import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A person with a phone in a case of a unit, and the staff who ring. */
abstract class CallBackDay extends WaymarkTest {
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    record Someone(String mobile, UUID person, UUID caseId, Api api) {
        String path() {
            return "/v1/me/cases/" + caseId + "/call-backs";
        }
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.codes-of-address", 5000, "waymark.limits.codes-of-device", 5000, "waymark.limits.codes-of-day", 5000);
    }

    Someone someone() {
        return of("wcu");
    }

    /** In a case of this unit. */
    Someone of(String unit) {
        int n = PEOPLE.incrementAndGet();
        String reference = "NM/CALL/" + n;
        String id = "call-" + n;
        String mobile = "+447700900" + (100 + n);
        String at = now().minusSeconds(3600).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event(reference, reference, at,
            "crime_recorded", new HashMap<>(Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", at, "officer",
                Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), "flags", List.of(), "unit",
                Map.of("code", unit, "name", "Witness Care"), "urns", List.of(), "people", List.of(Map.of("source_person_id", id, "role",
                    "witness", "given_name", "Alys", "family_name", "Penrose", "mobile", mobile, "mobile_safe", "safe", "language", "en",
                    "entitlement", "standard")))))))).expect(200);
        record Ids(UUID person, UUID caseId) { }
        Ids ids = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select p.id, pa.case_id from waymark.person p join waymark.participant pa on pa.person_id = p.id where p.source_person_id = ?""",
            r -> new Ids(Sql.uuid(r, "id"), Sql.uuid(r, "case_id")), id).orElseThrow());
        return new Someone(mobile, ids.person(), ids.caseId(), api().as(SignUp.person(this, id)));
    }

    /** Signed up before there was a flag. */
    Someone flagged(String... flags) {
        Someone plain = someone();
        flag(plain, flags);
        return plain;
    }

    /** From now on. */
    void flag(Someone plain, String... flags) {
        String reference = acting().as(worker("northmoor"), c -> Sql.one(c, "select crime_reference from waymark.case_file where id = ?",
            r -> r.getString("crime_reference"), plain.caseId()).orElseThrow());
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event(reference + "-f",
            reference, now().minusSeconds(60).toString(), "case_changed", Map.of("flags", List.of(flags)))))).expect(200);
    }

    Api staff(String role) {
        return api().as(staffToken(role, "northmoor"));
    }

    Instant now() {
        return bean(CaseClock.class).instant();
    }

    /** Moves case time on to the next such day and time in the UK that is a working day. */
    Instant next(DayOfWeek day, LocalTime time) {
        ZonedDateTime there = now().atZone(WorkingDays.LONDON);
        ZonedDateTime then = there.with(TemporalAdjusters.nextOrSame(day)).with(time);
        while (!then.isAfter(there) || !bean(WorkingDays.class).isOne(then.toLocalDate())) {
            then = then.plusWeeks(1);
        }
        clocks.advanceCase(Duration.between(now(), then.toInstant()));
        return now();
    }

    void drain() {
        bean(CallBackWatch.class).drain();
        SignUp.drain(this);
    }

    List<String> phone(Someone someone) {
        SignUp.drain(this);
        var bodies = new ArrayList<String>();
        messages(someone.mobile()).body().path("items").forEach(m -> bodies.add(m.path("body").asText()));
        return bodies;
    }

    /** How many rows a query counts, as the force's own work. */
    int count(String sql, Object... parameters) {
        return acting().<Integer>as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1), parameters).orElseThrow());
    }

    /** Open items about the person: kind and reason. */
    List<String> items(Someone someone) {
        return acting().as(worker("northmoor"), c -> Sql.list(c,
            "select kind, reason from waymark.work_item where person_id = ? and completed_at is null order by id",
            r -> r.getString("kind") + " " + r.getString("reason"), someone.person()));
    }

    JsonNode listed(String id) {
        for (JsonNode item : staff("supervisor").get("/v1/staff/call-backs?limit=100").expect(200).body().path("items")) {
            if (item.path("id").asText().equals(id)) {
                return item;
            }
        }
        return null;
    }
}
