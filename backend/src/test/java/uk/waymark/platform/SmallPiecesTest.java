package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmallPiecesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-02T09:00:00Z"));
    private final MachineClock clock = new MachineClock(now::get);

    @Test
    void idsAreOrderedByTime() {
        var ids = new Ids(clock);
        UUID first = ids.next();
        now.set(now.get().plusMillis(1));
        assertTrue(first.toString().compareTo(ids.next().toString()) < 0);
        assertEquals(7, first.version());
        assertEquals(2, first.variant());
        List<UUID> ofOneMillisecond = Stream.generate(ids::next).limit(10_000).toList();
        assertEquals(ofOneMillisecond.stream().map(UUID::toString).sorted().toList(), ofOneMillisecond.stream().map(UUID::toString).toList(),
            "in the order in which they were made, also where they are more than can be counted");
        assertTrue(ofOneMillisecond.stream().allMatch(id -> id.version() == 7 && id.variant() == 2));
        now.set(now.get().minusSeconds(1));
        assertTrue(ids.next().toString().compareTo(first.toString()) < 0, "the time of the clock, wherever it is set to");
    }

    @Test
    void aTokenHoldsUntilItExpiresAndIsOfItsSecretOnly() throws Exception {
        var tokens = new Tokens(new byte[32], clock);
        UUID account = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        String token = tokens.issue(account, session, now.get());
        var jwt = com.nimbusds.jwt.SignedJWT.parse(token);
        assertEquals(new Caller.Person(account, session, now.get()), tokens.verify(jwt).orElseThrow());
        byte[] other = new byte[32];
        other[0] = 1;
        assertTrue(new Tokens(other, clock).verify(jwt).isEmpty());
        now.set(now.get().plus(Tokens.LIFETIME));
        assertTrue(tokens.verify(jwt).isEmpty());
        assertEquals(session, tokens.sessionOf(token).orElseThrow());
        assertTrue(tokens.sessionOf("x.y.z").isEmpty());
    }

    @Test
    void aCursorComesBackAsItWentAndAForeignOneIsRefused() {
        assertArrayEquals(new String[] {"a", "b"}, Cursor.decode(Cursor.encode("a", "b"), 2));
        assertNull(Cursor.decode(null, 2));
        assertThrows(ProblemException.class, () -> Cursor.decode("!!", 1));
        assertThrows(ProblemException.class, () -> Cursor.decode(Cursor.encode("a"), 2));
    }

    @Test
    void anEntityTagIsMatchedAsHttpSays() {
        String tag = ETags.of("shown");
        assertTrue(ETags.matches("\"x\", W/" + tag, tag));
        assertTrue(ETags.matches("*", tag));
        assertFalse(ETags.matches(null, tag));
        assertFalse(ETags.matches(ETags.of("other"), tag));
    }

    @Test
    void theLanguageAskedForWinsOverThePersonsOwn() {
        assertEquals("cy", Language.of("cy-GB, en;q=0.5", "en"));
        assertEquals("en", Language.of("fr", "en"));
        assertEquals("cy", Language.of(null, "cy"));
        assertEquals("cy", Language.of(";;;", "cy"));
    }

    @Test
    void aPropertyPathBecomesAPointer() {
        assertEquals("/device/signed_in_at", Violations.pointer("signIn.signInRequest.device.signedInAt"));
        assertEquals("/events/0/type", Violations.pointer("call.batch.events[0].type"));
        assertEquals("/limit", Violations.pointer("listCases.limit"));
    }
}
