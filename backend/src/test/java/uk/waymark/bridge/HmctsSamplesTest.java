package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HMCTS's own samples, with their dates moved ahead. */
class HmctsSamplesTest extends CourtListTest {
    private static final Pattern DATE = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d");

    @BeforeAll
    static void samplesAreThere() {
        assumeTrue(Schemas.there(), "HMCTS's samples are not at " + Schemas.FOLDER);
    }

    private static String sample(String name) {
        return Schemas.read(Schemas.FOLDER.resolve("samples").resolve(name + ".json")).toString();
    }

    /** Every date as many days later. */
    private static String ahead(String document, LocalDate from, LocalDate to) {
        return DATE.matcher(document).replaceAll(m -> Matcher.quoteReplacement(
            LocalDate.parse(m.group()).plusDays(ChronoUnit.DAYS.between(from, to)).toString()));
    }

    @Test
    void theFirmListInSummerAndInWinter() {
        for (int month : new int[] {1, 7}) {
            Crime crime = crime("TestURN");
            String list = ahead(sample("crownFirmPddaList"), LocalDate.parse("2025-09-10"), day(month));
            post(list).expect(200);
            assertEquals(2, crime.entries().size());
            assertEquals("hearing_listed " + day(month) + " 10:00 TestCourtHouseName Crown Court other",
                short0(crime, day(month)));
            assertEquals(1, crime.texts());
            assertEquals(0, post(list).expect(200).body().path("changed").asInt());
            assertEquals(0, crime.texts());
            post(list.replace("10:00:00\",\"SittingPriority", "11:30:00\",\"SittingPriority")).expect(200);
            assertEquals("hearing_changed " + day(month) + " 11:30 TestCourtHouseName Crown Court other", crime.newest());
            assertEquals(1, crime.texts());
            acting().as(worker("northmoor"), (java.sql.Connection c) -> uk.waymark.platform.Sql.run(c, "delete from waymark.case_urn"));
        }
    }

    private static String short0(Crime crime, LocalDate day) {
        return crime.entries().stream().filter(e -> e.at("/hearing/local_date").asText().equals(day.toString()))
            .map(e -> String.join(" ", e.path("kind").asText(), e.at("/hearing/local_date").asText(), e.at("/hearing/local_time").asText(),
                e.at("/hearing/court/name").asText(), e.at("/hearing/kind").asText())).findFirst().orElseThrow();
    }

    @Test
    void theMagistratesStandardListInSummerAndInWinter() {
        for (int month : new int[] {2, 8}) {
            Crime restricted = crime("45684548");
            Crime open = crime("12345678");
            String list = ahead(sample("magistratesStandardList"), LocalDate.parse("2023-12-13"), day(month));
            post(list).expect(200);
            assertEquals("hearing_listed " + day(month) + (month == 2 ? " 13:30" : " 14:30") + " Preston Magistrates' Court other", restricted.newest());
            assertEquals(1, restricted.texts());
            assertEquals(1, open.texts());
            post(list).expect(200);
            assertEquals(0, restricted.texts() + open.texts());
            post(ahead(list, day(month), day(month).plusDays(2))).expect(200);
            assertEquals(1, restricted.texts());
            assertEquals(1, open.texts());
            acting().as(worker("northmoor"), (java.sql.Connection c) -> uk.waymark.platform.Sql.run(c, "delete from waymark.case_urn"));
        }
    }

    @Test
    void theWarnedList() {
        Crime crime = crime("TestURN2");
        assertEquals("1 0 0 0", counts(post(ahead(sample("crownWarnedPddaList"), LocalDate.parse("2024-01-01"), day(3).minusDays(2))).expect(200).body()));
        assertEquals("hearing_listed week of " + day(3).minusDays(2) + " - TestCourtHouseName Crown Court other", crime.newest());
    }
}
