package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/**
 * The demo's clock goes day by day over three weeks, and whole phones are read afterwards: each text with its time and its words, and
 * none besides. Five people of each court date: English, Welsh, English and discreet, Welsh and discreet, Welsh and safe in the evening only. One date
 * stands, one is moved, one is vacated.
 */
class ThreeWeeksTest extends WaymarkTest {
    private static final String YES = " Reply YES if you can come, CANNOT if not, or HELP or CALL to talk.";
    private static final String IE = " Atebwch IE os gallwch ddod, METHU os na allwch, CYMORTH neu FFONIO i siarad.";
    private static final String HOW = " How will you get there? Reply YES if you can come, CANNOT if not, HELP or CALL to talk.";
    private static final String SUT = " Sut byddwch chi'n cyrraedd?" + IE;
    private static final String BAGS = " Expect a bag search and a wait. Reply YES, CANNOT, HELP or CALL.";
    private static final String BAGIAU = " Bydd bagiau'n cael eu chwilio ac efallai y bydd rhaid aros. Atebwch IE, METHU, CYMORTH neu FFONIO.";
    private static final String PLENTY = " Please leave plenty of time: you may have to wait. Reply YES, CANNOT, HELP or CALL.";
    private static final String DIGON = " Gadewch ddigon o amser: efallai y bydd rhaid aros. Atebwch IE, METHU, CYMORTH neu FFONIO.";
    private static final LocalTime FROM = LocalTime.of(18, 30);
    private static final LocalTime UNTIL = LocalTime.of(21, 0);
    private int people;
    private int events;

    /** Those who are called to one date, and what the force calls it. */
    private record Trial(String reference, Person english, Person welsh, Person discreet, Person tawel, Person evening) {
        List<Person> all() {
            return List.of(english, welsh, discreet, tawel, evening);
        }
    }

    private record Person(String id, String mobile) { }

    @Test
    void whatEachPhoneShowsOverThreeWeeksIsThePlanAndNothingElse() {
        clocks.caseTime().moveTo(london("2027-06-07T08:30"));
        Trial stands = trial();
        Trial moves = trial();
        Trial vacated = trial();
        to("2027-06-07T09:00");
        list(stands, "2027-06-22T10:00");
        list(moves, "2027-06-16T14:00");
        list(vacated, "2027-06-18T10:30");
        days("2027-06-14T12:00");
        report(event(id(), moves.reference(), now(), "hearing_changed", Map.of("hearing_id", moves.reference() + "h", "starts_at",
            london("2027-06-24T11:00").toString())));
        report(event(id(), vacated.reference(), now(), "hearing_vacated", Map.of("hearing_id", vacated.reference() + "h")));
        days("2027-06-29T12:00");

        String en = "on Tuesday 22 June, 10am.";
        String cy = "ar ddydd Mawrth 22 Mehefin, 10am.";
        UnaryOperator<String> evening = at -> at.substring(0, 11) + FROM;
        assertEquals(List.of("2027-06-07T09:01 You are needed at court " + en + YES,
            "2027-06-15T10:00 You are needed at court " + en + HOW,
            "2027-06-21T10:00 You are needed at Leeds Crown Court " + en + BAGS), phone(stands.english()));
        List<String> welsh = List.of("2027-06-07T09:01 Mae eich angen yn y llys " + cy + IE,
            "2027-06-15T10:00 Mae eich angen yn y llys " + cy + SUT,
            "2027-06-21T10:00 Mae eich angen yn Leeds Crown Court " + cy + BAGIAU);
        assertEquals(welsh, phone(stands.welsh()));
        assertEquals(List.of("2027-06-07T09:01 Your appointment is " + en + YES, "2027-06-15T10:00 Your appointment is " + en + HOW,
            "2027-06-21T10:00 Your appointment is " + en + PLENTY), phone(stands.discreet()));
        assertEquals(List.of("2027-06-07T09:01 Mae eich apwyntiad " + cy + IE, "2027-06-15T10:00 Mae eich apwyntiad " + cy + SUT,
            "2027-06-21T10:00 Mae eich apwyntiad " + cy + DIGON), phone(stands.tawel()));
        assertEquals(welsh.stream().map(t -> evening.apply(t) + t.substring(16)).toList(), phone(stands.evening()));

        String before = "on Wednesday 16 June, 2pm.";
        String after = "on Thursday 24 June, 11am.";
        String cyn = "ar ddydd Mercher 16 Mehefin, 2pm.";
        String wedyn = "ar ddydd Iau 24 Mehefin, 11am.";
        assertEquals(List.of("2027-06-07T09:01 You are needed at court " + before + YES, "2027-06-09T10:00 You are needed at court " + before + HOW,
            "2027-06-14T12:01 The court date has moved. You are now needed " + after + YES,
            "2027-06-17T10:00 You are needed at court " + after + HOW,
            "2027-06-23T10:00 You are needed at Leeds Crown Court " + after + BAGS), phone(moves.english()));
        List<String> symud = List.of("2027-06-07T09:01 Mae eich angen yn y llys " + cyn + IE, "2027-06-09T10:00 Mae eich angen yn y llys " + cyn + SUT,
            "2027-06-14T12:01 Mae dyddiad y llys wedi symud. Mae eich angen nawr " + wedyn + IE,
            "2027-06-17T10:00 Mae eich angen yn y llys " + wedyn + SUT,
            "2027-06-23T10:00 Mae eich angen yn Leeds Crown Court " + wedyn + BAGIAU);
        assertEquals(symud, phone(moves.welsh()));
        assertEquals(List.of("2027-06-07T09:01 Your appointment is " + before + YES, "2027-06-09T10:00 Your appointment is " + before + HOW,
            "2027-06-14T12:01 Your appointment has moved. It is now " + after + YES, "2027-06-17T10:00 Your appointment is " + after + HOW,
            "2027-06-23T10:00 Your appointment is " + after + PLENTY), phone(moves.discreet()));
        assertEquals(List.of("2027-06-07T09:01 Mae eich apwyntiad " + cyn + IE, "2027-06-09T10:00 Mae eich apwyntiad " + cyn + SUT,
            "2027-06-14T12:01 Mae eich apwyntiad wedi symud. Mae nawr " + wedyn + IE, "2027-06-17T10:00 Mae eich apwyntiad " + wedyn + SUT,
            "2027-06-23T10:00 Mae eich apwyntiad " + wedyn + DIGON), phone(moves.tawel()));
        assertEquals(symud.stream().map(t -> evening.apply(t) + t.substring(16)).toList(), phone(moves.evening()));

        String day = "on Friday 18 June, 10:30am.";
        String dydd = "ar ddydd Gwener 18 Mehefin, 10:30am.";
        assertEquals(List.of("2027-06-07T09:01 You are needed at court " + day + YES, "2027-06-11T10:00 You are needed at court " + day + HOW,
            "2027-06-14T12:00 The court date on Friday 18 June, 10:30am will not take place. You do not need to come. Sign in to Waymark to "
                + "read more."), phone(vacated.english()));
        List<String> ni = List.of("2027-06-07T09:01 Mae eich angen yn y llys " + dydd + IE, "2027-06-11T10:00 Mae eich angen yn y llys " + dydd + SUT,
            "2027-06-14T12:00 Ni fydd dyddiad y llys ar ddydd Gwener 18 Mehefin, 10:30am yn digwydd. Nid oes angen i chi ddod. Mewngofnodwch "
                + "i Waymark i ddarllen mwy.");
        assertEquals(ni, phone(vacated.welsh()));
        assertEquals(List.of("2027-06-07T09:01 Your appointment is " + day + YES, "2027-06-11T10:00 Your appointment is " + day + HOW,
            "2027-06-14T12:00 The appointment on Friday 18 June, 10:30am will not take place. You do not need to come."),
            phone(vacated.discreet()));
        assertEquals(List.of("2027-06-07T09:01 Mae eich apwyntiad " + dydd + IE, "2027-06-11T10:00 Mae eich apwyntiad " + dydd + SUT,
            "2027-06-14T12:00 Ni fydd yr apwyntiad " + dydd.substring(0, dydd.length() - 1) + " yn digwydd. Nid oes angen i chi ddod."),
            phone(vacated.tawel()));
        assertEquals(ni.stream().map(t -> evening.apply(t) + t.substring(16)).toList(), phone(vacated.evening()));

        Stream.of(stands, moves, vacated).forEach(trial -> {
            assertInSafeTimes(trial.evening());
            trial.all().forEach(p -> assertEquals(phone(p).stream().distinct().toList(), phone(p), "nothing twice"));
        });
    }

    private void assertInSafeTimes(Person person) {
        phone(person).forEach(text -> {
            LocalTime at = LocalDateTime.parse(text.substring(0, 16)).toLocalTime();
            assertTrue(!at.isBefore(FROM) && at.isBefore(UNTIL), text);
        });
    }

    private static Instant london(String local) {
        return LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant();
    }

    private Trial trial() {
        String reference = "NM/THREE/" + (people / 5 + 1);
        Trial trial = new Trial(reference, person(), person(), person(), person(), person());
        report(recorded(id(), reference, now(), reported(trial.english(), "en"), reported(trial.welsh(), "cy"),
            reported(trial.discreet(), "en"), reported(trial.tawel(), "cy"), reported(trial.evening(), "cy")));
        prefer(trial.discreet(), Map.of("language", "en", "discreet_mode", true, "reason", "They asked for it.", "channels",
            List.of(Map.of("channel", "sms"))));
        prefer(trial.tawel(), Map.of("language", "cy", "discreet_mode", true, "reason", "They asked for it.", "channels",
            List.of(Map.of("channel", "sms"))));
        prefer(trial.evening(), Map.of("language", "cy", "discreet_mode", false, "reason", "They work.", "channels",
            List.of(Map.of("channel", "sms")), "safe_times", Stream.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
                .map(d -> Map.of("day", d, "from", FROM.toString(), "to", UNTIL.toString())).toList()));
        return trial;
    }

    private Person person() {
        int n = ++people;
        return new Person("three-" + n, "+447700900" + (400 + n));
    }

    private static Map<String, Object> reported(Person person, String language) {
        return new HashMap<>(Map.of("source_person_id", person.id(), "role", "witness", "given_name", "Alys", "family_name", "Penrose",
            "mobile", person.mobile(), "mobile_safe", "safe", "language", language, "entitlement", "standard"));
    }

    private void prefer(Person person, Map<String, Object> what) {
        UUID id = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), person.id())).orElseThrow();
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        String path = "/v1/staff/people/" + id + "/contact-preferences";
        staff.with("If-Match", staff.get(path).expect(200).header("etag").orElseThrow()).put(path, what).expect(200);
    }

    private void list(Trial trial, String start) {
        report(event(id(), trial.reference(), now(), "hearing_listed", Map.of("hearing_id", trial.reference() + "h", "kind", "trial",
            "starts_at", london(start).toString(), "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required",
            trial.all().stream().map(Person::id).toList())));
    }

    /** Everything that the phone shows, the oldest first, each after the time on the wall; without the code to sign up with. */
    private List<String> phone(Person person) {
        var texts = new ArrayList<String>();
        messages(person.mobile()).body().path("items").forEach(m -> {
            String body = m.path("body").asText();
            if (Stream.of("Sign up within", "Cofrestrwch o fewn", "sign-up code", "cod cofrestru").noneMatch(body::contains)) {
                texts.add(Instant.parse(m.path("sent_at").asText()).atZone(WorkingDays.LONDON).toLocalDateTime()
                    .truncatedTo(ChronoUnit.MINUTES) + " " + body);
            }
        });
        return texts.reversed();
    }

    private void days(String until) {
        while (clocks.caseNow().isBefore(london(until).minus(1, ChronoUnit.DAYS))) {
            api().post("/sandbox/clock", Map.of("advance", "P1D")).expect(200);
        }
        to(until);
    }

    private void to(String local) {
        api().post("/sandbox/clock", Map.of("at", london(local).toString())).expect(200);
    }

    private String id() {
        return "three-event-" + ++events;
    }

    private String now() {
        return clocks.caseNow().toString();
    }

    private void report(Map<String, Object> event) {
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event)))
            .expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result.toString());
    }
}
