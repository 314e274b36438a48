package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** How, when and how much a person is told: as they choose it, as staff put it down, and who changed what. */
class ContactChoicesTest extends AccountTest {
    private static final String PATH = "/v1/me/contact-preferences";
    private static final List<Map<String, String>> TIMES = List.of(Map.of("day", "monday", "from", "18:30", "to", "21:00"),
        Map.of("day", "saturday", "from", "09:00", "to", "00:00"));

    private Answer put(Api api, String path, Map<String, ?> wanted) {
        return api.with("If-Match", api.get(path).expect(200).header("ETag").orElseThrow()).put(path, wanted);
    }

    private static Map<String, Object> wish(Object... more) {
        var wish = new HashMap<String, Object>(Map.of("language", "en", "discreet_mode", false));
        for (int i = 0; i < more.length; i += 2) {
            wish.put((String) more[i], more[i + 1]);
        }
        return wish;
    }

    private static Map<String, Object> discreetWish(Object... more) {
        Map<String, Object> wish = wish(more);
        wish.put("discreet_mode", true);
        return wish;
    }

    private String today() {
        return clocks.caseNow().atZone(ZoneId.of("Europe/London")).toLocalDate().toString();
    }

    private String inDays(int days) {
        return LocalDate.parse(today()).plusDays(days).toString();
    }

    private Api staff(Told told) {
        return api().as(staffToken("witness_care", told.force()));
    }

    private static String path(Told told) {
        return "/v1/staff/people/" + told.id() + "/contact-preferences";
    }

    private static Map<String, Object> onBehalf(List<?> channels, Object... more) {
        Map<String, Object> wish = discreetWish(more);
        wish.put("channels", channels);
        wish.put("reason", "She rang.");
        return wish;
    }

    private void flag(Told told) {
        tell(told.force(), told.reference(), "case_changed", Map.of("flags", List.of("domestic_abuse")));
    }

    private Told flagged(String reference) {
        return report(NORTHMOOR, reference, List.of("domestic_abuse"),
            person(reference, "Dee", "Dale", number(), "safe")).getFirst();
    }

    @Test
    void everythingIsChosenKeptAndClearedAgain() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        put(api, PATH, wish("safe_times", TIMES, "quiet_hours", Map.of("from", "21:00", "to", "08:00"), "telling", "nothing",
            "ask_again_on", inDays(30), "urgent_news", Map.of("by", "call", "at_night", true), "voicemail", true, "word", "harbour",
            "may_also_be_told", List.of("My sister"), "accessibility_needs", List.of("interpreter", "bsl"),
            "interpreter_language", "pl", "if_somebody_else_answers", "The dentist")).expect(200);
        JsonNode kept = put(api, PATH, wish()).expect(200).body();
        assertEquals("21:00", kept.at("/quiet_hours/from").asText(), "left out, it stays");
        assertEquals(2, kept.path("safe_times").size());
        assertEquals("00:00", kept.at("/safe_times/1/to").asText());
        assertEquals("nothing " + inDays(30), kept.path("telling").asText() + " " + kept.path("ask_again_on").asText());
        assertEquals("call true", kept.at("/urgent_news/by").asText() + " " + kept.at("/urgent_news/at_night").asText());
        assertTrue(kept.path("voicemail").asBoolean() && kept.path("word_set").asBoolean());
        assertFalse(kept.toString().contains("harbour"), "the word is not read back");
        assertEquals("My sister", kept.at("/may_also_be_told/0").asText());
        assertEquals("[\"bsl\",\"interpreter\"]", kept.path("accessibility_needs").toString());
        assertEquals("The dentist", kept.path("if_somebody_else_answers").asText());

        var cleared = wish("safe_times", List.of(), "telling", "everything", "may_also_be_told", List.of(), "accessibility_needs",
            List.of());
        for (String field : List.of("quiet_hours", "urgent_news", "voicemail", "word", "interpreter_language",
                "if_somebody_else_answers")) {
            cleared.put(field, null);
        }
        JsonNode none = put(api, PATH, cleared).expect(200).body();
        var fields = new TreeSet<String>();
        none.fieldNames().forEachRemaining(fields::add);
        assertEquals(new TreeSet<>(List.of("language", "language_known", "discreet_mode", "channels", "telling", "word_set", "paused")), fields);
        assertFalse(none.path("word_set").asBoolean());
        acting().as(worker(NORTHMOOR), c -> {
            assertFalse(Sql.one(c, "select encode(choices, 'escape') from waymark.contact_choice where person_id = ?",
                r -> r.getString(1), ann.id()).orElseThrow().contains("everything"), "sealed");
            return null;
        });
    }

    @Test
    void nothingForNowNeedsADayWithinHalfAYear() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        put(api, PATH, wish("telling", "nothing")).expect(422);
        for (int days : new int[] {-1, 0, 200}) {
            assertEquals("/ask_again_on",
                put(api, PATH, wish("telling", "nothing", "ask_again_on", inDays(days))).expect(422).at("/errors/0/pointer"));
        }
        put(api, PATH, wish("telling", "nothing", "ask_again_on", inDays(1))).expect(200);
        clocks.advanceCase(Duration.ofDays(3));
        assertEquals("nothing", put(api, PATH, wish("voicemail", true)).expect(200).at("/telling"), "other changes go on");
        assertFalse(put(api, PATH, wish("telling", "weekly_summary")).expect(200).body().has("ask_again_on"));
        for (Object no : List.of(Map.of("day", "monday", "from", "24:00", "to", "08:00"), Map.of("day", "mon", "from", "09:00", "to",
                "10:00"), Map.of("day", "monday", "from", "09:00"))) {
            put(api, PATH, wish("safe_times", List.of(no))).expect(400);
        }
    }

    @Test
    void whoHoldsThePhoneInDiscreetModeReadsNothingThatCouldHurt() {
        Told dee = flagged("REF/CC/1");
        Api api = api().as(signUp(dee).access());
        Answer kept = put(api, PATH, discreetWish("word", "harbour", "may_also_be_told", List.of("My sister in Leeds"),
            "if_somebody_else_answers", "The dentist", "channels", List.of(Map.of("channel", "sms", "safety", "unsafe"),
            Map.of("channel", "call")))).expect(200);
        for (Answer answer : List.of(kept, api.get(PATH), api.get(PATH + "/history"), api.get("/v1/me"))) {
            String text = answer.expect(200).text();
            for (String no : List.of("harbour", "sister", "dentist", "unsafe", "channel_safety")) {
                assertFalse(text.contains(no), no + " in " + text);
            }
        }
        assertEquals("[\"may_also_be_told\",\"if_somebody_else_answers\"]", kept.body().path("kept_back").toString());
        JsonNode forStaff = staff(dee).get(path(dee)).expect(200).body();
        assertEquals(" harbour", forStaff.path("word").asText() + " " + forStaff.path("word_to_confirm").asText());
        assertEquals("unsafe", forStaff.at("/channels/0/safety").asText());
        assertEquals("My sister in Leeds", forStaff.at("/may_also_be_told/0").asText());
    }

    private int status(Told told, String word) {
        return api().as(staffToken("officer", told.force())).post("/v1/staff/people/" + told.id() + "/sign-in-codes",
            Map.of("agreed_word", word, "call", Map.of())).status();
    }

    @Test
    void aWordFromAPhoneCountsNoLongerOnceAFlagComes() {
        Told dee = victim(NORTHMOOR, "Dee", "Dale", number());
        Api api = api().as(signUp(dee).access());
        put(api, PATH, wish("word", "jackdaw")).expect(200);
        assertEquals(201, status(dee, "jackdaw"));
        flag(dee);
        assertEquals(List.of("flag_came"), workItems(dee, "word_to_confirm"));
        assertEquals(422, status(dee, "jackdaw"), "whoever held the phone may have agreed it with themselves");
        JsonNode read = staff(dee).get(path(dee)).expect(200).body();
        assertEquals(" jackdaw", read.path("word").asText() + " " + read.path("word_to_confirm").asText());
        var text = List.of(Map.of("channel", "sms"));
        put(staff(dee), path(dee), onBehalf(text, "voicemail", false)).expect(200);
        assertEquals(422, status(dee, "jackdaw"), "nothing was said of the word");
        put(staff(dee), path(dee), onBehalf(text, "word", "jackdaw")).expect(200);
        flag(dee);
        assertEquals(201, status(dee, "jackdaw"), "what staff put down stays");
        assertEquals(List.of("flag_came"), workItems(dee, "word_to_confirm"), "nor is it asked about again");
    }

    @Test
    void aWordThatStaffConfirmBeforeAFlagStaysWhenItComes() {
        Told dee = victim(NORTHMOOR, "Dilys", "Dale", number());
        put(api().as(signUp(dee).access()), PATH, wish("word", "jackdaw")).expect(200);
        put(staff(dee), path(dee), onBehalf(List.of(Map.of("channel", "sms")), "word", "jackdaw")).expect(200);
        flag(dee);
        assertEquals(List.of(), workItems(dee, "word_to_confirm"));
        assertEquals(201, status(dee, "jackdaw"), "the same word is theirs, too");
    }

    @Test
    void aWordThatStaffPutDownStaysWhenAFlagComes() {
        Told dee = victim(NORTHMOOR, "Dora", "Dale", number());
        put(staff(dee), path(dee), onBehalf(List.of(Map.of("channel", "sms")), "word", "harbour")).expect(200);
        flag(dee);
        assertEquals(List.of(), workItems(dee, "word_to_confirm"));
        assertEquals(201, status(dee, "harbour"));
    }

    @Test
    void inAFlaggedCaseAWordFromAPhoneCountsOnlyOnceStaffHavePutItDown() {
        Told dee = flagged("REF/CC/8");
        Api api = api().as(signUp(dee).access());
        var text = List.of(Map.of("channel", "sms"));
        put(staff(dee), path(dee), onBehalf(text, "word", "harbour")).expect(200);
        assertTrue(put(api, PATH, discreetWish("word", "jackdaw")).expect(200).body().path("word_set").asBoolean());
        assertEquals(List.of("word_entered"), workItems(dee, "word_to_confirm"));
        assertEquals(422, status(dee, "jackdaw"));
        assertEquals(201, status(dee, "harbour"), "the one before goes on");
        JsonNode read = staff(dee).get(path(dee)).expect(200).body();
        assertEquals("harbour jackdaw", read.path("word").asText() + " " + read.path("word_to_confirm").asText());
        read = put(staff(dee), path(dee), onBehalf(text, "word", "harbour")).expect(200).body();
        assertEquals("jackdaw", read.path("word_to_confirm").asText(), "sent back as it was read it says nothing of the new one");
        read = put(staff(dee), path(dee), onBehalf(text, "word", "jackdaw")).expect(200).body();
        assertFalse(read.has("word_to_confirm"));
        assertEquals(201, status(dee, "jackdaw"));
        put(api, PATH, discreetWish("word", "magpie")).expect(200);
        assertEquals(2, workItems(dee, "word_to_confirm").size());
        var none = discreetWish();
        none.put("word", null);
        assertFalse(put(api, PATH, none).expect(200).body().path("word_set").asBoolean());
        assertEquals(422, status(dee, "jackdaw"), "what is taken back is gone at once");
    }

    @Test
    void whatCouldBeTurnedAgainstThePersonTakesAFreshSignIn() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        List<Object[]> five = List.of(new Object[] {"word", "harbour"}, new Object[] {"voicemail", false},
            new Object[] {"may_also_be_told", List.of("My sister")}, new Object[] {"if_somebody_else_answers", "The dentist"},
            new Object[] {"urgent_news", Map.of("by", "call", "at_night", true)});
        five.forEach(one -> put(api, PATH, wish(one)).expect(200));
        clocks.advanceMachine(Duration.ofMinutes(6));
        List<Object[]> others = List.of(new Object[] {"word", "harbour"}, new Object[] {"voicemail", true},
            new Object[] {"may_also_be_told", List.of()}, new Object[] {"if_somebody_else_answers", null},
            new Object[] {"urgent_news", Map.of("by", "call", "at_night", false)});
        for (Object[] other : others) {
            Answer refused = put(api, PATH, wish(other)).expect(401);
            assertTrue(refused.header("WWW-Authenticate").orElseThrow().contains("insufficient_user_authentication"));
        }
        put(api, PATH, wish("telling", "only_required", "voicemail", false, "may_also_be_told", List.of("My sister"), "urgent_news",
            Map.of("by", "call", "at_night", true))).expect(200);
    }

    @Test
    void whereThePersonHasFledToIsNotReadBackInDiscreetMode() {
        Told dee = flagged("REF/CC/9");
        Api api = api().as(signUp(dee).access());
        var refuge = Map.of("channel", "letter", "address", "Dee Dale\n1 Refuge Road\nNorthmoor\nNM1 1AA");
        Answer kept = put(api, PATH, discreetWish("channels", List.of(Map.of("channel", "sms"), refuge))).expect(200);
        assertFalse(kept.text().contains("Refuge") || api.get(PATH).text().contains("Refuge"));
        assertEquals("[\"address\"]", kept.body().path("kept_back").toString());
        put(api, PATH, discreetWish("channels", List.of(Map.of("channel", "letter"), Map.of("channel", "sms")))).expect(200);
        assertEquals(refuge.get("address"), staff(dee).get(path(dee)).at("/channels/0/address"), "left out, it is as it was");
        assertEquals("/channels/0/address", put(api, PATH, discreetWish("channels", List.of(Map.of("channel", "email")))).expect(422)
            .at("/errors/0/pointer"), "there was none");
    }

    @Test
    void aPersonMakesAChannelUnsafeAtOnceAndNeverSafer() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        assertEquals("safe", api.get(PATH).at("/channels/1/safety"), "the force's word on the number");
        var unsafe = wish("channels", List.of(Map.of("channel", "sms", "safety", "unsafe"), Map.of("channel", "call")));
        assertEquals("unsafe", put(api, PATH, unsafe).expect(200).at("/channels/0/safety"));
        var safe = wish("channels", List.of(Map.of("channel", "sms", "safety", "safe"), Map.of("channel", "call")));
        assertEquals("unsafe", put(api, PATH, safe).expect(200).at("/channels/0/safety"));
        put(api, PATH, safe).expect(200);
        assertEquals(List.of("said_safe"), workItems(ann, "channel_to_confirm"), "once while it is open");
        put(api, PATH, wish("channels", List.of(Map.of("channel", "call")))).expect(200);
        assertEquals("unsafe", put(api, PATH, wish("channels", List.of(Map.of("channel", "sms")))).expect(200)
            .at("/channels/0/safety"), "left out and named again, it stays unsafe");

        Answer confirmed = put(staff(ann), path(ann), onBehalf(List.of(Map.of("channel", "sms", "safety", "safe")))).expect(200);
        assertEquals("safe " + today(), confirmed.at("/channels/0/safety") + " " + confirmed.at("/channels/0/confirmed_on"));
        assertEquals("safe", api.get(PATH).at("/channels/0/safety"));
    }

    @Test
    void whatStaffSendBackAsTheyReadItConfirmsNothing() {
        Told eve = report(NORTHMOOR, "REF/CC/2", List.of(), person("cc-2", "Eve", "Dale", number(), "unknown")).getFirst();
        Api staff = staff(eve);
        ObjectNode read = (ObjectNode) staff.get(path(eve)).expect(200).body();
        assertEquals("unknown", read.at("/channels/1/safety").asText());
        read.put("reason", "x");
        put(staff, path(eve), map(read)).expect(200);
        tell(NORTHMOOR, "REF/CC/2", "person_changed", Map.of("source_person_id", "cc-2", "mobile_safe", "safe"));
        Answer byForce = staff.get(path(eve));
        assertEquals("safe " + today(), byForce.at("/channels/1/safety") + " " + byForce.at("/channels/1/confirmed_on"));
        clocks.advanceCase(Duration.ofDays(10));
        ObjectNode again = (ObjectNode) staff.get(path(eve)).body();
        again.put("reason", "x");
        assertEquals(byForce.at("/channels/1/confirmed_on"),
            put(staff, path(eve), map(again)).expect(200).at("/channels/1/confirmed_on"));
        var anew = onBehalf(List.of(Map.of("channel", "sms", "safety", "safe", "confirmed_on", inDays(-2))));
        assertEquals(inDays(-2), put(staff, path(eve), anew).expect(200).at("/channels/0/confirmed_on"));
        put(staff, path(eve), onBehalf(List.of(Map.of("channel", "sms", "safety", "safe", "confirmed_on", inDays(1))))).expect(422);
        tell(NORTHMOOR, "REF/CC/2", "person_changed", Map.of("source_person_id", "cc-2", "mobile_safe", "unsafe"));
        put(staff, path(eve), onBehalf(List.of(Map.of("channel", "sms", "safety", "safe")))).expect(409);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode json) {
        ((ObjectNode) json).remove(List.of("paused", "word_to_confirm"));
        return Api.JSON.convertValue(json, Map.class);
    }

    @Test
    void aConfirmationLapsesAndStaffAreAskedBefore() {
        Told dee = flagged("REF/CC/3");
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        String confirmed = staff(dee).get(path(dee)).at("/channels/1/lapses_on");
        api().post("/sandbox/clock", Map.of("advance", "P80D")).expect(200);
        assertEquals(List.of("lapses_soon"), workItems(dee, "channel_to_confirm"));
        assertEquals(List.of(), workItems(ann, "channel_to_confirm"));
        assertEquals("safe", staff(dee).get(path(dee)).at("/channels/1/safety"));
        api().post("/sandbox/clock", Map.of("advance", "P14D")).expect(200);
        JsonNode lapsed = staff(dee).get(path(dee)).expect(200).body();
        assertEquals("unknown " + confirmed, lapsed.at("/channels/1/safety").asText() + " " + lapsed.at("/channels/1/lapses_on").asText());
        assertEquals("safe", staff(ann).get(path(ann)).at("/channels/1/safety"), "without a flag it counts for longer");
        put(staff(dee), path(dee), onBehalf(List.of(Map.of("channel", "sms", "safety", "safe")))).expect(200);
        assertEquals("safe", staff(dee).get(path(dee)).at("/channels/0/safety"));
    }

    @Test
    void everybodysChangesAreVersions() {
        Told ann = victim(NORTHMOOR, "Ann", "Dale", number());
        Api api = api().as(signUp(ann).access());
        put(api, PATH, wish("voicemail", true, "word", "harbour")).expect(200);
        put(api, PATH, wish()).expect(200);
        put(staff(ann), path(ann), onBehalf(List.of(Map.of("channel", "sms", "safety", "safe")), "telling", "only_required")).expect(200);
        tell(NORTHMOOR, ann.reference(), "person_changed", Map.of("source_person_id", ann.sourceId(), "language", "cy"));
        api().post("/sandbox/replies", Map.of("from", ann.mobile(), "body", "STOP")).expect(204);
        api.post(PATH + "/pause", null).expect(204);
        assertEquals(List.of("you paused=true", "reply texts=stop", "force_system language=cy",
            "staff witness_care discreet_mode=true channels=sms telling=only_required", "you voicemail=true"),
            versions(api.get(PATH + "/history").expect(200)));
        List<String> forStaff = versions(staff(ann).get(path(ann) + "/history").expect(200));
        assertEquals(5, forStaff.size());
        assertTrue(forStaff.get(3).contains("channel_safety=sms: safe since " + today()), forStaff.toString());
        JsonNode byStaff = staff(ann).get(path(ann) + "/history").body().at("/items/3");
        assertEquals("She rang.", byStaff.path("reason").asText());
        assertFalse(byStaff.path("staff").asText().isEmpty());
        assertFalse(api.get(PATH + "/history").text().contains("She rang"));
        Answer first = api.get(PATH + "/history?limit=2");
        assertEquals(3, versions(api.get(PATH + "/history?limit=100&cursor=" + first.at("/next_cursor"))).size());
        api.get(PATH + "/history?cursor=x").expect(400);
        Told other = victim(NORTHMOOR, "Bob", "Dale", number());
        assertEquals(List.of(), versions(api().as(signUp(other).access()).get(PATH + "/history")));
        api().as(staffToken("witness_care", GLANAFON)).get(path(ann) + "/history").expect(404);
    }

    private static List<String> versions(Answer answer) {
        var versions = new ArrayList<String>();
        answer.body().path("items").forEach(v -> {
            var said = new StringBuilder(v.path("by").asText());
            if (v.has("role")) {
                said.append(' ').append(v.path("role").asText());
            }
            v.path("changes").forEach(ch -> said.append(' ').append(ch.path("field").asText())
                .append(ch.has("value") ? "=" + ch.path("value").asText() : ""));
            versions.add(said.toString());
        });
        return versions;
    }

    @Test
    void oneCallStopsEverythingAndOnlyAFreshSignInStartsItAgain() {
        Told dee = flagged("REF/CC/4");
        Api api = api().as(signUp(dee).access());
        api.put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        String tag = api.get(PATH).header("ETag").orElseThrow();
        assertEquals("", api.post(PATH + "/pause", null).expect(204).text());
        api.post(PATH + "/pause", null).expect(204);
        assertEquals(List.of("paused"), workItems(dee, "paused"), "the unit is told, once");
        int before = messages(dee.mobile()).body().path("items").size();
        tell(NORTHMOOR, dee.reference(), "suspect_arrested", Map.of("suspect_ref", "s"));
        send();
        assertEquals(before, messages(dee.mobile()).body().path("items").size());
        assertEquals(List.of("paused"), workItems(dee, "message_withheld"));
        assertTrue(api.get("/v1/me").body().path("paused").asBoolean());
        assertTrue(api.get(PATH).body().path("paused").asBoolean());
        assertTrue(staff(dee).get(path(dee)).body().path("paused").asBoolean());
        api.with("If-Match", tag).put(PATH, discreetWish()).expect(412);

        clocks.advanceMachine(Duration.ofMinutes(6));
        Answer refused = api.delete(PATH + "/pause").expect(401);
        assertTrue(refused.header("WWW-Authenticate").orElseThrow().contains("insufficient_user_authentication"));
        clocks.advanceMachine(Duration.ofHours(1));
        ask(dee.mobile(), "7392").expect(202);
        Api again = api().as(signIn(dee.mobile(), code(dee.mobile())).access());
        again.delete(PATH + "/pause").expect(204);
        again.delete(PATH + "/pause").expect(204);
        assertFalse(again.get(PATH).body().path("paused").asBoolean());
        assertEquals(List.of("paused", "started_again"), workItems(dee, "paused"));
        before = messages(dee.mobile()).body().path("items").size();
        tell(NORTHMOOR, dee.reference(), "suspect_interviewed", Map.of("suspect_ref", "s"));
        send();
        assertEquals(before + 1, messages(dee.mobile()).body().path("items").size());
    }

    @Test
    void aWelshForceThatDoesNotKnowTheLanguageWritesInBothAndAsks() {
        var who = person("cc-7", "Cai", "Dale", number(), "safe");
        who.put("language", "other");
        Told cai = report(GLANAFON, "REF/CC/7", List.of(), who).getFirst();
        Api api = api().as(signUp(cai).access());
        Answer read = api.get(PATH).expect(200);
        assertFalse(read.body().path("language_known").asBoolean());
        put(api, PATH, wish("language_known", false, "voicemail", true)).expect(200);
        tell(GLANAFON, cai.reference(), "suspect_arrested", Map.of("suspect_ref", "s"));
        send();
        String both = messages(cai.mobile()).at("/items/0/body");
        assertTrue(both.startsWith("Mae ") && both.contains("Sign in to Waymark") && both.endsWith("Reply ENGLISH."), both);
        api().post("/sandbox/replies", Map.of("from", cai.mobile(), "body", "Cymraeg!")).expect(204);
        tell(GLANAFON, cai.reference(), "suspect_interviewed", Map.of("suspect_ref", "s"));
        send();
        String welsh = messages(cai.mobile()).at("/items/0/body");
        assertTrue(welsh.startsWith("Mae ") && !welsh.contains("Sign in"), welsh);
        JsonNode now = api.get(PATH).expect(200).body();
        assertTrue(now.path("language_known").asBoolean());
        assertEquals("cy", now.path("language").asText());
        assertEquals("reply language=cy", versions(api.get(PATH + "/history")).getFirst());
    }

    @Test
    void whatOneForcesPersonHasStoppedTheOtherForceDoesNotSendEither() {
        String number = number();
        Told here = victim(NORTHMOOR, "Cat", "Dale", number);
        Told there = report(GLANAFON, "REF/CC/5", List.of(), person("cc-5", "Cat", "Dale", number, "safe")).getFirst();
        signUp(here);
        Api api = api().as(signUp(there).access());
        put(staff(here), path(here), onBehalf(List.of(Map.of("channel", "sms", "safety", "unsafe")))).expect(200);
        assertEquals("unsafe", api().as(staffToken("officer", GLANAFON)).get(path(there)).at("/channels/1/safety"));
        assertEquals("unknown", api.get(PATH).at("/channels/0/safety"));
        api.post(PATH + "/pause", null).expect(204);
        assertEquals(List.of("paused"), workItems(here, "paused"));
        assertEquals(List.of("paused"), workItems(there, "paused"));
    }
}
