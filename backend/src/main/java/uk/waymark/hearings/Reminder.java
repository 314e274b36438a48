package uk.waymark.hearings;

import java.time.Instant;
import java.util.UUID;
import uk.waymark.hearings.ReminderPlan.Words;

/**
 * That somebody is to be reminded of a hearing, or was.
 *
 * @param version      of the hearing that it was planned for
 * @param onlyRequired untrue as soon as they need not be there
 * @param uselessFrom  they have left home, or the next one is due
 * @param reason       why it was skipped, or how its message ended; or null
 * @param subject      what its message is about; several hearings of one person may share one; null until there is a message
 * @param askedIn      the request of staff that made it; null for one of a plan
 */
record Reminder(UUID id, UUID caseId, UUID hearing, UUID person, int version, Words words, boolean onlyRequired, Instant due,
                Instant uselessFrom, State state, String reason, UUID subject, UUID askedIn) {

    /** QUEUED: a message says it; DONE: that message has ended; SKIPPED: none ever will. */
    enum State { PLANNED, QUEUED, DONE, SKIPPED }

    boolean open() {
        return state == State.PLANNED || state == State.QUEUED;
    }

    /** The same again, as nobody has been told by it. */
    Reminder anew(UUID newId) {
        return new Reminder(newId, caseId, hearing, person, version, words, onlyRequired, due, uselessFrom, State.PLANNED, null,
            null, askedIn);
    }
}
