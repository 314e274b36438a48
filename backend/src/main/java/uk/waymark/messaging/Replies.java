package uk.waymark.messaging;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import uk.waymark.notifications.Inbound;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Keyword;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.PhoneNumbers;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * What people text back. Each reply is stored once; STOP and START take effect with it, and staff read every reply of a
 * person whom the force knows. A number that the force does not know leaves the stored reply and nothing else.
 */
@Singleton
final class Replies {
    private final ActingAs acting;
    private final Inbound inbound;
    private final DataSource dispatcherLogin;
    private final Sealing sealing;
    private final PhoneNumbers numbers;
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final CaseClock clock;
    private final Told told;

    Replies(ActingAs acting, Inbound inbound, @Named("dispatcher") DataSource dispatcherLogin, Sealing sealing,
            PhoneNumbers numbers, WorkItems workItems, DueTimes dueTimes, CaseClock clock, Told told) {
        this.acting = acting;
        this.inbound = inbound;
        this.dispatcherLogin = DelegatingDataSource.unwrapDataSource(dispatcherLogin);
        this.sealing = sealing;
        this.numbers = numbers;
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.clock = clock;
        this.told = told;
    }

    /** @param caseId the person's only case, or null */
    private record Sender(UUID person, UUID caseId, boolean flagged) { }

    void take(InboundText text) {
        if (text.tenant().equals(ContactPolicy.PLATFORM)) {
            // nobody's force: nothing is made of it, and it is wiped in time
            UUID reply = inbound.record(dispatcherLogin, text).id();
            acting.as(new Caller.Nobody(), c -> inbound.markHandled(c, List.of(reply)));
            return;
        }
        acting.as(new Caller.Worker(text.tenant()), c -> {
            Inbound.Reply reply = inbound.record(c, text);
            if (reply.fresh()) {
                List<Sender> senders = senders(c, text.from());
                obey(c, reply.keyword(), senders);
                senders.forEach(s -> {
                    workItems.open(c, item(reply, text, s));
                    told.answered(c, reply.id(), s.person(), s.caseId(), reply.keyword(), text.body());
                });
                inbound.markHandled(c, List.of(reply.id()));
            }
            return null;
        });
    }

    private void obey(Connection c, Keyword keyword, List<Sender> senders) {
        Instant stoppedAt = keyword == Keyword.STOP ? clock.instant() : null;
        if (keyword == Keyword.STOP || keyword == Keyword.START) {
            Sql.run(c, "update waymark.person set texts_stopped_at = ?::timestamptz where id = any(?)", stoppedAt,
                senders.stream().map(Sender::person).toArray(UUID[]::new));
        }
    }

    private NewWorkItem item(Inbound.Reply reply, InboundText text, Sender sender) {
        String reason = reply.keyword() == Keyword.NONE ? "reply" : "reply_" + reply.keyword().stored();
        return new NewWorkItem("reply", "reply:" + reply.id() + ':' + sender.person(), sender.caseId(), sender.person(),
            reply.id(), reason, text.body(), dueTimes.reply(clock.instant(), sender.flagged()));
    }

    /** Everyone of the force whose number this is: as the force holds it, or as verified by signing in. */
    private List<Sender> senders(Connection c, String from) {
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
            r -> new Sender(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), r.getBoolean("safety")), keys, keys);
    }
}
