package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.bridge.hmcts.HearingTypes;

/** Words of lists in the words of people: kinds of hearing, courts, times. */
class ListedNamesTest {

    @ParameterizedTest
    @CsvSource({"Trial, trial", "Trial - no witnesses, trial_without_witnesses", "Trial (Floater), trial", "Trial (Part Heard), trial",
        "Trial (Backer), trial", "Trial of Preliminary Issue, trial", "Linked - Trial, trial", "For trial, trial", "Treial, trial",
        "Plea and Trial Preparation, plea", "PTPH, plea", "Plea, plea", "Pre-Trial Review, preparation", "Further Case Management, preparation",
        "Sentence, sentence", "Committal for Sentence, sentence", "Deferred Sentence, sentence",
        "Sentence following trial, sentence", "For sentence after trial, sentence", "Sentence (post-trial), sentence",
        "Dedfrydu yn dilyn treial, sentence", "Mention to fix trial date, preparation", "For mention (trial vacated), preparation",
        "To fix trial date, preparation", "Hearing to set a new trial date, preparation", "Pennu dyddiad treial, preparation",
        "Fixed trial, trial", "Trial date, trial", "Trial (sentence to follow), trial", "Trial and sentence after trial, trial",
        "Mention and trial, trial", "Mention/Trial, trial", "Dedfrydu, sentence",
        "Appeal against Sentence, appeal", "Appeal (Part Heard), appeal", "Bail Application, bail", "Application for Bail, bail",
        "Application to Vacate Trial, application", "First hearing, first_hearing", "First Appearance, first_hearing",
        "Gwrandawiad cyntaf, first_hearing", "Mention, other", "mda, other", "Hearing Type A, other"})
    void kinds(String text, String kind) {
        assertEquals(kind, HearingTypes.kind(text));
    }

    @Test
    void whatSaysNothingIsPassedOver() {
        assertEquals("trial", HearingTypes.kind(null, "", "TRL", "Trial"));
        assertEquals("other", HearingTypes.kind());
    }

    @ParameterizedTest
    @CsvSource({"PRESTON, Preston Magistrates' Court", "STOKE-ON-TRENT, Stoke-on-Trent Magistrates' Court", "BRADFORD AND KEIGHLEY, Bradford and Keighley Magistrates' Court",
        "THE LAW COURTS, The Law Courts", "Preston Magistrates' Court, Preston Magistrates' Court", "Llys Ynadon Caernarfon, Llys Ynadon Caernarfon",
        "Courtfield, Courtfield Magistrates' Court", ", Magistrates' Court"})
    void courts(String listed, String name) {
        assertEquals(name, ListedCourts.of(listed, "Magistrates' Court"));
    }

    @Test
    void aLongNameIsCut() {
        assertEquals(150, ListedCourts.of("x".repeat(500), "Crown Court").length());
    }

    @Test
    void timesAreTheUks() {
        assertEquals(When.on(LocalDate.parse("2027-07-01"), LocalTime.of(10, 0)), When.at(Instant.parse("2027-07-01T09:00:52.123Z")));
        assertEquals(When.on(LocalDate.parse("2027-01-04"), LocalTime.of(10, 0)), When.at(Instant.parse("2027-01-04T10:00:00Z")));
        // the day in the UK, not that of UTC; and midnight there says that the time is not known
        assertEquals(When.on(LocalDate.parse("2027-07-02"), null), When.at(Instant.parse("2027-07-01T23:00:00Z")));
        assertEquals(Instant.parse("2027-03-28T01:30:00Z"), When.on(LocalDate.parse("2027-03-28"), LocalTime.of(1, 30)).startsAt());
        assertEquals(Instant.parse("2027-10-31T00:30:00Z"), When.on(LocalDate.parse("2027-10-31"), LocalTime.of(1, 30)).startsAt());
        assertEquals(LocalDate.parse("2027-01-04"), When.inWeekOf(LocalDate.parse("2027-01-02")).weekOf());
    }
}
