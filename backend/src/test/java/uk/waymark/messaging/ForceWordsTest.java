package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** A force says things in its own words: previewed, checked, versioned, and nobody else's. */
class ForceWordsTest extends WaymarkTest {
    private static final String UPDATE = "/v1/staff/templates/case_update";
    private static final String OURS = "Northmoor: there is news of your case. Sign in to read it. Reply STOP to stop.";
    private final ScriptedTwilio twilio = new ScriptedTwilio();

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.twilio.base-url", twilio.baseUrl());
    }

    @AfterAll
    void closeTwilio() {
        twilio.close();
    }

    @Test
    void aForcesOwnWordsAreUsedFromThenOnAndByNobodyElse() {
        var northmoor = new Casework(waymark, database, force("northmoor"));
        var glanafon = new Casework(waymark, database, force("glanafon"));
        Person told = northmoor.person("+447700900811", "safe");
        Person elsewhere = glanafon.person("+447700900812", "safe");
        northmoor.news(told);
        JsonNode before = supervisor("northmoor").get(UPDATE).expect(200).body();
        assertFalse(before.path("own").asBoolean());
        String tag = supervisor("northmoor").get(UPDATE).header("etag").orElseThrow();
        JsonNode tried = put("northmoor", tag, UPDATE + "?dry_run=true", OURS, "Newyddion.").expect(200).body();
        assertEquals(4, tried.path("texts").size());
        assertEquals(tag, supervisor("northmoor").get(UPDATE).header("etag").orElseThrow(), "only tried");

        Answer proposed = put("northmoor", tag, UPDATE, OURS, "Mae newyddion i chi, ŵ.").expect(200);
        assertFalse(proposed.body().path("own").asBoolean(), "nobody else has approved it");
        JsonNode saved = api().as(staffToken("administrator", "northmoor")).with("If-Match", proposed.header("etag").orElseThrow())
            .post(UPDATE + "/approval", Map.of("proposal_id", proposed.at("/proposal/id"))).expect(200).body();
        assertTrue(saved.path("own").asBoolean());
        assertEquals(1, saved.path("version").asInt());
        assertEquals("gsm7 78 1 1", size(saved, "en"));
        assertEquals("ucs2 23 1 2", size(saved, "cy"));
        put("northmoor", tag, UPDATE, OURS, "Eraill.").expect(412);

        northmoor.news(told);
        glanafon.news(elsewhere);
        bean(Messaging.class).drain();
        assertEquals(List.of(OURS, "There is news about your case. Sign in to Waymark to read it. Reply STOP to stop these "
            + "texts."), twilio.to(told.mobile()).stream().map(ScriptedTwilio.Taken::body).sorted().toList());
        assertTrue(twilio.onlyTo(elsewhere.mobile()).body().startsWith("There is news about your case."));
        assertFalse(supervisor("glanafon").get(UPDATE).expect(200).body().path("own").asBoolean());
        int audited = acting().as(worker("northmoor"), c -> Sql.one(c,
            "select count(*) as n from waymark.audit_log where action in ('template_proposed', 'template_approved')", r -> r.getInt("n"))
            .orElseThrow());
        assertEquals(2, audited);
    }

    @Test
    void whatIsWrongIsNamedWhereItStands() {
        String path = "/v1/staff/templates/case_correction";
        String tag = supervisor("northmoor").get(path).header("etag").orElseThrow();
        JsonNode body = put("northmoor", tag, path, "Your {court} 🙂", "a".repeat(307)).expect(422).body();
        var errors = new ArrayList<String>();
        body.path("errors").forEach(e -> errors.add(e.path("pointer").asText() + " " + e.path("detail").asText()));
        assertEquals(List.of("/texts/1/text This has characters that a text message cannot hold: [🙂].",
            "/texts/1/text This uses undeclared fields [court].",
            "/texts/3/text This takes 3 segments and may take 2."), errors);
        assertEquals("/texts", wrong(path, words("en", "neutral", "Hello"), words("en", "plain", "Hi")));
        assertEquals("/texts/1", wrong(path, words("en", "neutral", "Hello"), words("en", "neutral", "Hi")));
        assertEquals("/texts/0/text", wrong(path, words("en", "neutral", "From the police"), words("en", "plain", "Hi"),
            words("cy", "neutral", "Helo"), words("cy", "plain", "Helo")));
    }

    @Test
    void codesAreSaidAlikeByAll() {
        Api staff = supervisor("northmoor");
        String path = "/v1/staff/templates/sign_in_code";
        String tag = staff.get(path).expect(200).header("etag").orElseThrow();
        assertEquals("123456", staff.get(path).at("/fields/0/longest"));
        put("northmoor", tag, path, "{code}", "{code}").expect(409);
    }

    @Test
    void anInstanceThatShipsOtherWordsUnderAKeptVersionDoesNotStart() throws SQLException {
        String change = "update notifications.template set wording = replace(wording::text, ?, ?)::jsonb where name = 'invitation'";
        try (Connection c = database.superuser()) {
            assertEquals(1, Sql.run(c, change, "14 days", "two weeks"));
            Throwable why = assertThrows(RuntimeException.class, this::secondInstance);
            while (why.getCause() != null) {
                why = why.getCause();
            }
            assertTrue(why.getMessage().contains("invitation version 1"), why.getMessage());
            assertEquals(1, Sql.run(c, change, "two weeks", "14 days"));
        }
        secondInstance().close();
    }

    /** Where the first thing that is wrong stands. */
    @SafeVarargs
    private String wrong(String path, Map<String, String>... texts) {
        String tag = supervisor("northmoor").get(path).header("etag").orElseThrow();
        return put("northmoor", tag, path, List.of(texts)).expect(422).at("/errors/0/pointer");
    }

    private Api supervisor(String force) {
        return api().as(staffToken("supervisor", force));
    }

    private Answer put(String force, String tag, String path, String english, String welsh) {
        return put(force, tag, path, List.of(words("en", "neutral", "News for you."), words("en", "plain", english),
            words("cy", "neutral", "Newyddion i chi."), words("cy", "plain", welsh)));
    }

    private Answer put(String force, String tag, String path, List<Map<String, String>> texts) {
        return supervisor(force).with("If-Match", tag).put(path, Map.of("texts", texts));
    }

    private static Map<String, String> words(String language, String variant, String text) {
        return Map.of("language", language, "variant", variant, "text", text);
    }

    private static String size(JsonNode template, String language) {
        return StreamSupport.stream(template.path("texts").spliterator(), false)
            .filter(t -> t.path("language").asText().equals(language) && t.path("variant").asText().equals("plain"))
            .map(t -> t.path("encoding").asText() + " " + t.path("characters") + " " + t.path("segments") + " "
                + t.path("most_segments")).findFirst().orElseThrow();
    }
}
