package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {

    @ParameterizedTest
    @CsvSource({"STOP,STOP", "stop.,STOP", "  StopIO ,STOP", "start,START", "DECHRAU,START", "Help!,HELP",
        "cymorth,HELP",
        "yes,YES", "Ydw,YES", "IE,YES", "gallaf,YES", "Byddaf.,YES", "iawn,YES", "CAN'T,CANNOT", "can’t,CANNOT",
        "can not,CANNOT", "No,CANNOT", "NA,CANNOT", "metHu,CANNOT", "Nac  ydw,CANNOT", "Na fyddaf,CANNOT",
        "na allaf,CANNOT", "call,CALL", "call me,CALL", "Ffonio,CALL", "Cymraeg!,WELSH", "english,ENGLISH", "Saesneg,ENGLISH"})
    void in_both_languages(String body, Keyword keyword) {
        assertEquals(keyword, Keyword.of(body));
    }

    /** As people type on phones: without spaces, with an emoji, in pretty letters, twice. */
    @ParameterizedTest
    @CsvSource({"nacydw,CANNOT", "NAFYDDAF,CANNOT", "na'allaf,CANNOT", "n.a,CANNOT", "Yes 👍🏽,YES", "ŶDW ❤️,YES",
        "ＳＴＯＰ,STOP", "𝐒𝐓𝐎𝐏,STOP", "STOP\u200B,STOP", "Stop stop STOP!,STOP", "stop / stopio,STOP", "“Yes”,YES",
        "na na,CANNOT", "'\n\tyes\r\n',YES"})
    void however_they_are_typed(String body, Keyword keyword) {
        assertEquals(keyword, Keyword.of(body));
    }

    /** Nobody is silenced or sent to court by a guess. */
    @ParameterizedTest
    @ValueSource(strings = {"CANCEL", "END", "QUIT", "Canslo", "yes but late", "yes please", "ok",
        "Iawn, diolch", "please stop him",
        "yes no", "stop yes", "Stop calling", "don't stop", "y", "1", "👍", "", " ", "?", "na, ddim yn siŵr", "SТОР",
        "cymraeg english", "I am English"})
    void anything_else_is_for_a_person(String body) {
        assertEquals(Keyword.NONE, Keyword.of(body));
    }

    @Property
    void whatever_is_texted_it_is_read(@ForAll @StringLength(max = 2000) String body) {
        assertNotNull(Keyword.of(body));
    }

    /** The property that nothing more than a keyword is one. */
    @Property
    void a_word_more_makes_it_a_persons(
        @ForAll @Chars({'b', 'd', 'x', 'q', '7'}) @StringLength(min = 1, max = 8) String more) {
        assertEquals(Keyword.NONE, Keyword.of("yes " + more));
        assertEquals(Keyword.NONE, Keyword.of(more + " stop"));
    }
}
