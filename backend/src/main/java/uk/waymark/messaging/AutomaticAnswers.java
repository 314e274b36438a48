package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/**
 * A word back to whoever texted: that it is here, and what happens next. It goes to the very number that the reply came from, as a
 * text, where texts may go there at all, and otherwise nowhere: the reply itself is with staff, so nobody has to do anything
 * about an answer that did not go. Each wording once an hour for each person at most: two machines that answer each other must come
 * to an end, and whoever asks for help after another reply is told whom to ring.
 */
@Singleton
public final class AutomaticAnswers {
    /** The answer that says nothing but thank you: all that a case with a safety flag allows. */
    public static final String RECEIVED = "reply_received";
    static final String MESSAGE_CLASS = "reply_answer";
    private static final Duration AT_MOST_EVERY = Duration.ofHours(1);
    /** A person who texts at night is answered in the morning. */
    private static final Duration KEEPS = Duration.ofHours(12);
    /** What nobody expects any more is not for a phone that somebody else may hold. */
    private static final Duration KEEPS_IF_FLAGGED = Duration.ofMinutes(15);

    private final Outbox outbox;
    private final CaseClock clock;

    AutomaticAnswers(Outbox outbox, CaseClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Queues the answer to a reply, unless the person was answered in these words within the hour.
     *
     * @param c        of the transaction that takes the reply, a worker's of the force
     * @param template the wording; {@link #RECEIVED} instead where the person is in a case with a safety flag
     */
    public void answer(Connection c, UUID force, UUID person, UUID reply, String template) {
        Instant now = clock.instant();
        boolean flagged = flagged(c, person);
        String words = flagged ? RECEIVED : template;
        int due = Sql.run(c, """
            insert into waymark.reply_answered as known (person_id, template, force_id, answered_at) values (?, ?, ?, ?)
            on conflict (person_id, template) do update set answered_at = excluded.answered_at where known.answered_at <= ?""",
            person, words, force, now, now.minus(AT_MOST_EVERY));
        if (due == 1) {
            // by the reply alone: of several people at one number, one is answered
            outbox.enqueue(c, new NewMessage(force, person, MESSAGE_CLASS, words, Map.of(), "answer:" + reply,
                reply, now, now.plus(flagged ? KEEPS_IF_FLAGGED : KEEPS)));
        }
    }

    /** Whether the person, or somebody on the same account, is in a case with a safety flag; in a transaction of a worker. */
    public boolean flagged(Connection c, UUID person) {
        return Sql.one(c, """
            select p.safety or coalesce(shared.safety, false) as flagged
              from waymark.person p left join waymark.gate_delivery(array[?]::uuid[]) shared on shared.person_id = p.id
             where p.id = ?""", r -> r.getBoolean("flagged"), person, person).orElse(true);
    }

    /** @param fromThere whether the reply came from the number that the person has now */
    static Decision decide(Contact contact, String template, boolean fromThere) {
        if (contact.ended() != null) {
            return new Decision.Cancel(contact.ended());
        }
        if (!contact.onPhones() || !fromThere || contact.flagged() && !RECEIVED.equals(template)) {
            return new Decision.Cancel("not_answered");
        }
        String whyNot = ContactRules.whyNot(contact, Contact.way(contact.channels(), Channel.SMS));
        return whyNot == null ? ContactRules.byText(contact) : new Decision.Cancel(whyNot);
    }
}
