package uk.waymark.notifications.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "plain £10 @ 9am; plain £10 @ 9am",
        "“It’s on” – today…; \"It's on\" - today...",
        "Łódź, Ðað, Œuvre, ﬁn; Lódz, Dad, Oeuvre, fin", "½ № ™ «a» ′ •; 1/2 No TM \"a\" ' -",
        "José\u0301 ẹ; José e", "ＡＢ １; AB 1",
        "café naïve São; café naïve Sao", "Mae’r llys yn Llŷn â’r tŷ; Mae'r llys yn Llŷn â'r tŷ",
        "a\u200Bb\uFEFFc\u00A0d; abc d", "日本 🙂; ?? ?", "€[x]; €[x]", "w\u0302; ŵ", "\u0416; ?"})
    void what_is_sent(String text, String sent) {
        assertEquals(sent, SmsText.sanitise(text));
    }

    @Test
    void what_cannot_be_sent_is_named() {
        assertEquals(Set.of("日", "🙂"), SmsText.lost("a日b🙂日?"));
    }

    @ParameterizedTest
    @CsvSource({"a,0,1", "a,160,1", "a,161,2", "a,306,2", "a,307,3", "a,918,6", "a,919,7",
        "€,80,1", "€,81,2", "ŵ,70,1", "ŵ,71,2", "ŵ,134,2", "ŵ,135,3", "ŵ,201,3", "ŵ,202,4",
        "é,160,1", "â,160,3", "ä,160,1"})
    void segments(String letter, int times, int segments) {
        assertEquals(segments, SmsText.segments(letter.repeat(times)));
    }

    @Test
    void an_escape_pair_does_not_straddle_two_segments() {
        // 306 places would fit two parts exactly, but the pair at 153 and 154 moves to the second as a whole
        String text = "a".repeat(152) + "€" + "a".repeat(152);
        assertEquals(3, SmsText.segments(text));
        assertEquals(2, SmsText.segments("a".repeat(151) + "€" + "a".repeat(153)));
    }

    @Test
    void one_welsh_letter_makes_the_whole_text_dearer() {
        assertEquals(1, SmsText.segments("a".repeat(160)));
        assertEquals(3, SmsText.segments("a".repeat(159) + "ŷ"));
    }
}
