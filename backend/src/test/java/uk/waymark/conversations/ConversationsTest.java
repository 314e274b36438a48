package uk.waymark.conversations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.outbound.Arrivals;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;

/** What a person and staff write to each other, as both see it. */
class ConversationsTest extends ConversationDay {
    private static final LocalTime TEN = LocalTime.of(10, 0);

    private static String problem(Answer refused) {
        return refused.at("/type").replaceFirst(".*:", "");
    }

    @Test
    void aQuestionIsReadAndAnsweredAndBothSeeWhen() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        Answer before = her.api().get(her.path()).expect(200);
        assertEquals("officer", before.at("/to"));
        assertEquals("Messages are read Monday to Friday, 9am to 5pm, and not on bank holidays.", before.at("/before_you_write/read_when"));
        assertTrue(before.at("/before_you_write/emergency").contains("999"), before::text);
        assertTrue(before.at("/before_you_write/may_be_shown").contains("ask for a call"), before::text);
        assertEquals("We cannot say yet how long replies usually take.", before.at("/replies_usually_take/words"));
        assertTrue(before.body().path("open_now").asBoolean());

        her.writes("Can I bring my sister?");
        assertEquals(List.of("message_to_answer officer"), items(her));
        String tag = her.api().get(her.path()).expect(200).header("etag").orElseThrow();
        assertTrue(her.api().get(her.path()).at("/items/0/nobody_has_read_this_yet").equals("true"));
        Answer list = staff("witness_care").get("/v1/staff/conversations").expect(200);
        assertFalse(list.text().contains("sister"), "no words in the list");
        assertTrue(her.api().get(her.path()).body().at("/items/0/read_at").isMissingNode(), "a list opens nothing");

        String path = found(her);
        staff("witness_care").post(path + "/acknowledgement", null).expect(409);
        Answer read = staff("witness_care").get(path).expect(200);
        assertEquals("Can I bring my sister?", read.at("/items/0/body"));
        Answer after = her.api().get(her.path()).expect(200);
        assertFalse(after.at("/items/0/read_at").isEmpty());
        assertEquals("false", after.at("/items/0/nobody_has_read_this_yet"));
        assertFalse(after.header("etag").orElseThrow().equals(tag));

        Answer reply = staff("witness_care").post(path + "/messages", Map.of("body", "Yes, of course.")).expect(201);
        assertEquals(List.of(), items(her));
        List<String> texts = phone(her);
        assertEquals("There is a message for you. Sign in to Waymark to read it.", texts.getFirst());
        staff("witness_care").post(path + "/messages", Map.of("body", "And your brother.")).expect(201);
        assertEquals(texts.size(), phone(her).size(), "once for all that is unread");
        assertEquals("Yes, of course.", her.api().get(her.path()).expect(200).at("/items/1/body"));
        assertTrue(staff("witness_care").get(path).body().at("/items/1/read_at").isMissingNode());
        String last = her.api().get(her.path()).at("/items/0/id");
        her.api().post(her.path() + "/" + last + "/read", null).expect(204);
        assertFalse(staff("witness_care").get(path).at("/items/1/read_at").isEmpty(), "it and all before it");
        staff("witness_care").post(path + "/messages", Map.of("body", "One more thing.")).expect(201);
        assertEquals(texts.size() + 1, phone(her).size());
        assertEquals(4, count("select count(*) from waymark.outbound_parcel where type = 'message' and person_id = ?", her.person()));
        assertFalse(reply.at("/by").isEmpty());
    }

    @Test
    void whoHasNotReadForADayIsToldAgainAndNobodyWritesWhereItCannotBeRead() throws java.sql.SQLException {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        her.writes("Can I bring my sister?");
        String path = found(her);
        staff("witness_care").get(path).expect(200);
        staff("witness_care").post(path + "/messages", Map.of("body", "Yes, of course.")).expect(201);
        int told = phone(her).size();
        clocks.advanceCase(Duration.ofHours(25));
        staff("witness_care").post(path + "/messages", Map.of("body", "And your brother.")).expect(201);
        assertEquals(told + 1, phone(her).size(), "a day later");
        staff("witness_care").post(path + "/messages", Map.of("body", "And your dog.")).expect(201);
        assertEquals(told + 1, phone(her).size(), "once a day");
        try (Connection c = database.superuser()) {
            Sql.run(c, "update notifications.message set state = 'failed' where recipient_ref = ? and class = 'message_received'", her.person());
        }
        staff("witness_care").post(path + "/messages", Map.of("body", "And your cat.")).expect(201);
        assertEquals(told + 2, phone(her).size(), "the last one has not come");
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.case_file set on_phones = false where id = ?", her.caseId());
        }
        Answer refused = staff("witness_care").post(path + "/messages", Map.of("body", "And your hamster.")).expect(409);
        assertEquals("takes-no-part", problem(refused));
        assertTrue(refused.at("/detail").contains("Ring them"), refused::text);
    }

    /** By when it is decided on: a text of the desk says of nobody whom it is for. */
    private long woken(Someone about) {
        return count("""
            select count(*) from notifications.message m join waymark.work_item w on w.id = m.subject_ref
             where m.class = 'out_of_hours' and w.kind = 'message_danger' and w.person_id = ?""", about.person());
    }

    @Test
    void whoAnswersAtNightIsWokenForWhatSoundsLikeDangerAndAgainWhileNobodyHasIt() {
        next(DayOfWeek.WEDNESDAY, LocalTime.of(2, 30));
        Someone atNight = someone("victim", "wcu");
        atNight.writes("He is outside my house");
        atNight.writes("He is still outside my house");
        bean(DangerWatch.class).measure();
        assertEquals(1, woken(atNight));
        clocks.advanceCase(Duration.ofMinutes(31));
        bean(DangerWatch.class).measure();
        bean(DangerWatch.class).measure();
        assertEquals(2, woken(atNight), "half an hour, and nobody has acknowledged it");
        staff("officer").get(found(atNight)).expect(200);
        staff("officer").post(found(atNight) + "/messages", Map.of("body", "We are on our way.")).expect(201);
        assertEquals("true", atNight.api().get(atNight.path()).expect(200).at("/danger/nobody_has_read_this_yet"),
            "a reply may answer something else");
        staff("officer").post(found(atNight) + "/acknowledgement", null).expect(200);

        next(DayOfWeek.THURSDAY, LocalTime.of(10, 0));
        Someone byDay = someone("victim", "wcu");
        byDay.writes("He is outside my house");
        bean(DangerWatch.class).measure();
        assertEquals(0, woken(byDay), "somebody is there");
        clocks.advanceCase(Duration.ofHours(13));
        bean(DangerWatch.class).measure();
        assertEquals(1, woken(byDay));
        assertEquals(2, woken(atNight), "somebody has acknowledged it");
    }

    @Test
    void whatSoundsLikeDangerComesFirstAndStandsUntilAPersonAcknowledgesIt() {
        next(DayOfWeek.TUESDAY, LocalTime.of(23, 0));
        Someone her = someone("victim", "wcu");
        Someone other = someone("victim", "wcu");
        other.writes("What time is it?");
        Answer sent = her.writes("He is outside my house");
        assertEquals("If you are in danger now, ring 999", sent.at("/danger/title"));
        assertEquals(List.of("call_999", "silent_solution", "relay_uk", "text_999", "sign_999"),
            sent.body().path("danger").path("ways").findValuesAsText("kind"));
        assertEquals("false", sent.at("/danger/dismissible"));
        JsonNode first = staff("officer").get("/v1/staff/conversations").expect(200).body().path("items").get(0);
        assertEquals(her.person().toString(), first.path("person_id").asText(), first::toString);
        assertTrue(first.path("danger").asBoolean() && first.path("out_of_hours").has("phone"), first::toString);
        assertEquals(Duration.ofHours(1), Duration.between(Instant.parse(sent.at("/sent_at")), Instant.parse(first.path("due_at").asText())));
        assertTrue(items(her).contains("message_danger danger"), () -> items(her).toString());
        assertEquals(1, count("""
            select count(*) from waymark.work_item where person_id = ? and kind = 'message_danger' and escalated_at is not null""", her.person()),
            "outside opening hours supervisors have it at once");
        assertEquals(1, count("select count(*) from waymark.outbound_parcel where type = 'message_danger' and person_id = ?", her.person()));

        JsonNode top = staff("witness_care").get("/v1/staff/queue?limit=1").expect(200).body().path("items").get(0);
        assertEquals("danger", top.path("reason").asText(), "before all that is due sooner: " + top);

        clocks.advanceCase(Duration.ofMinutes(11));
        bean(DangerWatch.class).measure();
        assertEquals(660, bean(MeterRegistry.class).get("waymark.messages.danger.waiting").gauge().value(), 5);

        String path = found(her);
        staff("officer").get(path).expect(200);
        Answer seen = her.api().get(her.path()).expect(200);
        assertEquals("true", seen.at("/items/0/nobody_has_read_this_yet"), "opened is not acknowledged");
        assertEquals("true", seen.at("/danger/nobody_has_read_this_yet"));
        String item = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select id from waymark.work_item where person_id = ? and kind = 'message_danger'""", r -> r.getString("id"), her.person()).orElseThrow());
        staff("officer").post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        assertEquals("not-acknowledged", problem(staff("officer").post("/v1/staff/queue/" + item + "/completion",
            Map.of("outcome", "done")).expect(409)));
        staff("officer").post(path + "/acknowledgement", null).expect(200);
        bean(DangerWatch.class).measure();
        assertEquals(0, bean(MeterRegistry.class).get("waymark.messages.danger.waiting").gauge().value());
        assertEquals(List.of("message_to_answer officer"), items(her), "a reply is still due");
        Answer heard = her.api().get(her.path()).expect(200);
        assertEquals("false", heard.at("/items/0/nobody_has_read_this_yet"));
        assertTrue(heard.body().path("danger").isMissingNode());
    }

    @Test
    void inDiscreetModeOneTapClosesItAndItsTitleSaysNothing() {
        Someone her = someone("victim", "wcu", "domestic_abuse");
        Answer sent = her.api().with("Accept-Language", "cy").post(her.path(), Map.of("body", "Dwi ddim yn saff")).expect(201);
        assertEquals("true", sent.at("/danger/dismissible"));
        assertEquals("Ffyrdd eraill o gysylltu â rhywun", sent.at("/danger/title"));
        assertTrue(staff("officer").get(found(her)).expect(200).body().at("/conversation/to_confirm").asBoolean());
        staff("officer").post(found(her) + "/acknowledgement", null).expect(200);
    }

    @Test
    void whatIsTypedIsKeptAndWhatCannotBeIsSaid() {
        Someone her = someone("witness", "wcu");
        assertEquals("witness_care", her.api().get(her.path()).at("/to"), "who the officer is a witness does not know");
        for (String odd : List.of("\uD83D\uDE00".repeat(10_000 / 2), "\u202Etfel ot thgir", "<html><script>alert(1)</script>", "a\r\nb")) {
            her.writes(odd);
            assertEquals(odd, her.api().get(her.path() + "?limit=1").expect(200).at("/items/0/body"));
        }
        Api api = her.api();
        assertEquals(400, api.post(her.path(), Map.of("body", "a\u0000b")).status());
        assertEquals(400, api.post(her.path(), Map.of("body", "x".repeat(10_001))).status());
        assertEquals(413, api.post(her.path(), Map.of("body", "x".repeat(5_000_000))).status());
        assertEquals(422, api.post(her.path(), Map.of("body", "  \n ")).status());
        Answer one = api.with("Idempotency-Key", "k").post(her.path(), Map.of("body", "once")).expect(201);
        assertEquals(one.at("/id"), api.with("Idempotency-Key", "k").post(her.path(), Map.of("body", "once")).expect(201).at("/id"));
        api.with("Idempotency-Key", "k").post(her.path(), Map.of("body", "twice")).expect(422);
        Someone him = someone("victim", "wcu");
        him.api().get(her.path()).expect(404);
        him.api().post(her.path(), Map.of("body", "Hello")).expect(404);
        him.api().post(her.path() + "/" + one.at("/id") + "/read", null).expect(404);
        api().as(staffToken("officer", "glanafon")).get(found(her)).expect(404);
    }

    @Test
    void aNewOfficerHasWhatWaitsAndThePersonReadsALineWithoutAName() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        her.writes("One");
        String path = found(her);
        staff("officer").get(path).expect(200);
        staff("officer").post(path + "/messages", Map.of("body", "Yes")).expect(201);
        her.writes("Two");
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and kind = 'message_to_answer' and claimed_by is not null "
            + "and completed_at is null", her.person()), "it goes to whoever has replied before");
        officer(her, "9999");
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and kind = 'message_to_answer' and claimed_by is null "
            + "and completed_at is null", her.person()));
        Answer seen = her.api().get(her.path()).expect(200);
        assertEquals("notice", seen.at("/items/0/from"));
        assertFalse(seen.text().contains("DC New") || seen.text().contains("9999"), seen::text);
        officer(her, "9999");
        assertEquals(4, her.api().get(her.path()).body().path("items").size(), "said once");
        Answer over = staff("officer").post(path + "/handover", Map.of("to", "witness_care", "colleague", "b.jones")).expect(200);
        assertEquals("b.jones", over.at("/held_by"));
        assertEquals("witness_care", her.api().get(her.path()).at("/to"));
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and claimed_by = 'b.jones'", her.person()));
    }

    @Test
    void whoIsAwayIsSaidAndSomebodyElseReads() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        Instant until = now().plus(Duration.ofDays(3));
        staff("witness_care").put("/v1/staff/absences/dc.example", Map.of("from", now().toString(), "until", until.toString())).expect(403);
        staff("supervisor").put("/v1/staff/absences/dc.example", Map.of("from", now().minusSeconds(60).toString(), "until", until.toString(),
            "cover", "b.jones", "collar_number", "1234")).expect(200);
        her.writes("Hello");
        assertEquals(List.of("message_to_answer out_of_office"), items(her));
        Answer seen = her.api().get(her.path()).expect(200);
        assertTrue(seen.at("/out_of_office/words").startsWith("Whoever you write to is away until 10am on Friday"), seen::text);
        assertFalse(seen.text().contains("b.jones"), "no names");
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and claimed_by = 'b.jones'", her.person()));
        staff("supervisor").put("/v1/staff/absences/dc.example", Map.of("from", now().minusSeconds(60).toString(), "until", now().toString()))
            .expect(200);
        assertTrue(her.api().get(her.path()).body().path("out_of_office").isMissingNode());
        staff("officer").put("/v1/staff/me/absence", Map.of("from", until.toString(), "until", now().toString())).expect(422);
    }

    @Test
    void whatIsForTheDisclosureOfficerIsPutOutAndPassedOnOnceTheOtherSideSaysSo() {
        Someone her = someone("victim", "wcu");
        String id = her.writes("I was at home").at("/id");
        String mark = "/v1/staff/messages/" + id + "/disclosure";
        Answer marked = staff("officer").post(mark, Map.of("note", "Where she was")).expect(200);
        staff("officer").post(mark, Map.of()).expect(200);
        assertTrue(marked.body().path("disclosure_passed_on_at").isMissingNode());
        assertEquals(1, count("""
            select count(*) from waymark.outbound_parcel where type = 'message_for_disclosure' and subject_id = ?::uuid""", id), "once");
        for (String type : List.of("message", "message_for_disclosure")) {
            acting().as(worker("northmoor"), (Connection c) -> bean(Arrivals.class).acknowledged(c, worker("northmoor"), Sql.one(c,
                "select id from waymark.outbound_parcel where type = ? and subject_id = ?::uuid", r -> Sql.uuid(r, "id"), type, id).orElseThrow(), "N"));
        }
        assertFalse(staff("officer").get(found(her)).expect(200).at("/items/0/disclosure_passed_on_at").isEmpty());
        Answer seen = her.api().get(her.path()).expect(200);
        assertFalse(seen.at("/items/0/passed_on_at").isEmpty());
        assertFalse(seen.text().contains("disclosure"), "whom it may be shown to is said before the first word, and not of one message");
    }

    @Test
    void howLongRepliesTakeIsWhatTheyTook() {
        next(DayOfWeek.TUESDAY, TEN);
        for (int i = 0; i < 5; i++) {
            Someone one = someone("victim", "quick");
            one.writes("Hello");
            clocks.advanceCase(Duration.ofMinutes(100));
            staff("officer").get(found(one)).expect(200);
            staff("officer").post(found(one) + "/messages", Map.of("body", "Hello")).expect(201);
        }
        Someone her = someone("victim", "quick");
        Answer seen = her.api().get(her.path()).expect(200);
        assertEquals("100", seen.at("/replies_usually_take/minutes"));
        assertEquals("Replies usually take about 2 hours.", seen.at("/replies_usually_take/words"));
    }

    @Test
    void filesGoWithAMessageOnce() {
        Someone her = someone("victim", "wcu");
        String file = her.api().send("POST", her.path() + "/attachments", "image/jpeg", Pictures.jpeg()).expect(201).at("/id");
        Answer sent = her.api().post(her.path(), Map.of("body", "Look", "attachment_ids", List.of(file))).expect(201);
        assertEquals(file, sent.at("/attachments/0/id"));
        assertEquals(file, staff("officer").get(found(her)).expect(200).at("/items/0/attachments/0/id"));
        her.api().post(her.path(), Map.of("body", "Again", "attachment_ids", List.of(file))).expect(422);
        assertEquals(1, her.api().get(her.path()).body().path("items").size(), "nothing of it was sent");
    }

    @Test
    void nobodyChangesOrDeletesAMessage() {
        Someone her = someone("victim", "wcu");
        her.writes("This stays");
        for (String sql : List.of("delete from waymark.conversation_message", "update waymark.conversation_message set sent_at = sent_at",
                "update waymark.conversation_message set sender = 'staff'", "delete from waymark.conversation")) {
            boolean refused = false;
            try {
                acting().as(worker("northmoor"), (Connection c) -> Sql.run(c, sql));
            } catch (RuntimeException e) {
                refused = true;
            }
            assertTrue(refused, sql);
        }
    }
}
