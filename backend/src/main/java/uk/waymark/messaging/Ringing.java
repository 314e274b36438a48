package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.messaging.ContactChoices.Span;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.Sql;

/**
 * Whether a person may be rung, where and when, by the same rules as every other call. All in a transaction of a worker of the force:
 * of others on the account it learns only how strict to be, and no answer to a person may show it.
 */
@Singleton
public final class Ringing {
    private static final String CALL_BACK = "call_back";
    private final Contacts contacts;
    private final ContactChoicesStore choices;
    private final SuspectNumbers suspects;

    Ringing(Contacts contacts, ContactChoicesStore choices, SuspectNumbers suspects) {
        this.contacts = contacts;
        this.choices = choices;
        this.suspects = suspects;
    }

    /**
     * What is known of ringing one person now.
     *
     * @param ended   why there is nobody to ring any more, or null
     * @param number  E.164; null where no number is safe, or there is none
     * @param whyNot  why there is no number, in snake_case, or null
     * @param flagged the person, or somebody on the same account, is in a case with a safety flag
     */
    public record Way(String ended, String number, String whyNot, boolean flagged) {
        /** Without the number. */
        @Override
        public String toString() {
            return "Way[ended=" + ended + ", whyNot=" + whyNot + "]";
        }
    }

    /** By the number that is known of the person. */
    public Way way(Connection c, UUID person) {
        Contact contact = contact(c, person);
        String whyNot = contact.onPhones() ? ContactRules.whyNot(contact, contact.call()) : ContactRules.KEPT_OFF_PHONES;
        return new Way(contact.ended(), contact.ended() == null && whyNot == null ? contact.number() : null, whyNot, contact.flagged());
    }

    /**
     * By another number, which was entered on a phone: never in a case with a safety flag, nor where it is known to be unsafe or a
     * suspect's.
     *
     * @param number E.164
     */
    public boolean mayRing(Connection c, UUID person, String number) {
        Contact contact = contact(c, person);
        boolean unsafe = number.equals(contact.heldNumber()) && contact.heldSafety() == NumberSafety.UNSAFE
            || contact.account() != null && contact.account().unsafeForOther();
        return contact.ended() == null && contact.onPhones() && !contact.flagged() && !unsafe
            && suspects.whose(c, Map.of(person, number)).isEmpty();
    }

    /** The moments at which everybody on the account may be rung; the force's quiet hours are none of them, unless they chose others. */
    public Predicate<Instant> times(Connection c, UUID person) {
        UUID[] one = {person};
        Span quiet = Sql.one(c, "select quiet_from, quiet_to from waymark.force where id = waymark.ctx_force() and quiet_from is not null",
            r -> new Span(r.getObject("quiet_from", LocalTime.class), r.getObject("quiet_to", LocalTime.class))).orElse(null);
        SafeTimes own = SafeTimes.of(choices.of(c, one).getOrDefault(person, ContactChoices.NONE), quiet);
        List<ContactChoices> beside = choices.beside(c, one).getOrDefault(person, List.of());
        return new SafeForAll(Stream.concat(Stream.of(own), beside.stream().map(b -> SafeTimes.of(b, null))).toList())::allows;
    }

    private Contact contact(Connection c, UUID person) {
        return contacts.of(c, List.of(new Pending(person, person, null, CALL_BACK, CALL_BACK, null, Set.of())), Map.of()).getFirst();
    }
}
