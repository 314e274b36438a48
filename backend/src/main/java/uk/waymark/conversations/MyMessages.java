package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.FilesTaken;
import uk.waymark.attachments.Attachment;
import uk.waymark.attachments.Sender;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.conversations.OwnPart.Part;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** What a person writes and reads. */
@Singleton
final class MyMessages {
    private final ActingAs acting;
    private final ConversationStore store;
    private final OwnPart parts;
    private final Incoming incoming;
    private final Files files;
    private final Reading reading;
    private final DangerPhrases phrases;
    private final ConversationWords words;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    MyMessages(ActingAs acting, ConversationStore store, OwnPart parts, Incoming incoming, Files files, Reading reading,
               DangerPhrases phrases, ConversationWords words, Idempotency idempotency, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.parts = parts;
        this.incoming = incoming;
        this.files = files;
        this.reading = reading;
        this.phrases = phrases;
        this.words = words;
        this.idempotency = idempotency;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param messages the newest first
     * @param files    that went with them, by message
     * @param taken    how much can go with the next one
     * @param discreet whether nothing may be seen over a shoulder
     * @param left     of what was just sent: whether it went without the files that it named
     * @param language that the words are in
     */
    record Seen(List<Message> messages, Map<UUID, List<Attachment>> files, FilesTaken taken, Reading.Known known, boolean discreet,
                boolean left, String language) {
        Seen withoutFiles() {
            return new Seen(messages, files, taken, known, discreet, true, language);
        }
    }

    /**
     * What sounds like danger goes in any case, if need be without its files.
     *
     * @throws ProblemException 404; 409 where too much waits unread; 422 for no words at all, or for files that cannot go with it
     */
    Seen send(Caller.Person person, UUID caseId, String body, List<UUID> attached, String key, String acceptLanguage) {
        boolean danger = phrases.soundsLike(body);
        return acting.as(person, c -> {
            Part part = parts.of(c, caseId).orElseThrow(ProblemException::notFound);
            String language = language(c, acceptLanguage);
            if (body.isBlank()) {
                throw ProblemException.unprocessable("/body", words.of(language, "nothing_in_it"));
            }
            var done = idempotency.once(c, person, "sendMessage", key, caseId + "\n" + body + "\n" + attached, () -> {
                UUID id = ids.next();
                String said = store.send(c, id, ids.next(), part.person(), caseId, body, danger, words.number("most_unread"),
                    clock.instant()).orElseThrow(ProblemException::notFound);
                if (said.equals("too_many")) {
                    throw ProblemException.conflict("too-many-waiting", words.of(language, "too_many.title"), words.of(language, "too_many"));
                }
                var who = new Sender.OfPerson(part.person());
                if (danger) {
                    files.attachIfPossible(c, id, caseId, who, attached);
                } else {
                    files.attach(c, id, caseId, who, attached, language);
                }
                audit.record(c, person, "message_sent", caseId, part.person());
                return id;
            });
            acting.goOn(c, new Caller.Worker(part.force()));
            if (!done.repeated()) {
                incoming.taken(c, store.message(c, done.id()).orElseThrow());
            }
            Message sent = store.message(c, done.id()).orElseThrow(ProblemException::notFound);
            Conversation in = store.one(c, sent.conversation()).orElseThrow();
            Seen seen = seen(c, caseId, List.of(sent), reading.of(c, part.force(), caseId, part.person(), in), part, language);
            // by what it has and not by what this try did: a repeated key is answered alike
            boolean without = attached != null && !attached.isEmpty() && !seen.files().containsKey(sent.id());
            return without ? seen.withoutFiles() : seen;
        });
    }

    /** @param before the last of the page before, or null @throws ProblemException 404 */
    Seen list(Caller.Person person, UUID caseId, UUID before, int limit, String acceptLanguage) {
        return acting.as(person, c -> {
            Part part = parts.of(c, caseId).orElseThrow(ProblemException::notFound);
            String language = language(c, acceptLanguage);
            Conversation in = store.own(c, caseId, part.person()).orElse(null);
            List<Message> page = in == null ? List.of() : store.page(c, in.id(), before, limit);
            acting.goOn(c, new Caller.Worker(part.force()));
            return seen(c, caseId, page, reading.of(c, part.force(), caseId, part.person(), in), part, language);
        });
    }

    private Seen seen(Connection c, UUID caseId, List<Message> messages, Reading.Known known, Part part, String language) {
        return new Seen(messages, files.of(c, messages), files.taken(c, caseId), known, part.discreet() || known.flagged(),
            false, language);
    }

    /** It and all before it. @throws ProblemException 404 */
    void read(Caller.Person person, UUID caseId, UUID message) {
        acting.as(person, c -> {
            if (!Sql.one(c, "select waymark.gate_read_messages(?, ?, ?) as known", r -> r.getBoolean("known"), caseId, message,
                    clock.instant()).orElse(false)) {
                throw ProblemException.notFound();
            }
            return null;
        });
    }

    private static String language(Connection c, String acceptLanguage) {
        return Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language", r -> r.getString("language")).orElse("en"));
    }
}
