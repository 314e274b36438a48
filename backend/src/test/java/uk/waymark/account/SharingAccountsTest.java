package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who comes to share an account or a number, and who does not: docs/adr/0004-who-shares-an-account.md. */
class SharingAccountsTest extends AccountTest {

    @Test
    void onePersonWithCasesInTwoForcesHasOneAccount() {
        String number = number();
        Told north = victim(NORTHMOOR, "Rhiannon", "Vale", number);
        Told west = victim(GLANAFON, "RHIANNON", "Vále", number);
        Tokens first = signUp(north);
        Tokens second = signUp(west);
        assertEquals(List.of(north.reference(), west.reference()).stream().sorted().toList(), references(second));
        assertEquals(references(second), references(first));
        assertEquals(me(first).at("/account_id"), me(second).at("/account_id"));
    }

    @Test
    void motherAndChildShareANumberAndNotAnAccount() {
        String number = number();
        String reference = "REF/FAMILY/1";
        var mother = person("mother-1", "Megan", "Frost", number, "safe");
        mother.put("role", "parent");
        mother.put("for", List.of("child-1"));
        List<Told> told = report(NORTHMOOR, reference, List.of(), person("child-1", "Tom", "Frost", number, "safe"),
            mother);
        Tokens child = signUp(told.get(0));
        Tokens mothers = signUp(told.get(1));
        assertNotEquals(me(child).at("/account_id"), me(mothers).at("/account_id"));
        assertEquals(1, me(child).body().path("cases").size());
        assertEquals(0, me(child).body().path("cases").findValues("on_behalf_of").size());
        assertEquals(1, me(mothers).body().path("cases").size());
        assertEquals(1, me(mothers).body().path("cases").findValues("on_behalf_of").size());
        assertTrue(me(child).body().path("pin_needed").isMissingNode(), "who has the number alone at first needs none");
        assertTrue(me(mothers).body().path("pin_needed").asBoolean());
        assertTrue(workItems(told.get(0), "number_passed_on").isEmpty());
    }

    @Test
    void aNumberThatPassedToSomebodyElseTakesNothingAlong() {
        String number = number();
        Told old = victim(NORTHMOOR, "Olwen", "Past", number);
        Tokens oldDevice = signUp(old);
        Told next = victim(GLANAFON, "Nadia", "Present", number);
        Tokens newDevice = signUp(next);
        assertEquals(List.of(next.reference()), references(newDevice));
        me(oldDevice).expect(401);
        assertEquals(List.of(next.reference()), references(again(number)));
        assertEquals(List.of("taken_up_by_another"), workItems(old, "number_passed_on"));
        assertTrue(workItems(next, "number_passed_on").isEmpty());
    }

    @Test
    void aSecondPersonOfTheSameNameButAnotherBirthdayIsSomebodyElse() {
        String number = number();
        var father = person("father-2", "John", "Ash", number, "safe");
        father.put("date_of_birth", "1960-01-01");
        var son = person("son-2", "John", "Ash", number, "safe");
        son.put("date_of_birth", "1990-01-01");
        Told old = report(NORTHMOOR, "REF/ASH/1", List.of(), father).getFirst();
        Told next = report(GLANAFON, "REF/ASH/2", List.of(), son).getFirst();
        Tokens first = signUp(old);
        Tokens second = signUp(next);
        assertEquals(List.of("REF/ASH/2"), references(second));
        me(first).expect(401);
    }

    @Test
    void whoIsSignedInAddsACaseToTheirAccount() {
        String number = number();
        Told first = victim(NORTHMOOR, "Sal", "Reed", number);
        Tokens tokens = signUp(first);
        Told second = victim(GLANAFON, "Sally", "Reed-Jones", number);
        activate(api().as(tokens.access()), second, number).expect(202);
        Tokens more = signIn(number, code(number));
        assertEquals(2, references(more).size());
        assertEquals(2, references(tokens).size());
        activate(api().as("nonsense"), victim(NORTHMOOR, "Tam", "Reed", number()), number).expect(401);
    }

    @Test
    void aLinkWhoseForceHoldsAnotherNumberByNowIsNotCarriedOver() {
        String number = number();
        String reference = "REF/FAMILY/3";
        var mother = person("mother-3", "Una", "Hill", number, "safe");
        mother.put("role", "parent");
        mother.put("for", List.of("child-3"));
        List<Told> told = report(NORTHMOOR, reference, List.of(), person("child-3", "Vic", "Hill", number, "safe"),
            mother,
            person("aunt-3", "Wyn", "Hill", number, "safe"));
        Tokens aunt = signUp(told.get(2));
        Tokens child = signUp(told.get(0));
        tell(NORTHMOOR, reference, "person_changed", Map.of("source_person_id", "aunt-3", "mobile", number(),
            "mobile_safe", "safe"));
        Tokens mothers = signUp(told.get(1));
        assertEquals(1, me(mothers).body().path("cases").size());
        assertEquals(List.of("number_no_longer_held"), workItems(told.get(2), "number_passed_on"));
        me(aunt).expect(401);
        me(child).expect(200);
        assertEquals(me(child).at("/account_id"), me(again(number)).at("/account_id"), "who has no PIN and needs none");
    }

    @Test
    void staffEndALinkAndThePersonCanBeInvitedAgain() {
        Told told = victim(NORTHMOOR, "Xan", "Moor", number());
        Tokens tokens = signUp(told);
        var officer = api().as(staffToken("officer", NORTHMOOR));
        String people = "/v1/staff/people/" + told.id();
        officer.post(people + "/invitations", Map.of("hand_over", "letter")).expect(409);
        api().as(staffToken("officer", GLANAFON)).delete(people + "/account-link").expect(404);
        api().as(staffToken("analyst", NORTHMOOR)).delete(people + "/account-link").expect(403);
        officer.delete(people + "/account-link").expect(204);
        officer.delete(people + "/account-link").expect(404);
        me(tokens).expect(401);
        assertEquals(List.of(), references(again(told.mobile())), "an account that nobody is linked to sees nothing");
        officer.post(people + "/invitations", Map.of("hand_over", "letter")).expect(201);
        Tokens back = signUp(told);
        assertEquals(List.of(told.reference()), references(back));
        assertNotEquals("", me(back).at("/account_id"));
    }

    @Test
    void whoLeavesTheCaseOrDiesIsCutOffAtOnce() {
        Told left = victim(NORTHMOOR, "Yan", "Birch", number());
        Tokens leaving = signUp(left);
        tell(NORTHMOOR, left.reference(), "person_removed", Map.of("source_person_id", left.sourceId()));
        me(leaving).expect(401);
        Told died = victim(NORTHMOOR, "Zoe", "Birch", number());
        Tokens tokens = signUp(died);
        tell(NORTHMOOR, died.reference(), "person_changed", Map.of("source_person_id", died.sourceId(), "deceased",
            true));
        me(tokens).expect(401);
    }
}
