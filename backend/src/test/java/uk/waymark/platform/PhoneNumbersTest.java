package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    private final PhoneNumbers real = new PhoneNumbers(false);
    private final PhoneNumbers sandbox = new PhoneNumbers(true);

    @ParameterizedTest
    @ValueSource(strings = {"07400 123456", "+44 7400 123456", "00447400123456", "(07400) 123-456", "+44 (0)7400 123456"})
    void anySpellingOfAMobileIsTheSameNumber(String spelling) {
        assertEquals(Optional.of("+447400123456"), real.parseMobile(spelling));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "999", "07700", "+1", "07400 123456 ext 5", "07400 1234567890123456789012345678901234567890"})
    void whatIsNoNumberIsNone(String spelling) {
        assertEquals(Optional.empty(), real.parse(spelling));
    }

    @Test
    void numbersForDramaAreForTheSandboxOnly() {
        assertEquals(Optional.empty(), real.parse("07700 900123"));
        assertEquals(Optional.of("+447700900123"), sandbox.parseMobile("07700 900123"));
    }

    @Test
    void aLandlineIsANumberThatTakesNoTexts() {
        assertEquals(Optional.of("+441782231000"), real.parse("01782 231000"));
        assertEquals(Optional.empty(), real.parseMobile("01782 231000"));
    }
}
