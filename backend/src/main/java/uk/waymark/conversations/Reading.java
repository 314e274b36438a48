package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import uk.waymark.callbacks.UnitHours;
import uk.waymark.cases.CaseUnits;
import uk.waymark.conversations.Conversation.Goes;
import uk.waymark.messaging.Ringing;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/** What is known of who reads a conversation and when. As a worker of the force; nothing of it is about other people. */
@Singleton
final class Reading {
    private final Incoming incoming;
    private final Absences absences;
    private final UnitHours hours;
    private final CaseUnits units;
    private final Ringing ringing;
    private final ConversationWords words;
    private final CaseClock clock;

    Reading(Incoming incoming, Absences absences, UnitHours hours, CaseUnits units, Ringing ringing, ConversationWords words,
            CaseClock clock) {
        this.incoming = incoming;
        this.absences = absences;
        this.hours = hours;
        this.units = units;
        this.ringing = ringing;
        this.words = words;
        this.clock = clock;
    }

    /**
     * @param usual     minutes, or empty
     * @param awayUntil null where whoever reads is there
     * @param unheard   something sounds like danger, and nobody has acknowledged it
     * @param flagged   the person, or somebody on the same account, is in a case with a safety flag
     */
    record Known(Goes to, UnitHours.There there, OptionalLong usual, Instant awayUntil, boolean unheard, boolean flagged) { }

    /** @param known null before the first message */
    Known of(Connection c, UUID force, UUID caseId, UUID person, Conversation known) {
        Instant now = clock.instant();
        String unit = units.of(c, caseId).orElse(null);
        Goes to = known == null ? incoming.goes(c, caseId, person) : known.goesTo();
        Conversation in = known != null ? known : new Conversation(null, force, caseId, person, unit, to,
            incoming.officer(c, caseId).orElse(null), null, null, null, null, null, null, false);
        return new Known(to, hours.of(c, force, unit), usual(c, force, unit, now),
            absences.of(c, in, now).map(Absences.Absence::until).orElse(null), in.danger(), ringing.way(c, person).flagged());
    }

    private OptionalLong usual(Connection c, UUID force, String unit, Instant now) {
        List<UsualTime.Wait> waits = Sql.list(c, """
            select m.sent_at, m.answered_at from waymark.conversation_message m join waymark.conversation k on k.id = m.conversation_id
             where m.force_id = ? and m.began_wait and m.sent_at > ? and k.unit is not distinct from ?::text""",
            r -> {
                Instant answered = Sql.instant(r, "answered_at");
                return new UsualTime.Wait(Duration.between(Sql.instant(r, "sent_at"), answered == null ? now : answered).toMinutes(),
                    answered != null);
            }, force, now.minus(Duration.ofDays(words.number("usual_days"))), unit);
        return UsualTime.median(waits, words.number("usual_least"));
    }
}
