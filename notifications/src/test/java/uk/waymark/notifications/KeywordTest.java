package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordTest {

    @ParameterizedTest
    @CsvSource({"STOP,STOP", "stop.,STOP", "  StopIO ,STOP", "start,START", "DECHRAU,START", "Help!,HELP",
        "cymorth,HELP",
        "yes,YES", "Ydw,YES", "IE,YES", "gallaf,YES", "CAN'T,CANNOT", "can’t,CANNOT", "metHu,CANNOT", "Nac  ydw,CANNOT",
        "call,CALL", "Ffonio,CALL", "CANCEL,NONE", "END,NONE", "QUIT,NONE", "yes but late,NONE",
            "please stop him,NONE", "'',NONE"})
    void in_both_languages_and_nothing_else(String body, Keyword keyword) {
        assertEquals(keyword, Keyword.of(body));
    }
}
