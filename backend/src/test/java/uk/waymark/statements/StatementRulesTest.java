package uk.waymark.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.cases.PeopleInCase;

/** What is pointed at, what stands at a statement's head, and what its hash is made of. */
class StatementRulesTest {
    private final Notices notices = new Notices(new StatementWords());

    private static DraftWords words(String text) {
        return new DraftWords(text, "en", List.of(), null, null, null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "I live at 12 Acacia Avenue now | address | 12 Acacia Avenue",
        "we are at 5 Heol y Parc | address | 5 Heol y Parc",
        "our postcode is sw1a 1aa. | address | sw1a 1aa",
        "write to ann.b@example.org please | address | ann.b@example.org",
        "ring me on 07700 900123, any time | phone | 07700 900123",
        "from abroad +44 20 7946 0018 | phone | +44 20 7946 0018",
        "he should go to prison for this | sentence_opinion | should go to prison",
        "Dylai hwn fynd i’r carchar | sentence_opinion | fynd i’r carchar",
        "everyone knows he has done this before | accusation | has done this before"})
    void pointsAtWhatOthersShouldNotRead(String text, String kind, String piece) {
        List<Notices.Notice> found = notices.in("/text", text);
        assertEquals(1, found.size(), found::toString);
        Notices.Notice notice = found.getFirst();
        assertEquals(kind, notice.kind());
        assertTrue(text.substring(notice.from(), notice.to()).startsWith(piece), text.substring(notice.from(), notice.to()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "I have not slept for 14 nights and lost 2,500 pounds",
        "On 12 March 2026 at 10:30 I was in court for 3 hours",
        "my daughter is 9 and my son is 12",
        "Nid wyf wedi cysgu ers 3 wythnos",
        "I was hit 3 times and he walked away down the road"})
    void leavesAloneWhatTheyMay(String text) {
        assertEquals(List.of(), notices.in("/text", text));
    }

    @Test
    void countsCharactersAsPeopleDo() {
        Notices.Notice found = notices.in("/answers/0/text", "\uD83D\uDE22\uD83D\uDE22 07700 900123").getFirst();
        assertEquals(3, found.from());
        assertEquals(15, found.to());
    }

    @Test
    void aLongTextTakesNoTime() {
        String digits = "1234 ".repeat(20_000);
        String mixed = ("a1 b@c d. " + "\uD83D\uDE22").repeat(9_000);
        assertTrue(notices.in("/text", digits).size() <= 100);
        assertTrue(notices.in("/text", mixed).size() <= 100);
    }

    @Test
    void thePatternsKnowEveryQuestionInBothLanguages() throws Exception {
        var words = new StatementWords();
        for (String language : List.of("en", "cy")) {
            words.list("before").forEach(b -> assertTrue(!words.of(language, "before." + b).isBlank()));
            words.list("questions").forEach(q -> assertTrue(!words.of(language, "question." + q).isBlank()));
            words.list("questions.business").forEach(q -> assertTrue(!words.of(language, "question." + q).isBlank()));
        }
        assertEquals(file("en").stringPropertyNames(), file("cy").stringPropertyNames());
    }

    private static Properties file(String language) throws Exception {
        var file = new Properties();
        try (var in = new InputStreamReader(StatementRulesTest.class.getResourceAsStream("/statements/words_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            file.load(in);
        }
        return file;
    }

    @Test
    void theHeadSaysTheAgeOfWhoeverIsUnder18AndNobodyElses() {
        LocalDate today = LocalDate.of(2027, 3, 4);
        assertEquals("17", Makers.age(LocalDate.of(2009, 3, 5), today));
        assertEquals("over 18", Makers.age(LocalDate.of(2009, 3, 4), today));
        assertNull(Makers.age(null, today));
        var part = new PeopleInCase.Part("parent", new PeopleInCase.Named("Ann Example", null), null,
            List.of(child(1, "Cai Example", LocalDate.of(2019, 1, 1)), child(2, "Dai Example", LocalDate.of(2020, 1, 1))));
        SignedContent.Maker maker = Makers.maker(part, words("x"), today);
        assertEquals("Cai Example, Dai Example", maker.of());
        assertEquals("8, 7", maker.ageOf());
        assertNull(maker.age(), "nobody knows");
        var one = new PeopleInCase.Part("parent", part.self(), null, List.of(part.actsFor().getFirst(), child(3, "Jay Smith", null)));
        assertEquals("Cai Example, Jay Smith", Makers.maker(one, words("x"), today).of());
        assertNull(Makers.maker(one, words("x"), today).ageOf(), "no age stands beside another's name");
        SignedContent.Maker chosen = Makers.maker(part, about(part.actsFor().getLast().person()), today);
        assertEquals("Dai Example 7", chosen.of() + " " + chosen.ageOf());
        assertNull(Makers.maker(part, about(new UUID(0, 9)), today).of(), "who has left the case stands for nobody else");
    }

    private static PeopleInCase.ActedFor child(int n, String name, LocalDate born) {
        return new PeopleInCase.ActedFor(new UUID(0, n), new PeopleInCase.Named(name, born));
    }

    private static DraftWords about(UUID whom) {
        return new DraftWords("x", "en", List.of(), null, null, List.of(whom));
    }

    @Test
    void textThatIsTooLongIsNamedWithItsLimit() {
        assertEquals(List.of(), words("\uD83D\uDE22".repeat(100_000)).wrong());
        assertTrue(words("x".repeat(100_001)).wrong().getFirst().getValue().contains("100000"));
        var twice = new DraftWords("", "en", List.of(new DraftWords.Answer("money", "a"), new DraftWords.Answer("money", "b")),
            null, null, null);
        assertEquals("/answers/1/question", twice.wrong().getFirst().getKey());
    }

    private static SignedContent content(String text) {
        return new SignedContent(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), new UUID(0, 4), 1, "", "00", Instant.parse("2027-03-04T18:10:00.123456Z"),
            "app", "victim_personal_statement", new SignedContent.Maker("victim", "Ann", "over 18", null, null, null, null), words(text),
            new SignedContent.Signing("declared", "en", null, List.of(new SignedContent.Asked("money", "What has it cost you?")), "self", "Ann",
                null), null, null);
    }

    @Test
    void whatIsSignedComesBackAsItWasAndAnyChangeIsAnotherHash() {
        String text = "Dim cwsg \uD83D\uDE22 \u202Eabc<script>\r\n\t’";
        String canonical = content(text).canonical();
        assertEquals(content(text), SignedContent.of(canonical));
        assertEquals(canonical, SignedContent.of(canonical).canonical());
        assertNotEquals(SignedContent.hex(SignedContent.hash(canonical)), SignedContent.hex(SignedContent.hash(content(text + " ").canonical())));
        assertTrue(canonical.indexOf("\"case_id\"") < canonical.indexOf("\"words\""), "fields in the order of their names");
        assertEquals(64, SignedContent.hex(SignedContent.hash(canonical)).length());
        assertTrue(Arrays.equals(SignedContent.hash(canonical), SignedContent.hash(canonical)));
    }
}
