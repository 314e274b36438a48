package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uk.waymark.testing.WaymarkTest;

/** A force reports, a victim knows: over HTTP from end to end, with the sandbox's phones. */
class TellingTest extends WaymarkTest {
    private static final Pattern CODE = Pattern.compile("Sign up within 14 days with the code ([A-Z2-9-]{14}) ");

    @Test
    void whatAForceReportsIsOnThePhoneAndItsDeliveryIsKnown() {
        var logged = listen();
        String number = "+447700900141";
        send(recorded("tell-1", "NM/TELL/1", at(-60), victim("tell-v", "07700 900141")),
            event("tell-2", "NM/TELL/1", at(-5), "suspect_charged", Map.of("suspect_ref", "s1")));
        settle();

        List<String> texts = texts(number);
        assertEquals(List.of("case_update", "invitation"), templatesThatAre("delivered"));
        assertTrue(texts.stream().anyMatch(t -> t.startsWith("There is news about your case. Sign in")), "the news");
        String code = texts.stream().map(CODE::matcher).filter(Matcher::find).findFirst().orElseThrow()
            .group(1);

        send(event("tell-3", "NM/TELL/1", at(-1), "event_retracted", Map.of("source_event_id", "tell-2")));
        settle();
        assertTrue(texts(number).getFirst().contains("wrong. We are sorry."), texts(number).getFirst());

        api().post("/sandbox/replies", Map.of("from", number, "body", "Please ring Penrose")).expect(204);
        var reply = queue("reply");
        assertEquals("Please ring Penrose", reply.path("detail").asText());

        String log = String.join("\n", logged.list.stream().map(TellingTest::line).toList());
        for (String never : List.of("7700900141", "7700 900141", code, "Penrose", "There is news")) {
            assertFalse(log.contains(never), never);
        }
    }

    @Test
    void whoIsNotSafeToTextIsLeftToStaff() {
        var unsafe = new HashMap<>(victim("hush-v", "07700 900142"));
        unsafe.put("mobile_safe", "unsafe");
        send(recorded("hush-1", "NM/HUSH/1", at(-60), unsafe),
            event("hush-2", "NM/HUSH/1", at(-5), "suspect_charged", Map.of("suspect_ref", "s1")));
        settle();
        assertEquals(List.of(), texts("+447700900142"));
        assertEquals("unsafe", queue("message_withheld").path("reason").asText());
        assertEquals("number_unsafe", queue("invitation_to_hand_over").path("reason").asText());
    }

    private static ListAppender<ILoggingEvent> listen() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.list = new java.util.concurrent.CopyOnWriteArrayList<>(); // what works in the background logs while it is read
        appender.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(appender);
        return appender;
    }

    private static String line(ILoggingEvent e) {
        String pairs = e.getKeyValuePairs() == null ? "" : e.getKeyValuePairs().toString();
        return e.getFormattedMessage() + pairs
            + (e.getThrowableProxy() == null ? "" : e.getThrowableProxy().getMessage());
    }

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(events)).expect(200).body().path("results")
            .forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }

    /** The clock of the sandbox answers when what is due has been done and its receipts are in. */
    private void settle() {
        api().post("/sandbox/clock", Map.of("advance", "PT1S")).expect(200);
    }

    private List<String> texts(String number) {
        var bodies = new ArrayList<String>();
        messages(number).body().path("items").forEach(m -> bodies.add(m.path("body").asText()));
        return bodies;
    }

    /** The templates of which some message has come this far. */
    private List<String> templatesThatAre(String state) {
        var templates = new java.util.TreeSet<String>();
        api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/notifications?limit=100").expect(200).body()
            .path("items").forEach(m -> {
                if (m.path("state").asText().equals(state)) {
                    templates.add(m.path("template").asText());
                }
            });
        return List.copyOf(templates);
    }

    private JsonNode queue(String kind) {
        var staff = api().as(staffToken("witness_care", "northmoor"));
        for (JsonNode item : staff.get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if (item.path("kind").asText().equals(kind)) {
                return item;
            }
        }
        throw new AssertionError("nothing of this kind waits: " + kind);
    }

    private String at(int minutes) {
        return clocks.caseNow().plus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
