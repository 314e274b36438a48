package uk.waymark.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** An address that a person's device asks for stays behind in histories: none says what the service is about. */
class QuietPathsTest {
    /** {@code cases} is a fixed name of the API, asked for by the app and never shown in an address bar. */
    private static final List<String> TELLING = List.of("crime", "police", "offence", "offend", "court", "victim", "witness",
        "abuse", "suspect", "prosecut", "justice", "bail", "safety", "waymark");

    @Test
    void noAddressOfAPersonsDeviceTellsWhatTheServiceIs() {
        var asked = Contract.operations().stream()
            .filter(o -> o.ofPersons() || o.path().startsWith("/v1/sign-in/") || o.path().equals("/v1/exit"))
            .map(o -> o.path().toLowerCase(Locale.ROOT)).distinct().toList();
        assertFalse(asked.isEmpty());
        assertEquals(List.of(), asked.stream().filter(path -> TELLING.stream().anyMatch(path::contains)).toList());
    }
}
