package uk.waymark.conversations;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * What one person and staff write to each other about one case, without its words. Times are case time.
 *
 * @param unit           code of the case's unit, or null
 * @param officer        the officer in the case who had it last, or null
 * @param heldBy         who of the staff has it, or null
 * @param waitingMessage the first message without a reply, or null; with {@code waitingSince} and {@code answerBy}
 * @param awaitsOfficer  it goes to the unit until there is an officer again
 * @param dangerMessage  the first that sounds like danger and that nobody has acknowledged, or null; with {@code dangerBy}
 */
record Conversation(UUID id, UUID force, UUID caseId, UUID person, String unit, Goes goesTo, String officer, String heldBy,
                    UUID waitingMessage, Instant waitingSince, Instant answerBy, UUID dangerMessage, Instant dangerBy, boolean awaitsOfficer) {

    /** Who reads it. */
    enum Goes { OFFICER, WITNESS_CARE }

    /** Who has written a message; nobody, of a notice that says who has the conversation from here on. */
    enum Sender { PERSON, STAFF, NOTICE }

    /**
     * One message.
     *
     * @param notice which notice, or null
     * @param body   as it was typed; null of a notice
     * @param by     of staff, who wrote it; otherwise null
     */
    record Message(UUID id, UUID conversation, UUID force, UUID caseId, UUID person, Sender sender, String notice, String body, String by,
                   Instant sentAt, boolean danger, Instant readAt, Instant acknowledgedAt, Instant passedOnAt, Instant disclosedAt,
                   Instant disclosurePassedOnAt) {

        /** Nobody of the staff has read it: what sounds like danger counts as read once somebody says that they deal with it. */
        boolean unheard() {
            return sender == Sender.PERSON && (danger ? acknowledgedAt : readAt) == null;
        }

        /** Without its words. */
        @Override
        public String toString() {
            return "Message[" + id + ", " + sender + "]";
        }
    }

    Instant due() {
        return dangerBy == null || answerBy != null && answerBy.isBefore(dangerBy) ? answerBy : dangerBy;
    }

    boolean danger() {
        return dangerMessage != null;
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
