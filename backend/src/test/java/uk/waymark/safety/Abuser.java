package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/**
 * Somebody near a victim, with the sandbox's phones and the public API and nothing else. Knows what the scenario says; whatever
 * they are answered is kept, so that it can be looked through for what they were not to learn.
 */
final class Abuser {
    private final PhonesAndPeople scenario;
    private final Api api;
    private final List<String> read = new ArrayList<>();

    Abuser(PhonesAndPeople scenario, Api api) {
        this.scenario = scenario;
        this.api = api.watchedBy((method, uri, answer) -> read.add(answer.status() + " " + answer.headers().map() + " " + answer.text()));
    }

    /** The API as anybody reaches it. */
    Api api() {
        return api;
    }

    /** With a session that was left open, or one of their own. */
    Api in(String access) {
        return api.as(access);
    }

    Answer asksForACode(String mobile) {
        return api.post("/v1/sign-in/codes", Map.of("mobile", mobile));
    }

    Answer asksForACode(String mobile, String pin) {
        return api.post("/v1/sign-in/codes", Map.of("mobile", mobile, "pin", pin));
    }

    Answer entersTheCode(String mobile, String code) {
        return api.post("/v1/sign-in/tokens", Map.of("mobile", mobile, "code", code,
            "device", Map.of("name", "My phone", "platform", "android")));
    }

    /** What stands on a phone that they hold, newest first. */
    List<String> readsThePhone(String mobile) {
        return scenario.phone(mobile);
    }

    /** The newest code on a phone that they hold. */
    Optional<String> newestCode(String mobile) {
        return scenario.newestCode(mobile);
    }

    /** Takes a photograph of the invitation, or guesses. @param mobile of their own phone, or of the other's */
    Answer takesUp(String code, String reference, String mobile) {
        return api.post("/v1/sign-in/activations",
            new HashMap<>(Map.of("invitation_code", code, "crime_reference", reference, "mobile", mobile)));
    }

    /** Fails where any answer so far held a name, a number or a reference that they did not know. @param known what they knew */
    void hasLearnedNothingOf(Somebody person, String... known) {
        List<String> knew = List.of(known);
        for (String trace : person.traces()) {
            if (!knew.contains(trace)) {
                read.forEach(r -> assertFalse(r.toLowerCase(Locale.ROOT).contains(trace.toLowerCase(Locale.ROOT)),
                    () -> "an answer holds what the abuser must not learn: " + trace));
            }
        }
    }
}
