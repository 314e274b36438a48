package uk.waymark.hearings.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Many reminders at once: every bad line named, nobody twice, stopped, gone on with and corrected. */
class ReminderRunsTest extends WaymarkTest {
    private static final String RUNS = "/v1/staff/reminder-runs";
    private static final String NAMES = "crime_reference,mobile,hearing_date,hearing_time,court,language\r\n";
    private static final String LEEDS = "Leeds Crown Court";
    private static int crimes;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false);
    }

    private record Crime(String reference, String mobile, String hearing) {
        String person() {
            return "run" + reference.substring(reference.lastIndexOf('/') + 1);
        }
    }

    @Test
    void aDryRunNamesEveryBadLineAndChangesNothing() {
        Crime good = trial("2027-03-01T10:00:00Z");
        Crime unsafe = trial("2027-03-01T10:00:00Z", Map.of("mobile_safe", "unsafe"), true);
        Crime notNeeded = trial("2027-03-01T10:00:00Z", Map.of(), false);
        String file = "\uFEFF" + NAMES.replace("language", "language,ward")
            + line(good, "2027-03-01", "10:00", LEEDS, "")
            + line(good, "01/03/2027", "10:00", "C44SA00", "")
            + good.reference() + ",07700 900999,2027-03-01,,,\r\n"
            + good.reference() + ",not a number,2027-03-01,,,\r\n"
            + line(good, "2027-02-30", "", "", "")
            + line(good, "2027-03-01", "ten", "", "")
            + line(good, "2020-03-01", "", "", "")
            + line(good, "2027-03-02", "", "", "")
            + line(good, "2027-03-01", "11:00", "", "")
            + line(good, "2027-03-01", "", "B01LY00", "")
            + line(good, "2027-03-01", "", "York Crown Court", "")
            + line(good, "2027-03-01", "", "", "fr")
            + line(unsafe, "2027-03-01", "", "", "")
            + line(notNeeded, "2027-03-01", "", "", "")
            + "NM/NOBODY," + good.mobile() + ",2027-03-01,,,\r\n";
        JsonNode preview = upload(file + ",,,\r\n", "?dry_run=true").expect(200).body();
        var verdicts = new ArrayList<String>();
        preview.path("lines").forEach(l -> verdicts.add(l.path("line").asInt() + " " + l.path("reason").asText(l.path("verdict").asText())));
        assertEquals(List.of("2 would_send", "3 duplicate", "4 unknown_person", "5 bad_number", "6 bad_date", "7 bad_time", "8 past_date",
            "9 unknown_hearing", "10 other_time", "11 bad_court", "12 bad_court", "13 bad_language", "14 unsafe_contact",
            "15 not_required", "16 unknown_person"), verdicts);
        assertEquals("ward", preview.at("/ignored_columns/0").asText());
        assertEquals(0, count("select count(*) from waymark.reminder_run where force_id = waymark.ctx_force() and started_by = 'nobody'"));
        assertEquals(0, reminders(good.mobile()).size());
        assertFalse(preview.toString().contains(good.mobile()));
    }

    @Test
    void theSameFileIsTheSameRunAndAnotherFileRemindsNobodyTwice() {
        Crime crime = trial("2027-03-03T10:00:00Z");
        String file = NAMES + line(crime, "2027-03-03", "10:00", "", "");
        String run = upload(file, "").expect(202).at("/id");
        assertEquals(run, upload(file, "").expect(202).at("/id"));
        go();
        assertEquals(1, counts(run).path("delivered").asInt() + counts(run).path("sent").asInt());
        List<String> texts = reminders(crime.mobile());
        assertEquals(1, texts.size());
        assertTrue(texts.getFirst().contains("Wednesday 3 March, 10am"), texts.getFirst());
        String other = upload(file.replace("\r\n", "\n"), "").expect(202).at("/id");
        assertFalse(other.equals(run));
        go();
        assertEquals(1, counts(other).path("skipped").asInt());
        assertEquals(1, reminders(crime.mobile()).size());
    }

    @Test
    void runsAreListedTheNewestFirstAndOnlyToTheirOwnForce() {
        Crime crime = trial("2027-03-18T10:00:00Z");
        String file = NAMES + line(crime, "2027-03-18", "10:00", "", "");
        String first = upload(file, "").expect(202).at("/id");
        clocks.advanceCase(Duration.ofMinutes(1));
        String second = upload(file + line(crime, "2027-03-19", "10:00", "", ""), "").expect(202).at("/id");
        Answer page = staff("witness_care").get(RUNS + "?limit=1").expect(200);
        assertEquals(second, page.at("/items/0/id"));
        assertEquals(first, staff("witness_care").get(RUNS + "?limit=1&cursor=" + page.at("/next_cursor")).expect(200).at("/items/0/id"));
        assertFalse(api().as(staffToken("supervisor", "glanafon")).get(RUNS).expect(200).text().contains(first));
        staff("supervisor").get(RUNS + "?cursor=bm9uc2Vuc2U").expect(400);
        staff("analyst").get(RUNS).expect(403);
    }

    @Test
    void aSpreadsheetsFileIsReadAndTheLanguageOfTheLineHolds() {
        Crime crime = trial("2027-03-04T14:30:00Z");
        byte[] file = ("Crime reference,Mobile,Hearing date,Hearing time,Court,Language,Name,,\r\n"
            + crime.reference() + ',' + crime.mobile() + ",04/03/2027,14:30:00,,cy,\"Si\u00f4n\r\nExample\",,\r\n,,,,,,,,\r\n")
            .getBytes(Charset.forName("windows-1252"));
        String run = staff("witness_care").send("POST", RUNS, "text/csv", file).expect(202).at("/id");
        go();
        assertEquals(1, reminders(crime.mobile()).size(), () -> results(run).toString());
        assertTrue(reminders(crime.mobile()).getFirst().contains("ddydd Iau 4 Mawrth, 2:30pm"), reminders(crime.mobile()).getFirst());
    }

    @Test
    void whoHasSaidThatTheyCannotComeIsNotToldToCome() {
        Crime crime = trial("2027-03-15T10:00:00Z");
        Crime later = trial("2027-03-15T10:00:00Z");
        String token = SignUp.person(this, later.person());
        String other = SignUp.person(this, crime.person());
        String run = upload(NAMES + line(later, "2027-03-15", "", "", ""), "").expect(202).at("/id");
        bean(RunWorker.class).drain();
        cannot(token);
        cannot(other);
        JsonNode preview = upload(NAMES + line(crime, "2027-03-15", "", "", ""), "?dry_run=true").expect(200).body();
        assertEquals("answered_cannot", preview.at("/lines/0/reason").asText());
        go();
        assertEquals(0, reminders(later.mobile()).size(), () -> results(run).toString());
    }

    private void cannot(String token) {
        String caseId = api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
        String hearing = api().as(token).get("/v1/me/cases/" + caseId + "/hearings").expect(200).at("/items/0/id");
        api().as(token).put("/v1/me/hearings/" + hearing + "/attendance", Map.of("answer", "cannot")).expect(200);
    }

    @Test
    void fiftyThousandLinesFit() {
        Crime crime = trial("2027-03-26T10:00:00Z");
        var file = new StringBuilder(NAMES).append(line(crime, "2027-03-26", "10:00", LEEDS, "en"));
        for (int i = 1; i < 50_000; i++) {
            file.append("NM/2027/%07d,07700 900999,29/03/2027,10:00,%s,cy\r\n".formatted(i, LEEDS));
        }
        JsonNode preview = upload(file.toString(), "?dry_run=true").expect(200).body();
        assertEquals(50_000, preview.path("rows").asInt());
        assertEquals(1, preview.path("would_send").asInt());
        assertEquals(49_999, preview.path("bad").asInt());
    }

    @Test
    void whatIsStoppedDoesNotGo() {
        Crime crime = trial("2027-03-05T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-05", "", "", ""), "").expect(202).at("/id");
        bean(RunWorker.class).drain();
        assertEquals(1, counts(run).path("queued").asInt());
        assertEquals("stopped", staff("witness_care").post(RUNS + '/' + run + "/stop", null).expect(200).at("/state"));
        staff("witness_care").post(RUNS + '/' + run + "/stop", null).expect(200);
        go();
        assertEquals(1, counts(run).path("stopped").asInt());
        assertEquals(0, reminders(crime.mobile()).size());
        String others = staff("supervisor").send("POST", RUNS, "text/csv", (NAMES + line(crime, "2027-03-05", "10:00", "", ""))
            .getBytes(StandardCharsets.UTF_8)).expect(202).at("/id");
        staff("witness_care").post(RUNS + '/' + others + "/stop", null).expect(409);
    }

    @Test
    void whatWasBegunIsGoneOnWithAndNobodyHasItTwice() {
        Crime crime = trial("2027-03-08T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-08", "", "", "") + line(crime, "2027-03-09", "", "", ""), "").expect(202).at("/id");
        go();
        assertEquals(1, reminders(crime.mobile()).size());
        // as if the server had died before it could say so
        acting().as(worker("northmoor"), c -> Sql.run(c, "update waymark.reminder_run_row set state = 'pending' where run_id = ?::uuid", run));
        acting().as(worker("northmoor"), c -> Sql.run(c, "update waymark.reminder_run set state = 'running' where id = ?::uuid", run));
        try (var second = secondInstance()) {
            second.bean(RunWorker.class).drain();
        }
        go();
        assertEquals(1, reminders(crime.mobile()).size());
        assertEquals("finished", staff("supervisor").get(RUNS + '/' + run).expect(200).at("/state"));
        assertEquals(List.of("skipped duplicate", "bad unknown_hearing"), results(run));
    }

    @Test
    void whatIsNoLongerSoDoesNotGo() {
        Crime crime = trial("2027-03-10T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-10", "", "", ""), "").expect(202).at("/id");
        bean(RunWorker.class).drain();
        report(event(crime.reference() + "m", crime.reference(), at(-1), "hearing_changed",
            Map.of("hearing_id", crime.hearing(), "starts_at", "2027-03-11T10:00:00Z")));
        go();
        assertEquals(List.of("skipped no_longer_so"), results(run));
        assertEquals(0, reminders(crime.mobile()).size());
    }

    @Test
    void whoWasToldWronglyIsToldOnceWhatIsRightAndWhoCannotBeIsRung() {
        Crime told = trial("2027-03-12T10:00:00Z");
        Crime silent = trial("2027-03-12T10:00:00Z");
        Crime right = trial("2027-03-12T10:30:00Z");
        String run = upload(NAMES + line(told, "2027-03-12", "", "", "") + line(silent, "2027-03-12", "", "", "")
            + line(right, "2027-03-12", "", "", ""), "").expect(202).at("/id");
        var wrong = Map.of("wrong", List.of("time"), "time", "10:30");
        go();
        staff("witness_care").post(RUNS + '/' + run + "/corrections", wrong).expect(403);
        api().post("/sandbox/replies", Map.of("from", silent.mobile(), "body", "STOP")).expect(204);
        SignUp.drain(this);
        Api supervisor = staff("supervisor").with("Idempotency-Key", "once");
        supervisor.post(RUNS + '/' + run + "/corrections", wrong).expect(202);
        supervisor.post(RUNS + '/' + run + "/corrections", wrong).expect(202);
        go();
        assertEquals(1, texts(told.mobile(), "wrong time").size());
        assertTrue(texts(told.mobile(), "wrong time").getFirst().contains("Friday 12 March, 10:30am"));
        assertEquals(0, texts(right.mobile(), "wrong time").size());
        assertEquals(0, texts(silent.mobile(), "wrong time").size());
        assertEquals(1, count("select count(*) from waymark.work_item where kind = 'call_to_correct' and completed_at is null"));
        assertTrue(results(run).contains("skipped was_right"), () -> results(run).toString());
        String csv = staff("witness_care").with("Accept", "text/csv").get(RUNS + '/' + run + "/results").expect(200).text();
        assertTrue(csv.startsWith("line,correction,state"), csv);
        assertFalse(csv.contains(told.mobile()), csv);
    }

    @Test
    void whoWasToldOfTheChangeHearsNothingOfItFromACorrection() {
        inTheMorning();
        Crime crime = trial("2027-03-09T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-09", "", "", ""), "").expect(202).at("/id");
        go();
        change(crime, "2027-03-09T11:00:00Z");
        assertEquals(1, texts(crime.mobile(), "11am").size());
        staff("supervisor").post(RUNS + '/' + run + "/corrections", Map.of("wrong", List.of("time"))).expect(202);
        go();
        assertEquals(List.of("delivered", "skipped told_since"), results(run));
        assertEquals(1, texts(crime.mobile(), "11am").size());
        // what the court date does not say, no notice of it has said
        correct(run, "11:30");
        go();
        assertEquals(1, texts(crime.mobile(), "wrong time").size(), () -> results(run).toString());
        assertTrue(texts(crime.mobile(), "wrong time").getFirst().contains("11:30am"));
    }

    @Test
    void whatACorrectionSaidIsNoNewsFromTheForce() {
        inTheMorning();
        Crime crime = trial("2027-03-11T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-11", "", "", ""), "").expect(202).at("/id");
        go();
        correct(run, "10:30");
        go();
        assertEquals(1, texts(crime.mobile(), "wrong time").size());
        int before = messages(crime.mobile()).body().path("items").size();
        change(crime, "2027-03-11T10:30:00Z");
        assertEquals(before, messages(crime.mobile()).body().path("items").size(), () -> messages(crime.mobile()).text());
        change(crime, "2027-03-11T10:45:00Z");
        assertEquals(1, texts(crime.mobile(), "has moved").size());
        assertTrue(texts(crime.mobile(), "has moved").getFirst().contains("10:45am"));
    }

    @Test
    void whatIsStoppedHalfWayStaysWhereItIs() {
        LocalTime now = inTheMorning();
        Crime sent = trial("2027-04-20T10:00:00Z");
        Crime held = trial("2027-04-20T10:00:00Z");
        String person = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> r.getString("id"), held.person())).orElseThrow();
        String path = "/v1/staff/people/" + person + "/contact-preferences";
        staff("witness_care").with("If-Match", staff("witness_care").get(path).expect(200).header("etag").orElseThrow()).put(path, Map.of(
            "language", "en", "discreet_mode", false, "reason", "They work.", "channels", List.of(Map.of("channel", "sms")), "safe_times",
            Stream.of(DayOfWeek.values()).map(d -> Map.of("day", d.name().toLowerCase(Locale.ROOT), "from", now.plusHours(4).toString(), "to",
                now.plusHours(6).toString())).toList())).expect(200);
        String run = upload(NAMES + line(sent, "2027-04-20", "", "", "") + line(held, "2027-04-20", "", "", ""), "").expect(202).at("/id");
        go();
        assertEquals(List.of("delivered", "queued"), results(run));
        staff("witness_care").post(RUNS + '/' + run + "/stop", null).expect(200);
        go();
        assertEquals(1, counts(run).path("delivered").asInt());
        assertEquals(1, counts(run).path("stopped").asInt());
        clocks.advanceCase(Duration.ofHours(5));
        go();
        assertEquals(List.of("delivered", "stopped run_stopped"), results(run));
        assertEquals(1, reminders(sent.mobile()).size());
        assertEquals(0, reminders(held.mobile()).size(), "in their hours neither");
    }

    @Test
    void nobodyIsRemindedOnceTheyHaveLeftHome() {
        inTheMorning();
        Crime soon = trial(at(179));
        Crime later = trial(at(240));
        String file = NAMES + today(soon, 179) + today(later, 240);
        JsonNode preview = upload(file, "?dry_run=true").expect(200).body();
        assertEquals("past_date", preview.at("/lines/0/reason").asText(), preview::toString);
        assertEquals("would_send", preview.at("/lines/1/verdict").asText(), preview::toString);
    }

    private String today(Crime crime, int minutes) {
        var starts = Instant.parse(at(minutes)).atZone(WorkingDays.LONDON);
        return line(crime, starts.toLocalDate().toString(), "", "", "");
    }

    /** Eleven o'clock, when notices leave at once. */
    private LocalTime inTheMorning() {
        Instant now = bean(CaseClock.class).instant();
        var eleven = now.atZone(WorkingDays.LONDON).toLocalDate().atTime(11, 0).atZone(WorkingDays.LONDON);
        clocks.advanceCase(Duration.between(now, eleven.toInstant().isBefore(now) ? eleven.plusDays(1).toInstant() : eleven.toInstant()));
        return eleven.toLocalTime();
    }

    private void change(Crime crime, String startsAt) {
        report(event(crime.reference() + startsAt, crime.reference(), at(0), "hearing_changed",
            Map.of("hearing_id", crime.hearing(), "starts_at", startsAt)));
        clocks.advanceCase(Duration.ofMinutes(2));
        go();
    }

    @Test
    void whatHadNotGoneIsReplacedAndNobodyHearsOfTheMistake() {
        Crime crime = trial("2027-03-15T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-15", "", "", ""), "").expect(202).at("/id");
        bean(RunWorker.class).drain();
        bean(RunWorker.class).drain();
        staff("supervisor").post(RUNS + '/' + run + "/corrections", Map.of("wrong", List.of("time"), "time", "09:30")).expect(202);
        go();
        assertEquals(0, texts(crime.mobile(), "wrong").size());
        assertEquals(1, reminders(crime.mobile()).size());
        assertTrue(reminders(crime.mobile()).getFirst().contains("9:30am"));
        assertEquals(1, counts(run).path("replaced").asInt());
    }

    @Test
    void aFileThatBreaksOffIsRefusedAsAWhole() {
        Crime crime = trial("2027-03-18T10:00:00Z");
        String file = NAMES + line(crime, "2027-03-18", "", "", "") + crime.reference() + ',' + crime.mobile() + ",2027-03-18,,\"Leeds,\r\n"
            + line(crime, "2027-03-18", "", "", "");
        for (String query : List.of("", "?dry_run=true")) {
            String refusal = upload(file, query).expect(422).text();
            assertTrue(refusal.contains("line 3"), refusal);
            assertFalse(refusal.contains(crime.mobile()), refusal);
        }
        go();
        assertEquals(0, reminders(crime.mobile()).size());
    }

    @Test
    void oneValueForAllIsTakenOnlyWhereOneWasWrong() {
        Crime one = trial("2027-03-19T10:00:00Z");
        Crime other = trial("2027-03-19T14:30:00Z");
        String run = upload(NAMES + line(one, "2027-03-19", "", "", "") + line(other, "2027-03-19", "", "", ""), "").expect(202).at("/id");
        go();
        Api supervisor = staff("supervisor");
        supervisor.post(RUNS + '/' + run + "/corrections", Map.of("wrong", List.of("time"), "time", "11:00")).expect(422);
        assertEquals("finished", supervisor.get(RUNS + '/' + run).expect(200).at("/state"));
        supervisor.post(RUNS + '/' + run + "/corrections", Map.of("wrong", List.of("court"), "court", "York Crown Court")).expect(202);
        go();
        assertEquals(0, texts(one.mobile(), "wrong time").size());
        assertEquals(1, texts(one.mobile(), "wrong place").size());
        assertEquals(1, texts(other.mobile(), "wrong place").size());
    }

    @Test
    void aWrongCorrectionIsPutRight() {
        Crime told = trial("2027-03-22T10:00:00Z");
        String run = upload(NAMES + line(told, "2027-03-22", "", "", ""), "").expect(202).at("/id");
        go();
        correct(run, "10:30");
        go();
        correct(run, "09:45");
        go();
        List<String> wrong = texts(told.mobile(), "wrong time");
        assertEquals(2, wrong.size(), wrong::toString);
        assertEquals(1, wrong.stream().filter(t -> t.contains("9:45am")).count(), wrong::toString);
        correct(run, "11:00");
        twice();
        correct(run, "09:45");
        go();
        assertEquals(2, texts(told.mobile(), "wrong time").size(), () -> results(run).toString());

        Crime untold = trial("2027-03-22T10:00:00Z");
        String waiting = upload(NAMES + line(untold, "2027-03-22", "", "", ""), "").expect(202).at("/id");
        twice();
        correct(waiting, "09:30");
        twice();
        correct(waiting, "09:45");
        go();
        assertEquals(0, texts(untold.mobile(), "wrong").size());
        assertEquals(1, reminders(untold.mobile()).size());
        assertTrue(reminders(untold.mobile()).getFirst().contains("9:45am"), () -> reminders(untold.mobile()).toString());
        assertEquals(2, counts(waiting).path("replaced").asInt());
    }

    @Test
    void whatIsKeptQuietIsNotSaidByARun() {
        Crime crime = trial("2027-03-23T10:00:00Z");
        String file = NAMES + line(crime, "2027-03-23", "", "", "");
        String run = upload(file, "").expect(202).at("/id");
        twice();
        acting().as(worker("northmoor"), c -> Sql.run(c, """
            update waymark.hearing h set quiet = true from waymark.hearing_subject s
             where s.hearing_id = h.id and s.subject like ?""", "%" + crime.hearing()));
        go();
        assertEquals(List.of("skipped no_longer_so"), results(run));
        assertEquals("kept_quiet", upload(file, "?dry_run=true").expect(200).at("/lines/0/reason"));
        String again = upload(file + "\r\n", "").expect(202).at("/id");
        go();
        assertEquals(List.of("bad kept_quiet"), results(again));
        assertEquals(0, reminders(crime.mobile()).size());
    }

    @Test
    void aReminderOfThePlanAndARunAreNotBothSaid() {
        Crime crime = trial("2027-03-24T10:00:00Z");
        String file = NAMES + line(crime, "2027-03-24", "", "", "");
        var waits = planned(crime);
        assertEquals("duplicate", upload(file, "?dry_run=true").expect(200).at("/lines/0/reason"));
        Instant now = bean(CaseClock.class).instant();
        acting().as(worker("northmoor"), c -> {
            return Sql.run(c, "update waymark.reminder set state = 'skipped', reason = 'gone', settled_at = ? where id = ?", now, waits.id());
        });
        upload(file, "").expect(202);
        go();
        assertEquals(1, reminders(crime.mobile()).size());
        int phone = messages(crime.mobile()).body().path("items").size();
        var late = planned(crime);
        acting().as(worker("northmoor"), c -> bean(Outbox.class).enqueue(c, new NewMessage(force("northmoor"), late.person(), "reminder",
            "case_update", Map.of(), "late:" + late.id(), late.subject(), now, now.plus(Duration.ofDays(1)))));
        go();
        assertEquals(phone, messages(crime.mobile()).body().path("items").size());
        assertEquals(1, count("select count(*) from waymark.reminder where state = 'skipped' and reason = 'reminded_by_staff' and id = '"
            + late.id() + "'"));
    }

    private record Planned(UUID id, UUID person, UUID subject) { }

    /** A reminder of the plan whose message waits. */
    private Planned planned(Crime crime) {
        Instant now = bean(CaseClock.class).instant();
        UUID id = UUID.randomUUID();
        UUID subject = UUID.randomUUID();
        return acting().as(worker("northmoor"), c -> {
            Sql.run(c, """
                insert into waymark.reminder (id, force_id, case_id, hearing_id, person_id, hearing_version, words, only_required, due_at,
                                              useless_from, state, subject_ref, planned_at)
                select ?, h.force_id, h.case_id, h.id, p.person_id, h.version, 'details', true, ?, ?, 'queued', ?, ?
                  from waymark.hearing h join waymark.hearing_person p on p.hearing_id = h.id
                  join waymark.hearing_subject s on s.hearing_id = h.id where s.subject like ?""", id, now, now.plus(Duration.ofDays(2)),
                subject, now, "%" + crime.hearing());
            return Sql.one(c, "select person_id from waymark.reminder where id = ?",
                r -> new Planned(id, Sql.uuid(r, "person_id"), subject), id).orElseThrow();
        });
    }

    @Test
    void oneMomentIsSaidOnceThoughItStandsInAnotherLotAndCase() {
        Crime crime = trial("2027-03-25T10:00:00Z");
        String id = "run" + crimes;
        String second = crime.reference() + "/2";
        report(recorded(second, second, at(-60), victim(id, crime.mobile())));
        report(event(second + "a", second, at(-50), "hearing_listed", Map.of("hearing_id", second + "h", "kind", "trial", "starts_at",
            "2027-03-25T10:00:00Z", "court", Map.of("ou_code", "C44SA00", "name", LEEDS), "required", List.of(id))));
        SignUp.drain(this);
        String bad = "NM/NOBODY," + crime.mobile() + ",2027-03-25,,,\r\n";
        String run = upload(NAMES + line(crime, "2027-03-25", "", "", "") + bad.repeat(210)
            + line(new Crime(second, crime.mobile(), null), "2027-03-25", "", "", ""), "").expect(202).at("/id");
        go();
        assertEquals(1, counts(run).path("skipped").asInt(), () -> counts(run).toString());
        assertEquals(1, reminders(crime.mobile()).size());
    }

    @Test
    void aCodeIsNoNameOfACourt() {
        Crime crime = trial("2027-03-26T10:00:00Z");
        acting().as(worker("northmoor"), c -> Sql.run(c, """
            update waymark.hearing h set court = null from waymark.hearing_subject s
             where s.hearing_id = h.id and s.subject like ?""", "%" + crime.hearing()));
        upload(NAMES + line(crime, "2027-03-26", "", "c44sa00", ""), "").expect(202);
        go();
        assertEquals(1, reminders(crime.mobile()).size());
        assertFalse(reminders(crime.mobile()).getFirst().toLowerCase(java.util.Locale.ROOT).contains("c44sa00"));
    }

    private void correct(String run, String time) {
        staff("supervisor").post(RUNS + '/' + run + "/corrections", Map.of("wrong", List.of("time"), "time", time)).expect(202);
    }

    /** Messages are there, and wait. */
    private void twice() {
        bean(RunWorker.class).drain();
        bean(RunWorker.class).drain();
    }

    @Test
    void everybodyOfADayIsRemindedFromTheListOfCourtDates() {
        Crime crime = trial("2027-04-12T09:00:00Z");
        trial("2027-04-12T09:00:00Z", Map.of(), false);
        var days = Map.of("from", "2027-04-12", "to", "2027-04-12", "unit", "wcu");
        assertEquals(1, staff("witness_care").post(RUNS + "?dry_run=true", days).expect(200).body().path("would_send").asInt());
        String run = staff("witness_care").post(RUNS, days).expect(202).at("/id");
        go();
        assertEquals(1, counts(run).path("rows").asInt());
        assertTrue(reminders(crime.mobile()).getFirst().contains("Monday 12 April, 10am"), reminders(crime.mobile()).toString());
        staff("witness_care").post(RUNS, Map.of("from", "2027-04-12")).expect(422);
        staff("witness_care").post(RUNS, Map.of("from", "2027-04-12", "to", "2027-06-12")).expect(422);
    }

    @Test
    void whoMayNotSeesNothing() {
        Crime crime = trial("2027-03-16T10:00:00Z");
        String file = NAMES + line(crime, "2027-03-16", "", "", "");
        String run = upload(file, "").expect(202).at("/id");
        Api other = api().as(staffToken("supervisor", "glanafon"));
        for (String path : List.of("", "/results")) {
            other.get(RUNS + '/' + run + path).expect(404);
        }
        other.post(RUNS + '/' + run + "/stop", null).expect(404);
        JsonNode theirs = other.send("POST", RUNS + "?dry_run=true", "text/csv", file.getBytes(StandardCharsets.UTF_8)).expect(200).body();
        assertEquals("unknown_person", theirs.at("/lines/0/reason").asText());
        staff("analyst").get(RUNS + '/' + run).expect(403);
        staff("analyst").send("POST", RUNS, "text/csv", file.getBytes(StandardCharsets.UTF_8)).expect(403);
        upload("", "").expect(422);
        upload(NAMES, "").expect(422);
        upload("a,b\n1,2\n", "").expect(422);
    }

    @Test
    void runsAreForgottenWithAllTheirLines() {
        Crime crime = trial("2027-03-17T10:00:00Z");
        String run = upload(NAMES + line(crime, "2027-03-17", "", "", ""), "").expect(202).at("/id");
        go();
        acting().as(worker("northmoor"), c -> Sql.run(c,
            "update waymark.reminder_run set started_at = started_at - interval '91 days' where id = ?::uuid", run));
        assertTrue(bean(RunKeeping.class).forget() >= 1);
        staff("supervisor").get(RUNS + '/' + run).expect(404);
        assertEquals(0, count("select count(*) from waymark.reminder_run_row where run_id = '" + run + "'"));
    }

    private Crime trial(String startsAt) {
        return trial(startsAt, Map.of(), true);
    }

    private Crime trial(String startsAt, Map<String, Object> more, boolean required) {
        int n = ++crimes;
        String reference = "NM/RUN/" + n;
        String mobile = "+4477009004" + (10 + n);
        var person = new HashMap<>(victim("run" + n, mobile));
        person.putAll(more);
        report(recorded(reference, reference, at(-60), person));
        report(event(reference + "a", reference, at(-50), "hearing_listed", Map.of("hearing_id", reference + "h", "kind", "trial",
            "starts_at", startsAt, "court", Map.of("ou_code", "C44SA00", "name", LEEDS), "required",
            required ? List.of("run" + n) : List.of())));
        SignUp.drain(this);
        return new Crime(reference, mobile, reference + "h");
    }

    private static String line(Crime crime, String day, String time, String court, String language) {
        return String.join(",", crime.reference(), crime.mobile(), day, time, court, language) + "\r\n";
    }

    private Answer upload(String file, String query) {
        return staff("witness_care").send("POST", RUNS + query, "text/csv", file.getBytes(StandardCharsets.UTF_8));
    }

    private Api staff(String role) {
        return api().as(staffToken(role, "northmoor"));
    }

    /** Everything that is to be done is done, and what came of it is known. */
    private void go() {
        for (int i = 0; i < 3; i++) {
            bean(RunWorker.class).drain();
            SignUp.drain(this);
        }
        // answers once the receipts are in
        api().post("/sandbox/clock", Map.of("advance", "PT1S")).expect(200);
    }

    private JsonNode counts(String run) {
        return staff("supervisor").get(RUNS + '/' + run).expect(200).body().path("counts");
    }

    private List<String> results(String run) {
        var results = new ArrayList<String>();
        staff("supervisor").get(RUNS + '/' + run + "/results").expect(200).body().path("items")
            .forEach(i -> results.add((i.path("state").asText() + " " + i.path("reason").asText("")).strip()));
        return results;
    }

    private List<String> reminders(String mobile) {
        return texts(mobile, "remind", "atgoffa");
    }

    private List<String> texts(String mobile, String... words) {
        var found = new ArrayList<String>();
        messages(mobile).body().path("items").forEach(m -> {
            String body = m.path("body").asText();
            if (List.of(words).stream().anyMatch(body::contains)) {
                found.add(body);
            }
        });
        return found;
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plus(Duration.ofMinutes(minutes)).toString();
    }

    private void report(Map<String, Object> event) {
        var body = Map.of("source", "rms", "events", List.of(event));
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", body).expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result.toString());
    }
}
