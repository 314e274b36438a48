package uk.waymark.messaging;

import java.util.Optional;
import java.util.UUID;
import uk.waymark.notifications.Decision;

/**
 * Where a text goes that wakes whoever answers for a force while its units are closed. It goes to a desk and to no person, so no rule of
 * contact knows the place: asked at sending, answered by whoever has it sent.
 */
public interface DeskTexts {
    /** The class of these messages, and the name of their template. */
    String MESSAGE_CLASS = "out_of_hours";

    /** {@link Decision.Send} to the desk, or {@link Decision.Cancel} where nobody has to be woken any more. */
    Decision decide(UUID force, UUID item);
}
