package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.DeliveryPolicy;
import uk.waymark.notifications.Inbound;
import uk.waymark.notifications.Pending;
import uk.waymark.notifications.firebase.Registration;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DatabaseFailure;

/**
 * Whether, how and in which words each message may go out, judged when it is about to. Messages of a force follow the
 * {@link ContactRules}; those of no force are one-time codes, and {@link SignInCodes} says where to.
 */
@Singleton
public final class ContactPolicy implements DeliveryPolicy {
    /** The tenant of what belongs to no force. */
    static final UUID PLATFORM = new UUID(0, 0);
    static final String SIGN_IN = "sign_in";

    private final ActingAs acting;
    private final Contacts contacts;
    private final PushRegistrations apps;
    private final SignInCodes codes;
    private final CallFirst callFirst;
    private final Reservations reservations;
    private final ConfirmationCodes confirmations;
    private final NoticeBars notices;
    private final DeskTexts desks;
    private final Inbound inbound;

    ContactPolicy(ActingAs acting, Contacts contacts, PushRegistrations apps, SignInCodes codes, CallFirst callFirst,
                  Reservations reservations, ConfirmationCodes confirmations, NoticeBars notices, DeskTexts desks, Inbound inbound) {
        this.desks = desks;
        this.inbound = inbound;
        this.callFirst = callFirst;
        this.reservations = reservations;
        this.confirmations = confirmations;
        this.notices = notices;
        this.acting = acting;
        this.contacts = contacts;
        this.apps = apps;
        this.codes = codes;
    }

    @Override
    public List<Decision> decide(UUID tenant, List<Pending> batch) {
        if (tenant.equals(PLATFORM)) {
            return batch.stream().map(this::code).toList();
        }
        // the person waits for these and no rule of contact knows the place yet, so nothing else is asked
        List<Pending> news = batch.stream().filter(m -> !confirms(m) && !wakes(m)).toList();
        Iterator<Decision> decided = (news.isEmpty() ? List.<Decision>of() : news(tenant, news)).iterator();
        return batch.stream().map(m -> confirms(m) ? confirmation(m) : wakes(m) ? desks.decide(tenant, m.subjectRef()) : decided.next())
            .toList();
    }

    /** It goes to whoever is on at night, and to nobody whose hours or channels are known. */
    private static boolean wakes(Pending message) {
        return DeskTexts.MESSAGE_CLASS.equals(message.messageClass());
    }

    private static boolean confirms(Pending message) {
        return ConfirmationCodes.MESSAGE_CLASS.equals(message.messageClass());
    }

    /** Whoever is not to have it is told nothing, and whoever has to know of it was told by whoever decided. */
    private Decision confirmation(Pending message) {
        return confirmations.destination(message.subjectRef())
            .<Decision>map(d -> new Decision.Send(d.channel(), d.address(), d.language(), ContactRules.NEUTRAL))
            .orElseGet(() -> new Decision.Cancel("code_not_for_sending"));
    }

    private List<Decision> news(UUID force, List<Pending> batch) {
        boolean push = apps.used(force);
        return acting.as(new Caller.Worker(force), c -> {
            return decide(c, batch, push ? apps.of(c, persons(batch)) : Map.of());
        });
    }

    private List<Decision> decide(Connection c, List<Pending> batch, Map<UUID, List<Registration>> registered) {
        List<Contact> known = contacts.of(c, batch, registered);
        Map<Integer, Decision> first = callFirst.of(c, batch, known);
        Set<UUID> about = batch.stream().filter(ContactPolicy::isNotice).map(Pending::subjectRef).collect(Collectors.toSet());
        Map<UUID, NoticeBars.Bars> bars = about.isEmpty() ? Map.of() : notices.of(c, about);
        return reservations.apply(c, batch, IntStream.range(0, batch.size())
            .mapToObj(i -> first.containsKey(i) ? first.get(i) : rule(c, known.get(i), batch.get(i), bars)).toList(), first.keySet());
    }

    private Decision rule(Connection c, Contact contact, Pending message, Map<UUID, NoticeBars.Bars> bars) {
        if (AutomaticAnswers.MESSAGE_CLASS.equals(message.messageClass())) {
            boolean fromThere = contact.number() != null && inbound.cameFrom(c, message.subjectRef(), contact.number());
            return AutomaticAnswers.decide(contact, message.template(), fromThere);
        }
        if (CallMissed.MESSAGE_CLASS.equals(message.messageClass())) {
            return CallMissed.decide(contact, message.refused());
        }
        return isNotice(message)
            ? NoticeRules.decide(contact, message.template(), message.refused(), bars.get(message.subjectRef()))
            : ContactRules.decide(contact, message.refused());
    }

    private static boolean isNotice(Pending message) {
        return NoticeBars.MESSAGE_CLASS.equals(message.messageClass());
    }

    private static UUID[] persons(List<Pending> batch) {
        return batch.stream().map(Pending::recipientRef).distinct().toArray(UUID[]::new);
    }

    /**
     * What would become of a message if it were sent now, in a transaction that acts for the force.
     *
     * @param template the name of the wording: an invitation, or else news of a case
     * @param subject the event or invitation that it is about
     * @return {@code send}, {@code hold}, {@code withhold} or {@code cancel}
     */
    public String preview(Connection connection, UUID person, String template, UUID subject) {
        String messageClass = Contacts.INVITATION.equals(template) ? Contacts.INVITATION : Contacts.CASE_UPDATE;
        return preview(connection, new Pending(subject, person, subject, messageClass, template, null, Set.of()));
    }

    /** The same of a message of another class, about nothing that is known here; {@code not_wanted} where that is the person's choice. */
    public String preview(Connection connection, UUID person, String messageClass, String template) {
        Decision decision = decided(connection, new Pending(person, person, null, messageClass, template, null, Set.of()));
        return decision instanceof Decision.Cancel c && Timing.NOT_WANTED.equals(c.reason()) ? c.reason() : word(decision);
    }

    private String preview(Connection connection, Pending message) {
        return word(decided(connection, message));
    }

    private Decision decided(Connection connection, Pending message) {
        return decide(connection, List.of(message), Map.of()).getFirst();
    }

    private static String word(Decision decision) {
        return switch (decision) {
            // what staff are to tell is not sent
            case Decision.Send s -> s.channel() == Channel.CALL ? "withhold" : "send";
            case Decision.HoldUntil h -> "hold";
            case Decision.NextChannel n -> "send"; // by the next one of those that are safe
            case Decision.Withhold w -> "withhold";
            case Decision.Cancel c -> "cancel";
        };
    }

    /**
     * To whom a message of this class would not be sent at all, if it were now, in a transaction that acts for the force as a
     * worker. Whatever is asked on the way, nothing is changed.
     *
     * @param subjects what the message to each person is about
     */
    public Set<UUID> kept(Connection connection, String messageClass, String template, Map<UUID, UUID> subjects) {
        List<Pending> batch = subjects.entrySet().stream()
            .map(s -> new Pending(s.getValue(), s.getKey(), s.getValue(), messageClass, template, null, Set.of())).toList();
        if (batch.isEmpty()) {
            return Set.of();
        }
        try {
            Savepoint before = connection.setSavepoint();
            List<Decision> decisions = decide(connection, batch, apps.of(connection, persons(batch)));
            connection.rollback(before);
            return IntStream.range(0, batch.size())
                .filter(i -> decisions.get(i) instanceof Decision.Withhold || decisions.get(i) instanceof Decision.Cancel)
                .mapToObj(i -> batch.get(i).recipientRef()).collect(Collectors.toSet());
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /** Whether what is sent so is in the words that could be from a shop. */
    public static boolean namesNothing(Decision.Send send) {
        return ContactRules.NEUTRAL.equals(send.variant());
    }

    /** Always the neutral words: whoever holds the phone proves who they are only by using the code. */
    private Decision code(Pending message) {
        if (confirms(message)) {
            return confirmation(message);
        }
        if (!SIGN_IN.equals(message.messageClass())) {
            return new Decision.Withhold("not_a_code");
        }
        return codes.destination(message.subjectRef())
            .<Decision>map(d -> new Decision.Send(Channel.SMS, d.number(), d.language(), ContactRules.NEUTRAL))
            .orElseGet(() -> new Decision.Withhold("code_not_for_sending"));
    }
}
