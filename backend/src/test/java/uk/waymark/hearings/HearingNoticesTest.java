package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.cases.Acceptance;
import uk.waymark.cases.Cases;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;
import uk.waymark.platform.Sources;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.WaymarkTest;

/** What phones show of court dates: what is so and was not known, in both languages, once. */
class HearingNoticesTest extends WaymarkTest {
    private static final String YES = " Reply YES if you can come, CANNOT if not, or HELP or CALL to talk.";
    private static final Map<String, String> COURT = Map.of("name", "Leeds Crown Court");
    private int cases;
    private int events;

    /** Eleven in the morning of a day, so that no hour is unsafe for a while. */
    @BeforeAll
    void inTheMorning() {
        Instant now = clocks.caseNow();
        Instant eleven = now.atZone(WorkingDays.LONDON).toLocalDate().plusDays(1).atTime(LocalTime.of(11, 0)).atZone(WorkingDays.LONDON)
            .toInstant();
        api().post("/sandbox/clock", Map.of("advance", Duration.between(now, eleven).toString())).expect(200);
    }

    /** A case with a victim and two witnesses, all with numbers of their own. */
    private record People(String reference, String victim, String witness, String other) { }

    private People people(Map<String, Object> ofWitness) {
        String reference = "NM/NOTE/" + ++cases;
        var people = new People(reference, number(1), number(2), number(3));
        report(recorded(reference, reference, at(-1), person("v", people.victim(), "victim", Map.of()),
            person("w", people.witness(), "witness", ofWitness), person("o", people.other(), "witness", Map.of())));
        settle(Duration.ofMinutes(2));
        return people;
    }

    @Test
    void whoIsNeededHearsOfTheDateOfItsChangeAndThatItIsOff() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w")));
        assertEquals(List.of("You are needed at court on " + words(day) + ", 10am." + YES), texts(p.witness()));
        assertEquals(List.of("Your case is at court on " + words(day)
            + ", 10am. You do not need to come. Sign in to Waymark to read more."), texts(p.victim()));
        assertEquals(List.of(), texts(p.other()));

        report(changed(p, "h", Map.of("starts_at", start(day.plusDays(1), "14:30"))));
        assertEquals("The court date has moved. You are now needed on " + words(day.plusDays(1)) + ", 2:30pm." + YES, texts(p.witness()).getFirst());
        report(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h")));
        assertEquals("The court date on " + words(day.plusDays(1))
            + ", 2:30pm will not take place. You do not need to come. Sign in to Waymark to read more.", texts(p.witness()).getFirst());
        assertEquals(3, texts(p.witness()).size());
        assertEquals(3, texts(p.victim()).size());
        assertEquals(List.of("notice sms reached", "change sms reached", "off sms reached"), told(p, "w"));
    }

    @Test
    void whoBringsAChildIsCalledForThemAndTakenOffWithThem() {
        for (String contact : List.of("adult", "both", "child")) {
            String reference = "NM/NOTE/" + ++cases;
            var p = new People(reference, number(1), number(2), number(3));
            report(recorded(reference, reference, at(-1),
                person("w", p.witness(), "witness",
                    Map.of("given_name", "Cai", "date_of_birth", day(-365 * 12).toString(), "contact", contact)),
                person("v", p.victim(), "parent", Map.of("given_name", "Mair", "for", List.of(person("w"))))));
            settle(Duration.ofMinutes(2));
            LocalDate day = day(40);
            report(listed(p, "h", day, "10:00", List.of("w")));
            String called = "You are needed at court on " + words(day) + ", 10am." + YES;
            List<String> ofChild = "adult".equals(contact) ? List.of() : List.of(called);
            List<String> ofParent = "child".equals(contact) ? List.of() : List.of(called);
            assertEquals(ofChild, texts(p.witness()), contact);
            assertEquals(ofParent, texts(p.victim()), contact);

            var names = new java.util.TreeMap<String, String>();
            lines(p).forEach(l -> names.put(l.path("name").asText(), l.path("state").asText() + ' ' + l.path("acts_for")));
            assertEquals(Map.of("adult", Map.of("Mair Penrose", "told [\"Cai Penrose\"]"), "both", Map.of("Cai Penrose", "told ",
                "Mair Penrose", "told [\"Cai Penrose\"]"), "child", Map.of("Cai Penrose", "told ")).get(contact), names);

            report(changed(p, "h", Map.of("required", List.of())));
            String off = "You are no longer needed at court on " + words(day) + ", 10am. You do not need to come.";
            assertEquals(ofChild.isEmpty() ? List.of() : List.of(off, called), texts(p.witness()), contact);
            assertEquals(ofParent.isEmpty() ? List.of() : List.of(off, called), texts(p.victim()), contact);
        }
    }

    private List<JsonNode> lines(People p) {
        String id = acting().as(worker("northmoor"), c -> Sql.one(c,
            "select h.id from waymark.hearing h join waymark.case_file f on f.id = h.case_id where f.crime_reference = ?",
            r -> Sql.uuid(r, "id"), p.reference()).orElseThrow()).toString();
        var lines = new ArrayList<JsonNode>();
        api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/hearings/" + id + "/people").expect(200).body().path("items")
            .forEach(lines::add);
        return lines;
    }

    @Test
    void whoWasToldOfAMoveThatWasOfAnotherDateIsToldTheTimeThatItHas() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w")));
        row(p, "b", day, "14:00");
        settle(Duration.ofMinutes(2));
        String moved = "The court date has moved. You are now needed on " + words(day);
        assertEquals(moved + ", 2pm." + YES, texts(p.witness()).getFirst());
        report(listed(p, "h2", day, "14:00", List.of()));
        assertEquals(moved + ", 10am." + YES, texts(p.witness()).getFirst());
        List<String> victims = texts(p.victim());
        assertEquals(4, victims.size(), victims::toString);
        assertTrue(victims.subList(0, 2).stream().anyMatch(t -> t.contains("10am")), victims::toString);
        assertTrue(victims.subList(0, 2).stream().anyMatch(t -> t.contains("2pm") && t.contains("You do not need to come")),
            victims::toString);
        row(p, "a", day, "10:00");
        report(changed(p, "h2", Map.of("kind", "sentence")));
        settle(Duration.ofHours(1));
        assertEquals(3, texts(p.witness()).size(), "once");
        assertEquals(List.of("notice sms reached", "change sms reached", "change sms reached"), told(p, "w"));
        assertEquals(List.of("10:00 notice,change,change", "14:00 "), acting().as(worker("northmoor"), c -> Sql.list(c, """
            select to_char(h.starts_at at time zone 'Europe/London', 'HH24:MI') || ' '
                   || coalesce(string_agg(t.what, ',' order by t.told_at, t.id), '') as it
              from waymark.hearing h join waymark.case_file f on f.id = h.case_id left join waymark.hearing_told t on t.hearing_id = h.id
                   and t.person_id = (select id from waymark.person where source_person_id = ?)
             where f.crime_reference = ? and h.state = 'listed' group by h.id order by 1""", r -> r.getString("it"), person("w"),
            p.reference())),
            "what they were told stays with the date that it was told of");
        assertEquals(List.of(), open(p, "w"));
    }

    /** Of a published list. */
    private void row(People p, String row, LocalDate day, String time) {
        var data = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode().put("hearing_id", p.reference() + row)
            .put("starts_at", start(day, time));
        data.putObject("court").put("name", "LEEDS");
        var event = new NewEvent(Sources.COURT_LISTS, id(), clocks.caseNow(), p.reference(), EventType.HEARING_LISTED, 1, false, false,
            data, MissingNode.getInstance());
        acting().as(worker("northmoor"), c -> assertInstanceOf(Acceptance.Accepted.class,
            bean(Cases.class).accept(c, force("northmoor"), event)));
    }

    @Test
    void inWelshAndWithoutAPlaceWhereOthersMayRead() {
        People p = people(Map.of("language", "cy", "mobile_safe", "unknown"));
        LocalDate day = LocalDate.of(2027, 3, 2);
        report(listed(p, "h", day, "10:00", List.of("w", "o")));
        assertEquals("Mae eich apwyntiad ar ddydd Mawrth 2 Mawrth, 10am. Atebwch IE os gallwch ddod, METHU os na allwch, CYMORTH neu "
            + "FFONIO i siarad.", texts(p.witness()).getFirst());
        report(changed(p, "h", Map.of("required", List.of("o"))));
        assertEquals("Nid oes angen yr apwyntiad ar ddydd Mawrth 2 Mawrth, 10am mwyach. Nid oes angen i chi ddod.",
            texts(p.witness()).getFirst());
        assertEquals(2, texts(p.witness()).size());
    }

    @Test
    void whoIsTakenOffIsToldOnceAndNotAgainWhenItIsOff() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w", "o")));
        report(changed(p, "h", Map.of("starts_at", start(day.plusDays(7), "10:00"), "required", List.of("o"))));
        assertEquals("You are no longer needed at court on " + words(day) + ", 10am. You do not need to come.", texts(p.witness()).getFirst());
        report(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h")));
        assertEquals(2, texts(p.witness()).size());
        assertEquals(3, texts(p.other()).size());
    }

    @Test
    void aTrialThatBecomesASentenceNeedsNoWitness() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w")));
        report(changed(p, "h", Map.of("kind", "sentence")));
        assertEquals("You are no longer needed at court on " + words(day) + ", 10am. You do not need to come.", texts(p.witness()).getFirst());
        assertEquals(2, texts(p.witness()).size());
        assertTrue(texts(p.victim()).getFirst().startsWith("Something has changed about the court date"), texts(p.victim()).getFirst());
    }

    @Test
    void aTrialThatNeedsNoWitnessAnyMoreCallsOffWhoIsNamedAgain() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w")));
        report(changed(p, "h", Map.of("kind", "trial_without_witnesses", "required", List.of("w"))));
        assertEquals("You are no longer needed at court on " + words(day) + ", 10am. You do not need to come.", texts(p.witness()).getFirst());
        settle(Duration.ofHours(1));
        assertEquals(2, texts(p.witness()).size());
        assertEquals(List.of(), open(p, "w"));
    }

    @Test
    void nobodyIsRungAboutWhoHasDied() {
        People p = people(Map.of());
        LocalDate day = day(3);
        report(listed(p, "h", day, "10:00", List.of("w", "o")));
        report(event(id(), p.reference(), at(0), "person_changed", Map.of("source_person_id", person("w"), "deceased", true)));
        report(changed(p, "h", Map.of("required", List.of("o"))));
        settle(Duration.ofHours(2));
        assertEquals(1, texts(p.witness()).size());
        assertEquals(List.of(), open(p, "w"));
    }

    @Test
    void whatWasToldGoesWithWhoIsOnePersonFromNowOn() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w")));
        assertEquals(List.of("notice sms reached"), told(p, "w"));
        report(event(id(), p.reference(), at(0), "people_merged", Map.of("source_person_id", person("o"), "merged", List.of(person("w")))));
        settle(Duration.ofHours(1));
        assertEquals(List.of(), told(p, "w"));
        assertEquals(List.of("notice sms reached"), told(p, "o"));
        assertEquals(1, texts(p.witness()).size() + texts(p.other()).size(), "nobody is told twice");
        assertEquals(List.of(), open(p, "w"));
        assertEquals(List.of(), open(p, "o"));
        report(changed(p, "h", Map.of("required", List.of())));
        assertEquals("You are no longer needed at court on " + words(day) + ", 10am. You do not need to come.", texts(p.other()).getFirst());
    }

    @Test
    void whatWaitsForStaffGoesWithWhoIsOnePersonFromNowOn() {
        People p = people(Map.of());
        report(listed(p, "h", day(40), "10:00", List.of("w")));
        record Part(UUID hearing, UUID person) { }
        Part part = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select hp.hearing_id, hp.person_id from waymark.hearing_person hp join waymark.person p on p.id = hp.person_id
             where p.source_person_id = ? and hp.required""", r -> new Part(Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id")), person("w")))
            .orElseThrow();
        api().as(staffToken("witness_care", "northmoor")).put("/v1/staff/hearings/" + part.hearing() + "/people/" + part.person()
            + "/attendance", Map.of("answer", "cannot")).expect(200);
        assertEquals(List.of("w" + cases), about("tell_officer", p));
        report(event(id(), p.reference(), at(0), "people_merged", Map.of("source_person_id", person("o"), "merged", List.of(person("w")))));
        assertEquals(List.of("o" + cases), about("tell_officer", p), "nobody looks for a record that is none any more");
    }

    private List<String> about(String kind, People p) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select p.source_person_id from waymark.work_item i join waymark.case_file f on f.id = i.case_id
              join waymark.person p on p.id = i.person_id
             where f.crime_reference = ? and i.kind = ? and i.completed_at is null""", r -> r.getString("source_person_id"), p.reference(),
            kind));
    }

    @Test
    void whomAnotherSourceTakesOffBeforeTheNoticeLeftIsNotCalled() {
        People p = people(Map.of());
        LocalDate day = day(40);
        reportOnly(listed(p, "h", day, "10:00", List.of("v", "w")));
        for (int i = 0; i < 2; i++) {
            var other = new HashMap<String, Object>(Map.of("hearing_id", p.reference() + "other", "kind", "trial", "starts_at",
                start(day, "10:00"), "court", COURT, "required", List.of()));
            var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "courts", "events",
                List.of(event(id(), p.reference(), at(0), i == 0 ? "hearing_listed" : "hearing_changed", other)))).expect(200).body()
                .path("results").get(0);
            assertEquals("accepted", result.path("status").asText(), result.toString());
        }
        settle(Duration.ofHours(1));
        assertEquals(List.of("Your case is at court on " + words(day)
            + ", 10am. You do not need to come. Sign in to Waymark to read more."), texts(p.victim()), "told once, of what is so");
        assertEquals(List.of(), texts(p.witness()), "who never knew is told nothing");
        assertEquals(List.of(), open(p, "w"));
        assertEquals(List.of(), open(p, "v"));
    }

    @Test
    void whatIsOffBeforeAnybodyWasToldIsToldToNobody() {
        People p = people(Map.of());
        LocalDate day = day(40);
        reportOnly(listed(p, "h", day, "10:00", List.of("w")));
        report(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h")));
        assertEquals(List.of(), texts(p.witness()));
        settle(Duration.ofHours(1));
        assertEquals(List.of(), texts(p.witness()));
    }

    @Test
    void severalDatesAreOneMessage() {
        People p = people(Map.of());
        LocalDate day = day(40);
        for (int i = 2; i >= 0; i--) {
            reportOnly(listed(p, "h" + i, day.plusDays(10 * i), "10:00", List.of("w")));
        }
        settle(Duration.ofMinutes(2));
        assertEquals(List.of("You have 3 court dates, first on " + words(day) + ", 10am. Sign in to see all. Reply YES if you can "
            + "come, CANNOT if not, or HELP or CALL."), texts(p.witness()));
        report(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h1")));
        assertEquals(2, texts(p.witness()).size());
        assertTrue(texts(p.witness()).getFirst().startsWith("The court date on " + words(day.plusDays(10))), texts(p.witness()).getFirst());
        assertEquals(4, told(p, "w").size());
    }

    @Test
    void severalDatesThatMoveAreOneMessageAndOneAnswer() {
        People p = people(Map.of());
        LocalDate day = day(40);
        for (int i = 2; i >= 0; i--) {
            reportOnly(listed(p, "h" + i, day.plusDays(i), "10:00", List.of("w")));
        }
        settle(Duration.ofMinutes(2));
        for (int i = 2; i >= 0; i--) {
            reportOnly(changed(p, "h" + i, Map.of("starts_at", start(day.plusDays(7 + i), "10:30"))));
        }
        settle(Duration.ofMinutes(2));
        assertEquals(2, texts(p.witness()).size(), texts(p.witness())::toString);
        assertEquals("3 court dates moved: first now on " + words(day.plusDays(7)) + ", 10:30am, last on " + words(day.plusDays(9))
            + ". Sign in for all. Reply YES, CANNOT, HELP or CALL.", texts(p.witness()).getFirst());
        assertEquals(List.of("change sms reached", "change sms reached", "change sms reached"), told(p, "w").subList(3, 6));
        api().post("/sandbox/replies", Map.of("from", p.witness(), "body", "YES")).expect(204);
        settle(Duration.ofMinutes(1));
        assertEquals(3, acting().as(worker("northmoor"), c -> Sql.list(c, """
            select 1 from waymark.hearing_answer a join waymark.case_file f on f.id = a.case_id join waymark.hearing h on h.id = a.hearing_id
             where f.crime_reference = ? and a.answer = 'yes' and a.version = h.version""", r -> 1, p.reference())).size());
        reportOnly(changed(p, "h0", Map.of("starts_at", start(day.plusDays(14), "10:30"))));
        reportOnly(changed(p, "h1", Map.of("starts_at", start(day.plusDays(15), "10:30"), "court", Map.of("name", "York Crown Court"))));
        settle(Duration.ofMinutes(2));
        assertTrue(texts(p.witness()).subList(0, texts(p.witness()).size() - 2).stream().anyMatch(t -> t.contains("York Crown Court")),
            "what is elsewhere is said by itself: " + texts(p.witness()));
    }

    /** Who has to be at another court date of that day is not told to stay away. */
    @Test
    void thatOneDateOfADayIsOffSaysThatTheOtherStands() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w", "v")));
        report(listed(p, "i", day, "14:00", List.of("w")));
        assertEquals("Your case is at court on " + words(day) + ", 2pm. You need do nothing now. Sign in to Waymark to read more.",
            texts(p.victim()).getFirst());
        report(changed(p, "h", Map.of("required", List.of("v"))));
        assertEquals("You are no longer needed at court on " + words(day) + ", 10am. You are still needed at court that day, at another "
            + "hearing.", texts(p.witness()).getFirst());
        report(changed(p, "h", Map.of("required", List.of("v", "w"))));
        report(vacated(p, "h"));
        String off = "The court date on " + words(day) + ", 10am will not take place. ";
        assertEquals(off + "You are still needed at court that day, at another hearing.", texts(p.witness()).getFirst());
        assertEquals(off + "You do not need to come. Sign in to Waymark to read more.", texts(p.victim()).getFirst());
        report(vacated(p, "i"));
        assertEquals("The court date on " + words(day) + ", 2pm will not take place. You do not need to come. Sign in to Waymark to read more.",
            texts(p.witness()).getFirst());
    }

    /** In the evening one date is off, and before anybody could be told so the other is as well; or it is listed only then. */
    @Test
    void whatWaitsForTheMorningSaysWhatStandsInTheMorning() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w", "o")));
        report(listed(p, "i", day, "14:00", List.of("w")));
        int before = texts(p.witness()).size();
        for (String who : List.of("w", "o")) {
            mornings(who);
        }
        report(vacated(p, "h"));
        assertEquals(before, texts(p.witness()).size(), "it waits");
        report(vacated(p, "i"));
        report(listed(p, "j", day, "11:00", List.of("o")));
        settle(Duration.ofDays(1));
        assertEquals(before + 2, texts(p.witness()).size(), texts(p.witness())::toString);
        assertTrue(texts(p.witness()).subList(0, 2).stream().allMatch(t -> t.contains("will not take place. You do not need to come.")),
            texts(p.witness())::toString);
        assertTrue(texts(p.other()).stream().noneMatch(t -> t.contains("do not need to come")), texts(p.other())::toString);
        assertTrue(texts(p.other()).stream().anyMatch(t -> t.contains("10am will not take place. You are still needed")), texts(p.other())::toString);
    }

    private void mornings(String who) {
        var days = java.util.stream.Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
            .map(d -> Map.of("day", d, "from", "09:00", "to", "10:30")).toList();
        prefer(who, Map.of("safe_times", days));
    }

    private Map<String, Object> vacated(People p, String hearing) {
        return event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + hearing));
    }

    @Test
    void aListAndATrialWithoutWitnessesSayOfNobodyThatTheyAreNeeded() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(event(id(), p.reference(), at(0), "hearing_listed", Map.of("hearing_id", p.reference() + "h", "kind",
            "trial_without_witnesses", "starts_at", start(day, "10:00"), "court", COURT, "required", List.of())));
        assertEquals(List.of("Your case is at court on " + words(day) + ", 10am. You need do nothing now. Sign in to Waymark to read more."),
            texts(p.victim()));
        assertEquals(List.of(), texts(p.witness()));
    }

    @Test
    void whoCannotBeReachedBeforeTheyLeaveHomeIsRung() {
        People p = people(Map.of());
        Instant soon = clocks.caseNow().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES);
        report(event(id(), p.reference(), at(0), "hearing_listed", Map.of("hearing_id", p.reference() + "h", "kind", "trial",
            "starts_at", soon.toString(), "court", COURT, "required", ids(List.of("w", "o")))));
        assertEquals(1, texts(p.witness()).size());
        settle(Duration.ofHours(3));
        report(changed(p, "h", Map.of("required", List.of("o"))));
        assertEquals(1, texts(p.witness()).size());
        JsonNode item = queue("call_now", p, "w");
        assertEquals("leaves_home_soon", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains("They are not needed any more."), item.path("detail").asText());
        assertFalse(Instant.parse(item.path("due_at").asText()).isAfter(clocks.caseNow()));
        assertFalse(item.path("escalated_at").isMissingNode() || item.path("escalated_at").isNull(), item.toString());
        var staff = api().as(staffToken("witness_care", "northmoor"));
        staff.post("/v1/staff/queue/" + item.path("id").asText() + "/claim", Map.of()).expect(200);
        staff.post("/v1/staff/queue/" + item.path("id").asText() + "/completion", Map.of("outcome", "told")).expect(204);
        assertEquals("not_needed call reached", told(p, "w").getLast());
        report(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h")));
        assertEquals(1, texts(p.witness()).size());
        assertEquals("hearing_off", template(queue("call_now", p, "o")));
        inTheMorning();
    }

    @Test
    void whoHasNoSafeChannelAnyMoreIsRung() {
        People p = people(Map.of());
        LocalDate day = day(40);
        report(listed(p, "h", day, "10:00", List.of("w")));
        assertEquals(1, texts(p.witness()).size());
        report(event(id(), p.reference(), at(0), "person_changed", Map.of("source_person_id", person("w"), "mobile_safe", "unsafe")));
        report(changed(p, "h", Map.of("required", List.of())));
        assertEquals(1, texts(p.witness()).size());
        JsonNode item = queue("call_now", p, "w");
        assertEquals("unsafe", item.path("reason").asText());
        assertEquals(p.reference(), item.path("crime_reference").asText(p.reference()));
        assertFalse(item.path("case_id").isMissingNode(), item.toString());
    }

    @Test
    void thatADayIsOffIsNotSaidOnceItHasPassed() {
        People p = people(Map.of());
        LocalDate day = day(3);
        report(listed(p, "h", day, "10:00", List.of("w")));
        settle(Duration.ofDays(4));
        report(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h")));
        assertTrue(texts(p.witness()).stream().noneMatch(t -> t.contains("will not take place")), texts(p.witness()).toString());
        assertTrue(texts(p.victim()).stream().noneMatch(t -> t.contains("will not take place")), texts(p.victim()).toString());
    }

    @Test
    void thatSomebodyNeedNotComeWaitsForNoSummary() {
        LocalDate today = day(0);
        settle(Duration.ofDays(today.until(today.with(TemporalAdjusters.next(DayOfWeek.TUESDAY)), ChronoUnit.DAYS)));
        People p = people(Map.of());
        report(listed(p, "h", day(40), "10:00", List.of("w", "o")));
        weekly("w");
        report(changed(p, "h", Map.of("required", List.of("o"))));
        assertTrue(texts(p.witness()).getFirst().startsWith("You are no longer needed"), texts(p.witness()).toString());
    }

    private void weekly(String who) {
        prefer(who, Map.of("telling", "weekly_summary"));
    }

    private void prefer(String who, Map<String, Object> what) {
        UUID person = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), person(who)).orElseThrow());
        var staff = api().as(staffToken("witness_care", "northmoor"));
        String path = "/v1/staff/people/" + person + "/contact-preferences";
        var wanted = new HashMap<String, Object>(Map.of("language", "en", "discreet_mode", false, "reason", "They want it so.", "channels",
            List.of(Map.of("channel", "sms"))));
        wanted.putAll(what);
        staff.with("If-Match", staff.get(path).expect(200).header("etag").orElseThrow()).put(path, wanted).expect(200);
    }

    /** Whatever happens in whatever order: in the end what a phone showed last is so, and nothing was said twice. */
    @Test
    void inTheEndEverybodyKnowsWhatIsSo() {
        for (int seed = 1; seed <= 25; seed++) {
            new Life(seed).live();
        }
    }

    private final class Life {
        private final Random random;
        private final int seed;
        private final People p = people(Map.of());
        private LocalDate day = day(60);
        private boolean listed;
        private boolean ever;
        private final List<String> required = new ArrayList<>();
        private final List<String> done = new ArrayList<>();

        Life(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void live() {
            for (int i = 0; i < 6; i++) {
                step();
                if (random.nextInt(3) > 0) {
                    settle(Duration.ofMinutes(2));
                    truth();
                }
            }
            settle(Duration.ofMinutes(2));
            truth();
        }

        private void step() {
            switch (ever ? random.nextInt(4) : 0) {
                case 0 -> list();
                case 1 -> {
                    day = day.plusDays(1 + random.nextInt(5));
                    if (listed) {
                        reportOnly(changed(p, "h", Map.of("starts_at", start(day, "10:00"))));
                        done.add("moved");
                    }
                }
                case 2 -> {
                    if (listed) {
                        choose();
                        reportOnly(changed(p, "h", Map.of("required", List.copyOf(required))));
                        done.add("required " + required);
                    }
                }
                default -> {
                    if (listed) {
                        listed = false;
                        reportOnly(event(id(), p.reference(), at(0), "hearing_vacated", Map.of("hearing_id", p.reference() + "h")));
                        done.add("vacated");
                    }
                }
            }
        }

        private void list() {
            choose();
            listed = true;
            ever = true;
            reportOnly(listed(p, "h", day, "10:00", List.copyOf(required)));
            done.add("listed " + required);
        }

        private void choose() {
            required.clear();
            for (String who : List.of("v", "w", "o")) {
                if (random.nextBoolean()) {
                    required.add(who);
                }
            }
        }

        private void truth() {
            knows("v", texts(p.victim()), true);
            knows("w", texts(p.witness()), false);
            knows("o", texts(p.other()), false);
        }

        private void knows(String who, List<String> texts, boolean victim) {
            String where = "seed " + seed + ", " + who + ", " + done + ": " + texts;
            for (int i = 1; i < texts.size(); i++) {
                assertFalse(texts.get(i).equals(texts.get(i - 1)), where);
            }
            String last = texts.isEmpty() ? "" : texts.getFirst();
            boolean needed = listed && required.contains(who);
            boolean believes = last.contains("needed at court on") && !last.contains("no longer") || last.contains("You are now needed");
            assertEquals(needed, believes, where);
            if (listed && (victim || needed) && !last.contains("no longer needed")) {
                assertTrue(last.contains(words(day)), where);
            }
            if (!listed) {
                assertTrue(last.isEmpty() || last.contains("will not take place") || last.contains("no longer needed")
                    || last.contains("There is news"), where);
            }
        }
    }

    private String template(JsonNode item) {
        return item.path("detail").asText().contains("It does not take place.") ? "hearing_off" : item.toString();
    }

    private Map<String, Object> person(String id, String number, String role, Map<String, Object> more) {
        var person = new HashMap<>(victim(person(id), number));
        person.put("role", role);
        if (!"victim".equals(role)) {
            person.remove("entitlement");
        }
        person.putAll(more);
        return person;
    }

    private String person(String id) {
        return id + cases;
    }

    private String number(int who) {
        return "+447700900" + (200 + cases * 3 + who);
    }

    private LocalDate day(int ahead) {
        return clocks.caseNow().atZone(WorkingDays.LONDON).toLocalDate().plusDays(ahead);
    }

    private static String words(LocalDate day) {
        return day.format(DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK));
    }

    private static String start(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(WorkingDays.LONDON).toInstant().toString();
    }

    private Map<String, Object> listed(People p, String hearing, LocalDate day, String time, List<String> required) {
        return event(id(), p.reference(), at(0), "hearing_listed", Map.of("hearing_id", p.reference() + hearing, "kind", "trial",
            "starts_at", start(day, time), "court", COURT, "required", ids(required)));
    }

    private Map<String, Object> changed(People p, String hearing, Map<String, Object> what) {
        var data = new HashMap<>(what);
        data.put("hearing_id", p.reference() + hearing);
        if (what.get("required") instanceof List<?> required) {
            data.put("required", ids(required.stream().map(String::valueOf).toList()));
        }
        return event(id(), p.reference(), at(0), "hearing_changed", data);
    }

    private List<String> ids(List<String> people) {
        return people.stream().map(this::person).toList();
    }

    private String id() {
        return "note-" + ++events;
    }

    /** In the order in which they are reported. */
    private String at(int minutes) {
        return clocks.caseNow().plus(Duration.ofMinutes(minutes)).toString();
    }

    private void report(Map<String, Object> event) {
        reportOnly(event);
        settle(Duration.ofMinutes(2));
    }

    private void reportOnly(Map<String, Object> event) {
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event)))
            .expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result.toString());
    }

    private void settle(Duration by) {
        api().post("/sandbox/clock", Map.of("advance", by.toString())).expect(200);
    }

    /** What a phone shows, the newest first, without the invitation. */
    private List<String> texts(String number) {
        var bodies = new ArrayList<String>();
        messages(number).body().path("items").forEach(m -> bodies.add(m.path("body").asText()));
        return bodies.stream().filter(t -> !t.contains("Sign up within")).toList();
    }

    private List<String> told(People p, String who) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select t.what || ' ' || t.how || ' ' || t.state as it from waymark.hearing_told t
              join waymark.case_file f on f.id = t.case_id join waymark.person p on p.id = t.person_id
             where f.crime_reference = ? and p.source_person_id like ? order by t.told_at, t.id""", r -> r.getString("it"), p.reference(),
            who + "%"));
    }

    /** What is open for staff about a person and a court date. */
    private List<String> open(People p, String who) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select i.kind || ' ' || coalesce(i.reason, '') as it from waymark.work_item i
              join waymark.case_file f on f.id = i.case_id join waymark.person p on p.id = i.person_id
             where f.crime_reference = ? and p.source_person_id like ? and i.completed_at is null
               and i.kind in ('call_now', 'hearing_to_tell', 'no_answer_call') order by 1""", r -> r.getString("it"), p.reference(),
            who + "%"));
    }

    private JsonNode queue(String kind, People p, String who) {
        UUID person = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), person(who)).orElseThrow());
        var staff = api().as(staffToken("supervisor", "northmoor"));
        var found = new ArrayList<JsonNode>();
        for (JsonNode item : staff.get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if (item.path("kind").asText().equals(kind) && item.path("person_id").asText().equals(person.toString())) {
                found.add(item);
            }
        }
        assertEquals(1, found.size(), p + " " + found);
        return found.getFirst();
    }
}
