package uk.waymark.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.LogLines;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/** The whole sandbox as the demo loads it, over HTTP; and that neither its log nor its database tells who is in it. */
class SandboxTest extends WaymarkTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeAll
    void load() {
        captureLog();
        bean(Loader.class).load();
    }

    @Test
    void everyKindOfPersonIsThere() {
        assertTrue(person("+447700900001").path("invitation_code").isMissingNode(), "signed up");
        assertFalse(person("+447700900002").path("invitation_code").isMissingNode(), "only invited");
        assertEquals("witness", person("+447700900004").path("role").asText());
        assertEquals("7264", person("+447700900005").path("pin").asText());
        assertEquals(2, Stream.of(people()).flatMap(p -> StreamSupport.stream(p.spliterator(), false))
            .filter(p -> "+447700900006".equals(p.path("mobile").asText())).count(), "mother and child");
        assertTrue(StreamSupport.stream(people().spliterator(), false).noneMatch(p -> p.path("name").asText().contains("Patrick")),
            "the dead have no phone");
    }

    @Test
    void doneAgainItChangesNothing() {
        String before = people().toString();
        bean(Loader.class).load();
        assertEquals(before, people().toString());
    }

    @Test
    void phonesShowTheirOwnLanguage() {
        assertTrue(messages("+447700900008").text().contains("Waymark"));
        assertTrue(messages("+447700900008").text().contains("achos"), "Welsh");
        assertTrue(messages("+447700900001").text().contains("your case"), "English");
    }

    @Test
    void somebodyNewIsListedAndInvited() {
        form("/sandbox/page/events", Map.of("happening", "new_case", "force", "northmoor", "given_name", "Robin",
            "family_name", "<script>alert(1)</script>", "mobile", "07700 900200"));
        assertFalse(person("+447700900200").path("invitation_code").asText().isEmpty());
        String page = api().get("/sandbox").expect(200).text();
        assertTrue(page.contains("It has been reported in"));
        assertTrue(page.contains("&lt;script&gt;"));
        assertFalse(page.contains("<script"));
        assertFalse(page.contains("style="));
    }

    @Test
    void thePageTellsWhatWentWrong() {
        form("/sandbox/page/events", Map.of("happening", "new_case", "force", "northmoor", "given_name", "A",
            "family_name", "B", "mobile", "020 7946 0000"));
        assertTrue(api().get("/sandbox").text().contains("mobile must be a number from 07700 900000"));
        form("/sandbox/page/clock", Map.of("advance", "-P1D"));
        assertTrue(api().get("/sandbox").text().contains("notice bad"));
        form("/sandbox/page/replies", Map.of("from", "07700 900999", "body", "hello"));
        assertTrue(api().get("/sandbox").text().contains("Nobody in the sandbox has this number"));
        assertFalse(api().get("/sandbox").text().contains("notice bad"), "said once");
        assertEquals(400, api().form("/sandbox/page/clock", Map.of()).status());
    }

    @Test
    void somebodyHasBegunAStatementAndSomebodyWaitsToBeRung() throws SQLException {
        var waits = api().as(staffToken("witness_care", "glanafon")).get("/v1/staff/call-backs").expect(200);
        assertEquals("cy", waits.at("/items/0/language"));
        try (var c = database.superuser()) {
            assertEquals(1, Sql.one(c, "select count(*) from waymark.statement_draft", r -> r.getInt(1)).orElseThrow());
        }
    }

    @Test
    void aReplyReachesStaff() {
        api().post("/sandbox/replies", Map.of("from", "07700 900001", "body", "Please ring me on Monday")).expect(204);
        assertTrue(api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/queue").expect(200).text()
            .contains("Please ring me on Monday"));
        assertEquals(404, api().post("/sandbox/replies", Map.of("from", "07700 900998", "body", "hello")).status());
    }

    @Test
    void theClockMovesWhatFallsDue() {
        Instant before = Instant.parse(api().get("/sandbox/clock").at("/now"));
        var after = api().post("/sandbox/clock", Map.of("at", before.plusSeconds(3 * 86_400).toString())).expect(200);
        assertFalse(Instant.parse(after.at("/now")).isBefore(before.plusSeconds(3 * 86_400)));
    }

    @Test
    void theLogTellsNobody() {
        api().get("/v1/me/cases?secret=Aisha");
        String lines = log.toString(StandardCharsets.UTF_8);
        assertTrue(lines.contains("\"route\":\"/v1/bridge/events\""));
        assertTrue(lines.contains("\"force\":\"northmoor\""));
        secrets().forEach(secret -> assertFalse(lines.contains(secret), "the log holds " + secret));
        assertFalse(lines.matches("(?s).*eyJ[A-Za-z0-9_-]{10,}.*"), "a token");
    }

    @Test
    void theDatabaseTellsNobody() throws SQLException {
        String rows = dump();
        assertTrue(rows.contains("NM/48213/26"), "the crime reference is no secret");
        secrets().forEach(secret -> {
            assertFalse(rows.contains(secret), "the database holds " + secret);
            assertFalse(rows.contains(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))), "unsealed: " + secret);
        });
    }

    /** Names, numbers in three spellings, codes, PINs and texts of everybody. */
    private List<String> secrets() {
        var secrets = new ArrayList<String>(List.of("7264", "Burglary in a home", "Bwrgleriaeth", "Amira Khan", "There is news"));
        for (JsonNode person : people()) {
            secrets.addAll(List.of(person.path("name").asText().split(" ")));
            String mobile = person.path("mobile").asText();
            secrets.addAll(List.of(mobile, mobile.substring(3), "0" + mobile.substring(3, 7) + " " + mobile.substring(7)));
            Optional.ofNullable(person.path("invitation_code").asText(null)).ifPresent(secrets::add);
            messages(mobile).body().path("items").forEach(m -> secrets.add(m.path("body").asText()));
        }
        secrets.removeIf(s -> s.equals("7264")); // four digits turn up anywhere
        return secrets.stream().filter(s -> s.length() > 3).distinct().toList();
    }

    private String dump() throws SQLException {
        try (Connection c = database.superuser()) {
            var rows = new StringBuilder();
            for (String table : Sql.list(c, """
                    select format('%I.%I', schemaname, tablename) from pg_tables
                     where schemaname in ('waymark', 'notifications', 'sandbox')
                       -- the words that everybody gets, with nobody's values in them
                       and (schemaname, tablename) <> ('notifications', 'template')""", r -> r.getString(1))) {
                Sql.list(c, "select t::text from " + table + " t", r -> r.getString(1)).forEach(r -> rows.append(r).append('\n'));
            }
            return rows.toString();
        }
    }

    private void form(String path, Map<String, String> fields) {
        var answer = api().form(path, fields).expect(303);
        assertTrue(answer.header("location").orElseThrow().startsWith("/sandbox"));
    }

    private JsonNode people() {
        return api().get("/sandbox/people").expect(200).body();
    }

    private JsonNode person(String mobile) {
        return StreamSupport.stream(people().spliterator(), false)
            .filter(p -> mobile.equals(p.path("mobile").asText())).findFirst().orElseThrow();
    }

    private void captureLog() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new LogLines();
        encoder.setContext(context);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setName("captured-" + getClass().getSimpleName().toLowerCase(Locale.ROOT));
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
    }
}
