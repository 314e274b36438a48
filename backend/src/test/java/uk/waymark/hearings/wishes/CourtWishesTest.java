package uk.waymark.hearings.wishes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import uk.waymark.hearings.CourtDay;
import uk.waymark.platform.Caller;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;

/** Days to avoid and needs for the day: what people say in the app, and what staff make of it. */
class CourtWishesTest extends CourtDay {

    private static Answer put(Api me, String path, Object body) {
        return me.with("If-Match", me.get(path).expect(200).header("etag").orElseThrow()).put(path, body);
    }

    @Test
    void daysToAvoidAreGivenOnAndHeldAgainstWhatIsListed() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        String path = "/v1/me/cases/" + witness.caseId() + "/availability";
        put(me, path, Map.of("dates_to_avoid", List.of(Map.of("from", "2027-06-14", "to", "2027-06-18", "reason", "My exams"))))
            .expect(200);
        assertEquals(List.of("availability_given given 24h"), queue(witness));
        assertTrue(detail(witness, "availability_given").contains("2027-06-14 to 2027-06-18: My exams"));
        Answer read = staff().get("/v1/staff/people/" + witness.person() + "/availability").expect(200);
        assertEquals("My exams", read.at("/cases/0/dates_to_avoid/0/reason"));

        move(witness, "2027-06-15T10:00:00+01:00");
        assertTrue(queue(witness).contains("listed_on_avoided_date on_the_day 24h"), queue(witness)::toString);
        move(witness, "2027-06-21T10:00:00+01:00");
        assertEquals(List.of("availability_given given 24h"), queue(witness));
        put(me, path, Map.of("dates_to_avoid", List.of(Map.of("from", "2027-06-21", "to", "2027-06-21")))).expect(200);
        assertEquals(List.of("availability_given given_after_listing 24h"), queue(witness), "the newest stands for those before");
        assertTrue(detail(witness, "availability_given").contains("Monday 21 June, 10am"));
    }

    @Test
    void needsForTheDayAreAWishThatIsPassedOn() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        String path = "/v1/me/cases/" + witness.caseId() + "/needs";
        Answer said = put(me, path, Map.of("screens", true, "interpreter", Map.of("language", "pl"), "other", "A chair with arms"))
            .expect(200);
        assertTrue(said.at("/next").contains("for others to decide"));
        assertEquals("pl", me.get(path).expect(200).at("/interpreter/language"));
        assertEquals(List.of("needs_given given 24h"), queue(witness));
        assertTrue(detail(witness, "needs_given").endsWith("Screens\nInterpreter: pl\nA chair with arms"));
        Answer read = staff().get("/v1/staff/people/" + witness.person() + "/needs").expect(200);
        assertTrue(read.body().at("/cases/0/needs/screens").asBoolean());
    }

    @Test
    void whoIsAskedIsWhatTheContractSays() throws IOException {
        Map<String, Map<String, Map<String, Boolean>>> table;
        try (var in = Files.newInputStream(Path.of("../api-spec/openapi/what-a-role-sees.yaml"))) {
            table = Map.of("gives", new Yaml().<Map<String, Map<String, Map<String, Boolean>>>>load(in).get("gives"));
        }
        table.get("gives").forEach((what, roles) -> assertEquals(MyWishes.ASKED, roles.entrySet().stream()
            .filter(Map.Entry::getValue).map(Map.Entry::getKey).collect(Collectors.toSet()), what));
    }

    @Test
    void whatWasAskedForIsTakenAlong() {
        Needed witness = needed();
        String token = SignUp.person(this, witness.id());
        Api me = api().as(token);
        put(me, "/v1/me/cases/" + witness.caseId() + "/availability", Map.of("dates_to_avoid",
            List.of(Map.of("from", "2027-06-14", "to", "2027-06-18", "reason", "My exams")))).expect(200);
        put(me, "/v1/me/cases/" + witness.caseId() + "/needs", Map.of("screens", true)).expect(200);
        var taken = new ArrayList<Map<String, Object>>();
        bean(ExportedWishes.class).to(caller(token), "cy", taken::add);
        assertTrue(taken.stream().anyMatch(i -> "My exams".equals(i.get("reason")) && "2027-06-14".equals(i.get("from"))));
        assertTrue(taken.stream().anyMatch(i -> Boolean.TRUE.equals(i.get("screens"))));
    }

    private static Caller.Person caller(String token) {
        try {
            var claims = SignedJWT.parse(token).getJWTClaimsSet();
            return new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")), Instant.EPOCH);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
