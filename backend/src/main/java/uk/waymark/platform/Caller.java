package uk.waymark.platform;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who a transaction acts for: exactly one of these. A victim or witness is named by account and session only; staff and
 * systems belong to the force whose identity provider signed their token; a worker acts within one force.
 */
public sealed interface Caller {

    /** Whoever is shown what a person sees themselves: that person, or a supervisor who takes it out for them. */
    sealed interface OwnView extends Caller permits Person, ForPerson { }

    /** @param authTime when the person last proved who they are (RFC 9470) */
    record Person(UUID account, UUID session, Instant authTime) implements OwnView { }

    /**
     * A supervisor who takes out what this person asked to take with them and must not download. Reads only, for as long as they
     * have the person's wish in hand, and is never signed in as them.
     *
     * @param item the {@code export_wanted} of this person that the supervisor has claimed
     */
    record ForPerson(Staff staff, UUID person, UUID item) implements OwnView { }

    /**
     * A member of staff, as their force's identity provider says.
     *
     * @param subject opaque
     * @param unit    code or name of the unit, or null
     * @param self    who they are themselves
     */
    record Staff(UUID force, String subject, Set<String> roles, String unit, Self self) implements Caller {
        private static final Set<String> SUPERVISING = Set.of("supervisor", "administrator");

        public Staff(UUID force, String subject, Set<String> roles) {
            this(force, subject, roles, null, Self.UNKNOWN);
        }

        public boolean supervisor() {
            return roles.contains("supervisor");
        }

        /** Whether what others did wrong, or too much of, is theirs to look into. */
        public boolean supervises() {
            return roles.stream().anyMatch(SUPERVISING::contains);
        }
    }

    /**
     * Who a member of staff is in their own life; each is null where the provider does not say. Never written to a log.
     *
     * @param name       as others know them
     * @param familyName to notice that they read about their own family
     * @param postcode   to notice that they read about their own street
     * @param collarNumber of an officer: cases name officers by it
     */
    record Self(String name, String familyName, String postcode, String collarNumber) {
        static final Self UNKNOWN = new Self(null, null, null, null);

        @Override
        public String toString() {
            return "Self";
        }
    }

    record System(UUID force, String client) implements Caller { }

    record Worker(UUID force) implements Caller { }

    /** A court service's system, which belongs to no force: it enters as nobody, and acts force by force for what it may do. */
    record NationalSystem(String client) implements Caller { }

    /** Before anyone is known: sign-in, refresh, webhooks. */
    record Nobody() implements Caller { }

    /** The force this caller belongs to. @throws IllegalStateException for a person or nobody, who belong to none */
    default UUID requireForce() {
        return switch (this) {
            case Staff s -> s.force();
            case ForPerson f -> f.staff().force();
            case System s -> s.force();
            case Worker w -> w.force();
            case NationalSystem n -> throw new IllegalStateException("a national system belongs to no force");
            case Person p -> throw new IllegalStateException("a person belongs to no force");
            case Nobody n -> throw new IllegalStateException("nobody belongs to no force");
        };
    }

    /** An opaque name for the audit log: never a person's name. */
    default String auditName() {
        return switch (this) {
            case Staff s -> "staff:" + s.subject();
            case ForPerson f -> f.staff().auditName();
            case System s -> "system:" + s.client();
            case Worker w -> "worker";
            case NationalSystem n -> "national:" + n.client();
            case Person p -> "person:" + p.account();
            case Nobody n -> "nobody";
        };
    }
}
