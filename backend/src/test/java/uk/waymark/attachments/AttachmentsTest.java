package uk.waymark.attachments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;

import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.attachments.StandInScanner.Mood;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.Pictures;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Files of messages from the phone to whoever opens them, with a scanner that answers as the test wants. */
class AttachmentsTest extends WaymarkTest {
    private static final AtomicInteger CASES = new AtomicInteger();
    private static final String PHOTO = "image/jpeg";
    private final StandInScanner scanner = new StandInScanner();

    private record Somebody(UUID person, UUID caseId, String token, Api api) {
        String path() {
            return "/v1/me/cases/" + caseId + "/messages/attachments";
        }

        Answer give(byte[] bytes) {
            return api.send("POST", path(), PHOTO, bytes);
        }

        Answer open(String id) {
            return api.get(path() + '/' + id);
        }
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.scanner.address", scanner.address(), "waymark.scanner.timeout", "PT5S",
            "waymark.limits.codes-of-address", 5000, "waymark.limits.codes-of-device", 5000, "waymark.limits.codes-of-day", 5000);
    }

    @AfterAll
    void closeScanner() {
        scanner.close();
    }

    @BeforeEach
    void asUsual() {
        scanner.mood = Mood.WELL;
        rule("serve_unscanned = false, file_bytes = 10485760, case_bytes = 104857600");
    }

    private Somebody victim() {
        return people(1).getFirst();
    }

    /** In one case. */
    private List<Somebody> people(int many) {
        int n = CASES.incrementAndGet();
        String reference = "NM/FILE/" + n;
        String at = bean(CaseClock.class).instant().minusSeconds(3600).toString();
        var all = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < many; i++) {
            all.add(Map.of("source_person_id", "file-" + n + "-" + i, "role", "victim", "given_name", "Alys", "family_name", "Penrose",
                "mobile", "+447700900" + (100 + 10 * n + i), "mobile_safe", "safe", "language", i == 0 ? "en" : "cy", "entitlement", "standard"));
        }
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(event(reference, reference, at, "crime_recorded",
            new HashMap<>(Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", at, "officer", Map.of("name",
                "DC Example", "collar_number", "1234", "team", "Central"), "flags", List.of(), "unit", Map.of("code", "wcu", "name",
                "Witness Care"), "urns", List.of(), "people", all)))))).expect(200);
        var found = new ArrayList<Somebody>();
        for (int i = 0; i < many; i++) {
            String id = "file-" + n + "-" + i;
            String token = SignUp.person(this, id);
            found.add(acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
                select p.id, pa.case_id from waymark.person p join waymark.participant pa on pa.person_id = p.id
                 where p.source_person_id = ?""", r -> new Somebody(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), token,
                    api().as(token)), id).orElseThrow()));
        }
        return found;
    }

    private static Caller.Person caller(Somebody who) {
        try {
            var claims = SignedJWT.parse(who.token()).getJWTClaimsSet();
            return new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")), Instant.EPOCH);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private Api staff() {
        return api().as(staffToken("officer", "northmoor")).with("Waymark-Reason", "enquiry");
    }

    private void rule(String assignments) {
        try (Connection c = database.superuser()) {
            Sql.run(c, "insert into waymark.attachment_rule (force_id) values (?) on conflict do nothing", force("northmoor"));
            Sql.run(c, "update waymark.attachment_rule set " + assignments + " where force_id = ?", force("northmoor"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int count(String sql, Object... parameters) {
        return acting().<Integer>as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1), parameters).orElseThrow());
    }

    private List<String> items(Somebody who) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select kind, reason from waymark.work_item where person_id = ? and completed_at is null and kind like 'attachment%' order by id""",
            r -> r.getString("kind") + " " + r.getString("reason"), who.person()));
    }

    /** With a message of theirs. */
    private Sent send(Somebody who, UUID message, String... ids) {
        return acting().as(worker("northmoor"), (Connection c) -> bean(Attachments.class).attach(c, message, who.caseId(),
            new Sender.OfPerson(who.person()), List.of(ids).stream().map(UUID::fromString).toList()));
    }

    private UUID sent(Somebody who, String... ids) {
        UUID message = bean(Ids.class).next();
        assertEquals(new Sent.Taken(), send(who, message, ids));
        return message;
    }

    private static String problem(Answer answer) {
        return answer.at("/type").replace("urn:waymark:problem:", "");
    }

    /** A photo that the stand-in finds something in: what a comment has in it goes, so it lies among the points. */
    private static byte[] harmful() {
        byte[] plain = Pictures.jpeg();
        byte[] word = StandInScanner.HARMFUL.getBytes(StandardCharsets.US_ASCII);
        byte[] bad = new byte[plain.length + word.length];
        System.arraycopy(plain, 0, bad, 0, plain.length - 2);
        System.arraycopy(word, 0, bad, plain.length - 2, word.length);
        System.arraycopy(plain, plain.length - 2, bad, bad.length - 2, 2);
        return bad;
    }

    private double waiting() {
        bean(ScanRounds.class).drain();
        return bean(io.micrometer.core.instrument.MeterRegistry.class).get("waymark.attachments.waiting").gauge().value();
    }

    @Test
    void aPhotoTellsNothingAndIsOpenedByThoseWhoMay() {
        List<Somebody> two = people(2);
        Somebody her = two.getFirst();
        Answer given = her.api().with("File-Name", "..%2Fmy%20%E2%80%AEphoto.exe").send("POST", her.path(), PHOTO, Pictures.ofAPhone()).expect(201);
        assertEquals("my photo.jpg ready", given.at("/name") + " " + given.at("/state"));
        Answer opened = her.open(given.at("/id")).expect(200);
        assertFalse(opened.text().contains("Alys") || opened.text().contains("2026:11"), "neither the phone nor the time");
        assertEquals("attachment; filename=\"my photo.jpg\"; filename*=UTF-8''my%20photo.jpg",
            opened.header("content-disposition").orElseThrow());
        assertEquals("nosniff no-store", opened.header("x-content-type-options").orElseThrow() + " " + opened.header("cache-control")
            .orElseThrow());
        assertTrue(opened.header("content-security-policy").orElseThrow().startsWith("sandbox; default-src 'none'"));
        assertEquals(PHOTO, opened.header("content-type").orElseThrow());
        String id = given.at("/id");
        two.getLast().open(id).expect(404);
        staff().get("/v1/staff/attachments/" + id).expect(404);
        UUID message = sent(her, id);
        two.getLast().open(id).expect(404);
        staff().get("/v1/staff/attachments/" + id).expect(200);
        assertEquals(1, count("select count(*) from waymark.audit_log where action = 'attachment_read' and person_id = ?", her.person()));
        api().as(staffToken("officer", "glanafon")).with("Waymark-Reason", "enquiry").get("/v1/staff/attachments/" + id).expect(404);
        assertEquals(List.of("my photo.jpg"), acting().as(worker("northmoor"), (Connection c) -> bean(Attachments.class)
            .of(c, List.of(message, UUID.randomUUID())).get(message)).stream().map(Attachment::name).toList());
        assertEquals(0, count("select count(*) from waymark.attachment_part where position('JFIF'::bytea in content) > 0"), "sealed");
    }

    @Test
    void whatIsNotTakenSaysWhatToDo() {
        Somebody her = victim();
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".getBytes(StandardCharsets.US_ASCII);
        for (String type : List.of("image/svg+xml", "text/html", "application/zip", "application/octet-stream", "image/heic")) {
            assertTrue(her.api().send("POST", her.path(), type, svg).expect(415).at("/detail").contains("image/jpeg"), type);
        }
        assertEquals("file-text", problem(her.give(svg).expect(422)));
        assertEquals("file-archive", problem(her.give("PK\3\4....".getBytes(StandardCharsets.US_ASCII)).expect(422)));
        assertEquals("file-program", problem(her.give("MZ......".getBytes(StandardCharsets.US_ASCII)).expect(422)));
        assertEquals("file-heic", problem(her.give("\0\0\0\u0018ftypheic\0\0\0\0".getBytes(StandardCharsets.US_ASCII)).expect(422)));
        assertEquals("file-otherwise", problem(her.give(Pictures.png()).expect(422)));
        assertEquals("file-broken", problem(her.give(java.util.Arrays.copyOf(Pictures.jpeg(), 300)).expect(422)));
        assertEquals("file-unknown", problem(her.give(new byte[0]).expect(422)));
        her.api().with("File-Name", "%zz").send("POST", her.path(), PHOTO, Pictures.jpeg()).expect(400);
        assertTrue(her.give(new byte[11 << 20]).expect(413).at("/detail").contains("10 MB"));
        rule("file_bytes = 102400");
        assertTrue(her.give(new byte[200_000]).expect(413).at("/detail").contains("0.1 MB"));
        rule("file_bytes = 10485760, case_bytes = 1048576");
        int taken = 0;
        while (her.give(padded()).status() == 201) {
            taken++;
        }
        assertEquals(3, taken, "300 kB each, of 1 MB");
        assertEquals("attachments-full", problem(her.give(padded()).expect(409)));
        assertEquals(201, victim().give(Pictures.jpeg()).status(), "nobody fills up another's room");
    }

    /** Some 300 kB of what belongs to the picture. */
    private static byte[] padded() {
        byte[] plain = Pictures.jpeg();
        byte[] long300 = new byte[plain.length + 300_000];
        System.arraycopy(plain, 0, long300, 0, plain.length - 2);
        System.arraycopy(plain, plain.length - 2, long300, long300.length - 2, 2);
        return long300;
    }

    @Test
    void whatIsHarmfulIsNeverKeptServedOrSent() {
        List<Somebody> two = people(2);
        Somebody him = two.getLast();
        Answer given = him.give(harmful()).expect(201);
        assertEquals("refused", given.at("/state"));
        assertTrue(given.at("/reason").startsWith("Ni ellir agor y ffeil hon: canfu"), "in his language: " + given.at("/reason"));
        assertEquals("cannot-be-opened", problem(him.open(given.at("/id")).expect(409)));
        assertEquals(0, count("select count(*) from waymark.attachment_part where attachment_id = ?::uuid", given.at("/id")));
        assertEquals(new Sent.NotThere(), send(him, UUID.randomUUID(), given.at("/id")));
        assertEquals(List.of("attachment_infected from_the_person"), items(him));
        rule("serve_unscanned = true");
        assertEquals("cannot-be-opened", problem(him.open(given.at("/id")).expect(409)), "whatever the force says");
    }

    @Test
    void whatNobodyHasLookedAtWaitsAndIsLookedAtLater() {
        Somebody her = victim();
        scanner.mood = Mood.BREAKS_OFF;
        Answer given = her.give(Pictures.jpeg()).expect(201);
        assertEquals("checking", given.at("/state"));
        String id = given.at("/id");
        assertEquals("being-checked", problem(her.open(id).expect(409)));
        scanner.mood = Mood.SILENT;
        String bad = her.give(harmful()).expect(201).at("/id");
        sent(her, id, bad);
        assertTrue(staff().get("/v1/staff/attachments/" + id).expect(409).at("/detail").contains("has not answered yet"));
        assertEquals(2, waiting());
        assertEquals(List.of(), items(her));
        clocks.advanceCase(Duration.ofHours(1));
        int asked = scanner.asked.get();
        assertEquals(2, waiting(), "never lost");
        assertEquals(asked + 1, scanner.asked.get(), "one that says nothing is not asked about every file");
        assertEquals(2, waiting());
        assertEquals(List.of("attachment_unscanned no_answer", "attachment_unscanned no_answer"), items(her));
        scanner.mood = Mood.WELL;
        assertEquals(2, waiting(), "it is asked again when it is due, not at once");
        clocks.advanceCase(Duration.ofHours(1));
        assertEquals(0, waiting());
        her.open(id).expect(200);
        assertEquals("cannot-be-opened", problem(her.open(bad).expect(409)));
        assertEquals("cannot-be-opened", problem(staff().get("/v1/staff/attachments/" + bad).expect(409)));
        assertEquals(1, count("select count(*) from waymark.attachment_part where attachment_id = ?::uuid", bad),
            "what was sent is part of the record");
        assertEquals(List.of("attachment_infected from_the_person_found_later"), items(her));
    }

    @Test
    void whatIsFoundInAFileThatNobodySentIsNotKept() {
        Somebody her = victim();
        scanner.mood = Mood.BREAKS_OFF;
        String bad = her.give(harmful()).expect(201).at("/id");
        assertEquals(1, count("select count(*) from waymark.attachment_part where attachment_id = ?::uuid", bad));
        scanner.mood = Mood.WELL;
        clocks.advanceCase(Duration.ofHours(1));
        assertEquals(0, waiting());
        assertEquals(0, count("select count(*) from waymark.attachment_part where attachment_id = ?::uuid", bad));
        assertEquals(List.of("attachment_infected from_the_person"), items(her));
    }

    @Test
    void ofAFileThatIsDamagedStaffAreToldByWhoeverOpensItFirst() throws SQLException {
        List<Somebody> two = people(2);
        for (String damage : List.of("update waymark.attachment_part set content = substr(content, 1, 40) where attachment_id = ?::uuid",
                "delete from waymark.attachment_part where attachment_id = ?::uuid", """
                insert into waymark.attachment_part (id, attachment_id, force_id, number, content)
                select id, ?::uuid, force_id, 9, content from waymark.attachment_part limit 1""")) {
            Somebody her = two.getFirst();
            String id = her.give(Pictures.jpeg()).expect(201).at("/id");
            sent(her, id);
            try (Connection c = database.superuser()) {
                Sql.run(c, damage.replace("select id,", "select gen_random_uuid(),"), id);
            }
            int before = items(her).size();
            Answer refused = her.api().with("Accept-Language", "cy").get(her.path() + '/' + id).expect(409);
            assertEquals("cannot-be-opened", problem(refused));
            assertTrue(refused.at("/detail").startsWith("Ni ellir agor y ffeil hon mwyach"), refused::text);
            assertEquals(before + 1, items(her).size(), "it is there although the answer is a refusal");
            assertEquals("cannot-be-opened", problem(staff().get("/v1/staff/attachments/" + id).expect(409)));
            assertEquals(before + 1, items(her).size(), "once");
            assertEquals("attachment_unreadable not_readable", items(her).getLast());
        }
        Somebody him = two.getLast();
        String his = him.give(Pictures.jpeg()).expect(201).at("/id");
        sent(him, his);
        try (Connection c = database.superuser()) {
            Sql.run(c, "delete from waymark.attachment_part where attachment_id = ?::uuid", his);
        }
        assertTrue(staff().get("/v1/staff/attachments/" + his).expect(409).at("/detail").startsWith("What is kept of it"));
        assertEquals(List.of("attachment_unreadable not_readable"), items(him));
    }

    @Test
    void theForcesSystemFetchesTheFilesOfWhatWaitsForIt() throws SQLException {
        Somebody her = victim();
        String id = her.give(Pictures.jpeg()).expect(201).at("/id");
        String unsent = her.give(Pictures.jpeg()).expect(201).at("/id");
        scanner.mood = Mood.BREAKS_OFF;
        String bad = her.give(harmful()).expect(201).at("/id");
        String message = her.api().post(her.path().replace("/attachments", ""), Map.of("body", "He is outside my house", "attachment_ids",
            List.of(id, bad))).expect(201).at("/id");
        String files = "/v1/bridge/outbound/" + parcel("message", message) + "/attachments/";
        Api system = api().as(systemToken("northmoor"));
        Answer fetched = system.get(files + id).expect(200);
        assertEquals("image/jpeg", fetched.header("content-type").orElseThrow());
        assertTrue(fetched.header("content-disposition").orElseThrow().startsWith("attachment"));
        assertEquals(her.open(id).expect(200).text(), fetched.text());
        assertEquals("being-checked", problem(system.get(files + bad).expect(409)));
        scanner.mood = Mood.WELL;
        clocks.advanceCase(Duration.ofHours(1));
        assertEquals(0, waiting());
        assertEquals("cannot-be-opened", problem(system.get(files + bad).expect(409)));

        system.get(files + unsent).expect(404);
        system.get("/v1/bridge/outbound/" + UUID.randomUUID() + "/attachments/" + id).expect(404);
        system.get("/v1/bridge/outbound/" + parcel("message_danger", message) + "/attachments/" + id).expect(404);
        api().as(systemToken("glanafon")).get(files + id).expect(404);
        staff().get(files + id).expect(403);
        her.api().get(files + id).expect(403);
        try (Connection c = database.superuser()) {
            assertEquals(1, Sql.one(c, "select count(*) as n from waymark.audit_log where action = 'attachment_passed_on' and person_id = ?",
                r -> r.getInt("n"), her.person()).orElseThrow(), "what was fetched is written down");
        }

        system.post("/v1/bridge/outbound/" + parcel("message", message) + "/acknowledgement", Map.of()).expect(204);
        system.get(files + id).expect(404);
    }

    private String parcel(String type, String message) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select id from waymark.outbound_parcel where type = ? and subject_id = ?::uuid", r -> r.getString("id"), type, message).orElseThrow());
    }

    @Test
    void whatIsSaidOfAFileIsInTheLanguageThatIsAskedForOrElseTheirs() {
        List<Somebody> two = people(2);
        Somebody him = two.getLast();
        byte[] program = "MZ......".getBytes(StandardCharsets.US_ASCII);
        assertEquals("Ni dderbynnir y ffeil hon", him.give(program).expect(422).at("/title"), "his own");
        Api cy = two.getFirst().api().with("Accept-Language", "cy");
        String path = two.getFirst().path();
        assertTrue(cy.send("POST", path, PHOTO, program).expect(422).at("/detail").startsWith("Rhaglen yw hon."));
        assertTrue(cy.send("POST", path, "text/html", program).expect(415).at("/detail").startsWith("Anfonwch lun"));
        assertTrue(cy.send("POST", path, PHOTO, new byte[11 << 20]).expect(413).at("/detail").startsWith("Gall ffeil fod yn 10 MB"));
        rule("file_bytes = 10485760, case_bytes = 1048576");
        Answer full = cy.send("POST", path, PHOTO, padded());
        for (int i = 0; i < 4 && full.status() == 201; i++) {
            full = cy.send("POST", path, PHOTO, padded());
        }
        assertEquals("Dim lle i ragor o ffeiliau", full.expect(409).at("/title"));
        rule("case_bytes = 104857600");
        scanner.mood = Mood.BREAKS_OFF;
        String checking = cy.send("POST", path, PHOTO, Pictures.jpeg()).expect(201).at("/id");
        assertEquals("Mae'r ffeil hon yn cael ei gwirio", cy.get(path + '/' + checking).expect(409).at("/title"));
        scanner.mood = Mood.WELL;
        String bad = cy.send("POST", path, PHOTO, harmful()).expect(201).at("/id");
        assertTrue(cy.get(path + '/' + bad).expect(409).at("/detail").startsWith("Gall rhywbeth ynddi niweidio"));
        assertTrue(two.getFirst().open(bad).expect(409).at("/detail").startsWith("Something in it"));
        // what nobody sent is nobody's to count
        clocks.advanceCase(Duration.ofDays(2));
        bean(UnsentFiles.class).drain();
    }

    @Test
    void ofAFileWhoseNameCannotBeReadStaffAreToldAndNothingElseIsKeptBack() throws SQLException {
        Somebody her = victim();
        String lost = her.give(Pictures.jpeg()).expect(201).at("/id");
        String id = her.give(Pictures.jpeg()).expect(201).at("/id");
        String messages = her.path().replace("/attachments", "");
        her.api().post(messages, Map.of("body", "Look", "attachment_ids", List.of(lost, id))).expect(201);
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.attachment set details = substr(details, 1, 20) where id = ?::uuid", lost);
        }
        Answer seen = her.api().with("Accept-Language", "cy").get(messages).expect(200);
        assertEquals("refused ready", seen.at("/items/0/attachments/0/state") + " " + seen.at("/items/0/attachments/1/state"));
        assertTrue(seen.at("/items/0/attachments/0/reason").startsWith("Ni ellir agor y ffeil hon mwyach"), seen::text);
        assertEquals("cannot-be-opened", problem(her.open(lost).expect(409)));
        assertEquals("cannot-be-opened", problem(staff().get("/v1/staff/attachments/" + lost).expect(409)));
        her.open(id).expect(200);
        her.api().get(messages).expect(200);
        assertEquals(List.of("attachment_unreadable not_readable"), items(her), "once");
    }

    @Test
    void aFileThatCannotBeReadKeepsNoOtherBack() throws SQLException {
        Somebody her = victim();
        scanner.mood = Mood.BREAKS_OFF;
        String damaged = her.give(Pictures.jpeg()).expect(201).at("/id");
        String id = her.give(Pictures.jpeg()).expect(201).at("/id");
        sent(her, damaged, id);
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.attachment_part set content = substr(content, 1, 40) where attachment_id = ?::uuid", damaged);
        }
        scanner.mood = Mood.WELL;
        clocks.advanceCase(Duration.ofHours(1));
        assertEquals(1, waiting(), "it is counted");
        her.open(id).expect(200);
        assertEquals(List.of("attachment_unscanned no_answer"), items(her));
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.attachment set scan = 'clean' where id = ?::uuid", damaged); // the others here count what waits
        }
    }

    @Test
    void aForceMayServeWhatNobodyHasLookedAt() {
        Somebody her = victim();
        scanner.mood = Mood.ERROR;
        String id = her.give(Pictures.jpeg()).expect(201).at("/id");
        her.open(id).expect(409);
        rule("serve_unscanned = true");
        her.open(id).expect(200);
        sent(her, id);
        clocks.advanceCase(Duration.ofHours(2));
        bean(ScanRounds.class).drain();
        assertEquals(List.of(), items(her));
    }

    @Test
    void filesGoWithOneMessageOfWhoeverGaveThem() {
        List<Somebody> two = people(2);
        Somebody her = two.getFirst();
        Api once = her.api().with("Idempotency-Key", "k-" + her.person());
        String id = once.send("POST", her.path(), PHOTO, Pictures.jpeg()).expect(201).at("/id");
        assertEquals(id, once.send("POST", her.path(), PHOTO, Pictures.jpeg()).expect(201).at("/id"));
        once.send("POST", her.path(), PHOTO, Pictures.ofAPhone()).expect(422);
        assertEquals(new Sent.NotThere(), send(two.getLast(), UUID.randomUUID(), id));
        assertEquals(new Sent.NotThere(), send(her, UUID.randomUUID(), id, id));
        assertEquals(new Sent.TooMany(5), send(her, UUID.randomUUID(), id, id, id, id, id, id));
        UUID message = sent(her, id);
        assertEquals(new Sent.NotThere(), send(her, message, id), "once");
        String unsent = her.give(Pictures.jpeg()).expect(201).at("/id");
        clocks.advanceCase(Duration.ofHours(23));
        bean(UnsentFiles.class).drain();
        her.open(unsent).expect(200);
        clocks.advanceCase(Duration.ofHours(1));
        bean(UnsentFiles.class).drain();
        her.open(unsent).expect(404);
        assertEquals(new Sent.NotThere(), send(her, UUID.randomUUID(), unsent));
        her.open(id).expect(200);
        var taken = new ArrayList<Map<String, Object>>();
        bean(ExportedAttachments.class).to(caller(her), "en", taken::add);
        assertEquals(List.of("photo.jpg image/jpeg false"), taken.stream().map(t -> t.get("name") + " " + t.get("type") + " "
            + t.get("from_staff")).toList(), "what was sent, and nothing of anybody else");
    }

    @Test
    void whatStaffGiveIsThereForTheirPersonOnceItIsSent() {
        List<Somebody> two = people(2);
        Somebody her = two.getFirst();
        String path = "/v1/staff/cases/" + her.caseId() + "/attachments?person_id=";
        Answer given = staff().with("File-Name", "plan.png").send("POST", path + her.person(), "image/png", Pictures.png()).expect(201);
        String id = given.at("/id");
        her.open(id).expect(404);
        staff().get("/v1/staff/attachments/" + id).expect(200);
        api().as(staffToken("supervisor", "northmoor")).with("Waymark-Reason", "enquiry").get("/v1/staff/attachments/" + id).expect(404);
        staff().send("POST", path + UUID.randomUUID(), "image/png", Pictures.png()).expect(422);
        assertEquals(new Sent.NotThere(), send(her, UUID.randomUUID(), id), "not the person's");
        String subject = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, "select by_staff from waymark.attachment where id = ?::uuid",
            r -> r.getString("by_staff"), id).orElseThrow());
        var sent = acting().as(worker("northmoor"), (Connection c) -> bean(Attachments.class).attach(c, UUID.randomUUID(), her.caseId(),
            new Sender.OfStaff(subject, her.person()), List.of(UUID.fromString(id))));
        assertEquals(new Sent.Taken(), sent);
        her.open(id).expect(200);
        two.getLast().open(id).expect(404);
    }
}
