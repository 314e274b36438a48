package uk.waymark.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** The part of the audit log that a person sees. */
class AccessLogTest extends WaymarkTest {
    private static final Pattern RECORDED = Pattern.compile("audit\\.record\\(.*?;", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([a-z_]+)\"");
    /** Whose actions are handed on in a variable: by file, all that they hand on. */
    private static final Map<String, List<String>> HANDED_ON = Map.of("Pins.java", List.of("pin_set", "pin_removed"),
        "StaffDecisions.java", List.of("contact_change_allowed", "contact_change_held", "contact_change_refused"));

    private Reading northmoor() {
        return new Reading(waymark, api(), "northmoor");
    }

    private static List<String> said(JsonNode log) {
        var said = new ArrayList<String>();
        log.path("items").forEach(i -> said.add(i.path("by").asText() + ": " + i.path("what").asText()));
        return said;
    }

    @Test
    void aPersonSeesWhoLookedByRoleAndUnitAndNothingOfOthers() {
        Reading northmoor = northmoor();
        String caseId = northmoor.crime("AL/1", List.of("hate_crime"), "Penrose", Map.of("al-1", "07700 900611", "al-2", "07700 900612"));
        Api ann = api().as(SignUp.person(this, "al-1"));
        String invited = "waymark: Invited you to use this service";
        assertEquals(List.of(invited), said(ann.get("/v1/me/access-log").expect(200).body()));
        northmoor.as("officer").get("/v1/staff/cases/" + caseId).expect(200);
        northmoor.as("witness_care").get("/v1/staff/people/" + northmoor.person("al-2") + "/contact-preferences").expect(200);
        northmoor.as("witness_care").get("/v1/staff/people/" + northmoor.person("al-1") + "/contact-preferences").expect(200);
        JsonNode log = ann.get("/v1/me/access-log").expect(200).body();
        assertEquals(List.of("staff: Read how you want to be contacted", "staff: Read your details", invited), said(log));
        JsonNode first = log.at("/items/0");
        assertEquals("Witness care officer", first.at("/roles/0").asText());
        assertEquals("northmoor-unit", first.path("unit").asText());
        assertEquals("Northmoor Police", first.path("force").asText());
        assertFalse(log.toString().contains("Pemberton") || log.toString().contains("northmoor-witness-care"), log.toString());
        assertEquals(caseId, log.at("/items/1/case_id").asText());

        JsonNode welsh = ann.with("Accept-Language", "cy").get("/v1/me/access-log?limit=1").expect(200).body();
        assertEquals(List.of("staff: Darllenwyd sut yr hoffech i ni gysylltu â chi"), said(welsh));
        assertEquals("Heddlu Northmoor", welsh.at("/items/0/force").asText());
        JsonNode second = ann.get("/v1/me/access-log?limit=1&cursor=" + welsh.path("next_cursor").asText()).expect(200).body();
        assertEquals(List.of("staff: Read your details"), said(second));
        JsonNode last = ann.get("/v1/me/access-log?limit=1&cursor=" + second.path("next_cursor").asText()).expect(200).body();
        assertEquals(List.of(invited), said(last));
        assertTrue(last.path("next_cursor").isNull());

        String tag = ann.get("/v1/me/contact-preferences").expect(200).header("etag").orElseThrow();
        ann.with("If-Match", tag).put("/v1/me/contact-preferences", Map.of("language", "en", "discreet_mode", true)).expect(200);
        assertEquals("you: Changed how you are contacted", said(ann.get("/v1/me/access-log").expect(200).body()).getFirst());
    }

    @Test
    void namesAreSeenWhereTheForceLetsThem() throws SQLException {
        Reading northmoor = northmoor();
        String caseId = northmoor.crime("AL/2", List.of("hate_crime"), "Penrose", Map.of("al-3", "07700 900613"));
        Api person = api().as(SignUp.person(this, "al-3"));
        northmoor.as("officer").get("/v1/staff/cases/" + caseId).expect(200);
        try (var owner = database.login("waymark_owner")) {
            assertTrue(Sql.one(owner, "select 1 from waymark.staff_name where caller = 'staff:northmoor-officer'", r -> true).isPresent(),
                "kept for colleagues");
            assertFalse(person.get("/v1/me/access-log").expect(200).text().contains("Strand"), "and hidden from people");
            Sql.run(owner, "update waymark.force set staff_names_shown = true where code = 'northmoor'");
            assertEquals("Callum Strand", person.get("/v1/me/access-log").expect(200).at("/items/0/name"));
            Sql.run(owner, "update waymark.force set staff_names_shown = false where code = 'northmoor'");
            assertFalse(person.get("/v1/me/access-log").expect(200).text().contains("Strand"));
        }
    }

    @Test
    void whichCaseItWasIsSaidOnlyWhileTheCaseIsShown() throws SQLException {
        Reading northmoor = northmoor();
        String caseId = northmoor.crime("AL/6", List.of("hate_crime"), "Penrose", Map.of("al-6", "07700 900616"));
        Api person = api().as(SignUp.person(this, "al-6"));
        northmoor.as("officer").get("/v1/staff/cases/" + caseId).expect(200);
        assertEquals(caseId, person.get("/v1/me/access-log").expect(200).at("/items/0/case_id"));
        try (var all = database.superuser()) {
            Sql.run(all, "update waymark.case_file set on_phones = false where id = ?::uuid", caseId);
        }
        assertFalse(person.get("/v1/me/access-log").expect(200).text().contains(caseId));
    }

    /** Who holds the phone must not learn that somebody is being helped. */
    @Test
    void itTakesAFreshSignInWithAndWithoutAFlag() {
        Reading northmoor = northmoor();
        northmoor.crime("AL/3", List.of("domestic_abuse"), "Penrose", Map.of("al-4", "07700 900614"));
        northmoor.crime("AL/4", List.of(), "Penrose", Map.of("al-5", "07700 900615"));
        List<Api> people = List.of(api().as(SignUp.person(this, "al-4")), api().as(SignUp.person(this, "al-5")));
        people.forEach(person -> person.get("/v1/me/access-log").expect(200));
        clocks.advanceMachine(Duration.ofMinutes(6));
        for (Api person : people) {
            var refused = person.get("/v1/me/access-log").expect(401);
            assertTrue(refused.header("www-authenticate").orElse("").contains("insufficient_user_authentication"));
        }
    }

    @Test
    void everyActionHasItsWordsInBothLanguages() throws IOException {
        var actions = new TreeSet<String>();
        var handedOn = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                RECORDED.matcher(Files.readString(file)).results().forEach(call -> {
                    List<String> said = WORD.matcher(call.group()).results().map(m -> m.group(1)).toList();
                    actions.addAll(said);
                    if (said.isEmpty()) {
                        handedOn.add(file.getFileName().toString());
                    }
                });
            }
        }
        assertEquals(HANDED_ON.keySet(), handedOn, "say here what they hand on");
        HANDED_ON.values().forEach(actions::addAll);
        assertTrue(actions.size() > 15, actions.toString());
        for (String language : List.of("en", "cy")) {
            String any = AccessLog.what("nothing of the sort", language);
            assertEquals(List.of(), actions.stream().filter(a -> AccessLog.what(a, language).equals(any)).toList(), language);
        }
    }
}
