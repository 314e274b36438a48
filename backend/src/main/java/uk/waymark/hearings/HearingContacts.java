package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.State;
import uk.waymark.hearings.StandingReader.Row;
import uk.waymark.hearings.StandingReader.Seat;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.Completions;
import uk.waymark.staff.ItemsAbout.About;

/** Calls, letters and talks about a court date, put down on the person's line of its list. What waited for that is settled. */
@Singleton
final class HearingContacts {
    static final String NOTE = "hearing_told.note";
    static final String TOLD_BY_STAFF = "told_by_staff";
    enum Outcome { TOLD, NO_ANSWER, LEFT_NO_MESSAGE, WRONG_NUMBER }

    private static final Set<String> CALLS = Set.of("call_to_make", "call_first", CallsNow.KIND, HearingCalls.NO_ANSWER, HearingCalls.TO_TELL);
    /** A letter takes days: whoever has to be rung still is. */
    private static final Map<String, String> ONCE_POSTED = Map.of("letter_to_post", "posted", "message_withheld", "done", "message_failed", "done",
        "message_unknown", "done");
    /** What is done once they were spoken to, with what it is completed with; a letter that waits is still to be posted. */
    private static final Map<String, String> ONCE_TOLD = Map.ofEntries(Map.entry("call_to_make", "told"), Map.entry("call_first", "told"),
        Map.entry(CallsNow.KIND, "told"), Map.entry(HearingCalls.NO_ANSWER, "told"), Map.entry(HearingCalls.TO_TELL, "told"),
        Map.entry("message_withheld", "done"), Map.entry("message_failed", "done"),
        Map.entry("message_unknown", "done"), Map.entry("self_service_off", "done"));

    private final ActingAs acting;
    private final StandingReader reader;
    private final Completions completions;
    private final Idempotency idempotency;
    private final Sealing sealing;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;
    private final NoticeTimes times;

    HearingContacts(ActingAs acting, StandingReader reader, Completions completions, Idempotency idempotency, Sealing sealing, Audit audit,
                    Ids ids, CaseClock clock, NoticeTimes times) {
        this.times = times;
        this.acting = acting;
        this.reader = reader;
        this.completions = completions;
        this.idempotency = idempotency;
        this.sealing = sealing;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param note    or null
     * @param version of the date that was spoken of; null where that is not said: as it stands, or as a call of theirs has it
     */
    record Contact(How how, Outcome outcome, String note, Integer version) {
        /** Without the note. */
        @Override
        public String toString() {
            return "Contact[" + how + ", " + outcome + "]";
        }
    }

    /**
     * Puts it down.
     *
     * @param how CALL, LETTER or IN_PERSON
     * @param key of the request, or null
     * @return the line of the person as it stands then
     * @throws ProblemException 404; 409 where the date is another than the one spoken of; 422 where the outcome does not fit
     */
    Row record(Caller.Staff staff, Seat seat, Contact contact, String key) {
        boolean fits = switch (contact.how()) {
            case LETTER -> contact.outcome() == Outcome.TOLD;
            case IN_PERSON -> EnumSet.of(Outcome.TOLD, Outcome.NO_ANSWER).contains(contact.outcome());
            default -> true;
        };
        if (!fits) {
            throw ProblemException.unprocessable("/outcome", "This outcome does not fit. A letter that was posted counts as told; a visit is "
                + "told or no_answer. Only a call ends with the others.");
        }
        return acting.as(staff, c -> {
            Row before = row(c, staff, seat);
            String request = seat + " " + contact + ' ' + contact.note() + (contact.version() == null ? "" : " of " + contact.version());
            idempotency.once(c, staff, "recordHearingContact", key, request, () -> put(c, staff, before, contact));
            return row(c, staff, seat);
        });
    }

    private Row row(Connection c, Caller.Staff staff, Seat seat) {
        return reader.of(c, staff.force(), List.of(seat), clock.instant()).stream()
            .filter(r -> r.required() || r.standing().told() != null || r.standing().state() == PersonStanding.State.DE_WARNED)
            .findFirst().orElseThrow(ProblemException::notFound);
    }

    private UUID put(Connection c, Caller.Staff staff, Row row, Contact contact) {
        Instant now = clock.instant();
        CourtHearing h = row.hearing();
        boolean told = contact.outcome() == Outcome.TOLD;
        if (contact.version() != null && contact.version() != h.version()) {
            throw changed(h);
        }
        About rung = contact.version() != null || contact.how() == How.LETTER ? null : CallsMade.rungAbout(row, staff.subject());
        boolean asItIs = rung == null;
        boolean letter = contact.how() == How.LETTER;
        // what is still in the post when they leave home has told them nothing
        State state = !told ? State.NOT_REACHED : letter && times.letterTooLate(HearingDay.of(h), now) ? State.SENT : State.REACHED;
        // before the new word: what listens to the items writes its own, and this one is to be the newest
        row.items().stream().filter(About::open).filter(i -> row.seat().person().equals(i.personId()))
            .filter(i -> asItIs || CallsMade.sameDate(row, i, rung)).sorted((a, b) -> a.id().compareTo(b.id()))
            .forEach(i -> settle(c, staff, i, contact));
        UUID id = ids.next();
        Sql.run(c, """
            insert into waymark.hearing_told (id, hearing_id, person_id, force_id, case_id, version, what, how, state, told_at, told_by,
                                              outcome, note, starts_at, on_date, week_of, court, ou_code)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, h.id(), row.seat().person(), staff.force(), h.caseId(),
            asItIs ? h.version() : HearingCalls.version(rung.key()), wire(asItIs ? CallsMade.what(row) : CallsMade.what(rung)),
            wire(contact.how()), wire(state), now, staff.subject(), wire(contact.outcome()),
            contact.note() == null ? null : sealing.sealText(NOTE, id, contact.note()),
            asItIs ? h.startsAt() : null, asItIs ? h.on() : null, asItIs ? h.weekOf() : null, asItIs ? h.court() : null,
            asItIs ? h.ouCode() : null);
        if (told && !letter && asItIs) {
            Instant midnight = LocalDate.ofInstant(now, WorkingDays.LONDON).plusDays(1).atStartOfDay(WorkingDays.LONDON).toInstant();
            Sql.run(c, """
                update waymark.reminder set state = 'skipped', reason = ?, settled_at = ?
                 where hearing_id = ? and person_id = ? and state = 'planned' and due_at < ?""", TOLD_BY_STAFF, now, h.id(),
                row.seat().person(), midnight);
        }
        audit.record(c, staff, "hearing_contact_recorded", h.caseId(), row.seat().person());
        return id;
    }

    private void settle(Connection c, Caller.Staff staff, About item, Contact contact) {
        if (contact.outcome() == Outcome.TOLD) {
            boolean letter = contact.how() == How.LETTER;
            String outcome = (letter ? ONCE_POSTED : ONCE_TOLD).get(item.kind());
            if (outcome != null && letter) {
                completions.completeByLetter(c, staff, item.id(), outcome, contact.note());
            } else if (outcome != null) {
                completions.complete(c, staff, item.id(), outcome, contact.note());
            }
        } else if (contact.how() == How.CALL && CALLS.contains(item.kind())) {
            boolean fits = !CallsNow.KIND.equals(item.kind()) || contact.outcome() != Outcome.LEFT_NO_MESSAGE;
            completions.complete(c, staff, item.id(), fits ? wire(contact.outcome()) : "no_answer", contact.note());
        }
    }

    /** Whoever speaks of a date that is another by now has to speak of it again. */
    static ProblemException changed(CourtHearing h) {
        return ProblemException.conflict("date-changed", "This date has changed", "It is another version by now than the one that you name. "
            + "Read it again, tell the person what is so now, and put that down with version " + h.version() + ".");
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
