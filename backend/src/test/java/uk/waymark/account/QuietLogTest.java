package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.LogLines;

/** A whole journey, and nothing of it in the log: no number, name, code, PIN or token. */
class QuietLogTest extends AccountTest {

    @Test
    void theLogTellsNothingOfAnyone() {
        var lines = new ConcurrentLinkedQueue<String>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var appender = appender(lines);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        Level before = root.getLevel();
        root.setLevel(Level.INFO); // a test of a command that ran before may have left it at that of commands
        List<String> secrets;
        try {
            secrets = journey();
        } finally {
            root.detachAppender(appender);
            root.setLevel(before);
        }
        assertTrue(lines.stream().anyMatch(l -> l.contains("/v1/sign-in/tokens")), "the requests were logged");
        for (String line : lines) {
            secrets.forEach(s -> assertFalse(line.contains(s), () -> "a secret in the log: " + line));
        }
    }

    private List<String> journey() {
        Told told = victim(NORTHMOOR, "Wilhelmina", "Throckmorton", number());
        String invitation = invitationCode(told);
        activate(api(), told, told.mobile()).expect(202);
        String code = code(told.mobile());
        trySignIn(api(), told.mobile(), "no-number").expect(401);
        Tokens tokens = signIn(told.mobile(), code);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "86420975")).expect(204);
        ask(told.mobile(), "13579086").expect(202);
        send();
        api().post("/v1/sign-in/refreshes", Map.of("refresh_token", tokens.refresh())).expect(200);
        api().post("/v1/sign-in/refreshes", Map.of("refresh_token", tokens.refresh())).expect(401);
        api().post("/v1/sign-in/codes", Map.of("mobile", told.mobile(), "pin", Map.of("not", "text"))).expect(400);
        api().post("/v1/sign-in/codes", "{\"mobile\": \"" + told.mobile() + "\", \"pin\": ").expect(400);
        return List.of(told.mobile(), told.mobile().substring(3), invitation, invitation.replace("-", ""), code,
            "86420975",
            "13579086", tokens.access(), tokens.refresh(), "Wilhelmina", "Throckmorton", told.reference());
    }

    private static AppenderBase<ILoggingEvent> appender(Queue<String> lines) {
        var encoder = new LogLines();
        return new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                // as written, and all that it carries beside
                lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8)
                    + (event.getLevel().isGreaterOrEqual(Level.INFO) ? event.getFormattedMessage() : ""));
            }
        };
    }
}
