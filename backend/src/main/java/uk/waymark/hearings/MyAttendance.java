package uk.waymark.hearings;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingAnswers.Entry;
import uk.waymark.hearings.HearingAnswers.Via;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** What people and staff say by themselves about whether somebody can come to a court date. */
@Singleton
final class MyAttendance {
    private final ActingAs acting;
    private final HearingStore store;
    private final HearingAnswers answers;
    private final Attendance attendance;
    private final ReplySettings settings;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;
    private final StandingReader reader;

    MyAttendance(ActingAs acting, HearingStore store, HearingAnswers answers, Attendance attendance, ReplySettings settings,
                 Audit audit, Ids ids, CaseClock clock, StandingReader reader) {
        this.reader = reader;
        this.acting = acting;
        this.store = store;
        this.answers = answers;
        this.attendance = attendance;
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param next what the person reads of what happens next, in {@code language} */
    record Taken(Entry answer, String next, String language, String tag) { }

    /**
     * What was last said about a date.
     *
     * @param version of the date as it stands
     * @param last    the newest answer that the account may see; null for none
     */
    record Said(int version, Entry last, String tag) { }

    private record Part(UUID person, UUID force, boolean required, boolean dewarned) { }

    /**
     * Of everybody on the account who is needed at the date; where nobody is, of everybody who may know of it and was not taken off.
     *
     * @param reason  or null
     * @param version of the date that was read; null where the client does not say
     * @param ifMatch the tag of the answer that was read; null where the newest is to count
     * @throws ProblemException 404; 409 where the date is off, over, no longer as it was read or needs them no more; 412 where another
     *                          answer was given since
     */
    Taken answer(Caller.Person person, UUID hearingId, Answer answer, String reason, Integer version, String ifMatch,
                 String acceptLanguage) {
        return acting.as(person, c -> {
            String language = Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language",
                r -> r.getString("language")).orElse("en"));
            CourtHearing hearing = store.one(c, hearingId).filter(h -> h.state() != CourtHearing.State.GONE)
                .orElseThrow(ProblemException::notFound);
            check(hearing, version, language);
            List<Part> parts = asked(parts(c, hearingId), language);
            List<Entry> known = answers.newest(c, List.of(hearingId));
            boolean again = parts.stream().allMatch(p -> known.stream().anyMatch(e -> e.person().equals(p.person())
                && same(e, entry(hearing, p.person(), answer, reason))));
            if (ifMatch != null && !again && !ETags.matches(ifMatch, said(c, hearing).tag())) {
                throw answered();
            }
            var added = new ArrayList<Entry>();
            Entry last = null;
            UUID force = null;
            for (Part part : parts) {
                Entry entry = entry(hearing, part.person(), answer, reason);
                Optional<Entry> before = known.stream().filter(e -> e.person().equals(part.person()) && same(e, entry)).findFirst();
                last = before.isPresent() ? before.get() : add(c, entry, language, hearing);
                if (before.isEmpty()) {
                    added.add(last);
                    audit.record(c, person, "attendance_answered", hearing.caseId(), part.person());
                }
                force = part.force();
            }
            String tag = said(c, hearing).tag();
            if (!added.isEmpty()) {
                acting.goOn(c, new Caller.Worker(force)); // what the person may do does not open anything for staff
                added.forEach(e -> attendance.follow(c, hearing, e));
            }
            return new Taken(last, next(last, language), language, tag);
        });
    }

    /** @throws ProblemException 404 */
    Said read(Caller.Person person, UUID hearingId) {
        return acting.as(person, c -> {
            CourtHearing hearing = store.one(c, hearingId).filter(h -> h.state() != CourtHearing.State.GONE)
                .orElseThrow(ProblemException::notFound);
            parts(c, hearingId);
            return said(c, hearing);
        });
    }

    /** In a case with a safety flag without what was said to staff: whoever holds the phone would learn it. */
    private Said said(Connection c, CourtHearing hearing) {
        boolean flagged = Sql.one(c, """
            select bool_or(safety) as flagged from waymark.person where id = any ((select waymark.ctx_persons())::uuid[])""",
            r -> r.getBoolean("flagged")).orElse(true);
        List<Entry> all = answers.said(c, hearing.id(), !flagged);
        return new Said(hearing.version(), all.stream().filter(e -> e.version() > 0).max(Comparator.comparing(Entry::at)).orElse(null),
            ETags.of(hearing.id() + all.stream().map(e -> e.person() + ":" + e.id()).toList().toString()));
    }

    /**
     * What somebody said to staff: it counts, whatever was answered from a phone.
     *
     * @param version of the date that they were asked about; null where that is not said
     * @throws ProblemException 404; 409 where the date is off, or another than the one that they were asked about
     */
    Entry record(Caller.Staff staff, UUID hearingId, UUID person, Answer answer, String reason, Integer version) {
        return acting.as(staff, c -> {
            CourtHearing hearing = store.one(c, hearingId).filter(h -> h.state() != CourtHearing.State.GONE)
                .orElseThrow(ProblemException::notFound);
            if (store.parts(c, hearing.caseId()).stream().noneMatch(p -> p.hearing().equals(hearingId) && p.person().equals(person))) {
                throw ProblemException.notFound();
            }
            if (!hearing.listed()) {
                throw off();
            }
            if (version == null ? rungAboutAnother(c, staff, hearingId, person) : version != hearing.version()) {
                throw HearingContacts.changed(hearing);
            }
            var entry = new Entry(null, hearingId, person, hearing.caseId(), hearing.version(), answer, Via.STAFF, true, reason,
                clock.instant(), staff.subject());
            Entry stored = entry.as(answers.add(c, staff.force(), entry));
            audit.record(c, staff, "attendance_recorded", hearing.caseId(), person);
            attendance.follow(c, hearing, stored);
            return stored;
        });
    }

    /** They have a call about the date as it was: what was said on it is of that one. */
    private boolean rungAboutAnother(Connection c, Caller.Staff staff, UUID hearing, UUID person) {
        return reader.of(c, staff.force(), List.of(new StandingReader.Seat(hearing, person)), clock.instant()).stream()
            .anyMatch(row -> CallsMade.rungAbout(row, staff.subject()) != null);
    }

    private void check(CourtHearing hearing, Integer version, String language) {
        if (!hearing.listed()) {
            throw off();
        }
        LocalDate last = hearing.on() != null ? hearing.on() : hearing.weekOf() == null ? null : hearing.weekOf().plusDays(6);
        if (last != null && last.isBefore(clock.instant().atZone(WorkingDays.LONDON).toLocalDate())) {
            throw ProblemException.conflict("date-over", "This date is over", "There is nothing to answer any more.");
        }
        if (version != null && version != hearing.version()) {
            throw changed(hearing, language);
        }
    }

    private Entry entry(CourtHearing hearing, UUID person, Answer answer, String reason) {
        return new Entry(ids.next(), hearing.id(), person, hearing.caseId(), hearing.version(), answer, Via.APP, false, reason,
            clock.instant(), null);
    }

    /** Sent twice is said once. */
    private static boolean same(Entry known, Entry now) {
        return known.version() == now.version() && known.answer() == now.answer() && known.via() == Via.APP
            && Objects.equals(known.reason(), now.reason());
    }

    private Entry add(Connection c, Entry e, String language, CourtHearing hearing) {
        String said = Sql.one(c, "select waymark.gate_answer_hearing(?, ?, ?, ?, ?, ?, ?) as said", r -> r.getString("said"), e.id(),
            e.hearing(), e.person(), e.version(), e.answer().name().toLowerCase(Locale.ROOT), answers.sealed(e.id(), e.reason()),
            e.at()).orElse(null);
        if (said == null) {
            throw changed(hearing, language); // in the moment between
        }
        return new Entry(e.id(), e.hearing(), e.person(), e.caseId(), e.version(), e.answer(), e.via(), "confirmed".equals(said),
            e.reason(), e.at(), null);
    }

    private static List<Part> parts(Connection c, UUID hearing) {
        List<Part> all = Sql.list(c, """
            select person_id, force_id, required, not required and dewarned_at is not null as dewarned from waymark.hearing_person
             where hearing_id = ? and person_id = any ((select waymark.ctx_persons())::uuid[]) order by person_id""",
            r -> new Part(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id"), r.getBoolean("required"),
                r.getBoolean("dewarned")), hearing);
        if (all.isEmpty()) {
            throw ProblemException.notFound();
        }
        return all;
    }

    private List<Part> asked(List<Part> all, String language) {
        List<Part> required = all.stream().filter(Part::required).toList();
        List<Part> asked = required.isEmpty() ? all.stream().filter(p -> !p.dewarned()).toList() : required;
        if (asked.isEmpty()) {
            throw ProblemException.conflict("not-needed", "You do not have to come", settings.text("not_needed." + language));
        }
        return asked;
    }

    private String next(Entry answer, String language) {
        return settings.text("next." + (answer.confirmed() ? answer.answer().name().toLowerCase(Locale.ROOT) : "unconfirmed") + '.'
            + language);
    }

    private static ProblemException off() {
        return ProblemException.conflict("date-off", "This date is off", "Nobody has to come. Read the dates again.");
    }

    private static ProblemException answered() {
        return ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "It has been answered meanwhile",
            "Another answer was given since you read this. Look at it, and send yours again if it is still right.");
    }

    private ProblemException changed(CourtHearing hearing, String language) {
        return ProblemException.conflict("date-changed", "This date has changed",
            settings.text("now." + language).replace("{when}", SpokenDate.of(hearing, language)));
    }
}
