package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When there is nobody left for whose sentence a statement could still be used. */
class SentencingTest {

    /** Steps as {@code 1 suspect_charged; 1 sentence}. */
    private static List<Sentencing.Step> steps(String text) {
        return Arrays.stream(text.split(";")).map(String::strip).filter(s -> !s.isEmpty()).map(s -> s.split(" "))
            .map(s -> new Sentencing.Step(s[0].equals("-") ? null : Integer.valueOf(s[0]), s[1])).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "1 suspect_charged, false",
        "1 suspect_charged; 1 verdict, false",
        "1 suspect_charged; 1 sentence, true",
        "1 sentence, true",
        "1 suspect_charged; 2 suspect_charged; 1 sentence, false",
        "1 suspect_charged; 2 suspect_charged; 1 sentence; 2 sentence, true",
        "1 suspect_charged; 2 suspect_charged; 2 prosecution_stopped; 1 sentence, true",
        "1 suspect_charged; 2 suspect_charged; 1 sentence; 2 verdict, false",
        "1 suspect_charged; 1 prosecution_stopped, false",
        "1 suspect_charged; 1 sentence; 1 bail_hearing_outcome, true",
        "1 suspect_charged; 1 sentence; 1 suspect_charged, false",
        "- suspect_charged; - sentence, true"})
    void isOverWhenNoSentenceIsToCome(String text, boolean over) {
        assertEquals(over, Sentencing.over(steps(text)), text);
    }

    @Test
    void nobodyChargedIsNotOver() {
        assertEquals(false, Sentencing.over(List.of()));
    }
}
