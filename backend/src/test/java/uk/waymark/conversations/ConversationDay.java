package uk.waymark.conversations;

import static uk.waymark.bridge.Batches.event;

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
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** People with a phone in a case, and the staff whom they write to. */
abstract class ConversationDay extends WaymarkTest {
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    record Someone(String reference, String mobile, UUID person, UUID caseId, Api api) {
        String path() {
            return "/v1/me/cases/" + caseId + "/messages";
        }

        Answer writes(String body) {
            return api.post(path(), Map.of("body", body)).expect(201);
        }
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.codes-of-address", 5000, "waymark.limits.codes-of-device", 5000, "waymark.limits.codes-of-day", 5000);
    }

    Someone someone(String role, String unit, String... flags) {
        return someone(role, unit, Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"), flags);
    }

    /** @param officer as the force reports them, or null */
    Someone someone(String role, String unit, Map<String, Object> officer, String... flags) {
        int n = PEOPLE.incrementAndGet();
        String reference = "NM/MSG/" + n;
        String id = "msg-" + n;
        String mobile = "+447700900" + (200 + n);
        String at = now().minusSeconds(3600).toString();
        var crime = new HashMap<String, Object>(Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", at,
            "flags", List.of(), "unit", Map.of("code", unit, "name", "Witness Care"), "urns", List.of(), "people", List.of(Map.of("source_person_id", id, "role", role,
                "given_name", "Alys", "family_name", "Penrose", "mobile", mobile, "mobile_safe", "safe", "language", "en", "entitlement",
                "standard"))));
        if (officer != null) {
            crime.put("officer", officer);
        }
        send(event(reference, reference, at, "crime_recorded", crime));
        record Ids(UUID person, UUID caseId) { }
        Ids ids = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select p.id, pa.case_id from waymark.person p join waymark.participant pa on pa.person_id = p.id where p.source_person_id = ?""",
            r -> new Ids(Sql.uuid(r, "id"), Sql.uuid(r, "case_id")), id).orElseThrow());
        var someone = new Someone(reference, mobile, ids.person(), ids.caseId(), api().as(SignUp.person(this, id)));
        if (flags.length > 0) {
            send(event(reference + "-f", reference, now().minusSeconds(60).toString(), "case_changed", Map.of("flags", List.of(flags))));
        }
        return someone;
    }

    void officer(Someone someone, String collar) {
        send(event(someone.reference() + "-o" + collar, someone.reference(), now().minusSeconds(30).toString(), "officer_changed",
            Map.of("officer", Map.of("name", "DC New", "collar_number", collar, "team", "Central"))));
    }

    void send(Object event) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event))).expect(200);
    }

    Api staff(String role) {
        return api().as(staffToken(role, "northmoor"));
    }

    Instant now() {
        return bean(CaseClock.class).instant();
    }

    /** Moves case time on to the next such day and time in the UK that is a working day. */
    void next(DayOfWeek day, LocalTime time) {
        ZonedDateTime there = now().atZone(WorkingDays.LONDON);
        ZonedDateTime then = there.with(TemporalAdjusters.nextOrSame(day)).with(time);
        while (!then.isAfter(there) || !bean(WorkingDays.class).isOne(then.toLocalDate())) {
            then = then.plusWeeks(1);
        }
        clocks.advanceCase(Duration.between(now(), then.toInstant()));
    }

    List<String> phone(Someone someone) {
        SignUp.drain(this);
        var bodies = new ArrayList<String>();
        messages(someone.mobile()).body().path("items").forEach(m -> bodies.add(m.path("body").asText()));
        return bodies;
    }

    int count(String sql, Object... parameters) {
        return acting().<Integer>as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1), parameters).orElseThrow());
    }

    /** Open items about the person: kind and reason. */
    List<String> items(Someone someone) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select kind, reason from waymark.work_item
             where person_id = ? and completed_at is null and kind in ('message_to_answer', 'message_danger') order by id""",
            r -> r.getString("kind") + " " + r.getString("reason"), someone.person()));
    }

    /** The path of the conversation as staff find it. */
    String found(Someone someone) {
        return "/v1/staff/conversations/" + staff("officer").get("/v1/staff/conversations?case_id=" + someone.caseId()).expect(200)
            .at("/items/0/id");
    }
}
