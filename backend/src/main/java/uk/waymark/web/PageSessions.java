package uk.waymark.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Who is signed in by which cookie. The cookie is 256 random bits, its SHA-256 the key of the row, and the tokens in the row are
 * sealed: neither a copy of the database nor one of the browser's cookies alone lets anybody in.
 */
@Singleton
class PageSessions {
    private static final String CONTENT = "page_session.content";
    private static final Duration LONGEST_PERSON = Duration.ofDays(30);
    private static final Duration LONGEST_STAFF = Duration.ofHours(12);
    private static final Duration IDLE_STAFF = Duration.ofHours(1);
    /**
     * Longer than an exchange of tokens takes ({@link OwnApi} gives up after 55 s, a provider after two times 10 s); after it another request
     * may try. One that tries while the first is still at it sends the same refresh token twice, and that ends the session as stolen.
     */
    private static final Duration BUSY = Duration.ofSeconds(60);
    private static final int COOKIE_BYTES = 32;
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).build();
    private final SecureRandom random = new SecureRandom();
    private final ActingAs acting;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;

    PageSessions(ActingAs acting, Sealing sealing, Ids ids, MachineClock clock) {
        this.acting = acting;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /** A name for a browser that has none, or must have another because it has just signed in. */
    String newCookie() {
        byte[] bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    PageSession open(String cookie, Who who, PageSession.Tokens tokens) {
        UUID id = ids.next();
        byte[] sealed = sealed(id, tokens);
        acting.as(new Caller.Nobody(), c -> {
            Sql.call(c, "select waymark.gate_open_page_session(?, ?, ?, ?, ?, ?)", id, hash(cookie), who.name().toLowerCase(Locale.ROOT),
                sealed, clock.instant(), clock.instant().plus(longest(who)));
            return null;
        });
        return new PageSession(id, who, tokens);
    }

    /** @return empty where nobody is signed in by it, or not any more */
    Optional<PageSession> find(String cookie) {
        return acting.as(new Caller.Nobody(), c -> Sql.one(c,
            "select id, kind, content from waymark.gate_page_session(?, ?, make_interval(secs => ?))", r -> {
                UUID id = Sql.uuid(r, "id");
                return new PageSession(id, Who.valueOf(r.getString("kind").toUpperCase(Locale.ROOT)), opened(id, r.getBytes("content")));
            }, hash(cookie), clock.instant(), IDLE_STAFF.toSeconds()));
    }

    /** Whether this request is the one that exchanges the tokens; the others wait for what comes of it. */
    boolean claim(PageSession session) {
        return acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_claim_page_session(?, ?, ?) as ours",
            r -> r.getBoolean("ours"), session.id(), clock.instant(), clock.instant().plus(BUSY))).orElse(false);
    }

    PageSession renew(PageSession session, PageSession.Tokens tokens) {
        byte[] sealed = sealed(session.id(), tokens);
        acting.as(new Caller.Nobody(), c -> {
            Sql.call(c, "select waymark.gate_renew_page_session(?, ?, ?)", session.id(), sealed,
                clock.instant().plus(longest(session.who())));
            return null;
        });
        return session.with(tokens);
    }

    void end(String cookie) {
        acting.as(new Caller.Nobody(), c -> {
            Sql.call(c, "select waymark.gate_end_page_session(?)", hash(cookie));
            return null;
        });
    }

    @Scheduled(initialDelay = "12m", fixedDelay = "1h")
    void cleanUp() {
        acting.as(new Caller.Nobody(), c -> {
            Sql.call(c, "select waymark.gate_clean_up_pages(?)", clock.instant());
            return null;
        });
    }

    private static Duration longest(Who who) {
        return who == Who.STAFF ? LONGEST_STAFF : LONGEST_PERSON;
    }

    private byte[] sealed(UUID id, PageSession.Tokens tokens) {
        try {
            return sealing.sealText(CONTENT, id, JSON.writeValueAsString(tokens));
        } catch (IOException e) {
            throw new IllegalStateException("a page's session cannot be written");
        }
    }

    private PageSession.Tokens opened(UUID id, byte[] content) {
        try {
            return JSON.readValue(sealing.openText(CONTENT, id, content), PageSession.Tokens.class);
        } catch (IOException e) {
            throw new IllegalStateException("a page's session cannot be read");
        }
    }

    private static byte[] hash(String cookie) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(cookie.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
