package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Several people in one case, or on one phone, and those who must hear it from a person first. */
class OtherPeopleTest extends ScenarioTest {

    /** All that somebody signed in can read. */
    private String everything(String access) {
        Api api = api().as(access);
        String caseId = caseId(access);
        var read = new StringBuilder();
        for (String path : List.of("/v1/me", "/v1/me/cases", "/v1/me/cases/" + caseId, "/v1/me/cases/" + caseId + "/timeline",
                "/v1/me/notifications", PREFERENCES, "/v1/me/devices", "/v1/me/access-log")) {
            Answer answer = api.get(path).expect(200);
            read.append(answer.headers().map()).append(answer.text());
        }
        api.get("/v1/me/cases/" + caseId + "/timeline").body().path("items").forEach(e ->
            read.append(api.get("/v1/me/cases/" + caseId + "/timeline/" + e.path("id").asText()).expect(200).text()));
        return read.toString().toLowerCase(Locale.ROOT);
    }

    private static void saysNothingOf(String read, Somebody other) {
        var traces = new ArrayList<>(other.traces());
        traces.remove(other.reference()); // of the case that they share
        traces.add(String.valueOf(other.id()));
        traces.forEach(t -> assertFalse(read.contains(t.toLowerCase(Locale.ROOT)), "one reads of the other: " + t));
    }

    @Test
    @DisplayName("S54 Two women were hurt by the same man and do not know of each other")
    void twoVictims() {
        List<Somebody> both = report(NORTHMOOR, List.of(), Map.of(), part("victim", number(), "safe"), part("victim", number(), "safe"));
        Tokens one = signUp(both.getFirst());
        Tokens other = signUp(both.getLast());
        news(both.getFirst());
        tell(NORTHMOOR, both.getFirst().reference(), "hearing_listed", Map.of("hearing_id", "h-" + both.getFirst().sourceId(), "kind",
            "trial", "starts_at", clocks.caseNow().plusSeconds(40 * 86_400).toString(), "court", Map.of("ou_code", "B44NM00", "name",
            "Northmoor Crown Court"), "required", List.of(both.getFirst().sourceId(), both.getLast().sourceId()), "notify", true,
            "received_at", now()));
        saysNothingOf(everything(one.access()), both.getLast());
        saysNothingOf(everything(other.access()), both.getFirst());
    }

    @Test
    @DisplayName("S55 A witness is his cousin, and looks what the case says of her")
    void theWitness() {
        Map<String, Object> cousin = part("witness", number(), "safe");
        List<Somebody> both = report(NORTHMOOR, List.of(), Map.of(), part("victim", number(), "safe"), cousin);
        Somebody her = both.getFirst();
        Tokens witness = signUp(both.getLast());
        news(her);
        String read = everything(witness.access());
        saysNothingOf(read, her);
        assertFalse(read.contains("suspect_charged"), "nothing of suspects");
        Tokens hers = signUp(her);
        String entry = api().as(hers.access()).get("/v1/me/cases/" + caseId(hers.access()) + "/timeline").expect(200).at("/items/0/id");
        api().as(witness.access()).get("/v1/me/cases/" + caseId(witness.access()) + "/timeline/" + entry).expect(404);
    }

    @Test
    @DisplayName("S56 He has an account of his own and tries the addresses of her things")
    void somebodyElsesThings() {
        Somebody her = victim("domestic_abuse");
        Somebody him = victim();
        String hers = signUpWithPin(her).access();
        String caseId = caseId(hers);
        String device = api().as(hers).get("/v1/me/devices").expect(200).at("/items/0/id");
        String message = api().as(hers).get("/v1/me/notifications").expect(200).at("/items/0/id");
        Abuser he = abuser();
        Api his = he.in(signUp(him).access());
        his.get("/v1/me/cases/" + caseId).expect(404);
        his.get("/v1/me/cases/" + caseId + "/timeline").expect(404);
        his.delete("/v1/me/devices/" + device).expect(404);
        if (!message.isEmpty()) {
            his.post("/v1/me/notifications/" + message + "/read", null).expect(404);
        }
        api().as(hers).get("/v1/me").expect(200);
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S57 A father may not hear of his daughter's case any more: it ends at once")
    void theParentIsOut() {
        Map<String, Object> child = part("victim", number(), "safe");
        child.put("date_of_birth", clocks.caseNow().toString().substring(0, 4).transform(y -> Integer.parseInt(y) - 14) + "-01-01");
        Map<String, Object> father = part("parent", number(), "safe");
        father.put("for", List.of(child.get("source_person_id")));
        List<Somebody> both = report(NORTHMOOR, List.of("child"), Map.of(), child, father);
        Tokens his = signUp(both.getLast());
        int before = phone(both.getLast().mobile()).size();
        tell(NORTHMOOR, both.getFirst().reference(), "person_changed", Map.of("source_person_id", both.getFirst().sourceId(),
            "contact", "child"));
        news(both.getFirst());
        Abuser he = abuser();
        he.in(his.access()).get("/v1/me/cases").expect(401);
        assertEquals(before, he.readsThePhone(both.getLast().mobile()).size());
        he.hasLearnedNothingOf(both.getFirst());
    }

    @Test
    @DisplayName("S58 Mother and son: what was sent to one is not in the other's list")
    void motherAndSon() {
        Map<String, Object> child = part("victim", number(), "safe");
        Map<String, Object> mother = part("parent", number(), "safe");
        mother.put("for", List.of(child.get("source_person_id")));
        List<Somebody> both = report(NORTHMOOR, List.of(), Map.of(), child, mother);
        Tokens son = signUp(both.getFirst());
        Tokens mum = signUp(both.getLast());
        news(both.getFirst());
        var ids = new ArrayList<String>();
        api().as(son.access()).get("/v1/me/notifications").expect(200).body().path("items").forEach(n -> ids.add(n.path("id").asText()));
        assertFalse(ids.isEmpty());
        String hers = api().as(mum.access()).get("/v1/me/notifications").expect(200).text();
        ids.forEach(id -> assertFalse(hers.contains(id)));
        ids.forEach(id -> api().as(mum.access()).post("/v1/me/notifications/" + id + "/read", null).expect(404));
        saysNothingOf(everything(mum.access()), both.getFirst());
    }

    @Test
    @DisplayName("S59 A family has lost somebody, and must not read on a phone what the officer has not told them")
    void theFamilyFirst() {
        Somebody mother = report(NORTHMOOR, List.of("bereaved", "family_liaison"), Map.of("liaison_officer", Map.of("name",
            "DC Mark Ellis", "collar_number", "2744", "team", "Family Liaison")), part("bereaved_relative", number(), "safe")).getFirst();
        Tokens hers = signUp(mother);
        int before = phone(mother.mobile()).size();
        news(mother);
        assertEquals(before, phone(mother.mobile()).size());
        String caseId = caseId(hers.access());
        assertEquals(0, api().as(hers.access()).get("/v1/me/cases/" + caseId + "/timeline").expect(200).body().path("items").size());
        JsonNode read = api().as(hers.access()).get("/v1/me/cases/" + caseId).expect(200).body();
        assertEquals("reported", read.at("/stage/code").asText(), "nor does the stage move");
        assertTrue(read.path("told_in_person").asText().contains("DC Mark Ellis"), "it says who will be in touch");
        theUnitHas(mother, "tell_in_person");
    }

    @Test
    @DisplayName("S60 Something hard to read: it is announced, and opened when she chooses")
    void hardToRead() {
        Somebody her = victim();
        Tokens hers = signUp(her);
        tell(her.force(), her.reference(), "sentence", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Two years, suspended.")));
        String caseId = caseId(hers.access());
        String list = api().as(hers.access()).get("/v1/me/cases/" + caseId + "/timeline").expect(200).text();
        assertFalse(list.contains("suspended"), "not in the list that somebody reads over her shoulder");
        String id = api().as(hers.access()).get("/v1/me/cases/" + caseId + "/timeline").at("/items/0/id");
        assertTrue(api().as(hers.access()).get("/v1/me/cases/" + caseId + "/timeline/" + id).expect(200).text().contains("suspended"));
    }

    @Test
    @DisplayName("S61 A mother and her son share a phone; at eighteen it is his alone")
    void eighteen() {
        Map<String, Object> son = part("victim", number(), "safe");
        var birthday = clocks.caseNow().atZone(java.time.ZoneId.of("Europe/London")).toLocalDate().plusDays(3).minusYears(18);
        son.put("date_of_birth", birthday.toString());
        Map<String, Object> mother = part("parent", number(), "safe");
        mother.put("for", List.of(son.get("source_person_id")));
        List<Somebody> both = report(NORTHMOOR, List.of(), Map.of(), son, mother);
        Tokens hers = signUp(both.getLast());
        api().as(hers.access()).get("/v1/me/cases").expect(200);
        later("P4D");
        api().as(hers.access()).get("/v1/me/cases").expect(401);
        assertFalse(invitation(both.getFirst()).isEmpty(), "he is invited himself");
    }

    @Test
    @DisplayName("S62 A reporting restriction: neither the offence nor what the force wrote")
    void aReportingRestriction() {
        Somebody her = report(NORTHMOOR, List.of("reporting_restriction"), Map.of(), part("victim", number(), "safe")).getFirst();
        Tokens hers = signUp(her);
        tell(her.force(), her.reference(), "suspect_bailed", Map.of("suspect_ref", "s", "detail", Map.of("en", "Mr Smith must not come.")));
        String read = everything(hers.access());
        assertFalse(read.contains("something dreadful"), "the offence");
        assertFalse(read.contains("mr smith"), "words that nobody has read over");
    }
}
