package uk.waymark.platform;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who a transaction acts for: exactly one of these. A victim or witness is named by account and session only; staff and
 * systems belong to the force whose identity provider signed their token; a worker acts within one force.
 */
public sealed interface Caller {

    /** @param authTime when the person last proved who they are (RFC 9470) */
    record Person(UUID account, UUID session, Instant authTime) implements Caller { }

    /** @param subject the identity provider's subject, opaque */
    record Staff(UUID force, String subject, Set<String> roles) implements Caller { }

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
            case System s -> "system:" + s.client();
            case Worker w -> "worker";
            case NationalSystem n -> "national:" + n.client();
            case Person p -> "person:" + p.account();
            case Nobody n -> "nobody";
        };
    }
}
