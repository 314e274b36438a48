package uk.waymark.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What the phones of the sandbox received. */
@Singleton
@Requires(env = "sandbox")
final class Phones {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMN = "sandbox.phone_message.content";
    private static final int MOST = 200;
    private final ActingAs acting;
    private final Sealing sealing;
    private final Ids ids;
    private final PhoneNumbers numbers;

    /** How a message came, as the contract's {@code SandboxChannel} says it. */
    static final String SMS = "sms";
    static final String PUSH = "push";

    /** @param sentAt case time */
    record Text(String sid, String accountSid, String channel, String to, String from, String body, Instant sentAt) { }

    Phones(ActingAs acting, Sealing sealing, Ids ids, PhoneNumbers numbers) {
        this.acting = acting;
        this.sealing = sealing;
        this.ids = ids;
        this.numbers = numbers;
    }

    /** Any spelling, and what a plus sign becomes in a query. */
    Optional<String> number(String spelling) {
        String digits = spelling.strip();
        return numbers.parse(digits.startsWith("44") ? "+" + digits : digits);
    }

    void receive(Text text) {
        UUID id = ids.next();
        byte[] content = sealing.sealText(COLUMN, id, write(text));
        acting.as(new Caller.Nobody(), c -> Sql.run(c,
            "insert into sandbox.phone_message (id, sid, account_sid, number_key, content) values (?, ?, ?, ?, ?)",
            id, text.sid(), text.accountSid(), key(text.to()), content));
    }

    /** Newest first. */
    List<Text> on(String number) {
        return acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select id, sid, account_sid, content from sandbox.phone_message
             where number_key = ? order by id desc limit ?""", this::text, key(number), MOST));
    }

    /** @param takenAt machine time, as a provider tells it: the sandbox's own time is moved */
    record Taken(Text text, Instant takenAt) { }

    /** What an account sent, to one number or to any; newest first. */
    List<Taken> from(String accountSid, Optional<String> to, int atMost) {
        return acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select id, sid, account_sid, content from sandbox.phone_message
             where account_sid = ? and number_key = coalesce(?::bytea, number_key) order by id desc limit ?""",
            this::taken, accountSid, to.map(this::key).orElse(null), Math.min(atMost, MOST)));
    }

    /** One that an account sent. */
    Optional<Taken> of(String accountSid, String sid) {
        return acting.as(new Caller.Nobody(), c -> Sql.one(c, """
            select id, sid, account_sid, content from sandbox.phone_message where account_sid = ? and sid = ?""",
            this::taken, accountSid, sid));
    }

    private Taken taken(ResultSet r) throws SQLException {
        return new Taken(text(r), Instant.ofEpochMilli(Sql.uuid(r, "id").getMostSignificantBits() >>> 16));
    }

    private byte[] key(String number) {
        return sealing.key("sandbox.phone", number);
    }

    private Text text(ResultSet r) throws SQLException {
        try {
            JsonNode content = JSON.readTree(sealing.openText(COLUMN, Sql.uuid(r, "id"), r.getBytes("content")));
            return new Text(r.getString("sid"), r.getString("account_sid"), content.path("channel").asText(SMS),
                content.path("to").asText(),
                content.path("from").asText(), content.path("body").asText(), Instant.parse(content.path("sent_at").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of the sandbox cannot be read");
        }
    }

    private static String write(Text text) {
        try {
            return JSON.writeValueAsString(Map.of("channel", text.channel(), "to", text.to(), "from", text.from(), "body", text.body(),
                "sent_at", text.sentAt().toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of the sandbox cannot be written");
        }
    }
}
