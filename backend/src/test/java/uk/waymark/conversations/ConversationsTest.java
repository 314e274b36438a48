package uk.waymark.conversations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.outbound.Arrivals;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;
import uk.waymark.testing.SignUp;

/** What a person and staff write to each other, as both see it. */
class ConversationsTest extends ConversationDay {
    private static final String COLLEAGUE = "northmoor-victim-care";
    /** Another, whom no test but one makes known. */
    private static final String COVER = "northmoor-witness-care";
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
    void whoHasNotReadForADayIsToldAgainAndNobodyWritesWhereItCannotBeRead() throws SQLException {
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
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and kind = 'message_danger' and escalated_at is not null",
            atNight.person()));
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
        clocks.advanceCase(Duration.ofMinutes(31));
        bean(DangerWatch.class).measure();
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and kind = 'message_danger' and escalated_at is not null",
            byDay.person()), "half an hour, and nobody has acknowledged it: supervisors have it");
        assertEquals(0, woken(byDay));
        clocks.advanceCase(Duration.ofHours(13));
        bean(DangerWatch.class).measure();
        assertEquals(1, woken(byDay));
        assertEquals(2, woken(atNight), "somebody has acknowledged it");
    }

    /** Texts that left for the desk because of this item. */
    private int left(String item) {
        SignUp.drain(this);
        return count("select count(*) from notifications.message where class = 'out_of_hours' and subject_ref = ?::uuid and state <> 'cancelled'", item);
    }

    @Test
    void whoHasClaimedItAndAcknowledgesNothingKeepsNobodyAsleep() throws SQLException {
        next(DayOfWeek.WEDNESDAY, LocalTime.of(2, 30));
        Someone her = someone("victim", "wcu");
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.call_back_rule set out_of_hours_language = 'cy' where force_id = ?", force("northmoor"));
        }
        her.writes("He is outside my house");
        String item = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select id from waymark.work_item where person_id = ? and kind = 'message_danger'""", r -> r.getString("id"), her.person()).orElseThrow());
        assertEquals(1, left(item));
        assertEquals("Waymark: mae ar rywun angen galwad o fewn yr awr. Mewngofnodwch i weld.",
            messages("+447700900990").at("/items/0/body"), "in the language of the desk");
        staff("officer").post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(29));
        bean(DangerWatch.class).measure();
        assertEquals(1, left(item), "somebody is at it");
        clocks.advanceCase(Duration.ofMinutes(2));
        bean(DangerWatch.class).measure();
        assertEquals(2, left(item), "they have claimed it, and acknowledged nothing");
        staff("officer").get(found(her)).expect(200);
        staff("officer").post(found(her) + "/acknowledgement", null).expect(200);
        clocks.advanceCase(Duration.ofMinutes(31));
        bean(DangerWatch.class).measure();
        assertEquals(2, left(item));
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.call_back_rule set out_of_hours_language = null where force_id = ?", force("northmoor"));
        }
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
        long least = Duration.between(Instant.parse(sent.at("/sent_at")), now()).toSeconds();
        bean(DangerWatch.class).measure();
        long most = Duration.between(Instant.parse(sent.at("/sent_at")), now()).toSeconds();
        double waiting = bean(MeterRegistry.class).get("waymark.messages.danger.waiting").gauge().value();
        assertTrue(least >= 660 && least <= waiting && waiting <= most, waiting + " s");

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
        staff("officer").post(path + "/handover", Map.of("to", "witness_care", "colleague", "b.jones")).expect(422);
        staff("victim_care").get("/v1/staff/cases/" + her.caseId()).expect(200);
        Answer over = staff("officer").post(path + "/handover", Map.of("to", "witness_care", "colleague", COLLEAGUE)).expect(200);
        assertEquals(COLLEAGUE, over.at("/held_by"));
        assertEquals("witness_care", her.api().get(her.path()).at("/to"));
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and claimed_by = ?", her.person(), COLLEAGUE));
    }

    @Test
    void whoIsAwayIsSaidAndSomebodyElseReads() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        Instant until = now().plus(Duration.ofDays(3));
        staff("witness_care").put("/v1/staff/absences/dc.example", Map.of("from", now().toString(), "until", until.toString())).expect(403);
        Map<String, Object> away = Map.of("from", now().minusSeconds(60).toString(), "until", until.toString(), "cover", COLLEAGUE,
            "collar_number", "1234");
        staff("supervisor").put("/v1/staff/absences/dc.example", away).expect(422);
        staff("victim_care").get("/v1/staff/cases/" + her.caseId()).expect(200);
        staff("supervisor").put("/v1/staff/absences/dc.example", away).expect(200);
        assertEquals("/collar_number", staff("witness_care").put("/v1/staff/me/absence", away).expect(422).at("/errors/0/pointer"),
            "whose number it is not says for nobody else that they are away");
        staff("witness_care").put("/v1/staff/me/absence", Map.of("from", now().toString(), "until", until.toString(), "cover", "b.jones"))
            .expect(422);
        her.writes("Hello");
        assertEquals(List.of("message_to_answer out_of_office"), items(her));
        Answer seen = her.api().get(her.path()).expect(200);
        assertTrue(seen.at("/out_of_office/words").startsWith("Whoever you write to is away until 10am on Friday"), seen::text);
        assertFalse(seen.text().contains(COLLEAGUE), "no names");
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and claimed_by = ?", her.person(), COLLEAGUE));
        staff("supervisor").put("/v1/staff/absences/dc.example", Map.of("from", now().minusSeconds(60).toString(), "until", now().toString()))
            .expect(200);
        assertTrue(her.api().get(her.path()).body().path("out_of_office").isMissingNode());
        staff("officer").put("/v1/staff/me/absence", Map.of("from", until.toString(), "until", now().toString())).expect(422);
    }

    @Test
    void whoIsOffDutyByTheForcesRosterIsSaidToBeUntilTheirNextShift() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        Instant now = now();
        var late = Map.of("from", now.plus(Duration.ofDays(1)).toString(), "until", now.plus(Duration.ofHours(32)).toString());
        var early = Map.of("from", now.minus(Duration.ofHours(9)).toString(), "until", now.minus(Duration.ofHours(1)).toString());
        roster(now, "1234", List.of(late, early)).expect(200);
        assertEquals("10am on Wednesday", away(her));
        her.writes("Hello");
        assertEquals(List.of("message_to_answer out_of_office"), items(her));
        assertEquals(1, count("select count(*) from waymark.work_item where person_id = ? and claimed_by is null", her.person()));
        roster(now, "1234", List.of(late, early)).expect(200);
        assertEquals("10am on Wednesday", away(her), "the same again changes nothing");
        clocks.advanceCase(Duration.ofDays(1));
        assertNull(away(her), "on duty");
        clocks.advanceCase(Duration.ofHours(9));
        assertNull(away(her), "off, but no other shift is known: the end of the roster is not when they are back");
        Someone other = someone("victim", "wcu");
        other.writes("Hello");
        assertEquals(List.of("message_to_answer out_of_office"), items(other), "the unit has it all the same");
        clocks.advanceCase(Duration.ofDays(7));
        Someone third = someone("victim", "wcu");
        third.writes("Hello");
        assertEquals(List.of("message_to_answer officer"), items(third), "nothing is known any more");
        Map<String, String> tomorrow = Map.of("from", now().plus(Duration.ofDays(1)).toString(), "until", now().plus(Duration.ofDays(2)).toString());
        roster(now(), "1234", List.of(tomorrow)).expect(200);
        roster(now(), "9999", List.of(Map.of("from", now().toString(), "until", now().plusSeconds(60).toString()))).expect(200);
        assertNotNull(away(her), "what is said of others says nothing of this one");
        api().as(systemToken("glanafon")).post("/v1/bridge/duty-rosters", Map.of("from", now().minusSeconds(60).toString(), "until",
            now().plusSeconds(60).toString(), "officers", List.of(Map.of("collar_number", "1234", "shifts", List.of(Map.of("from",
                now().minusSeconds(60).toString(), "until", now().plusSeconds(60).toString())))))).expect(200);
        assertNotNull(away(her), "and what another force says neither");
    }

    @Test
    void aRosterThatCannotBeIsRefusedWhole() {
        Instant now = now();
        var turned = Map.of("from", now.toString(), "until", now.toString());
        assertEquals("/officers/0/shifts/0/until", roster(now, "1234", List.of(turned)).expect(422).at("/errors/0/pointer"));
        var twice = List.of(Map.of("collar_number", "1", "shifts", List.of()), Map.of("collar_number", "1", "shifts", List.of()));
        String until = now.plusSeconds(60).toString();
        assertEquals("/officers/1/collar_number", api().as(systemToken("northmoor")).post("/v1/bridge/duty-rosters",
            Map.of("from", now.toString(), "until", until, "officers", twice)).expect(422).at("/errors/0/pointer"));
        assertEquals("/until", api().as(systemToken("northmoor")).post("/v1/bridge/duty-rosters", Map.of("from", until, "until",
            now.toString(), "officers", twice.subList(0, 1))).expect(422).at("/errors/0/pointer"));
        staff("supervisor").post("/v1/bridge/duty-rosters", Map.of("from", now.toString(), "until", until, "officers",
            twice.subList(0, 1))).expect(403);
    }

    private Answer roster(Instant now, String collarNumber, List<?> shifts) {
        return api().as(systemToken("northmoor")).post("/v1/bridge/duty-rosters", Map.of("from", now.minus(Duration.ofHours(2)).toString(),
            "until", now.plus(Duration.ofDays(7)).toString(), "officers", List.of(Map.of("collar_number", collarNumber, "shifts", shifts))));
    }

    /** Until when the person is told that whoever they write to is away; null where they are not. */
    private static String away(Someone her) {
        var told = her.api().get(her.path()).expect(200).body().at("/out_of_office/words");
        return told.isMissingNode() ? null : told.asText().replaceAll("(?s).*is away until (.*? on \\w+).*", "$1");
    }

    @Test
    void whatWaitsDoesNotStayWithWhoeverHasGone() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        String officer = "northmoor-officer";
        staff("witness_care").get("/v1/staff/cases/" + her.caseId()).expect(200);
        her.writes("Hello");
        her.writes("He is outside my house");
        Runnable handed = () -> staff("officer").post(found(her) + "/handover", Map.of("to", "officer", "colleague", officer)).expect(200);
        handed.run();
        assertEquals(List.of("message_danger " + officer, "message_to_answer " + officer), held(her));

        away(officer, now().plusSeconds(3600), now().plus(Duration.ofDays(3)));
        bean(Absences.class).look();
        assertEquals(List.of("message_danger " + officer, "message_to_answer " + officer), held(her), "not gone yet");
        clocks.advanceCase(Duration.ofMinutes(61));
        bean(Absences.class).look();
        List<String> covered = List.of("message_danger null", "message_to_answer " + COVER);
        assertEquals(covered, held(her), "gone by now, and nothing else happened");
        handed.run();
        assertEquals(covered, held(her), "handed to somebody who is away");

        away(officer, now().minusSeconds(60), now());
        handed.run();
        away(officer, now().plusSeconds(60), now().plus(Duration.ofDays(3)));
        clocks.advanceCase(Duration.ofMinutes(2));
        her.writes("Is anybody there?");
        assertEquals(covered, held(her), "by the next message");

        away(officer, now().minusSeconds(60), now());
        handed.run();
        clocks.advanceCase(Duration.ofMinutes(1));
        away(officer, now().minusSeconds(600), now().plus(Duration.ofDays(3)));
        assertEquals(covered, held(her), "as soon as somebody says so, from when on they say");
        away(COVER, now().minusSeconds(60), now().plus(Duration.ofDays(3)));
        assertEquals(List.of("message_danger null", "message_to_answer null"), held(her), "who covers is away as well: everybody's");
        away(officer, now().minusSeconds(60), now());
        away(COVER, now().minusSeconds(60), now());
    }

    private void away(String who, Instant from, Instant until) {
        staff("supervisor").put("/v1/staff/absences/" + who, Map.of("from", from.toString(), "until", until.toString(), "cover",
            who.equals(COVER) ? "northmoor-officer" : COVER)).expect(200);
    }

    /** Open items about the person: kind, and who has taken them on. */
    private List<String> held(Someone someone) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select kind, claimed_by from waymark.work_item
             where person_id = ? and completed_at is null and kind in ('message_to_answer', 'message_danger') order by kind""",
            r -> r.getString("kind") + " " + r.getString("claimed_by"), someone.person()));
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
    void whatSoundsLikeDangerGoesWithoutTheFileThatCannotGoWithIt() {
        Someone her = someone("victim", "wcu");
        String file = her.api().send("POST", her.path() + "/attachments", "image/jpeg", Pictures.jpeg()).expect(201).at("/id");
        String gone = UUID.randomUUID().toString();
        Map<String, Object> words = Map.of("body", "He is outside my house", "attachment_ids", List.of(file, gone));
        Api keyed = her.api().with("Idempotency-Key", "danger-with-files");
        for (Answer sent : List.of(keyed.post(her.path(), words).expect(201), keyed.post(her.path(), words).expect(201))) {
            assertTrue(sent.body().path("attachments").isMissingNode(), sent::text);
            assertTrue(sent.at("/next").startsWith("Thank you. It is with us. It went without your files: "), sent::text);
            assertEquals("true", sent.at("/danger/nobody_has_read_this_yet"));
        }
        Answer many = her.api().with("Accept-Language", "cy").post(her.path(), Map.of("body", "He is outside my house", "attachment_ids",
            Stream.generate(() -> UUID.randomUUID().toString()).limit(6).toList())).expect(201);
        assertTrue(many.at("/next").startsWith("Diolch. Mae gyda ni. Aeth heb eich ffeiliau: "), many::text);
        her.api().post(her.path(), Map.of("body", "Look", "attachment_ids", List.of(file, gone))).expect(422);
        Answer after = her.api().post(her.path(), Map.of("body", "He is outside my house", "attachment_ids", List.of(file))).expect(201);
        assertEquals(file, after.at("/attachments/0/id"), "what could have gone is still there to be sent");
        assertFalse(after.at("/next").contains("files"), after::text);
        assertEquals(3, her.api().get(her.path()).body().path("items").size());
    }

    @Test
    void dangerGoesThroughHoweverMuchWaits() throws SQLException {
        Someone her = someone("victim", "wcu");
        String first = her.writes("One").at("/id");
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.conversation_message (id, conversation_id, force_id, case_id, person_id, sender, body, sent_at, danger)
                select gen_random_uuid(), conversation_id, force_id, case_id, person_id, sender, body, sent_at, i > 100
                  from waymark.conversation_message, generate_series(1, 500) i where id = ?::uuid""", first);
        }
        Answer refused = her.api().with("Accept-Language", "cy").post(her.path(), Map.of("body", "Two")).expect(409);
        assertEquals("Nid yw wedi'i hanfon", refused.at("/title"));
        assertEquals("true", her.writes("He is outside my house").at("/danger/nobody_has_read_this_yet"));
        try (Connection c = database.superuser()) {
            // those that were not typed cannot be opened, and wait for nobody
            Sql.run(c, "delete from waymark.conversation_message where conversation_id in (select conversation_id from waymark.conversation_message "
                + "where id = ?::uuid) and id <> ?::uuid and body = (select body from waymark.conversation_message where id = ?::uuid)", first, first, first);
        }
        staff("officer").get(found(her)).expect(200);
        staff("officer").post(found(her) + "/acknowledgement", null).expect(200);
    }

    @Test
    void staffWriteFirst() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        String path = "/v1/staff/cases/" + her.caseId() + "/conversations";
        Map<String, Object> words = Map.of("person_id", her.person().toString(), "body", "The court has a side entrance.");
        Api officer = staff("officer").with("Idempotency-Key", "first");
        Answer begun = officer.post(path, words).expect(201);
        assertEquals("officer northmoor-officer", begun.at("/to") + " " + begun.at("/held_by"));
        assertEquals(begun.at("/id"), officer.post(path, words).expect(201).at("/id"));
        assertEquals("There is a message for you. Sign in to Waymark to read it.", phone(her).getFirst());
        assertEquals(1, her.api().get(her.path()).expect(200).body().path("items").size(), "once");
        assertEquals(1, count("select count(*) from waymark.outbound_parcel where type = 'message' and person_id = ?", her.person()));
        her.writes("Thank you. Where is it?");
        assertEquals(List.of("message_to_answer officer"), items(her));
        staff("officer").post(path, Map.of("person_id", her.person().toString(), "body", "In Mill Street.")).expect(201);
        assertEquals(List.of("message_to_answer officer"), items(her), "nobody has opened what she wrote");
        assertEquals(3, her.api().get(her.path()).expect(200).body().path("items").size(), "one conversation");
        staff("officer").post(path, Map.of("person_id", someone("victim", "wcu").person().toString(), "body", "Hello")).expect(422);
        staff("officer").post(path, Map.of("person_id", her.person().toString(), "body", "  ")).expect(422);
        api().as(staffToken("officer", "glanafon")).post(path, words).expect(404);
        staff("analyst").post(path, words).expect(403);
    }

    @Test
    void aReplyAnswersWhatItsAuthorHadSeen() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        String first = her.writes("One").at("/id");
        String path = found(her);
        staff("officer").get(path).expect(200);
        clocks.advanceMachine(Duration.ofMillis(5)); // ids are in the order of machine time
        clocks.advanceCase(Duration.ofMinutes(10));
        Answer second = her.writes("Two");
        staff("witness_care").get(path).expect(200); // a colleague opens it while the officer types
        staff("officer").post(path + "/messages", Map.of("body", "Yes", "seen_up_to", first)).expect(201);
        assertEquals(List.of("message_to_answer officer"), items(her));
        Answer read = staff("officer").get(path).expect(200);
        assertEquals(Instant.parse(second.at("/sent_at")), Instant.parse(read.at("/conversation/waiting_since")), "since it came");
        String other = someone("victim", "wcu").writes("Hello").at("/id");
        assertEquals("/seen_up_to", staff("officer").post(path + "/messages", Map.of("body", "Yes", "seen_up_to", other)).expect(422)
            .at("/errors/0/pointer"));
        staff("officer").post(path + "/messages", Map.of("body", "Yes", "seen_up_to", second.at("/id"))).expect(201);
        assertEquals(List.of(), items(her));
        assertEquals(2, count("select count(*) from waymark.conversation_message where person_id = ? and answered_at is not null", her.person()));
    }

    @Test
    void whoHasNoOfficerForAWhileHasTheNextOne() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu", (Map<String, Object>) null);
        officer(her, "77");
        her.writes("One");
        assertEquals("officer", her.api().get(her.path()).at("/to"));
        send(event(her.reference() + "-r", her.reference(), now().minusSeconds(20).toString(), "event_retracted",
            Map.of("source_event_id", her.reference() + "-o77")));
        assertEquals("witness_care", her.api().get(her.path()).at("/to"));
        staff("witness_care").get(found(her)).expect(200);
        officer(her, "88");
        Answer seen = her.api().get(her.path()).expect(200);
        assertEquals("officer", seen.at("/to"));
        assertEquals("The officer has your messages from here on. They can read what was written before.", seen.at("/items/0/body"));
        assertEquals(List.of("message_to_answer officer"), items(her), "what waits goes with it");
        staff("witness_care").post(found(her) + "/handover", Map.of("to", "witness_care")).expect(200);
        officer(her, "99");
        assertEquals("witness_care", her.api().get(her.path()).at("/to"), "staff have handed it on, and it stays there");
    }

    @Test
    void twoOnOneAccountWriteInOneConversationWhicheverOfThemItIs() throws SQLException {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        String second = her.reference() + "-second";
        send(event(her.reference() + "-p", her.reference(), now().minusSeconds(50).toString(), "person_added",
            new HashMap<>(Map.of("source_person_id", second, "role", "victim", "given_name", "Bo", "family_name", "Penrose", "mobile_safe",
                "unknown", "language", "en", "entitlement", "standard"))));
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at)
                select l.account_id, p.id, l.force_id, false, l.linked_at from waymark.account_person l, waymark.person p
                 where l.person_id = ? and p.source_person_id = ?""", her.person(), second);
        }
        String file = her.api().send("POST", her.path() + "/attachments", "image/jpeg", Pictures.jpeg()).expect(201).at("/id");
        her.api().post(her.path(), Map.of("body", "From both of us", "attachment_ids", List.of(file))).expect(201);
        her.writes("And again");
        assertEquals(2, her.api().get(her.path()).expect(200).body().path("items").size());
        assertEquals(1, count("select count(*) from waymark.conversation where case_id = ?", her.caseId()));
        assertEquals(1, count("select count(*) from waymark.work_item where case_id = ? and kind = 'message_to_answer' and completed_at is null",
            her.caseId()));
        staff("officer").get(found(her)).expect(200);
        staff("officer").post(found(her) + "/messages", Map.of("body", "Thank you both.")).expect(201);
        Answer seen = her.api().get(her.path()).expect(200);
        assertEquals("Thank you both.", seen.at("/items/0/body"));
        her.api().post(her.path() + "/" + seen.at("/items/0/id") + "/read", null).expect(204);
        // the other has had a word from staff alone: both conversations are known, and the account goes on in one of them
        UUID bo = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), second).orElseThrow());
        staff("officer").post("/v1/staff/cases/" + her.caseId() + "/conversations", Map.of("person_id", bo.toString(), "body", "For you alone."))
            .expect(201);
        her.writes("Which of us?");
        assertEquals(2, count("select count(*) from waymark.conversation where case_id = ?", her.caseId()));
        her.api().get(her.path()).expect(200);
    }

    @Test
    void twoWaitingConversationsThatBecomeOneWaitOnceAndSinceTheFirst() {
        next(DayOfWeek.TUESDAY, TEN);
        Someone her = someone("victim", "wcu");
        String second = "msg-b-" + her.reference().replace('/', '-');
        send(event(her.reference() + "-p", her.reference(), now().minusSeconds(50).toString(), "person_added",
            new HashMap<>(Map.of("source_person_id", second, "role", "victim", "given_name", "Alys", "family_name", "Penrose", "mobile",
                "+4477009007" + her.mobile().substring(11), "mobile_safe", "safe", "language", "en", "entitlement", "standard"))));
        Api other = api().as(SignUp.person(this, second));
        Answer first = other.post(her.path(), Map.of("body", "First. I am not safe")).expect(201);
        clocks.advanceCase(Duration.ofMinutes(5));
        her.writes("Second. I am not safe");
        send(event(her.reference() + "-m", her.reference(), now().minusSeconds(10).toString(), "people_merged",
            Map.of("source_person_id", her.reference().replaceAll(".*/", "msg-"), "merged", List.of(second))));
        assertEquals(List.of("message_danger danger", "message_to_answer officer"), items(her).stream().sorted().toList());
        Answer read = staff("officer").get(found(her)).expect(200);
        assertEquals(2, read.body().path("items").size());
        assertEquals(Instant.parse(first.at("/sent_at")), Instant.parse(read.at("/conversation/waiting_since")), "since the first");
        assertEquals(List.of(read.at("/conversation/id"), read.at("/conversation/id")), acting().as(worker("northmoor"), (Connection c) ->
            Sql.list(c, "select subject_id from waymark.work_item where person_id = ? and completed_at is null and kind in ('message_danger', "
                + "'message_to_answer')", r -> r.getString("subject_id"), her.person())), "they lead to the conversation that there is");
        staff("officer").post(found(her) + "/acknowledgement", null).expect(200);
        staff("officer").post(found(her) + "/messages", Map.of("body", "We are coming.")).expect(201);
        assertEquals(List.of(), items(her));
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
