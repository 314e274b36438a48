package uk.waymark.messaging;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.notifications.Inbound;
import uk.waymark.notifications.twilio.TwilioErrorCodes;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * The provider says that a phone has stopped texts from us: the same as a STOP that came to us, so nothing more is texted, and
 * staff know; START to the number that the texts came from lets them through again. A sign-in code that is stopped so keeps its
 * person out, and belongs to no force: every force whose person it was for is told.
 */
@Singleton
class OptOuts {
    private final ActingAs acting;
    private final WorkItems workItems;
    private final DueTimes dueTimes;
    private final CaseClock clock;
    private final Sealing sealing;
    private final Inbound inbound;
    private final TwilioKeywords keywords;

    OptOuts(ActingAs acting, WorkItems workItems, DueTimes dueTimes, CaseClock clock, Sealing sealing, Inbound inbound,
            TwilioKeywords keywords) {
        this.acting = acting;
        this.keywords = keywords;
        this.inbound = inbound;
        this.sealing = sealing;
        this.workItems = workItems;
        this.dueTimes = dueTimes;
        this.clock = clock;
    }

    private record Concerned(UUID force, UUID person) { }

    /** Said while a message is under way, which may reach its person by another channel yet. */
    @EventListener
    void optedOut(PhoneOptedOut event) {
        boolean unheard = acting.as(new Caller.Worker(event.force()), c -> {
            List<UUID> holders = holders(c, event.number());
            boolean first = stop(c, holders);
            holders.forEach(person -> tell(c, person, "phone_opted_out"));
            return first;
        });
        if (unheard) {
            keywords.stoppedUnheard(event.force(), event.account());
        }
    }

    /** A receipt may say so as well; {@link EndedMessages} has told staff of the message already. */
    @EventListener
    void ended(MessageEnded event) {
        EndedMessage message = event.message();
        if (optedOut(message)) {
            Connection c = event.connection();
            // another number that the person has by now was never asked
            List<Boolean> stopped = numbers(c, message.recipientRef()).stream()
                .filter(number -> inbound.wentTo(c, message.messageId(), number))
                .map(number -> stop(c, holders(c, number))).toList();
            if (stopped.contains(true)) {
                keywords.stoppedUnheard(event.force(), null);
            }
        }
    }

    /**
     * One-time codes that have ended: whose they were is asked by the code's id. Staff are told and nothing is stopped: what a
     * phone refuses from the number of the codes it may take from a force's.
     */
    void codes(List<EndedMessage> codes) {
        codes.stream().filter(OptOuts::optedOut).map(EndedMessage::subjectRef).filter(Objects::nonNull)
            .forEach(code -> acting.as(new Caller.Nobody(), c -> Sql.list(c,
                "select force_id, person_id from waymark.gate_code_persons(?)",
                r -> new Concerned(Sql.uuid(r, "force_id"), Sql.uuid(r, "person_id")), code)).forEach(this::tell));
    }

    private void tell(Concerned concerned) {
        acting.as(new Caller.Worker(concerned.force()), c -> {
            tell(c, concerned.person(), "code_opted_out");
            return null;
        });
    }

    private void tell(Connection c, UUID person, String reason) {
        Instant now = clock.instant();
        // whoever tries again and again is one thing to do, and another one the day after
        String key = reason + ':' + person + ':' + now.atZone(ZoneOffset.UTC).toLocalDate();
        workItems.open(c, new NewWorkItem("message_failed", key, null, person, null, reason, EndedMessages.reason(reason),
            dueTimes.untold(now, flagged(c, person))));
    }

    /** The numbers that the person may have been written to on: the force's and the account's. */
    private List<String> numbers(Connection c, UUID person) {
        var found = new ArrayList<String>(Sql.list(c, "select mobile from waymark.person where id = ?",
            r -> sealing.openText("person.mobile", person, r.getBytes("mobile")), person));
        found.addAll(Sql.list(c, "select account_id, number from waymark.gate_delivery(?)",
            r -> sealing.openText("account.number", Sql.uuid(r, "account_id"), r.getBytes("number")),
            (Object) new UUID[] {person}));
        return found.stream().filter(Objects::nonNull).distinct().toList();
    }

    /** Everyone of the force who holds the number, or has signed up with it. */
    private List<UUID> holders(Connection c, String number) {
        byte[][] keys = sealing.keys(Contacts.NUMBER_KEY, number);
        return Sql.list(c, """
            select id from waymark.person
             where merged_into is null
               and (mobile_key = any(?) or id in (select person_id from waymark.gate_reply_from(?))) order by id""",
            r -> Sql.uuid(r, "id"), keys, keys);
    }

    /** @return whether there is somebody, and nobody of them was known to have stopped texts */
    private boolean stop(Connection c, List<UUID> persons) {
        lock(c, persons.toArray(UUID[]::new));
        int stopped = Sql.run(c, "update waymark.person set texts_stopped_at = ? where texts_stopped_at is null and id = any(?)",
            clock.instant(), persons.toArray(UUID[]::new));
        return stopped > 0 && stopped == persons.size();
    }

    /** In one order, whoever changes several persons at once: else two who do can wait for each other. */
    static void lock(Connection c, UUID[] persons) {
        Sql.list(c, "select id from waymark.person where id = any(?) order by id for update", r -> Sql.uuid(r, "id"),
            (Object) persons);
    }

    private static boolean flagged(Connection c, UUID person) {
        return Sql.one(c, "select safety from waymark.person where id = ?", r -> r.getBoolean("safety"), person).orElse(true);
    }

    private static boolean optedOut(EndedMessage message) {
        return TwilioErrorCodes.OPTED_OUT_MEANING.equals(message.reason());
    }
}
