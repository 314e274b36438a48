package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;

/**
 * No answer tells whether a number is known, and the work behind it does not either. Nothing here is timed: it is
 * counted.
 */
class SameWorkTest extends AccountTest {
    private static final String PING_AFTER = "com.zaxxer.hikari.aliveBypassWindowMs";

    /** The pool pings a connection that lay idle for half a second: on a slow machine one of the two calls had a ping more. */
    @Override
    protected Map<String, Object> properties() {
        System.setProperty(PING_AFTER, "600000");
        // a statement that the server has prepared is named by a number only: none is, so that the driver's account has words
        return Map.of("datasources.default.url", database.url() + (database.url().contains("?") ? "&" : "?")
            + "prepareThreshold=0");
    }

    @AfterAll
    static void pingAsUsual() {
        System.clearProperty(PING_AFTER);
    }

    @Test
    void askingForACodeIsTheSameForKnownAndUnknownNumbers() {
        Told told = victim(NORTHMOOR, "Ada", "Lowe", number());
        signUp(told);
        Told pinned = victim(NORTHMOOR, "Bea", "Lowe", number());
        Tokens tokens = signUp(pinned);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "2468")).expect(204);
        Told flagged = report(NORTHMOOR, "REF/SAME/1", List.of("stalking"),
            person("same-1", "Cia", "Lowe", number(), "safe")).getFirst();
        signUp(flagged);
        Told locked = victim(NORTHMOOR, "Dil", "Lowe", number());
        api().as(signUp(locked).access()).put("/v1/me/pin", Map.of("pin", "2468")).expect(204);
        anHourLater();
        for (int i = 0; i < 5; i++) {
            ask(locked.mobile(), "000" + i).expect(202);
            send();
        }
        clocks.advanceMachine(java.time.Duration.ofMinutes(4));

        var known = work("gate_new_code", () -> ask(told.mobile()));
        assertEquals(202, known.answer().status());
        assertFalse(known.statements().isEmpty());
        for (Call call : List.<Call>of(() -> ask(number()), () -> ask(pinned.mobile(), "1111"), () -> ask(pinned.mobile()),
                () -> ask(pinned.mobile(), "2468"), () -> ask(flagged.mobile()), () -> ask(flagged.mobile(), "1234"),
                () -> ask(locked.mobile(), "2468"))) {
            Work other = work("gate_new_code", call);
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
        var known = work("gate_verify_code", () -> trySignIn(api(), told.mobile(), wrong));
        var unknown = work("gate_verify_code", () -> trySignIn(api(), number(), wrong));
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

    private record Work(Answer answer, List<String> statements) { }

    private interface Call {
        Answer make();
    }

    /** What the request's thread asked of the database: the driver's own account of it. */
    private static Work work(String marker, Call call) {
        var byThread = new LinkedHashMap<Long, List<String>>();
        Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
        Level before = driver.getLevel();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                synchronized (byThread) {
                    byThread.computeIfAbsent(line.getLongThreadID(), t -> new ArrayList<>()).add(text(line));
                }
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        driver.addHandler(listener);
        driver.setLevel(Level.FINEST);
        Answer answer;
        try {
            answer = call.make();
        } finally {
            driver.removeHandler(listener);
            driver.setLevel(before);
        }
        synchronized (byThread) {
            var ours = byThread.values().stream().filter(t -> t.stream().anyMatch(l -> l.contains(marker))).toList();
            assertTrue(ours.size() == 1, "one thread did the work: " + ours.size());
            return new Work(answer, ours.getFirst().stream().filter(l -> l.contains("FE=> Execute")).toList());
        }
    }

    private static String text(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        for (int i = 0; line.getParameters() != null && i < line.getParameters().length; i++) {
            message = message.replace("{" + i + "}", String.valueOf(line.getParameters()[i]));
        }
        return message;
    }
}
