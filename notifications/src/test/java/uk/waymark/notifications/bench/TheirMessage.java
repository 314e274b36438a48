package uk.waymark.notifications.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.sms.SmsText;
import uk.waymark.notifications.twilio.TwilioSender;

/**
 * What the dispatcher does with one message, for a scheduler that works task by task: the attempt is committed as started
 * before the provider is called, the outcome after it. Each of the two is one statement, sent in one round trip and
 * committed with it, which is the least that this takes.
 */
final class TheirMessage {

    private static final String START = """
        with going as (
            update notifications.message set state = 'started', attempt_id = ?, attempts = attempts + 1
            where id = ? and id_at = ? and state in ('queued', 'held') returning id, id_at, tenant, attempts)
        insert into notifications.attempt (id, id_at, message_id, message_id_at, tenant, number, channel, template_version,
            language, variant, segments, address, address_key, body, provider, provider_account, chosen_because, state,
            started_at)
        select ?, ?, id, id_at, tenant, attempts, 'sms', ?, ?, ?, ?, ?, ?, ?, 'twilio', '', 'only', 'started', ? from going""";
    private static final String RECORD = """
        with moved as (
            update notifications.message set state = 'accepted', reason = null
            where id = ? and id_at = ? and attempt_id = ? and state in ('started', 'unknown')),
        answered as (
            update notifications.attempt set state = 'accepted', answered_at = ?, provider = ?, provider_account = ?,
                provider_message_id = ?
            where id = ? and id_at = ?)
        insert into notifications.provider_message (provider, provider_account, provider_message_id, attempt_id,
                                                    attempt_id_at)
        values (?, ?, ?, ?, ?) on conflict do nothing""";

    private final Work work = new Work();
    private final ObjectMapper json = new ObjectMapper();
    private final DataSource login;
    private final TwilioSender twilio;

    TheirMessage(DataSource login, TwilioSender twilio) {
        this.login = login;
        this.twilio = twilio;
    }

    void send(UUID message, Queue.TaskData data) throws SQLException {
        Decision.Send to = (Decision.Send) Work.decide(data.recipient());
        Templates.Rendered rendered = work.templates.render(Work.TEMPLATE, to.language(), to.variant(),
            fields(message, data.fields()));
        String text = SmsText.sanitise(rendered.text());
        UUID attempt = work.ids.next();
        start(message, attempt, to, rendered, text);
        SendOutcome outcome = twilio.send(new SendRequest(attempt, Work.TENANT, Work.CLASS, to.address(), text,
            Duration.ofHours(10)));
        if (!(outcome instanceof SendOutcome.Accepted accepted)) {
            throw new IllegalStateException("not accepted but " + outcome.stored());
        }
        record(message, attempt, accepted);
    }

    private Map<String, String> fields(UUID message, byte[] sealed) {
        try {
            return json.readValue(work.sealer.open("notifications.message.fields", message, sealed),
                new TypeReference<Map<String, String>>() { });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(UUID message, UUID attempt, Decision.Send to, Templates.Rendered rendered, String text)
            throws SQLException {
        run(START, attempt, message, at(message), attempt, at(attempt), rendered.version(), rendered.language(),
            rendered.variant(), SmsText.segments(text),
            work.sealer.seal("notifications.attempt.address", attempt, to.address().getBytes(StandardCharsets.UTF_8)),
            work.sealer.key("notifications.address", to.address()),
            work.sealer.seal("notifications.attempt.body", attempt, text.getBytes(StandardCharsets.UTF_8)),
            Timestamp.from(work.clock.instant()));
    }

    private void record(UUID message, UUID attempt, SendOutcome.Accepted a) throws SQLException {
        run(RECORD, message, at(message), attempt, Timestamp.from(work.clock.instant()), a.provider(), a.providerAccount(),
            a.providerMessageId(), attempt, at(attempt), a.provider(), a.providerAccount(), a.providerMessageId(), attempt,
            at(attempt));
    }

    private static Timestamp at(UUID id) {
        return Timestamp.from(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16));
    }

    /** In a transaction of its own. */
    private void run(String sql, Object... values) throws SQLException {
        try (Connection connection = login.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
