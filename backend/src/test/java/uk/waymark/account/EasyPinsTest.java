package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What somebody near a person would try first cannot be their PIN. */
class EasyPinsTest extends WaymarkTest {
    private static final List<String> BIRTHDAY = List.of("1503", "0315", "150384", "031584", "840315", "15031984", "19840315");

    @Test
    void rowsYearsSingleDigitsAndWhatMostPeopleChoose() {
        for (String easy : List.of("0000", "9999", "1234", "4321", "7890", "0987", "123456", "654321", "111111", "12345678", "1984", "2008",
                "1212", "6969", "123123", "121212", "2468", "1357", "8642", "2580", "0852")) {
            assertTrue(EasyPins.common(easy), easy);
        }
        for (String fine : List.of("8135", "7391", "1899", "194736", "86420975", "135790246813")) {
            assertFalse(EasyPins.common(fine), fine);
        }
    }

    @Test
    void theBirthdayHoweverItIsWritten() {
        List<LocalDate> born = List.of(LocalDate.of(1984, 3, 15));
        BIRTHDAY.forEach(pin -> assertTrue(EasyPins.birthday(pin, born), pin));
        assertFalse(EasyPins.birthday("1603", born));
    }

    @Test
    void nobodySetsOneOfThem() {
        String at = bean(CaseClock.class).instant().minusSeconds(60).toString();
        var ann = new HashMap<String, Object>(victim("ep-ann", "07700 900851"));
        ann.put("date_of_birth", "1984-03-15");
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(recorded("ep-0", "NM/EP/1", at, ann))).expect(200);
        Api me = api().as(SignUp.person(this, "ep-ann"));
        for (String pin : List.of("1234", "1503", "19840315")) {
            Answer refused = me.put("/v1/me/pin", Map.of("pin", pin)).expect(422);
            assertEquals("/pin", refused.at("/errors/0/pointer"));
            assertFalse(refused.text().contains(pin));
        }
        assertFalse(me.get("/v1/me").expect(200).body().path("has_pin").asBoolean());
        me.put("/v1/me/pin", Map.of("pin", "8135")).expect(204);
    }
}
