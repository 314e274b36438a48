package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.attachments.Attachment;
import uk.waymark.attachments.Sender;
import uk.waymark.callbacks.UnitHours;
import uk.waymark.cases.CaseReferences;
import uk.waymark.cases.CaseUnits;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.conversations.Conversation.Goes;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.messaging.MessageWaiting;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.KnownStaff;

/** What staff see of conversations, and what they reply. */
@Singleton
final class StaffConversations {
    private final ActingAs acting;
    private final ConversationStore store;
    private final Incoming incoming;
    private final Files files;
    private final Replied replied;
    private final HandingOn handingOn;
    private final Absences absences;
    private final MessageWaiting notices;
    private final PutOut putOut;
    private final ConversationWords settings;
    private final CaseReferences references;
    private final PeopleInCase people;
    private final CaseUnits units;
    private final KnownStaff known;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    StaffConversations(ActingAs acting, ConversationStore store, Incoming incoming, Files files, Replied replied, HandingOn handingOn,
                       Absences absences, MessageWaiting notices, PutOut putOut, ConversationWords settings, CaseReferences references,
                       PeopleInCase people, CaseUnits units, KnownStaff known, Idempotency idempotency, Audit audit,
                       Ids ids, CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.incoming = incoming;
        this.files = files;
        this.replied = replied;
        this.handingOn = handingOn;
        this.absences = absences;
        this.notices = notices;
        this.putOut = putOut;
        this.settings = settings;
        this.references = references;
        this.people = people;
        this.units = units;
        this.known = known;
        this.idempotency = idempotency;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * As staff see it.
     *
     * @param unread  messages that nobody has opened
     * @param flagged somebody else may hold the phone
     * @param away    of whoever has it, or null
     * @param desk    whom the force has now for what sounds like danger, or null
     */
    record Seen(Conversation conversation, int unread, boolean flagged, Absences.Absence away, UnitHours.Desk desk) { }

    /** @param messages the newest first @param files that went with them, by message */
    record Read(Seen seen, List<Message> messages, Map<UUID, List<Attachment>> files) { }

    /** One message and its files, or null. */
    record One(Message message, List<Attachment> files) { }

    /** What waits. @param after the last of the page before, or null */
    List<Seen> waiting(Caller.Staff staff, ConversationStore.Place after, int limit) {
        return acting.as(staff, c -> listed(c, staff, store.waiting(c, staff.force(), after, limit)));
    }

    List<Seen> ofCase(Caller.Staff staff, UUID caseId) {
        return acting.as(staff, c -> listed(c, staff, store.ofCase(c, caseId)));
    }

    private List<Seen> listed(Connection c, Caller.Staff staff, List<Conversation> found) {
        record Concerned(UUID caseId, UUID person) { }
        Set<Concerned> seen = new HashSet<>();
        found.stream().filter(k -> seen.add(new Concerned(k.caseId(), k.person())))
            .forEach(k -> audit.record(c, staff, "queue_conversation_read", k.caseId(), k.person()));
        return found.stream().map(k -> seen(c, k)).toList();
    }

    /** Opens a page of it: the person sees that. @throws ProblemException 404; 422, 428 for a reason that does not hold */
    Read read(Caller.Staff staff, UUID id, UUID before, int limit) {
        return acting.as(staff, c -> {
            Conversation in = store.locked(c, id).orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "conversation_read", in.caseId(), in.person());
            List<UUID> shown = store.page(c, id, before, limit).stream().limit(limit - 1L).map(Message::id).toList();
            store.opened(c, shown.toArray(UUID[]::new), staff.subject(), clock.instant());
            List<Message> page = store.page(c, id, before, limit);
            return new Read(seen(c, in), page, files.of(c, page));
        });
    }

    /** What somebody of the staff writes. @param attached null for none @param seenUpTo the last that they had before them, or null */
    record Words(String body, List<UUID> attached, UUID seenUpTo) {
        Words {
            if (body.isBlank()) {
                throw ProblemException.unprocessable("/body", "There is nothing in it. Write something first.");
            }
        }

        @Override
        public String toString() {
            return body + "\n" + attached + (seenUpTo == null ? "" : "\n" + seenUpTo);
        }
    }

    /** @throws ProblemException 404; 409 for who takes no part any more; 422 for no words at all, or for what is no message of theirs */
    One reply(Caller.Staff staff, UUID id, Words words, String key) {
        return acting.as(staff, c -> {
            Conversation in = store.locked(c, id).orElseThrow(ProblemException::notFound);
            if (words.seenUpTo() != null && store.message(c, words.seenUpTo()).filter(m -> m.conversation().equals(id)).isEmpty()) {
                throw ProblemException.unprocessable("/seen_up_to", "This is no message of this conversation. Take the id of the newest one that "
                    + "you have read there, or leave it out.");
            }
            return write(c, staff, in, words, "replyToPerson", key);
        });
    }

    /**
     * The first word is the staff's: in the conversation that there is, or in a new one.
     *
     * @throws ProblemException 404; 409 for who takes no part any more; 422 for somebody who never did, or for no words at all
     */
    Seen begin(Caller.Staff staff, UUID caseId, UUID person, Words words, String key) {
        return acting.as(staff, c -> {
            if (references.of(c, List.of(caseId)).isEmpty()) {
                throw ProblemException.notFound();
            }
            if (people.part(c, caseId, person).isEmpty()) {
                throw ProblemException.unprocessable("/person_id", "This person takes no part in this case. Take an id from the case's people.");
            }
            Conversation in = store.begin(c, ids.next(), staff.force(), caseId, person);
            if (store.page(c, in.id(), null, 1).isEmpty()) {
                store.goes(c, in.id(), units.of(c, caseId).orElse(null), incoming.goes(c, caseId, person),
                    incoming.officer(c, caseId).orElse(null), null);
                in = store.one(c, in.id()).orElseThrow();
            }
            write(c, staff, in, words, "writeToPerson", key);
            return seen(c, store.one(c, in.id()).orElseThrow());
        });
    }

    private One write(Connection c, Caller.Staff staff, Conversation in, Words words, String operation, String key) {
        takesPart(c, in);
        UUID id = in.id();
        Instant now = clock.instant();
        var done = idempotency.once(c, staff, operation, key, id + "\n" + words, () -> {
            UUID message = ids.next();
            store.reply(c, message, in, words.body(), staff.subject(), now);
            files.attach(c, message, in.caseId(), new Sender.OfStaff(staff.subject(), in.person()), words.attached(), "en");
            audit.record(c, staff, "message_answered", in.caseId(), in.person());
            return message;
        });
        Message sent = store.message(c, done.id()).orElseThrow(ProblemException::notFound);
        if (!done.repeated()) {
            acting.goOn(c, new Caller.Worker(staff.force()));
            store.goes(c, id, in.unit(), in.goesTo(), in.officer(), in.heldBy() == null ? staff.subject() : in.heldBy());
            replied.replied(c, store.one(c, id).orElseThrow(), words.seenUpTo(), now);
            notices.tell(c, in.force(), in.person(), store.unreadByPerson(c, id), settings.time("notice.again_after"));
            putOut.message(c, in, sent);
        }
        return one(c, sent);
    }

    /** Whoever could not write could not read either: the conditions are those of {@code gate_send_message}. */
    private static void takesPart(Connection c, Conversation in) {
        boolean seen = Sql.one(c, """
            select cf.recorded and cf.on_phones as seen
              from waymark.participant pa join waymark.person p on p.id = pa.person_id join waymark.case_file cf on cf.id = pa.case_id
             where pa.case_id = ? and pa.person_id = ? and not pa.removed and not pa.quiet and not p.deceased and p.merged_into is null""",
            r -> r.getBoolean("seen"), in.caseId(), in.person()).orElseThrow(() -> ProblemException.conflict("takes-no-part",
                "It would not be read", "This person takes no part in the case any more. Read the case, and find out who does."));
        if (!seen) {
            throw ProblemException.conflict("takes-no-part", "It would not be read",
                "This case is not shown to people, so they cannot open what you write. Ring them.");
        }
    }

    /** @throws ProblemException 404; 409 where nobody has opened what waits */
    Seen acknowledge(Caller.Staff staff, UUID id) {
        return acting.as(staff, c -> {
            Conversation in = store.locked(c, id).orElseThrow(ProblemException::notFound);
            if (replied.acknowledged(c, in, staff.subject()) == 0 && store.unread(c, id) > 0) {
                throw ProblemException.conflict("not-read", "Nobody has read it",
                    "Open the conversation first: GET /v1/staff/conversations/{id}.");
            }
            audit.record(c, staff, "conversation_acknowledged", in.caseId(), in.person());
            return seen(c, store.one(c, id).orElseThrow());
        });
    }

    /** @param colleague or null: whoever takes it on @throws ProblemException 404; 422 for somebody whom nobody knows here */
    Seen handOver(Caller.Staff staff, UUID id, Goes to, String colleague) {
        return acting.as(staff, c -> {
            Conversation in = store.locked(c, id).orElseThrow(ProblemException::notFound);
            known.check(c, staff, colleague, "/colleague");
            audit.record(c, staff, "conversation_handed_over", in.caseId(), in.person());
            handingOn.to(c, in, to, colleague);
            return seen(c, store.one(c, id).orElseThrow());
        });
    }

    /** Once and for all. @param note or null @throws ProblemException 404, also for a notice, which nobody has written */
    One disclose(Caller.Staff staff, UUID message, String note) {
        return acting.as(staff, c -> {
            Message known = store.message(c, message).filter(m -> m.body() != null).orElseThrow(ProblemException::notFound);
            Conversation in = store.locked(c, known.conversation()).orElseThrow(ProblemException::notFound);
            if (store.message(c, message).orElseThrow().disclosedAt() == null) {
                audit.record(c, staff, "message_marked", in.caseId(), in.person());
                store.disclose(c, message, staff.subject(), note, clock.instant());
                putOut.forDisclosure(c, in, known, staff.subject(), note);
            }
            return one(c, store.message(c, message).orElseThrow());
        });
    }

    private One one(Connection c, Message message) {
        return new One(message, files.of(c, List.of(message)).get(message.id()));
    }

    private Seen seen(Connection c, Conversation in) {
        boolean flagged = Sql.one(c, "select safety or waymark.gate_flagged_together(id) as flagged from waymark.person where id = ?",
            r -> r.getBoolean("flagged"), in.person()).orElse(true);
        return new Seen(in, store.unread(c, in.id()), flagged, absences.of(c, in, clock.instant()).orElse(null),
            in.danger() ? incoming.desk(c, in).orElse(null) : null);
    }
}
