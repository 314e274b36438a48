package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;

/** What several parts have against a message, and what the rules of contact say: the strictest word holds. */
class ReservationsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Decision SEND = new Decision.Send(Channel.SMS, "+447700900001", "en", "neutral");
    private static final Decision SOONER = new Decision.HoldUntil(NOON, "quiet_hours");
    private static final Decision LATER = new Decision.HoldUntil(NOON.plusSeconds(60), "not_a_safe_time");
    private static final Decision UNREACHABLE = new Decision.Withhold("no_number");
    private static final Decision PAUSED = new Decision.Withhold("paused");
    private static final Decision OVER = new Decision.Cancel("deceased");
    private static final Decision NOT_WANTED = new Decision.Cancel("not_wanted");

    @Test
    void whatNobodyMindsLeaves() {
        assertEquals(SEND, decided(SEND, before(null), sending(null)));
    }

    @Test
    void theStrictestOfSeveralHolds() {
        assertEquals(LATER, decided(SEND, sending(SOONER), sending(LATER)));
        assertEquals(PAUSED, decided(SEND, sending(LATER), sending(PAUSED)));
        assertEquals(NOT_WANTED, decided(SEND, before(PAUSED), before(NOT_WANTED)));
    }

    @Test
    void whatIsHeldForItsPersonIsNotCalledUnreachable() {
        assertEquals(SOONER, decided(UNREACHABLE, before(SOONER)));
        assertEquals(PAUSED, decided(UNREACHABLE, before(PAUSED)));
    }

    @Test
    void theHourMattersOnlyForWhatWouldLeave() {
        var asked = new ArrayList<Decision.Send>();
        Reservation hour = new Reservation() {
            @Override
            public List<Decision> sending(Connection c, List<Pending> batch, List<Decision.Send> sends) {
                asked.addAll(sends);
                return sends.stream().map(s -> s == null ? null : SOONER).toList();
            }
        };
        List<Decision> decided = new Reservations(List.of(hour)).apply(null, messages(2), List.of(UNREACHABLE, SEND));
        assertEquals(List.of(UNREACHABLE, SOONER), decided);
        assertEquals(Arrays.asList(null, SEND), asked);
    }

    @Test
    void whatIsOverIsOver() {
        assertEquals(OVER, decided(OVER, before(PAUSED), before(NOT_WANTED)));
    }

    private static Decision decided(Decision rule, Reservation... reservations) {
        return new Reservations(List.of(reservations)).apply(null, messages(1), List.of(rule)).getFirst();
    }

    private static List<Pending> messages(int n) {
        return Stream.generate(() -> new Pending(UUID.randomUUID(), UUID.randomUUID(), null, "case_update", "case_update",
            NOON, Set.of())).limit(n).toList();
    }

    private static Reservation before(Decision said) {
        return new Reservation() {
            @Override
            public List<Decision> before(Connection c, List<Pending> batch) {
                return Collections.nCopies(batch.size(), said);
            }
        };
    }

    private static Reservation sending(Decision said) {
        return new Reservation() {
            @Override
            public List<Decision> sending(Connection c, List<Pending> batch, List<Decision.Send> sends) {
                return Collections.nCopies(batch.size(), said);
            }
        };
    }
}
