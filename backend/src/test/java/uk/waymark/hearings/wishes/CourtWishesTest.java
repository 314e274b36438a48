package uk.waymark.hearings.wishes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
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
    void inDiscreetModeAFoundSessionReadsNobodysOwnWords() {
        Needed witness = needed("domestic_abuse");
        String token = SignUp.person(this, witness.id());
        Api me = api().as(token);
        String days = "/v1/me/cases/" + witness.caseId() + "/availability";
        String needs = "/v1/me/cases/" + witness.caseId() + "/needs";
        Map<String, Object> away = Map.of("from", "2027-06-14", "to", "2027-06-18", "reason", "I stay with my sister");
        put(me, days, Map.of("dates_to_avoid", List.of(away))).expect(200);
        put(me, needs, Map.of("screens", true, "other", "He must not see me")).expect(200);
        assertEquals("I stay with my sister", me.get(days).expect(200).at("/dates_to_avoid/0/reason"), "who has just signed in reads them");
        assertEquals("He must not see me", me.get(needs).expect(200).at("/other"));
        clocks.advanceMachine(java.time.Duration.ofMinutes(6));
        Answer found = me.get(days).expect(200);
        assertEquals("2027-06-14", found.at("/dates_to_avoid/0/from"));
        assertFalse(found.text().contains("sister"), found::text);
        assertTrue(found.body().path("words_left_out").asBoolean());
        Answer what = me.get(needs).expect(200);
        assertTrue(what.body().path("screens").asBoolean() && what.body().path("words_left_out").asBoolean(), what::text);
        assertFalse(what.text().contains("He must"), what::text);
        Answer more = put(me, days, Map.of("dates_to_avoid", List.of(Map.of("from", "2027-06-14", "to", "2027-06-18"),
            Map.of("from", "2027-07-01", "to", "2027-07-02")))).expect(200);
        assertFalse(more.text().contains("sister"), more::text);
        assertFalse(put(me, needs, Map.of("live_link", true)).expect(200).text().contains("He must"));
        Answer staff = staff().get("/v1/staff/people/" + witness.person() + "/availability").expect(200);
        assertEquals("I stay with my sister", staff.at("/cases/0/dates_to_avoid/0/reason"), "what was not read back is not taken back");
        assertEquals(2, staff.body().at("/cases/0/dates_to_avoid").size());
        assertEquals("He must not see me", staff().get("/v1/staff/people/" + witness.person() + "/needs").expect(200).at("/cases/0/needs/other"));
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

    private static final String BY_STAFF = "/v1/staff/people/";

    private Answer putForThem(Needed person, String what, Map<String, Object> said) {
        String path = BY_STAFF + person.person() + '/' + what;
        return staff().with("If-Match", staff().get(path).expect(200).header("etag").orElseThrow()).put(path, said);
    }

    private List<JsonNode> parcels(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select id, data from waymark.outbound_parcel where person_id = ? order by created_at, id""", r -> {
                try {
                    return Api.JSON.readTree(bean(Sealing.class).open("outbound_parcel.data", Sql.uuid(r, "id"), r.getBytes("data")));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }, needed.person()));
    }

    private UUID subject(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select subject_id from waymark.outbound_parcel where person_id = ? order by created_at desc, id desc limit 1""",
            r -> Sql.uuid(r, "subject_id"), needed.person())).orElseThrow();
    }

    @Test
    void staffPutDownWhatSomebodySaysAndThePersonSeesIt() {
        Needed witness = needed();
        Map<String, Object> days = Map.of("case_id", witness.caseId(), "dates_to_avoid",
            List.of(Map.of("from", "2027-06-14", "to", "2027-06-18", "reason", "Exams")), "reason", "She rang us.");
        staff().put(BY_STAFF + witness.person() + "/availability", days).expect(428);
        Answer put = putForThem(witness, "availability", days).expect(200);
        assertEquals("She rang us.", put.at("/cases/0/reason"));
        assertFalse(put.at("/cases/0/given_by").isEmpty());
        assertEquals(List.of("availability_given given 24h"), queue(witness));
        staff().with("If-Match", "\"old\"").put(BY_STAFF + witness.person() + "/availability", days).expect(412);
        putForThem(witness, "needs", Map.of("case_id", witness.caseId(), "needs", Map.of("screens", true), "reason", "She rang us."))
            .expect(200);
        api().as(staffToken("witness_care", "glanafon")).with("If-Match", "*").put(BY_STAFF + witness.person() + "/needs",
            Map.of("case_id", witness.caseId(), "needs", Map.of("screens", true), "reason", "x")).expect(404);
        api().as(staffToken("analyst", "northmoor")).with("If-Match", "*").put(BY_STAFF + witness.person() + "/needs",
            Map.of("case_id", witness.caseId(), "needs", Map.of("screens", true), "reason", "x")).expect(403);

        Api me = api().as(SignUp.person(this, witness.id()));
        String path = "/v1/me/cases/" + witness.caseId() + "/availability";
        Answer mine = me.get(path).expect(200);
        assertTrue(mine.body().path("by_staff").asBoolean());
        assertEquals("2027-06-14", mine.at("/dates_to_avoid/0/from"));
        assertFalse(mine.text().contains("She rang us."), "why is for staff");
        assertTrue(me.get("/v1/me/cases/" + witness.caseId() + "/needs").expect(200).body().path("by_staff").asBoolean());
        assertTrue(me.get("/v1/me/access-log?limit=100").expect(200).text().contains("Put down for you which days do not suit you"));
        put(me, path, Map.of("dates_to_avoid", List.of())).expect(200);
        assertTrue(me.get(path).expect(200).body().path("by_staff").isMissingNode(), "said by themselves since");
        assertEquals(2, actions(witness).size(), actions(witness).toString());
    }

    private List<String> actions(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select action from waymark.audit_log where person_id = ? and action in ('availability_recorded', 'needs_recorded')""",
            r -> r.getString("action"), needed.person()));
    }

    @Test
    void daysToAvoidGoToTheForceOnceForEachChangeAndAReceiptIsOfWhatItWasFor() {
        Needed witness = needed();
        Api me = api().as(SignUp.person(this, witness.id()));
        String path = "/v1/me/cases/" + witness.caseId() + "/availability";
        put(me, path, Map.of("dates_to_avoid", List.of(Map.of("from", "2027-06-14", "to", "2027-06-18", "reason", "My exams")))).expect(200);
        UUID first = subject(witness);
        putForThem(witness, "availability", Map.of("case_id", witness.caseId(), "dates_to_avoid",
            List.of(Map.of("from", "2027-06-15", "to", "2027-06-15")), "reason", "He rang.")).expect(200);
        UUID second = subject(witness);
        List<JsonNode> parcels = parcels(witness);
        assertEquals(2, parcels.size());
        assertEquals("{\"from\":\"2027-06-14\",\"to\":\"2027-06-18\",\"reason\":\"My exams\"}", parcels.getFirst().at("/dates_to_avoid/0")
            .toString());
        assertFalse(parcels.getFirst().path("by_staff").asBoolean());
        assertTrue(parcels.getLast().path("by_staff").asBoolean());
        arrived(first);
        assertTrue(me.get(path).expect(200).body().path("passed_on_at").isMissingNode(), "what was changed since has not arrived");
        arrived(second);
        assertTrue(me.get(path).expect(200).body().path("passed_on_at").isTextual());
        assertTrue(staff().get(BY_STAFF + witness.person() + "/availability").expect(200).body().at("/cases/0/passed_on_at").isTextual());
    }

    private void arrived(UUID subject) {
        acting().as(worker("northmoor"), c -> {
            bean(AvailabilityPassedOn.class).passedOn(c, force("northmoor"), subject, null, clocks.caseNow());
            return null;
        });
    }

    @Test
    void whatTheirPhoneSaysInAFlaggedCaseGoesToNoSystemBeforeStaffHaveSpokenToThem() {
        Needed her = needed("domestic_abuse");
        Api me = api().as(SignUp.person(this, her.id()));
        put(me, "/v1/me/cases/" + her.caseId() + "/availability", Map.of("dates_to_avoid",
            List.of(Map.of("from", "2027-06-14", "to", "2027-06-18")))).expect(200);
        assertEquals(List.of(), parcels(her));
        assertTrue(detail(her, "availability_given").contains("put the days down for them"), detail(her, "availability_given"));
        putForThem(her, "availability", Map.of("case_id", her.caseId(), "dates_to_avoid",
            List.of(Map.of("from", "2027-06-14", "to", "2027-06-18")), "reason", "Spoken to at the safe address.")).expect(200);
        assertEquals(1, parcels(her).size());
        assertFalse(detail(her, "availability_given").contains("put the days down for them"));
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
