package uk.waymark.cases;

import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.CaseState.Dated;
import uk.waymark.cases.CaseState.Hearing;
import uk.waymark.cases.CaseState.PersonKey;

/**
 * The court dates of a case as they stand after an event, whether that event changed them or not. Published inside the
 * transaction, on its connection, whenever a case that has or had a hearing is folded anew.
 *
 * @param onPhones whether people may be told anything of this case by Waymark
 * @param unit     code of the witness care unit, as the force reports it; null where it reported none
 * @param dates    all of them, those called off too; what was reported in error is not among them
 * @param news     false for history and for what staff or the calendar changed: nobody is told anything because of it
 */
public record CourtDates(Connection connection, UUID force, UUID caseId, boolean onPhones, String unit, List<Date> dates,
                         boolean news, Instant now) {

    /**
     * One court date.
     *
     * @param subjects   what its sources call it, opaque; a date keeps at least one of them while it is the same
     * @param startsAt   the instant; null where only the day or the week is known
     * @param on         the day in the UK; null where only the week is known
     * @param weekOf     the Monday of its week; null where the day is known
     * @param court      as the source wrote it; null where it is not known
     * @param ouCode     of the court, as the source wrote it, or null
     * @param address    of the court, as the source wrote it, or null
     * @param room       or null
     * @param kind       never null
     * @param listOnly   only published lists tell of it: nobody is called by them
     * @param vacated    called off
     * @param quiet      the source said that the last news of it is for nobody's phone ({@code notify: false})
     * @param event      what the timeline shows of it now
     * @param saidAt     when the unit had it from the court, or else when it happened: the court's clock
     * @param required   who has to be there; also whoever brings a child, or somebody who cannot act alone, who has to
     * @param shownTo    who takes part and may know of it as it stands; who is required and not here has to be told by an officer
     * @param differing  where its sources do not agree whether it is a trial, or whether it is another date; else null
     */
    public record Date(Set<String> subjects, Instant startsAt, LocalDate on, LocalDate weekOf, String court, String ouCode,
                       String address, String room, HearingKind kind, boolean listOnly, boolean vacated, boolean quiet,
                       UUID event, Instant saidAt, Set<UUID> required, Set<UUID> shownTo, Differing differing) { }

    /** What sources do not agree about. */
    public enum Question {
        /** One has a trial, and another something that is none. */
        TRIAL_OR_NOT,
        /** It may be the same as another date of that day, of another source. */
        ONE_OR_TWO,
        /** A source calls off under an unknown name what may be any of several of that day: all stand here. */
        WHICH_IS_OFF
    }

    /**
     * What a person has to ask the court.
     *
     * @param kinds    what its sources make of it
     * @param by       the last event by which one of them came to say so
     * @param heardAt  when one of them last said anything of it
     */
    public record Differing(Question question, Set<HearingKind> kinds, UUID by, Instant heardAt) { }

    static CourtDates of(Connection c, UUID force, UUID caseId, CaseState state, Map<PersonKey, UUID> ids, boolean news, Instant now) {
        var unit = state.facts().unit();
        return new CourtDates(c, force, caseId, state.recorded() && state.onPhones(), unit == null ? null : unit.code(),
            state.dated().stream().map(d -> date(d, ids)).toList(), news, now);
    }

    private static Date date(Dated d, Map<PersonKey, UUID> ids) {
        Hearing h = d.hearing();
        return new Date(d.subjects(), h.startsAt() == null ? null : OffsetDateTime.parse(h.startsAt()).toInstant(), HearingDays.day(h),
            HearingDays.day(h) != null || h.weekCommencing() == null ? null : LocalDate.parse(h.weekCommencing()), h.court(),
            h.ouCode(), h.address(), h.room(), HearingKind.of(h.kind()), Boolean.TRUE.equals(h.listOnly()), d.vacated(), d.quiet(),
            d.event(), OffsetDateTime.parse(h.asAt()).toInstant(), ids(d.required(), ids), ids(d.shownTo(), ids),
            d.differing() == null ? null : new Differing(d.differing().question(), d.differing().kinds(), d.differing().event(),
                d.differing().heardAt()));
    }

    private static Set<UUID> ids(Set<PersonKey> keys, Map<PersonKey, UUID> ids) {
        var found = new HashSet<UUID>();
        keys.forEach(k -> found.add(ids.get(k)));
        return found;
    }
}
