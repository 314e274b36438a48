package uk.waymark.messaging;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Ended;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Acts on messages that have ended, each in one transaction with the mark that it was acted on: whoever could not be
 * told becomes an item in the work queue of their force. What cannot be acted on rests and holds nothing else up.
 */
@Singleton
final class EndedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(EndedMessages.class);
    private static final int BATCH = 200;
    static final String READ_BEFORE_RUNG = "read_before_rung";

    private final ActingAs acting;
    private final Ended ended;
    private final DataSource dispatcherLogin;
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final ApplicationEventPublisher<MessageEnded> events;
    private final OptOuts optOuts;
    private final CallFirst callFirst;
    private final TriedInVain inVain;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private static final Properties REASONS = DueTimes.resource("/messages/reasons.properties");

    EndedMessages(ActingAs acting, Ended ended, @Named("dispatcher") DataSource dispatcherLogin, WorkItems workItems,
                  DueTimes dueTimes, ApplicationEventPublisher<MessageEnded> events, OptOuts optOuts,
                  CallFirst callFirst, MachineClock machine) {
        this.acting = acting;
        this.ended = ended;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.events = events;
        this.optOuts = optOuts;
        this.callFirst = callFirst;
        this.inVain = new TriedInVain(machine);
    }

    /** What staff read for a reason; null for one that is shown as it is. */
    static String reason(String code) {
        return REASONS.getProperty(code);
    }

    /** @param caseId or null */
    private record About(UUID caseId, boolean flagged) { }

    /**
     * Acts on all that waits, of every force; one caller at a time, so that whoever returns knows that it is done.
     *
     * @return how many messages it acted on
     */
    int handleAll() {
        oneAtATime.lock();
        try {
            return handleWaiting();
        } finally {
            oneAtATime.unlock();
        }
    }

    private int handleWaiting() {
        int handled = 0;
        for (UUID tenant : ended.tenantsWaiting(dispatcherLogin)) {
            try {
                handled += handleWaiting(tenant);
            } catch (RuntimeException e) {
                LOG.error("seeing to ended messages of tenant {} failed; they are taken up again", tenant, e);
            }
        }
        return handled;
    }

    private int handleWaiting(UUID tenant) {
        int handled = 0;
        int some;
        do {
            some = handleSome(tenant);
            handled += some;
        } while (some == BATCH);
        return handled;
    }

    private int handleSome(UUID tenant) {
        Set<UUID> resting = inVain.resting();
        try {
            return handle(tenant, c -> ended.take(c, tenant, BATCH, resting));
        } catch (RuntimeException e) {
            LOG.warn("acting on ended messages of tenant {} failed with {}; they are taken one by one", tenant,
                e.getClass().getName());
            return oneByOne(tenant, resting);
        }
    }

    private int oneByOne(UUID tenant, Set<UUID> resting) {
        int handled = 0;
        for (UUID event : acting.as(caller(tenant), c -> ids(ended.take(c, tenant, BATCH, resting)))) {
            try {
                handled += handle(tenant, c -> ended.take(c, event));
            } catch (RuntimeException e) {
                LOG.error("acting on the ended message of event {} failed with {}", event, e.getClass().getName());
                inVain.add(event);
            }
        }
        return handled;
    }

    private static Caller caller(UUID tenant) {
        return tenant.equals(ContactPolicy.PLATFORM) ? new Caller.Nobody() : new Caller.Worker(tenant);
    }

    private int handle(UUID tenant, Function<Connection, List<EndedMessage>> taking) {
        return tenant.equals(ContactPolicy.PLATFORM) ? passOver(taking) : handleOf(tenant, taking);
    }

    /** One-time codes belong to no force: nobody's staff can do anything about one, but where it will never arrive. */
    private int passOver(Function<Connection, List<EndedMessage>> taking) {
        List<EndedMessage> codes = acting.as(new Caller.Nobody(), taking);
        optOuts.codes(codes);
        return acting.as(new Caller.Nobody(), c -> ended.markHandled(c, ids(codes)));
    }

    private int handleOf(UUID force, Function<Connection, List<EndedMessage>> taking) {
        return acting.as(new Caller.Worker(force), c -> {
            List<EndedMessage> messages = taking.apply(c);
            Map<UUID, About> about = about(c, messages);
            for (EndedMessage message : messages) {
                About known = about.getOrDefault(message.id(), new About(null, true));
                act(c, message, known);
                events.publishEvent(new MessageEnded(c, force, known.caseId(), message));
            }
            return ended.markHandled(c, ids(messages));
        });
    }

    private void act(Connection c, EndedMessage message, About about) {
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
                detail(c, message, about),
                dueTimes.untold(message.endedAt(), about.flagged()));
            if (!workItems.open(c, item)) {
                workItems.changeKind(c, key, item.kind(), item.reason());
            }
            if (CallFirst.IN_VAIN.equals(item.reason())) {
                workItems.escalate(c, key);
            }
        }
    }

    /** Whoever reads that something was not told is to see whether it may be that somebody is free. */
    private String detail(Connection c, EndedMessage message, About about) {
        String why = message.reason() == null ? null : reason(message.reason());
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
        if (workItems.addToCallFirst(c, message.messageId(), READ_BEFORE_RUNG, reason(READ_BEFORE_RUNG))) {
            return true;
        }
        if (callFirst.first(c, message.subjectRef(), about.flagged())) {
            workItems.open(c, new NewWorkItem("message_withheld", "read:" + message.messageId(), about.caseId(),
                message.recipientRef(), message.messageId(), READ_BEFORE_RUNG, reason(READ_BEFORE_RUNG),
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
    private static Map<UUID, About> about(Connection c, List<EndedMessage> messages) {
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

    private static List<UUID> ids(List<EndedMessage> messages) {
        return messages.stream().map(EndedMessage::id).toList();
    }
}
