package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CaseWordsTest {
    private final CaseWords words = new CaseWords();

    @Test
    void everyTextHasItsTwin() throws Exception {
        var twins = new ArrayList<TreeSet<Object>>();
        for (String language : new String[] {"en", "cy"}) {
            var texts = new Properties();
            texts.load(CaseWords.class.getResourceAsStream("/cases/words_" + language + ".properties"));
            twins.add(new TreeSet<>(texts.keySet()));
        }
        assertEquals(twins.get(0), twins.get(1));
    }

    @Test
    void everyKindHasAHeadlineWithNothingLeftOpen() {
        for (EventType type : EventType.values()) {
            for (Boolean several : new Boolean[] {null, true}) {
                for (String language : new String[] {"en", "cy"}) {
                    if (type.shown() && type != EventType.EVENT_RETRACTED) {
                        var body = new CaseState.Body(null, null, 2, several, null, type.wireName(),
                            Events.hearing("2026-12-07T10:00:00Z", "Leeds", "trial"));
                        assertFalse(words.headline(language, type.wireName(), body).contains("{"), type.wireName());
                        assertFalse(words.headline(language, "correction", body).contains("{"), type.wireName());
                    }
                }
            }
        }
    }

    @Test
    void aCourtDateIsReadInLondonTimeInBothLanguages() {
        var body = new CaseState.Body(null, null, null, null, null, null,
            Events.hearing("2026-07-07T09:30:00Z", "Leeds Crown Court", null));
        assertEquals("There will be a court hearing on Tuesday 7 July 2026 at 10:30, Leeds Crown Court",
            words.headline("en", "hearing_listed", body));
        assertEquals("Bydd gwrandawiad llys ar ddydd Mawrth 7 Gorffennaf 2026 am 10:30, Leeds Crown Court",
            words.headline("cy", "hearing_listed", body));
    }
}
