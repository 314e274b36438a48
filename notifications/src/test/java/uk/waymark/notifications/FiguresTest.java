package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures say what happened, before and after it was forgotten whose it was. */
class FiguresTest {

    private static final Fixture F = new Fixture();
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final LocalDate FIRST = LocalDate.parse("2026-09-30");

    @BeforeEach
    void clear() {
        F.reset();
        F.clock.moveTo(Instant.parse("2026-09-30T22:00:00Z"));
    }

    @AfterAll
    static void stop() {
        F.close();
    }

    private static List<Figures.Line> lines(UUID tenant, Figures.By by) {
        return F.as(tenant, c -> Figures.of(c, tenant, FIRST, FIRST.plusDays(1), by, LONDON));
    }

    private static String counts(Figures.Line l) {
        return l.key() + " sent " + l.sent() + " delivered " + l.delivered() + " failed " + l.failed() + " unknown " + l.unknown()
            + " expired " + l.expired() + " withheld " + l.withheld() + " segments " + l.segments();
    }

    private static List<String> counts(Figures.By by) {
        return lines(F.tenant, by).stream().map(FiguresTest::counts).toList();
    }

    private void send(String key, SendOutcome outcome) {
        F.provider = r -> outcome == null ? new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId()) : outcome;
        F.enqueue(key);
        F.dispatcher().drain();
    }

    private void receipt(Receipt.Status status) {
        UUID attempt = F.sent.getLast().attemptId();
        F.receipts.apply(F.database.dispatcher(), new Receipt("test", "AC1", "SM" + attempt, attempt, status, "x",
            F.clock.instant()));
    }

    /** One of each, on the last evening of September and, in London, the first hour of October. */
    private void aDay() {
        send("delivered", null);
        F.clock.move(Duration.ofSeconds(40));
        receipt(Receipt.Status.DELIVERED);
        send("failed", null);
        receipt(Receipt.Status.FAILED);
        send("unknown", new SendOutcome.Unknown("no_answer"));
        F.clock.moveTo(Instant.parse("2026-09-30T23:30:00Z"));
        send("rejected", new SendOutcome.Rejected("30005", "number_not_in_use"));
        send("accepted", null);
        F.enqueue(new NewMessage(F.tenant, UUID.randomUUID(), "update", "nothing_of_ours", Map.of(), "cannot", null,
            F.clock.instant(), F.clock.instant().plusSeconds(60)));
        F.dispatcher().drain();
        F.policy = p -> new Decision.Withhold("no_safe_number");
        send("withheld", null);
        F.policy = p -> new Decision.HoldUntil(F.clock.instant().plus(Duration.ofDays(2)), "quiet_hours");
        F.enqueue(new NewMessage(F.tenant, UUID.randomUUID(), "update", "news", Map.of("when", "x", "ref", "y"), "expired",
            null, F.clock.instant(), F.clock.instant().plusSeconds(60)));
        F.dispatcher().drain();
        F.clock.move(Duration.ofSeconds(60));
        F.dispatcher().drain();
    }

    private static final String SEPTEMBER = "2026-09-30 sent 2 delivered 1 failed 1 unknown 1 expired 0 withheld 0 segments 3";
    private static final String OCTOBER = "2026-10-01 sent 1 delivered 0 failed 2 unknown 0 expired 1 withheld 1 segments 1";

    @Test
    void by_day_in_london_by_provider_by_channel_by_template_and_in_all() {
        aDay();
        assertEquals(List.of(SEPTEMBER, OCTOBER), counts(Figures.By.DAY));
        assertEquals(List.of("total sent 3 delivered 1 failed 3 unknown 1 expired 1 withheld 1 segments 4"),
            counts(Figures.By.TOTAL));
        assertEquals(List.of("none sent 0 delivered 0 failed 1 unknown 0 expired 1 withheld 1 segments 0",
            "test sent 3 delivered 1 failed 2 unknown 1 expired 0 withheld 0 segments 4"), counts(Figures.By.PROVIDER));
        assertEquals(List.of("none sent 0 delivered 0 failed 1 unknown 0 expired 1 withheld 1 segments 0",
            "sms sent 3 delivered 1 failed 2 unknown 1 expired 0 withheld 0 segments 4"), counts(Figures.By.CHANNEL));
        assertEquals(List.of("news sent 3 delivered 1 failed 2 unknown 1 expired 1 withheld 1 segments 4",
            "nothing_of_ours sent 0 delivered 0 failed 1 unknown 0 expired 0 withheld 0 segments 0"),
            counts(Figures.By.TEMPLATE));
    }

    @Test
    void times_are_seconds() {
        for (int i = 1; i <= 4; i++) {
            F.enqueue("k" + i);
            F.clock.move(Duration.ofSeconds(10));
            F.dispatcher().drain();
            F.clock.move(Duration.ofSeconds(30));
            receipt(Receipt.Status.DELIVERED);
        }
        Figures.Line line = lines(F.tenant, Figures.By.TOTAL).getFirst();
        assertEquals(10.0, line.handOffP50());
        assertEquals(10.0, line.handOffP95());
        assertEquals(30.0, line.deliveryP50());
        assertEquals(30.0, line.deliveryP95());
    }

    @Test
    void nothing_of_others_and_nothing_where_nothing_was() {
        aDay();
        assertEquals(List.of(), lines(UUID.randomUUID(), Figures.By.TOTAL));
        UUID other = UUID.randomUUID();
        assertEquals(List.of(), F.<List<Figures.Line>>as(other,
            c -> Figures.of(c, F.tenant, FIRST, FIRST, Figures.By.TOTAL, LONDON)));
    }

    @Test
    void figures_outlive_what_they_count() {
        aDay();
        Retention retention = new Retention(F.database.dispatcher(), (t, said) -> { }, Map.of(), RetentionTest.rules(), F.sealer,
            F.clock, F.meters);
        retention.run();
        F.clock.move(Duration.ofDays(10));
        retention.run();
        F.clock.move(Duration.ofDays(800));
        retention.run();
        assertEquals(List.of("0"), F.rows("select count(*)::text from notifications.message"));
        assertEquals(List.of(SEPTEMBER, OCTOBER), counts(Figures.By.DAY));
        assertNull(lines(F.tenant, Figures.By.TOTAL).getFirst().handOffP50());
    }

    @Test
    void how_long_nobody_has_looked_at_the_queue_is_known() {
        Dispatcher dispatcher = F.dispatcher();
        assertEquals(Double.POSITIVE_INFINITY, F.meters.get("notifications.sweep.age.seconds").gauge().value());
        dispatcher.measure();
        double ago = F.meters.get("notifications.sweep.age.seconds").gauge().value();
        assertEquals(true, ago >= 0 && ago < 60, () -> ago + " seconds");
    }

    @Test
    void meters_say_the_same_by_provider_and_template() {
        aDay();
        String[] of = {"provider", "test", "template", "news", "channel", "sms"};
        assertEquals(3, F.meters.get("notifications.attempts").tags(of).tag("outcome", "accepted").counter().count());
        assertEquals(1, F.meters.get("notifications.attempts").tags(of).tag("outcome", "unknown").counter().count());
        assertEquals(1, F.meters.get("notifications.attempts").tags(of).tag("outcome", "rejected").counter().count());
        assertEquals(1, F.meters.get("notifications.attempts.settled").tags(of).tag("outcome", "delivered").counter().count());
        assertEquals(1, F.meters.get("notifications.attempts.settled").tags(of).tag("outcome", "failed").counter().count());
        assertEquals(3, F.meters.get("notifications.segments").tags(of).counter().count());
        assertEquals(3, F.meters.get("notifications.handoff").tags(of).timer().count());
        assertEquals(1, F.meters.get("notifications.delivery").tags(of).timer().count());
        assertEquals(40, F.meters.get("notifications.delivery").tags(of).timer()
            .totalTime(java.util.concurrent.TimeUnit.SECONDS));
    }
}
