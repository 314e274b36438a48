package uk.waymark.web;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import uk.waymark.api.model.RefreshRequest;
import uk.waymark.api.model.Tokens;
import uk.waymark.platform.MachineClock;

/**
 * New tokens for a browser whose access token has run out, exchanged once however many requests come together: a refresh token
 * that is used twice ends the session, as it must.
 */
@Singleton
final class Renewal {
    /** A token that is about to run out might not reach the API in time. */
    private static final Duration SPARE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(40);
    private static final int LOOKS = 100;
    private final PageSessions sessions;
    private final StaffSignIn staff;
    private final OwnApi api;
    private final MachineClock clock;

    Renewal(PageSessions sessions, StaffSignIn staff, OwnApi api, MachineClock clock) {
        this.sessions = sessions;
        this.staff = staff;
        this.api = api;
        this.clock = clock;
    }

    /** @return the session with a token that works; empty where it has ended */
    Optional<PageSession> of(PageSession session, String cookie) {
        PageSession now = session;
        for (int look = 0; look < LOOKS; look++) {
            if (!stale(now)) {
                return Optional.of(now);
            }
            if (now.tokens().refresh() == null) {
                return Optional.empty();
            }
            if (sessions.claim(now)) {
                return exchange(cookie);
            }
            pause();
            Optional<PageSession> later = sessions.find(cookie);
            if (later.isEmpty()) {
                return later;
            }
            now = later.get();
        }
        throw new Refused(Refusal.own(503, "unavailable"));
    }

    private boolean stale(PageSession session) {
        return !clock.instant().isBefore(session.tokens().until().minus(SPARE));
    }

    /** Read anew: another request may have been done between the look and the claim. */
    private Optional<PageSession> exchange(String cookie) {
        Optional<PageSession> found = sessions.find(cookie);
        if (found.isEmpty()) {
            return found;
        }
        PageSession session = found.get();
        if (!stale(session)) {
            return Optional.of(sessions.renew(session, session.tokens()));
        }
        Optional<PageSession.Tokens> tokens;
        try {
            tokens = session.who() == Who.STAFF ? staff.renewed(session.tokens()) : ofPerson(session.tokens());
        } catch (Refused e) {
            if (session.who() == Who.PERSON) {
                sessions.renew(session, session.tokens()); // an answer came: whoever asks next need not wait until this one has surely ended
            }
            throw e;
        }
        if (tokens.isEmpty()) {
            sessions.end(cookie);
        }
        return tokens.map(t -> sessions.renew(session, t));
    }

    private Optional<PageSession.Tokens> ofPerson(PageSession.Tokens old) {
        var ask = new OwnApi.Ask("POST", "/v1/sign-in/refreshes", null, Lang.EN, new RefreshRequest(old.refresh()), Map.of());
        return switch (api.send(ask, Tokens.class)) {
            case Reply.Done<Tokens> done -> Optional.of(old.renewed(done.body().getAccessToken(), until(done.body().getExpiresIn()),
                done.body().getRefreshToken()));
            case Reply.No<Tokens> no when no.refusal().status() == 401 -> Optional.empty();
            case Reply.No<Tokens> no -> throw new Refused(no.refusal());
        };
    }

    private Instant until(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for another request");
        }
    }
}
