package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** What staff have to do about a message that has ended: whoever could not be told by it becomes an item, until they are told. */
@Singleton
final class EndedItems {
    static final String READ_BEFORE_RUNG = "read_before_rung";
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final CallFirst callFirst;
    private final Timing timing;

    EndedItems(WorkItems workItems, DueTimes dueTimes, CallFirst callFirst, Timing timing) {
        this.timing = timing;
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.callFirst = callFirst;
    }

    /** @param caseId or null */
    record About(UUID caseId, boolean flagged) {
        /** Whoever is not known may be in danger. */
        static final About UNKNOWN = new About(null, true);
    }

    /** Opens, changes or settles what staff have to do about one message. */
    void act(Connection c, EndedMessage message, About about) {
        if (DeskTexts.MESSAGE_CLASS.equals(message.messageClass())) {
            return; // it went to no person: whoever had it sent hears of it
        }
        String key = "message:" + message.messageId();
        if (message.state() == MessageState.DELIVERED || message.isRead()) {
            workItems.settle(c, key);
            if (!ringAllTheSame(c, message, about)) {
                workItems.settleTasks(c, message.messageId());
            }
        } else if (message.state() != MessageState.CANCELLED && !NoticeBars.NEW_SIGN_IN.equals(message.template())
                && !AutomaticAnswers.MESSAGE_CLASS.equals(message.messageClass())) {
            var item = new NewWorkItem(kind(message), key, about.caseId(), message.recipientRef(), message.messageId(),
                message.reason() == null ? message.state().stored() : message.reason(),
                detail(c, message, about), due(c, message, about));
            if (!workItems.open(c, item)) {
                workItems.changeKind(c, key, item.kind(), item.reason());
            }
            if (CallFirst.IN_VAIN.equals(item.reason())) {
                workItems.escalate(c, key);
            }
        }
    }

    /** What was too short for a provider is not too short for a call: while it is safe. */
    private Instant due(Connection c, EndedMessage message, About about) {
        Instant usual = dueTimes.untold(message.endedAt(), about.flagged());
        return !Timing.TOO_SHORT.equals(message.reason()) ? usual
            : timing.endOfSafe(c, message.recipientRef(), message.endedAt()).filter(usual::isAfter).orElse(usual);
    }

    /** Whoever reads that something was not told is to see whether it may be that somebody is free. */
    private String detail(Connection c, EndedMessage message, About about) {
        String why = message.reason() == null ? null : EndedMessages.reason(message.reason());
        if (!callFirst.first(c, message.subjectRef(), about.flagged())) {
            return why;
        }
        String urgent = callFirst.untold(c, message.recipientRef());
        return why == null ? urgent : urgent + "\n\n" + why;
    }

    /**
     * What a person should have heard on the telephone first may have been opened by whoever holds their phone. Who is about to
     * ring, rings.
     *
     * @return whether somebody is
     */
    private boolean ringAllTheSame(Connection c, EndedMessage message, About about) {
        if (!message.isRead()) {
            return false;
        }
        if (workItems.addToCallFirst(c, message.messageId(), READ_BEFORE_RUNG, EndedMessages.reason(READ_BEFORE_RUNG))) {
            return true;
        }
        if (callFirst.first(c, message.subjectRef(), about.flagged())) {
            workItems.open(c, new NewWorkItem("message_withheld", "read:" + message.messageId(), about.caseId(),
                message.recipientRef(), message.messageId(), READ_BEFORE_RUNG, EndedMessages.reason(READ_BEFORE_RUNG),
                callFirst.due(message.endedAt())));
        }
        return false;
    }

    private static String kind(EndedMessage message) {
        if (NoticeBars.CHANGED.equals(message.template())) {
            return "announce_change";
        }
        return switch (message.state()) {
            case WITHHELD ->
                ContactRules.KEPT_OFF_PHONES.equals(message.reason()) ? "self_service_off" : "message_withheld";
            case UNKNOWN -> "message_unknown";
            default -> "message_failed";
        };
    }

    /** Which case each is about, and whether it or the person is flagged, in one query. */
    static Map<UUID, About> about(Connection c, List<EndedMessage> messages) {
        UUID[] persons = messages.stream().map(EndedMessage::recipientRef).distinct().toArray(UUID[]::new);
        List<EndedMessage> ofSomething = messages.stream().filter(m -> m.subjectRef() != null).toList();
        record Told(UUID event, UUID person) { }
        var byEvent = new HashMap<Told, About>();
        var byPerson = new HashMap<UUID, About>();
        Sql.list(c, """
            select p.id, p.safety or coalesce(shared.safety, false) as safety, s.subject, cf.id as case_id,
                   coalesce(cf.safety, false) as case_safety
              from waymark.person p
              left join waymark.gate_delivery(?) shared on shared.person_id = p.id
              left join (select distinct m.subject, m.person, waymark.case_of_subject(m.subject, m.person) as case_id
                           from unnest(?::uuid[], ?::uuid[]) as m(subject, person)) s on s.person = p.id
              left join waymark.case_file cf on cf.id = s.case_id
             where p.id = any(?)""",
            r -> {
                UUID person = Sql.uuid(r, "id");
                boolean safety = r.getBoolean("safety");
                byPerson.put(person, new About(null, safety));
                if (Sql.uuid(r, "case_id") != null) {
                    byEvent.put(new Told(Sql.uuid(r, "subject"), person),
                        new About(Sql.uuid(r, "case_id"), safety || r.getBoolean("case_safety")));
                }
                return person;
            }, persons, ofSomething.stream().map(EndedMessage::subjectRef).toArray(UUID[]::new),
            ofSomething.stream().map(EndedMessage::recipientRef).toArray(UUID[]::new), persons);
        var about = new HashMap<UUID, About>();
        for (EndedMessage m : messages) {
            About known =
                byEvent.getOrDefault(new Told(m.subjectRef(), m.recipientRef()), byPerson.get(m.recipientRef()));
            if (known != null) {
                about.put(m.id(), known);
            }
        }
        return about;
    }
}
