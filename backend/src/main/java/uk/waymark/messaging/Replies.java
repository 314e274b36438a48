package uk.waymark.messaging;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Inbound;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Keyword;
import uk.waymark.notifications.Recall;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What people text back. Each reply is stored once, in a transaction of its own, since a provider that is answered an error
 * does not bring it again; what fails to be made of it then is tried again. STOP and START take effect, and so does
 * the name of a language, whoever holds the phone: it is asked for, tells nothing and is changed back as easily. Staff
 * read every reply of a
 * person whom the force knows, or has written to at that number. Any other number leaves the stored reply and nothing else.
 *
 * <p>Nothing is answered here: who holds the phone is not known. Whoever asked something says what an answer to it means
 * ({@link ReplyTaken}), and whether a word goes back ({@link AutomaticAnswers}). HELP is first in the queue.
 */
@Singleton
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final int LONGEST = 4_000;
    private static final int BATCH = 200;

    private final ActingAs acting;
    private final Inbound inbound;
    private final DataSource dispatcherLogin;
    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final CaseClock clock;
    private final ApplicationEventPublisher<ReplyTaken> events;
    private final Told told;
    private final TriedInVain inVain;

    Replies(ActingAs acting, Inbound inbound, @Named("dispatcher") DataSource dispatcherLogin, Sealing sealing,
            PhoneNumbers numbers, WorkItems workItems, DueTimes dueTimes, CaseClock clock,
            ApplicationEventPublisher<ReplyTaken> events, Told told, MachineClock machine) {
        this.acting = acting;
        this.inbound = inbound;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.sealing = sealing;
        this.numbers = numbers;
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.clock = clock;
        this.events = events;
        this.told = told;
        this.inVain = new TriedInVain(machine);
    }

    /** @param caseId the case that was asked about, or the person's only case, or null */
    private record Sender(UUID person, UUID caseId, boolean flagged) { }

    /** Returns once the reply is stored; fails only where it could not be. */
    void take(InboundText text) {
        Inbound.Reply reply = inbound.record(dispatcherLogin, text);
        try {
            act(text, reply);
        } catch (RuntimeException e) {
            LOG.error("acting on reply {} failed with {}; it is taken up again", reply.id(), e.getClass().getName());
        }
    }

    /** Acts on all that is stored and was not acted on; answers how many. What fails again rests for a while. */
    int takeUp() {
        int taken = 0;
        for (UUID id : inbound.waiting(dispatcherLogin, BATCH, inVain.resting())) {
            try {
                inbound.waiting(dispatcherLogin, id).ifPresent(waiting -> act(waiting.text(), waiting.reply()));
                taken++;
            } catch (RuntimeException e) {
                LOG.error("acting on reply {} failed with {} again", id, e.getClass().getName());
                inVain.add(id);
            }
        }
        return taken;
    }

    private void act(InboundText text, Inbound.Reply reply) {
        if (text.tenant().equals(ContactPolicy.PLATFORM)) {
            // nobody's force: nothing is made of it, and it is wiped in time
            acting.as(new Caller.Nobody(), c -> inbound.markHandled(c, List.of(reply.id())));
            return;
        }
        List<UUID> stopped = acting.as(new Caller.Worker(text.tenant()), c -> {
            boolean mine = inbound.take(c, reply.id());
            List<Sender> senders = senders(c, text, reply.answers());
            if (mine) {
                take(c, text, reply, senders);
            }
            return reply.keyword() == Keyword.STOP ? senders.stream().map(Sender::person).toList() : List.of();
        });
        // after the commit, so that whoever decides again knows of it; also where the provider repeats itself
        Recall.of(dispatcherLogin, text.tenant(), stopped);
    }

    private void take(Connection c, InboundText text, Inbound.Reply reply, List<Sender> senders) {
        obey(c, reply.keyword(), senders);
        for (Sender sender : senders) {
            workItems.open(c, item(reply, text, sender));
            told.answered(c, reply.id(), sender.person(), sender.caseId(), reply.keyword(), text.body());
            events.publishEvent(new ReplyTaken(c, text.tenant(), sender.person(), sender.caseId(), reply, shown(text.body())));
        }
        inbound.markHandled(c, List.of(reply.id()));
    }

    private void obey(Connection c, Keyword keyword, List<Sender> senders) {
        if (keyword == Keyword.STOP || keyword == Keyword.START) {
            UUID[] persons = senders.stream().map(Sender::person).toArray(UUID[]::new);
            OptOuts.lock(c, persons);
            if (keyword == Keyword.STOP) {
                Sql.run(c, "update waymark.person set texts_stopped_at = ?, texts_start_asked_at = null where id = any(?)", clock.instant(),
                    persons);
            } else {
                start(c, persons);
            }
        } else if (keyword == Keyword.WELSH || keyword == Keyword.ENGLISH) {
            UUID[] persons = senders.stream().map(Sender::person).toArray(UUID[]::new);
            OptOuts.lock(c, persons);
            Sql.run(c, """
                update waymark.person set chosen_language = ?, preferences_version = preferences_version + 1
                 where id = any(?)""", keyword == Keyword.WELSH ? "cy" : "en", persons);
        }
    }

    /** In a case with a safety flag it may be whoever has the phone: staff ask, and their word that texts are safe starts them again. */
    private void start(Connection c, UUID[] persons) {
        Sql.run(c, """
            update waymark.person p
               set texts_stopped_at = case when f.flagged then p.texts_stopped_at end,
                   texts_start_asked_at = case when f.flagged and p.texts_stopped_at is not null then ?::timestamptz end
              from (select one.id, one.safety or coalesce(shared.safety, false) as flagged
                      from waymark.person one left join waymark.gate_delivery(?) shared on shared.person_id = one.id
                     where one.id = any(?)) f
             where p.id = f.id""", clock.instant(), persons, persons);
    }

    private NewWorkItem item(Inbound.Reply reply, InboundText text, Sender sender) {
        String reason = reply.keyword() == Keyword.NONE ? "reply" : "reply_" + reply.keyword().stored();
        return new NewWorkItem("reply", "reply:" + reply.id() + ':' + sender.person(), sender.caseId(), sender.person(),
            reply.answers() == null ? reply.id() : reply.answers().messageId(), reason,
            shown(text.body()) + (reply.keyword() == Keyword.START && sender.flagged()
                ? "\n\n" + EndedMessages.reason("start_in_flagged_case") : ""), due(reply.keyword(), sender.flagged()));
    }

    /** Who asks for help is not kept waiting behind anybody. */
    private Instant due(Keyword keyword, boolean flagged) {
        return keyword == Keyword.HELP ? clock.instant() : dueTimes.reply(clock.instant(), flagged);
    }

    /** As much as staff are shown of it: more than any phone sends. */
    private static String shown(String body) {
        return body.substring(0, Math.min(LONGEST, body.length()));
    }

    /**
     * Whoever was asked, where the reply answers a message; else everyone whose number it is; else, since a number may have
     * been replaced or taken back, whoever was last written to there.
     */
    private List<Sender> senders(Connection c, InboundText text, Inbound.Question answered) {
        List<Sender> asked = answered == null ? List.of() : asked(c, answered);
        if (!asked.isEmpty()) {
            return asked;
        }
        List<Sender> holders = holders(c, text.from());
        return !holders.isEmpty() ? holders
            : inbound.lastSentTo(c, text.tenant(), text.from()).map(last -> asked(c, last)).orElse(List.of());
    }

    private static List<Sender> asked(Connection c, Inbound.Question question) {
        return Sql.list(c, """
            select p.id, p.safety or coalesce(cf.safety, false) as safety,
                   coalesce(cf.id, (select case when count(*) = 1 then (array_agg(pa.case_id))[1] end
                      from waymark.participant pa where pa.person_id = p.id and not pa.removed)) as case_id
              from waymark.person asked
              join waymark.person p on p.id = coalesce(asked.merged_into, asked.id)
              left join waymark.case_file cf on cf.id = waymark.case_of_subject(?::uuid, asked.id)
             where asked.id = ? and p.merged_into is null and not p.deceased""",
            Replies::sender, question.subjectRef(), question.recipientRef());
    }

    /** Everyone of the force whose number this is: as the force holds it, or as verified by signing in. */
    private List<Sender> holders(Connection c, String from) {
        String number = numbers.parse(from).orElse(null);
        if (number == null) {
            return List.of();
        }
        byte[][] keys = sealing.keys(Contacts.NUMBER_KEY, number);
        return Sql.list(c, """
            select p.id, p.safety,
                   (select case when count(*) = 1 then (array_agg(pa.case_id))[1] end
                      from waymark.participant pa where pa.person_id = p.id and not pa.removed) as case_id
              from waymark.person p
             where p.merged_into is null and not p.deceased
               and (p.mobile_key = any(?) or p.id in (select person_id from waymark.gate_reply_from(?)))
             order by p.id""",
            Replies::sender, keys, keys);
    }

    private static Sender sender(ResultSet r) throws SQLException {
        return new Sender(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), r.getBoolean("safety"));
    }
}
