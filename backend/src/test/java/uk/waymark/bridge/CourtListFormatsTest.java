package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each format: the right case, day, time and court, in summer and in winter; one text; and nothing that was not asked for. */
class CourtListFormatsTest extends CourtListTest {
    /** Stands in every sample wherever a name, an address, an offence or a note does. */
    private static final List<String> NOT_OURS_TO_KEEP = List.of("zyxwvut", "qponmlk", "zyxasn", "zyxpnc", "1981-02-03", "zy9 9xx", "nobodys", "t2099",
        "th68001", "zyxapp", "zyxpris");

    @ParameterizedTest
    @CsvSource({
        "magistrates_standard, 10:00, Northmoor Magistrates' Court, trial",
        "magistrates_public,   10:00, 'The Law Courts, Northmoor', sentence",
        "magistrates_adult,    10:00, Northmoor Magistrates' Court, other",
        "crown_daily,          10:00, Northmoor Crown Court, trial",
        "crown_firm,           10:00, Northmoor Crown Court, trial_without_witnesses",
        "crown_warned,         week,  Northmoor Crown Court, trial"})
    void aListBecomesAHearing(String format, String time, String court, String kind) {
        for (int month : new int[] {1, 7}) {
            LocalDate day = day(month);
            // the adult list's numbers have ten characters
            Crime crime = crime("%s%02d%06d".formatted(format.substring(0, 1) + format.charAt(format.length() - 1), month, Math.abs(format.hashCode()) % 1_000_000));
            Lists list = Lists.of(format, crime.urn.toLowerCase(java.util.Locale.ROOT), day, now().minusSeconds(600)).with("ID", format + month);
            Schemas.assertValid(format, list.text());

            JsonNode answer = take(list);
            assertEquals(format, answer.path("format").asText());
            assertEquals("1 0 0 0", counts(answer), answer.toString());
            assertEquals(1, answer.path("cases").asInt());
            String when = time.equals("week") ? "week of " + day.minusDays(2) + " -" : day + " " + time;
            assertEquals("hearing_listed " + when + " " + court + " " + kind, crime.newest());
            assertEquals(1, crime.texts());

            assertEquals("0 0 0 1", counts(take(list)));
            assertEquals(1, crime.entries().size());
            assertEquals(0, crime.texts());
        }
    }

    @Test
    void whatIsNotKnownIsCountedOnly() {
        JsonNode answer = take(Lists.of("magistrates_standard", "NOBODYS9", day(3), now()));
        assertEquals(2, answer.path("unknown_urns").asInt(), answer.toString());
        assertEquals(1, answer.path("not_placed").asInt());
        assertEquals(2, answer.path("hearings").asInt());
        assertEquals("0 0 0 0", counts(answer));
    }

    @Test
    void restrictedMeansWhenAndWhereOnly() {
        Crime masked = crime("RES1");
        take(Lists.of("crown_firm", "RES1", day(5), now()).with("MASKED", "yes").with("ID", "masked"));
        assertEquals("hearing_listed " + day(5) + " 10:00 Northmoor Crown Court other", masked.newest());
        assertFalse(masked.entries().getFirst().at("/hearing").has("kind_words"));
        assertFalse(masked.entries().getFirst().at("/hearing/court").has("room"));

        Crime ofAnOffence = crime("RES2");
        post(Lists.of("magistrates_standard", "RES2", day(5), now()).text()
            .replace("\"plea\": \"NOT_GUILTY\"", "\"reportingRestriction\": true")).expect(200);
        assertEquals("hearing_listed " + day(5) + " 10:00 Northmoor Magistrates' Court other", ofAnOffence.newest());
    }

    @Test
    void whatIsPastIsShownAndNeverSent() {
        LocalDate yesterday = now().atZone(Lists.UK).toLocalDate().minusDays(1);
        Crime crime = crime("PAST1");
        assertEquals("1 0 0 0", counts(take(Lists.of("crown_daily", "PAST1", yesterday, now().minusSeconds(90_000)).with("ID", "past"))));
        assertEquals(1, crime.entries().size());
        assertEquals(0, crime.texts());
    }

    @Test
    void aListPublishedLongAgoIsNewsAllTheSame() {
        Crime crime = crime("OLD1");
        take(Lists.of("crown_firm", "OLD1", day(6), now().minusSeconds(86_400 * 300)).with("ID", "long ago"));
        assertEquals(1, crime.texts());
    }

    @Test
    void anHourThatClocksSkipOrRepeatDoesNotFail() {
        LocalDate spring = LocalDate.of(2099, 3, 29);
        LocalDate autumn = LocalDate.of(2099, 10, 25);
        for (LocalDate day : List.of(spring, autumn)) {
            Crime crime = crime("DST" + day.getMonthValue());
            take(Lists.of("crown_daily", crime.urn, day, now()).on(day, LocalTime.of(1, 30)).with("ID", "dst" + day));
            assertEquals(1, crime.entries().size());
        }
    }

    @Test
    void anUnknownDocumentSaysWhatIsKnown() {
        for (String text : List.of("{}", "{\"SomeList\": {}}", "{\"document\": {}}", "{\"FirmList\": []}", "{\"\\u0000\": 1}")) {
            assertTrue(post(text).expect(422).text().contains("crown_warned"), text);
        }
        assertEquals("/FirmList/ListHeader/StartDate", post("{\"FirmList\": {}}").expect(422).at("/errors/0/pointer"));
        assertEquals("/document/publicationDate",
            post("{\"document\": {\"publicationDate\": \"\"}, \"courtLists\": []}").expect(422).at("/errors/0/pointer"));
        assertEquals("/document/data/job/printdate", post("{\"document\": {\"data\": {\"job\": {}}}}").expect(422).at("/errors/0/pointer"));
        post("[]").expect(400);
        post("{").expect(400);
    }

    /** After all that was posted here: neither tables nor what people read hold anything of it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void nothingOfADefendantIsKept() throws SQLException {
        Crime crime = crime("KEPT000001");
        for (String format : List.of("magistrates_standard", "magistrates_public", "magistrates_adult", "crown_daily", "crown_firm", "crown_warned")) {
            take(Lists.of(format, "KEPT000001", day(8), now()).with("ID", "kept " + format));
        }
        String shown = crime.entries().toString().toLowerCase(java.util.Locale.ROOT);
        NOT_OURS_TO_KEEP.forEach(never -> assertFalse(shown.contains(never), never));
        try (Connection c = database.superuser(); var s = c.createStatement(); var tables = s.executeQuery(
                "select schemaname || '.' || tablename from pg_tables where schemaname in ('waymark', 'notifications')")) {
            while (tables.next()) {
                assertHoldsNothing(c, tables.getString(1));
            }
        }
        acting().as(worker("northmoor"), (Connection c) -> uk.waymark.platform.Sql.list(c, "select id, payload from waymark.case_event", r -> {
            String payload = bean(uk.waymark.platform.Sealing.class).openText("case_event.payload", uk.waymark.platform.Sql.uuid(r, "id"), r.getBytes("payload"))
                .toLowerCase(java.util.Locale.ROOT);
            NOT_OURS_TO_KEEP.forEach(never -> assertFalse(payload.contains(never), never));
            return payload;
        }));
    }

    private static void assertHoldsNothing(Connection c, String table) throws SQLException {
        try (var s = c.createStatement(); var rows = s.executeQuery("select lower(t::text) from " + table + " t")) {
            while (rows.next()) {
                for (String never : NOT_OURS_TO_KEEP) {
                    assertFalse(rows.getString(1).contains(never), table + " holds " + never);
                }
            }
        }
    }
}
