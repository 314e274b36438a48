package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What was said is the person's own, also when messaging has forgotten it; figures stay when nobody is known any more. */
class ToldTest extends WaymarkTest {
    private static final String NEWS = "There is news about your case. Sign in to Waymark to read it. Reply STOP to stop these texts.";

    private String crime(String name, String mobile) {
        send(recorded(name + "-0", "NM/T/" + name, at(-90), victim(name, mobile)));
        return SignUp.person(this, name);
    }

    private void news(String name) {
        send(event(name + "-" + UUID.randomUUID(), "NM/T/" + name, at(-1), "suspect_arrested", Map.of("suspect_ref",
            UUID.randomUUID().toString())));
        SignUp.drain(this);
    }

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private List<JsonNode> told(Api me) {
        var items = new ArrayList<JsonNode>();
        me.get("/v1/me/notifications?limit=100").expect(200).body().path("items").forEach(items::add);
        return items;
    }

    private long count(String sql) {
        try (Connection c = database.superuser(); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Receipts come by themselves, and the clock of the sandbox answers when they are in; what they changed is told at the next round. */
    private void receipts() {
        api().post("/sandbox/clock", Map.of("advance", "PT1S")).expect(200);
        SignUp.drain(this);
    }

    @Test
    void whatWasSentIsListedWithItsWordsAndHowItWent() {
        Api me = api().as(crime("t-list", "07700 900401"));
        news("t-list");
        receipts();
        List<JsonNode> items = told(me);
        JsonNode news = items.getFirst();
        assertEquals("sms case_update en delivered kept " + NEWS, text(news, "channel", "template", "language", "state", "words",
            "text"));
        assertTrue(news.has("case_id") && news.has("settled_at") && !news.has("read_at"));
        JsonNode invitation = items.getLast();
        assertEquals("invitation never_kept", text(invitation, "template", "words"));
        assertFalse(invitation.has("text"), "it held a code");
        assertTrue(items.stream().noneMatch(i -> i.path("template").asText().equals("sign_in_code")));

        var page = me.get("/v1/me/notifications?limit=1").expect(200);
        assertEquals(news.path("id").asText(), page.at("/items/0/id"));
        String next = Api.encode(page.at("/next_cursor"));
        assertEquals(items.get(1).path("id").asText(),
            me.get("/v1/me/notifications?limit=1&cursor=" + next).expect(200).at("/items/0/id"));
    }

    private static String text(JsonNode item, String... names) {
        return String.join(" ", java.util.Arrays.stream(names).map(n -> item.path(n).asText()).toList());
    }

    @Test
    void readingIsOnesOwnAndCountsOnce() {
        Api me = api().as(crime("t-read", "07700 900402"));
        Api other = api().as(crime("t-other", "07700 900403"));
        news("t-read");
        String id = told(me).getFirst().path("id").asText();
        other.post("/v1/me/notifications/" + id + "/read", null).expect(404);
        assertTrue(told(other).stream().noneMatch(i -> i.path("id").asText().equals(id)));
        me.post("/v1/me/notifications/" + id + "/read", null).expect(204);
        String readAt = told(me).getFirst().path("read_at").asText();
        assertFalse(readAt.isEmpty());
        clocks.advanceCase(Duration.ofMinutes(1));
        me.post("/v1/me/notifications/" + id + "/read", null).expect(204);
        assertEquals(readAt, told(me).getFirst().path("read_at").asText());
    }

    @Test
    void whatHidesACaseHidesWhatWasToldOfIt() throws SQLException {
        Api me = api().as(crime("t-hide", "07700 900406"));
        news("t-hide");
        api().post("/sandbox/replies", Map.of("from", "+447700900406", "body", "Please ring me")).expect(204);
        String id = told(me).getFirst().path("id").asText();
        int all = told(me).size();
        for (String hidden : List.of("on_phones", "recorded")) {
            execute("update waymark.case_file set " + hidden + " = false where crime_reference = 'NM/T/t-hide'");
            assertTrue(told(me).stream().noneMatch(i -> i.has("case_id")), hidden);
            me.post("/v1/me/notifications/" + id + "/read", null).expect(404);
            execute("update waymark.case_file set " + hidden + " = true where crime_reference = 'NM/T/t-hide'");
        }
        assertEquals(all, told(me).size());
        me.post("/v1/me/notifications/" + id + "/read", null).expect(204);
    }

    @Test
    void wordsOutliveMessagingAndGoByTheForcesOwnRule() throws SQLException {
        Api me = api().as(crime("t-long", "07700 900404"));
        news("t-long");
        receipts();
        api().post("/sandbox/replies", Map.of("from", "+447700900404", "body", "Please ring me")).expect(204);
        clocks.advanceCase(Duration.ofDays(8));
        SignUp.drain(this);
        assertEquals(0, count("select count(*) from notifications.attempt where body is not null or address is not null"));
        assertEquals(0, count("select count(*) from notifications.message where fields is not null"));
        assertEquals(0, count("select count(*) from notifications.inbound where body is not null or sender is not null"));
        assertEquals(0, count("select count(*) from notifications.erasure where result is distinct from 'erased'"));
        assertEquals(NEWS, told(meAgain("07700 900404")).getFirst().path("text").asText());
        assertEquals("Please ring me", answer());
        String items = "select count(*) from waymark.work_item where kind = 'reply' and detail is not null";
        assertTrue(count(items) > 0);

        execute("update waymark.force set told_kept_months = 12 where code = 'northmoor'");
        bean(Told.class).forget();
        assertEquals(NEWS, told(meAgain("07700 900404")).getFirst().path("text").asText());
        execute("update waymark.work_item set completed_at = '" + at(-1) + "' where kind = 'reply'");
        clocks.advanceCase(Duration.ofDays(370));
        assertTrue(bean(Told.class).forget() >= 2);
        JsonNode wiped = told(meAgain("07700 900404")).getFirst();
        assertEquals("wiped delivered", text(wiped, "words", "state"));
        assertFalse(wiped.has("text"));
        assertEquals(0, count("select count(*) from waymark.answered where body is not null"));
        assertEquals(0, count(items));
        execute("update waymark.force set told_kept_months = null");
    }

    private Api meAgain(String mobile) {
        api().post("/v1/sign-in/codes", Map.of("mobile", mobile)).expect(202);
        return api().as(SignUp.signIn(this, "+44" + mobile.substring(1).replace(" ", "")));
    }

    private String answer() {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, "select id, body from waymark.answered",
            r -> bean(Sealing.class).openText("answered.body", Sql.uuid(r, "id"), r.getBytes("body"))).orElseThrow());
    }

    private void execute(String sql) throws SQLException {
        try (Connection c = database.superuser(); var s = c.createStatement()) {
            s.execute(sql);
        }
    }

    @Test
    void figuresCostWhatTheForceSays() throws SQLException {
        crime("t-cost", "07700 900405");
        news("t-cost");
        receipts();
        String day = bean(CaseClock.class).instant().toString().substring(0, 10);
        String path = "/v1/staff/reports/messages?from=2020-01-01&to=2020-12-31".replace("2020-01-01", at(-60 * 24 * 300)
            .substring(0, 10)).replace("2020-12-31", day) + "&by=template";
        Api analyst = api().as(staffToken("analyst", "northmoor"));
        JsonNode line = line(analyst.get(path).expect(200), "case_update");
        assertFalse(line.has("cost_pence"), "nobody has said what it costs");
        assertTrue(line.path("delivered").asLong() > 0);
        execute("update waymark.force set segment_price_pence = 4.25");
        JsonNode priced = line(analyst.get(path).expect(200), "case_update");
        assertEquals(priced.path("segments").asLong() * 4.25, priced.path("cost_pence").asDouble());

        Answer csv = analyst.with("Accept", "text/csv").get(path).expect(200);
        assertEquals("text/csv;charset=utf-8", csv.header("content-type").orElseThrow().replace(" ", "").toLowerCase(
            java.util.Locale.ROOT));
        assertTrue(csv.header("content-disposition").orElseThrow().startsWith("attachment; filename=\"messages-"));
        assertTrue(csv.text().startsWith("key,sent,delivered,failed,unknown,expired,withheld,segments,cost_pence,"), csv.text());
        assertTrue(csv.text().contains("\r\ncase_update," + priced.path("sent").asText() + ","), csv.text());
        assertEquals(0, api().as(staffToken("analyst", "glanafon")).get(path).expect(200).body().path("items").size());
        analyst.get(path.replaceFirst("from=[^&]+", "from=" + day).replaceFirst("to=[^&]+", "to=2020-01-01")).expect(400);
        analyst.get(path.replaceFirst("from=[^&]+", "from=2019-01-01")).expect(400);
        for (String year : List.of("%2B999999999", "%2B300000", "1999", "2101")) {
            Answer refused = analyst.get(path.replaceFirst("to=[^&]+", "to=" + year + "-12-31")).expect(400);
            assertTrue(refused.text().contains("/to"), refused.text());
        }
        analyst.get(path.replaceFirst("from=[^&]+", "from=-999999999-01-01")).expect(400);
        assertEquals("application/json", analyst.with("Accept", "application/json, text/csv").get(path).expect(200)
            .header("content-type").orElseThrow());
    }

    private static JsonNode line(Answer report, String key) {
        for (JsonNode line : report.body().path("items")) {
            if (line.path("key").asText().equals(key)) {
                return line;
            }
        }
        throw new AssertionError(report.text());
    }
}
