package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Work;

/**
 * No answer tells whether a number is known, and the work behind it does not either. Nothing here is timed: it is
 * counted.
 */
class SameWorkTest extends AccountTest {
    @Override
    protected Map<String, Object> properties() {
        Work.withoutPings();
        // a statement that the server has prepared is named by a number only: none is, so that the driver's account has words
        return Map.of("datasources.default.url", database.url() + (database.url().contains("?") ? "&" : "?")
            + "prepareThreshold=0");
    }

    @AfterAll
    static void pingAsUsual() {
        Work.pingAsUsual();
    }

    @Test
    void askingForACodeIsTheSameForKnownAndUnknownNumbers() {
        Told told = victim(NORTHMOOR, "Ada", "Lowe", number());
        signUp(told);
        Told pinned = victim(NORTHMOOR, "Bea", "Lowe", number());
        Tokens tokens = signUp(pinned);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        Told flagged = report(NORTHMOOR, "REF/SAME/1", List.of("stalking"),
            person("same-1", "Cia", "Lowe", number(), "safe")).getFirst();
        signUp(flagged);
        Told locked = victim(NORTHMOOR, "Dil", "Lowe", number());
        api().as(signUp(locked).access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        anHourLater();
        for (int i = 0; i < 5; i++) {
            ask(locked.mobile(), "000" + i).expect(202);
            send();
        }
        clocks.advanceMachine(java.time.Duration.ofMinutes(4));

        var known = Work.of("gate_new_code", () -> ask(told.mobile()));
        assertEquals(202, known.answer().status());
        assertFalse(known.statements().isEmpty());
        for (Supplier<Answer> call : List.<Supplier<Answer>>of(() -> ask(number()), () -> ask(pinned.mobile(), "1111"), () -> ask(pinned.mobile()),
                () -> ask(pinned.mobile(), "7392"), () -> ask(flagged.mobile()), () -> ask(flagged.mobile(), "1234"),
                () -> ask(locked.mobile(), "7392"))) {
            Work other = Work.of("gate_new_code", call);
            assertEquals(known.answer().text(), other.answer().text());
            assertEquals(comparable(known.answer()), comparable(other.answer()));
            assertEquals(known.statements(), other.statements());
        }
    }

    @Test
    void aWrongCodeCostsTheSameForKnownAndUnknownNumbers() {
        Told told = victim(NORTHMOOR, "Cat", "Lowe", number());
        signUp(told);
        ask(told.mobile()).expect(202);
        String wrong = code(told.mobile()).equals("111111") ? "222222" : "111111";
        var known = Work.of("gate_verify_code", () -> trySignIn(api(), told.mobile(), wrong));
        var unknown = Work.of("gate_verify_code", () -> trySignIn(api(), number(), wrong));
        assertEquals(401, known.answer().status());
        assertEquals(known.answer().text(), unknown.answer().text());
        assertEquals(comparable(known.answer()), comparable(unknown.answer()));
        assertEquals(known.statements(), unknown.statements());
    }

    /** Headers that could tell something: all but the time and the request's own id. */
    static Map<String, List<String>> comparable(Answer answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }
}
