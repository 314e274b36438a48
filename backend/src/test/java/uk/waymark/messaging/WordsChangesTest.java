package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.TemplateStore;
import uk.waymark.notifications.Templates;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/**
 * Words go live with a second person's approval, can be withdrawn and rolled back, and nothing of it goes unseen. Each test has a
 * template of its own.
 */
class WordsChangesTest extends WaymarkTest {
    private static final String STIFF = "{\"reason\": \"The Welsh is stiff.\"}";

    private Api as(String role) {
        return api().as(staffToken(role, "northmoor"));
    }

    private static String path(String name) {
        return "/v1/staff/templates/" + name;
    }

    private static String tag(Answer answer) {
        return answer.header("etag").orElseThrow();
    }

    /** @param mark tells one wording from another */
    private static Map<String, Object> words(String mark) {
        return Map.of("reason", "People asked for it.", "texts", List.of(text("en", "neutral", "News for you" + mark),
            text("en", "plain", "News of your case" + mark), text("cy", "neutral", "Newyddion i chi" + mark),
            text("cy", "plain", "Newyddion am eich achos" + mark)));
    }

    private static Map<String, String> text(String language, String variant, String text) {
        return Map.of("language", language, "variant", variant, "text", text);
    }

    private Answer propose(String role, String name, String mark) {
        return as(role).with("If-Match", tag(as(role).get(path(name)).expect(200))).put(path(name), words(mark)).expect(200);
    }

    private Answer approve(String role, String name, Answer read) {
        return as(role).with("If-Match", tag(read)).post(path(name) + "/approval", Map.of("proposal_id", read.at("/proposal/id")));
    }

    private Answer withdraw(String role, String name, Answer read) {
        return as(role).with("If-Match", tag(read)).send("DELETE", path(name) + "/proposal", "application/json", STIFF.getBytes());
    }

    private Answer rollBack(String role, String name, String to) {
        return as(role).with("If-Match", tag(as(role).get(path(name)))).post(path(name) + "/rollback",
            Map.of("to", to, "reason", "Not clear."));
    }

    /** English, plain, as messages are made with it now. */
    private String live(String name) {
        return plain(as("supervisor").get(path(name)).expect(200).body().path("texts"));
    }

    private static String plain(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false).filter(t -> t.path("language").asText().equals("en")
            && t.path("variant").asText().equals("plain")).map(t -> t.path("text").asText()).findFirst().orElseThrow();
    }

    private List<JsonNode> items(String role, String kind, String name) {
        return StreamSupport.stream(as(role).get("/v1/staff/queue?limit=100").expect(200).body().path("items").spliterator(), false)
            .filter(i -> i.path("kind").asText().equals(kind) && i.path("reason").asText().equals(name)).toList();
    }

    @Test
    void proposedWordsWaitForASecondPersonWhoHasReadThem() {
        String name = "contact_changed";
        String before = live(name);
        Answer proposed = propose("supervisor", name, " (new).");
        assertEquals(before, plain(proposed.body().path("texts")), "nothing is said in them");
        assertEquals("News of your case (new).", plain(proposed.body().at("/proposal/texts")));
        assertEquals("northmoor-supervisor", proposed.at("/proposal/proposed_by"));
        assertEquals("People asked for it.", proposed.at("/proposal/reason"));
        assertEquals("Newyddion am eich achos (new).\n\nNews of your case (new).\n\nCymraeg? Atebwch CYMRAEG. English? Reply ENGLISH.",
            proposed.at("/proposal/together/1/preview"));
        assertEquals("own-proposal", approve("supervisor", name, proposed).expect(409).at("/type").replaceFirst(".*[/:]", ""));

        JsonNode item = items("supervisor", "template_to_approve", name).getFirst();
        Duration time = Duration.between(Instant.parse(item.path("created_at").asText()), Instant.parse(item.path("due_at").asText()));
        assertEquals(Duration.ofDays(2), time.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES), "the two are read off the clock one by one");
        String queued = "/v1/staff/queue/" + item.path("id").asText();
        as("supervisor").post(queued + "/claim", null).expect(409);
        as("administrator").post(queued + "/claim", null).expect(200);
        as("administrator").post(queued + "/completion", Map.of("outcome", "done")).expect(409);
        assertEquals(List.of(), items("witness_care", "template_to_approve", name));
        api().post("/sandbox/clock", Map.of("advance", "P2DT1H")).expect(200);
        assertTrue(items("supervisor", "template_to_approve", name).getFirst().has("escalated_at"), "nobody has looked at it");

        assertEquals("News of your case (new).", plain(as("witness_care").get(path(name)).expect(200).body().at("/proposal/texts")));
        as("witness_care").with("If-Match", tag(proposed)).put(path(name), words(".")).expect(403);
        as("analyst").get(path(name)).expect(403);
        Api elsewhere = api().as(staffToken("supervisor", "glanafon"));
        assertFalse(elsewhere.get(path(name)).expect(200).body().has("proposal"), "another force's");
        elsewhere.with("If-Match", tag(elsewhere.get(path(name)))).post(path(name) + "/approval",
            Map.of("proposal_id", proposed.at("/proposal/id"))).expect(409);

        Answer other = propose("supervisor", name, " (newer).");
        approve("administrator", name, proposed).expect(412);
        Answer approved = approve("administrator", name, other).expect(200);
        assertEquals("News of your case (newer).", plain(approved.body().path("texts")));
        assertFalse(approved.body().has("proposal"));
        assertEquals("News of your case (newer).", live(name));
        approve("administrator", name, other).expect(412);
        assertEquals(List.of(), items("supervisor", "template_to_approve", name));
        JsonNode version = as("witness_care").get(path(name) + "/versions").expect(200).body().path("items").get(0);
        assertEquals("approved northmoor-supervisor northmoor-administrator true", version.path("how").asText() + ' '
            + version.path("proposed_by").asText() + ' ' + version.path("approved_by").asText() + ' ' + version.path("live"));
        assertEquals(Set.of("template_proposed", "template_withdrawn", "template_approved"), audited());
    }

    private Set<String> audited() {
        return acting().as(worker("northmoor"), c -> new TreeSet<>(Sql.list(c, """
            select distinct action from waymark.audit_log
             where action in ('template_proposed', 'template_withdrawn', 'template_approved')""", r -> r.getString("action"))));
    }

    @Test
    void withdrawnWordsAreShownWithTheReasonAndNeverGoLive() {
        String name = "new_sign_in";
        String before = live(name);
        Answer proposed = propose("supervisor", name, ".");
        as("administrator").send("DELETE", path(name) + "/proposal", "application/json", STIFF.getBytes()).expect(428);
        Answer withdrawn = withdraw("administrator", name, proposed).expect(200);
        assertEquals("withdrawn northmoor-administrator The Welsh is stiff.", withdrawn.at("/withdrawn/state") + ' '
            + withdrawn.at("/withdrawn/ended_by") + ' ' + withdrawn.at("/withdrawn/ended_reason"));
        withdraw("administrator", name, withdrawn).expect(409);
        as("administrator").with("If-Match", tag(withdrawn)).post(path(name) + "/approval",
            Map.of("proposal_id", proposed.at("/proposal/id"))).expect(409);
        assertEquals(before, live(name));
        assertEquals(List.of(), items("supervisor", "template_to_approve", name));
        assertFalse(propose("supervisor", name, "!").body().has("withdrawn"));
    }

    @Test
    void wordsThatWereLiveComeBackWithoutASecondPersonAndTheOthersAreTold() {
        String name = "weekly_summary";
        String shipped = live(name);
        approve("administrator", name, propose("supervisor", name, " one.")).expect(200);
        approve("administrator", name, propose("supervisor", name, " two.")).expect(200);
        rollBack("supervisor", name, "2").expect(409);
        rollBack("supervisor", name, "3").expect(422);
        rollBack("supervisor", name, "1").expect(200);
        assertEquals("News of your case one.", live(name));
        assertEquals(false, rollBack("supervisor", name, "shipped").expect(200).body().path("own").asBoolean());
        rollBack("supervisor", name, "shipped").expect(409);
        assertEquals(shipped, live(name));
        var lived = new ArrayList<String>();
        as("supervisor").get(path(name) + "/versions").expect(200).body().path("items").forEach(v -> lived.add(v.path("to").asText() + ' '
            + v.path("version") + ' ' + v.path("how").asText() + ' ' + v.path("back_to").asText() + ' ' + v.path("live")));
        assertEquals(List.of("shipped 4 rolled_back shipped true", "3 3 rolled_back 1 false", "2 2 approved  false", "1 1 approved  false",
            "shipped 0 shipped  false"), lived);
        List<JsonNode> told = items("administrator", "template_rolled_back", name);
        assertEquals(2, told.size());
        String item = "/v1/staff/queue/" + told.getFirst().path("id").asText();
        as("supervisor").post(item + "/completion", Map.of("outcome", "done")).expect(409);
        as("administrator").post(item + "/completion", Map.of("outcome", "done")).expect(204);
        assertEquals(List.of(), items("witness_care", "template_rolled_back", name));
    }

    /** Rules may become stricter: what was written by older ones is not said again. */
    @Test
    void whatMayNotBeSaidTodayNeitherGoesLiveNorComesBack() throws Exception {
        String name = "case_correction";
        approve("administrator", name, propose("supervisor", name, " one.")).expect(200);
        approve("administrator", name, propose("supervisor", name, " two.")).expect(200);
        Answer waits = propose("supervisor", name, " three.");
        try (var c = database.superuser()) {
            Sql.run(c, """
                update notifications.template set wording = replace(wording::text, 'your case one', 'a victim')::jsonb
                 where version = 1 and name = 'case_correction' and tenant is not null""");
            Sql.run(c, """
                update waymark.template_proposal set texts = replace(texts::text, 'your case three', 'a victim')::jsonb
                 where name = 'case_correction' and state = 'waiting'""");
        }
        assertTrue(rollBack("supervisor", name, "1").expect(409).at("/detail").contains("victim"));
        assertTrue(approve("administrator", name, waits).expect(409).at("/detail").contains("victim"));
        assertEquals("News of your case two.", live(name));
    }

    /** Words that one person has saved before a second was asked for stay, are listed as such, and can come back. */
    @Test
    void whatWasSavedBeforeStaysWhatItWas() {
        String name = "case_update";
        var store = bean(TemplateStore.class);
        acting().as(worker("northmoor"), c -> store.save(c, force("northmoor"), store.own(name, 1, Map.of("en", Map.of("neutral", "News.",
            "plain", "Old news."), "cy", Map.of("neutral", "Newyddion.", "plain", "Hen newyddion.")))));
        assertEquals("Old news.", live(name));
        approve("administrator", name, propose("supervisor", name, ".")).expect(200);
        assertEquals("saved", as("supervisor").get(path(name) + "/versions").expect(200).at("/items/1/how"));
        rollBack("administrator", name, "1").expect(200);
        assertEquals("Old news.", live(name));
    }

    /** Of two who decide at the same moment, one is told to read again. */
    @Test
    void whoDecidesAtTheSameTimeDecidesOnce() {
        String name = "reply_received";
        Answer proposed = propose("supervisor", name, ".");
        Api second = as("administrator").with("If-Match", tag(proposed));
        var tries = List.of(
            CompletableFuture.supplyAsync(() -> second.post(path(name) + "/approval", Map.of("proposal_id", proposed.at("/proposal/id")))),
            CompletableFuture.supplyAsync(() -> second.post(path(name) + "/approval", Map.of("proposal_id", proposed.at("/proposal/id")))),
            CompletableFuture.supplyAsync(() -> second.send("DELETE", path(name) + "/proposal", "application/json", STIFF.getBytes())),
            CompletableFuture.supplyAsync(() -> second.put(path(name), words("!"))));
        assertEquals(List.of(200, 412, 412, 412), tries.stream().map(t -> t.join().status()).sorted().toList());
    }

    @Test
    void oneOfTheTwoIsASupervisor() {
        var changes = bean(WordsChanges.class);
        String name = "invitation";
        Caller.Staff one = new Caller.Staff(force("northmoor"), "admin-one", Set.of("administrator"));
        Caller.Staff two = new Caller.Staff(force("northmoor"), "admin-two", Set.of("administrator"));
        String read = bean(ForceWords.class).read(one, name).tag();
        var texts = new ArrayList<WordsChanges.Words>();
        List.of("en", "cy").forEach(l -> List.of("neutral", "plain").forEach(v -> texts.add(new WordsChanges.Words(l, v, "{code}."))));
        var proposed = changes.propose(one, name, texts, null, read, false);
        assertEquals("A supervisor approves these words", assertThrows(ProblemException.class,
            () -> changes.approve(two, name, proposed.proposal().id(), proposed.tag())).getMessage());
        assertEquals(1, items("supervisor", "template_to_approve", name).size());
        assertEquals(0, items("administrator", "template_to_approve", name).size(), "it is not for them to decide");
        approve("supervisor", name, as("supervisor").get(path(name))).expect(200);
    }

    @Test
    void everyTextSaysWhatItCostsWhereTheForceHasAPrice() throws Exception {
        assertFalse(as("supervisor").get(path("case_update")).expect(200).body().at("/texts/0").has("cost_pence"));
        try (var c = database.superuser()) {
            Sql.run(c, "update waymark.force set segment_price_pence = 4.25");
            JsonNode priced = as("supervisor").get(path("reminder_details")).expect(200).body();
            Sql.run(c, "update waymark.force set segment_price_pence = null");
            for (JsonNode text : List.of(priced.at("/texts/1"), priced.at("/texts/3"), priced.at("/together/1"))) {
                assertEquals(4.25 * text.path("segments").asInt(), text.path("cost_pence").asDouble(), text.toString());
            }
            assertTrue(priced.at("/together/1/segments").asInt() > priced.at("/texts/1/segments").asInt());
        }
    }

    @Test
    void everyMessageButCodesIsTheForcesToWordAndNeverSaysLessThanItsPeopleNeed() {
        for (String name : bean(Templates.class).names()) {
            Answer read = as("supervisor").get(path(name)).expect(200);
            var texts = new ArrayList<Map<String, String>>();
            read.body().path("texts").forEach(t -> texts.add(text(t.path("language").asText(), t.path("variant").asText(),
                t.path("text").asText())));
            Api put = as("supervisor").with("If-Match", tag(read));
            boolean code = Set.of("sign_in_code", "contact_confirmation").contains(name);
            put.put(path(name) + "?dry_run=true", Map.of("texts", texts)).expect(code ? 409 : 200);
            boolean dated = texts.stream().anyMatch(t -> t.get("text").contains("{when_en}"));
            if (dated) {
                var lost = texts.stream().map(t -> text(t.get("language"), t.get("variant"), t.get("text")
                    .replaceAll("\\{when_(en|cy)}", "soon"))).toList();
                assertTrue(put.put(path(name) + "?dry_run=true", Map.of("texts", lost)).expect(422).text().contains("when_cy"), name);
            }
        }
    }
}
