package uk.waymark.hearings;

import static uk.waymark.bridge.Batches.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A case with a court date and somebody who has to be there, their phone, and what staff find in their queue. */
public abstract class CourtDay extends WaymarkTest {
    private static final AtomicInteger CASES = new AtomicInteger();
    private static final String SOME_DAY = "2027-06-08T10:00:00+01:00";

    /** @param id what the force calls the person */
    protected record Needed(String reference, String id, String mobile, UUID person, UUID caseId, UUID hearing) { }

    protected Needed needed(String... flags) {
        return neededWith("safe", "en", flags);
    }

    protected Needed neededWith(String safe, String language, String... flags) {
        int n = CASES.incrementAndGet();
        String reference = "NM/DAY/" + n;
        String id = "day-" + n;
        String mobile = "+447700900" + (100 + n);
        report(event(reference, reference, at(-60), "crime_recorded", new HashMap<>(Map.of("offence", Map.of("code", "1", "plain_words",
            "Theft"), "recorded_at", at(-60), "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"),
            "flags", List.of(flags), "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people",
            List.of(Map.of("source_person_id", id, "role", "witness", "given_name", "Alys", "family_name", "Penrose", "mobile", mobile,
                "mobile_safe", safe, "language", language, "entitlement", "standard"))))));
        list(reference, id, SOME_DAY);
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select p.id, h.id as hearing, h.case_id from waymark.person p join waymark.hearing_person hp on hp.person_id = p.id
              join waymark.hearing h on h.id = hp.hearing_id where p.source_person_id = ?""",
            r -> new Needed(reference, id, mobile, Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "hearing")), id).orElseThrow());
    }

    private void list(String reference, String id, String startsAt) {
        report(event(reference + "-h", reference, at(-50), "hearing_listed", Map.of("hearing_id", reference + "h", "kind", "trial",
            "starts_at", startsAt, "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required", List.of(id))));
    }

    protected void move(Needed needed, String startsAt) {
        report(event(needed.reference() + startsAt, needed.reference(), at(-1), "hearing_changed", Map.of("hearing_id",
            needed.reference() + "h", "starts_at", startsAt)));
    }

    /** Nobody is told of it before the unit has decided. */
    protected void moveQuietly(Needed needed, String startsAt) {
        report(event(needed.reference() + startsAt, needed.reference(), at(-1), "hearing_changed", Map.of("hearing_id",
            needed.reference() + "h", "starts_at", startsAt, "notify", false)));
    }

    /** The date stays, and takes place without them. */
    protected void takeOff(Needed needed) {
        report(event(needed.reference() + "-o", needed.reference(), at(-1), "hearing_changed", Map.of("hearing_id",
            needed.reference() + "h", "required", List.of())));
    }

    protected void vacate(Needed needed) {
        report(event(needed.reference() + "-v", needed.reference(), at(-1), "hearing_vacated", Map.of("hearing_id",
            needed.reference() + "h")));
    }

    /** A question about the date as it stands is on the phone. @return the message */
    protected UUID ask(Needed needed) {
        SignUp.drain(this);
        UUID message = acting().as(worker("northmoor"), c -> {
            CourtHearing h = bean(HearingStore.class).one(c, needed.hearing()).orElseThrow();
            var now = bean(CaseClock.class).instant();
            bean(Outbox.class).enqueue(c, new NewMessage(force("northmoor"), needed.person(), "reminder", "case_update", Map.of(),
                "ask:" + UUID.randomUUID(), h.event(), now, now.plus(Duration.ofDays(1))));
            return Sql.one(c, "select id from notifications.message where recipient_ref = ? order by id desc limit 1",
                r -> Sql.uuid(r, "id"), needed.person()).orElseThrow();
        });
        SignUp.drain(this);
        return message;
    }

    protected void reply(Needed needed, String words) {
        api().post("/sandbox/replies", Map.of("from", needed.mobile(), "body", words)).expect(204);
        SignUp.drain(this);
    }

    protected List<String> phone(Needed needed) {
        SignUp.drain(this);
        return StreamSupport.stream(messages(needed.mobile()).body().path("items").spliterator(), false)
            .map(m -> m.path("body").asText()).toList();
    }

    /** The person's open items: kind, reason, hours until they are due. */
    protected List<String> queue(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select kind, reason, round(extract(epoch from due_at - created_at) / 3600) as hours from waymark.work_item
             where person_id = ? and completed_at is null order by id""",
            r -> r.getString("kind") + " " + r.getString("reason") + " " + r.getInt("hours") + "h", needed.person()));
    }

    /** Every answer, the oldest first. */
    protected List<String> answers(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c,
            "select answer, via, confirmed, version from waymark.hearing_answer where person_id = ? order by id",
            r -> r.getString("answer") + " " + r.getString("via") + (r.getBoolean("confirmed") ? " confirmed" : "") + " v"
                + r.getInt("version"), needed.person()));
    }

    HearingAnswers.Entry newest(Needed needed) {
        return acting().as(worker("northmoor"), c -> bean(HearingAnswers.class).newest(c, List.of(needed.hearing()))).getFirst();
    }

    protected String detail(Needed needed, String kind) {
        for (var item : staff().get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if (item.path("person_id").asText().equals(needed.person().toString()) && item.path("kind").asText().equals(kind)) {
                return item.path("detail").asText();
            }
        }
        throw new AssertionError("no item " + kind + " among " + queue(needed));
    }

    protected Api staff() {
        return api().as(staffToken("witness_care", "northmoor"));
    }

    protected String at(int minutes) {
        return bean(CaseClock.class).instant().plus(Duration.ofMinutes(minutes)).toString();
    }

    protected void report(Map<String, Object> event) {
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event)))
            .expect(200).body().path("results").get(0);
        if (!"accepted".equals(result.path("status").asText())) {
            throw new AssertionError(result.toString());
        }
    }
}
