package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.ActivityShown;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What was sent to a person, as they may read it themselves. Whose it is, is the database's to say. */
@Singleton
class MyNotifications {
    private final ActingAs acting;
    private final Sealing sealing;
    private final Outbox outbox;
    private final CaseClock clock;
    private final ActivityShown activity;

    MyNotifications(ActingAs acting, Sealing sealing, Outbox outbox, CaseClock clock, ActivityShown activity) {
        this.acting = acting;
        this.sealing = sealing;
        this.outbox = outbox;
        this.clock = clock;
        this.activity = activity;
    }

    /**
     * One thing that was sent.
     *
     * @param caseId    or null
     * @param settledAt or null
     * @param readAt    or null
     * @param kept      whether words of its kind are kept at all
     * @param text      null where they are not, or no longer
     */
    record Sent(UUID id, UUID caseId, String channel, String template, String language, String state, Instant sentAt,
                Instant settledAt, Instant readAt, boolean kept, String text) {
        /** Without the words. */
        @Override
        public String toString() {
            return "Sent[id=" + id + "]";
        }
    }

    /**
     * The newest first. Codes and notices about the account itself are not there, which whoever else reads this device is not to
     * know of, but for those that woke the app: it has no other way to say what of. None at all where the person keeps such
     * lists back.
     *
     * @param before only those sent before this one, or null
     */
    List<Sent> page(Caller.OwnView view, UUID before, int limit) {
        return acting.as(view, c -> !activity.shown(c, view) ? List.of() : Sql.list(c, """
            select id, case_id, channel, template, language, state, sent_at, settled_at, read_at, kept, body
              from waymark.told
             where person_id = any ((select waymark.ctx_persons())::uuid[]) and (?::uuid is null or id < ?::uuid)
               and (channel = 'push' or template not in ('contact_confirmation', 'contact_changed', 'new_sign_in'))
             order by id desc limit ?""", this::sent, before, before, limit));
    }

    private Sent sent(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Sent(id, Sql.uuid(r, "case_id"), r.getString("channel"), r.getString("template"), r.getString("language"),
            r.getString("state"), Sql.instant(r, "sent_at"), Sql.instant(r, "settled_at"), Sql.instant(r, "read_at"),
            r.getBoolean("kept"), sealing.openText(Told.BODY, id, r.getBytes("body")));
    }

    /**
     * It was read: no other channel follows.
     *
     * @throws ProblemException 404 where it is not the person's
     */
    void read(Caller.Person person, UUID id) {
        record Message(UUID id, UUID force) { }
        Message message = acting.as(person, c -> {
            Sql.run(c, "update waymark.told set read_at = ? where id = ? and read_at is null", clock.instant(), id);
            return Sql.one(c, "select message_id, force_id from waymark.told where id = ?",
                r -> new Message(Sql.uuid(r, "message_id"), Sql.uuid(r, "force_id")), id);
        }).orElseThrow(ProblemException::notFound);
        acting.as(new Caller.Worker(message.force()), c -> outbox.read(c, message.force(), message.id()));
    }
}
