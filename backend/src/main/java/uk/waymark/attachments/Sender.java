package uk.waymark.attachments;

import java.util.UUID;

/** Who sends files with a message, in whose conversation. */
public sealed interface Sender {

    /** Whose conversation it is: never somebody else's in the same case. */
    UUID person();

    /** The person themselves. */
    record OfPerson(UUID person) implements Sender { }

    /** @param subject as the force's identity provider names them @param person to whom */
    record OfStaff(String subject, UUID person) implements Sender { }
}
